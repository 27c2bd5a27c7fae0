/** Numbers that the grammar does not know: what was meant is offered, and never another number. */
import { describe, expect, it } from 'vitest';
import { createSourceFile, parse } from '../index.ts';

/** Each finding of an item with that clause, with its ways out. */
const found = (clause: string) => {
  const text = `item a "A" {\n  salesforce Case\n  ${clause}\n  jira SUP / "Incident"\n  sync one-way\n}\n`;
  return parse(createSourceFile('a.bridge', text)).diagnostics.map(({ code, span, fixes }) => ({
    code,
    written: text.slice(span.start, span.end),
    fixes: fixes.map(({ title, asks }) => `${title}${asks ? ', when asked' : ''}`),
  }));
};

describe('L-2 a number in other words', () => {
  it.each([
    ['- 5', '-5'],
    ['−5', '-5'],
    ['+5', '5'],
    ['.5', '0.5'],
    ['-.5', '-0.5'],
    ['- .5', '-0.5'],
    ['5.', '5'],
    ['10,000', '10000'],
    ['1,000,000.25', '1000000.25'],
    ['-1,000', '-1000'],
    ['1 000', '1000'],
    ['1 000 000,5', '1000000.5'],
    ['5,5', '5.5'],
    ['1.000,5', '1000.5'],
    ['1.000.000', '1000000'],
    ['1_000', '1000'],
    ['1e3', '1000'],
    ['2.5E+2', '250'],
    ['1e-3', '0.001'],
  ])('`%s` is `%s`', (written, meant) => {
    const slip = { code: 'wrong-digits', written, fixes: [`write \`${meant}\``] };
    expect(found(`where Amount is at least ${written}`)).toEqual([slip]);
    expect(found(`where Amount is ${written} and Subject is "a"`)).toEqual([slip]);
  });

  it.each([
    ['- 5, 3', '- 5', ['write `-5`']],
    ['3, .5', '.5', ['write `0.5`']],
    ['3, +5', '+5', ['write `5`']],
  ])('in a list too: %s', (list, written, fixes) => {
    expect(found(`where Amount is one of ${list}`)).toEqual([{ code: 'wrong-digits', written, fixes }]);
  });

  it.each(['5', '-5', '0.5', '1000'])('`%s` is one', number => {
    expect(found(`where Amount is at least ${number}`)).toEqual([]);
  });

  it('commas of a list are no part of a number', () => {
    expect(found('where Amount is one of 1,000, 2,000')).toEqual([]);
  });

  it.each([
    ['1e400', 'wrong-digits', []],
    ['1e99', 'wrong-digits', []],
    ['5%', 'unexpected', ['take it away, when asked']],
    ['5,', 'unexpected', ['take it away, when asked']],
    ['-', 'missing', []],
    ['.', 'missing', []],
  ])('what was meant by `%s` is not known', (written, code, fixes) => {
    expect(found(`where Amount is at least ${written}`)).toMatchObject([{ code, fixes }]);
  });

  it('a moment without its zone is told so, and which one was meant stays for a person', () => {
    const [slip] = found('where CreatedDate is after 2026-01-31T09:00');
    expect(slip).toMatchObject({ code: 'wrong-digits', fixes: ['write `2026-01-31T09:00Z`, when asked'] });
  });
});
