/** C-4: a token is kept, renewed once when Salesforce ends it, and used for the org that it is of. */
import { describe, expect, it } from 'vitest';
import { createSalesforce } from './client.ts';
import { composite, failing, instanceUrl, now, salesforce, secrets } from './fake-client.ts';
import { fakeFetch } from './fake-fetch.ts';

describe('C-4 the session', () => {
  it('is taken from the secret store and asked for only when there is none', async () => {
    const kept = salesforce(() => composite([{ records: [], done: true }]), 't0');
    await kept.client.query([{ soql: 'x' }]);
    expect(kept.minted()).toBe(0);
    expect(kept.calls[0]!.headers.authorization).toBe('Bearer t0');
    const none = salesforce(() => composite([{ records: [], done: true }]), undefined);
    none.store.token = async () => undefined;
    await none.client.query([{ soql: 'x' }]);
    await none.client.query([{ soql: 'x' }]);
    expect(none.minted()).toBe(1);
  });

  it('is renewed once when Salesforce ends it, and the call is repeated', async () => {
    const { client, calls, store, minted } = salesforce(asked =>
      asked.headers.authorization === 'Bearer t0'
        ? { status: 401, json: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }] }
        : composite([{ records: [{ Id: '1' }], done: true }]),
    );
    // Side by side, as a cycle does.
    const both = await Promise.all([client.query([{ soql: 'x' }]), client.query([{ soql: 'y' }])]);
    expect(both.map(({ answers }) => answers[0]!.rows)).toEqual([[{ Id: '1' }], [{ Id: '1' }]]);
    expect(minted()).toBe(1);
    expect(store.saved).toEqual(['t1']);
    expect(calls).toHaveLength(4);
  });

  it.each([
    ['two hours', 120, 't1'],
    ['an hour and a half', 90, 't0'],
  ])('that is %s old goes by its age: what would be refused is not tried', async (_, minutes, used) => {
    const ok = composite([{ records: [], done: true }]);
    const { client, calls } = salesforce(() => ok, 't0', now - minutes * 60_000);
    await client.query([{ soql: 'x' }]);
    expect(calls.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${used}`]);
  });

  it('C-5 of another org is not used for a run that began with this one, which signs in anew', async () => {
    const { client, calls, store } = salesforce(() => composite([{ records: [], done: true }]));
    store.token = async () => ({ token: 'theirs', instanceUrl, orgId: '00D000000000002EAA' });
    client.bindTo('00D000000000001EAA');
    await client.query([{ soql: 'x' }]);
    expect(calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer t1']);
  });

  it.each([
    ['before its first call', 'theirs', 0],
    ['while it is under way', 't0', 1],
  ])('C-5 ends a run when another org is connected %s, and nothing is asked there', async (_, token, count) => {
    const { client, calls, store, minted } = salesforce(() => ({
      status: 401,
      json: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
    }));
    const connection = (await store.connection())!;
    const orgId = '00D000000000002EAA';
    store.connection = async () => ({ ...connection, orgId });
    store.token = async () => ({ token, instanceUrl, orgId: token === 'theirs' ? orgId : connection.orgId });
    client.bindTo(connection.orgId);
    expect(await failing(() => client.query([{ soql: 'x' }]))).toMatchObject({
      kind: 'unauthorized',
      code: 'ORG_CHANGED',
      message: expect.stringContaining('Another Salesforce org was connected meanwhile'),
    });
    expect([calls.length, minted()]).toEqual([count, 0]);
  });

  it('that is refused again is a failure, not a loop', async () => {
    const { client, calls } = salesforce(() => ({
      status: 401,
      json: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
    }));
    expect(await failing(() => client.query([{ soql: 'x' }]))).toMatchObject({
      kind: 'unauthorized',
      code: 'INVALID_SESSION_ID',
    });
    expect(calls).toHaveLength(2);
  });

  it.each([
    [{ text: '{"access_token":"t1","insta' }, 'unavailable', 'NOT_JSON'],
    [{ json: { access_token: 't1' } }, 'unauthorized', 'NO_TOKEN'],
    [{ status: 404, text: '<html>No such org</html>' }, 'unauthorized', '404'],
    [{ status: 301, headers: { location: 'https://new.my.salesforce.com/token' } }, 'unauthorized', 'REDIRECTED'],
  ] as const)('that cannot be renewed is no word on the call: %o', async (answer, kind, code) => {
    const ended = { status: 401, json: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }] };
    const { fetch } = fakeFetch(({ url }) => (url.endsWith('/token') ? answer : ended));
    const client = createSalesforce({ fetch, store: secrets('t0'), clock: { now: () => now } });
    expect(await failing(() => client.fileBytes('068000000000001AAA'))).toMatchObject({ kind, code });
  });
});
