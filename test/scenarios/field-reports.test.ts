/**
 * What other bridges were reported for, played from outside: echoes, moves that fail, one refusal that blocks a batch,
 * values that do not fit, requests that time out and arrive all the same, two at once, a store that is gone (D7–D10, I1, I2,
 * I4, I9–I11, I25, P7).
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writesOf } from '../kit/outside.ts';
import { caseItem, openScenario, paragraphs, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());

const clear = () => scenario.outside.control('DELETE', '/control/calls');
const conditions = (wanted: unknown) => scenario.outside.control('PUT', '/control/conditions', wanted);
const cycles = async (count: number) => {
  for (let at = 0; at < count; at++) await scenario.nextCycle();
};
/** No write at all from the third cycle on. */
const quiet = async () => {
  await cycles(2);
  await clear();
  await cycles(3);
  expect(await writesOf(scenario.outside)).toEqual([]);
};
const inJira = (key: string, fields: Readonly<Record<string, unknown>>) =>
  scenario.outside.jira('agent', 'PUT', `/rest/api/3/issue/${key}`, { fields });
const subjectOf = async (record: string) =>
  (await scenario.rows<{ Subject: string }>(`SELECT Subject FROM Case WHERE Id = '${record}'`))[0]?.Subject;
const caseStatus = async (record: string) =>
  (await scenario.rows<{ Status: string }>(`SELECT Status FROM Case WHERE Id = '${record}'`))[0]?.Status;
const journal = async () => (await scenario.outside.state()).journal;

const item = (sync: string, fields: string, ...clauses: readonly string[]) => `item cases "Cases" {
  salesforce Case
  jira SUP / "Incident"
  sync ${sync}
  create all
  fields {
    ${fields}
  }
  ${clauses.join('\n  ')}
}
`;
const twoWay = item('two-way', 'Subject <-> summary');

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

describe('a move that fails', () => {
  const moving = item(
    'two-way',
    'Subject <-> summary',
    'status Status { "New" <-> "To Do"\n "Working" <-> "In Progress"\n "Closed" <-> "Done" }',
  );
  const transitions = { method: 'POST', path: '/rest/api/3/issue/' };

  it.each(['500', '503', 'timeout', 'timeout-after-apply', 'kill'] as const)(
    'D8 makes no second issue and is made up for: %s at the creation’s own move',
    async effect => {
      await scenario.start(moving);
      await scenario.create('Case', { Subject: 'Moved', Origin: 'Phone', Status: 'Working' });
      await scenario.faults({ system: 'jira', match: transitions, nth: 1, effect });
      await cycles(4);
      const issues = await scenario.outside.issues();
      expect(issues.map(({ fields }) => [fields.summary, fields.status.name])).toEqual([['Moved', 'In Progress']]);
      await quiet();
    },
  );

  it('D8 is told as blocked, once, where Jira offers no such move, and the fields go on', async () => {
    await scenario.start(moving);
    const { record, issue } = await scenario.linked({ Status: 'Closed' });
    await cycles(1);
    expect((await scenario.issue(issue.key)).fields.status.name).toBe('Done');
    await scenario.edit('Case', record, { Status: 'New', Subject: 'Still going' });
    await cycles(3);
    const now = await scenario.issue(issue.key);
    expect([now.fields.status.name, now.fields.summary]).toEqual(['Done', 'Still going']);
    const blocked = (await journal()).filter(({ outcome }) => outcome === 'blocked');
    expect(blocked).toHaveLength(1);
    expect(blocked[0]?.reason).toContain('Jira offers no transition from “Done” to “To Do”');
    expect(await scenario.outside.issues()).toHaveLength(1);
    await quiet();
    await scenario.move(issue.key, 'In Progress');
    await cycles(2);
    expect(await caseStatus(record)).toBe('Working');
  });
});

