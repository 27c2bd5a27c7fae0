import { describe, expect, it } from 'vitest';
import { requestsOfThisFile } from '../../test/kit/contract.ts';
import type { IssueMarker, PortError } from '../ports.ts';
import { createJira } from './client.ts';
import { permissionsOf } from './permissions.ts';
import type { RequestJira } from './request.ts';

const judge = requestsOfThisFile();

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown> | undefined;
}
interface Answer {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly error?: unknown;
}

function jira(answer: (asked: Asked, index: number) => Answer) {
  const asked: Asked[] = [];
  const request: RequestJira = async (path, init) => {
    await judge((path as unknown as { value: string }).value, init as RequestInit);
    const body = init?.body === undefined ? undefined : (JSON.parse(String(init.body)) as Record<string, unknown>);
    asked.push({ method: init?.method ?? 'GET', path: (path as unknown as { value: string }).value, body });
    const { status = 200, json, text = '', headers = {}, error } = answer(asked.at(-1)!, asked.length - 1);
    if (error !== undefined) throw error;
    const given = new Headers(headers);
    return {
      status,
      headers: { get: name => given.get(name) },
      text: async () => (json === undefined ? text : JSON.stringify(json)),
      arrayBuffer: async () => new TextEncoder().encode(text).buffer,
    };
  };
  return { client: createJira(request), request, asked };
}
const failing = async (run: () => Promise<unknown>) =>
  (
    (await run().then(
      () => undefined,
      (error: unknown) => error,
    )) as PortError
  ).failure;
const marker: IssueMarker = { v: 1, org: '00D', object: 'Case', record: '500', item: 'i', claim: 'org:i:500' };

describe('issues', () => {
  it('are read a hundred to a call, once each, with the time of their last change', async () => {
    const { client, asked } = jira(({ body }) => ({
      json: {
        issues: (body!.issueIdsOrKeys as string[]).map(id => ({
          id,
          key: `SUP-${id}`,
          fields: { summary: id, updated: '2026-11-23T09:00:00.000+0100' },
        })),
        issueErrors: [],
      },
    }));
    const ids = Array.from({ length: 250 }, (_, n) => String(n));
    const issues = await client.issues([...ids, '7'], ['summary']);
    expect(issues.map(({ id }) => id)).toEqual(ids);
    expect(issues[0]!.updated).toBe(Date.UTC(2026, 10, 23, 8));
    expect(asked.map(({ method, path, body }) => [method, path, (body!.issueIdsOrKeys as string[]).length])).toEqual(
      [100, 100, 50].map(n => ['POST', '/rest/api/3/issue/bulkfetch', n]),
    );
  });

  it('are created in one call with their marker', async () => {
    const { client, asked } = jira(() => ({ status: 201, json: { id: '1', key: 'SUP-1' } }));
    expect(await client.create({ projectId: '10', issueTypeId: '20', fields: { summary: 's' }, marker })).toEqual({
      id: '1',
      key: 'SUP-1',
    });
    expect(asked).toEqual([
      {
        method: 'POST',
        path: '/rest/api/3/issue',
        body: {
          fields: { summary: 's', project: { id: '10' }, issuetype: { id: '20' } },
          properties: [{ key: 'salesforce-bridge', value: marker }],
        },
      },
    ]);
  });

  it('are found by a marker that is then read from the issue itself', async () => {
    const { client, asked } = jira(({ path }) => ({
      json: path.endsWith('/search/jql')
        ? { issues: ['1', '2', '3', '4'].map(id => ({ id })), isLast: true }
        : {
            issues: [
              { id: '1', key: 'SUP-1', fields: {}, properties: { 'salesforce-bridge': marker } },
              {
                id: '2',
                key: 'SUP-2',
                fields: {},
                properties: { 'salesforce-bridge': { ...marker, claim: 'another' } },
              },
              { id: '3', key: 'SUP-3', fields: {}, properties: { 'salesforce-bridge': 'forged' } },
              { id: '4', key: 'SUP-4', fields: {} },
            ],
          },
    }));
    expect(await client.findByMarkers(['org:i:500" OR project = X'])).toEqual([]);
    expect(asked[0]!.body!.jql).toBe('issue.property[salesforce-bridge].claim IN ("org:i:500\\" OR project = X")');
    expect(await client.findByMarkers([marker.claim])).toEqual([{ id: '1', key: 'SUP-1', marker }]);
  });

  it('offer the moves that are possible now, with what each screen demands', async () => {
    const { client } = jira(() => ({
      json: {
        transitions: [
          {
            id: '1',
            name: 'Start',
            to: { id: '3', name: 'In Progress' },
            isAvailable: true,
            fields: {
              a: { required: true, hasDefaultValue: false },
              b: { required: true, hasDefaultValue: true },
              c: { required: false },
            },
          },
          { id: '2', name: 'Never', to: { id: '4', name: 'Done' }, isAvailable: false },
          { id: '5', name: 'Plain', to: { id: '4', name: 'Done' } },
        ],
      },
    }));
    expect(await client.transitions('1')).toEqual([
      { id: '1', name: 'Start', to: { id: '3', name: 'In Progress' }, requiredFields: ['a'] },
      { id: '5', name: 'Plain', to: { id: '4', name: 'Done' }, requiredFields: [] },
    ]);
  });

  it('tell their changes oldest first, over all pages, also where `toString` is missing', async () => {
    const item = { field: 'summary', fieldId: 'summary', from: null, fromString: 'a', to: null };
    const { client, asked } = jira(({ body }) => ({
      json:
        body!.nextPageToken === undefined
          ? {
              issueChangeLogs: [
                {
                  issueId: '1',
                  changeHistories: [
                    {
                      created: '2026-11-23T09:00:01.000+0000',
                      author: { accountId: 'x' },
                      items: [{ ...item, toString: 'b' }],
                    },
                  ],
                },
              ],
              nextPageToken: 'n',
            }
          : {
              issueChangeLogs: [
                { issueId: '1', changeHistories: [{ created: Date.UTC(2026, 10, 23, 9), items: [item] }] },
              ],
            },
    }));
    const changes = (await client.changes(['1'], ['summary'])).get('1')!;
    expect(changes.map(change => [change.at, change.author, change.toString])).toEqual([
      [Date.UTC(2026, 10, 23, 9), '', null],
      [Date.UTC(2026, 10, 23, 9, 0, 1), 'x', 'b'],
    ]);
    expect(asked).toHaveLength(2);
  });

  it('are assigned to exactly the account that shows the address', async () => {
    const { client } = jira(() => ({
      json: [
        { accountId: 'a', emailAddress: 'Ann@x.org' },
        { accountId: 'b', emailAddress: 'ann@x.org.uk' },
        { accountId: 'c' },
      ],
    }));
    expect(await client.userByEmail('ann@X.org', 'SUP')).toBe('a');
    const twice = jira(() => ({
      json: [
        { accountId: 'a', emailAddress: 'ann@x.org' },
        { accountId: 'b', emailAddress: 'ann@x.org' },
      ],
    }));
    expect(await twice.client.userByEmail('ann@x.org', 'SUP')).toBeUndefined();
  });
});

