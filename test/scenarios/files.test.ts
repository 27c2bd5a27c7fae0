/** Files from outside (S-9): whatever is attached on one side is on the other once, byte by byte. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writesOf } from '../kit/outside.ts';
import { caseItem, openScenario, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());
beforeEach(() => scenario.start(caseItem('attachments on')));

const upload = (record: string, name: string, bytes: Uint8Array) =>
  scenario.create('ContentVersion', {
    PathOnClient: name,
    VersionData: Buffer.from(bytes).toString('base64'),
    FirstPublishLocationId: record,
  });
const attach = (issue: string, name: string, bytes: Uint8Array) => scenario.attach(issue, name, bytes);

interface Version {
  readonly Id: string;
  readonly ContentDocumentId: string;
  readonly PathOnClient: string;
  readonly ContentSize: number;
  readonly Description: string | null;
}
/** Latest versions of the record's files. */
async function files(record: string): Promise<readonly Version[]> {
  const links = await scenario.rows<{ ContentDocumentId: string }>(
    `SELECT ContentDocumentId FROM ContentDocumentLink WHERE LinkedEntityId = '${record}'`,
  );
  if (links.length === 0) return [];
  const ids = links.map(({ ContentDocumentId }) => `'${ContentDocumentId}'`).join(', ');
  return scenario.rows<Version>(
    `SELECT Id, ContentDocumentId, PathOnClient, ContentSize, Description FROM ContentVersion WHERE IsLatest = true AND ContentDocumentId IN (${ids}) ORDER BY CreatedDate, Id`,
  );
}
const notesOn = async (record: string) =>
  (
    await scenario.rows<{ CommentBody: string; IsPublished: boolean }>(
      `SELECT CommentBody, IsPublished FROM CaseComment WHERE ParentId = '${record}'`,
    )
  ).filter(({ CommentBody }) => CommentBody.includes('attachment sync note'));
const names = async (issue: string) => (await scenario.attachments(issue)).map(({ filename }) => filename);

describe('from Salesforce', () => {
  it('S-9 brings a file to the issue once, under its PathOnClient, byte by byte', async () => {
    const { record, issue } = await scenario.linked();
    const bytes = randomBytes(70_000);
    await upload(record, 'photo of the fire.png', bytes);
    await scenario.nextCycle();
    await scenario.nextCycle();
    const [attachment, ...more] = await scenario.attachments(issue.key);
    expect(more).toEqual([]);
    expect(attachment).toMatchObject({ filename: 'photo of the fire.png', size: 70_000, mimeType: 'image/png' });
    expect(Buffer.compare(await scenario.download(attachment!.id), bytes)).toBe(0);
    expect(await files(record)).toHaveLength(1);
  });

  it('S-10 says in Jira where the file came from, for the team only', async () => {
    const { record, issue } = await scenario.linked();
    await upload(record, 'a.txt', Buffer.from('a'));
    await scenario.nextCycle();
    expect(await scenario.comments(issue.key)).toMatchObject([
      { text: '[Salesforce Bridge for Jira] Attachment sync comment: “a.txt” came from Salesforce.', public: false },
    ]);
  });

  it('S-9 takes over files that a case had before it was linked', async () => {
    const record = await scenario.create('Case', { Subject: 'Old', Origin: 'Phone' });
    await upload(record, 'before.txt', Buffer.from('before'));
    await scenario.nextCycle();
    const [issue] = await scenario.outside.issues();
    expect(await names(issue!.key)).toEqual(['before.txt']);
  });

  it('S-9 brings a new version as a new attachment', async () => {
    const { record, issue } = await scenario.linked();
    await upload(record, 'plan.txt', Buffer.from('one'));
    await scenario.nextCycle();
    const [version] = await files(record);
    await scenario.create('ContentVersion', {
      ContentDocumentId: version!.ContentDocumentId,
      PathOnClient: 'plan.txt',
      VersionData: Buffer.from('two!').toString('base64'),
    });
    await scenario.nextCycle();
    await scenario.nextCycle();
    expect((await scenario.attachments(issue.key)).map(({ size }) => size)).toEqual([3, 4]);
  });
});

