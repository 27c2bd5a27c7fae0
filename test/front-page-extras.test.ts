/** What one click of the front page writes into a program is in its language, once, and gone again with the next. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSourceFile, parse } from '../dsl/index.ts';
import { extras, hasExtra, withExtra } from '../sandbox/shell/program/extras.ts';

const example = (name: string) => readFileSync(new URL(`../examples/${name}/${name}.bridge`, import.meta.url), 'utf8');
const path = 'a.bridge';

describe('a part that is tried', () => {
  const texts = ['support-cases', 'customer-desk'];
  it.each(texts.flatMap(name => extras.map(([extra]) => [extra, name] as const)))('%s in %s', (extra, name) => {
    const text = example(name);
    const on = withExtra(text, extra, true);
    const off = withExtra(on, extra, false);
    expect([hasExtra(path, on, extra), hasExtra(path, off, extra)]).toEqual([true, false]);
    expect(withExtra(on, extra, true)).toBe(on);
    for (const one of [on, off]) expect(parse(createSourceFile(path, one)).diagnostics).toEqual([]);
    // Where nothing was said of it.
    if (!new RegExp(`^ +${extra} +o`, 'm').test(text)) expect(off).toBe(text);
  });

  it('is offered only where an item could have it', () => {
    expect(hasExtra('a.bridge.yaml', example('support-cases'), 'comments')).toBeUndefined();
    expect(hasExtra(path, 'item a "A" {\n  sync display-only\n}\n', 'comments')).toBeUndefined();
    expect(hasExtra(path, 'item a "A" {\n  sync two-way\n  comments off\n}\n', 'comments')).toBe(false);
  });
});
