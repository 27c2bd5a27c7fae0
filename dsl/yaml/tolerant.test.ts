/** What reading broken YAML again costs, counted in characters, which no clock and no busy machine can change. */
import { describe, expect, it } from 'vitest';
import { createSourceFile } from '../source.ts';
import { EVERYTHING_YAML } from '../testing.ts';
import { readYaml } from './read.ts';
import { readMended } from './tolerant.ts';

const items = (count: number, body: string): string =>
  `items:\n${Array.from({ length: count }, (_, n) => `  item-${n}:\n${body}`).join('')}`;

const broken: readonly (readonly [string, string])[] = [
  ['a bracket too many', EVERYTHING_YAML.replace('fields:', 'fields: [')],
  ['a bracket again and again', '{'.repeat(1000)],
  ['the same in an item', `items:\n  a:\n    name: ${'['.repeat(1000)}`],
  ['colons without end', ': '.repeat(1000)],
  ['a list in each of many items that is none', items(800, '    fields: x\n    status: x\n')],
  ['a line in each of many items that is no YAML', items(800, '    name: [\n    sync\n')],
  ['a line of no YAML behind many items', `${items(800, '    sync: custom\n    create: all\n')}  ]\n`],
  ['ten thousand items, each broken', items(10_000, '    name: }\n')],
];

describe('YAML that is broken by', () => {
  it.each(broken)('L-1 %s is read again for a bounded number of characters', (_, text) => {
    const file = createSourceFile('a.bridge.yaml', text);
    let read = 0;
    const { diagnostics } = readMended(file, readYaml(file), again => {
      read += again.text.length;
      return readYaml(again);
    });
    expect(diagnostics.length).toBeGreaterThan(0);
    // Two budgets, and the reading that goes over each.
    expect(read).toBeLessThan(60_000 + 150_000 + 2 * text.length + 1);
    expect(read).toBeLessThan(400_000);
  });
});
