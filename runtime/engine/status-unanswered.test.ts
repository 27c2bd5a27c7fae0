/** A status that a run was about to give, and died or got no answer before it came to remember it: what the next one makes of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statusCases, supportCases } from '../../test/kit/plan.ts';
import { input, moved, type Now, start } from '../../test/kit/status-look.ts';
import * as play from '../../test/kit/unanswered.ts';
import type { Link } from '../ports.ts';
import type { Decision } from './decision.ts';
import { compileItem } from './reconcile.ts';
import { compileStatus, statusSent } from './status.ts';

const plan = { ...statusCases(), mappings: [] };
const item = compileItem(plan);
const byTables = compileStatus(plan);

interface World extends play.Sides {
  readonly status: Link['status'];
  readonly moving: Link['moving'];
}

function run(world: World, fate: play.Fate, cause: play.Cause): play.Ran<World> {
  const { status: known, moving, lastOutcome } = world;
  const link = play.linkWith({ lastOutcome, ...(known && { status: known }), ...(moving && { moving }) });
  const given = input({ ...world, known, moving, cause });
  if (cause === 'record' && !play.isLookedAt(world, item, link, given.record, given.issue))
    return { world: { ...world, changed: new Set() }, told: [] };
  const decided = byTables(given);
  const { status, waiting = known, untold = [], decisions: told } = decided;
  const sent = statusSent(decided);
  const wrote = sent && play.arrives(fate) ? play.given(world, 'status', sent.side, sent.to, 'app') : world;
  if (play.dies(fate)) {
    const before = sent && { status: waiting, moving: { ...sent, ...(untold.length > 0 && { earlier: untold }) } };
    return { world: { ...wrote, ...before }, sent, told: [] };
  }
  const { isAnswered, ...ended } = play.ended(world, sent, fate, cause);
  const after = isAnswered ? { status: status ?? waiting, moving: undefined } : { status: waiting, moving: sent };
  return { world: { ...wrote, ...ended, ...after }, sent, told };
}

const memory = ({ status, moving }: World): play.Memory => ({
  sent: moving === undefined ? [] : [moving],
  agreed: status,
  seen: status?.seen?.value,
});

const values: play.Values = { salesforce: ['New', 'Working', 'Closed'], jira: ['To Do', 'In Progress', 'Done'] };

describe('a status that was sent by a run that died or got no answer', () => {
  it('S-4 I15 I5 hides no later edit, comes to rest within two plans, and is told', () => {
    fc.assert(
      fc.property(play.places, play.steps, (first, steps) => {
        const both = { salesforce: values.salesforce[first]!, jira: values.jira[first]! };
        const begin: World = { ...play.sidesAt(start, both), status: both, moving: undefined };
        play.playOut({ field: 'status', values, run, memory }, begin, first, steps);
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
  const landed = moved('In Progress', start + play.minute, 'app');
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
      {
        salesforce: 'Working',
        jira: 'To Do',
        moving: toJira,
        changes: [landed, moved('To Do', start + 2 * play.minute)],
      },
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
      { salesforce: 'Working', jira: 'To Do', moving: toJira, changes: [moved('To Do', start - play.minute)] },
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
        changes: [landed, moved('To Do', start + 2 * play.minute)],
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
