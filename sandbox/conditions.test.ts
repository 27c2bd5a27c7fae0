/** What lasts until the next reset, and what in a real org takes a person: put by the control API, seen over sockets. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exampleProgram, type Outside, openOutside } from '../test/kit/outside.ts';

let outside: Outside;
beforeAll(async () => {
  outside = await openOutside({ empty: true });
});
afterAll(() => outside?.stop());
beforeEach(() => outside.control('POST', '/control/reset'));

const put = (conditions: unknown) => outside.control('PUT', '/control/conditions', conditions);
const advance = (by: string) => outside.control('POST', '/control/clock', { advance: by });
const newIssue = (summary: string) =>
  outside.jira<{ id: string; key: string }>('agent', 'POST', '/rest/api/3/issue', {
    fields: { project: { key: 'SUP' }, issuetype: { name: 'Task' }, summary },
  });
const create = async (object: string, fields: object) =>
  ((await outside.salesforce.sobject(object).create(fields as never)) as unknown as { id: string }).id;
const search = async (reconcileIssues: readonly number[] = []) => {
  const ask = { jql: 'project = SUP', fields: ['key'], reconcileIssues };
  const { issues } = await outside.jira<{ issues: { key: string }[] }>('agent', 'POST', '/rest/api/3/search/jql', ask);
  return issues.map(issue => issue.key);
};

describe('conditions', () => {
  it('let searches lag behind while reads by key never do', async () => {
    expect(await put({ jira: { searchDelay: '30s' } })).toEqual({ ok: true });
    const { id, key } = await newIssue('Late');
    expect(await search()).toEqual([]);
    expect(await search([Number(id)])).toEqual([key]);
    expect(await outside.jira('agent', 'GET', `/rest/api/3/issue/${key}?fields=summary`)).toMatchObject({ key });
    await advance('30s');
    expect(await search()).toEqual([key]);
  });

  it('take a permission, and give it back at the reset', async () => {
    const { key } = await newIssue('Mine');
    const edit = () => outside.jira('agent', 'PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'Changed' } });
    await put({
      jira: { permissions: [{ role: 'agent', permission: 'EDIT_ISSUES', allowed: false, project: 'SUP' }] },
    });
    await expect(edit()).rejects.toThrow(/403/);
    await put({});
    await expect(edit()).resolves.toBeUndefined();
  });

  it('hold writes to one issue and requests to one endpoint to their documented rates', async () => {
    const { key } = await newIssue('Hammered');
    const edit = (n: number) =>
      outside.jira('agent', 'PUT', `/rest/api/3/issue/${key}`, { fields: { summary: String(n) } });
    await put({ jira: { issueWrites: true } });
    for (let n = 0; n < 20; n++) await edit(n);
    await expect(edit(20)).rejects.toThrow(/429.*rate-limited/);
    await put({ jira: { burst: true, htmlRefusals: true } });
    await advance('2s');
    for (let n = 0; n < 50; n++) await edit(n);
    await expect(edit(50)).rejects.toThrow(/429.*<html>/);
    // Another endpoint is not affected.
    await outside.jira('agent', 'GET', `/rest/api/3/issue/${key}`);
  });

  it('hide a field from the integration user and write a rule', async () => {
    await put({
      salesforce: {
        hidden: ['Case.Reason'],
        rules: [{ object: 'Case', when: "Subject = 'no'", message: 'Not that.' }],
      },
    });
    const { fields } = await outside.salesforce.describe('Case');
    expect(fields.map(field => field.name)).not.toContain('Reason');
    await expect(create('Case', { Subject: 'no' })).rejects.toMatchObject({
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    });
    await outside.control('POST', '/control/reset');
    expect((await outside.salesforce.sobject('Case').describe()).fields.map(field => field.name)).toContain('Reason');
    expect(await outside.control('GET', '/control/conditions')).toEqual({});
  });

  it('make events late, and what they ask for with them', async () => {
    await outside.control('PUT', '/control/program', { files: exampleProgram() });
    const AccountId = await create('Account', { Name: 'Korvex', Type: 'Customer - Direct' });
    await create('Case', { Subject: 'Late', Origin: 'Phone', Priority: 'High', AccountId });
    await outside.cycle();
    await put({ forge: { eventDelay: '3m' } });
    const [issue] = await outside.issues();
    await outside.jira('agent', 'PUT', `/rest/api/3/issue/${issue!.key}`, { fields: { priority: { name: 'Low' } } });
    const priority = async () =>
      (await outside.salesforce.query<{ Priority: string }>('SELECT Priority FROM Case')).records[0]?.Priority;
    await outside.settle();
    expect(await priority()).toBe('High');
    await advance('3m');
    await outside.settle();
    expect(await priority()).toBe('Low');
  });

  it('keep a record from the integration user, whose link then rests and is well again when it is shared', async () => {
    await outside.control('PUT', '/control/program', { files: exampleProgram() });
    const AccountId = await create('Account', { Name: 'Korvex', Type: 'Customer - Direct' });
    await create('Case', { Subject: 'Ours', Origin: 'Phone', AccountId });
    await outside.cycle();
    const kind = async () =>
      ((await outside.state()).links as unknown as readonly { state: { kind: string } }[])[0]?.state.kind;
    const days = async (count: number) => {
      for (let hour = 0; hour < count * 24; hour += 4) {
        await advance('4h');
        await outside.cycle();
      }
    };
    const before = await kind();
    await put({ salesforce: { unshared: [{ object: 'Case', when: "Subject = 'Ours'" }] } });
    await days(2);
    expect(await kind()).toBe('paused');
    await put({});
    await days(2);
    expect(await kind()).toBe(before);
    // Our own session is over by now.
    const { id: client_id, secret: client_secret } = outside.sandbox.salesforceClient;
    await outside.salesforce.authorize({ grant_type: 'client_credentials', client_id, client_secret });
  });

  it.each([
    [{ jira: { searchDelay: 'soon' } }, '"jira.searchDelay" takes a duration'],
    [{ jira: { delay: '1s' } }, '"jira" has no condition "delay"; it has searchDelay'],
    [{ confluence: {} }, '"confluence" is none of jira, salesforce, forge.'],
    [{ jira: { permissions: [{ role: 'agent', permission: 'FLY', allowed: true }] } }, 'no permission "FLY"'],
    [{ jira: { permissions: [{ role: 'boss', permission: 'EDIT_ISSUES', allowed: true }] } }, 'There is no "boss"'],
    [{ salesforce: { hidden: ['Case.Nope'] } }, 'There is no field `Case.Nope`.'],
    [[], 'Send an object'],
  ])('refuse %j with a sentence and stay as they were', async (conditions, sentence) => {
    await put({ jira: { searchDelay: '1m' } });
    expect(await put(conditions)).toMatchObject({ ok: false, error: { message: expect.stringContaining(sentence) } });
    expect(await outside.control('GET', '/control/conditions')).toEqual({ jira: { searchDelay: '1m' } });
  });
});

describe('what somebody does in Salesforce', () => {
  const act = (action: unknown) => outside.control('POST', '/control/salesforce', action);
  const cases = async () => (await outside.salesforce.query<{ Id: string }>('SELECT Id FROM Case')).records.length;

  it('commits late', async () => {
    expect(await act({ commitLate: '1m' })).toEqual({ ok: true });
    await create('Case', { Subject: 'Late' });
    expect(await cases()).toBe(0);
    await advance('1m');
    expect(await cases()).toBe(1);
  });

  it('merges accounts, and takes a case out of the recycle bin', async () => {
    const [winner, loser] = [await create('Account', { Name: 'A' }), await create('Account', { Name: 'B' })];
    const id = await create('Case', { Subject: 'x', AccountId: loser });
    await act({ merge: { winner, losers: [loser] } });
    expect(await outside.salesforce.sobject('Case').retrieve(id)).toMatchObject({ AccountId: winner });
    await outside.salesforce.sobject('Case').destroy(id);
    expect(await cases()).toBe(0);
    expect(await act({ undelete: id })).toEqual({ ok: true });
    expect(await cases()).toBe(1);
  });

  it.each([{}, { merge: 'all' }, { undelete: '500000000000000AAA' }, { commitLate: 'soon' }, { fly: true }])(
    'refuses %j with a sentence',
    async action => {
      expect(await act(action)).toMatchObject({ ok: false, error: { message: expect.stringMatching(/^.{15,}$/s) } });
    },
  );
});

describe('an issue that is moved in Jira', () => {
  const act = (action: unknown) => outside.control<{ ok: boolean; key?: string }>('POST', '/control/jira', action);
  const target = { project: 'OPS', type: 'Bug' };

  it('gets the next key there, a status of that workflow and a history, and its old key still leads to it', async () => {
    const { key, id } = await outside.jira<{ key: string; id: string }>('agent', 'POST', '/rest/api/3/issue', {
      fields: { project: { key: 'SUP' }, issuetype: { name: 'Incident' }, summary: 'Moves' },
    });
    const { transitions } = await outside.jira<{ transitions: { id: string; to: { name: string } }[] }>(
      'agent',
      'GET',
      `/rest/api/3/issue/${key}/transitions`,
    );
    const transition = { id: transitions.find(({ to }) => to.name === 'Waiting')!.id };
    await outside.jira('agent', 'POST', `/rest/api/3/issue/${key}/transitions`, { transition });
    const { key: moved } = await act({ move: { issue: key, ...target } });
    expect(moved).toMatch(/^OPS-\d+$/);
    expect(await outside.jira('admin', 'GET', `/rest/api/3/issue/${key}?expand=changelog`)).toMatchObject({
      id,
      key: moved,
      fields: { project: { key: 'OPS' }, issuetype: { name: 'Bug' }, status: { name: 'To Do' }, summary: 'Moves' },
      changelog: {
        histories: expect.arrayContaining([
          expect.objectContaining({
            items: [
              expect.objectContaining({ field: 'project', fromString: 'Support', toString: 'Operations' }),
              expect.objectContaining({ field: 'Key', fromString: key, toString: moved }),
              expect.objectContaining({ field: 'issuetype', fromString: 'Incident', toString: 'Bug' }),
              expect.objectContaining({ field: 'status', fromString: 'Waiting', toString: 'To Do' }),
            ],
          }),
        ]),
      },
    });
  });

  it.each([
    {},
    { move: 'SUP-1' },
    { move: { issue: 'SUP-9999', ...target } },
    { move: { issue: 'SUP-1', project: 'SUP', type: 'Epic' } },
  ])('is refused with a sentence: %j', async action => {
    expect(await act(action)).toMatchObject({ ok: false, error: { message: expect.stringMatching(/^.{15,}$/s) } });
  });
});
