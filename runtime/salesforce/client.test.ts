import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SalesforceChange } from '../ports.ts';
import { composite, date, failing, type Sub, salesforce, soqlOf, subsOf } from './fake-client.ts';
import type { FakeAnswer } from './fake-fetch.ts';

describe('queries', () => {
  it('travel five to a call, and every page of every one arrives in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 }), { maxLength: 12 }),
        async sizes => {
          // sizes[i] are the sizes of query i's pages; page p of query i is /services/data/i-p.
          const rows = (query: number, page: number) =>
            Array.from({ length: sizes[query]![page]! }, (_, n) => ({ Id: `${query}-${page}-${n}` }));
          const { client, calls } = salesforce(asked =>
            composite(
              subsOf(asked).map(sub => {
                const first = soqlOf(sub);
                const [query, page] =
                  first === null ? sub.url.split('/').at(-1)!.split('-').map(Number) : [Number(first), 0];
                const more = page! + 1 < sizes[query!]!.length;
                return {
                  records: rows(query!, page!),
                  done: !more,
                  ...(more ? { nextRecordsUrl: `/services/data/${query}-${page! + 1}` } : {}),
                };
              }),
            ),
          );
          const { answers } = await client.query(sizes.map((_, query) => ({ soql: String(query) })));
          expect(answers.map(answer => answer.rows)).toEqual(
            sizes.map((pages, query) => pages.flatMap((_, page) => rows(query, page))),
          );
          expect(calls.every(call => subsOf(call).length <= 5)).toBe(true);
          const rounds = Array.from(
            { length: Math.max(0, ...sizes.map(pages => pages.length)) },
            (_, page) => sizes.filter(pages => pages.length > page).length,
          );
          expect(calls).toHaveLength(rounds.reduce((sum, open) => sum + Math.ceil(open / 5), 0));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('that are paged give one page and where the next one is; a place that is gone is told with its query', async () => {
    const { client, calls } = salesforce(asked =>
      composite(
        subsOf(asked).map(sub =>
          soqlOf(sub) === null
            ? { records: [{ Id: 'second' }], done: true }
            : { records: [{ Id: 'first' }], done: false, nextRecordsUrl: '/services/data/v67.0/query/01g-2000' },
        ),
      ),
    );
    const first = await client.query([{ soql: 'a', paged: true }, { soql: 'b' }]);
    const locator = '/services/data/v67.0/query/01g-2000';
    expect(first.answers).toEqual([
      { rows: [{ Id: 'first' }], rest: { locator } },
      { rows: [{ Id: 'first' }, { Id: 'second' }] },
    ]);
    expect((await client.query([{ locator }])).answers).toEqual([{ rows: [{ Id: 'second' }] }]);
    expect(calls.map(call => subsOf(call).length)).toEqual([2, 1, 1]);

    const refused = salesforce(asked => {
      const body = [{ errorCode: 'INVALID_QUERY_LOCATOR', message: 'invalid query locator' }];
      const compositeResponse = subsOf(asked).map(() => ({ httpStatusCode: 400, body }));
      return { json: { compositeResponse }, headers: { date } };
    });
    const [gone] = (await refused.client.query([{ locator }])).answers;
    expect(gone).toMatchObject({ rows: [], failure: { kind: 'refused', code: 'INVALID_QUERY_LOCATOR' } });
  });

  it('tell the server’s time, ask for deleted rows by queryAll, and keep any text whole', async () => {
    const { client, calls } = salesforce(() =>
      composite([
        { records: [], done: true },
        { records: [], done: true },
      ]),
    );
    const soql = "SELECT Id FROM Case WHERE Subject = 'a+b & c=d ü'";
    const answer = await client.query([{ soql, all: true }, { soql }]);
    expect(answer.serverTime).toBe(Date.parse(date));
    const [all, live] = subsOf(calls[0]!);
    expect(all!.url).toContain('/queryAll?q=');
    expect(live!.url).toContain('/query?q=');
    expect([soqlOf(all!), soqlOf(live!)]).toEqual([soql, soql]);
  });
});

describe('refusals', () => {
  it.each([
    [
      { status: 403, json: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }] },
      'limited',
      'REQUEST_LIMIT_EXCEEDED',
    ],
    [{ status: 503, text: '<html>down</html>' }, 'unavailable', '503'],
    [
      { status: 500, json: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'ErrorId 1' }] },
      'unavailable',
      'UNKNOWN_EXCEPTION',
    ],
    [{ status: 200, text: '<html>maintenance</html>' }, 'unavailable', 'NOT_JSON'],
    [{ error: new Error('reset') }, 'unavailable', 'NO_ANSWER'],
    [
      { status: 403, json: [{ errorCode: 'API_DISABLED_FOR_ORG', message: 'x' }] },
      'unauthorized',
      'API_DISABLED_FOR_ORG',
    ],
  ] as const)('of a query: %o', async (answer, kind, code) => {
    const { client } = salesforce(() => answer);
    expect(await failing(() => client.query([{ soql: 'x' }]))).toMatchObject({ system: 'salesforce', kind, code });
  });

  it('of a query that got no answer do not speak of a change', async () => {
    const { client } = salesforce(() => ({ error: new Error('reset') }));
    const { message } = await failing(() => client.query([{ soql: 'x' }]));
    expect(message).toBe('Salesforce could not be reached. It will be tried again.');
  });

  it.each([
    [
      "\ner, Contact.Email, Priority, Status\n                    ^\nERROR at Row:1:Column:130\nNo such column 'Priority' on entity 'Case'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
      'Case has no field Priority, or the Run As user may not see it.',
    ],
    [
      "\nSELECT Id FROM Nope\n               ^\nERROR at Row:1:Column:16\nsObject type 'Nope' is not supported.",
      "sObject type 'Nope' is not supported.",
    ],
  ])('of a query say why, without the piece of it that Salesforce repeats: %j', async (message, says) => {
    const { client } = salesforce(() => ({ status: 400, json: [{ errorCode: 'INVALID_FIELD', message }] }));
    expect(await failing(() => client.query([{ soql: 'x' }]))).toMatchObject({ message: says });
  });

  it('of one query in a composite call name the reason', async () => {
    const { client } = salesforce(() => ({
      json: {
        compositeResponse: [
          { httpStatusCode: 400, body: [{ errorCode: 'INVALID_FIELD', message: "No such column 'Foo__c'" }] },
        ],
      },
    }));
    expect(await failing(() => client.query([{ soql: 'x' }]))).toMatchObject({
      kind: 'refused',
      code: 'INVALID_FIELD',
    });
  });
});

