/**
 * I-4: the modes and behaviour matrix of the deployment guide, cell by cell, from outside. Each line of the
 * table is a capability; each cell says with which clauses it is there and with which it is not. A capability that
 * a mode cannot have is refused when the program is saved, and a mode without it shows nothing of it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScenario, type Scenario } from '../kit/scenario.ts';

type Mode = 'display-only' | 'one-way' | 'two-way' | 'custom';
const modes: readonly Mode[] = ['display-only', 'one-way', 'two-way', 'custom'];
const synchronized = modes.slice(1);

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());

// ── programs ────────────────────────────────────────────────────────────────────────────────────

type Arrow = '->' | '<-' | '<->';
const usualArrow: Readonly<Record<Mode, Arrow | undefined>> = {
  'display-only': undefined,
  'one-way': '->',
  'two-way': '<->',
  custom: '<->',
};

interface Setting {
  readonly clauses?: string;
  /** The mode's own unless said; `none`: no mapping at all. */
  readonly arrow?: Arrow | 'none';
}

function programOf(mode: Mode, { clauses = '', arrow = usualArrow[mode] }: Setting): string {
  const shown = mode === 'display-only' ? 'show CaseNumber, Subject' : '';
  const mapping = `fields { Subject ${arrow} summary${arrow === '->' ? ' or else "Case {CaseNumber}"' : ''} }`;
  const required = 'new issue { summary = "A new case" }';
  const fields = mode === 'display-only' || arrow === undefined ? '' : arrow === 'none' ? required : mapping;
  const scope = mode === 'display-only' ? 'SUP' : 'SUP / "Incident"';
  return `item cases "Cases" {
  salesforce Case
  jira ${scope}
  sync ${mode}
  ${[shown, fields, clauses].filter(Boolean).join('\n  ')}
}
`;
}

// ── what people do, and what comes of it ────────────────────────────────────────────────────────

interface Pair {
  readonly record: string;
  readonly issue: string;
}

/** A case and an issue that the agent links by hand, and what each side then says of itself. */
async function linkedByHand(fields: Readonly<Record<string, unknown>> = {}): Promise<Pair> {
  const record = await scenario.create('Case', { Subject: 'Printer on fire', Origin: 'Phone', ...fields });
  const { key } = await scenario.outside.jira<{ key: string }>('agent', 'POST', '/rest/api/3/issue', {
    fields: { project: { key: 'SUP' }, issuetype: { name: 'Incident' }, summary: 'By hand' },
  });
  const found = await scenario.panel(key, 'search', { itemId: 'cases', query: 'printer' });
  const [first] = found.result as readonly { readonly recordId: string }[];
  const link = await scenario.panel(key, 'link', { itemId: 'cases', recordId: first?.recordId });
  if (!link.ok) throw new Error(JSON.stringify(link.error));
  await scenario.advance('1m');
  return { record, issue: key };
}
const summaryOf = async ({ issue }: Pair) => (await scenario.issue(issue)).fields.summary;
const statusOf = async ({ issue }: Pair) => (await scenario.issue(issue)).fields.status.name;
const caseOf = async ({ record }: Pair) =>
  (
    await scenario.rows<{ Subject: string; Status: string }>(`SELECT Subject, Status FROM Case WHERE Id = '${record}'`)
  )[0]!;
const editJira = async ({ issue }: Pair, fields: Readonly<Record<string, unknown>>) => {
  await scenario.outside.jira('agent', 'PUT', `/rest/api/3/issue/${issue}`, { fields });
  await scenario.outside.settle();
};
const issuesOf = async (record: string) =>
  (await scenario.outside.state()).links.filter(link => link.record === record && link.managed === 'auto').length;

/** What came of it, one word for each direction in which something arrived. */
type Probe = () => Promise<readonly string[]>;
const words = (...found: readonly (readonly [word: string, there: boolean])[]): readonly string[] =>
  found.flatMap(([word, there]) => (there ? [word] : []));

const link: Probe = async () => {
  const { record } = await linkedByHand();
  const { links } = await scenario.outside.state();
  return words(['linked', links.some(one => one.record === record && one.managed === 'manual')]);
};

const create: Probe = async () => {
  await scenario.outside.cycle();
  const record = await scenario.create('Case', { Subject: 'New', Origin: 'Phone' });
  await scenario.nextCycle();
  return words(['created', (await issuesOf(record)) === 1]);
};

const fields: Probe = async () => {
  const pair = await linkedByHand();
  await scenario.nextCycle();
  await scenario.edit('Case', pair.record, { Subject: 'From Salesforce' });
  await scenario.nextCycle();
  const toJira = (await summaryOf(pair)) === 'From Salesforce';
  await scenario.advance('1m');
  await editJira(pair, { summary: 'From Jira' });
  const toSalesforce = (await caseOf(pair)).Subject === 'From Jira';
  await scenario.nextCycle();
  // Where Salesforce owns the field, an edit in Jira does not stay.
  expect(await summaryOf(pair)).toBe(toJira && !toSalesforce ? 'From Salesforce' : 'From Jira');
  return words(['to Jira', toJira], ['to Salesforce', toSalesforce]);
};

