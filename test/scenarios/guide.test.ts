/** The deployment guide's tables and promises beside its matrix, row by row, from outside. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScenario, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());

const item = (clauses: string, head = 'salesforce Case\n  jira SUP / "Incident"\n  sync one-way') =>
  `item cases "Cases" {\n  ${head}\n  ${clauses}\n}\n`;
const fields = 'create all\n  fields { Subject -> summary or else "Case {CaseNumber}" }';
const check = async (program: string) =>
  (await scenario.admin('items.check', { files: { 'a.bridge': program } })).result as {
    readonly ok: boolean;
    readonly diagnostics: readonly { readonly code: string; readonly severity: string; readonly message: string }[];
  };

// ── supported Salesforce objects ────────────────────────────────────────────────────────────────

const parents = {
  AccountId: () => scenario.create('Account', { Name: 'Acme' }),
  Account__c: () => scenario.create('Account', { Name: 'Acme' }),
  OpportunityId: () =>
    scenario.create('Opportunity', { Name: 'Hall', StageName: 'Prospecting', CloseDate: '2026-12-31' }),
} as const;

interface Row {
  readonly object: string;
  readonly module: string;
  readonly make: Readonly<Record<string, unknown>>;
  /** The lookup that the org asks for. */
  readonly parent?: keyof typeof parents;
  readonly label: RegExp;
  /** Absent where the object has none. */
  readonly status?: string;
}
const objects: readonly Row[] = [
  { object: 'Case', module: 'Service Cloud', make: { Subject: 'Fire' }, label: /^\d{8} \[Fire\]$/, status: 'Status' },
  { object: 'Account', module: 'CRM', make: { Name: 'Acme', Phone: '1' }, label: /^Acme \[1\]$/ },
  {
    object: 'Contact',
    module: 'CRM',
    make: { LastName: 'Lee', Email: 'l@a.example' },
    label: /^Lee \[l@a\.example\]$/,
  },
  {
    object: 'Lead',
    module: 'CRM',
    make: { LastName: 'Lee', Company: 'Acme', Email: 'l@a.example' },
    label: /^Lee \[l@a\.example\]$/,
    status: 'Status',
  },
  {
    object: 'Opportunity',
    module: 'CRM',
    make: { Name: 'Hall', StageName: 'Prospecting', CloseDate: '2026-12-31' },
    label: /^Hall \[Prospecting\]$/,
    status: 'StageName',
  },
  {
    object: 'Task',
    module: 'Activities',
    make: { Subject: 'Call', Status: 'Not Started' },
    label: /^Call/,
    status: 'Status',
  },
  {
    object: 'Event',
    module: 'Activities',
    make: { Subject: 'Meeting', StartDateTime: '2026-12-01T09:00:00Z', DurationInMinutes: 30 },
    label: /^Meeting/,
    status: 'ShowAs',
  },
  {
    object: 'Quote',
    module: 'Revenue',
    make: { Name: 'Generators', Status: 'Draft' },
    parent: 'OpportunityId',
    label: /^\d{8} \[Generators\]$/,
    status: 'Status',
  },
  {
    object: 'Order',
    module: 'Revenue',
    make: { Status: 'Draft', EffectiveDate: '2026-12-01' },
    parent: 'AccountId',
    label: /^\d{8}/,
    status: 'Status',
  },
  {
    object: 'Contract',
    module: 'Revenue',
    make: { Status: 'Draft', StartDate: '2026-12-01', ContractTerm: 12 },
    parent: 'AccountId',
    label: /^\d{8} \[Draft\]$/,
    status: 'Status',
  },
  {
    object: 'Site_Visit__c',
    module: 'Custom objects',
    parent: 'Account__c',
    make: { Purpose__c: 'Repair', External_Key__c: 'v-1' },
    label: /./,
  },
];

