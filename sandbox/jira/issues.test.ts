import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adf, contractOfThisFile, start } from './test-kit.ts';

const makeJira = contractOfThisFile();
const accountOf = makeJira().accountOf;
const errorsOf = (answer: { body: { errors: unknown } }) => answer.body.errors;
const notSettable = (id: string) => `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`;

/** Field, what is written, what is then read. */
const written: readonly (readonly [string, unknown, unknown])[] = [
  ['summary', '  Trimmed  ', 'Trimmed'],
  ['description', adf('One', 'Two'), adf('One', 'Two')],
  ['description', null, null],
  ['priority', { name: 'highest' }, expect.objectContaining({ id: '1', name: 'Highest' })],
  ['priority', { id: '5' }, expect.objectContaining({ name: 'Lowest' })],
  ['priority', null, expect.objectContaining({ name: 'Medium' })],
  ['labels', ['b', 'a', 'b'], ['a', 'b']],
  ['labels', null, []],
  ['duedate', '2026-02-28', '2026-02-28'],
  ['assignee', { accountId: accountOf('agent') }, expect.objectContaining({ displayName: 'Ana Agent' })],
  ['assignee', { accountId: '-1' }, null],
  ['customfield_10040', 'Contoso', 'Contoso'],
  ['customfield_10040', '', null],
  ['customfield_10041', adf('Fixed'), adf('Fixed')],
  ['customfield_10042', 12.5, 12.5],
  ['customfield_10043', '2020-02-29', '2020-02-29'],
  ['customfield_10044', '2026-07-05T11:05:00.000+0200', '2026-07-05T09:05:00.000+0000'],
  ['customfield_10045', { value: 'Gold' }, expect.objectContaining({ id: '10101', value: 'Gold' })],
  [
    'customfield_10046',
    [{ id: '10112' }, { value: 'Portal' }],
    [expect.objectContaining({ value: 'Portal' }), expect.objectContaining({ value: 'API' })],
  ],
  ['customfield_10046', [], null],
  ['customfield_10047', [{ value: 'Email' }], [expect.objectContaining({ value: 'Email' })]],
  ['customfield_10048', { id: '10133' }, expect.objectContaining({ value: 'Minor' })],
  [
    'customfield_10049',
    { value: 'Hardware', child: { value: 'Laptop' } },
    expect.objectContaining({ value: 'Hardware', child: expect.objectContaining({ value: 'Laptop' }) }),
  ],
  ['customfield_10050', { accountId: accountOf('viewer') }, expect.objectContaining({ displayName: 'Victor Viewer' })],
  ['customfield_10051', [{ accountId: accountOf('admin') }], [expect.objectContaining({ displayName: 'Alex Admin' })]],
  ['customfield_10052', 'https://example.com/a', 'https://example.com/a'],
  ['customfield_10053', ['vip'], ['vip']],
  ['customfield_10054', { name: 'support-agents' }, expect.objectContaining({ name: 'support-agents' })],
];

