/** What an admin of the org did: taken fields away, made record types, written rules, bought fewer calls. */
import { afterEach, describe, expect, test } from 'vitest';
import type { OrgConditions } from './index.ts';
import { type Running, startOnSocket } from './testing.ts';

let running: Running;
afterEach(() => running.stop());

async function org(conditions: OrgConditions): Promise<void> {
  running = await startOnSocket({ empty: true }, true);
  running.standIn.setUp(conditions);
}
const create = async (object: string, fields: object): Promise<string> =>
  (await running.call('POST', `/sobjects/${object}`, fields)).body.id;
const codeOf = ({ body }: { readonly body: readonly { readonly errorCode: string }[] }) => body[0]?.errorCode;
const fieldsOf = async (object: string): Promise<Record<string, Record<string, unknown>>> => {
  const { body } = await running.call('GET', `/sobjects/${object}/describe`);
  return Object.fromEntries((body.fields as { name: string }[]).map(field => [field.name, field]));
};

describe('field-level security', () => {
  test('hides a field from describes, queries, reads and writes, and keeps what is in it', async () => {
    await org({});
    const id = await create('Case', { Subject: 'x', Priority: 'High' });
    running.standIn.setUp({ hidden: ['Case.Priority'] });
    expect(await fieldsOf('Case')).not.toHaveProperty('Priority');
    for (const soql of [
      'SELECT Priority FROM Case',
      "SELECT Id FROM Case WHERE Priority = 'High'",
      'SELECT Id FROM Case ORDER BY Priority',
    ])
      expect(codeOf(await running.query(soql)), soql).toBe('INVALID_FIELD');
    expect((await running.query('SELECT FIELDS(STANDARD) FROM Case')).body.records[0]).not.toHaveProperty('Priority');
    expect((await running.call('GET', `/sobjects/Case/${id}`)).body).not.toHaveProperty('Priority');
    expect(codeOf(await running.call('PATCH', `/sobjects/Case/${id}`, { Priority: 'Low' }))).toBe('INVALID_FIELD');
    expect((await running.call('PATCH', `/sobjects/Case/${id}`, { Subject: 'y' })).status).toBe(204);
    const fresh = await create('Case', { Subject: 'z' });
    running.standIn.setUp({});
    const { body } = await running.query('SELECT Id, Priority FROM Case ORDER BY Id');
    expect(body.records).toMatchObject([
      { Id: id, Priority: 'High' },
      { Id: fresh, Priority: 'Medium' },
    ]);
  });

  test('leaves a read-only field to be read, and says of a write what Salesforce says', async () => {
    await org({ readOnly: ['Case.Priority'] });
    expect((await fieldsOf('Case')).Priority).toMatchObject({ createable: false, updateable: false });
    const refused = await running.call('POST', '/sobjects/Case', { Subject: 'x', Priority: 'High' });
    expect(refused).toMatchObject({
      status: 400,
      body: [
        {
          errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
          fields: ['Priority'],
          message: expect.stringContaining('Unable to create/update fields: Priority. Please check the security'),
        },
      ],
    });
    expect((await running.query("SELECT Id FROM Case WHERE Priority = 'Low'")).status).toBe(200);
  });

  test('makes the describe newer than what a client remembers', async () => {
    await org({});
    const header = { 'If-Modified-Since': new Date(running.clock.now()).toUTCString() };
    const status = async () => (await running.call('GET', '/sobjects/Case/describe', undefined, header)).status;
    expect(await status()).toBe(304);
    running.clock.advance(5_000);
    running.standIn.setUp({ hidden: ['Case.Reason'] });
    expect(await status()).toBe(200);
  });
});