describe('one record that is refused', () => {
  it('D9 P7 waits alone: of a batch the others are written, and it follows once the rule of the org lets it', async () => {
    await scenario.start(twoWay);
    for (let at = 0; at < 12; at++) await scenario.create('Case', { Subject: `Case ${at}`, Origin: 'Phone' });
    await scenario.nextCycle();
    await conditions({
      salesforce: {
        rules: [{ object: 'Case', when: "Subject = 'Poison'", message: 'No poison here', field: 'Subject' }],
      },
    });
    await scenario.advance('1m');
    const issues = await scenario.outside.issues();
    for (const [at, { key }] of issues.entries()) await inJira(key, { summary: at === 5 ? 'Poison' : `Edited ${at}` });
    await cycles(1);
    const subjects = async () =>
      (await scenario.rows<{ Subject: string }>('SELECT Subject FROM Case ORDER BY CreatedDate, Id')).map(
        row => row.Subject,
      );
    const poisoned = issues[5]!.fields.summary;
    const edited = issues.map((_, at) => `Edited ${at}`);
    expect((await subjects()).sort()).toEqual(edited.map((text, at) => (at === 5 ? poisoned : text)).sort());
    expect((await scenario.outside.state()).attention).toMatchObject([
      { cause: expect.stringContaining('No poison here') },
    ]);
    await conditions({});
    await cycles(3);
    expect(await subjects()).toContain('Poison');
    expect((await scenario.outside.state()).attention).toEqual([]);
    await quiet();
  });

  it('D9 P7 does not keep new issues of others from being made', async () => {
    await scenario.start(item('one-way', 'Subject -> summary'));
    await scenario.create('Case', { Subject: 'First', Origin: 'Phone' });
    await scenario.create('Case', { Subject: null, Origin: 'Phone' });
    await scenario.create('Case', { Subject: 'Third', Origin: 'Phone' });
    await scenario.nextCycle();
    expect((await scenario.outside.issues()).map(({ fields }) => fields.summary).sort()).toEqual(['First', 'Third']);
    expect((await scenario.outside.state()).attention).toMatchObject([
      { cause: expect.stringContaining('Subject is empty') },
    ]);
    await quiet();
  });
});

