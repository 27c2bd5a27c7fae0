import { describe, expect, it } from 'vitest';
import { contractOfThisFile, type TestJira } from './test-kit.ts';

const makeJira = contractOfThisFile();

const offered = async (jira: TestJira, key: string): Promise<{ id: string; name: string; to: { name: string } }[]> =>
  (await jira.call('agent', 'GET', `/issue/${key}/transitions?expand=transitions.fields`)).body.transitions;
const moveTo = async (jira: TestJira, key: string, status: string, fields?: unknown) => {
  const transition = (await offered(jira, key)).find(item => item.to.name === status);
  return jira.call('agent', 'POST', `/issue/${key}/transitions`, {
    transition: { id: transition?.id ?? '999' },
    ...(fields ? { fields } : {}),
  });
};
const statusOf = async (jira: TestJira, key: string): Promise<string> =>
  (await jira.call('agent', 'GET', `/issue/${key}?fields=status`)).body.fields.status.name;

describe('the support workflow', () => {
  const all = ['To Do', 'In Progress', 'Waiting', 'Done'];

  it.each(['To Do', 'In Progress', 'Waiting', 'Done'])('from %s leads where the demo world says', async from => {
    const jira = makeJira();
    const { key } = await jira.create();
    if (from !== 'To Do') await moveTo(jira, key, from);
    const targets = (await offered(jira, key)).map(item => item.to.name).sort();
    expect(targets).toEqual((from === 'Done' ? ['In Progress'] : all.filter(status => status !== from)).sort());
  });

  it('refuses a move that is not offered now', async () => {
    const jira = makeJira();
    const { key } = await jira.create();
    const { status, body } = await jira.call('agent', 'POST', `/issue/${key}/transitions`, {
      transition: { id: '51' },
    });
    expect([status, body.errorMessages]).toEqual([400, ["Transition id '51' is not valid for this issue."]]);
    expect(await statusOf(jira, key)).toBe('To Do');
  });

  it('refuses fields without a screen, and a request without a transition', async () => {
    const jira = makeJira();
    const { key } = await jira.create();
    const answer = await moveTo(jira, key, 'Done', { resolution: { name: 'Done' } });
    expect(answer.body.errors).toEqual({ resolution: expect.stringContaining('cannot be set') });
    expect((await jira.call('agent', 'POST', `/issue/${key}/transitions`, {})).status).toBe(400);
    expect(await statusOf(jira, key)).toBe('To Do');
  });

  it('answers an unknown transition id with an empty list', async () => {
    const jira = makeJira();
    const { key } = await jira.create();
    expect((await jira.call('agent', 'GET', `/issue/${key}/transitions?transitionId=77`)).body.transitions).toEqual([]);
  });
});

describe('the bug workflow', () => {
  const bug = { project: { key: 'OPS' }, issuetype: { name: 'Bug' }, customfield_10055: 'Billing' };

  it('reaches Done only by way of a review, and only with a resolution', async () => {
    const jira = makeJira();
    const { key } = await jira.create(bug);
    for (const status of ['In Progress', 'In Review']) expect((await moveTo(jira, key, status)).status).toBe(204);
    expect((await offered(jira, key)).find(item => item.to.name === 'Done')).toMatchObject({
      hasScreen: true,
      fields: { resolution: { required: true } },
    });
    expect((await moveTo(jira, key, 'Done')).body.errors).toEqual({ resolution: 'Resolution is required.' });
    expect((await moveTo(jira, key, 'Done', { resolution: { name: "Won't Do" } })).status).toBe(204);
    const { fields } = (await jira.call('agent', 'GET', `/issue/${key}`)).body;
    expect([fields.status.name, fields.resolution.name, fields.resolutiondate]).toEqual([
      'Done',
      "Won't Do",
      '2026-11-23T09:00:00.000+0000',
    ]);
  });

  it('loses the resolution when it is reopened', async () => {
    const jira = makeJira();
    const { key } = await jira.create(bug);
    for (const status of ['In Progress', 'In Review']) await moveTo(jira, key, status);
    await moveTo(jira, key, 'Done', { resolution: { name: 'Done' } });
    await moveTo(jira, key, 'In Progress');
    expect((await jira.call('agent', 'GET', `/issue/${key}`)).body.fields).toMatchObject({
      resolution: null,
      resolutiondate: null,
    });
  });
});

describe('the workflow as administrators read it', () => {
  it('shows every edge to an administrator, and none to anybody else', async () => {
    const jira = makeJira();
    const ask = { projectAndIssueTypes: [{ projectId: '10010', issueTypeId: '10010' }] };
    expect((await jira.call('app', 'POST', '/workflows', ask)).status).toBe(403);
    const [workflow] = (await jira.call('admin', 'POST', '/workflows', ask)).body.workflows;
    const edges = workflow.transitions.filter((item: { type: string }) => item.type === 'DIRECTED');
    expect(edges.flatMap((item: { links: unknown[] }) => item.links)).toHaveLength(10);
  });
});
