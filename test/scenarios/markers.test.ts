/**
 * S-10: the guide's table of markers and notes, row by row. Each stands where the guide says, with what the guide
 * says, is there once, is never synced back, and counts for nothing when somebody types it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writesOf } from '../kit/outside.ts';
import { caseItem, openScenario, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());

interface Linked {
  readonly record: string;
  readonly issue: string;
}
interface Text {
  readonly text: string;
  readonly internal: boolean;
}
const inSalesforce = async ({ record }: Linked): Promise<readonly Text[]> =>
  (
    await scenario.rows<{ CommentBody: string; IsPublished: boolean }>(
      `SELECT CommentBody, IsPublished FROM CaseComment WHERE ParentId = '${record}' ORDER BY CreatedDate, Id`,
    )
  ).map(({ CommentBody, IsPublished }) => ({ text: CommentBody.replaceAll('\r\n', '\n'), internal: !IsPublished }));
const inJira = async ({ issue }: Linked): Promise<readonly Text[]> =>
  (await scenario.comments(issue)).map(({ text, public: open }) => ({ text, internal: !open }));

const typeInSalesforce = ({ record }: Linked, text: string) =>
  scenario.create('CaseComment', { ParentId: record, CommentBody: text, IsPublished: true });
const typeInJira = ({ issue }: Linked, text: string) => scenario.say(issue, text);

const automatic = async (): Promise<Linked> => {
  const { record, issue } = await scenario.linked();
  return { record, issue: issue.key };
};
const manual = async (): Promise<Linked> => {
  const { key } = await scenario.outside.jira<{ key: string }>('agent', 'POST', '/rest/api/3/issue', {
    fields: { project: { key: 'SUP' }, issuetype: { name: 'Incident' }, summary: 'By hand' },
  });
  await scenario.outside.control('PUT', '/control/program', {
    files: { 'scenario.bridge': program.replace('create all', 'create off') },
  });
  const record = await scenario.create('Case', { Subject: 'By hand', Origin: 'Phone' });
  expect(await scenario.panel(key, 'link', { itemId: 'cases', recordId: record })).toMatchObject({ ok: true });
  return { record, issue: key };
};
const program = caseItem('comments on', 'attachments on');

const attached = async (linked: Linked) => void (await scenario.attach(linked.issue, 'a.txt', Buffer.from('a')));
const uploaded = async ({ record }: Linked) =>
  void (await scenario.create('ContentVersion', {
    PathOnClient: 'b.txt',
    VersionData: Buffer.from('b').toString('base64'),
    FirstPublishLocationId: record,
  }));
const feedReply = async ({ record }: Linked) => {
  const FeedItemId = await scenario.create('FeedItem', { ParentId: record, Type: 'TextPost', Body: 'A question' });
  await scenario.create('FeedComment', { FeedItemId, CommentBody: 'An answer' });
};
const jiraReply = async ({ issue }: Linked) => {
  const parentId = Number(await scenario.say(issue, 'A question'));
  await scenario.say(issue, 'An answer', { parentId });
};

interface Row {
  readonly marker: string;
  readonly start?: () => Promise<Linked>;
  /** What people do, so that it comes to be. */
  readonly act?: (linked: Linked) => Promise<unknown>;
  readonly where: (linked: Linked) => Promise<readonly Text[]>;
  /** How it is known among others, and what it says. */
  readonly like: RegExp;
  readonly says: (linked: Linked) => readonly (string | RegExp)[];
}

const name = '[Salesforce Bridge for Jira]';
const linkNote = ({ issue }: Linked) => [
  `Issue: ${issue}\n`,
  RegExp(`URL: http\\S+/browse/${issue}\n`),
  'Item: Cases\n',
];
const rows: readonly Row[] = [
  {
    marker: 'the link note of an automatic link',
    where: inSalesforce,
    like: /Jira link note/,
    says: linked => [...linkNote(linked), 'Link: automatic\n'],
  },
  {
    marker: 'the link note of a manual link',
    start: manual,
    where: inSalesforce,
    like: /Jira link note/,
    says: linked => [...linkNote(linked), 'Link: manual\n'],
  },
  {
    marker: 'the attachment sync note',
    act: attached,
    where: inSalesforce,
    like: /Jira attachment sync note/,
    says: ({ issue }) => [
      `${name} Jira attachment sync note\n`,
      RegExp(`Jira attachment: \\d+ of ${issue}\n`),
      'File: a.txt\n',
    ],
  },
  {
    marker: 'the attachment sync comment of a file of Jira',
    act: attached,
    where: inJira,
    like: /Attachment sync comment/,
    says: () => [`${name} Attachment sync comment: “a.txt”`, /\bJira\b.*$/],
  },
  {
    marker: 'the attachment sync comment of a file of Salesforce',
    act: uploaded,
    where: inJira,
    like: /Attachment sync comment/,
    says: () => [`${name} Attachment sync comment: “b.txt” came from Salesforce.`],
  },
  {
    marker: 'a flattened reply of the feed',
    act: feedReply,
    where: inJira,
    like: /An answer/,
    says: () => [/replied in Salesforce to .+:\nA question\nAn answer$/],
  },
  {
    marker: 'a flattened reply of Jira',
    act: jiraReply,
    where: inSalesforce,
    like: /An answer/,
    says: ({ issue }) => [RegExp(`replied in Jira \\(${issue}\\) to .+, “A question”:\n\nAn answer\n`)],
  },
];

const cycles = async (count: number) => {
  for (let at = 0; at < count; at++) await scenario.nextCycle();
};

describe('S-10 the guide’s markers and notes', () => {
  it.each(rows)('$marker: says what it has to, once, to the team, and is never synced back', async row => {
    await scenario.start(program);
    const linked = await (row.start ?? automatic)();
    await row.act?.(linked);
    await cycles(3);
    const found = (await row.where(linked)).filter(({ text }) => row.like.test(text));
    expect(found).toHaveLength(1);
    const [{ text, internal }] = found as [Text];
    for (const part of row.says(linked)) expect(text).toMatch(part);
    // Nobody but the team reads it.
    expect(internal).toBe(true);

    const other = await (row.where === inJira ? inSalesforce : inJira)(linked);
    // A reply is somebody's words and stands on its own side as they are; of a note there is nothing there.
    const back = other.filter(one => row.like.test(one.text));
    expect(back.map(one => one.text)).toEqual(row.act === jiraReply ? ['An answer'] : []);
    await scenario.outside.control('DELETE', '/control/calls');
    await cycles(2);
    expect(await writesOf(scenario.outside)).toEqual([]);
  });

  it.each(rows)('I26 $marker: typed by somebody it is a comment like any other', async row => {
    await scenario.start(program);
    const genuine = await (row.start ?? automatic)();
    await row.act?.(genuine);
    await cycles(3);
    const found = (await row.where(genuine)).find(one => row.like.test(one.text))!;
    const type = row.where === inJira ? typeInJira : typeInSalesforce;
    const otherSide = row.where === inJira ? inSalesforce : inJira;
    // The last letter is of the seal, where there is one.
    const last = found.text.at(-1)!;
    const forged = `${found.text.slice(0, -1)}${last === '0' ? '1' : '0'}`;
    const before = (await otherSide(genuine)).length;
    await type(genuine, forged);
    await cycles(3);
    const after = await otherSide(genuine);
    expect(after).toHaveLength(before + 1);
    expect(after.some(one => one.text.includes(forged.split('\n').findLast(line => line !== '')!))).toBe(true);
    // And it put nothing in the place of the genuine one.
    expect((await row.where(genuine)).filter(one => one.text === found.text)).toHaveLength(1);
  });
});
