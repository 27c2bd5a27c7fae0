import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documents } from './markdown.ts';

const root = new URL('../../', import.meta.url);
const pages = documents();
const paths = [...pages.keys()];

describe('the generated documentation', () => {
  it('L-2 is up to date: `npm run docs` would change nothing', () => {
    const stale = paths.filter(path => !existsSync(new URL(path, root)) || read(path) !== pages.get(path));
    expect(stale).toEqual([]);
    const folder = 'docs/diagnostics/';
    const there = readdirSync(new URL(folder, root)).map(name => folder + name);
    expect(there.sort()).toEqual(paths.filter(path => path.startsWith(folder)).sort());
  });
});

const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
