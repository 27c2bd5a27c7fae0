/** Promises that hold over everything at once, each after much has happened: rest, the rule’s rank, secrets, copied markers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writesOf } from '../kit/outside.ts';
import { caseItem, openScenario, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());

const kvs = () => scenario.outside.sandbox.world.forge.kvs;
const statusOf = async (key: string) => (await scenario.issue(key)).fields.status.name;
const markerPath = (key: string) => `/rest/api/3/issue/${key}/properties/salesforce-bridge`;

const everything = (more: string) =>
  caseItem(
    'comments on',
    'attachments on',
    'status Status { "New" <-> "To Do"  "Working" <-> "In Progress"  "Closed" <-> "Done" }',
    more,
  )
    .replace('sync one-way', 'sync custom')
    .replace('fields {', 'fields {\n    Description <-> description\n   ');

/** Both sides say and do all that travels. */
async function busy(): Promise<{ readonly record: string; readonly key: string }> {
  const { record, issue } = await scenario.linked({ Status: 'New', Description: 'First' });
  const { key } = issue;
  await scenario.create('CaseComment', { ParentId: record, CommentBody: 'From Salesforce', IsPublished: true });
  await scenario.say(key, 'From Jira');
  await scenario.attach(key, 'a.txt', Buffer.from('canary of a file'));
  await scenario.edit('Case', record, { Description: 'Second', Status: 'Working' });
  await scenario.nextCycle();
  await scenario.outside.jira('agent', 'PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'Put back' } });
  await scenario.outside.settle();
  return { record, key };
}

describe('when people rest', () => {
  it('I3 P4 so does the bridge from the second cycle on: of its store it writes only where it stands', async () => {
    await scenario.start(everything(''));
    await busy();
    await scenario.nextCycle();
    await scenario.nextCycle();
    const rows = () =>
      new Map(
        kvs()
          .dump()
          .map(({ space, key, json }) => [`${space} ${key}`, json]),
      );
    const before = rows();
    await scenario.outside.control('DELETE', '/control/calls');
    for (let cycles = 0; cycles < 3; cycles++) await scenario.nextCycle();
    expect(await writesOf(scenario.outside)).toEqual([]);
    const after = rows();
    const touched = [...new Set([...before.keys(), ...after.keys()])].filter(key => before.get(key) !== after.get(key));
    // Its places, its leases and the history of its runs.
    const places = /^(plain watermark:|entity:lease |entity:page run)/;
    expect(touched.filter(key => !places.test(key))).toEqual([]);
    expect(touched.length).toBeGreaterThan(0);
  });
});

describe('a Conditional Sync Rule', () => {
  it('I14 S-6 alone moves the issue, and Salesforce keeps its status, although the item pairs statuses too', async () => {
    await scenario.start(everything('when Account.Rating is "Hot" move to "Done"\n  otherwise move to "In Progress"'));
    const account = await scenario.create('Account', { Name: 'Acme', Rating: 'Hot' });
    const { record, issue } = await scenario.linked({ Status: 'New', AccountId: account });
    expect(await statusOf(issue.key)).toBe('Done');
    await scenario.edit('Case', record, { Status: 'Working' });
    await scenario.nextCycle();
    expect(await statusOf(issue.key)).toBe('Done');
    await scenario.edit('Account', account, { Rating: 'Cold' });
    await scenario.nextCycle();
    await scenario.nextCycle();
    expect(await statusOf(issue.key)).toBe('In Progress');
    const moves = (await scenario.outside.state()).journal.filter(({ what }) => what === 'Status');
    expect(moves).toMatchObject([
      { side: 'jira', outcome: 'moved', reason: expect.stringContaining('no “when”') },
      { side: 'jira', outcome: 'moved', reason: expect.stringContaining('the rule “when Account.Rating is "Hot"”') },
    ]);
    const [{ Status } = { Status: '' }] = await scenario.rows<{ Status: string }>(
      `SELECT Status FROM Case WHERE Id = '${record}'`,
    );
    expect(Status).toBe('Working');
  });
});

describe('what is secret', () => {
  it('I21 P8 C-3 stands nowhere but in the secret store, whatever failed: no secret, no token, no content of a file', async () => {
    await scenario.start(everything(''));
    await scenario.faults(
      { system: 'salesforce', nth: 3, effect: '401' },
      { system: 'salesforce', nth: 9, effect: '500' },
      { system: 'jira', nth: 7, effect: '503' },
      { system: 'jira', nth: 12, effect: '500' },
    );
    const { record, key } = await busy();
    for (let cycles = 0; cycles < 4; cycles++) await scenario.nextCycle();
    await scenario.faults();

    const stored = kvs().dump();
    const secrets = stored.filter(({ space }) => space === 'secret');
    // The instance's address lies with the token, and is no secret.
    const texts = secrets
      .flatMap(({ json }) => json.match(/[\w!.+/=-]{20,}/g) ?? [])
      .filter(text => !text.startsWith('//'));
    expect(texts.length).toBeGreaterThan(1);
    const canaries = [...texts, scenario.outside.sandbox.salesforceClient.secret, 'canary of a file', 'Bearer '];
    const shown = JSON.stringify([
      stored.filter(({ space }) => space !== 'secret'),
      await scenario.outside.state(),
      await scenario.comments(key),
      await scenario.rows(`SELECT CommentBody FROM CaseComment WHERE ParentId = '${record}'`),
      await scenario.admin('journal.list'),
      await scenario.admin('data.export', { issueKey: key }),
    ]);
    expect(shown).toContain('From Jira');
    expect(canaries.filter(canary => shown.includes(canary))).toEqual([]);
  });
});

describe('a marker that was copied', () => {
  it('I26 S-10 makes nothing ours: neither a cloned issue with its property nor a quoted line of a comment', async () => {
    await scenario.start(everything(''));
    const { record, key } = await busy();
    await scenario.nextCycle();
    const { value } = await scenario.outside.jira<{ value: object }>('admin', 'GET', markerPath(key));
    const clone = await scenario.outside.jira<{ key: string }>('agent', 'POST', '/rest/api/3/issue', {
      fields: { project: { key: 'SUP' }, issuetype: { name: 'Incident' }, summary: 'CLONE - Printer on fire' },
      properties: [{ key: 'salesforce-bridge', value }],
    });
    const marked = (
      await scenario.rows<{ CommentBody: string }>(`SELECT CommentBody FROM CaseComment WHERE ParentId = '${record}'`)
    ).find(({ CommentBody }) => CommentBody.includes('From Jira'))!;
    const quoted = `They wrote:\n> ${marked.CommentBody.replaceAll('\n', '\n> ')}\nWhat now?`;
    await scenario.create('CaseComment', { ParentId: record, CommentBody: quoted, IsPublished: true });
    await scenario.outside.settle();
    for (let cycles = 0; cycles < 3; cycles++) await scenario.nextCycle();

    expect((await scenario.outside.state()).links).toMatchObject([{ record, issueKey: key }]);
    expect((await scenario.issue(clone.key)).fields.summary).toBe('CLONE - Printer on fire');
    const told = (await scenario.comments(key)).filter(({ text }) => text.includes('What now?'));
    expect(told).toHaveLength(1);
    await scenario.edit('Case', record, { Subject: 'Only the first one follows' });
    await scenario.nextCycle();
    expect((await scenario.issue(key)).fields.summary).toBe('Only the first one follows');
    expect((await scenario.issue(clone.key)).fields.summary).toBe('CLONE - Printer on fire');
  });
});
