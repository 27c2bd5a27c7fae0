import { describe, expect, it } from 'vitest';
import type { AttentionSummary, JournalSummary } from '../../bridge/contract.ts';
import { heldBy, heldNow, isAsShown } from './held.ts';

const asked: AttentionSummary = {
  id: 'cases 1',
  item: 'cases',
  record: '1',
  since: 1,
  cause: 'Summary was edited on both sides',
  remedy: 'Choose',
  held: ['Summary', 'Description'],
};
const entry = (at: number, more: Partial<JournalSummary>): JournalSummary => ({
  id: String(at),
  run: 'r',
  at,
  item: 'cases',
  record: '1',
  side: 'jira',
  outcome: 'held',
  what: 'Summary',
  from: 'Of Jira',
  to: 'Of Salesforce',
  reason: 'edited on both sides',
  source: 'a.bridge:1',
  ...more,
});

describe('what is shown of a conflict that is held', () => {
  it('I-6 is what the newest look told of each field, and of no other record, item or outcome', () => {
    const journal = [
      entry(9, { record: '2', from: 'other record' }),
      entry(8, { item: 'leads', from: 'other item' }),
      entry(7, { outcome: 'written', from: 'written' }),
      entry(6, {}),
      entry(5, { from: 'older' }),
      entry(4, { what: 'Description', from: '', to: 'Long' }),
    ];
    expect(heldBy(asked, journal)).toEqual({
      at: 6,
      values: [
        { what: 'Summary', jira: 'Of Jira', salesforce: 'Of Salesforce' },
        { what: 'Description', jira: '', salesforce: 'Long' },
      ],
    });
    expect(heldBy(asked, [])).toBeUndefined();
  });

  it('I-6 is looked at again where a side has another value now, and not where one field was settled', () => {
    const value = { what: 'Summary', jira: 'a', salesforce: 'b' };
    const shown = { values: [value, { ...value, what: 'Description' }], at: 1 };
    expect(isAsShown({ values: [value] }, shown)).toBe(true);
    expect(isAsShown({ values: [{ ...value, salesforce: 'c' }] }, shown)).toBe(false);
    expect(isAsShown({ values: [value] }, undefined)).toBe(false);
  });

  it('I-6 keeps nobody from choosing a side where both cannot be looked at', async () => {
    expect(await heldNow(asked, async () => [entry(1, {}), entry(2, { outcome: 'written' })])).toEqual({
      values: [{ what: 'Summary', jira: 'Of Jira', salesforce: 'Of Salesforce' }],
    });
    expect(await heldNow(asked, async () => [])).toBeUndefined();
    expect(await heldNow(asked, () => Promise.reject(new Error('away')))).toBeUndefined();
  });
});
