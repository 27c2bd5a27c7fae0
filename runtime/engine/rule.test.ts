import { describe, expect, it } from 'vitest';
import type { Condition, RulesPlan, Scalar } from '../../compiler/plan/ir.ts';
import { field, is, priority, rating, statuses } from '../../test/kit/plan.ts';
import { compileRules, conditionText } from './rule.ts';

const at = (line: number) => ({ file: 'a.bridge', line, column: 1 });
const values = ['A', 'B', 'C', 'D', 'E'];

describe('S-6 a Conditional Sync Rule', () => {
  it.each([0, 1, 2, 3, 5])('of %i branches takes the first that holds, else the `otherwise`', count => {
    // Each branch holds for its own value and for `all`.
    const rules: RulesPlan = {
      branches: values.slice(0, count).map((value, line) => ({
        when: { kind: 'one-of', field: rating, values: [value, 'all'], negated: false },
        moveTo: { id: value, name: value },
        origin: at(line),
      })),
      otherwise: { moveTo: statuses.Done, origin: at(9) },
    };
    const verdict = compileRules(rules);
    const otherwise = { met: false, moveTo: statuses.Done, reason: 'no “when” of the rule holds', origin: at(9) };
    const branch = (line: number) => ({
      met: true,
      moveTo: { id: values[line], name: values[line] },
      reason: `the rule “when Account.Rating is one of "${values[line]}", "all"” holds`,
      origin: at(line),
    });
    for (const [line, value] of values.entries()) {
      expect(verdict({ Account: { Rating: value } }), value).toEqual(line < count ? branch(line) : otherwise);
    }
    expect(verdict({ Account: { Rating: 'all' } })).toEqual(count > 0 ? branch(0) : otherwise);
    expect(verdict({ Account: null })).toEqual(otherwise);
  });

  const compare = (comparison: 'is-not' | 'is-at-least' | 'starts-with', value: Scalar): Condition => ({
    kind: 'compare',
    field: field('Amount', 'double'),
    comparison,
    value,
  });
  const [hot, high] = [is(rating, 'Hot'), is(priority, 'High')];
  it.each<[string, Condition]>([
    ['Account.Rating is "Hot"', hot],
    ['Amount is not 3', compare('is-not', 3)],
    ['Amount is at least true', compare('is-at-least', true)],
    ['Account.Rating is empty', { kind: 'is-empty', field: rating, negated: false }],
    ['Priority is not empty', { kind: 'is-empty', field: priority, negated: true }],
    ['Account.Rating is not one of "a", 2', { kind: 'one-of', field: rating, values: ['a', 2], negated: true }],
    ['not (Priority is "High")', { kind: 'not', of: high }],
    ['Account.Rating is "Hot" and Priority is "High"', { kind: 'all', of: [hot, high] }],
    ['Account.Rating is "Hot" or Priority is "High"', { kind: 'any', of: [hot, high] }],
    [
      'Account.Rating is "Hot" and (Priority is "High" or Amount starts with "1")',
      { kind: 'all', of: [hot, { kind: 'any', of: [high, compare('starts-with', '1')] }] },
    ],
    [
      '(Account.Rating is "Hot" and Priority is "High") or Priority is "High"',
      { kind: 'any', of: [{ kind: 'all', of: [hot, high] }, high] },
    ],
  ])('is told as %s', (text, condition) => {
    expect(conditionText(condition)).toBe(text);
  });
});
