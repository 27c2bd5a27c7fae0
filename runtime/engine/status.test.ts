/** The status that a rule asks for, each sentence once, and what counts as a status. */
import { describe, expect, it } from 'vitest';
import { field, statusCases, statuses, supportCases } from '../../test/kit/plan.ts';
import { input, type Now } from '../../test/kit/status-look.ts';
import { compileStatus, issueStatus, sameStatus } from './status.ts';

const plan = statusCases();

describe('a rule’s status', () => {
  const byRule = compileStatus({ ...supportCases(), status: plan.status! });
  const place = { file: 'support-cases.bridge', line: 30, column: 3 };
  const holds = 'the rule “when Account.Rating is "Hot"” holds';
  const known = { salesforce: 'New', jira: 'Done' };
  const described = { side: 'jira', what: 'Status', from: 'To Do', to: 'Done', origin: place } as const;
  const move = (reason: string) => ({
    move: { to: statuses.Done, from: 'To Do', reason, origin: place, rule: true },
    status: { salesforce: 'New', jira: 'Done' },
    decisions: [{ ...described, outcome: 'write', reason }],
  });
  const later = (reason: string) => ({ decisions: [{ ...described, outcome: 'later', reason }] });
  it.each<[string, Now, object]>([
    ['moves a new issue', { salesforce: 'New', jira: 'To Do' }, move(holds)],
    [
      'puts a person’s move back',
      { salesforce: 'New', jira: 'To Do', known, cause: 'issue' },
      move(`put back by rule: ${holds}`),
    ],
    [
      'moves for the record where that is what changed',
      { salesforce: 'New', jira: 'To Do', known, cause: 'record' },
      move(holds),
    ],
    [
      'does not call its own move a person’s',
      { salesforce: 'New', jira: 'To Do', known: { salesforce: 'New', jira: 'to do' }, cause: 'issue' },
      move(holds),
    ],
    [
      'leaves a person alone at the moment of the move',
      { salesforce: 'New', jira: 'To Do', known, cause: 'event' },
      later('the issue was moved by hand; the next cycle puts it back, as the rule says'),
    ],
    [
      'leaves an issue that nobody moved to the next cycle too',
      { salesforce: 'New', jira: 'To Do', cause: 'event' },
      later('the record asks for another status; the next cycle moves the issue, as the rule says'),
    ],
    ['is met', { salesforce: 'New', jira: 'Done' }, { status: { salesforce: 'New', jira: 'Done' }, decisions: [] }],
  ])('S-6 S-7 %s', (_, now, decided) => {
    expect(byRule(input(now))).toEqual(decided);
  });

  it('S-6 moves nothing where the rule says to leave the status alone', () => {
    const rules = { branches: [], otherwise: { origin: place } };
    expect(compileStatus({ ...supportCases(), rules })(input({ salesforce: 'New', jira: 'To Do' }))).toEqual({
      status: { salesforce: null, jira: 'To Do' },
      decisions: [],
    });
  });
});

describe('statuses', () => {
  it('S-4 are left alone by an item that says nothing of them', () => {
    const { rules: _, ...silent } = supportCases();
    expect(compileStatus(silent)(input({ salesforce: 'Working', jira: 'To Do' }))).toEqual({ decisions: [] });
  });
  it.each([
    [
      { id: '1', name: 'To Do' },
      { id: '1', name: 'To Do' },
    ],
    [null, { id: '', name: '' }],
    [undefined, { id: '', name: '' }],
    ['To Do', { id: '', name: '' }],
    [
      { id: 1, name: ['x'] },
      { id: '', name: '' },
    ],
  ])('I24 are read whatever Jira answers: %j', (status, read) => {
    expect(issueStatus({ id: '1', key: 'SUP-1', fields: { status }, updated: 0 })).toEqual(read);
  });
  it.each([
    ['Done', 'DONE', true],
    [null, null, true],
    [undefined, undefined, true],
    ['Done', null, false],
    [undefined, 'Done', false],
    [null, undefined, false],
    ['Done', 'Doing', false],
  ])('S-4 are the same whatever their case: %s and %s: %s', (a, b, same) => {
    expect(sameStatus(a, b)).toBe(same);
  });
  it('S-4 are read behind a parent too', () => {
    const above = compileStatus({ ...plan, status: { ...plan.status!, field: field('Account.Rating', 'picklist') } });
    expect(above(input({ salesforce: 'New', jira: 'To Do' })).decisions[0]?.reason).toMatch('“Hot”');
  });
});
