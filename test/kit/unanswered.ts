/** What one relation of a link comes to while people edit both sides, and runs end in every way that they can. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { type Decision, type Item, needsIssue, showsChange } from '../../runtime/engine/index.ts';
import type { Instant, JiraFieldChange, JiraIssue, Link, SalesforceRecord } from '../../runtime/ports.ts';
import { changeOf } from './changes.ts';

export const minute = 60_000;

export type Side = 'salesforce' | 'jira';
export type Cause = 'record' | 'event';
const fates = ['ends', 'dies first', 'dies when it wrote', 'gets no answer', 'gets no answer when it wrote'] as const;
export type Fate = (typeof fates)[number];

export const arrives = (fate: Fate): boolean => fate === 'ends' || fate.endsWith('wrote');
export const dies = (fate: Fate): boolean => fate.startsWith('dies');

/** Both sides as they stand, and what shows of their history. */
export interface Sides {
  readonly salesforce: string;
  readonly jira: string;
  readonly changes: readonly JiraFieldChange[];
  readonly stamp: Instant;
  readonly updated: Instant;
  readonly now: Instant;
  readonly lastOutcome: NonNullable<Link['lastOutcome']>;
  /** Which side changed since a run came to its end. */
  readonly changed: ReadonlySet<Side>;
}

export const sidesAt = (now: Instant, both: Pick<Sides, Side>): Sides => ({
  ...both,
  changes: [],
  stamp: now,
  updated: now,
  now: now + minute,
  lastOutcome: { at: now, kind: 'ok' },
  changed: new Set(),
});

export const linkWith = (more: Partial<Link>): Link => ({
  item: 'support-cases',
  object: 'Case',
  record: '500000000000001AAA',
  issueId: '1',
  issueKey: 'SUP-1',
  managed: 'auto',
  createdAt: 0,
  state: { kind: 'active' },
  bases: {},
  stamp: 0,
  lastOutcome: { at: 0, kind: 'ok' },
  ...more,
});

/** Whether the side that changed says by itself that a run has to look at both. */
export const isLookedAt = (
  { changed }: Sides,
  item: Item,
  link: Link,
  record: SalesforceRecord,
  issue: JiraIssue,
): boolean =>
  (changed.has('salesforce') && needsIssue(item, link, record)) ||
  (changed.has('jira') && showsChange(item, link, issue));

/** One side as somebody, or the app, has given it a value just now. */
export const given = <World extends Sides>(
  world: World,
  field: string,
  side: Side,
  to: string,
  author: string,
): World =>
  side === 'salesforce'
    ? { ...world, salesforce: to, stamp: world.now }
    : { ...world, jira: to, changes: [...world.changes, changeOf(field, author, world.now, to)], updated: world.now };

/** What shows of a run that came to its end, answered or not. */
export const ended = ({ now }: Sides, sent: Sent | undefined, fate: Fate, cause: Cause) => {
  const isAnswered = sent === undefined || fate === 'ends';
  // The cycle looks at what changed in Salesforce also after an event did, and at what was written there.
  const isLeft = sent?.side === 'salesforce' || !isAnswered || cause === 'event';
  return {
    isAnswered,
    lastOutcome: { at: now, kind: isAnswered ? 'ok' : 'failed' },
    changed: new Set<Side>(isLeft ? ['salesforce'] : []),
  } as const;
};

export interface Sent {
  readonly side: Side;
  readonly to: string;
}

export interface Ran<World> {
  readonly world: World;
  readonly sent?: Sent | undefined;
  /** What it came to say. */
  readonly told: readonly Decision[];
}

/** What is remembered of a relation. */
export interface Memory {
  readonly sent: readonly Sent[];
  readonly agreed: Readonly<Record<Side, unknown>> | undefined;
  readonly seen: unknown;
}

/**
 * What is not promised, since it leaves no trace: the very value that is on its way, and a way back to what was agreed or
 * seen before, when no run came to remember what was between. Jira keeps a history, Salesforce does not.
 */
function leavesNoTrace(world: Sides, { sent, agreed, seen }: Memory, side: Side, to: string): boolean {
  if (sent.some(one => one.side === side && one.to === to)) return true;
  const isBack = to === agreed?.[side] || (side === 'salesforce' && to === seen);
  const last = sent.at(-1);
  const isKept = last !== undefined && last.side !== side && world[last.side] === last.to;
  return isBack && !isKept && (side === 'salesforce' || world.changes.at(-1)?.author !== 'app');
}

/** Values are told by their places: a place has one on either side. */
export type Values = Readonly<Record<Side, readonly [string, string, string]>>;
export const places = fc.constantFrom(0, 1, 2);

export const steps = fc.array(
  fc.record(
    {
      side: fc.constantFrom('salesforce', 'jira'),
      to: places,
      fate: fc.constantFrom(...fates),
      cause: fc.constantFrom('record', 'event'),
      minutes: fc.constantFrom(1, 30),
    },
    { requiredKeys: ['to', 'fate', 'cause', 'minutes'] },
  ),
  { maxLength: 6 },
);
type Steps = typeof steps extends fc.Arbitrary<infer All> ? All : never;

export interface Relation<World extends Sides> {
  readonly field: string;
  readonly values: Values;
  /** What it sends is remembered before, and what came of it after: as far as the run comes. Nothing else changes the time. */
  run(world: World, fate: Fate, cause: Cause): Ran<World>;
  memory(world: World): Memory;
}

/** Plays it to its rest: the last edit stands on both sides, and what was sent is told. */
export function playOut<World extends Sides>(
  { field, values, run, memory }: Relation<World>,
  begin: World,
  first: number,
  all: Steps,
): void {
  let world = begin;
  let wanted = first;
  const untold: Sent[] = [];
  const told: Decision[] = [];
  const go = (fate: Fate, cause: Cause): boolean => {
    const ran = run(world, fate, cause);
    world = { ...ran.world, now: world.now + 5 * minute };
    told.push(...ran.told);
    if (ran.sent !== undefined && dies(fate)) untold.push(ran.sent);
    return ran.sent !== undefined;
  };
  for (const { side, to: place, fate, cause, minutes } of all) {
    const to = side && values[side][place]!;
    if (side !== undefined && to !== undefined && world[side] !== to) {
      fc.pre(!leavesNoTrace(world, memory(world), side, to));
      world = { ...given(world, field, side, to, 'ann'), changed: new Set([...world.changed, side]) };
      wanted = place;
    }
    world = { ...world, now: world.now + minutes * minute };
    go(fate, cause);
  }
  let plans = 0;
  while (plans < 5 && go('ends', 'record')) plans++;
  expect(plans).toBeLessThanOrEqual(2);
  // What may have landed late is told when everything is looked at, once a day.
  expect(go('ends', 'event')).toBe(false);
  expect([world.salesforce, world.jira]).toEqual([values.salesforce[wanted], values.jira[wanted]]);
  for (const { side, to } of untold) expect(told).toContainEqual(expect.objectContaining({ side, to }));
}