describe('updates', () => {
  const change = (n: number, object = 'Case'): SalesforceChange => ({
    object,
    id: `500${n}`,
    fields: { Subject: `s${n}` },
  });
  type Rows = { records: { id: string; attributes: { type: string } }[]; allOrNone: boolean };

  it('travel two hundred to a call, object by object, each outcome beside its change', async () => {
    const { client, calls } = salesforce(asked => ({
      json: (JSON.parse(asked.body!) as Rows).records.map(({ id }) =>
        id.endsWith('7')
          ? {
              id,
              success: false,
              errors: [{ statusCode: 'STRING_TOO_LONG', message: 'Subject: too large', fields: ['Subject'] }],
            }
          : { id, success: true, errors: [] },
      ),
    }));
    const changes = Array.from({ length: 450 }, (_, n) => change(n, n % 3 === 0 ? 'Account' : 'Case'));
    const outcomes = await client.change(changes);
    expect(outcomes.map(outcome => outcome.ok)).toEqual(changes.map(({ id }) => !id.endsWith('7')));
    expect(outcomes[7]).toMatchObject({ failure: { kind: 'refused', code: 'STRING_TOO_LONG', fields: ['Subject'] } });
    const bodies = calls.map(call => JSON.parse(call.body!) as Rows);
    expect(calls.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual(
      Array(3).fill('PATCH /services/data/v67.0/composite/sobjects'),
    );
    expect(
      bodies.every(
        ({ records, allOrNone }) =>
          records.length <= 200 && !allOrNone && new Set(records.map(row => row.attributes.type)).size === 1,
      ),
    ).toBe(true);
  });

  it.each([
    [{ error: new Error('timeout') }, 'unknown'],
    [{ status: 500, text: '<html>' }, 'unknown'],
    [{ status: 200, text: '<html>' }, 'unknown'],
    [{ error: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) }, 'unavailable'],
    [{ status: 503, text: '' }, 'unavailable'],
  ] as const)('whose answer never came are told apart from those never made: %o', async (answer, kind) => {
    const { client } = salesforce(() => answer);
    expect(await client.change([change(1), change(2)])).toMatchObject([
      { ok: false, failure: { kind } },
      { ok: false, failure: { kind } },
    ]);
  });

  it('come with the rows as they were just before and as they are after, in one call that assigns nothing', async () => {
    const soql = "SELECT Id, Subject FROM Case WHERE Id IN ('5001', '5002')";
    const rows = (Subject: string) => ({ done: true, records: [{ Id: '5001', Subject }] });
    const saved = [
      { id: '5001', success: true, errors: [] },
      { success: false, errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW', message: 'm', fields: [] }] },
    ];
    const { client, calls } = salesforce(() => composite([rows('old'), saved, rows('s1')]));
    expect(await client.update([change(1), change(2)], soql)).toMatchObject({
      outcomes: [{ ok: true }, { ok: false, failure: { kind: 'busy' } }],
      before: [{ Subject: 'old' }],
      after: [{ Subject: 's1' }],
    });
    expect(calls).toHaveLength(1);
    const [before, write, after] = (JSON.parse(calls[0]!.body!) as { compositeRequest: Record<string, unknown>[] })
      .compositeRequest;
    expect([before, after].map(one => soqlOf(one as unknown as Sub))).toEqual([soql, soql]);
    expect(write).toMatchObject({
      method: 'PATCH',
      url: '/services/data/v67.0/composite/sobjects',
      httpHeaders: { 'sforce-auto-assign': 'FALSE' },
      body: { allOrNone: false, records: [{ id: '5001', Subject: 's1' }, { id: '5002' }] },
    });
  });

  it.each([
    [{ error: new Error('timeout') }, 'unknown'],
    [{ status: 500, text: '<html>' }, 'unknown'],
    [{ status: 200, text: '<html>' }, 'unknown'],
    [{ status: 200, json: { compositeResponse: [] } }, 'unknown'],
    [{ error: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) }, 'unavailable'],
    [{ status: 503, text: '' }, 'unavailable'],
  ] as const)('with rows, too, are told apart from those never made: %o', async (answer, kind) => {
    const { client } = salesforce(() => answer);
    expect(await failing(() => client.update([change(1)], 'SELECT Id FROM Case'))).toMatchObject({ kind });
  });

  it.each([
    ['UNABLE_TO_LOCK_ROW', 'busy'],
    ['ENTITY_IS_DELETED', 'gone'],
    ['INSUFFICIENT_ACCESS_OR_READONLY', 'forbidden'],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'refused'],
  ])('refused with %s are %s', async (statusCode, kind) => {
    const { client } = salesforce(() => ({
      json: [{ success: false, errors: [{ statusCode, message: 'm', fields: [] }] }],
    }));
    expect(await client.change([change(1)])).toMatchObject([{ ok: false, failure: { kind, code: statusCode } }]);
  });
});