/** Field, what is written, Jira's complaint. */
const refused: readonly (readonly [string, unknown, string])[] = [
  ['summary', '', 'You must specify a summary of the issue.'],
  ['summary', null, 'You must specify a summary of the issue.'],
  ['summary', 7, 'Operation value must be a string'],
  ['summary', 'a\nb', 'The summary is invalid because it contains newline characters.'],
  ['summary', 'x'.repeat(256), "Summary can't exceed 255 characters."],
  ['description', 'plain', 'Operation value must be an Atlassian Document (see the Atlassian Document Format)'],
  [
    'description',
    adf('x'.repeat(32_768)),
    'The entered text is too long. It exceeds the allowed limit of 32,767 characters.',
  ],
  ['priority', { name: 'Urgent' }, "Priority name 'Urgent' is not valid"],
  ['labels', ['two words'], "The label 'two words' contains spaces which is invalid."],
  ['labels', 'a', 'data was not an array'],
  ['duedate', '2026-02-30', 'Error parsing date string: 2026-02-30'],
  ['assignee', { accountId: accountOf('outsider') }, `User '${accountOf('outsider')}' cannot be assigned issues.`],
  ['assignee', { accountId: 'nobody' }, "User 'nobody' does not exist."],
  ['status', { name: 'Done' }, notSettable('status')],
  ['reporter', { accountId: accountOf('agent') }, notSettable('reporter')],
  ['customfield_10055', 'x', notSettable('customfield_10055')],
  ['customfield_99999', 'x', notSettable('customfield_99999')],
  [
    'customfield_10040',
    'x'.repeat(256),
    'The entered text is too long. It exceeds the allowed limit of 255 characters.',
  ],
  ['customfield_10040', adf('x'), 'Operation value must be a string'],
  ['customfield_10042', '12', 'Operation value must be a number'],
  ['customfield_10044', '2026-07-05', 'Error parsing time: 2026-07-05'],
  ['customfield_10045', 'Gold', "Could not find valid 'id' or 'value' in the Parent Option object."],
  ['customfield_10045', { value: 'Tin' }, "Option value 'Tin' is not valid"],
  ['customfield_10045', { id: '1' }, "Option id '1' is not valid"],
  ['customfield_10049', { value: 'Hardware', child: { value: 'Billing' } }, "Option value 'Billing' is not valid"],
  ['customfield_10052', 'not a url', 'The URL is not valid.'],
  ['customfield_10054', { name: 'nobodies' }, "Could not find group named 'nobodies'."],
];

describe('fields', () => {
  it.each(written)('%s takes %j', async (field, value, read) => {
    const jira = makeJira();
    const onCreate = await jira.create({ [field]: value });
    expect((await jira.call('agent', 'GET', `/issue/${onCreate.key}`)).body.fields[field]).toEqual(read);
    const { key } = await jira.create();
    expect((await jira.call('app', 'PUT', `/issue/${key}`, { fields: { [field]: value } })).status).toBe(204);
    expect((await jira.call('agent', 'GET', `/issue/${key}?fields=${field}`)).body.fields).toEqual({ [field]: read });
  });

  it.each(refused)('%s refuses %j', async (field, value, complaint) => {
    const jira = makeJira();
    const { key } = await jira.create();
    const edit = await jira.call('app', 'PUT', `/issue/${key}`, { fields: { [field]: value } });
    expect([edit.status, errorsOf(edit)]).toEqual([400, { [field]: complaint }]);
    const fields = { project: { key: 'SUP' }, issuetype: { name: 'Task' }, summary: 'x', [field]: value };
    const create = await jira.call('app', 'POST', '/issue', { fields });
    expect([create.status, errorsOf(create)]).toEqual([400, { [field]: complaint }]);
    expect(jira.events.map(event => event.eventType)).toEqual(['avi:jira:created:issue']);
  });

  it('refuse rich text of unknown nodes as a whole', async () => {
    const jira = makeJira();
    const { key } = await jira.create();
    const description = { type: 'doc', version: 1, content: [{ type: 'banana' }] };
    const { status, body } = await jira.call('app', 'PUT', `/issue/${key}`, { fields: { description } });
    expect([status, body]).toEqual([400, { errorMessages: ['INVALID_INPUT'], errors: {} }]);
  });

  it('are refused all together, and nothing of a refused edit is kept', async () => {
    const jira = makeJira();
    const { key } = await jira.create();
    const fields = { summary: 'New', customfield_10042: 'x', nonsense: 1 };
    const edit = await jira.call('app', 'PUT', `/issue/${key}`, { fields });
    expect(Object.keys(edit.body.errors)).toEqual(['customfield_10042', 'nonsense']);
    expect((await jira.call('app', 'GET', `/issue/${key}`)).body.fields.summary).toBe('Printer on fire');
  });

  it.each([
    [{ labels: [{ add: 'c' }, { remove: 'a' }] }, { labels: ['b', 'c'] }],
    [{ labels: [{ set: ['z'] }] }, { labels: ['z'] }],
    [{ summary: [{ set: 'Set' }] }, { summary: 'Set' }],
    [
      { customfield_10046: [{ add: { value: 'API' } }] },
      { customfield_10046: [expect.objectContaining({ value: 'API' })] },
    ],
  ])('take update verbs: %j', async (update, read) => {
    const jira = makeJira();
    const { key } = await jira.create({ labels: ['a', 'b'] });
    expect((await jira.call('app', 'PUT', `/issue/${key}`, { update })).status).toBe(204);
    expect((await jira.call('app', 'GET', `/issue/${key}`)).body.fields).toMatchObject(read);
  });

  it('show as null when they are unset, all of them', async () => {
    const jira = makeJira();
    const { key } = await jira.create();
    const { fields } = (await jira.call('agent', 'GET', `/issue/${key}`)).body;
    const site = (await jira.call('agent', 'GET', '/field')).body.map((field: { id: string }) => field.id);
    expect(Object.keys(fields).sort()).toEqual(site.sort());
    expect(fields.customfield_10040).toBeNull();
  });

  it('give back any text that they accept', async () => {
    const jira = makeJira();
    const { key } = await jira.create();
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 80 })
      .filter(value => !/[\r\n]/.test(value) && value.trim() !== '');
    await fc.assert(
      fc.asyncProperty(text, text, async (summary, note) => {
        const fields = { summary, customfield_10040: note, customfield_10041: adf(note) };
        expect((await jira.call('app', 'PUT', `/issue/${key}`, { fields })).status).toBe(204);
        const read = (await jira.call('app', 'GET', `/issue/${key}`)).body.fields;
        expect(read).toMatchObject({ summary: summary.trim(), customfield_10040: note, customfield_10041: adf(note) });
      }),
      { numRuns: 60 },
    );
  });
});

