/** What an org does besides storing: composite requests, files, feeds, late commits, the recycle bin, merges, stamps. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Reply, type Running, root, startOnSocket } from './testing.ts';

let running: Running;
beforeAll(async () => {
  running = await startOnSocket({ empty: true });
});
afterAll(() => running.stop());

const create = async (object: string, body: unknown): Promise<string> => {
  const reply = await running.call('POST', `/sobjects/${object}`, body);
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return reply.body.id;
};
const records = async (soql: string, resource = 'query'): Promise<Record<string, unknown>[]> => {
  const reply = await running.call('GET', `/${resource}?q=${encodeURIComponent(soql)}`);
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return reply.body.records;
};

describe('a composite request', () => {
  const composite = (compositeRequest: readonly unknown[], allOrNone = false): Promise<Reply> =>
    running.call('POST', '/composite', { allOrNone, compositeRequest });
  const query = (referenceId: string, soql: string) => ({
    method: 'GET',
    url: `${root}/query?q=${encodeURIComponent(soql)}`,
    referenceId,
  });
  const post = (referenceId: string, object: string, body: unknown) => ({
    method: 'POST',
    url: `${root}/sobjects/${object}`,
    referenceId,
    body,
  });

  test('passes values of earlier parts on, and costs one call', async () => {
    const before = (await running.call('GET', '/limits')).body.DailyApiRequests.Remaining;
    const reply = await composite([
      post('acme', 'Account', { Name: 'Composite' }),
      post('ann', 'Contact', { LastName: 'Ann', AccountId: '@{acme.id}' }),
      {
        method: 'GET',
        url: `${root}/query?q=SELECT Name, AccountId FROM Contact WHERE AccountId = '@{acme.id}'`,
        referenceId: 'found',
      },
      {
        method: 'PATCH',
        url: `${root}/sobjects/Contact/@{ann.id}`,
        referenceId: 'named',
        body: { FirstName: '@{found.records[0].Name}' },
      },
    ]);
    const parts = reply.body.compositeResponse;
    expect(parts.map((part: { httpStatusCode: number }) => part.httpStatusCode)).toEqual([201, 201, 200, 204]);
    expect(parts[0].httpHeaders.Location).toBe(`${root}/sobjects/Account/${parts[0].body.id}`);
    expect(parts[2].body.records[0]).toMatchObject({ Name: 'Ann', AccountId: parts[0].body.id });
    expect(await records(`SELECT Name FROM Contact WHERE Id = '${parts[1].body.id}'`)).toMatchObject([
      { Name: 'Ann Ann' },
    ]);
    expect((await running.call('GET', '/limits')).body.DailyApiRequests.Remaining).toBe(before - 3);
  });

  test('undoes everything when one part of all-or-none fails, and says so in the others', async () => {
    const reply = await composite([post('good', 'Account', { Name: 'Undone' }), post('bad', 'Account', {})], true);
    expect(reply.status).toBe(200);
    expect(reply.body.compositeResponse).toMatchObject([
      {
        httpStatusCode: 400,
        body: [
          {
            errorCode: 'PROCESSING_HALTED',
            message: 'The transaction was rolled back since another operation in the same transaction failed.',
          },
        ],
      },
      { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
    ]);
    expect(await records("SELECT Id FROM Account WHERE Name = 'Undone'")).toEqual([]);
  });

  test('holds 25 parts, five of them queries or collections, and refuses strange references and resources', async () => {
    const many = await composite(Array.from({ length: 26 }, (_, n) => query(`q${n}`, 'SELECT Id FROM User')));
    expect(many).toMatchObject({ status: 400, body: [{ errorCode: 'LIMIT_EXCEEDED' }] });
    const six = await composite(Array.from({ length: 6 }, (_, n) => query(`q${n}`, 'SELECT Id FROM User')));
    expect(six.body.compositeResponse.map((part: { httpStatusCode: number }) => part.httpStatusCode)).toEqual([
      200, 200, 200, 200, 200, 400,
    ]);
    const odd = await composite([
      query('a', 'SELECT Id FROM Caze'),
      { method: 'GET', url: `${root}/sobjects/Account/@{none.id}`, referenceId: 'b' },
      { method: 'GET', url: `${root}/sobjects/Foo`, referenceId: 'c' },
    ]);
    expect(odd.body.compositeResponse).toMatchObject([
      { httpStatusCode: 400, body: [{ errorCode: 'INVALID_TYPE' }] },
      { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
      { httpStatusCode: 404, body: [{ errorCode: 'NOT_FOUND' }] },
    ]);
  });
});

describe('files and feeds', () => {
  test('S-9 a file by JSON and by multipart: one document, one link, the bytes and their MD5', async () => {
    const parent = await create('Case', { Subject: 'With file' });
    const text = 'hello\u0000world';
    const json = await create('ContentVersion', {
      PathOnClient: 'note.txt',
      VersionData: Buffer.from(text).toString('base64'),
      FirstPublishLocationId: parent,
    });
    const form = new FormData();
    form.append(
      'entity_content',
      new Blob([JSON.stringify({ Title: 'photo', PathOnClient: 'photo.png', FirstPublishLocationId: parent })], {
        type: 'application/json',
      }),
    );
    form.append('VersionData', new Blob([text], { type: 'image/png' }), 'photo.png');
    const client = await running.connect();
    const multipart = (await (
      await fetch(`${running.url}${root}/sobjects/ContentVersion`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${client.accessToken}` },
        body: form,
      })
    ).json()) as { id: string };
    for (const [id, title, extension] of [
      [json, 'note', 'txt'],
      [multipart.id, 'photo', 'png'],
    ]) {
      const [version] = await records(
        `SELECT Title, FileExtension, ContentSize, Checksum, ContentDocumentId, ContentDocument.LatestPublishedVersionId FROM ContentVersion WHERE Id = '${id}'`,
      );
      expect(version).toMatchObject({
        Title: title,
        FileExtension: extension,
        ContentSize: text.length,
        Checksum: createHash('md5').update(text).digest('hex'),
        ContentDocument: { LatestPublishedVersionId: id },
      });
      const bytes = await running.call('GET', `/sobjects/ContentVersion/${id}/VersionData`);
      expect([bytes.headers.get('content-type'), bytes.body]).toEqual(['application/octet-stream', text]);
    }
    const links = await records(
      `SELECT ContentDocument.Title, ContentDocument.FileExtension, ShareType FROM ContentDocumentLink WHERE LinkedEntityId IN ('${parent}') ORDER BY Id`,
    );
    expect(links).toMatchObject([
      { ContentDocument: { Title: 'note' }, ShareType: 'I' },
      { ContentDocument: { Title: 'photo' } },
    ]);
  });

  test('S-8 a case comment is also a post; a comment under a post counts there but leaves its stamp', async () => {
    const parent = await create('Case', { Subject: 'Talk', Comments: 'written through' });
    expect(
      await records(`SELECT CommentBody, IsPublished FROM CaseComment WHERE ParentId = '${parent}'`),
    ).toMatchObject([{ CommentBody: 'written through', IsPublished: false }]);
    expect(await records(`SELECT Type FROM FeedItem WHERE ParentId = '${parent}'`)).toMatchObject([
      { Type: 'CaseCommentPost' },
    ]);
    const post = await create('FeedItem', { ParentId: parent, Body: 'Hello' });
    const [before] = await records(`SELECT Type, SystemModstamp FROM FeedItem WHERE Id = '${post}'`);
    running.clock.advance(60_000);
    await create('FeedComment', { FeedItemId: post, CommentBody: 'Hi' });
    const [after] = await records(
      `SELECT Type, SystemModstamp, CommentCount, (SELECT CommentBody, ParentId FROM FeedComments) FROM FeedItem WHERE Id = '${post}'`,
    );
    expect(after).toMatchObject({
      Type: 'TextPost',
      SystemModstamp: before?.SystemModstamp,
      CommentCount: 1,
      FeedComments: { records: [{ CommentBody: 'Hi', ParentId: parent }] },
    });
  });
});

describe('time', () => {
  test('what an open transaction holds cannot be saved by another one', async () => {
    const id = await create('Contact', { LastName: 'Held' });
    running.standIn.commitLate(60_000);
    expect((await running.call('PATCH', `/sobjects/Contact/${id}`, { Title: 'first' })).status).toBe(204);
    const second = () => running.call('PATCH', `/sobjects/Contact/${id}`, { LastName: 'second' });
    expect(await second()).toMatchObject({ status: 400, body: [{ errorCode: 'UNABLE_TO_LOCK_ROW' }] });
    running.clock.advance(60_000);
    expect((await second()).status).toBe(204);
    expect(await records(`SELECT LastName, Title FROM Contact WHERE Id = '${id}'`)).toMatchObject([
      { LastName: 'second', Title: 'first' },
    ]);
  });

  test('a late commit is seen after a later stamp, and the watermark of /updated waits for it', async () => {
    const start = new Date(running.clock.now() - 60_000).toISOString();
    running.standIn.commitLate(120_000);
    const late = await create('Lead', { LastName: 'Late', Company: 'x' });
    running.clock.advance(60_000);
    const next = await create('Lead', { LastName: 'Next', Company: 'x' });
    const changed = async (): Promise<{ ids: string[]; latestDateCovered: string }> => {
      const end = new Date(running.clock.now() + 60_000).toISOString();
      return (await running.call('GET', `/sobjects/Lead/updated?start=${start}&end=${end}`)).body;
    };
    expect((await running.call('GET', `/sobjects/Lead/${late}`)).status).toBe(404);
    const early = await changed();
    expect(early.ids).toEqual([next]);
    running.clock.advance(60_000);
    expect((await changed()).ids).toEqual([late, next]);
    const stamps = await records('SELECT Id, SystemModstamp FROM Lead ORDER BY SystemModstamp');
    expect(stamps.map(row => row.Id)).toEqual([late, next]);
    expect(String(stamps[0]?.SystemModstamp) >= early.latestDateCovered).toBe(true);
  });

  test('stamps are whole seconds and each update moves them, also one that changes nothing', async () => {
    running.clock.advance(1_234);
    const id = await create('Case', { Subject: 'Clock' });
    const read = async () =>
      (await running.call('GET', `/sobjects/Case/${id}?fields=CreatedDate,LastModifiedDate,SystemModstamp`)).body;
    const first = await read();
    expect(first.SystemModstamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/);
    running.clock.advance(2_000);
    await running.call('PATCH', `/sobjects/Case/${id}`, { Subject: 'Clock' });
    const second = await read();
    expect(second.CreatedDate).toBe(first.CreatedDate);
    expect(second.SystemModstamp > first.SystemModstamp).toBe(true);
    expect(second.LastModifiedDate).toBe(second.SystemModstamp);
  });
});

test('leaving a closed status opens the case again', async () => {
  const id = await create('Case', { Subject: 'Door', Status: 'Closed' });
  const facts = async () => (await records(`SELECT IsClosed, ClosedDate FROM Case WHERE Id = '${id}'`))[0];
  expect(await facts()).toMatchObject({ IsClosed: true, ClosedDate: expect.stringMatching(/\+0000$/) });
  await running.call('PATCH', `/sobjects/Case/${id}`, { Status: 'Working' });
  expect(await facts()).toMatchObject({ IsClosed: false, ClosedDate: null });
});

test('deleted records stay in queryAll with their children, and come back together', async () => {
  const id = await create('Case', { Subject: 'Bin' });
  await create('CaseComment', { ParentId: id, CommentBody: 'with it' });
  running.clock.advance(5_000);
  expect((await running.call('DELETE', `/sobjects/Case/${id}`)).status).toBe(204);
  expect((await running.call('DELETE', `/sobjects/Case/${id}`)).body[0]).toMatchObject({
    errorCode: 'ENTITY_IS_DELETED',
  });
  expect(await records(`SELECT Id FROM CaseComment WHERE ParentId = '${id}'`)).toEqual([]);
  expect(await records(`SELECT IsDeleted FROM Case WHERE Id = '${id}'`, 'queryAll')).toMatchObject([
    { IsDeleted: true },
  ]);
  running.standIn.undelete(id);
  expect(await records(`SELECT Id FROM CaseComment WHERE ParentId = '${id}'`)).toHaveLength(1);
});

test('of merged accounts the losers name the winner, who takes their children', async () => {
  const winner = await create('Account', { Name: 'Winner' });
  const loser = await create('Account', { Name: 'Loser' });
  const child = await create('Contact', { LastName: 'Child', AccountId: loser });
  running.standIn.merge(winner, [loser]);
  expect(
    await records(`SELECT IsDeleted, MasterRecordId FROM Account WHERE Id = '${loser}'`, 'queryAll'),
  ).toMatchObject([{ IsDeleted: true, MasterRecordId: winner }]);
  expect(await records(`SELECT AccountId FROM Contact WHERE Id = '${child}'`)).toMatchObject([{ AccountId: winner }]);
});

test('an external id with a slash in it, several matches, and updateOnly', async () => {
  const path = `/sobjects/Site_Visit__c/External_Key__c/${encodeURIComponent('a/b.c')}`;
  expect(await running.call('PATCH', `${path}?updateOnly=true`, { Purpose__c: 'x' })).toMatchObject({ status: 404 });
  expect(await running.call('PATCH', path, { Purpose__c: 'x' })).toMatchObject({
    status: 201,
    body: { created: true },
  });
  expect(await running.call('PATCH', path, { Purpose__c: 'y' })).toMatchObject({
    status: 200,
    body: { created: false },
  });
  const twins = [
    await create('Contact', { LastName: 'Twin', Email: 'twin@x.example' }),
    await create('Contact', { LastName: 'Twin', Email: 'TWIN@x.example' }),
  ];
  const many = await running.call('PATCH', '/sobjects/Contact/Email/twin@x.example', { Title: 'x' });
  expect([many.status, many.body]).toEqual([300, twins.map(id => `${root}/sobjects/Contact/${id}`)]);
});
