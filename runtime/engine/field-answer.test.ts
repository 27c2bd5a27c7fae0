/** What is remembered of a field, found of a run that died, and shown of a value. */
import { describe, expect, it } from 'vitest';
import type { MappingPlan, Owner } from '../../compiler/plan/ir.ts';
import { before, type Case, fieldDecided, minute, now, said, sent, shared } from '../../test/kit/one-field.ts';
import { field, mapping, notes, table, target } from '../../test/kit/plan.ts';
import { richText } from '../../test/kit/two-way.ts';
import type { FieldBase } from '../ports.ts';

describe('what is remembered', () => {
  it('of a write: what both will have, and before its answer what both had and what was sent', () => {
    const toJira = fieldDecided(shared('both'), { salesforce: 'b', jira: 'a', base: ['a', 'a'] });
    const seen = { value: 'b', at: now };
    expect(toJira).toMatchObject({
      write: { side: 'jira', field: 'summary', value: 'b', normal: 'b' },
      base: { salesforce: 'b', jira: 'b', over: before },
      waiting: { salesforce: 'a', jira: 'a', seen },
      ahead: { salesforce: 'a', jira: 'a', seen, sending: [{ ...sent('jira', 'b', now), over: before }] },
    });
    const toSalesforce = fieldDecided(shared('jira'), { salesforce: 'a', jira: 'b', base: ['a', 'a'] });
    expect(toSalesforce.write).toEqual({ side: 'salesforce', field: 'Subject', value: 'b', normal: 'b' });
    expect(toSalesforce.base).toEqual({ salesforce: 'b', jira: 'b' });
    expect(toSalesforce.ahead).toMatchObject({ salesforce: 'a', jira: 'a', sending: [sent('salesforce', 'b', now)] });
    // Only Jira lists what a write went over.
    const ofBoth = fieldDecided(shared('both'), { salesforce: 'a', jira: 'b', base: ['a', 'a'], changes: ['person'] });
    expect(ofBoth.base).toEqual({ salesforce: 'b', jira: 'b' });
    expect(ofBoth.ahead!.sending).toEqual([sent('salesforce', 'b', now)]);
  });

  it.each([
    ['jira', 'salesforce', { salesforce: null, jira: 'x' }],
    ['salesforce', 'jira', { salesforce: 'x', jira: null }],
  ] as const)('of the first write to %s: that %s’s value has not travelled yet', (side, owner, known) => {
    const decided = fieldDecided(
      shared(owner),
      side === 'jira' ? { salesforce: 'a', jira: 'x' } : { salesforce: 'x', jira: 'a' },
    );
    expect(decided.ahead).toEqual({ ...known, sending: [{ ...sent(side, 'a', now), from: 'x' }] });
    expect(decided).not.toHaveProperty('waiting');
  });

  it('of a value that is written again: that finding it tells nothing', () => {
    const { ahead } = fieldDecided(shared('salesforce'), { salesforce: 'a', jira: 'x', base: ['a', 'a'] });
    expect(ahead!.sending).toEqual([{ ...sent('jira', 'a', now), again: true }]);
  });

  it.each<[string, MappingPlan, Case, FieldBase | undefined]>([
    ['nothing, of an owner that is empty from the first', shared('salesforce'), { jira: 'x' }, undefined],
    ['nothing, of an owner in Jira that is empty from the first', shared('jira'), { salesforce: 'x' }, undefined],
    ['that both are empty', shared('both'), {}, { salesforce: null, jira: null }],
    [
      'the form that Jira gave it, and what it is a form of',
      shared('salesforce'),
      { salesforce: 'a', jira: 'A', base: ['a', 'a'], changes: ['app'] },
      { salesforce: 'a', jira: 'A', written: { side: 'jira', value: 'a' } },
    ],
    [
      'the form that Jira gave it, of what both own',
      shared('both'),
      { salesforce: 'a', jira: 'A', base: ['a', 'a'], changes: ['app'] },
      { salesforce: 'a', jira: 'A' },
    ],
    [
      'what may still land',
      shared('both'),
      { salesforce: 'a', jira: 'a', base: ['a', 'a', { sending: [sent('jira', 'b')] }] },
      { salesforce: 'a', jira: 'a', sending: [sent('jira', 'b')] },
    ],
    [
      'not what can no longer land',
      shared('both'),
      { salesforce: 'a', jira: 'a', base: ['a', 'a', { sending: [sent('jira', 'b', now - 2 * minute)] }] },
      { salesforce: 'a', jira: 'a' },
    ],
    [
      'what landed, as told',
      shared('both'),
      { salesforce: 'b', jira: 'b', base: ['a', 'a', { sending: [{ ...sent('jira', 'b'), again: true }] }] },
      { salesforce: 'b', jira: 'b', sending: [{ ...sent('jira', 'b'), told: true }] },
    ],
    [
      'its form, and no choice and nothing seen, once both are at rest',
      shared('both'),
      {
        salesforce: 'a',
        jira: 'a',
        base: ['a', 'a', { written: { side: 'jira', value: 'x' }, seen: { value: 'a', at: before }, choice: 'jira' }],
      },
      { salesforce: 'a', jira: 'a', written: { side: 'jira', value: 'x' } },
    ],
    [
      'no longer that a write may have gone over an edit, once the change log was read',
      shared('both'),
      { salesforce: 'a', jira: 'a', base: ['a', 'a', { over: before }], changes: ['app'] },
      { salesforce: 'a', jira: 'a' },
    ],
  ])('%s', (_, plan, state, expected) => {
    expect(fieldDecided(plan, state).base).toEqual(expected);
  });
});