describe('creating', () => {
  it.each([
    [{ summary: 'x' }, 400, { project: 'Specify a valid project ID or key' }],
    [{ project: { key: 'NOPE' }, summary: 'x' }, 400, { project: 'Specify a valid project ID or key' }],
    [{ project: { key: 'SUP' }, summary: 'x' }, 400, { issuetype: 'Specify an issue type' }],
    [
      { project: { key: 'SUP' }, issuetype: { name: 'Bug' }, summary: 'x' },
      400,
      { issuetype: 'Specify a valid issue type' },
    ],
    [
      { project: { key: 'SUP' }, issuetype: { name: 'Task' } },
      400,
      { summary: 'You must specify a summary of the issue.' },
    ],
    [
      { project: { key: 'OPS' }, issuetype: { name: 'Bug' }, summary: 'x' },
      400,
      { customfield_10055: 'Affected system is required.' },
    ],
  ])('refuses %j', async (fields, status, errors) => {
    const answer = await makeJira().call('app', 'POST', '/issue', { fields });
    expect([answer.status, answer.body.errors]).toEqual([status, errors]);
  });

  it('sets properties with the issue and reports a failed move inside the answer', async () => {
    const jira = makeJira();
    const fields = { project: { key: 'SUP' }, issuetype: { name: 'Incident' }, summary: 'x' };
    const made = await jira.call('app', 'POST', '/issue', {
      fields,
      properties: [{ key: 'k', value: { a: 1 } }],
      transition: { id: '51' },
    });
    expect([made.status, made.body.transition.status]).toEqual([201, 400]);
    expect((await jira.call('app', 'GET', `/issue/${made.body.id}/properties/k`)).body).toEqual({
      key: 'k',
      value: { a: 1 },
    });
    const moved = await jira.call('app', 'POST', '/issue', { fields, transition: { id: '41' } });
    expect((await jira.call('app', 'GET', `/issue/${moved.body.id}`)).body.fields.status.name).toBe('Done');
  });

  it.each(['{', '[]', '"x"'])('answers a body that is no object (%s) with 400', async body => {
    const jira = makeJira();
    const request = new Request('https://x/rest/api/3/issue', { method: 'POST', body });
    expect((await jira.fetch(request, { kind: 'app' })).status).toBe(400);
  });

  it('counts keys per project and never reuses one', async () => {
    const jira = makeJira();
    const first = await jira.create();
    await jira.call('admin', 'DELETE', `/issue/${first.key}`);
    expect([first.key, (await jira.create()).key]).toEqual(['SUP-1', 'SUP-2']);
  });
});

