/** The doors that people use: Jira as some user, Salesforce with a session of its own. */
import type { World } from '../../sandbox/world.ts';
import type { RecordFacts } from './relations.ts';

export interface Doors {
  /** By role: `admin`, `agent`, `viewer`, `outsider`. */
  account(role: string): string;
  jiraAs<T>(role: string, method: string, path: string, body?: unknown): Promise<T>;
  salesforce<T>(method: string, path: string, body?: unknown): Promise<T>;
  create(object: string, fields: object): Promise<string>;
  query<T>(soql: string): Promise<readonly T[]>;
  record(id: string): Promise<RecordFacts | undefined>;
  /** By id, those that are there. */
  records(ids: readonly string[]): Promise<ReadonlyMap<string, RecordFacts>>;
  issues(): Promise<readonly { readonly id: string; readonly key: string }[]>;
  /** What an issue that the bridge made says of itself. */
  markerOf(issue: string): Promise<{ readonly item: string; readonly record: string } | undefined>;
}

const api = '/services/data/v67.0';
const fieldsOfCase =
  'Id, CaseNumber, CreatedDate, Subject, Description, Priority, Origin, Status, SuppliedName, Resolution_Notes__c, Account.Name, Account.Rating, Account.Type';

export function openDoors(world: World): Doors {
  let token: string | undefined;
  const account = (role: string) => world.users.find(user => user.role === role)!.accountId;

  async function jiraAs<T>(role: string, method: string, path: string, body?: unknown): Promise<T> {
    const form = body instanceof FormData;
    const request = new Request(`https://sandbox.atlassian.net/rest/api/3${path}`, {
      method,
      headers: form ? { 'x-atlassian-token': 'no-check' } : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
    const response = await world.jira.fetch(request, { kind: 'user', accountId: account(role) });
    return answered<T>(`${method} ${path}`, response);
  }

  async function salesforce<T>(method: string, path: string, body?: unknown, again = true): Promise<T> {
    token ??= await signIn();
    const response = await world.salesforce.fetch(
      new Request(`https://sandbox.my.salesforce.com${api}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    if (response.status === 401 && again) {
      token = undefined;
      return salesforce(method, path, body, false);
    }
    return answered<T>(`${method} ${path}`, response);
  }

  async function signIn(): Promise<string> {
    const { id, secret } = world.client;
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
    const url = 'https://sandbox.my.salesforce.com/services/oauth2/token';
    const answer = await world.salesforce.fetch(new Request(url, { method: 'POST', body }));
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  const query = async <T>(soql: string) =>
    (await salesforce<{ records: T[] }>('GET', `/query?q=${encodeURIComponent(soql)}`)).records;

  async function records(ids: readonly string[]): Promise<ReadonlyMap<string, RecordFacts>> {
    if (ids.length === 0) return new Map();
    const list = ids.map(id => `'${id}'`).join(', ');
    const found = await query<RecordFacts & { Id: string }>(`SELECT ${fieldsOfCase} FROM Case WHERE Id IN (${list})`);
    return new Map(found.map(one => [one.Id, one]));
  }

  return {
    account,
    jiraAs,
    salesforce,
    query,
    create: async (object, fields) => (await salesforce<{ id: string }>('POST', `/sobjects/${object}`, fields)).id,
    records,
    record: async id => (await records([id])).get(id),
    markerOf: issue =>
      jiraAs<{ value?: { item: string; record: string } }>(
        'admin',
        'GET',
        `/issue/${issue}/properties/salesforce-bridge`,
      ).then(
        ({ value }) => value,
        () => undefined,
      ),
    issues: async () =>
      (
        await jiraAs<{ issues: { id: string; key: string }[] }>('admin', 'POST', '/search/jql', {
          jql: 'project = SUP ORDER BY created ASC',
          fields: ['summary'],
          maxResults: 100,
        })
      ).issues,
  };
}

async function answered<T>(what: string, response: Response): Promise<T> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${what}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