describe('a value that has no way over', () => {
  const rows = (owner: Owner, otherwise: 'keep' | 'skip' | 'clear' | undefined) =>
    mapping(owner, field('Severity', 'picklist'), target('priority', 'priority'), {
      table: {
        ...table(['High', 'Highest']),
        ...(otherwise && { otherwise: { kind: otherwise } }),
      },
    });
  const named = (name: string) => ({ name });
  const noRow = 'Severity is “Odd”, which has no row in the value table';

  it.each<[string, MappingPlan, Case, string, FieldBase | undefined]>([
    [
      'is a person’s task',
      rows('salesforce', undefined),
      { salesforce: 'Odd', jira: named('Low') },
      `problem jira “”: ${noRow}`,
      undefined,
    ],
    [
      'is a person’s task each time, and what was agreed stays',
      rows('salesforce', undefined),
      { salesforce: 'Odd', jira: named('Highest'), base: ['High', 'Highest'] },
      `problem jira “”: ${noRow}`,
      { salesforce: 'High', jira: 'Highest' },
    ],
    [
      'is told where the program skips it',
      rows('salesforce', 'skip'),
      { salesforce: 'Odd', jira: named('Low') },
      `skip jira “”: ${noRow}`,
      { salesforce: 'Odd', jira: 'Low' },
    ],
    [
      'is told once',
      rows('salesforce', 'skip'),
      { salesforce: 'Odd', jira: named('Low'), base: ['Odd', 'Low'] },
      'nothing',
      { salesforce: 'Odd', jira: 'Low' },
    ],
    [
      'is told again when the other side changes',
      rows('salesforce', 'skip'),
      { salesforce: 'Odd', jira: named('Lowest'), base: ['Odd', 'Low'] },
      `skip jira “”: ${noRow}`,
      { salesforce: 'Odd', jira: 'Lowest' },
    ],
    [
      'is not told where the program keeps the other side’s',
      rows('salesforce', 'keep'),
      { salesforce: 'Odd', jira: named('Low') },
      'nothing',
      { salesforce: 'Odd', jira: 'Low' },
    ],
    [
      'gives way to the program’s other value',
      rows('salesforce', 'clear'),
      { salesforce: 'Odd', jira: named('Low'), base: ['High', 'Highest'] },
      `write jira “”: Severity changed in Salesforce; ${noRow}, so the program's other value is used`,
      { salesforce: 'Odd', jira: null },
    ],
    [
      'agrees with nothing by the program’s other value',
      rows('both', 'clear'),
      { salesforce: 'Odd', jira: null, base: ['High', 'Highest'], changes: ['person'] },
      `write salesforce “”: Priority was edited on both sides, last in Jira`,
      { salesforce: null, jira: null },
    ],
    [
      'agrees with nothing by the program’s other value, in Salesforce either',
      rows('both', 'clear'),
      { jira: named('Odd'), base: ['High', 'Highest'], changes: ['person'], stamp: now },
      `write jira “”: Priority was edited on both sides, last in Salesforce`,
      { salesforce: null, jira: null, over: before },
    ],
    [
      'is a task of whoever edits it in Jira',
      rows('jira', undefined),
      { salesforce: 'High', jira: named('Odd'), base: ['High', 'Highest'] },
      'problem salesforce “”: Priority is “Odd”, which has no row in the value table',
      { salesforce: 'High', jira: 'Highest' },
    ],
    [
      'is in nobody’s way when the same row leads from the other side',
      mapping('both', field('Severity', 'picklist'), target('priority', 'priority'), {
        table: { ...table(['Urgent', 'Highest']), toSalesforce: [], otherwise: { kind: 'keep' } },
      }),
      { salesforce: 'Urgent', jira: named('Highest'), base: ['High', 'High'], changes: ['person'], stamp: now },
      'nothing',
      { salesforce: 'Urgent', jira: 'Highest' },
    ],
    [
      'is in nobody’s way when the row back leads to it',
      mapping('both', field('Severity', 'picklist'), target('priority', 'priority'), {
        table: { ...table(['Urgent', 'Highest']), toJira: [], otherwise: { kind: 'keep' } },
      }),
      { salesforce: 'Urgent', jira: named('Highest'), base: ['High', 'High'], changes: ['person'] },
      'nothing',
      { salesforce: 'Urgent', jira: 'Highest' },
    ],
  ])('%s', (_, plan, state, expected, base) => {
    const decided = fieldDecided(plan, { stamp: 0, ...state });
    expect(said(decided)).toBe(expected);
    expect(decided.base).toEqual(base);
  });
});