describe('the changelog', () => {
  it('keeps what changed, by whom and when, oldest first, and nothing for an edit that changes nothing', async () => {
    const jira = makeJira();
    const { id } = await jira.create({ labels: ['a'] });
    jira.advance(60_000);
    await jira.call('app', 'PUT', `/issue/${id}`, {
      fields: { summary: 'Second', priority: { name: 'High' }, labels: ['a', 'b'], customfield_10040: 'Contoso' },
    });
    jira.advance(60_000);
    const before = (await jira.call('app', 'GET', `/issue/${id}`)).body.fields.updated;
    await jira.call('app', 'PUT', `/issue/${id}`, { fields: { summary: 'Second ', labels: ['b', 'a'] } });
    await jira.call('agent', 'POST', `/issue/${id}/transitions`, { transition: { id: '21' } });
    const { values } = (await jira.call('agent', 'GET', `/issue/${id}/changelog`)).body;
    expect(before).toBe('2026-11-23T09:01:00.000+0000');
    expect(values).toHaveLength(2);
    expect(values[0]).toMatchObject({ created: before, author: { accountId: jira.accountOf('app') } });
    expect(values[0].items).toEqual([
      {
        field: 'summary',
        fieldId: 'summary',
        fieldtype: 'jira',
        from: null,
        fromString: 'Printer on fire',
        to: null,
        toString: 'Second',
      },
      {
        field: 'priority',
        fieldId: 'priority',
        fieldtype: 'jira',
        from: '3',
        fromString: 'Medium',
        to: '2',
        toString: 'High',
      },
      { field: 'labels', fieldId: 'labels', fieldtype: 'jira', from: null, fromString: 'a', to: null, toString: 'a b' },
      {
        field: 'Customer',
        fieldId: 'customfield_10040',
        fieldtype: 'custom',
        from: null,
        fromString: null,
        to: null,
        toString: 'Contoso',
      },
    ]);
    expect(values[1].items).toMatchObject([
      { fieldId: 'status', from: '10000', fromString: 'To Do', to: '10001', toString: 'In Progress' },
    ]);
  });

  it('is read in bulk by field and by page', async () => {
    const jira = makeJira();
    const issues = [await jira.create(), await jira.create()];
    for (const { id } of issues) {
      for (const summary of ['Two', 'Three'])
        await jira.call('app', 'PUT', `/issue/${id}`, { fields: { summary, duedate: '2026-12-01' } });
    }
    const ask = { issueIdsOrKeys: issues.map(issue => issue.key), fieldIds: ['summary'], maxResults: 3 };
    const first = (await jira.call('app', 'POST', '/changelog/bulkfetch', ask)).body;
    const second = (
      await jira.call('app', 'POST', '/changelog/bulkfetch', { ...ask, nextPageToken: first.nextPageToken })
    ).body;
    const sizes = [first, second].map(page =>
      page.issueChangeLogs.map((log: { changeHistories: unknown[] }) => log.changeHistories.length),
    );
    expect(sizes).toEqual([[2, 1], [1]]);
    expect(second.nextPageToken).toBeUndefined();
    expect(first.issueChangeLogs[0].changeHistories[0].items).toHaveLength(1);
  });
});

