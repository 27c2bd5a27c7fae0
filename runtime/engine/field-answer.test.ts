/** What is remembered of a field, found of a run that died, and shown of a value. */
import { describe, expect, it } from 'vitest';
import type { MappingPlan, Owner } from '../../compiler/plan/ir.ts';
import { before, type Case, fieldDecided, minute, now, said, sent, shared } from '../../test/kit/one-field.ts';
import { field, mapping, notes, table, target } from '../../test/kit/plan.ts';
import { richText } from '../../test/kit/two-way.ts';
import type { FieldBase, Sending } from '../ports.ts';

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
    expect(decided.ahead).toEqual({ ...known, sending: [sent(side, 'a', now)] });
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

describe('P2 P10 what a run that died left', () => {
  const old = now - 3 * minute;
  const sentOver = (more: object = {}) => [{ ...sent('jira', 'b'), ...more }];

  it.each<[string, object, Case['changes'], string, object]>([
    ['is found', {}, [], 'found', { to: 'b' }],
    [
      'tells what gave way to it',
      { lost: 'mine' },
      [],
      'found',
      { lost: 'mine', kept: 'b', reason: expect.stringMatching(/^Summary was edited on both sides; written by/) },
    ],
    [
      'tells the edit that it went over',
      { over: before },
      [
        ['person', before + 1, 'mine'],
        ['app', before + 2],
      ],
      'skip',
      { lost: 'mine', kept: 'b', reason: expect.stringContaining('just when Salesforce’s value was written over it') },
    ],
    ['went over nothing', { over: before }, ['app'], 'found', { to: 'b' }],
  ])('%s', (_, more, changes, outcome, expected) => {
    const base = ['a', 'a', { sending: sentOver(more) }] as const;
    const { decision } = fieldDecided(shared('both'), { salesforce: 'b', jira: 'b', base, changes: changes! });
    expect(decision).toMatchObject({ side: 'jira', what: 'Summary', outcome, ...expected });
    if (!('lost' in expected)) expect(decision).not.toHaveProperty('lost');
  });

  it.each<[string, readonly object[], object]>([
    ['of another value', [sent('jira', 'x'), sent('jira', 'b')], { outcome: 'found', side: 'jira' }],
    ['of the other side', [sent('salesforce', 'b'), sent('jira', 'b')], { outcome: 'found', side: 'jira' }],
  ])('says nothing of what gave way to a write %s', (_, [first, second], expected) => {
    const base = ['a', 'a', { sending: [{ ...first, lost: 'mine' }, second] as never }] as const;
    const { decision } = fieldDecided(shared('both'), { salesforce: 'b', jira: 'b', base });
    expect(decision).toMatchObject(expected);
    expect(decision).not.toHaveProperty('lost');
  });

  it.each<[string, readonly Sending[], string]>([
    ['once', [{ ...sent('jira', 'b'), told: true }], 'nothing'],
    ['though another value was told', [{ ...sent('jira', 'x'), told: true }, sent('jira', 'b')], 'found'],
    ['though it was told of the other side', [{ ...sent('salesforce', 'b'), told: true }, sent('jira', 'b')], 'found'],
  ])('is told %s', (_, sending, outcome) => {
    const decided = fieldDecided(shared('both'), { salesforce: 'b', jira: 'b', base: ['a', 'a', { sending }] });
    expect(decided.decision?.outcome ?? 'nothing').toBe(outcome);
    const told = sending.map(one => (one.side === 'jira' && one.value === 'b' ? { ...one, told: true } : one));
    expect(decided.base).toEqual({ salesforce: 'b', jira: 'b', sending: told });
  });

  it('is told of the second time too, where it was sent again after it was told', () => {
    const sending = [{ ...sent('jira', 'b'), told: true as const }, sent('jira', 'b')];
    const decided = fieldDecided(shared('both'), { salesforce: 'b', jira: 'b', base: ['a', 'a', { sending }] });
    expect(decided.decision?.outcome).toBe('found');
  });

  it('of two that stand there the later one is the bridge’s: the other side was edited back since', () => {
    const [first, second] = [sent('salesforce', 'x', old - minute), sent('jira', 'b', old)];
    const base = ['a', 'a', { sending: [first, second] }] as const;
    const state = { salesforce: 'x', jira: 'b', base, changes: ['app'] } as const;
    expect(said(fieldDecided(shared('both'), state))).toBe('write jira “x”: Subject changed in Salesforce');
    const turned = {
      ...state,
      base: [
        'a',
        'a',
        {
          sending: [
            { ...first, at: old },
            { ...second, at: first.at },
          ],
        },
      ],
    } as const;
    expect(said(fieldDecided(shared('both'), turned))).toBe('write salesforce “b”: Summary changed in Jira');
  });

  it.each<[string, Case, readonly object[]]>([
    [
      'as the bridge left it, though somebody wrote the same there since',
      { salesforce: 'x', jira: 'b', changes: ['app'] },
      [{ side: 'salesforce', to: 'x', reason: expect.stringMatching(/^written by an earlier run/) }],
    ],
    [
      'beside the other side, which is found too',
      {
        salesforce: 'x',
        jira: 'x',
        base: ['a', 'a', { sending: [sent('salesforce', 'x', old), sent('jira', 'x', old)] }],
      },
      [{ side: 'salesforce', to: 'x' }],
    ],
  ])('is told where it stands %s', (_, state, expected) => {
    const sending = [sent('salesforce', 'x', old - minute), sent('jira', 'b', old)];
    const decided = fieldDecided(shared('both'), { base: ['a', 'a', { sending }], ...state });
    expect(decided.earlier?.decisions).toMatchObject(expected);
    expect(decided.earlier?.decisions).toHaveLength(expected.length);
    expect(decided.decision?.side).toBe('jira');
  });

  it('is told where it stands though its source has no way over any more', () => {
    const plan = mapping('salesforce', field('Severity', 'picklist'), target('priority', 'priority'), {
      table: { ...table(['High', 'Highest']), otherwise: { kind: 'skip' } },
    });
    const base = ['Low', 'Lowest', { sending: [sent('jira', 'Highest', old)] }] as const;
    const decided = fieldDecided(plan, { salesforce: 'Odd', jira: { name: 'Highest' }, base });
    expect(decided.decision).toMatchObject({ outcome: 'skip' });
    expect(decided.earlier?.decisions).toMatchObject([{ side: 'jira', to: 'Highest', outcome: 'found' }]);
  });

  it('tells the edit that the second of two went over', () => {
    const sending = [sent('jira', 'b'), { ...sent('jira', 'b'), over: before }];
    const changes = [['person', before + 1, 'mine'], 'app'] as const;
    const state = { salesforce: 'b', jira: 'b', base: ['a', 'a', { sending }], changes } as const;
    expect(fieldDecided(shared('both'), state).decision).toMatchObject({ outcome: 'skip', lost: 'mine' });
  });

  it.each([
    ['jira', 'Highest', { name: 'Highest' }],
    ['salesforce', 'High', 'High'],
  ] as const)('keeps the value as %s has it', (side, value, kept) => {
    const plan = mapping('both', field('Severity', 'picklist'), target('priority', 'priority'), {
      table: table(['High', 'Highest']),
    });
    const sending = [{ ...sent(side, value), lost: 'x' }];
    const state = { salesforce: 'High', jira: { name: 'Highest' }, base: ['Low', 'Lowest', { sending }] } as const;
    expect(fieldDecided(plan, state).decision).toMatchObject({ outcome: 'found', side, to: value, kept });
  });

  it.each<[string, Sending, Case, object | undefined]>([
    ['is told where it is not there', sent('jira', 'b', old), {}, { side: 'jira', what: 'Summary', to: 'b' }],
    ['is told of Salesforce', sent('salesforce', 'b', old), {}, { side: 'salesforce', what: 'Subject', to: 'b' }],
    ['is told with what gave way', { ...sent('jira', 'b', old), lost: 'x' }, {}, { lost: 'x', kept: 'b' }],
    ['is told beside what is written now', sent('jira', 'b', old), { salesforce: 'c' }, { to: 'b' }],
    ['is told with the same value, where that is written now', sent('jira', 'b', old), { salesforce: 'b' }, undefined],
    ['is not told while it may land', sent('jira', 'b'), {}, undefined],
    ['is not told twice', { ...sent('jira', 'b', old), told: true }, {}, undefined],
    ['is not told where it was agreed on', sent('jira', 'a', old), { jira: 'x', changes: ['person'] }, undefined],
  ])('%s', (_, one, state, expected) => {
    const base = ['a', 'a', { sending: [one] }] as const;
    const { earlier } = fieldDecided(shared('both'), { salesforce: 'a', jira: 'a', base, ...state });
    const reason = expect.stringContaining('not known whether it arrived; it is not there now');
    expect(earlier?.decisions ?? []).toEqual(
      expected === undefined ? [] : [expect.objectContaining({ ...expected, outcome: 'found', reason })],
    );
    expect(earlier?.sent ?? []).toEqual(expected === undefined ? [] : [one]);
  });

  it.each<[string, Case['changes'], string]>([
    ['is taken back by a person: both sides changed, and theirs is the last', [['person', before + 1]], 'salesforce'],
    ['is not taken back by whoever was there before it', [['person', before]], 'jira'],
    ['is not taken back by the bridge', ['app'], 'jira'],
    ['never arrived', [], 'jira'],
  ])('%s', (_, changes, side) => {
    const base = ['a', 'a', { sending: [{ ...sent('jira', 'b', old), over: before }] }] as const;
    const state = { salesforce: 'c', jira: 'a', base, stamp: before - minute } as const;
    expect(fieldDecided(shared('both'), state)).toMatchObject({ write: { side: 'jira' }, wants: true });
    const decided = fieldDecided(shared('both'), { ...state, changes: changes! });
    expect(decided).toMatchObject({ write: { side } });
    expect(decided).not.toHaveProperty('wants');
    expect(decided.decision).toMatchObject(side === 'salesforce' ? { lost: 'c', kept: 'a' } : { to: 'c' });
  });

  it('asks who edited what it may have gone over, as long as nobody has looked', () => {
    const base = ['a', 'a', { sending: sentOver({ over: before }) }] as const;
    const state = { salesforce: 'b', jira: 'b', base } as const;
    expect(fieldDecided(shared('both'), state)).toMatchObject({ wants: true });
    expect(fieldDecided(shared('both'), { ...state, changes: ['app'] })).not.toHaveProperty('wants');
    const without = ['a', 'a', { sending: sentOver() }] as const;
    expect(fieldDecided(shared('both'), { salesforce: 'b', jira: 'b', base: without })).not.toHaveProperty('wants');
  });

  it('names what is in Salesforce by its field there, with what it went over', () => {
    const sending = [{ ...sent('salesforce', 'b'), lost: 'theirs' }];
    const { decision } = fieldDecided(shared('both'), { salesforce: 'b', jira: 'b', base: ['a', 'a', { sending }] });
    expect(decision).toMatchObject({ side: 'salesforce', what: 'Subject', to: 'b', lost: 'theirs', kept: 'b' });
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
