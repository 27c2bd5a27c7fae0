/** Status sync decided: as a play of two systems whose later change wins, and each sentence once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statusCases } from '../../test/kit/plan.ts';
import { input, moved, type Now, start } from '../../test/kit/status-look.ts';
import type { JiraFieldChange, Link } from '../ports.ts';
import { compileStatus } from './status.ts';

const minute = 60_000;
const plan = statusCases();
const byTables = compileStatus(plan);
const origin = { file: 'support-cases.bridge', line: 24, column: 3 };
const row = { ...origin, line: 25 };

// ── two systems ─────────────────────────────────────────────────────────────────────────────────

const salesforceValues = ['New', 'Working', 'Closed'] as const;
const jiraValues = ['To Do', 'In Progress', 'Done'] as const;
/** `New` with `To Do` and so on, by their places. */
const pairOf = (salesforce: string | null) => jiraValues[salesforceValues.indexOf(salesforce as never)];

interface World extends Now {
  readonly changes: readonly JiraFieldChange[];
  readonly stamp: number;
  readonly now: number;
}

/** Decides and lets everything arrive; `told` counts the conflicts. */
function cycle(world: World): { readonly world: World; readonly busy: boolean; readonly lost: readonly unknown[] } {
  const { move, write, status, decisions } = byTables(input({ ...world, updated: world.now }));
  const at = world.now;
  return {
    busy: move !== undefined || write !== undefined,
    lost: decisions.flatMap(decision => ('lost' in decision ? [decision.lost] : [])),
    world: {
      ...world,
      ...(write && { salesforce: write.value as string, stamp: at }),
      ...(move && { jira: move.to.name, changes: [...world.changes, moved(move.to.name, at, 'app')] }),
      ...(status && { known: status }),
      now: at + 5 * minute,
    },
  };
}

function rest(world: World) {
  let plans = 0;
  const lost: unknown[] = [];
  for (; plans < 5; plans++) {
    const next = cycle(world);
    world = next.world;
    lost.push(...next.lost);
    if (!next.busy) break;
  }
  return { world, plans, lost };
}

const edits = fc.record(
  {
    salesforce: fc.record({ to: fc.constantFrom(...salesforceValues), at: fc.integer({ min: 0, max: 20 }) }),
    jira: fc.record({ to: fc.constantFrom(...jiraValues), at: fc.integer({ min: 0, max: 20 }) }),
  },
  { requiredKeys: [] },
);

