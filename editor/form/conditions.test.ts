/** every condition of the language can be shown as rows in groups, and comes back out of them unchanged. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Condition, createSourceFile, type Program, parse } from '../../dsl/index.ts';
import { anyProgram } from '../../dsl/printer/arbitrary.ts';
import { print } from '../../dsl/printer/index.ts';
import { difference } from '../../dsl/printer/same.ts';
import { type ConditionGroup, type ConditionPart, changedRow, conditionOf, emptyRow, groupOf } from './conditions.ts';

const typeOf = () => undefined;
const conditionsOf = ({ declarations }: Program): readonly Condition[] =>
  declarations.flatMap(each =>
    each.kind === 'item'
      ? each.clauses.flatMap(clause => (clause.kind === 'where' || clause.kind === 'rule' ? [clause.condition] : []))
      : [],
  );
const where = (text: string): Condition => {
  const { program } = parse(createSourceFile('a.bridge', `item a "A" { salesforce Case where ${text} }`));
  return conditionsOf(program)[0]!;
};
const said = (group: ConditionGroup): string => {
  const condition = conditionOf(group, typeOf);
  if (condition === undefined) return '';
  const { program } = parse(createSourceFile('a.bridge', 'item a "A" { salesforce Case where X is empty }'));
  const [item] = program.declarations;
  if (item?.kind !== 'item') throw new Error('no item');
  const clauses = item.clauses.map(clause => (clause.kind === 'where' ? { ...clause, condition } : clause));
  const text = print({ ...program, declarations: [{ ...item, clauses }] }, 'bridge');
  return /where (.*) \}$/m.exec(text)![1]!;
};
const without = (group: ConditionGroup, index: number): ConditionGroup => ({
  ...group,
  of: group.of.filter((_, at) => at !== index),
});
const emptied = (part: ConditionPart): ConditionPart =>
  part.kind === 'row' ? part : { ...part, of: [...part.of.map(emptied), emptyRow] };

describe('a condition in rows and groups', () => {
  it('A-2 comes back as it was, however it nests', () => {
    let seen = 0;
    fc.assert(
      fc.property(anyProgram, program => {
        for (const condition of conditionsOf(program)) {
          seen++;
          const back = conditionOf(groupOf(condition), typeOf);
          expect(back === undefined ? 'nothing' : difference(condition, back)).toBeUndefined();
          // Rows that are not filled in yet say nothing.
          const half = conditionOf(emptied(groupOf(condition)) as ConditionGroup, typeOf);
          expect(half === undefined ? 'nothing' : difference(condition, half)).toBeUndefined();
        }
      }),
    );
    expect(seen).toBeGreaterThan(50);
  });

  it.each([
    ['A is "x" and (B is "y" or C is empty)', 'all', 'any'],
    ['A is "x" or (B is "y" and C is empty)', 'any', 'all'],
    ['A is "x" and not (B is "y" or C is empty)', 'all', 'none'],
    ['A is "x" and not (B is "y" and C is empty)', 'all', 'not-all'],
    ['A is "x" and not B is "y"', 'all', 'none'],
  ])('A-2 %s: %s, and in it %s', (text, outer, inner) => {
    const group = groupOf(where(text));
    expect(group.join).toBe(outer);
    expect(group.of[1]).toMatchObject({ kind: 'group', join: inner });
    expect(said(group)).toBe(text);
  });

  it('A-2 what is changed is written anew, and a group of one needs no brackets', () => {
    const group = groupOf(where('A is "x" and (B is "y" or C is empty)'));
    const [first, second] = group.of;
    if (first?.kind !== 'row' || second?.kind !== 'group') throw new Error('another shape');
    expect(said({ ...group, of: [changedRow(first, { operator: 'is-one-of' }), second] })).toBe(
      'A is one of "x" and (B is "y" or C is empty)',
    );
    expect(said({ ...group, of: [first, without(second, 1)] })).toBe('A is "x" and B is "y"');
    expect(said({ ...group, of: [first, { ...second, join: 'none' }] })).toBe(
      'A is "x" and not (B is "y" or C is empty)',
    );
    expect(said(without(without(group, 1), 0))).toBe('');
  });

  it('A-2 another field asks for another value; another operator keeps what it can take', () => {
    const row = { ...emptyRow, field: 'A', operator: 'is-one-of' as const, values: ['x', 'y'] };
    expect(changedRow(row, { field: 'B' }).values).toEqual([]);
    expect(changedRow(row, { operator: 'is' }).values).toEqual(['x']);
    expect(changedRow(row, { operator: 'is-empty' }).values).toEqual([]);
  });
});
