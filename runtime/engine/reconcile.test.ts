/** Perturb one agreed triple, decide, pretend that each write worked, and look where it ends. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalJira, normalSalesforce, sameValue } from '../../compiler/conversion/index.ts';
import type { ItemPlan, MappingPlan, Owner } from '../../compiler/plan/ir.ts';
import { mapping, notes, priority, subject, supportCases, table, target } from '../../test/kit/plan.ts';
import type { JiraFieldChange, JiraIssue, Link, SalesforceRecord } from '../ports.ts';
import { type Arrival, basesAfter, basesBefore, compileItem, emptyContext } from './reconcile.ts';
import { valueAt } from './values.ts';

interface World {
  readonly salesforce: Readonly<Record<string, unknown>>;
  readonly jira: Readonly<Record<string, unknown>>;
  readonly link: Pick<Link, 'bases' | 'status'>;
  readonly changes: readonly JiraFieldChange[];
  readonly now: number;
  readonly stamp: number;
}

const self = 'app';
const start = Date.UTC(2026, 0, 5);

const withOwners = (owners: readonly Owner[], onConflict: MappingPlan['onConflict'] = 'latest'): ItemPlan => {
  const { rules: _, ...plan } = supportCases();
  const fields = [
    (owner: Owner) => mapping(owner, subject, target('summary'), { onConflict }),
    (owner: Owner) => mapping(owner, notes, target('customfield_1'), { onConflict }),
    (owner: Owner) =>
      mapping(owner, priority, target('priority', 'priority'), {
        onConflict,
        table: { ...table(['High', 'Highest'], ['Medium', 'Medium'], ['Low', 'Low']), otherwise: { kind: 'keep' } },
      }),
  ];
  return { ...plan, mappings: owners.map((owner, index) => fields[index]!(owner)) };
};

const record = ({ salesforce, stamp }: World): SalesforceRecord => ({
  id: '500000000000001AAA',
  object: 'Case',
  fields: salesforce,
  stamp,
  createdAt: start,
  deleted: false,
});
const issue = ({ jira, changes }: World): JiraIssue => ({
  id: '1',
  key: 'SUP-1',
  fields: { status: { id: '1', name: 'To Do' }, ...jira },
  updated: Math.max(0, ...changes.map(({ at }) => at)),
});

function decide(plan: ItemPlan, world: World, cause: 'record' | 'event' = 'record') {
  return compileItem(plan).reconcile({
    link: world.link,
    record: record(world),
    issue: issue(world),
    changes: world.changes,
    context: { ...emptyContext, self },
    cause,
    now: world.now,
  });
}

type Fate = 'arrives' | 'is refused' | 'is lost without an answer' | 'arrives without an answer';
type Judge = (side: 'salesforce' | 'jira', field: string) => Fate;
const arrivals: Readonly<Record<Fate, Arrival>> = {
  arrives: 'arrived',
  'is refused': 'refused',
  'is lost without an answer': 'unknown',
  'arrives without an answer': 'unknown',
};

/** Each write meets its fate; of what arrives, the systems keep what `reform` makes of it. */
function apply(
  plan: ItemPlan,
  world: World,
  reform: (value: unknown) => unknown = value => value,
  fateOf: Judge = () => 'arrives',
): World {
  const decisions = decide(plan, world);
  const kept = (side: 'salesforce' | 'jira', values: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      Object.entries(values)
        .filter(([name]) => fateOf(side, name).startsWith('arrives'))
        .map(([name, value]) => [name, reform(value)]),
    );
  const [jira, salesforce] = [kept('jira', decisions.toJira), kept('salesforce', decisions.toSalesforce)];
  const wrote = Object.entries(jira).map(([field, value]) => change(field, value, self, world.now));
  return {
    ...world,
    salesforce: { ...world.salesforce, ...salesforce },
    jira: { ...world.jira, ...jira },
    link: {
      ...world.link,
      bases: basesAfter(world.link.bases, decisions, (side, field) => arrivals[fateOf(side, field)]),
    },
    changes: [...world.changes, ...wrote],
    now: world.now + 300_000,
    stamp: Object.keys(salesforce).length > 0 ? world.now : world.stamp,
  };
}

