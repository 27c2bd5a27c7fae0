/** A status that a run was about to give, and died before it came to remember it: what the next run makes of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statusCases } from '../../test/kit/plan.ts';
import { input, moved, type Now, start } from '../../test/kit/status-look.ts';
import type { JiraFieldChange, Link, StatusSent } from '../ports.ts';
import type { StatusDecision } from './decision.ts';
import { compileStatus, statusSent } from './status.ts';

const minute = 60_000;
const byTables = compileStatus(statusCases());

const salesforceValues = ['New', 'Working', 'Closed'] as const;
const jiraValues = ['To Do', 'In Progress', 'Done'] as const;
const places = [0, 1, 2] as const;

interface World extends Now {
  readonly changes: readonly JiraFieldChange[];
  readonly stamp: number;
  readonly now: number;
}

/** How far a run comes: what it sends is remembered before, and what came of it after. */
const fates = ['ends', 'dies before it writes', 'dies when it wrote'] as const;
type Fate = (typeof fates)[number];

function run(world: World, fate: Fate): { readonly world: World; readonly decided: StatusDecision } {
  const decided = byTables(input({ ...world, updated: world.now - minute }));
  const { move, write, status, agreed, untold = [] } = decided;
  const sent = statusSent(decided);
  const { known, moving, ...rest } = world;
  const before = sent === undefined ? moving : { ...sent, ...(untold.length > 0 && { earlier: untold }) };
  const arrives = fate !== 'dies before it writes';
  const ends = fate === 'ends';
  const knownAfter = ends ? (status ?? known) : sent === undefined ? known : (agreed ?? known);
  const movingAfter = ends ? undefined : before;
  return {
    decided,
    world: {
      ...rest,
      ...(arrives && write && { salesforce: String(write.value), stamp: world.now }),
      ...(arrives &&
        move && { jira: move.to.name, changes: [...world.changes, moved(move.to.name, world.now, 'app')] }),
      ...(knownAfter && { known: knownAfter }),
      ...(movingAfter && { moving: movingAfter }),
      now: world.now + 5 * minute,
    },
  };
}

const steps = fc.array(
  fc.record(
    {
      side: fc.constantFrom('salesforce', 'jira'),
      to: fc.constantFrom(...places),
      fate: fc.constantFrom(...fates),
    },
    { requiredKeys: ['fate', 'to'] },
  ),
  { maxLength: 5 },
);

/** What leaves no trace, and is not promised: the very value that is on its way, and a way back that no run came to remember. */
function leavesNoTrace({ moving, known, changes, ...now }: World, side: 'salesforce' | 'jira', to: string): boolean {
  if (moving?.side === side && to === moving.to) return true;
  if (to !== known?.[side]) return false;
  // What arrived is remembered by what stands there; and Jira, unlike Salesforce, keeps a history.
  const isKept = moving !== undefined && moving.side !== side && now[moving.side] === moving.to;
  return !isKept && (side === 'salesforce' ? moving !== undefined : changes.at(-1)?.author !== 'app');
}

describe('a status that was sent by a run that died', () => {
  it('S-4 I15 I5 hides no later edit, asks for nothing twice, and is told of', () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), steps, (first, all) => {
        let world: World = {
          salesforce: salesforceValues[first],
          jira: jiraValues[first],
          known: { salesforce: salesforceValues[first], jira: jiraValues[first] },
          changes: [],
          stamp: start,
          now: start + minute,
        };
        let wanted = first;
        const sent: StatusSent[] = [];
        const told: { readonly side: string; readonly to?: string | undefined }[] = [];
        const go = (fate: Fate) => {
          const was = world;
          const after = run(was, fate);
          world = after.world;
          const gave = statusSent(after.decided);
          if (fate === 'ends') told.push(...after.decided.decisions.filter(({ outcome }) => outcome !== 'skip'));
          else if (gave !== undefined) sent.push(gave);
          return gave !== undefined;
        };
        for (const { side, to, fate } of all) {
          if (side === 'salesforce' && world.salesforce !== salesforceValues[to]) {
            fc.pre(!leavesNoTrace(world, side, salesforceValues[to]));
            world = { ...world, salesforce: salesforceValues[to], stamp: world.now };
            wanted = to;
          }
          if (side === 'jira' && world.jira !== jiraValues[to]) {
            fc.pre(!leavesNoTrace(world, side, jiraValues[to]));
            world = {
              ...world,
              jira: jiraValues[to],
              changes: [...world.changes, moved(jiraValues[to], world.now)],
            };
            wanted = to;
          }
          world = { ...world, now: world.now + minute };
          go(fate);
        }
        let plans = 0;
        while (go('ends')) plans++;
        expect(plans).toBeLessThanOrEqual(2);
        expect([world.salesforce, world.jira]).toEqual([salesforceValues[wanted], jiraValues[wanted]]);
        for (const { side, to } of sent) expect(told).toContainEqual(expect.objectContaining({ side, to }));
      }),
      { numRuns: 2000 },
    );
  });
});
