/** What is kept of issues and people can be taken away and erased; account ids are reported; tombstones can be lifted. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writesOf } from '../kit/outside.ts';
import { caseItem, openScenario, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());
beforeEach(() => scenario.start(caseItem()));

const accountOf = (role: string) => scenario.outside.sandbox.jiraUsers.find(user => user.role === role)!.accountId;
const kept = async (payload: unknown) =>
  (await scenario.admin('data.export', payload)).result as Readonly<Record<string, readonly unknown[]>>;
const peopleOf = () => scenario.outside.sandbox.world.forge.people;

describe('what is kept of an issue', () => {
  it('A-5 can be taken away and erased; nothing of it is kept anew, and both sides stay as they are', async () => {
    const { record, issue } = await scenario.linked();
    const other = await scenario.linked({ Subject: 'Another' });
    await scenario.panel(issue.key, 'refresh', { itemId: 'cases' });
    const before = await kept({ issueKey: issue.key });
    expect(before.links).toHaveLength(1);
    expect(before.journal!.length).toBeGreaterThan(1);

    expect(await scenario.admin('data.erase', { issueKey: issue.key }, 'agent')).toMatchObject({ ok: false });
    expect(await scenario.admin('data.erase', {})).toMatchObject({ ok: false, error: { code: 'invalid' } });
    const may = (allowed: boolean) =>
      scenario.outside.sandbox.world.conditions.put({
        jira: { permissions: [{ role: 'app', permission: 'EDIT_ISSUES', allowed }] },
      });
    may(false);
    expect(await scenario.admin('data.erase', { issueKey: issue.key })).toMatchObject({
      error: { code: 'may-not-edit', message: expect.stringContaining('Edit Issues') },
    });
    expect(await kept({ issueKey: issue.key })).toEqual(before);
    may(true);
    const marked = () => scenario.outside.jira('admin', 'GET', `/rest/api/3/issue/${issue.key}/properties`);
    expect(await marked()).toMatchObject({ keys: [{}] });
    expect(await scenario.admin('data.erase', { issueKey: issue.key })).toMatchObject({ ok: true });
    expect(await marked()).toEqual({ keys: [] });
    await scenario.edit('Case', record, { Subject: 'Not followed any more' });
    await scenario.nextCycle();
    await scenario.nextCycle();
    const after = await kept({ issueKey: issue.key });
    expect(Object.values(after).flat()).toEqual([]);
    expect(JSON.stringify(await scenario.outside.state())).not.toContain(`"${issue.key}"`);
    expect((await scenario.issue(issue.key)).fields.summary).toBe('Printer on fire');
    expect((await kept({ issueKey: other.issue.key })).links).toHaveLength(1);
    expect(await scenario.outside.issues()).toHaveLength(2);
  });
});

describe('what is kept of a person', () => {
  it('A-4 A-5 is their account id with what they did; erased, what was done stays, by nobody', async () => {
    const { issue } = await scenario.linked();
    await scenario.panel(issue.key, 'link', { itemId: 'cases', recordId: '500000000000000AAA' });
    await scenario.admin('items.pause', { itemId: 'cases' });
    await scenario.admin('items.resume', { itemId: 'cases' });
    const admin = accountOf('admin');
    const before = await kept({ accountId: admin });
    expect(before.audit!.map(entry => (entry as { what: string }).what)).toEqual(
      expect.arrayContaining(['items.pause', 'items.resume']),
    );
    expect(await scenario.admin('data.erase', { accountId: admin })).toMatchObject({ ok: true });
    const audit = (await scenario.admin('audit.list')).result as readonly { what: string; by: string }[];
    expect(audit.filter(({ what }) => what === 'items.pause')).toMatchObject([{ by: 'erased' }]);
    // The act of erasing is itself somebody's act.
    expect((await kept({ accountId: admin })).audit!.map(entry => (entry as { what: string }).what)).toEqual([
      'data.erase',
    ]);
  });

  it('A-5 names no person in the journal, only an account id', async () => {
    await scenario.start(
      caseItem()
        .replace('sync one-way', 'sync custom')
        .replace('fields {', 'fields {\n    SuppliedEmail -> assignee or else skip\n   '),
    );
    const { record, issue } = await scenario.linked({ SuppliedEmail: 'agent@example.com' });
    await scenario.edit('Case', record, { SuppliedEmail: 'admin@example.com' });
    await scenario.nextCycle();
    expect((await scenario.issue(issue.key)).fields.assignee).toMatchObject({ accountId: accountOf('admin') });
    const told = (await scenario.outside.state()).journal.filter(({ what }) => what === 'Assignee');
    expect(told).toMatchObject([{ from: accountOf('agent') }, {}].slice(0, told.length));
    expect(JSON.stringify(told)).not.toMatch(/displayName|Agent/);
  });

  it('A-5 is reported once a week, and erased when Atlassian says that the account is closed', async () => {
    await scenario.admin('items.pause', { itemId: 'cases' });
    await scenario.admin('items.resume', { itemId: 'cases' });
    await scenario.nextCycle();
    const reports = peopleOf().reported.length;
    await scenario.nextCycle();
    expect(peopleOf().reported).toHaveLength(reports);
    peopleOf().closed.add(accountOf('admin'));
    await scenario.advance('8d');
    await scenario.nextCycle();
    expect(peopleOf().reported.length).toBe(reports + 1);
    expect(peopleOf().reported.at(-1)).toContain(accountOf('admin'));
    expect((await kept({ accountId: accountOf('admin') })).audit).toEqual([]);
    peopleOf().closed.clear();
  });
});

describe('a record that lost its issue', () => {
  it('S-3 gets no other one by itself, until a person lifts that', async () => {
    const { record, issue } = await scenario.linked();
    await scenario.outside.jira('admin', 'DELETE', `/rest/api/3/issue/${issue.key}`);
    await scenario.outside.settle();
    await scenario.edit('Case', record, { Subject: 'Again' });
    await scenario.nextCycle();
    expect(await scenario.outside.issues()).toEqual([]);
    expect((await scenario.admin('tombstones.list')).result).toEqual([{ itemId: 'cases', recordId: record }]);
    expect(await scenario.admin('tombstones.lift', { itemId: 'cases', recordId: record }, 'agent')).toMatchObject({
      ok: false,
    });
    expect(await scenario.admin('tombstones.lift', { itemId: 'cases', recordId: record })).toMatchObject({ ok: true });
    await scenario.outside.settle();
    expect((await scenario.outside.issues()).map(({ fields }) => fields.summary)).toEqual(['Again']);
    expect((await scenario.admin('tombstones.list')).result).toEqual([]);
    await scenario.nextCycle();
    await scenario.outside.control('DELETE', '/control/calls');
    await scenario.nextCycle();
    expect(await writesOf(scenario.outside)).toEqual([]);
  });

  it('S-3 I-6 gets it when its item goes on, where a person lifts that while it rests', async () => {
    const { record, issue } = await scenario.linked();
    await scenario.outside.jira('admin', 'DELETE', `/rest/api/3/issue/${issue.key}`);
    await scenario.outside.settle();
    await scenario.admin('items.pause', { itemId: 'cases' });
    await scenario.nextCycle();
    expect(await scenario.admin('tombstones.lift', { itemId: 'cases', recordId: record })).toMatchObject({ ok: true });
    await scenario.nextCycle();
    expect(await scenario.outside.issues()).toEqual([]);
    expect((await scenario.outside.state()).attention).toMatchObject([
      { record, remedy: expect.stringContaining('goes on') },
    ]);
    await scenario.admin('items.resume', { itemId: 'cases' });
    await scenario.nextCycle();
    expect(await scenario.outside.issues()).toHaveLength(1);
    expect((await scenario.outside.state()).attention).toEqual([]);
  });
});
