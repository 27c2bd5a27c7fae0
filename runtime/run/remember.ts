/**
 * What is remembered of a link once its writes were answered: agreements that are true, an outcome that people
 * see, trouble that waits to be tried again.
 */
import { createHash } from 'node:crypto';
import {
  type ArrivalOf,
  basesAfter,
  basesAsRead,
  claimKey,
  type Decision,
  type Decisions,
  sameStatus,
  statusSent,
} from '../engine/index.ts';
import { type Failure, type FieldBase, type Link, linkKey, type Sending } from '../ports.ts';
import { noteDecisions } from './journal.ts';
import { type Next, remedyFor } from './remedy.ts';
import { type Run, sentence, stopsRun } from './run.ts';
import { park, unpark } from './trouble.ts';
import type { Fate } from './work.ts';
import { type Applied, at } from './write.ts';

/**
 * Tells what came of it; what it answers remembers that, once the telling is stored. `late`: the lease was over before
 * the writes were.
 */
export function conclude(run: Run, one: Applied, late = false): () => Promise<Fate> {
  const { work, decisions, issue } = one;
  const { clock } = run.deps;
  const { value: link } = work.link;

  const arrivalOf: ArrivalOf = (side, field) =>
    one.refused.has(at(side, field)) ? 'refused' : one.doubted.has(at(side, field)) ? 'unknown' : 'arrived';
  let bases = basesAfter(link.bases, decisions, arrivalOf);
  if (one.read !== undefined) bases = basesAsRead(work.item, bases, decisions, one.read, arrivalOf);

  const failures = [...new Set([...one.refused.values(), ...one.doubted.values(), one.moveFailure ?? []].flat())];
  const problems = decisions.decisions.filter(({ outcome }) => outcome === 'problem' || outcome === 'hold');
  const trouble =
    failures[0] !== undefined ? sentence(failures[0]) : problems.length > 0 ? problemText(problems) : undefined;
  // An event never moves the issue, so it cannot tell that an earlier trouble is over: the next cycle can.
  const earlier = link.lastOutcome !== undefined && link.lastOutcome.kind !== 'ok' ? link.lastOutcome : undefined;
  const open = run.cause === 'event' && trouble === undefined ? earlier : undefined;
  const kind = trouble !== undefined ? 'failed' : one.blocked !== undefined ? 'blocked' : (open?.kind ?? 'ok');
  const message = trouble ?? one.blocked ?? open?.message;
  const held = open === undefined ? digestOf(problems.filter(({ outcome }) => outcome === 'hold')) : open.held;
  const last = link.lastOutcome;
  const known = last?.kind === kind && last.message === message && last.held === held;

  if (link.state.kind === 'paused') noteResumed(run, one);
  noteDecisions(run, one, known);
  const status = statusAfter(one);
  const moving = isStatusUnclear(one) ? statusSent(decisions.status) : undefined;
  const { lastOutcome: _, status: __, moving: ___, ...rest } = link;
  const after: Link = {
    ...rest,
    issueKey: issue.key,
    state: { kind: 'active' },
    bases,
    ...(status && { status }),
    ...(moving && { moving }),
    stamp: one.read?.stamp ?? work.record.stamp,
    lastOutcome: known
      ? last
      : {
          at: clock.now(),
          kind,
          ...(message === undefined ? {} : { message }),
          ...(held === undefined ? {} : { held }),
        },
  };
  return () => remember(run, one, after, { failures, problems, trouble, known, open: open !== undefined, late });
}

interface Result {
  readonly failures: readonly Failure[];
  readonly problems: readonly Decision[];
  readonly trouble: string | undefined;
  readonly known: boolean;
  /** An earlier trouble is not over. */
  readonly open: boolean;
  readonly late: boolean;
}

async function remember(run: Run, one: Applied, after: Link, result: Result): Promise<Fate> {
  const { store } = run.deps;
  const { work, decisions, issue } = one;
  const { value: link } = work.link;
  const key = { item: link.item, record: link.record };
  const stops = result.failures.some(stopsRun);
  // A crash may have left the claim behind that the link was made under; the link wins.
  if (link.lastOutcome === undefined) await store.dropClaim(claimKey(run.org, key.item, key.record));
  // Comments and files that came while it was paused show by no stamp any more: a mark has them looked at whole.
  if (link.state.kind === 'paused') await store.addDirty([issue.id]);
  const isLeft = decisions.later || result.open;
  // Before its trouble is over: that may be all that has it looked at.
  if (isLeft && !stops) await store.addDirty([issue.id]);
  // Before the link says what came of it: once it does, nobody tells it, or takes it back, any more.
  if (!stops) await tellTrouble(run, after, result);
  const kept = !differs(after, link, one.revision !== work.link.revision) || (await store.putLink(after, one.revision));
  if (!kept && result.late) await ownUp(run, one);
  if (stops) return 'unhandled';
  if (kept && !isLeft) return 'handled';
  if (!kept) await store.addDirty([issue.id]);
  return 'later';
}

