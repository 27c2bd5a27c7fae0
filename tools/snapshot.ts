/**
 * Writes `examples/metadata.lock.json`: what `bridge pull --all` reads from the sandbox's org and site.
 * Run it after a change of the demo world; a test says when it is due.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { memoryHost } from '../compiler/cli/kit/memory-host.ts';
import { run } from '../compiler/cli/main.ts';
import { createJira, type JiraOptions } from '../sandbox/jira/index.ts';
import { createSalesforce, type SalesforceOptions } from '../sandbox/salesforce/index.ts';

export const snapshotFile = fileURLToPath(new URL('../examples/metadata.lock.json', import.meta.url));

const salesforceUrl = 'https://sandbox.my.salesforce.com';
const jiraUrl = 'https://sandbox.atlassian.net';

/** Of the demo world, or of another one. */
export async function demoSnapshot(
  own: Pick<SalesforceOptions, 'catalogue'> & Pick<JiraOptions, 'site'> = {},
): Promise<string> {
  // Any moment will do: nothing of the metadata depends on it.
  const clock = { now: () => Date.UTC(2026, 0, 5) };
  const salesforce = createSalesforce({
    clock,
    baseUrl: salesforceUrl,
    empty: true,
    ...(own.catalogue && { catalogue: own.catalogue }),
  });
  const jira = createJira({ clock, baseUrl: jiraUrl, empty: true, ...(own.site && { site: own.site }) });
  const admin = jira.users.find(user => user.role === 'admin');
  if (!admin) throw new Error('the demo site has no administrator');
  const host = memoryHost({
    env: { BRIDGE_SALESFORCE_CLIENT_SECRET: salesforce.client.secret, BRIDGE_JIRA_TOKEN: admin.token },
    fetch: request => (request.url.startsWith(jiraUrl) ? jira.fetch(request) : salesforce.fetch(request)),
  });
  const from = [
    '--salesforce',
    salesforceUrl,
    '--client-id',
    salesforce.client.id,
    '--jira',
    jiraUrl,
    '--email',
    admin.email,
  ];
  const status = await run(['pull', '--all', ...from, '--metadata', 'metadata.lock.json'], host);
  const text = host.disk.get('/desk/metadata.lock.json');
  if (status !== 0 || typeof text !== 'string') throw new Error(host.output.err);
  return text;
}

if (import.meta.main) {
  const text = await demoSnapshot();
  const stale = text !== readFileSync(snapshotFile, { encoding: 'utf8', flag: 'a+' });
  if (stale) writeFileSync(snapshotFile, text);
  console.log(stale ? 'examples/metadata.lock.json written' : 'examples/metadata.lock.json is up to date');
}
