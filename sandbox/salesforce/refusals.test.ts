/** What Salesforce refuses, over a socket: the token endpoint's errors, and each REST error with status, code and text. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Running, root, startOnSocket } from './testing.ts';

let running: Running;
const id = { account: '', case: '', contact: '', visit: '', deleted: '' };

const apps = [
  { id: 'good', secret: 'right' },
  {
    id: 'noUser',
    secret: 's',
    refuses: { error: 'invalid_grant', description: 'no client credentials user enabled' },
  },
  { id: 'noScope', secret: 's', withoutApi: true },
];

beforeAll(async () => {
  running = await startOnSocket({
    apps,
    rules: [
      {
        object: 'Case',
        when: "IsClosed = true AND Origin = 'Web' AND Resolution_Notes__c = null",
        message: 'Say how it was solved.',
        field: 'Resolution_Notes__c',
      },
    ],
  });
  const make = async (object: string, body: unknown): Promise<string> =>
    (await running.call('POST', `/sobjects/${object}`, body)).body.id;
  id.account = await make('Account', { Name: 'Held' });
  id.contact = await make('Contact', { LastName: 'Held', AccountId: id.account });
  id.case = await make('Case', { Subject: 'Held', AccountId: id.account, Origin: 'Web' });
  id.visit = await make('Site_Visit__c', { Purpose__c: 'x', External_Key__c: 'taken' });
  id.deleted = await make('Case', { Subject: 'Gone' });
  await running.call('DELETE', `/sobjects/Case/${id.deleted}`);
});
afterAll(() => running.stop());

describe('the token endpoint', () => {
  const good = { grant_type: 'client_credentials', client_id: 'good', client_secret: 'right' };
  const basic = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString('base64')}` });
  test.each([
    ['a wrong secret', { ...good, client_secret: 'wrong' }, {}, 'invalid_client', 'invalid client credentials'],
    ['an unknown key', { ...good, client_id: 'other' }, {}, 'invalid_client_id', 'client identifier invalid'],
    ['another grant', { ...good, grant_type: 'magic' }, {}, 'unsupported_grant_type', 'grant type not supported'],
    ['no grant', {}, {}, 'invalid_request', 'missing required parameter: grant_type'],
    [
      'a JSON body',
      good,
      { 'Content-Type': 'application/json' },
      'invalid_request',
      'missing required parameter: grant_type',
    ],
    [
      'an app without a Run As user',
      { ...good, client_id: 'noUser', client_secret: 's' },
      {},
      'invalid_grant',
      'no client credentials user enabled',
    ],
    [
      'Basic with a wrong secret',
      { grant_type: 'client_credentials' },
      basic('good:wrong'),
      'invalid_client',
      'invalid client credentials',
    ],
  ])('C-1 refuses %s', async (_, form, headers, error, description) => {
    const reply = await running.token(form, headers as Record<string, string>);
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({ error, error_description: description });
  });

  test('C-1 takes the credentials by form and by Basic, and answers texts', async () => {
    for (const reply of [
      await running.token(good),
      await running.token({ grant_type: 'client_credentials' }, basic('good:right')),
    ]) {
      expect(reply.status).toBe(200);
      expect(reply.body).toMatchObject({
        instance_url: running.url,
        token_type: 'Bearer',
        scope: 'api',
        issued_at: String(running.clock.now()),
      });
      expect(reply.body.access_token).toMatch(/^00D\w{12}!\S+$/);
      expect(reply.body.id).toBe(`${running.url}/id/${running.standIn.orgId}/${running.standIn.integrationUserId}`);
      expect(reply.body).not.toHaveProperty('refresh_token');
    }
  });

  test('C-1 another host answers under its own name, and login hosts refuse the flow', async () => {
    const ask = async (host: string) =>
      (
        await running.standIn.fetch(
          new Request(`https://${host}/services/oauth2/token`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
            body: new URLSearchParams(good),
          }),
        )
      ).json();
    expect(await ask('sandbox.my.salesforce.com')).toMatchObject({ instance_url: 'https://sandbox.my.salesforce.com' });
    expect(await ask('login.salesforce.com')).toEqual({
      error: 'invalid_grant',
      error_description: 'request not supported on this domain',
    });
  });

  test('a token ages two hours after its last use, and no scope is no API', async () => {
    const own = await startOnSocket({ apps, empty: true });
    const ask = (token: string) => own.call('GET', '/limits', undefined, { Authorization: `Bearer ${token}` });
    const token = (await own.token(good)).body.access_token;
    own.clock.advance(110 * 60_000);
    expect((await ask(token)).status).toBe(200);
    own.clock.advance(110 * 60_000);
    expect((await ask(token)).status).toBe(200);
    own.clock.advance(121 * 60_000);
    const expired = await ask(token);
    expect([expired.status, expired.body]).toEqual([
      401,
      [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
    ]);
    const scoped = (await own.token({ ...good, client_id: 'noScope', client_secret: 's' })).body.access_token;
    expect(await ask(scoped)).toMatchObject({ status: 403, body: [{ errorCode: 'INVALID_SESSION_ID' }] });
    await own.stop();
  });
});

const long = 'x'.repeat(256);

/** Method, path, body, status, code, text. */
const refusals: readonly (readonly [
  string,
  () => readonly [string, string, unknown?, Record<string, string>?],
  number,
  string,
  string | RegExp,
])[] = [
  [
    'required fields',
    () => ['POST', '/sobjects/Lead', {}],
    400,
    'REQUIRED_FIELD_MISSING',
    'Required fields are missing: [LastName, Company]',
  ],
  [
    'emptying a required field',
    () => ['PATCH', `/sobjects/Account/${id.account}`, { Name: '' }],
    400,
    'REQUIRED_FIELD_MISSING',
    'Required fields are missing: [Name]',
  ],
  [
    'an unknown field',
    () => ['POST', '/sobjects/Case', { Foo__c: 1 }],
    400,
    'INVALID_FIELD',
    "No such column 'Foo__c' on sobject of type Case",
  ],
  [
    'a read-only field',
    () => ['POST', '/sobjects/Case', { IsClosed: true, CaseNumber: '1' }],
    400,
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    /^Unable to create\/update fields: IsClosed, CaseNumber\. Please check the security settings/,
  ],
  [
    'a field that only creating sets',
    () => ['PATCH', `/sobjects/Task/${id.case}`, {}],
    404,
    'NOT_FOUND',
    'The requested resource does not exist',
  ],
  [
    'too long a text',
    () => ['POST', '/sobjects/Case', { Subject: long }],
    400,
    'STRING_TOO_LONG',
    `Subject: data value too large: ${long} (max length=255)`,
  ],
  [
    'a comment longer in bytes than in characters',
    () => ['POST', '/sobjects/CaseComment', { ParentId: id.case, CommentBody: 'é'.repeat(2001) }],
    400,
    'STRING_TOO_LONG',
    /max length=4000/,
  ],
  [
    'a value outside a restricted picklist',
    () => ['POST', '/sobjects/Site_Visit__c', { Purpose__c: 'x', Stage__c: 'Lost' }],
    400,
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    'Stage: bad value for restricted picklist field: Lost',
  ],
  [
    'a dependent value of another controller',
    () => ['POST', '/sobjects/Site_Visit__c', { Purpose__c: 'x', Region__c: 'EMEA', Depot__c: 'Perth' }],
    400,
    'FIELD_INTEGRITY_EXCEPTION',
    /Depot: value not valid for the controlling field/,
  ],
  [
    'a malformed id',
    () => ['POST', '/sobjects/Case', { AccountId: 'abc' }],
    400,
    'MALFORMED_ID',
    'Account ID: id value of incorrect type: abc',
  ],
  [
    'an id of another object',
    () => ['POST', '/sobjects/Case', { AccountId: id.contact }],
    400,
    'FIELD_INTEGRITY_EXCEPTION',
    () => `Account ID: id value of incorrect type: ${id.contact}`,
  ] as never,
  [
    'an id that leads nowhere',
    () => ['POST', '/sobjects/Case', { AccountId: '001gL0000000zzz' }],
    400,
    'INVALID_CROSS_REFERENCE_KEY',
    'invalid cross reference id',
  ],
  [
    'a deleted parent',
    () => ['POST', '/sobjects/CaseComment', { ParentId: id.deleted, CommentBody: 'x' }],
    400,
    'ENTITY_IS_DELETED',
    'entity is deleted',
  ],
  [
    'no date',
    () => ['POST', '/sobjects/Opportunity', { Name: 'x', StageName: 'Prospecting', CloseDate: 'soon' }],
    400,
    'JSON_PARSER_ERROR',
    /^Cannot deserialize instance of date from VALUE_STRING value soon/,
  ],
  [
    'no number',
    () => ['POST', '/sobjects/Site_Visit__c', { Purpose__c: 'x', Hours__c: 'many' }],
    400,
    'JSON_PARSER_ERROR',
    /^Cannot deserialize instance of double/,
  ],
  [
    'a number that is too large',
    () => ['POST', '/sobjects/Site_Visit__c', { Purpose__c: 'x', Hours__c: 1000 }],
    400,
    'NUMBER_OUTSIDE_VALID_RANGE',
    'Hours: value outside of valid range on numeric field: 1000',
  ],
  [
    'an invalid e-mail address',
    () => ['POST', '/sobjects/Contact', { LastName: 'x', Email: 'nobody' }],
    400,
    'INVALID_EMAIL_ADDRESS',
    'Email: invalid email address: nobody',
  ],
  [
    'a duplicate of a unique field',
    () => ['POST', '/sobjects/Site_Visit__c', { Purpose__c: 'x', External_Key__c: 'TAKEN' }],
    400,
    'DUPLICATE_VALUE',
    /^duplicate value found: External_Key__c duplicates value on record with id: a00\w{12}$/,
  ],
  [
    'a validation rule',
    () => ['PATCH', `/sobjects/Case/${id.case}`, { Status: 'Closed' }],
    400,
    'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    'Say how it was solved.',
  ],
  [
    'an inactive owner',
    () => ['PATCH', `/sobjects/Case/${id.case}`, { OwnerId: '005gL0000000zzz' }],
    400,
    'INVALID_CROSS_REFERENCE_KEY',
    'invalid cross reference id',
  ],
  [
    'deleting what cases hold',
    () => ['DELETE', `/sobjects/Account/${id.account}`],
    400,
    'DELETE_FAILED',
    /^Your attempt to delete Held could not be completed because it is associated with the following cases\.: 0000\d{4}/,
  ],
  [
    'reading a deleted record',
    () => ['GET', `/sobjects/Case/${id.deleted}`],
    404,
    'ENTITY_IS_DELETED',
    'entity is deleted',
  ],
  ['an unknown object', () => ['GET', '/sobjects/Foo'], 404, 'NOT_FOUND', 'The requested resource does not exist'],
  [
    'an unknown external id field',
    () => ['PATCH', '/sobjects/Account/Namez/x', { Phone: '1' }],
    404,
    'NOT_FOUND',
    'Provided external ID field does not exist or is not accessible: Namez',
  ],
  [
    'an Id in the body',
    () => ['PATCH', `/sobjects/Case/${id.case}`, { Id: id.case }],
    400,
    'INVALID_FIELD',
    'The Id field should not be specified in the sobject data.',
  ],
  [
    'broken JSON',
    () => ['POST', '/sobjects/Case', '{nope'],
    400,
    'JSON_PARSER_ERROR',
    /^Unexpected character \('n' \(code 110\)\).* at \[line:1, column:2\]$/,
  ],
  [
    'another content type',
    () => ['POST', '/sobjects/Case', 'a,b', { 'Content-Type': 'text/csv' }],
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    /text\/csv/,
  ],
  [
    'another method',
    () => ['PUT', `/sobjects/Case/${id.case}`, {}],
    405,
    'METHOD_NOT_ALLOWED',
    /^HTTP Method 'PUT' not allowed\. Allowed are HEAD,GET,PATCH,DELETE$/,
  ],
  [
    'an older state',
    () => [
      'PATCH',
      `/sobjects/Case/${id.case}`,
      { Subject: 'y' },
      { 'If-Unmodified-Since': 'Wed, 21 Oct 2015 07:28:00 GMT' },
    ],
    412,
    'PRECONDITION_FAILED',
    /preconditions/,
  ],
  [
    'what is not built',
    () => ['GET', '/ui-api/record-ui'],
    501,
    'NOT_MODELLED_HERE',
    'This local Salesforce does not model the resource GET /ui-api/record-ui.',
  ],
  ...['/sobjects/Case/describe/layouts', '/sobjects/Case/listviews', '/recent', '/jobs/query', '/composite/graph'].map(
    path => {
      const method = path === '/composite/graph' ? 'POST' : 'GET';
      const text = `This local Salesforce does not model the resource ${method} ${path}.`;
      return [`what is not built: ${path}`, () => [method, path] as const, 501, 'NOT_MODELLED_HERE', text] as const;
    },
  ),
  [
    'a file that is not there',
    () => ['GET', '/sobjects/ContentVersion/068000000000000AAA/VersionData'],
    404,
    'NOT_FOUND',
    'The requested resource does not exist',
  ],
  ['a bad locator', () => ['GET', '/query/01gzzz-2000'], 400, 'INVALID_QUERY_LOCATOR', 'invalid query locator'],
  ['a retired version', () => ['GET', '/services/data/v20.0/limits'], 410, 'UNSUPPORTED_API_VERSION', /retired/],
];

