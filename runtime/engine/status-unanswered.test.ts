/** A status that a run was about to give, and died or got no answer before it came to remember it: what the next one makes of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statusCases, supportCases } from '../../test/kit/plan.ts';
import { input, moved, type Now, start } from '../../test/kit/status-look.ts';
import type { JiraFieldChange, Link, StatusSent } from '../ports.ts';
import type { Decision } from './decision.ts';
import { needsIssue, showsChange } from './look.ts';
import { compileItem } from './reconcile.ts';
import { compileStatus, statusSent } from './status.ts';

const minute = 60_000;
const plan = { ...statusCases(), mappings: [] };
const item = compileItem(plan);
const byTables = compileStatus(plan);

const salesforceValues = ['New', 'Working', 'Closed'] as const;
const jiraValues = ['To Do', 'In Progress', 'Done'] as const;
const places = [0, 1, 2] as const;

type Side = 'salesforce' | 'jira';
interface World extends Now {
  readonly changes: readonly JiraFieldChange[];
  readonly stamp: number;
  readonly now: number;
  readonly lastOutcome: NonNullable<Link['lastOutcome']>;
  /** Which side changed since a run came to its end. */
  readonly changed: ReadonlySet<Side>;
}

const fates = ['ends', 'dies first', 'dies when it wrote', 'gets no answer', 'gets no answer when it wrote'] as const;
type Fate = (typeof fates)[number];

/** Whether the side that changed says by itself that a run has to look at both. */
function isLookedAt(world: World): boolean {
  const { record, issue, known, moving } = input(world);
  const { lastOutcome } = world;
  const link: Link = {
    item: plan.id,
    object: 'Case',
    record: record.id,
    issueId: issue.id,
    issueKey: issue.key,
    managed: 'auto',
    createdAt: start,
    state: { kind: 'active' },
    bases: {},
    stamp: start,
    lastOutcome,
    ...(known && { status: known }),
    ...(moving && { moving }),
  };
  return (
    (world.changed.has('salesforce') && needsIssue(item, link, record)) ||
    (world.changed.has('jira') && showsChange(item, link, issue))
  );
}

interface Ran {
  readonly world: World;
  readonly sent?: StatusSent | undefined;
  /** What it came to say. */
  readonly told: readonly Decision[];
}

/** What it sends is remembered before, and what came of it after: as far as the run comes. */
function run(world: World, fate: Fate, cause: 'record' | 'event'): Ran {
  const later = { ...world, now: world.now + 5 * minute };
  if (cause === 'record' && !isLookedAt(world)) return { world: { ...later, changed: new Set() }, told: [] };
  const decided = byTables(input({ ...world, cause, updated: world.now - minute }));
  const { move, write, status, waiting = world.known, untold = [] } = decided;
  const sent = statusSent(decided);
  const { known, moving, ...rest } = later;
  const arrives = fate === 'ends' || fate.endsWith('wrote');
  const wrote: Partial<World> = {
    ...(arrives && write && { salesforce: String(write.value), stamp: world.now }),
    ...(arrives && move && { jira: move.to.name, changes: [...world.changes, moved(move.to.name, world.now, 'app')] }),
  };
  const before = {
    known: sent === undefined ? known : waiting,
    moving: sent === undefined ? moving : { ...sent, ...(untold.length > 0 && { earlier: untold }) },
  };
  if (fate.startsWith('dies')) return { world: withMemory({ ...rest, ...wrote }, before), sent, told: [] };
  const isAnswered = sent === undefined || fate === 'ends';
  const after = isAnswered ? { known: status ?? waiting } : { known: waiting, moving: sent };
  // The cycle looks at what changed in Salesforce also after an event did, and at what was written there.
  const isLeft = write !== undefined || !isAnswered || cause === 'event';
  const ended: Partial<World> = {
    lastOutcome: { at: world.now, kind: isAnswered ? 'ok' : 'failed' },
    changed: new Set(isLeft ? ['salesforce'] : []),
  };
  return { world: withMemory({ ...rest, ...wrote, ...ended }, after), sent, told: decided.decisions };
}

const withMemory = (world: World, { known, moving }: Pick<Now, 'known' | 'moving'>): World => ({
  ...world,
  ...(known && { known }),
  ...(moving && { moving }),
});

function edited(world: World, side: Side, to: string): World {
  const changed = new Set([...world.changed, side]);
  return side === 'salesforce'
    ? { ...world, salesforce: to, stamp: world.now, changed }
    : { ...world, jira: to, changes: [...world.changes, moved(to, world.now)], changed };
}

/**
 * What is not promised, since it leaves no trace: the very value that is on its way, and a way back to what was agreed or
 * seen before, when no run came to remember what was between. Jira keeps a history, Salesforce does not.
 */
