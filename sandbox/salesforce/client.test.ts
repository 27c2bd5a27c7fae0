/** An ordinary client, jsforce, over a socket: what it signs in with, writes, reads and pages through. */
import type { Connection } from '@jsforce/jsforce-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Running, startOnSocket } from './testing.ts';

let running: Running;
let client: Connection;
beforeAll(async () => {
  running = await startOnSocket();
  client = await running.connect();
});
afterAll(() => running.stop());

test('C-1 client credentials sign in under the base that was asked', async () => {
  expect(client.instanceUrl).toBe(running.url);
  const identity = await client.identity();
  expect(identity.user_id).toBe(running.standIn.integrationUserId);
  expect(identity.organization_id).toBe(running.standIn.orgId);
});

test('the demo world has 20 accounts and 60 cases in the four statuses', async () => {
  expect(await client.sobject('Account').count()).toBe(20);
  const counts = await client.query<{ Status: string; n: number }>(
    'SELECT Status, COUNT(Id) n FROM Case GROUP BY Status ORDER BY Status',
  );
  expect(counts.records.map(row => row.Status)).toEqual(['Closed', 'Escalated', 'New', 'Working']);
  expect(counts.records.reduce((sum, row) => sum + row.n, 0)).toBe(60);
  const late = await client.query(
    `SELECT Id FROM Case WHERE CreatedDate >= ${new Date(running.clock.now()).toISOString()}`,
  );
  expect(late.totalSize).toBe(0);
  expect(client.limitInfo.apiUsage).toEqual({ used: 3, limit: 15_000 });
});

test('a record is created, read, updated, upserted and deleted', async () => {
  const cases = client.sobject('Case');
  const created = await cases.create({ Subject: 'From outside', Priority: 'High' });
  expect(created).toMatchObject({ success: true, errors: [] });
  const id = (created as { id: string }).id;
  const fresh = await cases.retrieve(id);
  expect(fresh).toMatchObject({
    Subject: 'From outside',
    Status: 'New',
    IsClosed: false,
    ClosedDate: null,
    Origin: null,
  });
  expect(fresh.CaseNumber).toMatch(/^0000\d{4}$/);

  running.clock.advance(5_000);
  await cases.update({ Id: id, Status: 'Closed', Subject: '' });
  const closed = await cases.retrieve(id);
  expect(closed).toMatchObject({ IsClosed: true, Subject: null, ClosedDate: closed.SystemModstamp });
  expect(closed.SystemModstamp).toMatch(/:05\.000\+0000$/);

  const visits = client.sobject('Site_Visit__c');
  const first = await visits.upsert({ External_Key__c: 'k-1', Purpose__c: 'Look' }, 'External_Key__c');
  const second = await visits.upsert({ External_Key__c: 'K-1', Purpose__c: 'Look again' }, 'External_Key__c');
  expect(first).toMatchObject({ created: true });
  expect(second).toMatchObject({ created: false, id: (first as { id: string }).id });

  await cases.destroy(id);
  await expect(cases.retrieve(id)).rejects.toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
  const all = await client.query(`SELECT Id, IsDeleted FROM Case WHERE Id = '${id}'`, { scanAll: true });
  expect(all.records[0]).toMatchObject({ IsDeleted: true });
});

test('collections answer each record in order; all-or-none leaves nothing', async () => {
  const accounts = client.sobject('Account');
  const mixed = await accounts.create([{ Name: 'One' }, { Phone: '1' }, { Name: 'Three' }], { allOrNone: false });
  expect(mixed.map(result => result.success)).toEqual([true, false, true]);
  expect(mixed[1]?.errors[0]).toMatchObject({ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] });
  const before = await accounts.count();
  const none = await accounts.create([{ Name: 'Four' }, {}], { allOrNone: true });
  expect(none.map(result => result.errors[0])).toMatchObject([
    { statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' },
    { statusCode: 'REQUIRED_FIELD_MISSING' },
  ]);
  expect(await accounts.count()).toBe(before);
  const ids = mixed.flatMap(result => (result.success ? [result.id] : []));
  const updated = await accounts.update(ids.map(Id => ({ Id, Rating: 'Hot' })));
  expect(updated.every(result => result.success)).toBe(true);
  const read = await accounts.retrieve(ids);
  expect(read.map(record => record.Rating)).toEqual(['Hot', 'Hot']);
  expect((await accounts.destroy(ids)).every(result => result.success)).toBe(true);
});