const status: Probe = async () => {
  const pair = await linkedByHand();
  await scenario.nextCycle();
  await scenario.edit('Case', pair.record, { Status: 'Working' });
  await scenario.nextCycle();
  const toJira = (await statusOf(pair)) === 'In Progress';
  await scenario.advance('1m');
  await scenario.move(pair.issue, 'Done');
  await scenario.outside.settle();
  await scenario.nextCycle();
  const toSalesforce = (await caseOf(pair)).Status === 'Closed';
  return words(['to Jira', toJira], ['to Salesforce', toSalesforce]);
};

const comments: Probe = async () => {
  const pair = await linkedByHand();
  await scenario.create('CaseComment', { ParentId: pair.record, CommentBody: 'Said in Salesforce.' });
  await scenario.nextCycle();
  const toJira = (await scenario.comments(pair.issue)).some(({ text }) => text.includes('Said in Salesforce.'));
  await scenario.say(pair.issue, 'Said in Jira.');
  await scenario.outside.settle();
  const bodies = await scenario.rows<{ CommentBody: string }>(
    `SELECT CommentBody FROM CaseComment WHERE ParentId = '${pair.record}'`,
  );
  return words(['to Jira', toJira], ['to Salesforce', bodies.some(one => one.CommentBody.includes('Said in Jira.'))]);
};

const attachments: Probe = async () => {
  const pair = await linkedByHand();
  await scenario.create('ContentVersion', {
    PathOnClient: 'salesforce.txt',
    VersionData: Buffer.from('a').toString('base64'),
    FirstPublishLocationId: pair.record,
  });
  await scenario.nextCycle();
  await scenario.outside.settle();
  const toJira = (await scenario.attachments(pair.issue)).some(({ filename }) => filename === 'salesforce.txt');
  await scenario.attach(pair.issue, 'jira.txt', Buffer.from('b'));
  await scenario.outside.settle();
  const files = await scenario.rows<{ ContentDocument: { Title: string } }>(
    `SELECT ContentDocument.Title FROM ContentDocumentLink WHERE LinkedEntityId = '${pair.record}'`,
  );
  return words(['to Jira', toJira], ['to Salesforce', files.some(file => file.ContentDocument.Title === 'jira')]);
};

const associations: Probe = async () => {
  const account = await scenario.create('Account', { Name: 'Acme' });
  const { issue } = await linkedByHand({ AccountId: account });
  const answer = await scenario.panel(issue, 'associations', { itemId: 'cases' });
  const groups = answer.result as readonly { readonly object: string }[];
  return words(['shown', groups.some(({ object }) => object === 'Account')]);
};

/** Of a linked record: what its rule asserts, first when it is not met, then when it is. */
const rule: Probe = async () => {
  const pair = await linkedByHand({ Priority: 'Low' });
  await scenario.nextCycle();
  const unmet = (await statusOf(pair)) === 'Waiting';
  await scenario.edit('Case', pair.record, { Priority: 'High' });
  await scenario.nextCycle();
  return words(['when it is not met', unmet], ['when it is met', (await statusOf(pair)) === 'In Progress']);
};

/** Of new records: which of the two become issues. */
const matching: Probe = async () => {
  await scenario.outside.cycle();
  const met = await scenario.create('Case', { Subject: 'Met', Origin: 'Phone', Priority: 'High' });
  const unmet = await scenario.create('Case', { Subject: 'Not met', Origin: 'Phone', Priority: 'Low' });
  await scenario.nextCycle();
  return words(['met', (await issuesOf(met)) === 1], ['not met', (await issuesOf(unmet)) === 1]);
};

// ── the matrix ──────────────────────────────────────────────────────────────────────────────────

/** What must come of it: nothing for `[]`; a code where the program itself is refused. */
type Expected = readonly string[] | string;
type Cell = readonly (readonly [setting: Setting, expected: Expected])[];

interface Line {
  readonly id: string;
  readonly capability: string;
  readonly probe: Probe;
  readonly cells: Readonly<Record<Mode, Cell>>;
}

const everywhere = (cell: Cell): Line['cells'] =>
  Object.fromEntries(modes.map(mode => [mode, cell])) as unknown as Line['cells'];
/** The same in each synchronized mode, and something else, or the same, without. */
const whereSynchronized = (cell: Cell, shown: Cell): Line['cells'] =>
  Object.fromEntries([['display-only', shown], ...synchronized.map(mode => [mode, cell])]) as unknown as Line['cells'];

const both = ['to Jira', 'to Salesforce'];
const pairs = 'status Status { "New" <-> "To Do"  "Working" <-> "In Progress"  "Closed" <-> "Done" otherwise keep }';
const moving = 'when Priority is "High" move to "In Progress"\n  otherwise move to "Waiting"';