describe('record types', () => {
  const types = [
    { object: 'Site_Visit__c', name: 'Repair', values: { Stage__c: ['Planned', 'Done'] } },
    { object: 'Site_Visit__c', name: 'Sales call', default: true },
  ];

  test('are described, queried, given to new records and held to their picklists', async () => {
    await org({ recordTypes: types });
    const { body } = await running.call('GET', '/sobjects/Site_Visit__c/describe');
    const infos = body.recordTypeInfos as { name: string; recordTypeId: string; defaultRecordTypeMapping: boolean }[];
    expect(infos.map(info => [info.name, info.defaultRecordTypeMapping])).toEqual([
      ['Repair', false],
      ['Sales call', true],
      ['Master', false],
    ]);
    const repair = infos[0]!.recordTypeId;
    expect((await fieldsOf('Site_Visit__c')).RecordTypeId).toMatchObject({ referenceTo: ['RecordType'] });
    await create('Site_Visit__c', { Purpose__c: 'usual', Stage__c: 'On Site' });
    await create('Site_Visit__c', { Purpose__c: 'repair', RecordTypeId: repair, Stage__c: 'Done' });
    const { body: found } = await running.query(
      "SELECT Purpose__c, RecordType.Name FROM Site_Visit__c WHERE RecordType.DeveloperName IN ('Repair', 'Sales_call') ORDER BY Id",
    );
    expect(found.records).toMatchObject([
      { Purpose__c: 'usual', RecordType: { Name: 'Sales call' } },
      { Purpose__c: 'repair', RecordType: { Name: 'Repair' } },
    ]);
    const input = { Purpose__c: 'x', RecordTypeId: repair, Stage__c: 'On Site' };
    expect(await running.call('POST', '/sobjects/Site_Visit__c', input)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', fields: ['Stage__c'] }],
    });
  });

  test('are of one object only', async () => {
    await org({ recordTypes: [...types, { object: 'Case', name: 'Complaint' }] });
    const { body } = await running.query("SELECT Id FROM RecordType WHERE SobjectType = 'Case'");
    const input = { Purpose__c: 'x', RecordTypeId: body.records[0].Id };
    const refused = await running.call('POST', '/sobjects/Site_Visit__c', input);
    expect([refused.status, codeOf(refused)]).toEqual([400, 'INVALID_CROSS_REFERENCE_KEY']);
    expect(refused.body[0].message).toContain("Record Type ID: this ID value isn't valid for the user");
  });

  test('tell their values by the User Interface API, dependent ones with their controllers', async () => {
    await org({ recordTypes: types });
    const { body } = await running.query("SELECT Id FROM RecordType WHERE Name = 'Repair'");
    const ask = async (rest: string) =>
      (await running.call('GET', `/ui-api/object-info/Site_Visit__c/picklist-values/${body.records[0].Id}${rest}`))
        .body;
    expect((await ask('/Stage__c')).values.map((entry: { value: string }) => entry.value)).toEqual(['Planned', 'Done']);
    const { Depot__c } = (await ask('')).picklistFieldValues;
    expect(Depot__c.controllerValues).toEqual({ Americas: 0, EMEA: 1, APAC: 2 });
    expect(Depot__c.values[2]).toMatchObject({ value: 'Bristol', validFor: [1] });
  });
});

test('a rule that was written later holds from then on, and sees what is hidden', async () => {
  const rule = { object: 'Case', when: "Priority = 'High' AND Subject = null", message: 'Say what it is about.' };
  await org({ rules: [rule], hidden: ['Case.Priority'] });
  expect((await running.call('POST', '/sobjects/Case', {})).status).toBe(201);
  running.standIn.setUp({ rules: [{ ...rule, field: 'Subject' }] });
  expect(await running.call('POST', '/sobjects/Case', { Priority: 'High' })).toMatchObject({
    status: 400,
    body: [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: rule.message, fields: ['Subject'] }],
  });
});

