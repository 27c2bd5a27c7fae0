import { describe, expect, it } from 'vitest';
import { adf, contractOfThisFile, type Who } from './test-kit.ts';

const makeJira = contractOfThisFile();
const everybody: readonly Who[] = ['app', 'admin', 'agent', 'viewer', 'outsider'];

/** What is tried on a SUP issue, and the status for app, admin, agent, viewer, outsider. */
const table: readonly (readonly [string, string, string, unknown, readonly number[]])[] = [
  ['read', 'GET', '', undefined, [200, 200, 200, 200, 404]],
  ['edit', 'PUT', '', { fields: { summary: 'x' } }, [204, 204, 204, 403, 404]],
  ['delete', 'DELETE', '', undefined, [204, 204, 403, 403, 404]],
  ['assign', 'PUT', '/assignee', { accountId: null }, [204, 204, 204, 403, 404]],
  ['comment', 'POST', '/comment', { body: adf('x') }, [201, 201, 201, 403, 404]],
  ['move', 'POST', '/transitions', { transition: { id: '21' } }, [204, 204, 204, 400, 404]],
  ['set a property', 'PUT', '/properties/k', { a: 1 }, [201, 201, 201, 403, 404]],
  ['read a property', 'GET', '/properties/none', undefined, [404, 404, 404, 404, 404]],
  ['link', 'POST', '/remotelink', { object: { url: 'https://x.example', title: 'X' } }, [201, 201, 201, 403, 404]],
  ['see what may be edited', 'GET', '/editmeta', undefined, [200, 200, 200, 200, 404]],
];

describe('permissions', () => {
  it.each(table)('decide who may %s', async (_what, method, path, body, statuses) => {
    const seen: number[] = [];
    for (const who of everybody) {
      const jira = makeJira();
      const { key } = await jira.create();
      seen.push((await jira.call(who, method, `/issue/${key}${path}`, body)).status);
    }
    expect(seen).toEqual(statuses);
  });

  it('hide a project from who cannot browse it, everywhere', async () => {
    const jira = makeJira({ empty: false });
    const keys = (await jira.call('outsider', 'GET', '/project/search')).body.values.map(
      (item: { key: string }) => item.key,
    );
    expect(keys).toEqual(['OPS']);
    for (const path of ['/project/SUP', '/project/SUP/statuses', '/issue/createmeta/SUP/issuetypes', '/issue/SUP-1']) {
      expect([path, (await jira.call('outsider', 'GET', path)).status]).toEqual([path, 404]);
    }
    const bulk = await jira.call('outsider', 'POST', '/issue/bulkfetch', { issueIdsOrKeys: ['SUP-1', 'OPS-1'] });
    expect(bulk.body.issues.map((issue: { key: string }) => issue.key)).toEqual(['OPS-1']);
    const search = await jira.call('outsider', 'GET', '/search/jql?jql=created%20%3E%202000-01-01&fields=key');
    expect(search.body.issues.every((issue: { key: string }) => issue.key.startsWith('OPS'))).toBe(true);
    const jql = await jira.call('outsider', 'GET', '/search/jql?jql=project%20%3D%20SUP');
    expect(jql.body.errorMessages).toEqual(["The value 'SUP' does not exist for the field 'project'."]);
    const create = await jira.call('outsider', 'POST', '/issue', {
      fields: { project: { key: 'SUP' }, issuetype: { name: 'Task' }, summary: 'x' },
    });
    expect(create.body.errors).toEqual({ project: 'Specify a valid project ID or key' });
  });

  it('let a viewer neither create nor be assigned', async () => {
    const jira = makeJira();
    const fields = { project: { key: 'SUP' }, issuetype: { name: 'Task' }, summary: 'x' };
    expect((await jira.call('viewer', 'POST', '/issue', { fields })).status).toBe(403);
  });

  it('are taken everywhere where no project is named, and one project may have its own word', async () => {
    const jira = makeJira();
    const { key } = await jira.create();
    const edit = async () => (await jira.call('app', 'PUT', `/issue/${key}`, { fields: { summary: 'x' } })).status;
    jira.setPermission(jira.appAccountId, 'EDIT_ISSUES', false);
    expect(await edit()).toBe(403);
    jira.setPermission(jira.appAccountId, 'EDIT_ISSUES', true, 'SUP');
    expect(await edit()).toBe(204);
  });

  it('are told by mypermissions as they are enforced, also when taken from the app', async () => {
    const jira = makeJira();
    const ask = '/mypermissions?permissions=EDIT_ISSUES,ADMINISTER&projectKey=SUP';
    const held = async (who: Who) =>
      Object.values((await jira.call(who, 'GET', ask)).body.permissions).map(
        item => (item as { havePermission: boolean }).havePermission,
      );
    expect([await held('app'), await held('admin'), await held('viewer')]).toEqual([
      [true, false],
      [true, true],
      [false, false],
    ]);
    const { key } = await jira.create();
    jira.setPermission(jira.appAccountId, 'EDIT_ISSUES', false, 'SUP');
    expect(await held('app')).toEqual([false, false]);
    expect((await jira.call('app', 'PUT', `/issue/${key}`, { fields: { summary: 'x' } })).status).toBe(403);
    jira.reset();
    expect(await held('app')).toEqual([true, false]);
    expect((await jira.call('app', 'GET', '/mypermissions?permissions=FLY')).status).toBe(400);
    expect((await jira.call('app', 'GET', '/mypermissions')).status).toBe(400);
  });

  it('let people edit only their own comments', async () => {
    const jira = makeJira();
    const { key } = await jira.create();
    const { id } = (await jira.call('admin', 'POST', `/issue/${key}/comment`, { body: adf('Mine') })).body;
    expect((await jira.call('agent', 'PUT', `/issue/${key}/comment/${id}`, { body: adf('Yours') })).status).toBe(400);
    expect((await jira.call('app', 'PUT', `/issue/${key}/comment/${id}`, { body: adf('Ours') })).status).toBe(200);
  });
});