const matrix: readonly Line[] = [
  {
    id: 'P-2',
    capability: 'manual search and link from the issue panel',
    probe: link,
    cells: everywhere([[{}, ['linked']]]),
  },
  {
    id: 'S-3',
    capability: 'scheduled auto-create of Jira issues from Salesforce',
    probe: create,
    cells: whereSynchronized(
      [
        [{}, []],
        [{ clauses: 'create off' }, []],
        [{ clauses: 'create all' }, ['created']],
      ],
      [
        [{}, []],
        [{ clauses: 'create all' }, 'create-in-display-only'],
      ],
    ),
  },
  {
    id: 'S-1 S-2',
    capability: 'mapped fields from Salesforce to Jira, and from Jira to Salesforce',
    probe: fields,
    cells: {
      'display-only': [
        [{}, []],
        [{ clauses: 'fields { Subject -> summary }' }, 'fields-in-display-only'],
      ],
      'one-way': [
        [{}, ['to Jira']],
        [{ arrow: '<->' }, 'wrong-arrow'],
        [{ arrow: '<-' }, 'wrong-arrow'],
        [{ arrow: 'none' }, []],
      ],
      'two-way': [
        [{}, both],
        [{ arrow: '->' }, 'wrong-arrow'],
        [{ arrow: '<-' }, 'wrong-arrow'],
        [{ arrow: 'none' }, []],
      ],
      custom: [
        [{ arrow: '->' }, ['to Jira']],
        [{ arrow: '<-' }, ['to Salesforce']],
        [{ arrow: '<->' }, both],
        [{ arrow: 'none' }, []],
      ],
    },
  },
  {
    id: 'S-4',
    capability: 'status sync when enabled',
    probe: status,
    cells: whereSynchronized(
      [
        [{}, []],
        [{ clauses: pairs }, both],
        [{ clauses: pairs, arrow: 'none' }, both],
      ],
      [
        [{}, []],
        [{ clauses: pairs }, 'status-in-display-only'],
      ],
    ),
  },
  {
    id: 'S-8',
    capability: 'comments when enabled',
    probe: comments,
    cells: whereSynchronized(
      [
        [{}, []],
        [{ clauses: 'comments off' }, []],
        [{ clauses: 'comments on' }, both],
      ],
      [
        [{}, []],
        [{ clauses: 'comments on' }, 'comments-in-display-only'],
      ],
    ),
  },
  {
    id: 'S-9',
    capability: 'attachments when enabled',
    probe: attachments,
    cells: whereSynchronized(
      [
        [{}, []],
        [{ clauses: 'attachments off' }, []],
        [{ clauses: 'attachments on' }, both],
      ],
      [
        [{}, []],
        [{ clauses: 'attachments on' }, 'attachments-in-display-only'],
      ],
    ),
  },
  {
    id: 'P-6',
    capability: 'associated records in the issue panel',
    probe: associations,
    cells: everywhere([
      [{}, []],
      [{ clauses: 'associations off' }, []],
      [{ clauses: 'associations on' }, ['shown']],
    ]),
  },
  {
    id: 'S-6',
    capability: 'Conditional Sync Rules',
    probe: rule,
    cells: whereSynchronized(
      [
        [{}, []],
        [{ clauses: moving }, ['when it is not met', 'when it is met']],
        [{ clauses: `${moving}\n  ${pairs}` }, ['when it is not met', 'when it is met']],
      ],
      [
        [{}, []],
        [{ clauses: moving }, 'rule-in-display-only'],
      ],
    ),
  },
  {
    id: 'S-6 I-3',
    capability: 'an issue also when the condition is not met',
    probe: matching,
    cells: whereSynchronized(
      [
        [{ clauses: `${moving}\n  create matching` }, ['met']],
        [{ clauses: `${moving}\n  create all` }, ['met', 'not met']],
        [{ clauses: moving }, []],
        [{ clauses: 'create matching' }, 'create-matching-without-rule'],
      ],
      [[{ clauses: 'create matching' }, 'create-in-display-only']],
    ),
  },
];

const shownOf = ({ clauses = '', arrow }: Setting): string =>
  [arrow === undefined ? '' : `fields ${arrow}`, clauses.replace(/\s+/g, ' ').slice(0, 60)]
    .filter(Boolean)
    .join(', ') || 'nothing more';

describe.each(matrix)('I-1 I-4 $id $capability', ({ probe, cells }) => {
  const rows = modes.flatMap(mode =>
    cells[mode].map(([setting, expected]) => ({ mode, setting, expected, shown: shownOf(setting) })),
  );
  it.each(rows)('$mode, with $shown: $expected', async ({ mode, setting, expected }) => {
    const program = programOf(mode, setting);
    if (typeof expected === 'string') {
      const answer = await scenario.admin('items.check', { files: { 'scenario.bridge': program } });
      const { ok, diagnostics } = answer.result as { ok: boolean; diagnostics: readonly { code: string }[] };
      expect(ok).toBe(false);
      expect(diagnostics.map(({ code }) => code)).toContain(expected);
      return;
    }
    await scenario.start(program);
    expect(await probe()).toEqual(expected);
  });
});