describe('status sync', () => {
  it('S-4 I15 I5 begins with Salesforce’s status, then follows the side that changed last, and keeps what gave way', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...salesforceValues),
        fc.constantFrom(...jiraValues),
        fc.array(edits, { maxLength: 4 }),
        fc.integer({ min: 0, max: 999 }),
        (salesforce, jira, all, ms) => {
          let state = rest({ salesforce, jira, changes: [], stamp: start, now: start + minute });
          expect([state.world.salesforce, state.world.jira]).toEqual([salesforce, pairOf(salesforce)]);
          expect(state.plans).toBeLessThanOrEqual(1);
          for (const edit of all) {
            const was = state.world;
            const here = edit.salesforce?.to === was.salesforce ? undefined : edit.salesforce;
            const there = edit.jira?.to === was.jira ? undefined : edit.jira;
            // Salesforce stamps whole seconds; Jira knows the millisecond.
            state = rest({
              ...was,
              ...(here && { salesforce: here.to, stamp: was.now + here.at * 1000 }),
              ...(there && {
                jira: there.to,
                changes: [...was.changes, moved(there.to, was.now + there.at * 1000 + ms)],
              }),
              now: was.now + minute,
            });
            const winner = there !== undefined && (here === undefined || there.at > here.at) ? there : here;
            const wanted = winner === undefined ? was.jira : winner === there ? there.to : pairOf(winner.to);
            expect([state.world.jira, pairOf(state.world.salesforce)]).toEqual([wanted, wanted]);
            expect(state.plans).toBeLessThanOrEqual(1);
            const conflict = here !== undefined && there !== undefined && there.to !== pairOf(here.to);
            expect(state.lost).toEqual(conflict ? [winner === there ? here.to : there.to] : []);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  const known = { salesforce: 'New', jira: 'To Do' };
  const described = { side: 'jira', what: 'Status', from: 'To Do', origin: row } as const;
  /** Moves the issue from one status to the one that Salesforce's asks for. */
  const follow = (reason: string, [from, to, salesforce] = ['To Do', 'In Progress', 'Working'], more: object = {}) => ({
    move: { to: { name: to }, from, reason, origin: row, rule: false },
    status: { salesforce, jira: to, over: start },
    decisions: [{ ...described, from, to, outcome: 'write', reason, ...more }],
  });
  const seen = { value: 'Working', at: start };

  it.each<[string, Now, object]>([
    [
      'the first sync moves the issue, and knows nothing yet while it is not moved',
      { salesforce: 'Working', jira: 'To Do' },
      follow('first sync takes the status from Salesforce'),
    ],
    [
      'the first sync agrees on what is the same, in any case',
      { salesforce: 'working', jira: 'In progress' },
      { status: { salesforce: 'working', jira: 'In progress' }, decisions: [] },
    ],
    [
      'a change in Salesforce moves the issue, and until then is known since when it is one',
      { salesforce: 'Working', jira: 'To Do', known },
      { ...follow('Status changed in Salesforce'), waiting: { ...known, seen } },
    ],
    [
      'a move that is owed is asked for again, though nothing changed',
      { salesforce: 'Working', jira: 'To Do', known: { salesforce: 'Working', jira: 'To Do', owed: true } },
      {
        ...follow('Status of Salesforce is still to be followed'),
        waiting: { salesforce: 'Working', jira: 'To Do', owed: true, seen },
      },
    ],
    [
      'what was owed is void once Salesforce changed again',
      { salesforce: 'New', jira: 'To Do', known: { salesforce: 'Working', jira: 'To Do', owed: true } },
      { status: known, decisions: [] },
    ],
    [
      'what was seen between, and is as it was again, is forgotten: it would make a later edit an older one',
      { salesforce: 'New', jira: 'To Do', known: { ...known, seen } },
      { status: known, decisions: [] },
    ],
    [
      'an event leaves the move to the next cycle',
      { salesforce: 'Working', jira: 'To Do', known, cause: 'event' },
      {
        waiting: { ...known, seen },
        decisions: [
          {
            ...described,
            to: 'In Progress',
            outcome: 'later',
            reason: 'Status changed in Salesforce; the next cycle moves the issue',
          },
        ],
      },
    ],
    [
      'a move in Jira is written to Salesforce',
      { salesforce: 'New', jira: 'Done', known, offered: new Set(['New', 'CLOSED']) },
      {
        write: { side: 'salesforce', field: 'Status', value: 'Closed', normal: 'Closed' },
        status: { salesforce: 'Closed', jira: 'Done' },
        waiting: { ...known, seen: { value: 'New', at: start } },
        decisions: [
          {
            side: 'salesforce',
            what: 'Status',
            from: 'New',
            to: 'Closed',
            origin: row,
            outcome: 'write',
            reason: 'the status changed in Jira',
          },
        ],
      },
    ],
    [
      'S-5 a status that the record’s type does not offer is not written, and is told',
      { salesforce: 'New', jira: 'Done', known, offered: new Set(['New', 'Working']) },
      {
        decisions: [
          {
            side: 'salesforce',
            what: 'Status',
            from: 'New',
            to: 'Closed',
            origin: row,
            outcome: 'problem',
            reason: 'the record’s type does not offer “Closed”, so the record keeps its status',
          },
        ],
      },
    ],
    [
      'both sides that changed to a pair agree',
      { salesforce: 'Closed', jira: 'Done', known },
      { status: { salesforce: 'Closed', jira: 'Done' }, decisions: [] },
    ],
    ['what did not change is let be', { salesforce: 'NEW', jira: 'to do', known }, { decisions: [] }],
    [
      'of a conflict the change log is wanted, and until it is read Salesforce wins',
      { salesforce: 'Working', jira: 'Done', known, changes: undefined },
      {
        ...follow(
          'the status changed on both sides, and when in Jira is not known',
          ['Done', 'In Progress', 'Working'],
          { lost: 'Done', kept: 'Working' },
        ),
        waiting: { ...known, seen },
        wants: true,
      },
    ],
    [
      'a conflict that Jira wins says so',
      { salesforce: 'Working', jira: 'Done', known, changes: [moved('Done', start + 1000), moved('x', 0, 'app')] },
      {
        write: { side: 'salesforce', field: 'Status', value: 'Closed', normal: 'Closed' },
        status: { salesforce: 'Closed', jira: 'Done' },
        waiting: { ...known, seen },
        decisions: [
          {
            side: 'salesforce',
            what: 'Status',
            from: 'Working',
            to: 'Closed',
            origin: row,
            outcome: 'write',
            reason: 'the status changed on both sides, last in Jira',
            lost: 'Working',
            kept: 'Done',
          },
        ],
      },
    ],
    [
      'a conflict in the same second is Salesforce’s, and says so',
      { salesforce: 'Working', jira: 'Done', known, changes: [moved('Done', start + 999)] },
      {
        ...follow('the status changed on both sides, last in Salesforce', ['Done', 'In Progress', 'Working'], {
          lost: 'Done',
          kept: 'Working',
        }),
        waiting: { ...known, seen },
      },
    ],
    [
      'a conflict that no person’s move shows is Salesforce’s',
      { salesforce: 'Closed', jira: 'In Progress', known, changes: [moved('In Progress', start + minute, 'app')] },
      {
        ...follow('the status changed on both sides, last in Salesforce', ['In Progress', 'Done', 'Closed'], {
          lost: 'In Progress',
          kept: 'Closed',
        }),
        waiting: { ...known, seen: { value: 'Closed', at: start } },
      },
    ],
    [
      'a status of Salesforce without a row is told, with the place of the clause',
      { salesforce: 'Escalated', jira: 'To Do', known },
      {
        status: { salesforce: 'Escalated', jira: 'To Do' },
        decisions: [
          {
            ...described,
            origin,
            outcome: 'skip',
            reason: '“Escalated” has no matching Jira status, so the status is not synced',
          },
        ],
      },
    ],
    [
      'a status of Jira without a row is told',
      { salesforce: null, jira: 'Waiting', known: { salesforce: null, jira: 'To Do' } },
      {
        status: { salesforce: null, jira: 'Waiting' },
        decisions: [
          {
            side: 'salesforce',
            what: 'Status',
            origin,
            outcome: 'skip',
            reason: '“Waiting” has no matching Salesforce status, so the status is not synced',
          },
        ],
      },
    ],
    [
      'an empty status is no status to tell of',
      { salesforce: '', jira: 'To Do', known },
      { status: { salesforce: null, jira: 'To Do' }, decisions: [] },
    ],
  ])('S-4 %s', (_, now, decided) => {
    expect(byTables(input(now))).toEqual(decided);
  });

  it('S-4 says nothing of a status without a row where the program says to keep it', () => {
    const { status } = plan;
    const decide = compileStatus({ ...plan, status: { ...status!, otherwise: 'keep' } });
    expect(decide(input({ salesforce: 'Escalated', jira: 'To Do', known }))).toEqual({
      status: { salesforce: 'Escalated', jira: 'To Do' },
      decisions: [],
    });
  });

  it('S-4 counts a change of Salesforce from when a run first saw it, whatever moved the stamp since', () => {
    const at = (seen: NonNullable<NonNullable<Link['status']>['seen']>) =>
      byTables(
        input({
          salesforce: 'Working',
          jira: 'Done',
          known: { ...known, seen },
          changes: [moved('Done', start + 5 * minute)],
          stamp: start + 10 * minute,
        }),
      );
    expect(at({ value: 'Working', at: start }).write?.value).toBe('Closed');
    expect(at({ value: 'Closed', at: start }).move?.to.name).toBe('In Progress');
    expect(at({ value: 'Working', at: start + 20 * minute }).waiting?.seen?.at).toBe(start + 10 * minute);
  });

  it('S-4 lets be what the program’s rows pair, also where the way back is another one', () => {
    const toSalesforce = [{ from: 'In Progress', to: 'Escalated', by: 'row' as const, origin: row }];
    const changes = [moved('In Progress', start + minute)];
    const decide = compileStatus({ ...plan, status: { ...plan.status!, toSalesforce } });
    expect(decide(input({ salesforce: 'Working', jira: 'In Progress', known, changes }))).toEqual({
      status: { salesforce: 'Working', jira: 'In Progress' },
      decisions: [],
    });
  });

  it('S-4 I24 takes what is no text for no status', () => {
    const odd = input({ salesforce: null, jira: 'To Do', known });
    expect(byTables({ ...odd, record: { ...odd.record, fields: { Status: 3 } } })).toEqual({
      status: { salesforce: null, jira: 'To Do' },
      decisions: [],
    });
  });

  it('S-4 does not write to Salesforce what a record has already, though two statuses of Jira stand for it', () => {
    const status = {
      ...plan.status!,
      toSalesforce: [...plan.status!.toSalesforce, { from: 'Waiting', to: 'new', by: 'row' as const, origin: row }],
    };
    expect(compileStatus({ ...plan, status })(input({ salesforce: 'New', jira: 'Waiting', known }))).toEqual({
      status: { salesforce: 'New', jira: 'Waiting' },
      decisions: [],
    });
  });

  describe('the first look after a move', () => {
    const after = { salesforce: 'Working', jira: 'In Progress', over: start };
    const agreed = { salesforce: 'Working', jira: 'In Progress' };
    const own = moved('In Progress', start + 3, 'app');
    it.each<[string, readonly JiraFieldChange[] | undefined, object]>([
      ['asks for the change log', undefined, { decisions: [], wants: true }],
      ['is satisfied when nobody moved it between', [own], { status: agreed, decisions: [] }],
      [
        'keeps a move that it went over',
        [moved('Done', start + 1), own],
        {
          status: agreed,
          decisions: [
            {
              side: 'jira',
              what: 'Status',
              from: 'In Progress',
              outcome: 'skip',
              reason: 'the issue was moved in Jira just when it was moved to follow Salesforce; the move is kept here',
              origin,
              lost: 'Done',
              kept: 'In Progress',
            },
          ],
        },
      ],
    ])('S-4 %s', (_, changes, decided) => {
      expect(byTables(input({ salesforce: 'Working', jira: 'In Progress', known: after, changes }))).toEqual(decided);
    });
  });
});