describe('from Jira', () => {
  it('S-2 S-9 brings an attachment to the record at once and once, marked, for users of the org', async () => {
    const { record, issue } = await scenario.linked();
    const bytes = randomBytes(3_000);
    await attach(issue.key, 'Ünlike "names".bin', bytes);
    await scenario.outside.settle();
    const [file, ...more] = await files(record);
    expect(more).toEqual([]);
    expect(file).toMatchObject({ PathOnClient: 'Ünlike "names".bin', ContentSize: 3_000 });
    expect(file!.Description).toMatch(/^\[Salesforce Bridge for Jira\] SUP-\d+ attachment #\d+ [0-9a-f]{12}$/);
    const links = await scenario.rows(`SELECT Visibility FROM ContentDocumentLink WHERE LinkedEntityId = '${record}'`);
    expect(links).toMatchObject([{ Visibility: 'InternalUsers' }]);
    await scenario.nextCycle();
    await scenario.nextCycle();
    expect(await files(record)).toHaveLength(1);
    expect(await scenario.attachments(issue.key)).toHaveLength(1);
  });

  it('S-10 leaves a note on the record with the attachment’s id and the file’s name', async () => {
    const { record, issue } = await scenario.linked();
    const id = await attach(issue.key, 'a.txt', Buffer.from('a'));
    await scenario.outside.settle();
    const [note, ...more] = await notesOn(record);
    expect(more).toEqual([]);
    expect(note).toMatchObject({ IsPublished: false });
    expect(note!.CommentBody).toMatch(/^\[Salesforce Bridge for Jira\] Jira attachment sync note\r?\n/);
    expect(note!.CommentBody).toContain(`Jira attachment: ${id} of ${issue.key}`);
    expect(note!.CommentBody).toContain('File: a.txt');
  });
});

describe('what does not travel', () => {
  it('S-9 skips a file of one byte too many, and says so once', async () => {
    const { record, issue } = await scenario.linked();
    await attach(issue.key, 'fits.bin', Buffer.alloc(10_485_760, 1));
    await attach(issue.key, 'too large.bin', Buffer.alloc(10_485_761, 1));
    await scenario.outside.settle();
    await scenario.nextCycle();
    await attach(issue.key, 'another.txt', Buffer.from('x'));
    await scenario.outside.settle();
    expect((await files(record)).map(({ PathOnClient }) => PathOnClient)).toEqual(['fits.bin', 'another.txt']);
    const { journal } = await scenario.outside.state();
    const skipped = journal.filter(entry => entry.outcome === 'skipped' && entry.what === 'File');
    expect(skipped).toMatchObject([{ reason: expect.stringContaining('10485761 bytes') }]);
  });

  it('S-9 leaves the other side alone when a file is deleted', async () => {
    const { record, issue } = await scenario.linked();
    await upload(record, 'a.txt', Buffer.from('a'));
    const id = await attach(issue.key, 'b.txt', Buffer.from('b'));
    await scenario.nextCycle();
    expect(await names(issue.key)).toEqual(['b.txt', 'a.txt']);
    await scenario.outside.jira('admin', 'DELETE', `/rest/api/3/attachment/${id}`);
    const [file] = (await files(record)).filter(({ PathOnClient }) => PathOnClient === 'a.txt');
    await scenario.outside.salesforce.sobject('ContentDocument').destroy(file!.ContentDocumentId);
    await scenario.nextCycle();
    await attach(issue.key, 'c.txt', Buffer.from('c'));
    await scenario.nextCycle();
    expect(await names(issue.key)).toEqual(['a.txt', 'c.txt']);
    expect((await files(record)).map(({ PathOnClient }) => PathOnClient)).toEqual(['b.txt', 'c.txt']);
  });

  it('S-9 copies nothing that is on both sides already', async () => {
    const { record, issue } = await scenario.linked();
    await scenario.start(caseItem());
    const again = await scenario.linked();
    await upload(again.record, 'same.txt', Buffer.from('the same'));
    await attach(again.issue.key, 'same.txt', Buffer.from('the same'));
    await scenario.nextCycle();
    await scenario.outside.control('PUT', '/control/program', {
      files: { 'scenario.bridge': caseItem('attachments on') },
    });
    await scenario.nextCycle();
    await scenario.nextCycle();
    expect(await names(again.issue.key)).toEqual(['same.txt']);
    expect(await files(again.record)).toHaveLength(1);
    void [record, issue];
  });
});

describe('whatever fails', () => {
  const effects = ['timeout-after-apply', 'timeout', '500', '503', '429', 'reset', 'kill', 'partial'];
  const jiraUpload = (issue: string) => ({
    system: 'jira',
    method: 'POST',
    path: `/rest/api/3/issue/${issue}/attachments`,
  });
  const data = '/services/data/v67.0/sobjects/ContentVersion';

  it.each([
    ...effects.map(effect => ['the upload to Jira', effect] as const),
    ...effects.filter(effect => effect !== 'timeout-after-apply').map(effect => ['the download', effect] as const),
  ])('P1 S-9 a fault in %s (%s) on a file’s way to Jira leaves one copy and one note', async (call, effect) => {
    const { record, issue } = await scenario.linked();
    await upload(record, 'a.bin', Buffer.from('only once'));
    const { system, ...match } =
      call === 'the download' ? { system: 'salesforce', method: 'GET', path: data } : jiraUpload(issue.id);
    await scenario.faults({ system, match, nth: 1, effect });
    for (let cycles = 0; cycles < 5; cycles++) await scenario.nextCycle();
    expect(await names(issue.key)).toEqual(['a.bin']);
    const [attachment] = await scenario.attachments(issue.key);
    expect(String(await scenario.download(attachment!.id))).toBe('only once');
    expect(await scenario.comments(issue.key)).toHaveLength(1);
    expect(await files(record)).toHaveLength(1);
  });

  it.each(effects)('P1 S-9 a %s while a file is made in Salesforce leaves one copy and one note', async effect => {
    const { record, issue } = await scenario.linked();
    await scenario.faults({ system: 'salesforce', match: { method: 'POST', path: data }, nth: 1, effect });
    await attach(issue.key, 'a.bin', Buffer.from('only once'));
    await scenario.outside.settle();
    for (let cycles = 0; cycles < 5; cycles++) await scenario.nextCycle();
    expect((await files(record)).map(({ PathOnClient }) => PathOnClient)).toEqual(['a.bin']);
    expect(await names(issue.key)).toEqual(['a.bin']);
    expect(await notesOn(record)).toHaveLength(1);
    expect(await scenario.comments(issue.key)).toHaveLength(1);
  });

  it('P1 S-10 a note whose answer is lost is made once, on both sides', async () => {
    const { record, issue } = await scenario.linked();
    await scenario.faults(
      {
        system: 'salesforce',
        match: { method: 'POST', path: '/services/data/v67.0/composite/sobjects' },
        nth: 1,
        effect: 'timeout-after-apply',
      },
      {
        system: 'jira',
        match: { method: 'POST', path: `/rest/api/3/issue/${issue.id}/comment` },
        nth: 1,
        effect: 'timeout-after-apply',
      },
    );
    await attach(issue.key, 'a.bin', Buffer.from('a'));
    await scenario.outside.settle();
    for (let cycles = 0; cycles < 4; cycles++) await scenario.nextCycle();
    expect(await notesOn(record)).toHaveLength(1);
    expect(await scenario.comments(issue.key)).toHaveLength(1);
  });

  it('S-2 an event that never came is made up for when the issue is looked at', async () => {
    const { record, issue } = await scenario.linked();
    await scenario.faults({
      system: 'jira',
      match: { path: 'avi:jira:created:attachment' },
      nth: 1,
      effect: 'lose-event',
    });
    await attach(issue.key, 'a.bin', Buffer.from('a'));
    await scenario.outside.settle();
    expect(await files(record)).toEqual([]);
    await attach(issue.key, 'b.bin', Buffer.from('b'));
    await scenario.outside.settle();
    expect((await files(record)).map(({ PathOnClient }) => PathOnClient)).toEqual(['a.bin', 'b.bin']);
  });
});

describe('quiet', () => {
  it('P4 writes nothing in the cycles after', async () => {
    const { record, issue } = await scenario.linked();
    await upload(record, 'a.txt', Buffer.from('a'));
    await attach(issue.key, 'b.txt', Buffer.from('b'));
    await scenario.nextCycle();
    await scenario.outside.settle();
    await scenario.nextCycle();
    await scenario.outside.control('DELETE', '/control/calls');
    await scenario.nextCycle();
    await scenario.nextCycle();
    expect(await writesOf(scenario.outside)).toEqual([]);
  });
});
