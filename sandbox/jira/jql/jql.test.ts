import { describe, expect, it } from 'vitest';
import { adf, contractOfThisFile, type TestJira } from '../test-kit.ts';

const makeJira = contractOfThisFile();
const declaredProperties = [
  { key: 'bridge', path: 'claim', type: 'string' },
  { key: 'bridge', path: 'deep.count', type: 'number' },
] as const;

/** Five issues, a day apart, named A to E by their labels. */
async function world(): Promise<TestJira> {
  const jira = makeJira({ declaredProperties });
  const make = async (label: string, fields: Record<string, unknown>) => {
    const made = await jira.create({ labels: [label], ...fields });
    jira.advance(24 * 3600 * 1000);
    return made;
  };
  const a = await make('A', {
    summary: 'Printer on fire',
    priority: { name: 'Highest' },
    customfield_10040: 'Contoso',
  });
  const b = await make('B', {
    summary: 'Printers are slow',
    description: adf('The fire alarm rang.'),
    customfield_10042: 10,
  });
  const c = await make('C', {
    summary: 'Fire the printer',
    priority: { name: 'Low' },
    assignee: { accountId: jira.accountOf('agent') },
  });
  await make('D', {
    summary: 'Nothing',
    issuetype: { name: 'Task' },
    duedate: '2026-12-24',
    customfield_10045: { value: 'Gold' },
  });
  await make('E', {
    project: { key: 'OPS' },
    issuetype: { name: 'Task' },
    summary: 'Move the storage',
    components: [{ name: 'Storage' }],
    customfield_10049: { value: 'Hardware', child: { value: 'Laptop' } },
  });
  await jira.call('agent', 'POST', `/issue/${a.id}/transitions`, { transition: { id: '41' } });
  const object = { url: 'https://example.com/1', title: 'One' };
  await jira.call('agent', 'POST', `/issue/${b.id}/remotelink`, { globalId: 'sf=1', object });
  await jira.call('app', 'PUT', `/issue/${c.id}/properties/bridge`, { claim: 'c-1', deep: { count: 7 }, secret: 'x' });
  return jira;
}
const ask = (jql: string) => `/search/jql?fields=labels&jql=${encodeURIComponent(jql)}`;
const found = async (jira: TestJira, jql: string): Promise<string> => {
  const { status, body } = await jira.call('app', 'GET', ask(jql));
  expect({ status, body }).toMatchObject({ status: 200 });
  return body.issues.map((issue: { fields: { labels: string[] } }) => issue.fields.labels[0]).join('');
};

