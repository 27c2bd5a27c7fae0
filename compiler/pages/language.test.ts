/** The language reference shows only what compiles. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Example } from '../../dsl/diagnostic.ts';
import { keys } from '../../dsl/yaml/shapes.ts';
import { findingsOf, wholeExample } from './example.ts';

const text = readFileSync(new URL('../../docs/language.md', import.meta.url), 'utf8');
const blocks = [...text.matchAll(/^```(bridge|yaml)\n([\s\S]*?)^```/gm)].map(([, notation, block]): Example => {
  const program = block!.trimEnd();
  const within = /^(item|values|test|items:)/m.test(program) ? 'file' : 'item';
  return { notation: notation as 'bridge' | 'yaml', within, wrong: program, right: program };
});

describe('docs/language.md', () => {
  it.each(blocks.map(block => [block.right.split('\n')[0]!, block] as const))('L-1 compiles: %s', (_, example) => {
    const errors = findingsOf(example, 'right').filter(({ severity }) => severity === 'error');
    expect(
      errors.map(({ message }) => message),
      wholeExample(example, 'right').text,
    ).toEqual([]);
  });

  it('L-1 names every clause of an item', () => {
    const clauses = text.split('## Modes')[0]!;
    const words: Partial<Record<string, string>> = { newIssue: 'new issue', rules: 'when', name: '"Support cases"' };
    for (const key of keys.item) expect(clauses).toContain(words[key] ?? key);
  });
});