const change = (field: string, value: unknown, author: string, at: number): JiraFieldChange => ({
  at,
  author,
  field,
  from: null,
  to: JSON.stringify(value),
  fromString: null,
  toString: JSON.stringify(value),
});

const writesOf = (plan: ItemPlan, world: World): number => {
  const { toJira, toSalesforce } = decide(plan, world);
  return Object.keys(toJira).length + Object.keys(toSalesforce).length;
};

const fixpoint = (plan: ItemPlan, world: World): { readonly world: World; readonly plans: number } => {
  for (let plans = 0; ; plans++) {
    const quiet = writesOf(plan, world) === 0;
    world = apply(plan, world);
    if (quiet || plans > 10) return { world, plans };
  }
};

// ── worlds ──────────────────────────────────────────────────────────────────────────────────────

const text = fc.oneof(fc.constant(null), fc.constantFrom('a', 'B', ' c ', 'd\r\n', 'ü'), fc.string({ maxLength: 12 }));
const picklist = fc.constantFrom(null, 'High', 'Medium', 'Low', 'Unheard');
const priorities = fc.constantFrom(null, 'Highest', 'Medium', 'Low', 'Lowest').map(name => name && { name });
const salesforceSide = fc.record({ Subject: text, Notes__c: text, Priority: picklist });
const jiraSide = fc.record({ summary: text, customfield_1: text, priority: priorities });
const owner = fc.constantFrom<Owner>('salesforce', 'jira', 'both');
const owners = fc.tuple(owner, owner, owner);
const edits = fc.record({
  salesforce: fc.record({ Subject: text, Notes__c: text, Priority: picklist }, { requiredKeys: [] }),
  jira: fc.record({ summary: text, customfield_1: text, priority: priorities }, { requiredKeys: [] }),
  salesforceAt: fc.integer({ min: 0, max: 300 }),
  jiraAt: fc.integer({ min: 0, max: 300 }),
});
/** What a plan writes of, on either side. */
const written = ['Subject', 'Notes__c', 'Priority', 'summary', 'customfield_1', 'priority'] as const;
const fate = fc.constantFrom<Fate>('arrives', 'is refused', 'is lost without an answer', 'arrives without an answer');
const policy = fc.constantFrom<MappingPlan['onConflict']>('latest', 'salesforce', 'jira');

const fresh = (salesforce: object, jira: object): World => ({
  salesforce: { ...salesforce },
  jira: { ...jira },
  link: { bases: {} },
  changes: [],
  now: start,
  stamp: start - 60_000,
});

function edited(world: World, edit: typeof edits extends fc.Arbitrary<infer E> ? E : never): World {
  const stamp = world.now + edit.salesforceAt * 1000;
  const jiraAt = world.now + edit.jiraAt * 1000;
  return {
    ...world,
    salesforce: { ...world.salesforce, ...edit.salesforce },
    jira: { ...world.jira, ...edit.jira },
    changes: [
      ...world.changes,
      // Of what was there already Jira lists nothing.
      ...Object.entries(edit.jira)
        .filter(([field, value]) => !isDeepStrictEqual(value, world.jira[field]))
        .map(([field, value]) => change(field, value, 'person', jiraAt)),
    ],
    stamp: Object.keys(edit.salesforce).length > 0 ? stamp : world.stamp,
    now: world.now + 300_000,
  };
}

const sidesOf = (plan: ItemPlan, world: World) =>
  plan.mappings.map(({ source, target: to }) => ({
    salesforce:
      source.kind === 'field'
        ? normalSalesforce(source.field.type, valueAt(world.salesforce, source.field.path))
        : null,
    jira: normalJira(to.type, world.jira[to.id] ?? null),
  }));