function leavesNoTrace({ moving, known, changes, ...now }: World, side: Side, to: string): boolean {
  if (moving?.side === side && to === moving.to) return true;
  const isBack = to === known?.[side] || (side === 'salesforce' && to === known?.seen?.value);
  const isKept = moving !== undefined && moving.side !== side && now[moving.side] === moving.to;
  return isBack && !isKept && (side === 'salesforce' || changes.at(-1)?.author !== 'app');
}

const steps = fc.array(
  fc.record(
    {
      side: fc.constantFrom('salesforce', 'jira'),
      to: fc.constantFrom(...places),
      fate: fc.constantFrom(...fates),
      cause: fc.constantFrom('record', 'event'),
    },
    { requiredKeys: ['fate', 'to', 'cause'] },
  ),
  { maxLength: 6 },
);

describe('a status that was sent by a run that died or got no answer', () => {
  it('S-4 I15 I5 hides no later edit, comes to rest within two plans, and is told', () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), steps, (first, all) => {
        const values = { salesforce: salesforceValues, jira: jiraValues };
        const both = { salesforce: salesforceValues[first], jira: jiraValues[first] };
        let world: World = {
          ...both,
          known: both,
          changes: [],
          stamp: start,
          now: start + minute,
          lastOutcome: { at: start, kind: 'ok' },
          changed: new Set(),
        };
        let wanted = first;
        const untold: StatusSent[] = [];
        const told: Decision[] = [];
        const go = (fate: Fate, cause: 'record' | 'event'): boolean => {
          const ran = run(world, fate, cause);
          world = ran.world;
          told.push(...ran.told);
          if (ran.sent !== undefined && fate.startsWith('dies')) untold.push(ran.sent);
          return ran.sent !== undefined;
        };
        for (const { side, to, fate, cause } of all) {
          if (side !== undefined && world[side] !== values[side][to]) {
            fc.pre(!leavesNoTrace(world, side, values[side][to]));
            world = edited(world, side, values[side][to]);
            wanted = to;
          }
          world = { ...world, now: world.now + minute };
          go(fate, cause);
        }
        let plans = 0;
        while (plans < 5 && go('ends', 'record')) plans++;
        expect(plans).toBeLessThanOrEqual(2);
        expect([world.salesforce, world.jira]).toEqual([salesforceValues[wanted], jiraValues[wanted]]);
        for (const { side, to } of untold) expect(told).toContainEqual(expect.objectContaining({ side, to }));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a status that was under way', () => {
  const known = { salesforce: 'New', jira: 'To Do' };
  const toJira = { side: 'jira', to: 'In Progress', beside: 'Working', over: start } as const;
  const toSalesforce = { side: 'salesforce', to: 'Working', beside: 'In Progress' } as const;
  const followed = { salesforce: 'Working', jira: 'In Progress' };
  const seen = (value: string) => ({ seen: { value, at: start } });
  const landed = moved('In Progress', start + minute, 'app');
  const sayings = (decisions: readonly Decision[]) =>
    decisions.map(one => `${one.outcome} ${one.side} ${one.to}${'lost' in one ? `, not ${one.lost}` : ''}`);

  /** What is decided, said in a line each; what it is about to send, and what it knows before and after. */
  interface Looked {
    readonly says: readonly string[];
    readonly sends?: Link['moving'];
    readonly waiting?: Link['status'];
    readonly status?: Link['status'];
    readonly wants?: true;
  }
  it.each<[string, Now, Looked]>([
    [
      'in Jira, and stands there: both agree',
      { salesforce: 'Working', jira: 'In Progress', moving: toJira },
      { says: ['found jira In Progress'], status: followed },
    ],
    [
      'in Jira, and stands there: Salesforce has changed again',
      { salesforce: 'Closed', jira: 'In Progress', moving: toJira },
      {
        says: ['found jira In Progress', 'write jira Done'],
        sends: { side: 'jira', to: 'Done', beside: 'Closed', over: start },
        waiting: { ...followed, ...seen('Closed') },
        status: { salesforce: 'Closed', jira: 'Done', over: start },
      },
    ],
    [
      'in Jira, and stands there: Salesforce has been put back, which is a change as any',
      { salesforce: 'New', jira: 'In Progress', moving: toJira },
      {
        says: ['found jira In Progress', 'write jira To Do'],
        sends: { side: 'jira', to: 'To Do', beside: 'New', over: start },
        waiting: { ...followed, ...seen('New') },
        status: { salesforce: 'New', jira: 'To Do', over: start },
      },
    ],
    [
      'in Jira, and stands there: an event leaves what follows to the cycle, and remembers what was agreed on',
      { salesforce: 'Closed', jira: 'In Progress', moving: toJira, cause: 'event' },
      { says: ['found jira In Progress', 'later jira Done'], waiting: { ...followed, ...seen('Closed') } },
    ],
    [
      'in Jira, and stands there, over a move that nobody had seen',
      { salesforce: 'Working', jira: 'In Progress', moving: toJira, changes: [moved('Done', start + 1), landed] },
      { says: ['found jira In Progress', 'skip jira undefined, not Done'], status: followed },
    ],
    [
      'in Jira, and stands there, over nobody knows what',
      { salesforce: 'Working', jira: 'In Progress', moving: toJira, changes: undefined },
      { says: ['found jira In Progress'], status: followed, wants: true },
    ],
    [
      'in Jira by an older version, which did not say beside what: the record is asked',
      { salesforce: 'Working', jira: 'In Progress', moving: { side: 'jira', to: 'In Progress' }, changes: undefined },
      { says: ['found jira In Progress'], status: followed },
    ],
    [
      'in Jira, and a person has moved it back, which is a change as any',
      { salesforce: 'Working', jira: 'To Do', moving: toJira, changes: [landed, moved('To Do', start + 2 * minute)] },
      {
        says: ['found jira In Progress', 'write salesforce New, not Working'],
        sends: { side: 'salesforce', to: 'New', beside: 'To Do' },
        waiting: { salesforce: 'New', jira: 'In Progress', ...seen('Working') },
        status: known,
      },
    ],
    [
      'in Jira, and nobody has read who moved it back',
      { salesforce: 'Working', jira: 'To Do', moving: toJira, changes: undefined },
      {
        says: ['write jira In Progress'],
        sends: toJira,
        waiting: { ...known, ...seen('Working') },
        status: { ...followed, over: start },
        wants: true,
      },
    ],
    [
      'in Jira, and did not land: it is sent again, and told with that',
      { salesforce: 'Working', jira: 'To Do', moving: toJira, changes: [moved('To Do', start - minute)] },
      {
        says: ['write jira In Progress'],
        sends: toJira,
        waiting: { ...known, ...seen('Working') },
        status: { ...followed, over: start },
      },
    ],
    [
      'in Jira by rule, which goes over nothing: no move back is looked for',
      {
        salesforce: 'Working',
        jira: 'To Do',
        moving: { side: 'jira', to: 'In Progress', beside: 'Working' },
        changes: [landed, moved('To Do', start + 2 * minute)],
      },
      {
        says: ['write jira In Progress'],
        sends: toJira,
        waiting: { ...known, ...seen('Working') },
        status: { ...followed, over: start },
      },
    ],
    [
      'in Salesforce, and stands there: both agree',
      { salesforce: 'Working', jira: 'In Progress', moving: toSalesforce },
      { says: ['found salesforce Working'], status: followed },
    ],
    [
      'in Salesforce, and stands there: the issue was moved on',
      { salesforce: 'Working', jira: 'Done', moving: toSalesforce },
      {
        says: ['found salesforce Working', 'write salesforce Closed'],
        sends: { side: 'salesforce', to: 'Closed', beside: 'Done' },
        waiting: { ...followed, ...seen('Working') },
        status: { salesforce: 'Closed', jira: 'Done' },
      },
    ],
    [
      'in Salesforce, and stands there: the issue was moved back',
      { salesforce: 'Working', jira: 'To Do', moving: toSalesforce },
      {
        says: ['found salesforce Working', 'write salesforce New'],
        sends: { side: 'salesforce', to: 'New', beside: 'To Do' },
        waiting: { ...followed, ...seen('Working') },
        status: known,
      },
    ],
    [
      'in Salesforce, and is not there, nor is the move that it followed',
      { salesforce: 'New', jira: 'To Do', moving: toSalesforce, changes: undefined },
      { says: ['found salesforce Working'] },
    ],
  ])('S-4 I15 I5 %s', (_, now, looked) => {
    const decided = byTables(input({ known, ...now }));
    const { decisions, waiting, status, wants } = decided;
    const sends = statusSent(decided);
    expect({
      says: sayings(decisions),
      ...(sends && { sends }),
      ...(waiting && { waiting }),
      ...(status && { status }),
      ...(wants && { wants }),
    }).toEqual(looked);
  });

  it('S-6 in Jira by rule, in an item without a status field, is told by what the rule says', () => {
    const byRule = compileStatus(supportCases());
    const moving = { side: 'jira', to: 'Done' } as const;
    const { decisions } = byRule(input({ salesforce: 'New', jira: 'Done', known, moving }));
    expect(decisions).toMatchObject([{ outcome: 'found', what: 'Status', to: 'Done', origin: { line: 30 } }]);
  });
});
