/** A value that a run was about to write, and died or got no answer before it came to remember it: what the next one makes of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapping, subject, supportCases, target } from '../../test/kit/plan.ts';
import type { FieldBase, JiraFieldChange, JiraIssue, Link, SalesforceRecord } from '../ports.ts';
import type { Decision } from './decision.ts';
import { basesAfter, basesBefore, compileItem, emptyContext, needsIssue, showsChange } from './index.ts';

const minute = 60_000;
const start = Date.UTC(2026, 0, 5);
const { rules: _, ...cases } = supportCases();
const shared = mapping('both', subject, target('summary'));
const item = compileItem({ ...cases, mappings: [shared] });

type Side = 'salesforce' | 'jira';
interface World {
  readonly salesforce: string;
  readonly jira: string;
  readonly base: FieldBase;
  readonly changes: readonly JiraFieldChange[];
  readonly stamp: number;
  readonly updated: number;
  readonly now: number;
  readonly lastOutcome: NonNullable<Link['lastOutcome']>;
  /** Which side changed since a run came to its end. */
  readonly changed: ReadonlySet<Side>;
}

const recordOf = ({ salesforce, stamp }: World): SalesforceRecord => ({
  id: '500000000000001AAA',
  object: 'Case',
  fields: { Subject: salesforce },
  stamp,
  createdAt: start,
  deleted: false,
});
const issueOf = ({ jira, updated }: World): JiraIssue => ({
  id: '1',
  key: 'SUP-1',
  fields: { summary: jira },
  updated,
});
const linkOf = ({ base, lastOutcome }: World): Link => ({
  item: cases.id,
  object: 'Case',
  record: '500000000000001AAA',
  issueId: '1',
  issueKey: 'SUP-1',
  managed: 'auto',
  createdAt: start,
  state: { kind: 'active' },
  bases: { [shared.id]: base },
  stamp: start,
  lastOutcome,
});

/** Whether the side that changed says by itself that a run has to look at both. */
const isLookedAt = (world: World): boolean =>
  (world.changed.has('salesforce') && needsIssue(item, linkOf(world), recordOf(world))) ||
  (world.changed.has('jira') && showsChange(item, linkOf(world), issueOf(world)));

const change = (to: string, at: number, author: string): JiraFieldChange => ({
  at,
  author,
  field: 'summary',
  from: null,
  to: null,
  fromString: null,
  toString: to,
});

const inSalesforce = (world: World, to: string): World => ({ ...world, salesforce: to, stamp: world.now });
const inJira = (world: World, to: string, author: string): World => ({
  ...world,
  jira: to,
  changes: [...world.changes, change(to, world.now, author)],
  updated: world.now,
});

const fates = ['ends', 'dies first', 'dies when it wrote', 'gets no answer', 'gets no answer when it wrote'] as const;
type Fate = (typeof fates)[number];
type Cause = 'record' | 'event';

interface Ran {
  readonly world: World;
  readonly sent?: { readonly side: Side; readonly to: string } | undefined;
  /** What it came to say. */
  readonly told: readonly Decision[];
}

/** What it sends is remembered before, and what came of it after: as far as the run comes. */
function run(world: World, fate: Fate, cause: Cause): Ran {
  const isLater = { now: world.now + 5 * minute };
  if (cause === 'record' && !isLookedAt(world))
    return { world: { ...world, ...isLater, changed: new Set() }, told: [] };
  const decisions = item.reconcile({
    link: linkOf(world),
    record: recordOf(world),
    issue: issueOf(world),
    changes: world.changes,
    context: { ...emptyContext, self: 'app' },
    cause,
    now: world.now,
  });
  const { toSalesforce, toJira } = decisions;
  const sent =
    'Subject' in toSalesforce
      ? ({ side: 'salesforce', to: String(toSalesforce.Subject) } as const)
      : 'summary' in toJira
        ? ({ side: 'jira', to: String(toJira.summary) } as const)
        : undefined;
  const arrives = fate === 'ends' || fate.endsWith('wrote');
  const wrote =
    sent === undefined || !arrives
      ? world
      : sent.side === 'jira'
        ? inJira(world, sent.to, 'app')
        : inSalesforce(world, sent.to);
  const before = sent === undefined ? linkOf(world).bases : basesBefore(linkOf(world).bases, decisions);
  if (fate.startsWith('dies')) return { world: { ...wrote, ...isLater, base: before[shared.id]! }, sent, told: [] };
  const isAnswered = sent === undefined || fate === 'ends';
  const after = basesAfter(before, decisions, () => (isAnswered ? 'arrived' : 'unknown'));
  // The cycle looks at what changed in Salesforce also after an event did, and at what was written there.
  const isLeft = sent?.side === 'salesforce' || !isAnswered || cause === 'event';
  const ended = {
    base: after[shared.id]!,
    lastOutcome: { at: world.now, kind: isAnswered ? 'ok' : 'failed' },
    changed: new Set<Side>(isLeft ? ['salesforce'] : []),
  } as const;
  return { world: { ...wrote, ...isLater, ...ended }, sent, told: decisions.decisions };
}