describe('a record that is not shared', () => {
  test('is there for nobody who asks, and is back when it is', async () => {
    await org({});
    const account = await create('Account', { Name: 'Secret' });
    const id = await create('Case', { Subject: 'Seen', AccountId: account });
    running.clock.advance(60_000);
    const soql = async (text: string) => (await running.query(text)).body.records;
    running.standIn.setUp({ unshared: [{ object: 'Account', when: "Name = 'Secret'" }] });
    expect(await soql('SELECT Id FROM Account')).toEqual([]);
    expect(await soql('SELECT AccountId, Account.Name FROM Case')).toMatchObject([
      { AccountId: account, Account: null },
    ]);
    expect(codeOf(await running.call('GET', `/sobjects/Account/${account}`))).toBe('NOT_FOUND');
    expect(codeOf(await running.call('PATCH', `/sobjects/Account/${account}`, { Name: 'x' }))).toBe('NOT_FOUND');
    expect((await running.call('GET', `/sobjects/Case/${id}/Account`)).status).toBe(404);
    const records = [{ attributes: { type: 'Account' }, Id: account, Name: 'x' }];
    expect((await running.call('PATCH', '/composite/sobjects', { records })).body).toMatchObject([
      { success: false, errors: [{ statusCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY' }] },
    ]);
    const ask = { ids: [account], fields: ['Name'] };
    expect((await running.call('POST', '/composite/sobjects/Account', ask)).body).toEqual([null]);
    const words = { q: 'secret', sobjects: [{ name: 'Account', fields: ['Id'] }] };
    expect((await running.call('POST', '/parameterizedSearch', words)).body.searchRecords).toEqual([]);
    running.standIn.setUp({});
    expect(await soql('SELECT Account.Name FROM Case')).toMatchObject([{ Account: { Name: 'Secret' } }]);
  });
});

test('with the day’s calls spent everything is refused until more are bought', async () => {
  await org({ dailyCalls: 2 });
  const answers = [];
  for (let n = 0; n < 3; n++) answers.push(await running.query('SELECT Id FROM Case'));
  expect(answers.map(answer => answer.status)).toEqual([200, 200, 403]);
  expect(answers[1]?.headers.get('sforce-limit-info')).toBe('api-usage=2/2');
  expect(codeOf(answers[2]!)).toBe('REQUEST_LIMIT_EXCEEDED');
  running.standIn.setUp({});
  expect((await running.query('SELECT Id FROM Case')).status).toBe(200);
});

test.each([
  [{ hidden: ['Case.Nonsense'] }, 'There is no field `Case.Nonsense`.'],
  [{ readOnly: ['Case.Status'] }, '`Case.Status` cannot be taken away'],
  [{ recordTypes: [{ object: 'Caze', name: 'x' }] }, 'There is no object `Caze`'],
  [{ unshared: [{ object: 'Case', when: 'Nope = 1' }] }, "No such column 'Nope'"],
  [
    { recordTypes: [{ object: 'Case', name: 'x', values: { Status: ['Odd'] } }] },
    'offers `Odd`, which `Case.Status` does not have',
  ],
  [{ rules: [{ object: 'Case', when: 'Colour = 1', message: 'x' }] }, "No such column 'Colour'"],
])('%j does not fit the org, and changes nothing', async (conditions, sentence) => {
  await org({});
  expect(() => running.standIn.setUp(conditions)).toThrow(sentence);
  expect((await running.call('POST', '/sobjects/Case', { Status: 'New' })).status).toBe(201);
});

test('the recycle bin is emptied after fifteen days', async () => {
  await org({});
  const id = await create('Case', { Subject: 'old' });
  await running.call('DELETE', `/sobjects/Case/${id}`);
  const left = async () =>
    (await running.call('GET', `/queryAll?q=${encodeURIComponent('SELECT Id FROM Case')}`)).body.totalSize;
  running.clock.advance(14 * 86_400_000);
  expect(await left()).toBe(1);
  running.clock.advance(2 * 86_400_000);
  expect(await left()).toBe(0);
  expect(codeOf(await running.call('GET', `/sobjects/Case/${id}`))).toBe('NOT_FOUND');
});

test('an address or a head that is too long never reaches the org', async () => {
  await org({});
  const long = await running.query(`SELECT Id FROM Case WHERE Subject != '${'x'.repeat(16_400)}'`);
  expect([long.status, long.body]).toEqual([414, '<h1>Bad Message 414</h1><pre>reason: URI Too Long</pre>']);
  const head = await running.call('GET', '/sobjects', undefined, { 'X-Long': 'x'.repeat(16_400) });
  expect(head.status).toBe(431);
  const inside = await running.call('POST', '/composite', {
    compositeRequest: [
      {
        method: 'GET',
        url: `/services/data/v67.0/query?q=${encodeURIComponent(`SELECT Id FROM Case WHERE Subject != '${'x'.repeat(16_400)}'`)}`,
        referenceId: 'long',
      },
    ],
  });
  expect(inside.body.compositeResponse[0].httpStatusCode).toBe(200);
});

test('XML is not modelled, and says so', async () => {
  await org({});
  expect(await running.call('GET', '/limits', undefined, { Accept: 'application/xml' })).toMatchObject({
    status: 501,
    body: [{ errorCode: 'NOT_MODELLED_HERE' }],
  });
});