it('knows the points of the hour from answers, not from refusals, under either name of the header', async () => {
  const answers: readonly Answer[] = [
    { json: { accountId: 'a' }, headers: { 'x-ratelimit-limit': '65000', 'x-ratelimit-remaining': '64000' } },
    { status: 429, text: '', headers: { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0' } },
    {
      json: { accountId: 'a' },
      headers: {
        'x-ratelimit-limit': '65000',
        'x-ratelimit-remaining': '2000',
        'beta-ratelimit': '"global-app-quota";r=2000;t=600',
      },
    },
  ];
  let at = 0;
  const { client } = jira(() => answers[at++]!);
  expect(client.allowance).toBeUndefined();
  await client.self();
  await failing(() => client.self());
  expect(client.allowance).toEqual({ left: 64_000, of: 65_000 });
  await client.self();
  expect(client.allowance).toEqual({ left: 2_000, of: 65_000, resetsInMs: 600_000 });
});

describe('refusals', () => {
  it.each([
    [
      { status: 429, headers: { 'retry-after': '7', 'ratelimit-reason': 'jira-burst-based' }, text: '<html>' },
      { kind: 'limited', code: 'jira-burst-based', retryAfterMs: 7000 },
    ],
    [
      { status: 429, text: '' },
      { kind: 'limited', code: '429', retryAfterMs: 60_000 },
    ],
    [
      { status: 400, json: { errorMessages: [], errors: { summary: 'Too long', labels: 'No spaces' } } },
      { kind: 'refused', fields: ['summary', 'labels'], message: 'summary: Too long labels: No spaces' },
    ],
    [
      { status: 404, json: { errorMessages: ['Issue does not exist'], errors: {} } },
      { kind: 'gone', message: 'Issue does not exist' },
    ],
    [{ status: 403, text: '' }, { kind: 'forbidden' }],
    [{ status: 401, text: '' }, { kind: 'unauthorized' }],
    [{ status: 409, text: '' }, { kind: 'busy' }],
    [
      { status: 429, headers: { 'retry-after': '2', 'ratelimit-reason': 'jira-per-issue-on-write' }, text: '' },
      { kind: 'busy', code: 'jira-per-issue-on-write', retryAfterMs: 2000 },
    ],
    [{ status: 503, text: '<html>' }, { kind: 'unavailable' }],
    [{ status: 500, text: '<html>' }, { kind: 'unknown' }],
    [{ error: new Error('socket hang up') }, { kind: 'unknown' }],
  ] as const)('of a change: %o', async (answer, failure) => {
    expect(await failing(() => jira(() => answer).client.update('1', { summary: 's' }))).toMatchObject({
      system: 'jira',
      ...failure,
    });
  });

  it.each([
    [{ status: 500, text: '' }],
    [{ error: new Error('socket hang up') }],
    [{ status: 200, text: '<html>' }],
  ] as const)('of a read never leave a doubt: %o', async answer => {
    const { client } = jira(() => answer);
    for (const read of [
      () => client.issues(['1'], []),
      () => client.search('project = X', [], 1_000),
      () => client.changes(['1'], ['summary']),
    ])
      expect(await failing(read)).toMatchObject({ kind: 'unavailable' });
  });

  it('of an issue without a marker are no marker', async () => {
    expect(await jira(() => ({ status: 404, json: { errorMessages: ['no'] } })).client.marker('1')).toBeUndefined();
    expect(
      await jira(() => ({ json: { key: 'salesforce-bridge', value: { ...marker, v: 2 } } })).client.marker('1'),
    ).toBeUndefined();
    expect(await jira(() => ({ json: { key: 'salesforce-bridge', value: marker } })).client.marker('1')).toEqual(
      marker,
    );
  });

  it('an issue id cannot lead to another path', async () => {
    const { client, asked } = jira(() => ({ status: 204 }));
    await expect(client.update('1/../../x', {})).rejects.toThrow();
    expect(asked).toEqual([]);
  });
});

it('P-9 a user has the permissions that Jira says, and none on an issue that it does not show', async () => {
  const held = (names: readonly string[]) => ({
    json: { permissions: Object.fromEntries(names.map(name => [name, { havePermission: true }])) },
  });
  expect(
    await permissionsOf(jira(() => held(['EDIT_ISSUES'])).request, ['BROWSE_PROJECTS', 'EDIT_ISSUES'], '1'),
  ).toEqual(new Set(['EDIT_ISSUES']));
  for (const status of [404, 403, 401])
    expect(await permissionsOf(jira(() => ({ status, text: '' })).request, ['BROWSE_PROJECTS'], '1')).toEqual(
      new Set(),
    );
  await expect(permissionsOf(jira(() => ({ status: 503, text: '' })).request, ['ADMINISTER'])).rejects.toThrow();
});

it('metadata names every project and reads the screens of those that are wanted', async () => {
  const { client, asked } = jira(({ path }) => {
    const url = new URL(path, 'https://x');
    const start = Number(url.searchParams.get('startAt') ?? 0);
    if (url.pathname.endsWith('/project/search'))
      return {
        json:
          start === 0
            ? { values: [{ id: '1', key: 'SUP', issueTypes: [{ id: '10', name: 'Task' }] }], total: 2, isLast: false }
            : { values: [{ id: '2', key: 'OPS' }], total: 2, isLast: true },
      };
    if (url.pathname.endsWith('/field')) return { json: [{ id: 'summary' }] };
    if (url.pathname.endsWith('/statuses')) return { json: [{ id: '10', statuses: [] }] };
    return { json: { fields: start === 0 ? [{ fieldId: 'a' }, { fieldId: 'b' }] : [{ fieldId: 'c' }], total: 3 } };
  });
  const answers = await client.metadata(['sup']);
  expect(answers.projects).toHaveLength(2);
  expect(answers.createFields).toEqual({ SUP: { '10': [{ fieldId: 'a' }, { fieldId: 'b' }, { fieldId: 'c' }] } });
  expect(Object.keys(answers.projectStatuses)).toEqual(['SUP']);
  expect(asked).toHaveLength(6);
});