it('knows the org’s calls of the day from every answer, and how long a refusal asks to wait', async () => {
  const answers: readonly FakeAnswer[] = [
    {
      json: { name: 'Case' },
      headers: { 'sforce-limit-info': 'api-usage=18/15000; per-app-api-usage=17/250(appName=x)' },
    },
    { json: { name: 'Case' } },
    { status: 503, text: '<html>', headers: { 'retry-after': '30', 'sforce-limit-info': 'api-usage=14999/15000' } },
  ];
  const { client } = salesforce((_, index) => answers[index]!);
  expect(client.allowance).toBeUndefined();
  await client.describe('Case');
  await client.describe('Case');
  expect(client.allowance).toEqual({ left: 14_982, of: 15_000 });
  expect(await failing(() => client.describe('Case'))).toMatchObject({ kind: 'unavailable', retryAfterMs: 30_000 });
  expect(client.allowance).toEqual({ left: 1, of: 15_000 });
});

it('C-1 follows a redirect only to Salesforce, and never with a change in hand', async () => {
  const evil = salesforce(() => ({ status: 302, headers: { location: 'https://evil.example/x' } }));
  expect(await failing(() => evil.client.describe('Case'))).toMatchObject({ code: 'HOST_REFUSED' });
  expect(evil.calls).toHaveLength(1);
  const moved = salesforce((asked, index) =>
    index === 0
      ? { status: 301, headers: { location: `https://new.my.salesforce.com${new URL(asked.url).pathname}` } }
      : { json: { name: 'Case' } },
  );
  expect(await moved.client.describe('Case')).toEqual({ name: 'Case' });
  const change = salesforce(() => ({ status: 307, headers: { location: 'https://new.my.salesforce.com/x' } }));
  expect(await change.client.change([{ object: 'Case', id: '5', fields: {} }])).toMatchObject([
    { ok: false, failure: { code: 'REDIRECTED' } },
  ]);
});
