/** What is decided of a link’s fields and status, as one: what is written, asked, told and remembered. */
import { describe, expect, it } from 'vitest';
import type { ItemPlan } from '../../compiler/plan/ir.ts';
import { field, mapping, notes, statusCases, subject, supportCases, target } from '../../test/kit/plan.ts';
import type { JiraFieldChange, Link } from '../ports.ts';
import type { Decisions } from './decision.ts';
import { type Arrival, basesAfter, basesAsRead, basesBefore, compileItem, emptyContext } from './reconcile.ts';
import type { Cause } from './status.ts';

const now = 1_000_000_000;
const minute = 60_000;
const before = now - 10 * minute;

interface Look {
  readonly salesforce?: Readonly<Record<string, unknown>>;
  readonly jira?: Readonly<Record<string, unknown>>;
  readonly link?: Partial<Pick<Link, 'bases' | 'status' | 'moving'>>;
  readonly changes?: readonly JiraFieldChange[];
  readonly cause?: Cause;
  readonly offered?: ReadonlySet<string>;
  readonly accounts?: Readonly<Record<string, string>>;
}

const recordOf = (fields: Readonly<Record<string, unknown>>, stamp = now) => ({
  id: '500000000000001AAA',
  object: 'Case',
  fields,
  stamp,
  createdAt: before,
  deleted: false,
});

function decide(plan: ItemPlan, look: Look): Decisions {
  const { salesforce = {}, jira = {}, link, changes, cause = 'record', offered, accounts = {} } = look;
  return compileItem(plan).reconcile({
    link: { bases: {}, ...link },
    record: recordOf(salesforce),
    issue: {
      id: '1',
      key: 'SUP-1',
      fields: { status: { id: '11', name: 'To Do' }, ...jira },
      updated: before,
    },
    ...(changes && { changes }),
    context: {
      people: { accountIdOf: email => accounts[email] },
      self: 'app',
      ...(offered && { offered }),
    },
    cause,
    now,
  });
}

const change = (name: string, author: string, at = before, to: string | null = null): JiraFieldChange => ({
  at,
  author,
  field: name,
  from: null,
  to,
  fromString: null,
  toString: to,
});

const { rules: _, ...withoutRule } = supportCases();
/** One field of each owner, named by it. */
const threeFields: ItemPlan = {
  ...withoutRule,
  mappings: [
    mapping('salesforce', subject, target('summary')),
    mapping('jira', notes, target('customfield_1', 'text', { name: 'Notes' })),
    mapping('both', field('Reason'), target('customfield_2', 'text', { name: 'Reason' })),
  ],
};
const agreed = {
  summary: { salesforce: 'a', jira: 'a' },
  customfield_1: { salesforce: 'a', jira: 'a' },
  customfield_2: { salesforce: 'a', jira: 'a' },
};
const [inSalesforce, inJira] = [
  { Subject: 'a', Notes__c: 'a', Reason: 'a' },
  { summary: 'a', customfield_1: 'a', customfield_2: 'a' },
];
const link = { bases: agreed };

describe('a look', () => {
  it('writes each side once, whatever is to be written there, and says why in the program’s order', () => {
    const { toJira, toSalesforce, decisions, later } = decide(threeFields, {
      link,
      salesforce: { ...inSalesforce, Subject: 'b', Reason: 'b' },
      jira: { ...inJira, customfield_1: 'b' },
    });
    expect(toJira).toEqual({ summary: 'b', customfield_2: 'b' });
    expect(toSalesforce).toEqual({ Notes__c: 'b' });
    expect(decisions.map(({ what, outcome }) => [what, outcome])).toEqual([
      ['Summary', 'write'],
      ['Notes__c', 'write'],
      ['Reason', 'write'],
    ]);
    expect(later).toBe(false);
  });

  it('of an item that only shows decides nothing', () => {
    const { fields, toJira, decisions, status } = decide(
      { ...statusCases(), mode: 'display-only' },
      { salesforce: { Subject: 'b', Status: 'Closed' } },
    );
    expect([fields, toJira, decisions, status.decisions]).toEqual([[], {}, [], []]);
  });

  it('asks for the change log of those fields that it doubts, by their ids, and of no others', () => {
    const doubts = decide(threeFields, { link, salesforce: inSalesforce, jira: { ...inJira, customfield_2: 'b' } });
    expect(doubts.wants).toEqual(['customfield_2']);
    expect(decide(threeFields, { link, salesforce: inSalesforce, jira: inJira }).wants).toEqual([]);
  });

  it.each(['customfield_2', 'Reason'])('knows a field’s changes by its id and by its name: %s', name => {
    const edited = { link, salesforce: inSalesforce, jira: { ...inJira, customfield_2: 'b' } };
    const by = (author: string) =>
      decide(threeFields, { ...edited, changes: [change(name, author), change('summary', 'somebody')] });
    expect(by('ann').toSalesforce).toEqual({ Reason: 'b' });
    expect(by('app').toSalesforce).toEqual({});
    expect(by('app').wants).toEqual([]);
  });

  it('looks people up by their addresses, and shows those that the issue shows', () => {
    const plan: ItemPlan = {
      ...withoutRule,
      mappings: [
        mapping('salesforce', field('Agent__c', 'email'), target('assignee', 'user')),
        mapping('jira', field('Reporter__c', 'email'), target('reporter', 'user')),
      ],
    };
    const { toJira, toSalesforce } = decide(plan, {
      salesforce: { Agent__c: 'ann@example.com' },
      jira: { reporter: { accountId: '8', emailAddress: 'bob@example.com' } },
      accounts: { 'ann@example.com': '7' },
    });
    expect([toJira, toSalesforce]).toEqual([{ assignee: { accountId: '7' } }, { Reporter__c: 'bob@example.com' }]);
  });
});

