import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createCloudClient } from 'jira.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adf, contractOfThisFile, type TestJira } from './test-kit.ts';

const makeJira = contractOfThisFile();

/** Whatever jira.js, a client that others wrote and corrected against live sites, thinks of an answer. */
describe('over a socket, with jira.js and its schemas set to throw', () => {
  const declaredProperties = [{ key: 'bridge', path: 'claim', type: 'string' }] as const;
  let standIn: TestJira;
  const server = createAdaptorServer({ fetch: request => standIn.fetch(request) });
  let host = '';
  const clientFor = (role: string, token?: string) => {
    const user = standIn.users.find(item => item.role === role)!;
    return createCloudClient({
      host,
      auth: { type: 'basic', email: user.email, apiToken: token ?? user.token },
      onSchemaMismatch: 'throw',
    });
  };
  let jira: ReturnType<typeof clientFor>;

  beforeAll(async () => {
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    standIn = makeJira({ empty: false, declaredProperties, baseUrl: host });
    jira = clientFor('admin');
  });
  afterAll(() => new Promise(resolve => server.close(resolve)));

  it('refuses a wrong token and names the caller for a right one', async () => {
    await expect(clientFor('agent', 'wrong').myself.getCurrentUser()).rejects.toMatchObject({ status: 401 });
    expect(await clientFor('agent').myself.getCurrentUser()).toMatchObject({ emailAddress: 'agent@example.com' });
  });

  it('takes an issue through its life', async () => {
    const made = await jira.issues.createIssue({
      fields: {
        project: { key: 'SUP' },
        issuetype: { name: 'Incident' },
        summary: 'Printer on fire',
        description: adf('Smoke on floor three.'),
        labels: ['b', 'a'],
        customfield_10045: { value: 'Gold' },
      },
      properties: [{ key: 'bridge', value: { claim: 'c-1' } }],
    });
    await jira.issues.editIssue({ issueIdOrKey: made.key!, fields: { summary: 'Printer still on fire' } });
    const { transitions } = await jira.issues.getTransitions({ issueIdOrKey: made.id!, expand: 'transitions.fields' });
    const start = transitions!.find(item => item.to?.name === 'In Progress')!;
    await jira.issues.doTransition({ issueIdOrKey: made.id!, transition: { id: start.id! } });
    const read = await jira.issues.getIssue({ issueIdOrKey: made.key!.toLowerCase(), expand: ['changelog', 'names'] });
    expect(read.fields).toMatchObject({
      summary: 'Printer still on fire',
      labels: ['a', 'b'],
      status: { name: 'In Progress' },
    });
    expect(read.changelog?.histories?.map(history => history.items?.[0]?.fieldId)).toEqual(['status', 'summary']);
    const found = await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost({
      jql: 'issue.property[bridge].claim = "c-1"',
      fields: ['summary'],
      properties: ['bridge'],
    });
    expect(found.issues).toMatchObject([{ id: made.id, properties: { bridge: { claim: 'c-1' } } }]);
    await jira.issues.deleteIssue({ issueIdOrKey: made.id! });
    await expect(jira.issues.getIssue({ issueIdOrKey: made.id! })).rejects.toMatchObject({ status: 404 });
  });

  it('reads in bulk', async () => {
    const bulk = await jira.issues.bulkFetchIssues({
      issueIdsOrKeys: ['SUP-1', 'OPS-2', 'SUP-999'],
      fields: ['summary', 'status'],
    });
    expect(bulk.issues?.map(issue => issue.key).sort()).toEqual(['OPS-2', 'SUP-1']);
    const many = await jira.issues.createIssues({
      issueUpdates: [
        { fields: { project: { key: 'SUP' }, issuetype: { name: 'Task' }, summary: 'One' } },
        { fields: { project: { key: 'SUP' }, issuetype: { name: 'Task' } } },
      ],
    });
    expect(many.issues).toHaveLength(1);
    expect(many.errors).toMatchObject([{ failedElementNumber: 1, status: 400 }]);
    const changes = await jira.issues.getBulkChangelogs({ issueIdsOrKeys: ['SUP-1'], fieldIds: ['status'] });
    expect(changes.issueChangeLogs).toEqual([]);
  });

  it('describes the site', async () => {
    expect((await jira.projects.searchProjects({ expand: ['issueTypes'] })).values?.map(item => item.key)).toEqual([
      'OPS',
      'SUP',
    ]);
    expect((await jira.projects.getProject({ projectIdOrKey: 'SUP' })).projectTypeKey).toBe('service_desk');
    expect(await jira.projects.getAllStatuses({ projectIdOrKey: 'OPS' })).toHaveLength(2);
    expect((await jira.issueFields.getFields()).some(field => field.name === 'Customer')).toBe(true);
    expect((await jira.issueTypes.getIssueAllTypes()).map(item => item.name)).toContain('Incident');
    expect(await jira.workflowStatuses.getStatuses()).toHaveLength(5);
    expect((await jira.issuePriorities.searchPriorities({})).values).toHaveLength(5);
    const types = await jira.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey: 'SUP' });
    expect(types.issueTypes?.map(item => item.name)).toEqual(['Incident', 'Task']);
    const meta = await jira.issues.getCreateIssueMetaIssueTypeId({
      projectIdOrKey: 'SUP',
      issueTypeId: types.issueTypes![0]!.id!,
    });
    expect(meta.fields?.filter(field => field.required).map(field => field.fieldId)).toEqual([
      'issuetype',
      'project',
      'summary',
    ]);
    expect(Object.keys((await jira.issues.getEditIssueMeta({ issueIdOrKey: 'SUP-1' })).fields ?? {})).toContain(
      'customfield_10040',
    );
    expect((await jira.serverInfo.getServerInfo()).deploymentType).toBe('Cloud');
    expect(
      (await jira.permissions.getMyPermissions({ permissions: 'ADMINISTER' })).permissions?.ADMINISTER?.havePermission,
    ).toBe(true);
    expect(Object.keys((await jira.permissions.getAllPermissions()).permissions ?? {})).toContain('EDIT_ISSUES');
    const workflows = await jira.workflows.readWorkflows({
      projectAndIssueTypes: [{ projectId: '10010', issueTypeId: '10010' }],
    });
    expect(workflows.workflows?.[0]?.transitions?.filter(item => item.type === 'INITIAL')).toHaveLength(1);
  });

  it('finds people, but not the addresses that they hide', async () => {
    expect(await jira.userSearch.findUsers({ query: 'agent@example.com' })).toMatchObject([
      { displayName: 'Ana Agent' },
    ]);
    expect(await jira.userSearch.findUsers({ query: 'viewer@example.com' })).toEqual([]);
    const assignable = await jira.userSearch.findAssignableUsers({ project: 'SUP' });
    expect(assignable.map(user => user.displayName)).toEqual(['Alex Admin', 'Ana Agent']);
    expect((await jira.users.getAllUsers({})).map(user => user.accountType)).toContain('app');
  });

  it('keeps comments, files, properties and links', async () => {
    const issueIdOrKey = 'SUP-2';
    const internal = { key: 'sd.public.comment', value: { internal: true } };
    const comment = await jira.issueComments.addComment({ issueIdOrKey, body: adf('Inside'), properties: [internal] });
    expect(comment.jsdPublic).toBe(false);
    const changed = await jira.issueComments.updateComment({
      issueIdOrKey,
      id: comment.id!,
      body: { body: adf('Still inside') },
    });
    expect(changed.jsdPublic).toBe(false);
    expect(
      (await jira.issueComments.getComments({ issueIdOrKey, expand: 'properties' })).comments?.at(-1),
    ).toMatchObject({
      properties: [internal],
    });
    await jira.issueComments.deleteComment({ issueIdOrKey, id: comment.id! });

    const [file] = await jira.issueAttachments.addAttachment({
      issueIdOrKey,
      attachments: { filename: 'näme.txt', content: Buffer.from('grüße') },
    });
    expect(file).toMatchObject({ filename: 'näme.txt', size: 7 });
    const content = await jira.issueAttachments.getAttachmentContent({ id: file!.id! });
    expect(Buffer.from(content as unknown as ArrayBuffer).toString()).toBe('grüße');
    expect(await jira.issueAttachments.getAttachment({ id: file!.id! })).toMatchObject({ id: Number(file!.id) });
    await jira.issueAttachments.removeAttachment({ id: file!.id! });

    await jira.issueProperties.setIssueProperty({ issueIdOrKey, propertyKey: 'k', body: { a: 1 } });
    expect(await jira.issueProperties.getIssueProperty({ issueIdOrKey, propertyKey: 'k' })).toMatchObject({ key: 'k' });
    await jira.issueProperties.deleteIssueProperty({ issueIdOrKey, propertyKey: 'k' });

    const link = { issueIdOrKey, globalId: 'sf=1', object: { url: 'https://example.com/1', title: 'One' } };
    const first = await jira.issueRemoteLinks.createOrUpdateRemoteIssueLink(link);
    const second = await jira.issueRemoteLinks.createOrUpdateRemoteIssueLink({
      ...link,
      object: { ...link.object, title: 'Two' },
    });
    expect(second.id).toBe(first.id);
    await jira.issueRemoteLinks.getRemoteIssueLinks({ issueIdOrKey });
  });

  it('pages by token, forward only', async () => {
    const keys: string[] = [];
    let nextPageToken: string | undefined;
    do {
      const page = await jira.issueSearch.searchAndReconsileIssuesUsingJql({
        jql: 'project = OPS ORDER BY summary',
        fields: ['key'],
        maxResults: 4,
        ...(nextPageToken ? { nextPageToken } : {}),
      });
      keys.push(...page.issues!.map(issue => issue.key!));
      nextPageToken = page.nextPageToken ?? undefined;
    } while (nextPageToken);
    expect(keys).toHaveLength(6);
    expect(new Set(keys).size).toBe(6);
  });

  it('answers what lies beside the common ways', async () => {
    const made = await jira.issues.createIssue({
      fields: { project: { key: 'SUP' }, issuetype: { name: 'Task' }, summary: 'Beside' },
    });
    const issueIdOrKey = made.key!;
    const agent = standIn.users.find(user => user.role === 'agent')!;
    await jira.issues.assignIssue({ issueIdOrKey, accountId: agent.accountId });
    const log = await jira.issues.getChangeLogs({ issueIdOrKey });
    expect(log.values?.map(history => history.items?.[0]?.fieldId)).toEqual(['assignee']);
    const [history] = log.values!;
    const chosen = await jira.issues.getChangeLogsByIds({ issueIdOrKey, changelogIds: [Number(history!.id)] });
    expect(chosen.histories?.map(item => item.id)).toEqual([history!.id]);

    const comment = await jira.issueComments.addComment({ issueIdOrKey, body: adf('One') });
    await jira.issueCommentProperties.setCommentProperty({
      commentId: comment.id!,
      propertyKey: 'from',
      body: { at: 1 },
    });
    const keys = await jira.issueCommentProperties.getCommentPropertyKeys({ commentId: comment.id! });
    expect(keys.keys?.map(({ key }) => key)).toEqual(['from']);
    expect(await jira.issueComments.getComment({ issueIdOrKey, id: comment.id! })).toMatchObject({ id: comment.id });
    const listed = await jira.issueComments.getCommentsByIds({ ids: [Number(comment.id)], expand: 'properties' });
    expect(listed.values?.[0]?.properties).toMatchObject([{ key: 'from' }]);

    await jira.issueProperties.setIssueProperty({ issueIdOrKey, propertyKey: 'k', body: { a: 1 } });
    const properties = await jira.issueProperties.getIssuePropertyKeys({ issueIdOrKey });
    expect(properties.keys?.map(({ key }) => key)).toEqual(['k']);

    const link = { issueIdOrKey, object: { url: 'https://example.com/2', title: 'Two' } };
    const { id } = await jira.issueRemoteLinks.createOrUpdateRemoteIssueLink(link);
    const one = await jira.issueRemoteLinks.getRemoteIssueLinkById({ issueIdOrKey, linkId: String(id) });
    expect(one.object).toMatchObject({ title: 'Two' });
    await jira.issueRemoteLinks.deleteRemoteIssueLinkById({ issueIdOrKey, linkId: String(id) });

    const jql = `key = ${issueIdOrKey}`;
    expect((await jira.issueSearch.countIssues({ jql })).count).toBe(1);
    const { matches } = await jira.issueSearch.matchIssues({ issueIds: [Number(made.id)], jqls: [jql, 'key = OPS-1'] });
    expect(matches?.map(match => match.matchedIssues)).toEqual([[Number(made.id)], []]);
  });

  it('answers what a set-up page asks', async () => {
    const fields = await jira.issueFields.getFieldsPaginated({ query: 'customer', type: ['custom'] });
    expect(fields.values?.map(field => field.name)).toContain('Customer');
    const types = await jira.issueTypes.getIssueAllTypes();
    expect((await jira.issueTypes.getIssueType({ id: types[0]!.id! })).name).toBe(types[0]!.name);
    const statuses = await jira.workflowStatuses.getStatuses();
    const { name, id } = statuses[0]!;
    expect((await jira.workflowStatuses.getStatus({ idOrName: name! })).id).toBe(id);
    expect((await jira.status.getStatusesById({ id: [id!] })).map(status => status.name)).toEqual([name]);
    expect((await jira.status.search({ searchString: name! })).values?.map(status => status.id)).toContain(id);
    const categories = await jira.workflowStatusCategories.getStatusCategories();
    expect(categories.map(category => category.key)).toEqual(expect.arrayContaining(['new', 'indeterminate', 'done']));
    expect(await jira.issueAttachments.getAttachmentMeta()).toMatchObject({ enabled: true });
    const { accountId } = standIn.users.find(user => user.role === 'agent')!;
    expect(await jira.users.getUser({ accountId })).toMatchObject({ displayName: 'Ana Agent' });
    const held = await jira.permissions.getBulkPermissions({
      accountId,
      globalPermissions: ['ADMINISTER'],
      projectPermissions: [{ permissions: ['EDIT_ISSUES'], projects: [10010], issues: [] }],
    });
    expect(held.globalPermissions).toEqual([]);
    expect(held.projectPermissions).toMatchObject([{ permission: 'EDIT_ISSUES', projects: [10010] }]);
    const permitted = await jira.permissions.getPermittedProjects({ permissions: ['BROWSE_PROJECTS'] });
    expect(permitted.projects?.map(project => project.key).sort()).toEqual(['OPS', 'SUP']);
  });

  it('looks up parts of a project, labels and groups', async () => {
    const components = await jira.projectComponents.getProjectComponents({ projectIdOrKey: 'OPS' });
    expect(components.map(item => item.name)).toEqual(['Gateway', 'Storage']);
    expect(await jira.projectComponents.getComponent({ id: components[0]!.id! })).toMatchObject({ project: 'OPS' });
    const versions = await jira.projectVersions.getProjectVersions({ projectIdOrKey: 'OPS' });
    expect(versions.map(item => item.released)).toEqual([true, false]);
    expect((await jira.projectVersions.getVersion({ id: versions[0]!.id! })).name).toBe('1.0');
    expect((await jira.issuePriorities.getPriority({ id: '1' })).name).toBe('Highest');
    expect((await jira.issueResolutions.getResolution({ id: '10000' })).name).toBe('Done');
    expect((await jira.labels.getAllLabels({})).values).toEqual(expect.arrayContaining(['hardware', 'performance']));
    const { accountId } = standIn.users.find(user => user.role === 'agent')!;
    const groups = await jira.users.getUserGroups({ accountId });
    expect(groups.map(group => group.name)).toEqual(['jira-users', 'support-agents']);
    const members = await jira.groups.getUsersFromGroup({ groupId: groups[1]!.groupId! });
    expect(members.values?.map(user => user.displayName)).toEqual(['Ana Agent']);
    expect(await jira.jiraSettings.getConfiguration()).toMatchObject({ attachmentsEnabled: true });
  });

  it('says what is not modelled and what was removed', async () => {
    await expect(jira.dashboards.getAllDashboards({})).rejects.toMatchObject({ status: 501 });
    const auth = `Basic ${Buffer.from(`${standIn.users[0]!.email}:${standIn.users[0]!.token}`).toString('base64')}`;
    const removed = await fetch(`${host}/rest/api/3/search?jql=project=SUP`, { headers: { Authorization: auth } });
    expect([removed.status, await removed.text()]).toEqual([410, expect.stringContaining('/rest/api/3/search/jql')]);
  });
});