test('2,000 rows a page, the rest by locator, in one order', async () => {
  const accounts = client.sobject('Contact');
  for (let at = 0; at < 2300; at += 200)
    await accounts.create(Array.from({ length: Math.min(200, 2300 - at) }, (_, n) => ({ LastName: `Row ${at + n}` })));
  const first = await client.query("SELECT Id, LastName FROM Contact WHERE LastName LIKE 'Row %' ORDER BY Id");
  expect(first).toMatchObject({ totalSize: 2300, done: false });
  expect(first.records).toHaveLength(2000);
  const rest = await client.queryMore(first.nextRecordsUrl as string);
  expect(rest).toMatchObject({ totalSize: 2300, done: true });
  expect([...first.records, ...rest.records].map(row => row.LastName)).toEqual(
    Array.from({ length: 2300 }, (_, n) => `Row ${n}`),
  );
  await expect(
    client.queryMore(`${running.url}/services/data/v67.0/query/01g000000000000000-2000`),
  ).rejects.toMatchObject({
    errorCode: 'INVALID_QUERY_LOCATOR',
  });
});

test('O-1 describes say what the client asks them', async () => {
  const global = await client.describeGlobal();
  expect(global.sobjects.map(object => object.name)).toEqual(
    expect.arrayContaining([
      'Account',
      'Case',
      'Contact',
      'Contract',
      'Event',
      'Lead',
      'Opportunity',
      'Order',
      'Quote',
      'Site_Visit__c',
      'Task',
    ]),
  );
  const description = await client.describe('case');
  expect(description.fields.every(field => Object.keys(field).length === 57)).toBe(true);
  expect(description.fields.find(field => field.name === 'Status')?.picklistValues?.map(entry => entry.value)).toEqual([
    'New',
    'Working',
    'Escalated',
    'Closed',
  ]);
  expect(description.fields.find(field => field.name === 'Resolution_Notes__c')).toMatchObject({
    custom: true,
    type: 'textarea',
    filterable: false,
  });
  expect(description.childRelationships.map(child => child.relationshipName)).toContain('CaseComments');
});

test('searching finds by words, and what is changed or deleted is listed by time', async () => {
  const found = await client.search(
    'FIND {generator} IN ALL FIELDS RETURNING Case(Id, Subject WHERE IsClosed = true), Account(Id)',
  );
  expect(found.searchRecords.map(record => record.Subject)).toEqual(['Generator will not start after power cut']);
  const from = new Date(running.clock.now());
  running.clock.advance(120_000);
  const { id } = (await client.sobject('Lead').create({ LastName: 'Late', Company: 'Late Ltd' })) as { id: string };
  running.clock.advance(60_000);
  const to = new Date(running.clock.now());
  expect((await client.sobject('Lead').updated(from, to)).ids).toEqual([id]);
  await client.sobject('Lead').destroy(id);
  running.clock.advance(60_000);
  const deleted = await client.sobject('Lead').deleted(from, new Date(running.clock.now()));
  expect(deleted.deletedRecords.map(record => record.id)).toEqual([id]);
});

test('errors reach the client with Salesforce’s codes', async () => {
  await expect(client.sobject('Case').create({ Subject: 'x'.repeat(256) })).rejects.toMatchObject({
    errorCode: 'STRING_TOO_LONG',
  });
  await expect(client.query('SELECT Id FROM Caze')).rejects.toMatchObject({ errorCode: 'INVALID_TYPE' });
  await expect(client.request('/services/data/v67.0/tooling/query')).rejects.toMatchObject({
    errorCode: 'NOT_MODELLED_HERE',
  });
});

