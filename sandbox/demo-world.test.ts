/** The demo world, as a person and every example count on it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Outside, openOutside } from '../test/kit/outside.ts';

describe('the demo world', () => {
  let outside: Outside;
  beforeAll(async () => {
    outside = await openOutside();
  });
  afterAll(() => outside?.stop());
  const count = async (object: string): Promise<number> =>
    (await outside.salesforce.query(`SELECT COUNT() FROM ${object}`)).totalSize;
  const jira = <T>(path: string, role = 'admin') => outside.jira<T>(role, 'GET', `/rest/api/3${path}`);

  it('has twenty accounts and sixty cases with what people leave on them', async () => {
    expect([await count('Account'), await count('Case')]).toEqual([20, 60]);
    for (const object of ['CaseComment', 'FeedItem', 'ContentVersion', 'Contact', 'Site_Visit__c', 'Task'])
      expect(await count(object), object).toBeGreaterThan(0);
  });

  it('has the picklists of a new org', async () => {
    const values = async (object: string, field: string) => {
      const { fields } = await outside.salesforce.describe(object);
      return fields.find(one => one.name === field)?.picklistValues?.map(entry => entry.value);
    };
    expect(await values('Case', 'Status')).toEqual(['New', 'Working', 'Escalated', 'Closed']);
    expect(await values('Case', 'Priority')).toEqual(['High', 'Medium', 'Low']);
    expect(await values('Account', 'Rating')).toEqual(['Hot', 'Warm', 'Cold']);
    const { records } = await outside.salesforce.query('SELECT ApiName FROM CaseStatus WHERE IsClosed = true');
    expect(records).toMatchObject([{ ApiName: 'Closed' }]);
  });

  it('has a service project and a software project, with what each requires', async () => {
    const required = async (project: string, type: string) => {
      const { issueTypes } = await jira<{ issueTypes: { id: string; name: string }[] }>(
        `/issue/createmeta/${project}/issuetypes`,
      );
      const { id } = issueTypes.find(one => one.name === type)!;
      const { fields } = await jira<{ fields: { fieldId: string; required: boolean }[] }>(
        `/issue/createmeta/${project}/issuetypes/${id}?maxResults=200`,
      );
      return fields.filter(field => field.required && !['project', 'issuetype'].includes(field.fieldId)).length;
    };
    expect(await jira('/project/SUP')).toMatchObject({ projectTypeKey: 'service_desk' });
    expect([await required('SUP', 'Incident'), await required('SUP', 'Task')]).toEqual([1, 1]);
    expect([await required('OPS', 'Task'), await required('OPS', 'Bug')]).toEqual([1, 2]);
    const priorities = await jira<{ name: string }[]>('/priority');
    expect(priorities.map(one => one.name)).toEqual(['Highest', 'High', 'Medium', 'Low', 'Lowest']);
  });

  it('gives each of its people the rights of the role', async () => {
    const keys =
      'BROWSE_PROJECTS,CREATE_ISSUES,EDIT_ISSUES,TRANSITION_ISSUES,ADD_COMMENTS,CREATE_ATTACHMENTS,ADMINISTER';
    const rights = async (role: string) => {
      const all = await jira<{ permissions: Record<string, { havePermission: boolean }> }>(
        `/mypermissions?permissions=${keys}`,
        role,
      );
      return keys.split(',').map(key => (all.permissions[key]?.havePermission ? 'x' : '-'));
    };
    const table = await Promise.all(['admin', 'agent', 'viewer'].map(async role => (await rights(role)).join('')));
    expect(table).toEqual(['xxxxxxx', 'xxxxxx-', 'x------']);
    await expect(jira('/project/SUP', 'outsider')).rejects.toThrow(/404/);
    expect((await jira<{ values: { key: string }[] }>('/project/search', 'outsider')).values).toEqual([
      expect.objectContaining({ key: 'OPS' }),
    ]);
  });
});

it('is only metadata, projects and people when it is to be empty', async () => {
  const outside = await openOutside({ empty: true });
  try {
    const records = await outside.salesforce.query('SELECT COUNT() FROM Account');
    expect([records.totalSize, await outside.issues()]).toEqual([0, []]);
    expect(await outside.control('GET', '/control/program')).toEqual({ files: {} });
    expect((await outside.salesforce.describeGlobal()).sobjects.length).toBeGreaterThan(20);
  } finally {
    await outside.stop();
  }
});