describe('O-1 the supported objects', () => {
  it.each(objects)('P-1 P-3 $object of $module: picked from the org, linked, labelled and shown', async row => {
    const { object, module } = row;
    const shown = Object.keys(row.make).slice(0, 2);
    await scenario.start(item(`show ${shown.join(', ')}`, `salesforce ${object}\n  jira SUP\n  sync display-only`));
    const listed = (await scenario.admin('metadata.salesforce')).result as readonly { readonly name: string }[];
    expect(listed.map(({ name }) => name)).toContain(object);
    const lookup = row.parent === undefined ? {} : { [row.parent]: await parents[row.parent]() };
    const record = await scenario.create(object, { ...row.make, ...lookup });
    const { key } = await scenario.outside.jira<{ key: string }>('agent', 'POST', '/rest/api/3/issue', {
      fields: { project: { key: 'SUP' }, issuetype: { name: 'Task' }, summary: 'Look at it' },
    });
    const before = (await scenario.panel(key, 'cards')).result as readonly Record<string, unknown>[];
    expect(before).toMatchObject([{ name: 'Cases', module, mode: 'display-only', linked: false, preview: [] }]);
    expect(await scenario.panel(key, 'link', { itemId: 'cases', recordId: record })).toMatchObject({ ok: true });
    const [card] = (await scenario.panel(key, 'cards')).result as readonly Record<string, unknown>[];
    expect(card).toMatchObject({
      linked: true,
      managed: 'manual',
      recordId: record,
      recordUrl: expect.stringMatching(new RegExp(`^https://.*/${record}$`)),
      label: expect.stringMatching(row.label),
      preview: shown.map(field => expect.objectContaining({ field, value: expect.stringMatching(/./) })),
    });
    // Refresh and Open are for whoever sees it; a person who may not edit is not offered to unlink.
    expect(card?.canUnlink).toBe(true);
    const [seen] = (await scenario.panel(key, 'cards', {}, 'viewer')).result as readonly Record<string, unknown>[];
    expect(seen).toMatchObject({ linked: true, canUnlink: false });
  });

  it.each(objects)('O-3 $object has $status to sync a status with', async ({ object, status }) => {
    const scope = `salesforce ${object}\n  jira SUP / "Task"\n  sync one-way`;
    const { diagnostics } = await check(item(`status ${status ?? 'Name'}`, scope));
    const codes = diagnostics.map(({ code }) => code);
    if (status === undefined && object !== 'Site_Visit__c') expect(codes).toContain('no-status-field');
    else expect(codes).not.toContain('no-status-field');
  });

  it('O-2 fields come from the org as it is, and generic labels are widened', async () => {
    const account = (await scenario.admin('metadata.salesforce', { object: 'account' })).result as {
      readonly name: string;
      readonly fields: readonly { readonly name: string }[];
    };
    expect(account.name).toBe('Account');
    expect(account.fields.length).toBeGreaterThan(20);
    expect(await scenario.admin('metadata.salesforce', { object: 'Nothing__c' })).toMatchObject({
      ok: false,
      error: { code: 'gone', message: expect.stringContaining('Nothing__c') },
    });
  });
});

// ── the admin page ──────────────────────────────────────────────────────────────────────────────