test.each(refusals)('REST refuses %s', async (_, request, status, code, text) => {
  const [method, path, body, headers] = request();
  const reply = await running.call(method, path, body, headers);
  expect([reply.status, reply.body[0].errorCode]).toEqual([status, code]);
  const expected = typeof text === 'function' ? (text as () => string)() : text;
  if (typeof expected === 'string') expect(reply.body[0].message).toBe(expected);
  else expect(reply.body[0].message).toMatch(expected);
});

test('the daily allowance is counted in each answer, and its end is a 403', async () => {
  const small = await startOnSocket({ maxCalls: 2, empty: true });
  expect((await small.call('GET', '/limits')).headers.get('Sforce-Limit-Info')).toBe('api-usage=1/2');
  expect((await small.call('GET', '/limits')).body.DailyApiRequests).toEqual({ Max: 2, Remaining: 0 });
  expect(await small.call('GET', '/limits')).toMatchObject({
    status: 403,
    body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
  });
  await small.stop();
});

test('a describe that has not changed is 304, and versions need no token', async () => {
  const first = await running.call('GET', '/sobjects/Case/describe');
  const again = await running.call('GET', '/sobjects/Case/describe', undefined, {
    'If-Modified-Since': first.headers.get('Last-Modified') as string,
  });
  expect([again.status, again.body]).toEqual([304, '']);
  const versions = await running.call('GET', '/services/data', undefined, { Authorization: '' });
  expect(versions.body.at(-1)).toEqual({ label: "Summer '26", url: root, version: '67.0' });
});
