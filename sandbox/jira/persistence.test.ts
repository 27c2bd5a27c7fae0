import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { createJira } from './index.ts';
import { adf, contractOfThisFile, type TestJira } from './test-kit.ts';

const makeJira = contractOfThisFile();
const folder = mkdtempSync(join(tmpdir(), 'jira-'));
afterAll(() => rmSync(folder, { recursive: true }));

const declaredProperties = [{ key: 'k', path: 'a', type: 'string' }] as const;

/** Everything that a person could see of the site. */
async function everything(jira: TestJira): Promise<unknown> {
  const { issues } = (await jira.call('admin', 'GET', '/search/jql?jql=project%20in%20(SUP,OPS)')).body;
  return Promise.all(
    issues.map(async ({ id }: { id: string }) => [
      (await jira.call('admin', 'GET', `/issue/${id}?expand=changelog&properties=*all`)).body,
      (await jira.call('admin', 'GET', `/issue/${id}/remotelink`)).body,
    ]),
  );
}

describe('with a data file', () => {
  it('a site is after a restart what it was before, and goes on counting', async () => {
    const dataFile = join(folder, 'a.sqlite');
    const first = makeJira({ dataFile, empty: false, declaredProperties });
    const { id } = await first.create({ description: adf('Kept'), customfield_10045: { value: 'Gold' } });
    await first.call('app', 'PUT', `/issue/${id}/properties/k`, { a: 'x' });
    await first.call('agent', 'POST', `/issue/${id}/transitions`, { transition: { id: '41' } });
    await first.call('agent', 'POST', `/issue/${id}/comment`, { body: adf('Done') });
    await first.call('agent', 'POST', `/issue/${id}/remotelink`, { object: { url: 'https://x.example', title: 'X' } });
    const form = new FormData();
    form.append('file', new File([new Uint8Array([0, 255, 7])], 'a.bin'));
    const upload = { method: 'POST', body: form, headers: { 'X-Atlassian-Token': 'no-check' } };
    await first.fetch(new Request(`https://x/rest/api/3/issue/${id}/attachments`, upload), { kind: 'app' });
    await first.call('admin', 'DELETE', '/issue/OPS-1');
    const before = await everything(first);
    first.close();

    const second = makeJira({ dataFile, empty: false, declaredProperties });
    expect(await everything(second)).toEqual(before);
    expect(before).toHaveLength(12);
    const found = await second.call('app', 'POST', '/search/jql', { jql: 'issue.property[k].a = x' });
    expect(found.body.issues).toEqual([{ id }]);
    const bytes = await second.fetch(new Request('https://x/rest/api/3/attachment/content/10001?redirect=false'), {
      kind: 'app',
    });
    expect(new Uint8Array(await bytes.arrayBuffer())).toEqual(new Uint8Array([0, 255, 7]));
    expect(Number((await second.create()).id)).toBe(Number(id) + 1);
    second.reset();
    second.close();

    const third = makeJira({ dataFile, empty: true });
    expect(await everything(third)).toHaveLength(12);
    third.close();
  });

  it('refuses a file of another version and says what to do', () => {
    const dataFile = join(folder, 'b.sqlite');
    const database = new DatabaseSync(dataFile);
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(() => createJira({ clock: { now: () => 0 }, dataFile })).toThrow(/another version.*remove it/);
  });
});