describe('a value that does not fit', () => {
  const table = (fields: string) => item('one-way', `Subject -> summary or else "None"\n    ${fields}`);

  it('D10 empties nothing: what has no row is left as it is, and recorded', async () => {
    await scenario.start(table('Priority -> priority { "High" -> "Highest"\n "Low" -> "Lowest"\n otherwise keep }'));
    const { record, issue } = await scenario.linked({ Priority: 'High' });
    expect((await scenario.issue(issue.key)).fields.priority?.name).toBe('Highest');
    await scenario.edit('Case', record, { Priority: 'Medium' });
    await cycles(2);
    expect((await scenario.issue(issue.key)).fields.priority?.name).toBe('Highest');
    await quiet();
  });

  it('D10 cuts nothing: a text that is too long for its field is told, and the rest of the record goes on', async () => {
    await scenario.start(item('custom', 'Subject <-> summary\n    SuppliedName <- description'));
    const { record, issue } = await scenario.linked();
    const describe = (text: string) => inJira(issue.key, { description: paragraphs(text) });
    await describe('Short');
    await cycles(1);
    await describe('x'.repeat(200));
    await inJira(issue.key, { summary: 'Goes on' });
    await cycles(2);
    expect(await scenario.rows(`SELECT Subject, SuppliedName FROM Case WHERE Id = '${record}'`)).toMatchObject([
      { Subject: 'Goes on', SuppliedName: 'Short' },
    ]);
    expect((await scenario.outside.state()).attention).toMatchObject([{ cause: expect.stringMatching(/too long|80/) }]);
    await quiet();
    await describe('Fits again');
    await cycles(1);
    expect(await scenario.rows(`SELECT SuppliedName FROM Case WHERE Id = '${record}'`)).toMatchObject([
      { SuppliedName: 'Fits again' },
    ]);
    expect((await scenario.outside.state()).attention).toEqual([]);
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

describe('a field that is taken away', () => {
  it('P7 C-8 rests its item only, says which, and goes on where it stopped', async () => {
    const others = caseItem().replace('item cases "Cases"', 'item others "Others"').replace('"Incident"', '"Task"');
    const broken = item('one-way', 'Subject -> summary or else "None"\n    SuppliedName -> description');
    await scenario.start(`${broken}\n${others}`);
    await scenario.create('Case', { Subject: 'Before', Origin: 'Phone', SuppliedName: 'Ann' });
    await cycles(1);
    expect(await scenario.outside.issues()).toHaveLength(2);
    await conditions({ salesforce: { hidden: ['Case.SuppliedName'] } });
    await scenario.create('Case', { Subject: 'Meanwhile', Origin: 'Phone' });
    await cycles(2);
    expect(await scenario.outside.issues()).toHaveLength(3);
    expect((await scenario.outside.state()).attention).toMatchObject([
      { item: 'cases', cause: expect.stringContaining('SuppliedName') },
    ]);
    await scenario.advance('1h');
    await conditions({});
    await cycles(2);
    expect(await scenario.outside.issues()).toHaveLength(4);
    expect((await scenario.outside.state()).attention).toEqual([]);
  });
});

describe('a record that nothing helps', () => {
  it('P7 I19 is tried with growing delays, a bounded number of times; then only a person has it tried again', async () => {
    await scenario.start(twoWay);
    const { record, issue } = await scenario.linked();
    await conditions({
      salesforce: {
        rules: [{ object: 'Case', when: "Subject = 'Poison'", message: 'No poison here', field: 'Subject' }],
      },
    });
    await scenario.advance('1m');
    await inJira(issue.key, { summary: 'Poison' });
    await clear();
    const hours = async (count: number) => {
      for (let half = 0; half < count * 2; half++) {
        await scenario.advance('30m');
        await scenario.outside.cycle();
      }
    };
    await hours(18);
    const tries = async () => (await writesOf(scenario.outside)).filter(({ system }) => system === 'salesforce').length;
    const before = await tries();
    expect(before).toBeGreaterThanOrEqual(7);
    expect(before).toBeLessThanOrEqual(10);
    await hours(5);
    expect(await tries()).toBe(before);
    const [open, ...more] = (await scenario.outside.state()).attention as readonly { id: string; retry?: unknown }[];
    expect([more, open?.retry]).toEqual([[], undefined]);

    await conditions({});
    expect(await scenario.admin('attention.retry', { id: open!.id })).toMatchObject({ ok: true });
    await scenario.outside.settle();
    await scenario.outside.signIn();
    expect(await subjectOf(record)).toBe('Poison');
    expect((await scenario.outside.state()).attention).toEqual([]);
  });

  it('P7 P10 is left alone when a person dismisses it; the next edit is tried, and told again only if it fails', async () => {
    await scenario.start(twoWay);
    const { record, issue } = await scenario.linked();
    await conditions({
      salesforce: {
        rules: [{ object: 'Case', when: "Subject LIKE 'Poison%'", message: 'No poison here', field: 'Subject' }],
      },
    });
    const edit = async (summary: string) => {
      await scenario.advance('1m');
      await inJira(issue.key, { summary });
      await cycles(1);
      return (await scenario.outside.state()).attention;
    };
    const [open] = await edit('Poison');
    expect(open?.cause).toContain('No poison here');
    expect(await scenario.admin('attention.dismiss', { id: open!.id }, 'agent')).toMatchObject({
      error: { code: 'forbidden' },
    });
    expect(await scenario.admin('attention.dismiss', { id: open!.id })).toMatchObject({ ok: true });
    expect((await scenario.outside.state()).attention).toEqual([]);
    await quiet();
    expect((await scenario.outside.state()).attention).toEqual([]);
    expect((await scenario.issue(issue.key)).fields.summary).toBe('Poison');

    expect(await edit('Poison again')).toMatchObject([{ cause: expect.stringContaining('No poison here') }]);
    expect(await edit('Good')).toEqual([]);
    expect(await subjectOf(record)).toBe('Good');
    await quiet();
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
  /** All that the app keeps but its secrets, then what an admin does again. */
  const empty = async (program: string) => {
    const { kvs } = scenario.outside.sandbox.world.forge;
    const secrets = kvs.dump().filter(({ space }) => space === 'secret');
    kvs.clear();
    kvs.load(secrets);
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
