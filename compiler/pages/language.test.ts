/** The language reference shows only what compiles in the sandbox, where people try it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Example } from '../../dsl/diagnostic.ts';
import { keys } from '../../dsl/yaml/shapes.ts';
import { analyse } from '../analysis.ts';
import { readSnapshot } from '../metadata/snapshot.ts';
import { wholeExample } from './example.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const text = read('docs/language.md');
const sandbox = readSnapshot(read('examples/metadata.lock.json'));
const blocks = [...text.matchAll(/^```(bridge|yaml)\n([\s\S]*?)^```/gm)].map(([, notation, block]): Example => {
  const program = block!.trimEnd();
  const within = /^(item|values|test|items:)/m.test(program) ? 'file' : 'item';
  return { notation: notation as 'bridge' | 'yaml', within, wrong: program, right: program };
});

describe('docs/language.md', () => {
  it.each(blocks.map(block => [block.right.split('\n')[0]!, block] as const))('L-1 compiles: %s', (_, example) => {
    const file = wholeExample(example, 'right');
    const errors = analyse([file], sandbox).diagnostics.filter(({ severity }) => severity === 'error');
    expect(
      errors.map(({ message }) => message),
      file.text,
    ).toEqual([]);
  });

  it('L-1 names every clause of an item', () => {
    const clauses = text.split('## Modes')[0]!;
    const words: Partial<Record<string, string>> = { newIssue: 'new issue', rules: 'when', name: '"Support cases"' };
    for (const key of keys.item) expect(clauses).toContain(words[key] ?? key);
  });
});