describe('S-3 an event', () => {
  const look = {
    link,
    cause: 'event',
    salesforce: { ...inSalesforce, Subject: 'b' },
    jira: { ...inJira, customfield_1: 'b' },
  } as const;

  it('goes to Salesforce at once, and leaves to the cycle what goes to Jira', () => {
    const { toJira, toSalesforce, decisions, later, fields } = decide(threeFields, look);
    expect([toJira, toSalesforce, later]).toEqual([{}, { Notes__c: 'b' }, true]);
    expect(decisions.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['later', 'Subject changed in Salesforce; the next cycle puts it back'],
      ['write', 'Notes changed in Jira'],
    ]);
    // When Salesforce’s value was seen stays known.
    const base = { salesforce: 'a', jira: 'a', seen: { value: 'b', at: now } };
    expect(fields[0]).toEqual({ mapping: 'summary', base, decision: decisions[0] });
  });

  it('remembers nothing of a first value that it leaves to the cycle', () => {
    const { fields } = decide(threeFields, { ...look, link: {} });
    expect(Object.keys(fields[0]!).sort()).toEqual(['decision', 'mapping']);
  });

  it('leaves nothing to the cycle where there is nothing for Jira', () => {
    expect(decide(threeFields, { ...look, salesforce: inSalesforce }).later).toBe(false);
  });
});

describe('the status', () => {
  const plan = { ...statusCases(), mappings: [] };
  const known = { salesforce: 'New', jira: 'To Do' };
  const moved = { status: { id: '12', name: 'In Progress' } };

  it('is written with the fields, where the record’s type offers it', () => {
    const look = { salesforce: { Status: 'New' }, jira: moved, link: { status: known } };
    const { toSalesforce, decisions } = decide(plan, { ...look, changes: [change('status', 'ann')] });
    expect(toSalesforce).toEqual({ Status: 'Working' });
    expect(decisions.map(({ what }) => what)).toEqual(['Status']);
    const refused = decide(plan, { ...look, changes: [change('status', 'ann')], offered: new Set(['New']) });
    expect(refused.toSalesforce).toEqual({});
  });

  it('is doubted as a field is, by the moves in the change log alone', () => {
    const look = { salesforce: { Status: 'Closed' }, jira: moved, link: { status: known } };
    expect(decide(plan, look).wants).toEqual(['status']);
    const late = [change('status', 'ann', now + minute, 'In Progress'), change('summary', 'bob', before)];
    const early = [change('status', 'ann', before, 'In Progress'), change('summary', 'bob', now + minute)];
    expect(decide(plan, { ...look, changes: late }).toSalesforce).toEqual({ Status: 'Working' });
    expect(decide(plan, { ...look, changes: early }).toSalesforce).toEqual({});
    expect(decide(plan, { ...look, changes: early }).status.move?.to.name).toBe('Done');
  });

  it('that was sent is found', () => {
    const { decisions } = decide(plan, {
      salesforce: { Status: 'New' },
      link: { status: known, moving: { side: 'jira', to: 'To Do' } },
    });
    expect(decisions).toMatchObject([{ outcome: 'found', to: 'To Do' }]);
  });

  it.each<[string, NonNullable<Link['moving']>, string, readonly object[]]>([
    ['is told where it is not there', { side: 'jira', to: 'Done' }, 'New', [{ what: 'Status', to: 'Done' }]],
    [
      'is told beside the one that is sent now',
      { side: 'salesforce', to: 'Working' },
      'Closed',
      [
        { side: 'salesforce', what: 'Status', to: 'Working' },
        { outcome: 'write', to: 'Done' },
      ],
    ],
    ['is told with that, where it is the same', { side: 'jira', to: 'Done' }, 'Closed', [{ outcome: 'write' }]],
  ])('that was sent %s', (_, moving, Status, expected) => {
    const { decisions } = decide(plan, { salesforce: { Status }, link: { status: known, moving } });
    expect(decisions).toMatchObject(expected);
    expect(decisions).toHaveLength(expected.length);
    if (expected.length > 1 || Status === 'New')
      expect(decisions[0]).toMatchObject({ outcome: 'found', reason: expect.stringContaining('it is not there now') });
  });

  const gone = { outcome: 'found', reason: expect.stringContaining('it is not there now') };
  const found = { outcome: 'found', reason: expect.stringMatching(/^written by an earlier run/) };
  const working = { side: 'salesforce', to: 'Working' } as const;
  const done = { side: 'jira', to: 'Done' } as const;

  it.each<[string, NonNullable<Link['moving']>, string, readonly object[], readonly object[]]>([
    [
      'beside the one that is there',
      { side: 'jira', to: 'To Do', earlier: [working] },
      'New',
      [
        { ...gone, ...working },
        { ...found, side: 'jira', to: 'To Do' },
      ],
      [working, { side: 'jira', to: 'To Do' }],
    ],
    [
      'beside another one that is not there',
      { ...done, earlier: [working] },
      'New',
      [
        { ...gone, ...working },
        { ...gone, ...done },
      ],
      [working, done],
    ],
    [
      'before the same is sent again',
      { ...done, earlier: [working] },
      'Closed',
      [
        { ...gone, ...working },
        { outcome: 'write', ...done },
      ],
      [working],
    ],
    [
      'where a person has set it since',
      { ...done, earlier: [{ side: 'salesforce', to: 'New' }] },
      'New',
      [
        { ...found, side: 'salesforce', to: 'New' },
        { ...gone, ...done },
      ],
      [{ side: 'salesforce', to: 'New' }, done],
    ],
  ])('that two runs sent, one after the other, is told of both: %s', (_, moving, Status, expected, untold) => {
    const { decisions, status } = decide(plan, { salesforce: { Status }, link: { status: known, moving } });
    expect(decisions).toMatchObject(expected);
    expect(decisions).toHaveLength(expected.length);
    expect(status.untold).toEqual(untold);
  });
});