const matches: readonly (readonly [string, string])[] = [
  ['project = SUP ORDER BY created', 'ABCD'],
  ['project = sup AND status != Done ORDER BY key DESC', 'DCB'],
  ['project in (SUP, OPS) order by created desc', 'EDCBA'],
  ['project != SUP', 'E'],
  ['project = Operations', 'E'],
  ['status = "To Do" AND NOT (labels = B OR labels = D) ORDER BY created', 'CE'],
  ['statusCategory = Done', 'A'],
  ['key = SUP-2', 'B'],
  ['key in (SUP-3, SUP-1) ORDER BY key', 'AC'],
  ['issuetype = Incident AND priority > Medium', 'A'],
  ['project = SUP ORDER BY priority DESC, key', 'ABDC'],
  ['assignee is EMPTY AND project = SUP ORDER BY key', 'ABD'],
  ['assignee = "Ana Agent"', 'C'],
  ['assignee != currentUser()', 'C'],
  ['NOT assignee = currentUser()', 'C'],
  ['reporter in membersOf("support-agents") and labels in (A, b) order by key', 'AB'],
  ['summary ~ printer ORDER BY key', 'AC'],
  ['summary ~ "print*" ORDER BY key', 'ABC'],
  ['summary ~ "\\"printer on\\""', 'A'],
  ['summary !~ printer AND project = SUP ORDER BY key', 'BD'],
  ['text ~ fire ORDER BY key', 'ABC'],
  ['description ~ alarm', 'B'],
  ['description is not empty', 'B'],
  ['Customer ~ contoso', 'A'],
  ['cf[10040] ~ contoso', 'A'],
  ['"Contract value" >= 10', 'B'],
  ['"Contract value" is not EMPTY', 'B'],
  ['"Customer tier" = Gold', 'D'],
  ['"Product area" = Laptop', 'E'],
  ['component = Storage', 'E'],
  ['due <= "2026/12/24"', 'D'],
  ['duedate = 2026-12-24', 'D'],
  ['created >= "2026-11-24" AND created < "2026-11-26 00:00" ORDER BY created', 'BC'],
  ['created > -49h ORDER BY created', 'DE'],
  ['created >= startOfDay(-2d) and created <= endOfDay(-1d) ORDER BY created', 'DE'],
  ['updated >= "-1m" ORDER BY created', 'A'],
  ['resolution = Unresolved AND labels = A', 'A'],
  ['resolution is EMPTY and project = OPS', 'E'],
  ['issue.property[bridge].claim = "c-1"', 'C'],
  ['issue.property["bridge"].deep.count > 6', 'C'],
  ['issue.property[bridge].claim in ("c-0", "c-1")', 'C'],
  ['issue.property[bridge].secret = "x"', ''],
  ['issue.property[other].claim = "c-1"', ''],
  ['status WAS "To Do" AND project = SUP ORDER BY key', 'ABCD'],
  ['status WAS "In Progress"', ''],
  ['status WAS NOT Done AND project = SUP ORDER BY key', 'BCD'],
  ['status WAS Done BEFORE -1m', ''],
  ['status WAS Done AFTER -1m', 'A'],
  ['status WAS "To Do" ON "2026-11-23"', 'A'],
  ['status WAS IN ("To Do", Done) DURING ("2026-11-24", "2026-11-25") ORDER BY key', 'AB'],
  ['status CHANGED', 'A'],
  ['NOT status CHANGED AND project = SUP ORDER BY key', 'BCD'],
  ['status CHANGED FROM "To Do" TO Done BY "Ana Agent" ON startOfDay()', 'A'],
  ['status CHANGED TO "In Progress"', ''],
  ['status CHANGED BY "Alex Admin"', ''],
  ['status CHANGED BEFORE startOfDay()', ''],
  ['assignee WAS EMPTY AND project = SUP ORDER BY key', 'ABD'],
  ['assignee WAS currentUser()', ''],
  ['priority WAS Highest', 'A'],
  ['fixVersion in unreleasedVersions()', ''],
  ['issuetype in standardIssueTypes() AND project = OPS', 'E'],
  ['project in projectsLeadByUser("5f1a2b3c4d5e6f7081920a01") AND labels = E', 'E'],
  ['project in projectsWhereUserHasPermission("Edit Issues") ORDER BY key', 'EABCD'],
  ['key in updatedBy("Ana Agent") AND project = SUP ORDER BY key', 'ABCD'],
  ['issue in issuesWithRemoteLinksByGlobalId("sf=1")', 'B'],
  ['this is not jql', ''],
  ['storage', 'E'],
];