describe('limits on the app', () => {
  const quota = (headers: Headers) => [headers.get('X-RateLimit-Limit'), headers.get('X-RateLimit-Remaining')];

  it('count points by what an answer holds, and refuse everything until the hour is over', async () => {
    const jira = makeJira();
    const { key } = await jira.create();
    jira.setLimits({ hourlyPoints: 5 });
    expect(quota((await jira.call('app', 'GET', `/issue/${key}`)).headers)).toEqual(['5', '3']);
    expect(quota((await jira.call('app', 'PUT', `/issue/${key}`, { fields: { summary: 'x' } })).headers)).toEqual([
      '5',
      '2',
    ]);
    expect((await jira.call('app', 'GET', `/issue/${key}`)).headers.get('X-RateLimit-NearLimit')).toBe('true');
    const refused = await jira.call('app', 'GET', `/issue/${key}`);
    expect([refused.status, refused.headers.get('RateLimit-Reason'), refused.headers.get('Retry-After')]).toEqual([
      429,
      'jira-quota-global-based',
      '3600',
    ]);
    expect((await jira.call('agent', 'GET', `/issue/${key}`)).status).toBe(200);
    jira.advance(3_600_000);
    expect((await jira.call('app', 'GET', `/issue/${key}`)).status).toBe(200);
  });

  it('hold writes to one issue apart, when asked to', async () => {
    const jira = makeJira();
    const [a, b] = [await jira.create(), await jira.create()];
    jira.setLimits({ issueWrites: [{ count: 2, perMs: 2000 }] });
    const write = async (key: string) =>
      (await jira.call('app', 'PUT', `/issue/${key}`, { fields: { summary: 'x' } })).status;
    expect([await write(a.key), await write(a.key), await write(a.key), await write(b.key)]).toEqual([
      204, 204, 429, 204,
    ]);
    jira.advance(2000);
    expect(await write(a.key)).toBe(204);
  });
});