describe('a rule', () => {
  it('is there where the item has one', () => {
    const item = compileItem(supportCases());
    expect(item.rule?.({ Account: { Rating: 'Hot' } }).moveTo?.name).toBe('Done');
    expect(compileItem(statusCases())).not.toHaveProperty('rule');
  });
});

describe('what is remembered of a link', () => {
  const decisions = decide(threeFields, {
    link,
    salesforce: { ...inSalesforce, Subject: 'b' },
    jira: { ...inJira, customfield_1: 'b' },
  });
  const other = { salesforce: 'x', jira: 'x' };
  const bases = { ...agreed, other };
  const sent = (side: 'salesforce' | 'jira', value: string) => ({ side, value, at: now });
  const seen = (value: string) => ({ value, at: now });

  it.each<[Arrival, object]>([
    ['arrived', { summary: { salesforce: 'b', jira: 'b' }, customfield_1: { salesforce: 'b', jira: 'b' } }],
    [
      'unknown',
      {
        summary: { ...agreed.summary, seen: seen('b'), sending: [sent('jira', 'b')] },
        customfield_1: { ...agreed.customfield_1, seen: seen('a'), sending: [sent('salesforce', 'b')] },
      },
    ],
    [
      'refused',
      {
        summary: { ...agreed.summary, seen: seen('b') },
        customfield_1: { ...agreed.customfield_1, seen: seen('a') },
      },
    ],
  ])('when its writes %s, beside what no mapping is about any more', (arrival, expected) => {
    expect(basesAfter(bases, decisions, () => arrival)).toEqual({ ...bases, ...expected });
  });

  it('is asked of each write by its own fate', () => {
    const asked: string[] = [];
    basesAfter(bases, decisions, (side, name) => {
      asked.push(`${side} ${name}`);
      return 'arrived';
    });
    expect(asked).toEqual(['jira summary', 'salesforce Notes__c']);
  });

  it('before anything is sent: what is about to be, and what nobody has to be told of', () => {
    expect(basesBefore(bases, decisions)).toEqual({
      ...bases,
      summary: { ...agreed.summary, seen: seen('b'), sending: [sent('jira', 'b')] },
      customfield_1: { ...agreed.customfield_1, seen: seen('a'), sending: [sent('salesforce', 'b')] },
    });
    const same = decide(threeFields, { link, salesforce: { ...inSalesforce, Reason: 'b' }, jira: inJira });
    expect(basesBefore({}, decide(threeFields, { salesforce: inSalesforce, jira: inJira }))).toEqual(agreed);
    expect(basesBefore({}, same)).toHaveProperty('summary', agreed.summary);
  });

  it('of what has to be told only after it is', () => {
    const landed = {
      ...agreed,
      summary: { ...agreed.summary, sending: [{ ...sent('jira', 'b'), at: now - minute }] },
    };
    const found = decide(threeFields, {
      link: { bases: landed },
      salesforce: { ...inSalesforce, Subject: 'b' },
      jira: { ...inJira, summary: 'b' },
    });
    expect(found.decisions.map(({ outcome }) => outcome)).toEqual(['found']);
    expect(basesBefore(landed, found)).toEqual(landed);
    expect(basesAfter(landed, found, () => 'arrived')).toMatchObject({ summary: { salesforce: 'b', jira: 'b' } });
  });

  it('of what was sent and is gone only after it is told, also where another value is sent', () => {
    const old = { ...sent('jira', 'x'), at: now - 3 * minute };
    const early = { ...agreed, summary: { ...agreed.summary, sending: [old] } };
    const look = { link: { bases: early }, salesforce: inSalesforce, jira: inJira };
    const quiet = decide(threeFields, look);
    expect(quiet.decisions).toMatchObject([{ outcome: 'found', to: 'x' }]);
    expect(basesBefore(early, quiet)).toEqual(early);
    expect(basesAfter(early, quiet, () => 'arrived')).toEqual(agreed);
    const writes = decide(threeFields, { ...look, salesforce: { ...inSalesforce, Subject: 'b' } });
    expect(writes.decisions.map(({ to }) => to)).toEqual(['x', 'b']);
    expect(basesBefore(early, writes)).toMatchObject({ summary: { sending: [old, sent('jira', 'b')] } });
    expect(basesAfter(early, writes, () => 'arrived')).toMatchObject({ summary: { salesforce: 'b', jira: 'b' } });
    for (const arrival of ['arrived', 'unknown'] as const)
      expect(JSON.stringify(basesAfter(early, writes, () => arrival))).not.toContain('"x"');
    // Nothing new is agreed on: what a person put back over it is still to be known as an edit.
    const refused = basesAfter(early, writes, () => 'refused');
    expect(refused).toMatchObject({ summary: { ...agreed.summary, sending: [{ ...old, told: true }] } });
    expect(decide(threeFields, { ...look, link: { bases: refused } }).decisions).toEqual([]);
    // The cycle writes, and tells.
    const event = decide(threeFields, { ...look, salesforce: { ...inSalesforce, Subject: 'b' }, cause: 'event' });
    expect(event.decisions.map(({ outcome }) => outcome)).toEqual(['later']);
    expect(basesAfter(early, event, () => 'arrived')).toMatchObject({ summary: { sending: [old] } });
  });

  it('of an owner that never had a value is nothing', () => {
    const empty = decide(threeFields, { jira: { summary: 'x' }, salesforce: { Notes__c: 'x' } });
    const known = { customfield_2: { salesforce: null, jira: null } };
    expect(basesAfter({}, empty, () => 'arrived')).toEqual(known);
    expect(basesBefore({}, empty)).toEqual(known);
    expect(Object.keys(basesBefore({}, empty))).toEqual(['customfield_2']);
    expect(Object.keys(basesAfter({}, empty, () => 'arrived'))).toEqual(['customfield_2']);
  });

  describe('once it was read what Salesforce made of a write', () => {
    const item = compileItem(threeFields);
    const after = basesAfter(bases, decisions, () => 'arrived');
    const read = (fields: object) =>
      basesAsRead(item, after, decisions, recordOf({ ...inSalesforce, ...fields }), () => 'arrived');

    it('is its form, and what was written', () => {
      expect(read({ Notes__c: 'B' })).toEqual({
        ...after,
        customfield_1: { salesforce: 'B', jira: 'b', written: { side: 'salesforce', value: 'b' } },
      });
    });

    it('is what it was where the form is the same, and of what was not written there', () => {
      expect(read({ Notes__c: 'b', Subject: 'other', Reason: 'other' })).toEqual(after);
    });

    it('is nothing of what was not agreed, or is not mapped any more', () => {
      const { customfield_1: _, ...without } = after;
      const fields = recordOf({ Notes__c: 'B' });
      expect(basesAsRead(item, without, decisions, fields, () => 'arrived')).toEqual(without);
      const unmapped = compileItem({ ...threeFields, mappings: [] });
      expect(basesAsRead(unmapped, after, decisions, fields, () => 'arrived')).toEqual(after);
    });

    it.each(['refused', 'unknown'] as const)('is no form of a write that was %s', arrival => {
      const fields = recordOf({ ...inSalesforce, Notes__c: 'edited in Salesforce' });
      expect(basesAsRead(item, bases, decisions, fields, () => arrival)).toEqual(bases);
    });
  });
});

it('has nobody to ask where nobody was looked up', () => {
  expect([emptyContext.self, emptyContext.people.accountIdOf('ann@example.com')]).toEqual(['', undefined]);
});
