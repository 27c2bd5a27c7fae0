import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compilerDiagnostics } from './index.ts';
import { listed } from './phrases.ts';

const rulesFolder = new URL('../check/rules/', import.meta.url);
const ruleFiles = readdirSync(rulesFolder).filter(name => !name.includes('.test.') && name !== 'index.ts');
const read = (name: string) => readFileSync(new URL(name, rulesFolder), 'utf8');
/** What finds something beside the rules. */
const readers = ['../../config/read-config.ts', '../findings.ts'];

describe('the table of findings', () => {
  const codes = Object.entries(compilerDiagnostics.table);
  it.each(codes)('L-2 `%s` has a code in kebab-case and a summary that is a sentence', (code, { summary }) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(summary).toMatch(/^[A-Z`].*\.$/);
  });
  it('has no code that nothing reports, and every code is tested', () => {
    const sources = [...ruleFiles, ...readers].map(read).join('\n');
    const tests = [...ruleFiles, ...readers].map(name => read(name.replace('.ts', '.test.ts'))).join('\n');
    const unused = (text: string) => codes.map(([code]) => code).filter(code => !text.includes(`'${code}'`));
    expect(unused(sources)).toEqual([]);
    expect(unused(tests)).toEqual([]);
  });
  it('is drawn from by rules of one file each, all in the list', () => {
    const list = read('index.ts');
    for (const name of ruleFiles) expect(list).toMatch(`'./${name}'`);
  });
});

describe('listed', () => {
  it.each([
    [[], ''],
    [['a'], '`a`'],
    [['a', 'b'], '`a` and `b`'],
    [['a', 'b', 'c'], '`a`, `b` and `c`'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'], '`a`, `b`, `c`, `d`, `e`, `f`, `g`, `h` and 2 more'],
  ])('%o', (words, text) => expect(listed(words)).toBe(text));
});
