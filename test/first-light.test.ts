/**
 * The main job, end to end, from outside and over sockets: a Salesforce client that others wrote makes
 * cases, the sandbox runs the app's own handlers, and Jira's REST shows what came of it.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exampleProgram, type Outside, openOutside, wordsOf, writesOf } from './kit/outside.ts';

let outside: Outside;
beforeAll(async () => {
  outside = await openOutside({ empty: true });
});
afterAll(() => outside?.stop());

let hot: string;
let warm: string;
beforeEach(async () => {
  await outside.control('POST', '/control/reset', {});
  const answer = await outside.control<{ ok: boolean; diagnostics: unknown[] }>('PUT', '/control/program', {
    files: exampleProgram(),
  });
  expect(answer).toMatchObject({ ok: true });
  hot = await create('Account', { Name: 'Korvex Systems', Rating: 'Hot', Type: 'Customer - Direct' });
  warm = await create('Account', { Name: 'Ammerland Freight', Rating: 'Warm', Type: 'Customer - Channel' });
});

async function create(object: string, fields: Record<string, unknown>): Promise<string> {
  const answer = await outside.salesforce.sobject(object).create(fields);
  expect(answer.success).toBe(true);
  return answer.id as string;
}
const newCase = (fields: Record<string, unknown> = {}) =>
  create('Case', { Subject: 'Printer on fire', Priority: 'High', Origin: 'Phone', AccountId: warm, ...fields });

const advance = (by: string) => outside.control('POST', '/control/clock', { advance: by });
const clearCalls = () => outside.control('DELETE', '/control/calls');
const onlyIssue = async () => {
  const issues = await outside.issues();
  expect(issues).toHaveLength(1);
  return issues[0]!;
};

describe('a case becomes an issue', () => {
  it('S-3 makes exactly one issue for each new case, with its fields and the status of the rule', async () => {
    await newCase({ Subject: 'Printer on fire', Description: 'Smoke.\nThen flames.', AccountId: hot });
    await newCase({ Subject: 'Toner is low', Priority: 'Low' });
    await outside.cycle();

    const issues = await outside.issues();
    expect(
      issues.map(({ fields }) => [
        fields.summary,
        fields.priority?.name,
        fields.status.name,
        wordsOf(fields.description),
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['Printer on fire', 'Highest', 'Done', 'Smoke.Then flames.'],
        ['Toner is low', 'Low', 'In Progress', ''],
      ]),
    );
    expect(issues).toHaveLength(2);
    const { links } = await outside.state();
    expect(links.map(link => [link.issueKey, link.managed])).toEqual(
      expect.arrayContaining(issues.map(issue => [issue.key, 'auto'])),
    );
  });

  it('S-3 takes 60 cases at once and still makes one issue for each', async () => {
    const rows = Array.from({ length: 60 }, (_, n) => ({ Subject: `Case ${n}`, Origin: 'Phone', AccountId: warm }));
    await outside.salesforce.sobject('Case').create(rows, { allOrNone: true });
    await outside.cycle();
    await outside.cycle();
    const summaries = (await outside.issues()).map(issue => issue.fields.summary).sort();
    expect(summaries).toEqual(rows.map(row => row.Subject).sort());
  });

  it('leaves out what `where` leaves out', async () => {
    await newCase({ Origin: 'Web' });
    await outside.cycle();
    expect(await outside.issues()).toEqual([]);
  });

  it('P10 explains each write with a sentence and its line', async () => {
    await newCase();
    await outside.cycle();
    const { journal } = await outside.state();
    expect(journal.length).toBeGreaterThan(0);
    for (const entry of journal) {
      expect(entry.reason).toMatch(/^.{12,}$/s);
      expect(entry.source).toMatch(/^support-cases\.bridge:\d+$/);
    }
    expect(journal.map(entry => entry.outcome)).toContain('created');
  });
});

describe('edits travel', () => {
  it('S-1 brings an edit in Salesforce to Jira at the next cycle', async () => {
    const id = await newCase();
    await outside.cycle();
    await advance('1m');
    await outside.salesforce.sobject('Case').update({ Id: id, Subject: 'Printer rescued' });
    await advance('4m');
    await outside.cycle();
    expect((await onlyIssue()).fields.summary).toBe('Printer rescued');
  });

  it('S-2 S-11 brings an edit in Jira to Salesforce where both own the field, without waiting for a cycle', async () => {
    const id = await newCase({ Priority: 'High' });
    await outside.cycle();
    await advance('1m');
    const issue = await onlyIssue();
    await outside.jira('agent', 'PUT', `/rest/api/3/issue/${issue.key}`, { fields: { priority: { name: 'Low' } } });
    await outside.settle();
    const record = await outside.salesforce.sobject('Case').retrieve(id);
    expect(record.Priority).toBe('Low');
  });

  it('P3 puts an edit in Jira back where Salesforce owns the field, at the next cycle', async () => {
    const id = await newCase({ Subject: 'Old' });
    await outside.cycle();
    await advance('1m');
    const issue = await onlyIssue();
    await outside.jira('agent', 'PUT', `/rest/api/3/issue/${issue.key}`, { fields: { summary: 'Mine' } });
    await outside.settle();
    await advance('4m');
    await outside.cycle();
    expect((await onlyIssue()).fields.summary).toBe('Old');
    expect((await outside.salesforce.sobject('Case').retrieve(id)).Subject).toBe('Old');
  });

  it('moves the issue when the parent that the rule looks at changes', async () => {
    await newCase();
    await outside.cycle();
    expect((await onlyIssue()).fields.status.name).toBe('In Progress');
    await advance('1m');
    await outside.salesforce.sobject('Account').update({ Id: warm, Rating: 'Hot' });
    await advance('4m');
    await outside.cycle();
    expect((await onlyIssue()).fields.status.name).toBe('Done');
  });
});

describe('nothing oscillates', () => {
  it('P4 writes nothing in a second cycle when nothing changed', async () => {
    await newCase({ Description: 'Trailing blanks   \r\nand a second line', AccountId: hot });
    await outside.cycle();
    await outside.settle();
    await clearCalls();
    for (const _ of [1, 2, 3]) {
      await advance('5m');
      await outside.cycle();
    }
    expect(await writesOf(outside)).toEqual([]);
  });

  it('costs one Salesforce call and no Jira call when idle', async () => {
    await newCase();
    await outside.cycle();
    await outside.settle();
    await advance('15m');
    await outside.cycle();
    await clearCalls();
    await advance('5m');
    await outside.cycle();
    const calls = await outside.control<readonly { system: string; path: string }[]>('GET', '/control/calls');
    expect(calls.filter(call => call.system === 'jira')).toEqual([]);
    const beyondToken = calls.filter(call => call.system === 'salesforce' && !call.path.includes('/oauth2/'));
    expect(beyondToken).toHaveLength(1);
  });
});