async function tellTrouble(run: Run, after: Link, result: Result): Promise<void> {
  const { item, record, issueKey, lastOutcome } = after;
  const key = { item, record };
  const { failures, problems, trouble, known } = result;
  if (trouble === undefined) {
    if (run.cause !== 'event') await unpark(run, key);
    return;
  }
  const [failure] = failures;
  const retry = failure !== undefined;
  if (known && !retry) {
    // What people were told of can be gone although it lasts: the link had rested, or its item was not in the program.
    const open = await run.attention(key);
    if (lastOutcome?.dismissed || (open !== undefined && open.retry === undefined)) return;
  }
  const held = problems.filter(({ outcome }) => outcome === 'hold').map(({ what }) => what);
  const remedy = (next: Next) =>
    failure === undefined ? (held.length > 0 ? chooseOne : correctIt) : remedyFor(failure, 'fields', next);
  await park(run, key, { cause: trouble, remedy, issueKey, retry, held });
}

/**
 * Somebody took over before these writes were made, and may have written what is newer: what stands there by them is
 * nobody's edit, nor what that one agreed on.
 */
async function ownUp(run: Run, { work, decisions, refused, moved }: Applied): Promise<void> {
  const { store, clock } = run.deps;
  const { item, record } = work.link.value;
  const found = (await store.links([{ item, record }])).get(linkKey({ item, record }));
  if (found === undefined) return;
  const bases: Record<string, FieldBase> = { ...found.value.bases };
  for (const { mapping, write } of decisions.fields) {
    const base = bases[mapping];
    if (write === undefined || base === undefined || refused.has(at(write.side, write.field))) continue;
    const sent: Sending = { side: write.side, value: write.normal, at: clock.now() };
    bases[mapping] = { ...base, sending: [...(base.sending ?? []), sent] };
  }
  const status = statusOwned(found.value.status, decisions, moved === true, refused);
  await store.putLink({ ...found.value, bases, ...(status && { status }) }, found.revision);
}

/** A move is followed by another one; a status that was written gives way to the issue's. */
function statusOwned(
  status: Link['status'],
  { status: decided }: Decisions,
  moved: boolean,
  refused: Applied['refused'],
): Link['status'] {
  if (status === undefined) return undefined;
  if (moved) return { ...status, owed: true };
  const { write } = decided;
  if (write === undefined || refused.has(at('salesforce', write.field))) return status;
  return { salesforce: String(write.value), jira: '' };
}

function noteResumed(run: Run, { work, issue }: Applied): void {
  const { plan } = work.item;
  const about = { item: plan.id, record: work.record.id, issueKey: issue.key, side: 'jira' } as const;
  const reason = 'both sides are there again, so the link goes on';
  run.note({ ...about, outcome: 'skipped', what: 'Link', reason, origin: plan.origin });
}

const problemText = (problems: readonly { readonly what: string; readonly reason: string }[]): string =>
  // Most reasons name the field themselves.
  problems.map(({ what, reason }) => (reason.startsWith(what) ? reason : `${what}: ${reason}`)).join('; ');

/** Which values are held: a conflict about others is another one, though it reads the same. */
const digestOf = (held: readonly Decision[]): string | undefined =>
  held.length === 0
    ? undefined
    : createHash('sha256')
        .update(JSON.stringify(held.map(({ what, from, to }) => [what, from, to])))
        .digest('base64url')
        .slice(0, 16);

const correctIt = 'Correct the value in its own system, or the program.';
const chooseOne = 'Choose whose value is kept: that of Salesforce or that of Jira.';

/** Nobody knows whether the status arrived: whoever finds it there tells. */
const isStatusUnclear = ({ decisions: { status }, moveFailure, doubted }: Applied): boolean =>
  moveFailure?.kind === 'unknown' || (status.write !== undefined && doubted.has(at('salesforce', status.write.field)));

/** The statuses as far as they are true: a move that did not happen is not remembered. */
function statusAfter(one: Applied): Link['status'] {
  const { decisions, issue, work } = one;
  const { status, waiting, move, write } = decisions.status;
  const before = waiting ?? work.link.value.status;
  if (status === undefined || one.moveFailure !== undefined) return before;
  const current = (issue.fields.status as { readonly name?: unknown } | null | undefined)?.name;
  if (move !== undefined && !one.moved && !sameStatus(move.to.name, String(current))) {
    const now = { salesforce: status.salesforce, jira: typeof current === 'string' ? current : '' };
    if (move.rule) return now;
    // Later looks try it again; when a person moves the issue meanwhile, it counts since when this was owed.
    const seen = waiting?.seen ?? { value: status.salesforce, at: work.record.stamp };
    return { ...now, seen, owed: true };
  }
  if (
    write !== undefined &&
    (one.refused.has(at('salesforce', write.field)) || one.doubted.has(at('salesforce', write.field)))
  ) {
    return before;
  }
  return status;
}

/** Times alone are not worth a write. */
function differs(after: Link, before: Link, written: boolean): boolean {
  const shape = (link: Link) => {
    const { stamp: _, lastOutcome, ...rest } = link;
    const { at: __, ...outcome } = lastOutcome ?? { at: 0 };
    return JSON.stringify([rest.bases, rest.status, rest.moving, rest.state, rest.issueKey, outcome]);
  };
  return written || shape(after) !== shape(before);
}
