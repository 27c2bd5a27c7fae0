/**
 * What other bridges were reported for, played from outside: echoes, requests that time out and arrive all the same, edits
 * during a run, two at once, a store that is gone (D7, I1, I2, I4, I9–I11, I25).
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { caseItem, openScenario, type Scenario } from '../kit/scenario.ts';
import { playOn, twoWay } from '../kit/two-sides.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());

const { conditions, cycles, quiet, inJira, subjectOf, journal } = playOn(() => scenario);

beforeEach(async () => {
  await conditions({});
});
describe('an own write', () => {
  it.each(['duplicate-event', 'reorder-events'] as const)('D7 I4 starts nothing, with %s', async effect => {
    await scenario.start(twoWay);
    const { record, issue } = await scenario.linked();
    await scenario.advance('1m');
    await scenario.faults({ system: 'jira', match: {}, nth: 1, effect }, { system: 'jira', match: {}, nth: 2, effect });
    await inJira(issue.key, { summary: 'From Jira' });
    await scenario.outside.settle();
    expect(await subjectOf(record)).toBe('From Jira');
    await scenario.advance('1m');
    await scenario.edit('Case', record, { Subject: 'From Salesforce' });
    await scenario.nextCycle();
    expect((await scenario.issue(issue.key)).fields.summary).toBe('From Salesforce');
    await quiet();
    const writes = (await journal()).filter(
      ({ what, outcome }) => outcome === 'written' && /Subject|Summary/.test(what),
    );
    expect(writes).toHaveLength(3);
  });

  it('D7 I4 is not taken for an edit where a rule of the org gives the value another form', async () => {
    await scenario.start(twoWay);
    const { record, issue } = await scenario.linked();
    await scenario.advance('1m');
    await inJira(issue.key, { summary: 'Trailing blanks   ' });
    await scenario.outside.settle();
    await quiet();
    expect((await subjectOf(record))?.trim()).toBe('Trailing blanks');
  });
});

describe('a creation whose answer never came', () => {
  it.each(['timeout', 'timeout-after-apply', 'reset', 'kill', '500', '503', '429'] as const)(
    'I1 I9 I10 makes one issue, although search lags for minutes: %s',
    async effect => {
      await scenario.start(caseItem());
      await conditions({ jira: { searchDelay: '8m' } });
      await scenario.create('Case', { Subject: 'Once', Origin: 'Phone' });
      await scenario.faults(
        { system: 'jira', match: { method: 'POST', path: '/rest/api/3/issue' }, nth: 1, effect },
        { system: 'jira', match: {}, nth: 1, effect: 'lose-event' },
      );
      await cycles(7);
      await conditions({});
      expect((await scenario.outside.issues()).map(({ fields }) => fields.summary)).toEqual(['Once']);
      expect((await scenario.outside.state()).attention).toEqual([]);
      await quiet();
    },
  );
});

describe('a token', () => {
  it('C-4 that ended is renewed once, and the call repeated; refused for good, it is told, and syncing goes on when it works again', async () => {
    await scenario.start(caseItem());
    const { record, issue } = await scenario.linked();
    await scenario.edit('Case', record, { Subject: 'After 401' });
    await scenario.faults({
      system: 'salesforce',
      match: { method: 'POST', path: '/services/data' },
      nth: 1,
      effect: '401',
    });
    await cycles(1);
    expect((await scenario.issue(issue.key)).fields.summary).toBe('After 401');

    await scenario.edit('Case', record, { Subject: 'Later' });
    await scenario.faults(
      ...[1, 2].map(nth => ({ system: 'salesforce', match: { path: '/services/data' }, nth, effect: '401' })),
    );
    await cycles(1);
    expect((await scenario.outside.state()).attention).toMatchObject([
      { remedy: expect.stringContaining('Save the Salesforce connection') },
    ]);
    await cycles(1);
    expect((await scenario.issue(issue.key)).fields.summary).toBe('Later');
    expect((await scenario.outside.state()).attention).toEqual([]);
  });
});

describe('edits during a run', () => {
  it('I11 P2 are not taken for seen because the run ended after them', async () => {
    await scenario.start(caseItem());
    const records: string[] = [];
    for (let at = 0; at < 30; at++)
      records.push(await scenario.create('Case', { Subject: `Case ${at}`, Origin: 'Phone' }));
    await cycles(2);
    for (const record of records) await scenario.edit('Case', record, { Subject: 'Before' });
    await scenario.advance('5m');
    const { world } = scenario.outside.sandbox;
    let running = true;
    const run = world.cycle().finally(() => {
      running = false;
    });
    let during = 0;
    for (const [at, record] of records.entries()) {
      if (running) during++;
      await scenario.edit('Case', record, { Subject: `During ${at}` });
    }
    await run;
    expect(during).toBeGreaterThan(0);
    await cycles(2);
    const wanted = records.map((_, at) => `During ${at}`).sort();
    expect((await scenario.outside.issues()).map(({ fields }) => fields.summary).sort()).toEqual(wanted);
    await quiet();
  });
});

describe('two at once', () => {
  const issueByHand = async () =>
    (
      await scenario.outside.jira<{ key: string }>('agent', 'POST', '/rest/api/3/issue', {
        fields: { project: { key: 'SUP' }, issuetype: { name: 'Incident' }, summary: 'By hand' },
      })
    ).key;
  const linksOf = async (record: string) => (await scenario.outside.state()).links.filter(one => one.record === record);

  it('I1 I2 two people who link one record to two issues at the same moment make one link, and one hears of the other', async () => {
    await scenario.start(caseItem().replace('create all', 'create off'));
    const record = await scenario.create('Case', { Subject: 'Wanted twice', Origin: 'Phone' });
    const keys = [await issueByHand(), await issueByHand()];
    const answers = await Promise.all(
      keys.map(key => scenario.panel(key, 'link', { itemId: 'cases', recordId: record })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)?.error?.code).toMatch(/^(already-linked|busy)$/);
    expect(await linksOf(record)).toHaveLength(1);
    await quiet();
  });

  it('I1 I2 two runs and a person who want the issue of one record at the same moment make one', async () => {
    await scenario.start(caseItem());
    const key = await issueByHand();
    const record = await scenario.create('Case', { Subject: 'Wanted thrice', Origin: 'Phone' });
    const { world } = scenario.outside.sandbox;
    await Promise.all([
      world.cycle(),
      world.cycle(),
      scenario.panel(key, 'link', { itemId: 'cases', recordId: record }),
    ]);
    await cycles(5);
    const [link, ...more] = await linksOf(record);
    expect(more).toEqual([]);
    const issues = (await scenario.outside.issues()).map(one => one.key);
    expect(issues).toHaveLength(link?.managed === 'manual' ? 1 : 2);
    expect((await scenario.outside.state()).attention).toEqual([]);
    await quiet();
  });

  it('I1 an own event that comes twice, while the run that made the issue heard nothing, links once', async () => {
    await scenario.start(caseItem());
    await scenario.create('Case', { Subject: 'Once', Origin: 'Phone' });
    await scenario.faults(
      {
        system: 'jira',
        match: { method: 'POST', path: '/rest/api/3/issue' },
        nth: 1,
        effect: 'timeout-after-apply',
      },
      { system: 'jira', match: { path: 'avi:jira:created:issue' }, nth: 1, effect: 'duplicate-event' },
    );
    await cycles(4);
    expect(await scenario.outside.issues()).toHaveLength(1);
    expect((await scenario.outside.state()).links).toHaveLength(1);
    expect((await journal()).filter(({ what, outcome }) => what === 'Issue' && outcome === 'created')).toHaveLength(1);
    await quiet();
  });
});

describe('a store that was emptied', () => {
  /** As after it was taken away and installed anew: nothing is kept, secrets neither, then what an admin does again. */
  const empty = async (program: string) => {
    const { kvs } = scenario.outside.sandbox.world.forge;
    kvs.clear();
    await cycles(1);
    expect((await scenario.outside.state()).links).toEqual([]);
    await scenario.outside.control('POST', '/control/connect', {});
    await scenario.outside.control('PUT', '/control/program', { files: { 'scenario.bridge': program } });
    await cycles(4);
  };
  const told = async (record: string, issue: string) => ({
    inJira: (await scenario.comments(issue)).map(({ text }) => text),
    inSalesforce: (
      await scenario.rows<{ CommentBody: string }>(
        `SELECT CommentBody FROM CaseComment WHERE ParentId = '${record}' ORDER BY CreatedDate, Id`,
      )
    ).map(({ CommentBody }) => CommentBody),
    files: (await scenario.attachments(issue)).map(({ filename }) => filename),
  });

  it.each([
    ['finds the issues that it made by their markers', 'create all since 2020-01-01', 'auto'],
    ['makes no issue for what is old, and takes a link by hand', 'create all', 'manual'],
  ])('I1 I25 S-10 %s; comments, files and notes are there once', async (_, create, managed) => {
    const program = caseItem('comments on', 'attachments on').replace('create all', create);
    await scenario.start(program);
    const { record, issue } = await scenario.linked();
    await scenario.create('CaseComment', { ParentId: record, CommentBody: 'From Salesforce', IsPublished: true });
    await scenario.say(issue.key, 'From Jira');
    await scenario.attach(issue.key, 'a.txt', Buffer.from('a'));
    await cycles(3);
    const before = await told(record, issue.key);
    expect([before.inJira.length, before.inSalesforce.length, before.files]).toEqual([3, 4, ['a.txt']]);

    await empty(program);
    expect((await scenario.outside.issues()).map(({ key }) => key)).toEqual([issue.key]);
    if (managed === 'manual') {
      expect(await scenario.panel(issue.key, 'link', { itemId: 'cases', recordId: record })).toMatchObject({
        ok: true,
      });
      await cycles(3);
    }
    expect((await scenario.outside.state()).links).toMatchObject([{ record, issueKey: issue.key, managed }]);
    expect(await told(record, issue.key)).toEqual(before);
    await scenario.edit('Case', record, { Subject: 'Goes on' });
    await cycles(1);
    expect((await scenario.issue(issue.key)).fields.summary).toBe('Goes on');
    await quiet();
  });

  it('S-10 takes no issue for its own whose marker speaks of another org', async () => {
    const program = caseItem().replace('create all', 'create all since 2020-01-01');
    await scenario.start(program);
    const { record, issue } = await scenario.linked();
    const path = (key: string) => `/rest/api/3/issue/${key}/properties/salesforce-bridge`;
    const { value } = await scenario.outside.jira<{ value: object }>('admin', 'GET', path(issue.key));
    await scenario.outside.jira('admin', 'DELETE', path(issue.key));
    const copy = await issueWith({ ...value, org: '00D000000000009AAA' }, path);
    await empty(program);
    const [link] = (await scenario.outside.state()).links.filter(one => one.record === record);
    expect([issue.key, copy]).not.toContain(link?.issueKey);
  });

  async function issueWith(marker: object, path: (key: string) => string): Promise<string> {
    const { key } = await scenario.outside.jira<{ key: string }>('agent', 'POST', '/rest/api/3/issue', {
      fields: { project: { key: 'SUP' }, issuetype: { name: 'Incident' }, summary: 'A copy' },
    });
    await scenario.outside.jira('agent', 'PUT', path(key), marker);
    return key;
  }
});

describe('a case comment that also stands in the feed', () => {
  it('I1 S-8 is read once: there are two of it in the org and one in Jira', async () => {
    await scenario.start(caseItem('comments on'));
    const { record, issue } = await scenario.linked();
    await scenario.create('CaseComment', { ParentId: record, CommentBody: 'Said once', IsPublished: true });
    const feed = await scenario.rows(
      `SELECT Id FROM FeedItem WHERE ParentId = '${record}' AND Type = 'CaseCommentPost'`,
    );
    expect(feed.length).toBeGreaterThan(0);
    await cycles(3);
    const said = (await scenario.comments(issue.key)).filter(({ text }) => text.includes('Said once'));
    expect(said).toHaveLength(1);
    expect(await scenario.comments(issue.key)).toHaveLength(1);
    await quiet();
  });
});