const refusals: readonly (readonly [string, string])[] = [
  ['', 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.'],
  ['ORDER BY key', 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.'],
  ['colour = red', "Field 'colour' does not exist or you do not have permission to view it."],
  ['status = Gone', "The value 'Gone' does not exist for the field 'status'."],
  ['project = NOPE', "The value 'NOPE' does not exist for the field 'project'."],
  ['key = SUP-99', "An issue with key 'SUP-99' does not exist for field 'key'."],
  ['summary = x', "The operator '=' is not supported by the 'summary' field."],
  ['status ~ x', "The operator '~' is not supported by the 'status' field."],
  ['labels > a', "The operator '>' is not supported by the 'labels' field."],
  ['summary ~ "*x"', "The text query '*x' for field 'summary' is not allowed to start with '*'"],
  ['project = SUP ORDER BY text', "Not able to sort using field 'text'."],
  ['reporter = nobody()', "Unable to find JQL function 'nobody()'."],
  ['status = currentUser()', "The function 'currentUser' is not supported by the 'status' field."],
  ['summary WAS x', "History searches do not support the 'summary' field."],
  [
    `project = SUP ORDER BY ${['key', 'created', 'updated', 'status', 'priority', 'summary', 'assignee', 'reporter'].join(', ')}`,
    'The ORDER BY clause can contain a maximum of 7 fields.',
  ],
];

describe('JQL', () => {
  it.each(matches)('%s finds "%s"', async (jql, labels) => {
    expect(await found(await world(), jql)).toBe(labels);
  });

  it.each(refusals)('refuses %s', async (jql, message) => {
    const { status, body } = await makeJira().call('app', 'GET', ask(jql));
    expect([status, body.errorMessages]).toEqual([400, [message]]);
  });

  it.each(['summary ~ "open', 'project =', 'project = SUP AND', 'project in (SUP', 'updated >= yesterday-ish'])(
    'refuses broken text: %s',
    async jql => {
      const { status, body } = await makeJira().call('app', 'GET', ask(jql));
      expect([status, body.errorMessages.length]).toEqual([400, 1]);
    },
  );

  it.each(['sprint = 5', 'watcher = currentUser()', 'key in linkedIssues(SUP-1)'])(
    'says that %s is not modelled instead of answering it wrongly',
    async jql => {
      const { status, body } = await makeJira().call('app', 'GET', ask(jql));
      expect([status, body.errorMessages]).toEqual([501, [expect.stringMatching(/^Not modelled here/)]]);
    },
  );
});

describe('search', () => {
  it('answers with ids alone unless fields are asked for', async () => {
    const jira = await world();
    const { body } = await jira.call('app', 'POST', '/search/jql', { jql: 'project = OPS' });
    expect(body).toEqual({ issues: [{ id: expect.any(String) }], isLast: true });
  });

  it('pages without losing or repeating an issue that was edited between two pages', async () => {
    const jira = makeJira();
    for (let place = 0; place < 30; place += 1) await jira.create({ summary: `Issue ${place}` });
    const ids: string[] = [];
    let nextPageToken: string | undefined;
    do {
      const ask = { jql: 'project = SUP ORDER BY created', maxResults: 7, ...(nextPageToken ? { nextPageToken } : {}) };
      const { body } = await jira.call('app', 'POST', '/search/jql', ask);
      ids.push(...body.issues.map((issue: { id: string }) => issue.id));
      nextPageToken = body.nextPageToken;
      await jira.call('app', 'PUT', `/issue/${ids[0]}`, { fields: { summary: `Edited ${ids.length}` } });
    } while (nextPageToken);
    expect([ids.length, new Set(ids).size]).toEqual([30, 30]);
  });

  it('gives the same order in short pages as in one long one', async () => {
    const jira = makeJira();
    const words = Array.from({ length: 60 }, (_, at) => `Word ${(at * 37) % 60} of ${at % 7}`);
    for (const summary of words) await jira.create({ summary });
    const pages = async (maxResults: number) => {
      const seen: string[] = [];
      let nextPageToken: string | undefined;
      do {
        const sent = { jql: 'project = SUP ORDER BY summary DESC', fields: ['summary'], maxResults, nextPageToken };
        const { body } = await jira.call('app', 'POST', '/search/jql', sent);
        seen.push(...body.issues.map((issue: { fields: { summary: string } }) => issue.fields.summary));
        nextPageToken = body.nextPageToken;
      } while (nextPageToken !== undefined);
      return seen;
    };
    const whole = await pages(100);
    expect(whole).toHaveLength(60);
    expect(await pages(7)).toEqual(whole);
    expect(await pages(1)).toEqual(whole);
  });

  it('refuses a token of another query, and one older than a week', async () => {
    const jira = await world();
    const { nextPageToken } = (await jira.call('app', 'POST', '/search/jql', { jql: 'project = SUP', maxResults: 1 }))
      .body;
    const status = async (jql: string) =>
      (await jira.call('app', 'POST', '/search/jql', { jql, nextPageToken })).status;
    expect([await status('project = SUP'), await status('project = OPS')]).toEqual([200, 400]);
    jira.advance(8 * 24 * 3600 * 1000);
    expect(await status('project = SUP')).toBe(400);
  });

  it('refuses keys that the document does not have, such as startAt', async () => {
    expect((await makeJira().call('app', 'POST', '/search/jql', { jql: 'project = SUP', startAt: 5 })).status).toBe(
      400,
    );
  });

  it('lags behind writes on demand, while reads by id never do; reconcileIssues catches up', async () => {
    const jira = makeJira();
    jira.setSearchDelay(30_000);
    const { id } = await jira.create();
    const search = async (more: object = {}) =>
      (
        await jira.call('app', 'POST', '/search/jql', { jql: 'project = SUP', fields: ['summary'], ...more })
      ).body.issues.map((issue: { fields: { summary: string } }) => issue.fields.summary);
    expect(await search()).toEqual([]);
    expect(await search({ reconcileIssues: [Number(id)] })).toEqual(['Printer on fire']);
    expect((await jira.call('app', 'GET', `/issue/${id}`)).status).toBe(200);
    jira.advance(30_000);
    await jira.call('app', 'PUT', `/issue/${id}`, { fields: { summary: 'New' } });
    expect(await search()).toEqual(['Printer on fire']);
    jira.advance(30_000);
    expect(await search()).toEqual(['New']);
    await jira.call('admin', 'DELETE', `/issue/${id}`);
    expect(await search()).toEqual(['New']);
    jira.advance(30_000);
    expect(await search()).toEqual([]);
  });
});
