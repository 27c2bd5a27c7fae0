/** The life of an item: deleted and revived, renamed, paused and resumed, created from a day on (I-6, S-3, I16, I25). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writesOf } from '../kit/outside.ts';
import { caseItem, openScenario, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());

const path = 'scenario.bridge';
const save = async (text: string) => {
  const { version } = (await scenario.admin('program.get')).result as { version: number };
  const answer = await scenario.admin('items.save', { files: { [path]: text }, baseVersion: version });
  expect(answer).toMatchObject({ ok: true });
};
const cycles = async (count: number) => {
  for (let at = 0; at < count; at++) await scenario.nextCycle();
};
const quiet = async () => {
  await cycles(2);
  await scenario.outside.control('DELETE', '/control/calls');
  await cycles(3);
  expect(await writesOf(scenario.outside)).toEqual([]);
};
const summary = async (key: string) => (await scenario.issue(key)).fields.summary;
const describeInJira = (key: string, text: string) =>
  scenario.outside.jira('agent', 'PUT', `/rest/api/3/issue/${key}`, {
    fields: {
      description: { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] },
    },
  });
const both = caseItem('comments on')
  .replace('sync one-way', 'sync custom')
  .replace('fields {', 'fields { Description <-> description\n   ');
const descriptionOf = async (record: string) =>
  (await scenario.rows<{ Description: string | null }>(`SELECT Description FROM Case WHERE Id = '${record}'`))[0]
    ?.Description;

/** Changes on both sides while the item does not run; then it does again. */
async function missedNothing(stop: () => Promise<void>, go: () => Promise<void>) {
  const { record, issue } = await scenario.linked({ Description: 'Before' });
  await cycles(1);
  await stop();
  await scenario.edit('Case', record, { Subject: 'Changed meanwhile' });
  await describeInJira(issue.key, 'Written meanwhile');
  await scenario.say(issue.key, 'Said meanwhile');
  await scenario.create('Case', { Subject: 'Made meanwhile', Origin: 'Phone' });
  await cycles(3);
  expect([await summary(issue.key), await descriptionOf(record)]).toEqual(['Printer on fire', 'Before']);
  expect(await scenario.outside.issues()).toHaveLength(1);
  await scenario.advance('40m');
  await go();
  await cycles(2);
  expect([await summary(issue.key), await descriptionOf(record)]).toEqual(['Changed meanwhile', 'Written meanwhile']);
  const said = await scenario.rows<{ CommentBody: string }>(
    `SELECT CommentBody FROM CaseComment WHERE ParentId = '${record}'`,
  );
  expect(said.filter(({ CommentBody }) => CommentBody.includes('Said meanwhile'))).toHaveLength(1);
  expect((await scenario.outside.issues()).map(({ fields }) => fields.summary).sort()).toEqual([
    'Changed meanwhile',
    'Made meanwhile',
  ]);
  expect((await scenario.outside.state()).attention).toEqual([]);
  await quiet();
}

describe('an item that did not run for a while misses nothing', () => {
  it('I-6 paused and resumed', async () => {
    await scenario.start(both);
    await missedNothing(
      async () => void (await scenario.admin('items.pause', { itemId: 'cases' })),
      async () => void (await scenario.admin('items.resume', { itemId: 'cases' })),
    );
  });

  it('I-6 with all others paused and resumed', async () => {
    await scenario.start(both);
    await missedNothing(
      async () => void (await scenario.admin('items.pause')),
      async () => void (await scenario.admin('items.resume')),
    );
  });

  it('I25 deleted, and saved again under its id', async () => {
    const other = caseItem('where Origin is "Web"')
      .replace('item cases "Cases"', 'item others "Others"')
      .replace('"Incident"', '"Task"');
    await scenario.start(`${both}\n${other}`);
    await missedNothing(
      async () => void (await scenario.admin('items.delete', { itemId: 'cases' })),
      () => save(`${both}\n${other}`),
    );
  });

  it('C-5 with the connection revoked and saved again', async () => {
    await scenario.start(both);
    await missedNothing(
      async () => void (await scenario.admin('connection.revoke')),
      async () => void (await scenario.outside.control('POST', '/control/connect', {})),
    );
  });
});

describe('an item that is deleted', () => {
  it('I-6 takes along what needed attention of it, and of no other', async () => {
    const bare = caseItem().replace(' or else "Case {CaseNumber}"', '');
    const other = bare.replace('item cases "Cases"', 'item others "Others"');
    await scenario.start(`${bare}\n${other}`);
    const open = async () => (await scenario.outside.state()).attention.map(({ id }) => id.split(':')[0]).sort();
    // An issue needs a summary.
    await scenario.create('Case', { Subject: null, Origin: 'Web' });
    await cycles(2);
    expect(await open()).toEqual(['cases', 'others']);
    await save(other);
    expect(await open()).toEqual(['others']);
  });

  it('I-6 takes it along also where the function that deleted it died just then', async () => {
    const bare = caseItem().replace(' or else "Case {CaseNumber}"', '');
    await scenario.start(`${bare}\n${bare.replace('item cases "Cases"', 'item others "Others"')}`);
    await scenario.create('Case', { Subject: null, Origin: 'Web' });
    await cycles(2);
    const items = async () =>
      ((await scenario.admin('items.list')).result as { items: { id: string }[] }).items.map(({ id }) => id);
    // One storage call later each time, until the program is saved and what comes after it is not.
    let answer: { readonly ok: boolean } = { ok: true };
    for (let nth = 1; nth < 20 && (await items()).length > 1; nth++) {
      await scenario.faults({ system: 'kvs', match: { path: '/api/v1/transaction' }, nth, effect: 'kill' });
      answer = await scenario.admin('items.delete', { itemId: 'cases' });
    }
    await scenario.faults();
    expect([answer.ok, await items()]).toEqual([false, ['others']]);
    expect((await scenario.outside.state()).attention.map(({ id }) => id.split(':')[0])).toEqual(['others']);
  });
});