function edited(world: World, side: Side, to: string): World {
  const changed = new Set([...world.changed, side]);
  return { ...(side === 'jira' ? inJira(world, to, 'ann') : inSalesforce(world, to)), changed };
}

/**
 * What is not promised, since it leaves no trace: the very value that is on its way, and a way back to what was agreed or
 * seen before, when no run came to remember what was between. Jira keeps a history, Salesforce does not.
 */
function leavesNoTrace({ base, changes, ...now }: World, side: Side, to: string): boolean {
  const { sending = [] } = base;
  if (sending.some(sent => sent.side === side && sent.value === to)) return true;
  const isBack = to === base[side] || (side === 'salesforce' && to === base.seen?.value);
  const last = sending.at(-1);
  const isKept = last !== undefined && last.side !== side && now[last.side] === last.value;
  return isBack && !isKept && (side === 'salesforce' || changes.at(-1)?.author !== 'app');
}

const values = ['a', 'b', 'c'] as const;
const steps = fc.array(
  fc.record(
    {
      side: fc.constantFrom('salesforce', 'jira'),
      to: fc.constantFrom(...values),
      fate: fc.constantFrom(...fates),
      cause: fc.constantFrom('record', 'event'),
      minutes: fc.constantFrom(1, 30),
    },
    { requiredKeys: ['to', 'fate', 'cause', 'minutes'] },
  ),
  { maxLength: 6 },
);

describe('a value that was sent by a run that died or got no answer', () => {
  it('S-2 I15 I5 hides no later edit, comes to rest within two plans, and is told', () => {
    fc.assert(
      fc.property(fc.constantFrom(...values), steps, (first, all) => {
        let world: World = {
          salesforce: first,
          jira: first,
          base: { salesforce: first, jira: first },
          changes: [],
          stamp: start,
          updated: start,
          now: start + minute,
          lastOutcome: { at: start, kind: 'ok' },
          changed: new Set(),
        };
        let wanted = first;
        const untold: { readonly side: Side; readonly to: string }[] = [];
        const told: Decision[] = [];
        const go = (fate: Fate, cause: Cause): boolean => {
          const ran = run(world, fate, cause);
          world = ran.world;
          told.push(...ran.told);
          if (ran.sent !== undefined && fate.startsWith('dies')) untold.push(ran.sent);
          return ran.sent !== undefined;
        };
        for (const { side, to, fate, cause, minutes } of all) {
          if (side !== undefined && world[side] !== to) {
            fc.pre(!leavesNoTrace(world, side, to));
            world = edited(world, side, to);
            wanted = to;
          }
          world = { ...world, now: world.now + minutes * minute };
          go(fate, cause);
        }
        let plans = 0;
        while (plans < 5 && go('ends', 'record')) plans++;
        // What may have landed late is told when everything is looked at, once a day.
        world = { ...world, changed: new Set(['salesforce']) };
        expect(go('ends', 'event')).toBe(false);
        expect(plans).toBeLessThanOrEqual(2);
        expect([world.salesforce, world.jira]).toEqual([wanted, wanted]);
        for (const one of untold) expect(told).toContainEqual(expect.objectContaining(one));
      }),
      { numRuns: 3000 },
    );
  });
});
