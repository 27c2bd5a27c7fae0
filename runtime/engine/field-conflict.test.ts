import { describe, expect, it } from 'vitest';
import type { MappingPlan } from '../../compiler/plan/ir.ts';
import { before, type Case, fieldDecided, minute, now, said, sent, shared } from '../../test/kit/one-field.ts';
import { field, mapping, table, target } from '../../test/kit/plan.ts';

describe('S-11 an edit on both sides', () => {
  const edited = (more: Partial<Case> = {}): Case => ({
    salesforce: 'theirs',
    jira: 'mine',
    base: ['a', 'a'],
    changes: [['person', now - 3 * minute]],
    stamp: now - 2 * minute,
    ...more,
  });
  const both = 'Summary was edited on both sides';

  it.each<[string, MappingPlan['onConflict'], Partial<Case>, string]>([
    ['later in Salesforce', 'latest', {}, `write jira “theirs”: ${both}, last in Salesforce`],
    ['later in Jira', 'latest', { stamp: now - 4 * minute }, `write salesforce “mine”: ${both}, last in Jira`],
    ['in one second', 'latest', { stamp: now - 3 * minute + 999 }, `write jira “theirs”: ${both} in the same second`],
    [
      'that nobody read the times of',
      'latest',
      { changes: undefined as never },
      `write jira “theirs”: ${both}, and when it was edited in Jira is not known; asks who edited it`,
    ],
    [
      'seen in Salesforce before somebody saved the record again',
      'latest',
      { base: ['a', 'a', { seen: { value: 'theirs', at: now - 4 * minute } }] },
      `write salesforce “mine”: ${both}, last in Jira`,
    ],
    [
      'seen in Salesforce with another value',
      'latest',
      { base: ['a', 'a', { seen: { value: 'other', at: now - 4 * minute } }] },
      `write jira “theirs”: ${both}, last in Salesforce`,
    ],
    [
      'seen in Salesforce later than the record was saved',
      'latest',
      { base: ['a', 'a', { seen: { value: 'theirs', at: now } }], stamp: now - 4 * minute },
      `write salesforce “mine”: ${both}, last in Jira`,
    ],
    [
      'where Salesforce wins',
      'salesforce',
      { stamp: 0 },
      `write jira “theirs”: ${both}; the program lets Salesforce win`,
    ],
    ['where Jira wins', 'jira', {}, `write salesforce “mine”: ${both}; the program lets Jira win`],
    [
      'that is held',
      'hold',
      {},
      `hold jira “theirs”: ${both}; the program says to hold both values until a person chooses`,
    ],
    [
      'that is held, and a person chose Jira',
      'hold',
      { base: ['a', 'a', { choice: 'jira' }] },
      `write salesforce “mine”: ${both}; a person let Jira win`,
    ],
    [
      'that is held, and a person chose Salesforce',
      'hold',
      { base: ['a', 'a', { choice: 'salesforce' }] },
      `write jira “theirs”: ${both}; a person let Salesforce win`,
    ],
    [
      'that is held no more, though a person chose before',
      'salesforce',
      { base: ['a', 'a', { choice: 'jira' }] },
      `write jira “theirs”: ${both}; the program lets Salesforce win`,
    ],
    [
      'of which the app itself made Jira’s',
      'jira',
      { changes: ['person', 'app'] },
      'write jira “theirs”: Subject changed in Salesforce',
    ],
  ])('%s', (_, onConflict, more, expected) => {
    const decided = fieldDecided(shared('both', { onConflict }), edited(more));
    expect(said(decided)).toBe(expected);
    const { decision, ahead } = decided;
    if (!decision!.reason.startsWith(both)) expect(decision).not.toHaveProperty('lost');
    else if (decision!.outcome === 'write') {
      const [lost, kept] = decision!.side === 'jira' ? ['mine', 'theirs'] : ['theirs', 'mine'];
      expect(decision).toMatchObject({ lost, kept });
      // Should the run be stopped before it tells.
      expect(ahead!.sending!.map(one => one.lost)).toEqual([lost]);
    }
  });

  it.each<['keep' | 'skip', string, object]>([
    ['keep', 'nothing', {}],
    [
      'skip',
      'skip jira “”: Severity is “Odd”, which has no row in the value table',
      { lost: { name: 'Low' }, kept: 'Odd' },
    ],
  ])('leaves both as they are where the winner has no way over: %s', (kind, expected, told) => {
    const plan = mapping('both', field('Severity', 'picklist'), target('priority', 'priority'), {
      table: { ...table(['High', 'Highest']), otherwise: { kind } },
      onConflict: 'salesforce',
    });
    const state = { salesforce: 'Odd', jira: { name: 'Low' }, base: ['High', 'Highest'], changes: ['person'] } as const;
    const decided = fieldDecided(plan, state);
    expect(said(decided)).toBe(expected);
    expect(decided.decision ?? {}).toMatchObject(told);
    expect(decided.base).toEqual({ salesforce: 'Odd', jira: 'Low' });
    expect(decided).not.toHaveProperty('ahead');
  });

  it('says of the last write only what gave way to it', () => {
    const older = sent('jira', 'older');
    const { ahead } = fieldDecided(shared('both'), edited({ base: ['a', 'a', { sending: [older] }] }));
    expect(ahead!.sending).toEqual([older, { ...sent('jira', 'theirs', now), over: before, lost: 'mine' }]);
  });

  it('is remembered with what was seen while it is held', () => {
    const { base } = fieldDecided(shared('both', { onConflict: 'hold' }), edited());
    expect(base).toEqual({ salesforce: 'a', jira: 'a', seen: { value: 'theirs', at: now - 2 * minute } });
  });
});
