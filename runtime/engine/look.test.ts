/** Which change on one side is reason to look at both. */
import { describe, expect, it } from 'vitest';
import { mapping, statusCases, subject, supportCases, target } from '../../test/kit/plan.ts';
import { linkWith as anyLink } from '../../test/kit/unanswered.ts';
import type { Link } from '../ports.ts';
import { needsIssue, showsChange } from './look.ts';
import { compileItem } from './reconcile.ts';

const shared = mapping('both', subject, target('summary'));
const item = compileItem({ ...statusCases(), mappings: [shared] });
const displayed = compileItem({ ...statusCases(), mappings: [shared], mode: 'display-only' });
const ruled = compileItem({ ...supportCases(), mappings: [shared] });
const agreed = { salesforce: 'a', jira: 'a' };
const status = { salesforce: 'New', jira: 'To Do' };

const linkWith = (more: Partial<Link>): Link => anyLink({ bases: { [shared.id]: agreed }, status, ...more });
const record = { id: '500000000000001AAA', object: 'Case', stamp: 1, createdAt: 0, deleted: false };
const recordWith = (fields = {}) => ({ ...record, fields: { Subject: 'a', Status: 'New', ...fields } });
const issueWith = (fields = {}) => ({
  id: '1',
  key: 'SUP-1',
  updated: 1,
  fields: { summary: 'a', status: { id: '1', name: 'To Do' }, ...fields },
});

describe('what did not come to its end', () => {
  it.each<[string, Partial<Link>, boolean]>([
    ['nothing: all has the values that were agreed on', {}, false],
    ['a run that did not succeed', { lastOutcome: { at: 0, kind: 'failed' } }, true],
    ['a move that the workflow did not have', { lastOutcome: { at: 0, kind: 'blocked' } }, true],
    ['a status that was under way when its run died', { moving: { side: 'jira', to: 'To Do' } }, true],
    ['a status that was seen and is to be followed', { status: { ...status, seen: { value: 'Closed', at: 0 } } }, true],
    ['a value that may still land', { bases: { [shared.id]: { ...agreed, sending: [] } } }, true],
    [
      'a value that was seen and is to be followed',
      { bases: { [shared.id]: { ...agreed, seen: { value: 'b', at: 0 } } } },
      true,
    ],
    ['a link on which nothing was agreed yet', { bases: {} }, true],
  ])('S-1 S-2 S-4 is reason to look, whichever side changed: %s', (_, more, looks) => {
    expect(needsIssue(item, linkWith(more), recordWith())).toBe(looks);
    expect(showsChange(item, linkWith(more), issueWith())).toBe(looks);
    expect(needsIssue(displayed, linkWith(more), recordWith())).toBe(false);
    expect(showsChange(displayed, linkWith(more), issueWith())).toBe(false);
  });
});

describe('a record that changed', () => {
  it.each<[string, Partial<Link>, object, boolean]>([
    ['with another value', {}, { Subject: 'b' }, true],
    ['with another status', {}, { Status: 'Closed' }, true],
    ['without a status', {}, { Status: null }, true],
    ['with the same in another case', {}, { Status: 'new' }, false],
    ['whose move is still owed', { status: { ...status, owed: true } }, {}, true],
    ['before any status was agreed on', { bases: { [shared.id]: agreed }, status: undefined as never }, {}, true],
    ['with nothing to say where nothing was agreed on', { bases: {} }, { Subject: null }, false],
  ])('S-1 S-4 needs its issue: %s', (_, more, fields, needs) => {
    expect(needsIssue(item, linkWith(more), recordWith(fields))).toBe(needs);
  });
});

describe('a record that a rule reads', () => {
  const hot = { Account: { Rating: 'Hot' } };
  it.each<[string, Partial<Link>, boolean]>([
    ['the rule asks for another status than it did', {}, true],
    ['the issue was moved as the rule says', { status: { salesforce: 'New', jira: 'Done' } }, false],
    ['nobody knows where the issue stands', { status: undefined as never }, true],
  ])('S-6 needs its issue, or does not: %s', (_, more, needs) => {
    expect(needsIssue(ruled, linkWith(more), recordWith(hot))).toBe(needs);
  });

  it('S-6 shows in the issue where a person moved it', () => {
    const done = linkWith({ status: { salesforce: 'New', jira: 'Done' } });
    expect(showsChange(ruled, done, issueWith())).toBe(true);
    expect(showsChange(ruled, done, issueWith({ status: { id: '3', name: 'Done' } }))).toBe(false);
  });

  it('S-4 S-6 needs no issue for a status that the item does not read', () => {
    const { status: __, ...unread } = statusCases();
    const plain = compileItem({ ...unread, mappings: [shared] });
    expect(needsIssue(plain, linkWith({}), recordWith({ Status: 'Closed' }))).toBe(false);
    expect(showsChange(plain, linkWith({}), issueWith({ status: { id: '3', name: 'Done' } }))).toBe(false);
  });
});

describe('a record whose value is Jira’s', () => {
  it('S-1 needs no issue as long as nothing was agreed on: what Salesforce says is not asked for', () => {
    const own = compileItem({ ...statusCases(), mappings: [mapping('jira', subject, target('summary'))] });
    expect(needsIssue(own, linkWith({ bases: {} }), recordWith())).toBe(false);
  });
});

describe('an issue that changed', () => {
  it.each<[string, Partial<Link>, object, boolean]>([
    ['with another value', {}, { summary: 'b' }, true],
    ['with another status', {}, { status: { id: '3', name: 'Done' } }, true],
    ['with the same in another case', {}, { status: { id: '1', name: 'TO DO' } }, false],
    ['whose link rests', { state: { kind: 'paused', reason: 'the Salesforce record was deleted', at: 0 } }, {}, true],
  ])('S-2 S-4 shows it: %s', (_, more, fields, shows) => {
    expect(showsChange(item, linkWith(more), issueWith(fields))).toBe(shows);
  });

  it('S-8 S-9 may have comments or files that no field shows', () => {
    for (const more of [{ attachments: true }, { comments: { on: true, internal: false, published: false } }])
      expect(
        showsChange(compileItem({ ...statusCases(), mappings: [shared], ...more }), linkWith({}), issueWith()),
      ).toBe(true);
  });
});
