/**
 * Every promise of the product has an id, and a test that names it. What no test names yet stands in `open`,
 * with what is missing.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The chapters, each with its last number. */
const chapters = { C: 8, O: 3, I: 6, S: 11, P: 7, L: 4, A: 5 } as const;
const ids = Object.entries(chapters).flatMap(([chapter, last]) =>
  Array.from({ length: last }, (_, at) => `${chapter}-${at + 1}`),
);

/**
 * What an engine of this kind owes whoever runs it (I), and the ways in which pollers of others have failed (D): the lists
 * that reliability work on it goes by.
 */
const invariants = Array.from({ length: 26 }, (_, at) => `I${at + 1}`);
const failures = Array.from({ length: 12 }, (_, at) => `D${at + 1}`);

/** Not named by any test so far. */
const open: Readonly<Record<string, string>> = {
  'L-4': 'the language server on standard input and output',
};

const titles = ['compiler', 'dsl', 'editor', 'runtime', 'sandbox', 'test']
  .flatMap(room => readdirSync(root + room, { recursive: true, encoding: 'utf8' }).map(path => `${room}/${path}`))
  .filter(path => path.endsWith('.test.ts') || path.endsWith('.test.tsx'))
  .flatMap(path => {
    const text = readFileSync(root + path, 'utf8');
    return [
      ...text.matchAll(/\b(?:it|describe|test)(?:\.\w+)*\s*\(\s*(['"`])([\s\S]*?)\1|\)\(\s*(['"`])([\s\S]*?)\3\s*,/g),
    ].map(([, , direct, , each]) => direct ?? each ?? '');
  });
const named = (id: string): boolean => titles.some(title => new RegExp(`(^|[^\\w-])${id}(?![\\w-])`).test(title));

describe('the product’s ids', () => {
  it.each(ids.filter(id => !Object.hasOwn(open, id)))('%s is named by a test', id => {
    expect(named(id)).toBe(true);
  });
  it.each([...invariants, ...failures])('%s is named by a test', id => {
    expect(named(id)).toBe(true);
  });
  it('stand in docs/promises.md, each once', () => {
    const told = [...readFileSync(`${root}docs/promises.md`, 'utf8').matchAll(/^- \*\*([A-Z]-\d+)\*\*/gm)];
    expect(told.map(([, id]) => id).sort()).toEqual([...ids].sort());
  });
  it('are the only ones that can be open', () => {
    expect(Object.keys(open).filter(id => !ids.includes(id))).toEqual([]);
  });
});