describe('reconcile', () => {
  it('I5 I23 comes to rest after at most three plans, from any start and any edits on both sides', () => {
    fc.assert(
      fc.property(
        owners,
        policy,
        salesforceSide,
        jiraSide,
        fc.array(edits, { maxLength: 3 }),
        (own, on, left, right, all) => {
          const plan = withOwners(own, on);
          let state = fixpoint(plan, fresh(left, right));
          expect(state.plans).toBeLessThanOrEqual(3);
          for (const edit of all) {
            state = fixpoint(plan, edited(state.world, edit));
            expect(state.plans).toBeLessThanOrEqual(3);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('I5 I9 ends where it would have, in whatever order writes arrive, and whichever are refused or left without an answer', () => {
    fc.assert(
      fc.property(
        owners,
        policy,
        salesforceSide,
        jiraSide,
        edits,
        fc.array(fc.dictionary(fc.constantFrom(...written), fate), { minLength: 1, maxLength: 3 }),
        (own, on, left, right, edit, troubled) => {
          const plan = withOwners(own, on);
          const begun = edited(fixpoint(plan, fresh(left, right)).world, edit);
          let world = begun;
          for (const fates of troubled)
            world = apply(plan, world, undefined, (_, field) => fates[field] ?? 'is refused');
          const state = fixpoint(plan, world);
          expect(state.plans).toBeLessThanOrEqual(3);
          expect(sidesOf(plan, state.world)).toEqual(sidesOf(plan, fixpoint(plan, begun).world));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('I5 leaves both sides agreeing wherever a text is mapped and somebody gave it a value', () => {
    fc.assert(
      fc.property(fc.tuple(owner, owner), policy, salesforceSide, jiraSide, edits, (own, on, left, right, edit) => {
        const plan = withOwners(own, on);
        const { world } = fixpoint(plan, edited(fixpoint(plan, fresh(left, right)).world, edit));
        sidesOf(plan, world).forEach(({ salesforce, jira }, index) => {
          const untouched = world.link.bases[plan.mappings[index]!.id] === undefined;
          if (untouched) expect(own[index] === 'jira' ? jira : salesforce).toBeNull();
          else expect(salesforce).toEqual(jira);
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('I23 plans nothing where both sides and the base are the same', () => {
    fc.assert(
      fc.property(owners, salesforceSide, own_(), (own, left, cause) => {
        const plan = withOwners(own);
        const jira = { summary: left.Subject, customfield_1: left.Notes__c, priority: priorityOf(left.Priority) };
        const agreed = apply(plan, fresh(left, jira));
        expect(writesOf(plan, agreed)).toBe(0);
        const again = decide(plan, agreed, cause);
        expect(again.decisions.filter(({ outcome }) => outcome === 'write')).toEqual([]);
        expect(basesAfter(agreed.link.bases, again, () => 'arrived')).toEqual(agreed.link.bases);
      }),
    );
  });

  it('I6 never writes to a side what that side owns, whatever is remembered', () => {
    const anyBase = fc.record({ salesforce: text, jira: text }, { requiredKeys: ['salesforce', 'jira'] });
    fc.assert(
      fc.property(
        owners,
        salesforceSide,
        jiraSide,
        fc.option(anyBase, { nil: undefined }),
        edits,
        (own, left, right, base, edit) => {
          const plan = withOwners(own);
          const bases = base === undefined ? {} : Object.fromEntries(plan.mappings.map(({ id }) => [id, base]));
          const world = edited({ ...fresh(left, right), link: { bases } }, edit);
          for (const cause of ['record', 'event'] as const) {
            const { toJira, toSalesforce } = decide(plan, world, cause);
            plan.mappings.forEach((one, index) => {
              if (own[index] === 'jira') expect(toJira).not.toHaveProperty(one.target.id);
              if (own[index] === 'salesforce' && one.source.kind === 'field') {
                expect(toSalesforce).not.toHaveProperty(one.source.field.path[0]!);
              }
              if (cause === 'event') expect(toJira).toEqual({});
            });
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('I7 keeps the last edit of a field that both own, and keeps the loser of a conflict on record', () => {
    fc.assert(
      fc.property(salesforceSide, jiraSide, edits, (left, right, edit) => {
        const plan = withOwners(['both', 'both']);
        const rested = fixpoint(plan, fresh(left, right)).world;
        const world = edited(rested, edit);
        const before = sidesOf(plan, rested);
        const asEdited = sidesOf(plan, world);
        const decisions = decide(plan, world);
        const after = sidesOf(plan, fixpoint(plan, world).world);
        asEdited.forEach(({ salesforce, jira }, index) => {
          const here = !sameValue(salesforce, before[index]!.salesforce);
          const there = !sameValue(jira, before[index]!.jira);
          const jiraLast = Math.floor(edit.jiraAt) > Math.floor(edit.salesforceAt);
          const winner = there && (!here || jiraLast) ? jira : salesforce;
          expect(after[index]!.salesforce).toEqual(winner);
          const conflict = here && there && !sameValue(salesforce, jira);
          const decision = decisions.fields[index]!.decision;
          expect(decision !== undefined && 'lost' in decision).toBe(conflict);
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('I4 writes a value once to a side that keeps another form of it', () => {
    const forms = fc.constantFrom<(value: unknown) => unknown>(
      value => (typeof value === 'string' ? value.slice(0, 3) : value),
      value => (typeof value === 'string' ? value.toUpperCase() : value),
      value => (typeof value === 'string' ? `(${value})` : value),
    );
    fc.assert(
      fc.property(
        fc.constantFrom<Owner>('salesforce', 'both'),
        fc.string({ minLength: 4 }),
        forms,
        (own, value, reform) => {
          const plan = withOwners([own]);
          let world = apply(plan, fresh({ Subject: value }, { summary: null }), reform);
          world = apply(plan, world, reform);
          expect(writesOf(plan, world)).toBe(0);
          expect(world.salesforce.Subject).toBe(value);
        },
      ),
    );
  });

  it('takes an unanswered write of its own for no edit, whether it arrived or not', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.string({ minLength: 1 }),
        fc.boolean(),
        fc.boolean(),
        (first, second, arrived, toJira) => {
          fc.pre(first.trim() !== '' && second.trim() !== '');
          const plan = withOwners(['both']);
          const rested = fixpoint(plan, fresh({ Subject: 'x' }, { summary: 'x' })).world;
          const at = { salesforceAt: 1, jiraAt: 1 };
          const world = edited(
            rested,
            toJira
              ? { ...at, salesforce: { Subject: first }, jira: {} }
              : { ...at, salesforce: {}, jira: { summary: first } },
          );
          const decisions = decide(plan, world);
          const unanswered: World = {
            ...world,
            link: { bases: basesBefore(world.link.bases, decisions) },
            ...(arrived && toJira ? { jira: { ...world.jira, ...decisions.toJira } } : {}),
            ...(arrived && !toJira
              ? { salesforce: { ...world.salesforce, ...decisions.toSalesforce }, stamp: world.now }
              : {}),
          };
          // The same person goes on typing on the same side.
          const later = edited(
            unanswered,
            toJira
              ? { ...at, salesforce: { Subject: second }, jira: {} }
              : { ...at, salesforce: {}, jira: { summary: second } },
          );
          const next = decide(plan, later);
          expect(next.decisions.filter(decision => 'lost' in decision)).toEqual([]);
          const [sides] = sidesOf(plan, fixpoint(plan, later).world);
          expect(sides!.jira).toEqual(normalJira('text', second));
          expect(sides!.salesforce).toEqual(normalSalesforce('string', second));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('explains every write with a sentence and its place in the program', () => {
    fc.assert(
      fc.property(owners, salesforceSide, jiraSide, (own, left, right) => {
        const { fields } = decide(withOwners(own), fresh(left, right));
        for (const { write, decision } of fields) {
          if (write === undefined) continue;
          expect(decision).toMatchObject({ outcome: 'write', side: write.side, origin: { line: 10 } });
          expect(decision!.reason.length).toBeGreaterThan(10);
        }
      }),
    );
  });
});

function own_() {
  return fc.constantFrom<'record' | 'event'>('record', 'event');
}

const priorityOf = (value: string | null) => {
  const names: Readonly<Record<string, string>> = { High: 'Highest', Medium: 'Medium', Low: 'Low' };
  return value !== null && names[value] !== undefined ? { name: names[value] } : null;
};