test('a composite request lets its parts use each other’s answers, and is undone as a whole', async () => {
  const data = '/services/data/v67.0';
  const parts = (subject: string) => ({
    allOrNone: true,
    compositeRequest: [
      { method: 'POST', url: `${data}/sobjects/Account`, referenceId: 'account', body: { Name: 'Composite' } },
      {
        method: 'POST',
        url: `${data}/sobjects/Case`,
        referenceId: 'case',
        body: { Subject: subject, AccountId: '@{account.id}' },
      },
      {
        method: 'GET',
        url: `${data}/query?q=SELECT+Account.Name+FROM+Case+WHERE+Id='@{case.id}'`,
        referenceId: 'read',
      },
    ],
  });
  interface Answer {
    compositeResponse: { referenceId: string; httpStatusCode: number; body: { records?: unknown[] } }[];
  }
  const good = await client.requestPost<Answer>(`${data}/composite`, parts('Good'));
  expect(good.compositeResponse.map(part => part.httpStatusCode)).toEqual([201, 201, 200]);
  expect(good.compositeResponse[2]?.body.records).toMatchObject([{ Account: { Name: 'Composite' } }]);
  const accounts = await client.sobject('Account').count({ Name: 'Composite' });
  const bad = await client.requestPost<Answer>(`${data}/composite`, parts('x'.repeat(300)));
  expect(bad.compositeResponse.map(part => part.httpStatusCode)).toEqual([400, 400, 400]);
  expect(await client.sobject('Account').count({ Name: 'Composite' })).toBe(accounts);
});

test('files, comments and posts hang on a case and are found through it', async () => {
  const { id } = (await client.sobject('Case').create({ Subject: 'With a file' })) as { id: string };
  const text = Buffer.from('grüße aus der Datei');
  const version = await client.sobject('ContentVersion').create({
    Title: 'Note',
    PathOnClient: 'note.txt',
    VersionData: text.toString('base64'),
    FirstPublishLocationId: id,
  });
  const { records } = await client.query<{ ContentDocument: { LatestPublishedVersionId: string } }>(
    `SELECT ContentDocumentId, ContentDocument.LatestPublishedVersionId FROM ContentDocumentLink WHERE LinkedEntityId = '${id}'`,
  );
  expect(records.map(row => row.ContentDocument.LatestPublishedVersionId)).toEqual([(version as { id: string }).id]);
  const body = client
    .sobject('ContentVersion')
    .record((version as { id: string }).id)
    .blob('VersionData');
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks)).toEqual(text);

  await client.sobject('CaseComment').create({ ParentId: id, CommentBody: 'Seen', IsPublished: true });
  const post = await client.sobject('FeedItem').create({ ParentId: id, Body: 'Posted' });
  await client
    .sobject('FeedComment')
    .create({ FeedItemId: (post as { id: string }).id, CommentBody: 'Answered' } as never);
  const read = await client.query(
    `SELECT (SELECT CommentBody, IsPublished FROM CaseComments), (SELECT Body, CommentCount FROM Feeds WHERE Type = 'TextPost') FROM Case WHERE Id = '${id}'`,
  );
  expect(read.records[0]).toMatchObject({
    CaseComments: { records: [{ CommentBody: 'Seen', IsPublished: true }] },
    Feeds: { records: [{ Body: 'Posted', CommentCount: 1 }] },
  });
});

test('the rest of what a client asks an org', async () => {
  expect((await client.limits()).DailyApiRequests).toMatchObject({ Max: 15_000 });
  const versions = await client.request<{ version: string }[]>('/services/data');
  expect(versions.map(({ version }) => version)).toContain('67.0');
  const accounts = client.sobject('Account');
  const [one] = await accounts.find({ Name: { $like: '%' } }, ['Id', 'Name'], { limit: 1, sort: { Name: 1 } });
  expect(await accounts.findOne({ Id: one!.Id! })).toMatchObject({ Name: one!.Name });
  expect(await accounts.select(['Name']).where({ Id: one!.Id! }).execute()).toMatchObject([{ Name: one!.Name }]);
  const many = await client.sobject('Site_Visit__c').upsert(
    [
      { External_Key__c: 'm-1', Purpose__c: 'New' },
      { External_Key__c: 'k-1', Purpose__c: 'Changed' },
    ],
    'External_Key__c',
  );
  expect(many.map(result => (result.success ? (result as { created?: boolean }).created : result.errors))).toEqual([
    true,
    false,
  ]);
  const words = await client.request<{ searchRecords: unknown[] }>(
    '/services/data/v67.0/parameterizedSearch/?q=generator&sobject=Case&Case.fields=Id,Subject&Case.limit=5',
  );
  expect(words.searchRecords).toMatchObject([{ Subject: 'Generator will not start after power cut' }]);
});
