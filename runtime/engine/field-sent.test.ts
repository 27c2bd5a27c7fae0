/** What a run that died had sent: found where it stands, told where it does not, and nobody's edit. */
import { describe, expect, it } from 'vitest';
import { before, type Case, fieldDecided, minute, now, said, sent, shared } from '../../test/kit/one-field.ts';
import { field, mapping, table, target } from '../../test/kit/plan.ts';
import type { Sending } from '../ports.ts';

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

  it.each<[string, object, Case['changes']]>([
    ['where it is found', {}, []],
    ['with what gave way', { lost: 'mine' }, []],
    ['with the edit that it went over', { over: before }, [['person', before + 1, 'mine'], 'app']],
  ])('is told once %s', (_, more, changes) => {
    const base = ['a', 'a', { sending: sentOver(more) }] as const;
    const state = { salesforce: 'b', jira: 'b', base, ...(changes && { changes }) };
    expect(fieldDecided(shared('both'), state).earlier).toBeUndefined();
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
    [
      'unless it was told before',
      {
        salesforce: 'x',
        jira: 'b',
        changes: ['app'],
        base: [
          'a',
          'a',
          { sending: [{ ...sent('salesforce', 'x', old - minute), told: true }, sent('jira', 'b', old)] },
        ],
      },
      [],
    ],
  ])('is told where it stands %s', (_, state, expected) => {
    const sending = [sent('salesforce', 'x', old - minute), sent('jira', 'b', old)];
    const decided = fieldDecided(shared('both'), { base: ['a', 'a', { sending }], ...state });
    expect(decided.earlier?.decisions ?? []).toMatchObject(expected);
    expect(decided.earlier?.decisions ?? []).toHaveLength(expected.length);
    if (expected.length > 0) expect(decided.decision?.side).toBe('jira');
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

  it.each<[string, Case, readonly Sending[], object, readonly object[]]>([
    [
      'which the same goes over again',
      { salesforce: 'b', jira: 'theirs' },
      [{ ...sent('jira', 'b', old), lost: 'mine' }],
      { outcome: 'write', lost: 'theirs' },
      [{ outcome: 'found', lost: 'mine', kept: 'b', reason: expect.stringMatching(/it is not there now$/) }],
    ],
    [
      'which the same goes over again a moment later',
      { salesforce: 'b', jira: 'theirs' },
      [{ ...sent('jira', 'b'), lost: 'mine' }],
      { outcome: 'write', lost: 'theirs' },
      [{ outcome: 'found', lost: 'mine', kept: 'b' }],
    ],
    [
      'which was sent twice, and is written a third time over the second',
      { salesforce: 'b', jira: 'theirs' },
      [
        { ...sent('jira', 'b', old), lost: 'mine' },
        { ...sent('jira', 'b'), lost: 'theirs' },
      ],
      { outcome: 'write', lost: 'theirs' },
      [{ outcome: 'found', lost: 'mine', kept: 'b' }],
    ],
    [
      'which was sent twice, and stands there',
      { salesforce: 'b', jira: 'b' },
      [
        { ...sent('jira', 'b', old), lost: 'mine' },
        { ...sent('jira', 'b'), lost: 'theirs' },
      ],
      { outcome: 'found', lost: 'theirs' },
      [{ outcome: 'found', lost: 'mine', kept: 'b', reason: expect.stringMatching(/^written by an earlier run/) }],
    ],
    [
      'but once, where the same goes over the same again',
      { salesforce: 'b', jira: 'mine' },
      [{ ...sent('jira', 'b', old), lost: 'mine' }],
      { outcome: 'write', lost: 'mine' },
      [],
    ],
  ])('tells each edit that gave way to one value, %s', (_, now, sending, decision, earlier) => {
    const plan = shared('both', { onConflict: 'salesforce' });
    const decided = fieldDecided(plan, { ...now, base: ['a', 'a', { sending }], changes: ['person'] });
    expect(decided.decision).toMatchObject(decision);
    expect(decided.earlier?.decisions ?? []).toMatchObject(earlier);
    expect(decided.earlier?.decisions ?? []).toHaveLength(earlier.length);
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