describe('an item that gets another id', () => {
  it('I25 keeps its links, its comments and since when it creates; and goes on resting while it is paused', async () => {
    await scenario.start(both);
    const { record, issue } = await scenario.linked({ Description: 'Before' });
    await scenario.say(issue.key, 'Said before');
    await cycles(1);
    await scenario.admin('items.pause', { itemId: 'cases' });
    await save(both.replace('item cases', 'item tickets was cases'));
    await scenario.edit('Case', record, { Subject: 'Changed meanwhile' });
    await cycles(2);
    expect(await summary(issue.key)).toBe('Printer on fire');
    const { items } = (await scenario.admin('items.list')).result as { items: { id: string; paused: boolean }[] };
    expect(items).toMatchObject([{ id: 'tickets', paused: true }]);
    expect(await scenario.admin('items.resume', { itemId: 'tickets' })).toMatchObject({ ok: true });
    await cycles(2);
    expect(await summary(issue.key)).toBe('Changed meanwhile');
    await scenario.say(issue.key, 'Said after');
    await cycles(1);
    const said = await scenario.rows<{ CommentBody: string }>(
      `SELECT CommentBody FROM CaseComment WHERE ParentId = '${record}'`,
    );
    expect(said.filter(({ CommentBody }) => /Said (before|after)/.test(CommentBody))).toHaveLength(2);
    expect(await scenario.outside.issues()).toHaveLength(1);
    await quiet();
  });
});

describe('an item that got one id after the other before any cycle came', () => {
  it.each([
    ['each names the one before', 'item calls was tickets'],
    ['the last names none any more', 'item tickets'],
  ])('I25 keeps its links, and what was taken off stays so: %s', async (_, last) => {
    await scenario.start(both);
    const { issue } = await scenario.linked();
    const gone = await scenario.linked({ Subject: 'Taken off' });
    await scenario.outside.jira('admin', 'DELETE', `/rest/api/3/issue/${gone.issue.key}`);
    await cycles(1);
    await save(both.replace('item cases', 'item tickets was cases'));
    await save(both.replace('item cases', last));
    await scenario.edit('Case', gone.record, { Subject: 'Edited since' });
    await cycles(3);
    expect((await scenario.outside.issues()).map(({ key }) => key)).toEqual([issue.key]);
    const { links } = await scenario.outside.state();
    expect(links).toMatchObject([{ item: last.split(' ')[1], issueKey: issue.key }]);
    await quiet();
  });
});

describe('since when an item creates', () => {
  it('I16 is when it was first saved, and later edits keep that moment', async () => {
    await scenario.start(caseItem('where Origin is "Web"'));
    await scenario.create('Case', { Subject: 'Older', Origin: 'Phone' });
    await scenario.advance('1h');
    await save(caseItem('where Origin is "Phone"').replace('item cases', 'item fresh'));
    await scenario.create('Case', { Subject: 'New', Origin: 'Phone' });
    await cycles(1);
    await scenario.advance('1h');
    await save(caseItem('where Origin is "Phone"').replace('item cases', 'item fresh').replace('"Cases"', '"Renamed"'));
    await cycles(2);
    expect((await scenario.outside.issues()).map(({ fields }) => fields.summary)).toEqual(['New']);
  });

  it('I16 A-3 is told where a day is written later, since it changes nothing', async () => {
    await scenario.start(caseItem());
    await scenario.create('Case', { Subject: 'Made', Origin: 'Phone' });
    await cycles(1);
    const later = caseItem().replace('create all', 'create all since 2020-01-01');
    const reasons = async () => {
      const preview = await scenario.admin('items.preview', { files: { [path]: later } });
      const { items } = preview.result as { items: { entries: { what: string; reason: string }[] }[] };
      return items[0]?.entries.map(({ what, reason }) => `${what}: ${reason}`);
    };
    expect(await reasons()).toEqual([
      expect.stringMatching(/^New issues: `since 2020-01-01` changes nothing.* UTC on/),
    ]);
    await save(later);
    await cycles(2);
    expect(await scenario.outside.issues()).toHaveLength(1);
  });

  it('I16 is the day that it names', async () => {
    await scenario.start(caseItem('where Origin is "Web"'));
    await scenario.create('Case', { Subject: 'Older', Origin: 'Phone' });
    await scenario.advance('1h');
    await save(caseItem().replace('create all', 'create all since 2020-01-01').replace('item cases', 'item fresh'));
    await cycles(2);
    expect((await scenario.outside.issues()).map(({ fields }) => fields.summary)).toEqual(['Older']);
  });
});