describe('bulk fetch', () => {
  it('answers in the order of ids, each once, and leaves out what is not there', async () => {
    const jira = makeJira();
    const [a, b] = [await jira.create(), await jira.create()];
    const asked = { issueIdsOrKeys: [b.key, a.id, b.id, 'SUP-99', '1'], fields: ['summary'] };
    const { body } = await jira.call('app', 'POST', '/issue/bulkfetch', asked);
    expect(body.issues.map((issue: { id: string }) => issue.id)).toEqual([a.id, b.id]);
    expect(body.issueErrors).toEqual([]);
  });

  it.each([0, 101])('refuses %i issues', async count => {
    const issueIdsOrKeys = Array.from({ length: count }, (_, place) => String(place));
    expect((await makeJira().call('app', 'POST', '/issue/bulkfetch', { issueIdsOrKeys })).status).toBe(400);
  });
});

describe('product events', () => {
  it('tell of each write with a part of the fields, and mark what the app did itself', async () => {
    const jira = makeJira();
    const { id } = await jira.create();
    await jira.call('app', 'PUT', `/issue/${id}`, { fields: { assignee: { accountId: jira.accountOf('agent') } } });
    await jira.call('agent', 'POST', `/issue/${id}/transitions`, { transition: { id: '41' } });
    await jira.call('agent', 'POST', `/issue/${id}/comment`, { body: adf('Hello') });
    await jira.call('admin', 'DELETE', `/issue/${id}`);
    expect(jira.events.map(event => [event.eventType, event.selfGenerated])).toEqual([
      ['avi:jira:created:issue', false],
      ['avi:jira:updated:issue', true],
      ['avi:jira:assigned:issue', true],
      ['avi:jira:updated:issue', false],
      ['avi:jira:commented:issue', false],
      ['avi:jira:deleted:issue', false],
    ]);
    const moved = jira.events[3]!.payload as { readonly issue: { readonly fields: object } };
    expect(moved).toMatchObject({
      eventType: 'avi:jira:updated:issue',
      timestamp: String(start),
      atlassianId: jira.accountOf('agent'),
      issue: {
        id,
        fields: {
          summary: 'Printer on fire',
          status: { name: 'Done' },
          assignee: { accountId: jira.accountOf('agent') },
        },
      },
      changelog: { items: [{ fieldId: 'status', toString: 'Done' }] },
      associatedStatuses: [{ name: 'To Do' }, { name: 'Done' }],
    });
    expect(Object.keys(moved.issue.fields)).not.toContain('customfield_10040');
  });

  it('spell attachments in their own way, without the issue', async () => {
    const jira = makeJira();
    const { id } = await jira.create();
    const form = new FormData();
    form.append('file', new File(['abc'], 'a.txt', { type: 'text/plain' }));
    const upload = (headers: Record<string, string>) =>
      jira.fetch(new Request(`https://x/rest/api/3/issue/${id}/attachments`, { method: 'POST', body: form, headers }), {
        kind: 'app',
      });
    expect((await upload({})).status).toBe(403);
    expect((await upload({ 'X-Atlassian-Token': 'no-check' })).status).toBe(200);
    expect(jira.events.at(-1)!.payload).toMatchObject({
      eventType: 'avi:jira:created:attachment',
      attachment: { issueId: id, fileName: 'a.txt', size: '3', createDate: '2026-11-23 09:00:00' },
    });
    expect(jira.events.at(-1)!.payload).not.toHaveProperty('issue');
  });

  it('are silent about properties, and about edits that change nothing', async () => {
    const jira = makeJira();
    const { id } = await jira.create();
    await jira.call('app', 'PUT', `/issue/${id}/properties/k`, { a: 1 });
    await jira.call('app', 'PUT', `/issue/${id}`, { fields: { summary: 'Printer on fire' } });
    expect(jira.events).toHaveLength(1);
  });
});