describe('the admin’s table', () => {
  it('A-1 I-6 says of each item its mode, scope, source, mappings with owners, switches and latest sync', async () => {
    await scenario.start(
      item(
        `create matching
  fields { Subject -> summary or else "Case"  Description <-> description or else skip  Resolution_Notes__c <- "Resolution notes" }
  status Status
  comments on
  attachments on
  associations on
  when Priority is "High" move to "Done"
  otherwise leave`,
        'salesforce Case\n  jira SUP / "Incident"\n  sync custom',
      ) +
        item('show Name', 'salesforce Account\n  jira SUP, OPS\n  sync display-only').replace(
          'item cases "Cases"',
          'item accounts "Accounts"',
        ),
    );
    await scenario.outside.cycle();
    await scenario.create('Case', { Subject: 'Fire', Origin: 'Phone', Priority: 'High' });
    await scenario.nextCycle();
    const { items } = (await scenario.admin('items.list')).result as { items: readonly Record<string, unknown>[] };
    expect(items.find(({ id }) => id === 'cases')).toMatchObject({
      name: 'Cases',
      mode: 'custom',
      projects: ['SUP'],
      issueType: 'Incident',
      object: 'Case',
      mappings: [
        { owner: 'salesforce', to: 'Summary' },
        { owner: 'both', to: 'Description' },
        { owner: 'jira', to: 'Resolution notes' },
      ],
      create: 'matching',
      comments: true,
      attachments: true,
      status: true,
      associations: true,
      paused: false,
      latest: { counts: { created: 1 } },
      attention: 0,
    });
    expect(items.find(({ id }) => id === 'accounts')).toMatchObject({
      mode: 'display-only',
      projects: ['SUP', 'OPS'],
      issueType: null,
      create: 'off',
      comments: false,
      attachments: false,
      status: false,
      associations: false,
      latest: null,
    });
  });

  it('I-5 warns before saving of a required field that nothing maps or sets', async () => {
    const bug = item(fields, 'salesforce Case\n  jira OPS / "Bug"\n  sync one-way');
    const before = await check(bug);
    expect(before.diagnostics).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ severity: 'warning', message: expect.stringContaining('Affected system') }),
      ]),
    );
    const after = await check(bug.replace('fields {', 'new issue { "Affected system" = "x" }\n  fields {'));
    expect(after.diagnostics.filter(({ message }) => message.includes('Affected system'))).toEqual([]);
  });
});

describe('P-4 Refresh', () => {
  it('takes over both sides now, and loses no change of Jira whose event never came', async () => {
    await scenario.start(
      item(
        'create all\n  fields { Subject -> summary or else "Case"  Description <-> description or else skip }',
        'salesforce Case\n  jira SUP / "Incident"\n  sync custom',
      ),
    );
    await scenario.outside.cycle();
    const { record, issue } = await scenario.linked({ Description: 'Old' });
    await scenario.advance('1m');
    await scenario.faults({ system: 'jira', match: {}, nth: 1, effect: 'lose-event' });
    await scenario.outside.jira('agent', 'PUT', `/rest/api/3/issue/${issue.key}`, {
      fields: {
        description: {
          type: 'doc',
          version: 1,
          content: [{ type: 'paragraph', content: [{ type: 'text', text: 'New' }] }],
        },
      },
    });
    await scenario.outside.settle();
    await scenario.edit('Case', record, { Subject: 'Fresh' });
    expect(await scenario.panel(issue.key, 'refresh', { itemId: 'cases' })).toMatchObject({ ok: true });
    expect((await scenario.issue(issue.key)).fields.summary).toBe('Fresh');
    const [row] = await scenario.rows<{ Description: string }>(`SELECT Description FROM Case WHERE Id = '${record}'`);
    expect(row?.Description).toBe('New');
  });
});

describe('C-7 a production installation without a licence', () => {
  it('does not sync, says so to admin and agent, and goes on where it was when it is renewed', async () => {
    await scenario.start(item(fields));
    await scenario.outside.cycle();
    const { record, issue } = await scenario.linked();
    const licensed = (forge: object) => scenario.outside.control('PUT', '/control/conditions', { forge });
    await licensed({ licensed: false });
    await scenario.edit('Case', record, { Subject: 'Not yet' });
    await scenario.nextCycle();
    expect((await scenario.issue(issue.key)).fields.summary).toBe('Printer on fire');
    const words = expect.stringContaining('no active licence');
    expect(await scenario.admin('connection.get')).toMatchObject({ result: { connected: true, warning: words } });
    expect(await scenario.panel(issue.key, 'cards')).toMatchObject({ result: [{ linked: true, attention: words }] });
    expect(await scenario.panel(issue.key, 'refresh', { itemId: 'cases' })).toMatchObject({
      error: { code: 'not-licensed', message: words },
    });
    await licensed({ licensed: true });
    await scenario.nextCycle();
    expect((await scenario.issue(issue.key)).fields.summary).toBe('Not yet');
    await licensed({});
  });
});
