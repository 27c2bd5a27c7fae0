import { describe, expect, it } from 'vitest';
import { analyseText, expectFindings, itemWith } from '../../../test/kit/check.ts';

const besides = ['status-matches', 'empty-into-required'];
describe('a text instead of a value', () => {
  it.each([
    ['  fields { Subject <-> summary or else ~~"x"~~ }', 'text-needs-one-owner'],
    ['  fields { Subject <-> summary { "a" <-> "b" otherwise ~~"x"~~ } }', 'text-needs-one-owner'],
    ['  status Status { "New" <-> "To Do" otherwise ~~"Done"~~ }', 'fallback-in-status'],
    ['  status Status { "New" <-> "To Do" otherwise ~~clear~~ }', 'fallback-in-status'],
  ])('needs one owner: `%s`', (clauses, code) => {
    expectFindings(itemWith(clauses), [code], { besides });
  });
  it('is fine with one', () => {
    const { plan } = analyseText(
      itemWith('  fields { Subject -> summary { "a" -> "b" otherwise "x" } or else "{CaseNumber}" }'),
    );
    expect(plan?.items[0]?.mappings[0]?.table?.otherwise).toEqual({
      kind: 'text',
      parts: [{ kind: 'literal', value: 'x' }],
    });
  });
});