describe('a value that the program gives another form by now', () => {
  const plan = mapping('salesforce', field('Severity', 'picklist'), target('priority', 'priority'), {
    table: table(['High', 'Low']),
  });
  const reason = 'Severity in Salesforce gives another value now';

  it.each<[string, Case]>([
    ['as it was written', { jira: { name: 'Highest' }, base: ['High', 'Highest'] }],
    ['edited', { jira: { name: 'Medium' }, base: ['High', 'Highest'], changes: ['person'] }],
    [
      'in a form of Jira’s own',
      { jira: { name: 'Top' }, base: ['High', 'Top', { written: { side: 'jira', value: 'Highest' } }] },
    ],
    [
      'in a form of Jira’s own, edited',
      {
        jira: { name: 'Medium' },
        base: ['High', 'Top', { written: { side: 'jira', value: 'Highest' } }],
        changes: ['person'],
      },
    ],
  ])('is written though Salesforce’s is the same, over what stands in Jira %s', (_, state) => {
    expect(said(fieldDecided(plan, { salesforce: 'High', ...state }))).toBe(`write jira “Low”: ${reason}`);
  });

  it('is not written again to a Jira whose form of it is known', () => {
    const base = ['High', 'Top', { written: { side: 'jira', value: 'Low' } }] as const;
    expect(said(fieldDecided(plan, { salesforce: 'High', jira: { name: 'Top' }, base }))).toBe('nothing');
  });
});

describe('what is shown of a value', () => {
  it('is what stood there before, as people read it', () => {
    const toJira = fieldDecided(shared('salesforce'), { salesforce: 'b', jira: 'a', base: ['a', 'a'] });
    expect(toJira.decision).toMatchObject({ what: 'Summary', from: 'a', to: 'b', origin: { line: 10 } });
    const toSalesforce = fieldDecided(mapping('jira', notes, target('summary')), { salesforce: 'a', jira: 'b' });
    expect(toSalesforce.decision).toMatchObject({ what: 'Notes__c', from: 'a', to: 'b' });
  });

  it.each<[string, 'user' | 'users', unknown, unknown]>([
    ['a person', 'user', { accountId: '7', displayName: 'Ann', emailAddress: 'ann@example.com' }, { accountId: '7' }],
    [
      'people',
      'users',
      [{ accountId: '7', displayName: 'Ann' }, { accountId: '8' }],
      [{ accountId: '7' }, { accountId: '8' }],
    ],
  ])('P8 is of %s the account only', (_, type, jira, lost) => {
    const plan = mapping('both', field('Owner', 'email'), target('assignee', type), { onConflict: 'salesforce' });
    const base = ['x@example.com', type === 'user' ? '6' : ['6']] as const;
    const { decision } = fieldDecided(plan, { salesforce: null, jira, base, changes: ['person'] });
    expect(decision!.lost).toEqual(lost);
  });

  it.each<[MappingPlan, Case, string]>([
    [
      mapping('salesforce', field('Severity', 'picklist'), target('priority', 'priority'), {
        table: table(['High', 'Highest']),
      }),
      { salesforce: 'High' },
      'Highest',
    ],
    [mapping('jira', field('Text', 'rich-textarea'), target('description', 'rich-text')), { jira: richText('b') }, 'b'],
  ])('is what will stand there, as people read it there', (plan, state, to) => {
    expect(fieldDecided(plan, state).decision).toMatchObject({ outcome: 'write', to });
  });

  it('is nothing where nobody is', () => {
    const plan = mapping('both', field('Owner', 'email'), target('assignee', 'user'), { onConflict: 'jira' });
    const state = { salesforce: 'y@example.com', base: ['x@example.com', '6'], changes: ['person'] } as const;
    expect(fieldDecided(plan, state).decision).toMatchObject({ lost: 'y@example.com', kept: null, to: '' });
  });
});
