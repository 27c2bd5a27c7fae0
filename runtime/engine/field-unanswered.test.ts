/** A value that a run was about to write, and died or got no answer before it came to remember it: what the next one makes of it. */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { mapping, subject, supportCases, target } from '../../test/kit/plan.ts';
import * as play from '../../test/kit/unanswered.ts';
import type { FieldBase } from '../ports.ts';
import { basesAfter, basesBefore, compileItem, emptyContext } from './index.ts';

const start = Date.UTC(2026, 0, 5);
const { rules: _, ...cases } = supportCases();
const shared = mapping('both', subject, target('summary'));
const item = compileItem({ ...cases, mappings: [shared] });

interface World extends play.Sides {
  readonly base: FieldBase;
}

function run(world: World, fate: play.Fate, cause: play.Cause): play.Ran<World> {
  const { base, lastOutcome, changes, now } = world;
  const link = play.linkWith({ bases: { [shared.id]: base }, lastOutcome });
  const record = {
    id: link.record,
    object: link.object,
    fields: { Subject: world.salesforce },
    stamp: world.stamp,
    createdAt: start,
    deleted: false,
  };
  const issue = { id: link.issueId, key: link.issueKey, fields: { summary: world.jira }, updated: world.updated };
  if (cause === 'record' && !play.isLookedAt(world, item, link, record, issue))
    return { world: { ...world, changed: new Set() }, told: [] };
  const context = { ...emptyContext, self: 'app' };
  const decisions = item.reconcile({ link, record, issue, changes, context, cause, now });
  const write = decisions.fields[0]?.write;
  const sent = write && { side: write.side, to: String(write.value) };
  const wrote = sent && play.arrives(fate) ? play.given(world, 'summary', sent.side, sent.to, 'app') : world;
  const before = sent === undefined ? link.bases : basesBefore(link.bases, decisions);
  if (play.dies(fate)) return { world: { ...wrote, base: before[shared.id]! }, sent, told: [] };
  const { isAnswered, ...ended } = play.ended(world, sent, fate, cause);
  const after = basesAfter(before, decisions, () => (isAnswered ? 'arrived' : 'unknown'));
  return { world: { ...wrote, ...ended, base: after[shared.id]! }, sent, told: decisions.decisions };
}

const memory = ({ base }: World): play.Memory => ({
  sent: (base.sending ?? []).map(({ side, value }) => ({ side, to: String(value) })),
  agreed: base,
  seen: base.seen?.value,
});

const values: play.Values = { salesforce: ['a', 'b', 'c'], jira: ['a', 'b', 'c'] };

describe('a value that was sent by a run that died or got no answer', () => {
  it('S-2 I15 I5 hides no later edit, comes to rest within two plans, and is told', () => {
    fc.assert(
      fc.property(play.places, play.steps, (first, steps) => {
        const both = { salesforce: values.salesforce[first]!, jira: values.jira[first]! };
        const begin: World = { ...play.sidesAt(start, both), base: both };
        play.playOut({ field: 'summary', values, run, memory }, begin, first, steps);
      }),
      { numRuns: 3000 },
    );
  });
});
