/** Both stand-ins from outside, as any client sees them: for filling them and for changing what they hold. */
import type { createJira } from '../sandbox/jira/index.ts';
import type { createSalesforce } from '../sandbox/salesforce/index.ts';

export type Send = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;

/** Signs in once; throws what is refused. */
export async function salesforceClient({ fetch, client }: ReturnType<typeof createSalesforce>): Promise<Send> {
  const form = { grant_type: 'client_credentials', client_id: client.id, client_secret: client.secret };
  const login = new Request('https://x/services/oauth2/token', { method: 'POST', body: new URLSearchParams(form) });
  const { access_token } = (await (await fetch(login)).json()) as { access_token: string };
  return async (method, path, body) => {
    const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    return answered(method, path, await fetch(new Request(`https://x/services/data/v67.0${path}`, init)));
  };
}

/** As the demo site's admin. */
export function jiraClient(jira: ReturnType<typeof createJira>): Send {
  const { accountId } = jira.users.find(user => user.role === 'admin')!;
  return async (method, path, body) => {
    const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const request = new Request(`https://x/rest/api/3${path}`, init);
    return answered(method, path, await jira.fetch(request, { kind: 'user', accountId }));
  };
}

async function answered(method: string, path: string, response: Response): Promise<Record<string, unknown>> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
  return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
}

/** Salesforce takes 200 records a call. */
export async function inCollections(
  send: Send,
  method: 'POST' | 'PATCH',
  records: readonly object[],
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let at = 0; at < records.length; at += 200) {
    const body = { allOrNone: true, records: records.slice(at, at + 200) };
    const saved = (await send(method, '/composite/sobjects', body)) as unknown as readonly { readonly id: string }[];
    ids.push(...saved.map(({ id }) => id));
  }
  return ids;
}

/** Jira takes 50 issues a call. */
export async function issuesInBulk(
  send: Send,
  issues: readonly object[],
): Promise<readonly { readonly id: string; readonly key: string }[]> {
  const made: { readonly id: string; readonly key: string }[] = [];
  for (let at = 0; at < issues.length; at += 50) {
    const { issues: some } = await send('POST', '/issue/bulk', { issueUpdates: issues.slice(at, at + 50) });
    made.push(...(some as typeof made));
  }
  return made;
}
