/**
 * The issue's status: by the Conditional Sync Rule where the item has one, else by generic status sync in
 * both directions. A rule is asserted when the record changed, when somebody moved the issue, on link and
 * on refresh; an event alone only leaves it to the next cycle.
 */
import { foldText } from '../../compiler/conversion/index.ts';
import type { ItemPlan, Origin, StatusPlan, StatusRow } from '../../compiler/plan/ir.ts';
import type { Instant, JiraFieldChange, JiraIssue, Link, SalesforceRecord, StatusSent } from '../ports.ts';
import { coveredEdit, editedSince } from './covered.ts';
import { type Decision, type FieldWrite, foundReason, goneReason, type StatusDecision } from './decision.ts';
import { compileRules, type RuleVerdict } from './rule.ts';
import { type Fields, valueAt } from './values.ts';

/** What made the run look. */
export type Cause = 'record' | 'issue' | 'event' | 'link' | 'refresh';

export interface StatusInput {
  readonly record: SalesforceRecord;
  readonly issue: JiraIssue;
  readonly known: Link['status'];
  readonly moving?: Link['moving'] | undefined;
  readonly changes: readonly JiraFieldChange[] | undefined;
  readonly self: string;
  /** What the record's type offers, where that was asked. */
  readonly offered?: ReadonlySet<string> | undefined;
  readonly cause: Cause;
}

export type DecideStatus = (input: StatusInput) => StatusDecision;

export function compileStatus(plan: ItemPlan): DecideStatus {
  const rule = plan.rules && compileRules(plan.rules);
  const decide = rule === undefined ? decideWithoutRule(plan) : decideByRule(plan, rule);
  return given => {
    const { moving } = given;
    if (moving === undefined) return decide(given);
    const { record, issue } = given;
    const origin = rule?.(record.fields).origin ?? plan.status?.origin ?? plan.origin;
    const isThere = ({ side, to }: StatusSent): boolean =>
      sameStatus(side === 'jira' ? issueStatus(issue).name : recordStatus(record, plan.status?.field.path), to);
    const tell = (untold: readonly StatusSent[]): readonly Decision[] =>
      untold.map(one => sentStatus(one, plan.status, origin, isThere(one) ? foundReason : goneReason));
    const { side, to, earlier = [] } = moving;
    if (!isThere(moving)) {
      const back = movedBack(given, moving);
      const own = decide(back === true ? { ...given, known: { ...given.known!, jira: to } } : given);
      const decided: StatusDecision = back === 'unread' ? { ...own, wants: true } : own;
      const again = statusSent(decided);
      const isAgain = again?.side === side && sameStatus(again.to, to);
      const untold = isAgain ? earlier : [...earlier, { side, to }];
      return { ...decided, untold, decisions: [...tell(untold), ...decided.decisions] };
    }
    const agreed = agreedBy(moving);
    const input = { ...given, known: agreed ?? given.known };
    const own = decide(input);
    const decided = (own.status ?? own.waiting) ? own : { ...own, ...(agreed && { status: agreed }) };
    const under =
      moving.over === undefined || plan.status === undefined ? undefined : coveredMove(plan.status, input, moving.over);
    const untold = [...earlier, { side, to }];
    const decisions = [...tell(untold), ...decided.decisions, ...(under?.decisions ?? [])];
    return { ...decided, untold, decisions, ...(under?.wants && { wants: true }) };
  };
}

type Moving = NonNullable<Link['moving']>;

/**
 * Moved to follow Salesforce, by a run that did not come to say so, and moved back by a person to where both had agreed:
 * which is a change as any.
 */
function movedBack({ known, issue, changes, self }: StatusInput, { side, over }: Moving): boolean | 'unread' {
  if (side !== 'jira' || over === undefined || !sameStatus(known?.jira, issueStatus(issue).name)) return false;
  return changes === undefined ? 'unread' : editedSince(changes, self, over);
}

/** What both sides agreed on by what was sent: whatever differs from it now was changed since. */
function agreedBy({ side, to, beside }: Moving): Known | undefined {
  if (beside === undefined) return undefined;
  return side === 'jira' ? { salesforce: beside, jira: to } : { salesforce: to, jira: beside ?? '' };
}

/** What was sent and not told: its own reason went with the run that sent it. */
export function sentStatus(
  { side, to }: StatusSent,
  plan: StatusPlan | undefined,
  origin: Origin,
  reason: string,
): Decision {
  const what = side === 'jira' ? 'Status' : (plan?.field.label ?? 'Status');
  return { side, what, to, outcome: 'found', reason, origin };
}

/** What a decision gives a side, once it is carried out. */
export const statusSent = ({ move, write, status }: StatusDecision): Link['moving'] =>
  move !== undefined
    ? {
        side: 'jira',
        to: move.to.name,
        ...(status !== undefined && { beside: status.salesforce }),
        ...(status?.over !== undefined && { over: status.over }),
      }
    : write === undefined
      ? undefined
      : { side: 'salesforce', to: String(write.value), ...(status !== undefined && { beside: status.jira }) };

function decideByRule(plan: ItemPlan, rule: (fields: Fields) => RuleVerdict): DecideStatus {
  const path = plan.status?.field.path;
  return input => byRule(input, rule(input.record.fields), path);
}

function decideWithoutRule(plan: ItemPlan): DecideStatus {
  if (plan.status !== undefined) {
    const { status } = plan;
    return input => byTables(status, input);
  }
  return () => ({ decisions: [] });
}

export interface IssueStatus {
  readonly id: string;
  readonly name: string;
}

export function issueStatus(issue: JiraIssue): IssueStatus {
  const raw = issue.fields.status;
  const { id, name } = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};
  return { id: typeof id === 'string' ? id : '', name: typeof name === 'string' ? name : '' };
}

export const sameStatus = (a: string | null | undefined, b: string | null | undefined): boolean =>
  a === b || (typeof a === 'string' && typeof b === 'string' && foldText(a) === foldText(b));

const recordStatus = (record: SalesforceRecord, path: readonly string[] | undefined): string | null => {
  const value = path === undefined ? null : valueAt(record.fields, path);
  return typeof value === 'string' && value !== '' ? value : null;
};

// ── by rule ─────────────────────────────────────────────────────────────────────────────────────

function byRule(input: StatusInput, verdict: RuleVerdict, path: readonly string[] | undefined): StatusDecision {
  const current = issueStatus(input.issue);
  const status = { salesforce: recordStatus(input.record, path), jira: current.name };
  const target = verdict.moveTo;
  if (target === undefined || target.id === current.id) return { status, decisions: [] };
  const moved = input.known !== undefined && !sameStatus(input.known.jira, current.name);
  const described = {
    side: 'jira',
    what: 'Status',
    from: current.name,
    to: target.name,
    origin: verdict.origin,
  } as const;
  if (input.cause === 'event') {
    const reason = moved
      ? 'the issue was moved by hand; the next cycle puts it back, as the rule says'
      : 'the record asks for another status; the next cycle moves the issue, as the rule says';
    return { decisions: [{ ...described, outcome: 'later', reason }] };
  }
  const reason = moved && input.cause === 'issue' ? `put back by rule: ${verdict.reason}` : verdict.reason;
  return {
    move: { to: target, from: current.name, reason, origin: verdict.origin, rule: true },
    status: { ...status, jira: target.name },
    decisions: [{ ...described, outcome: 'write', reason }],
  };
}

// ── by tables ───────────────────────────────────────────────────────────────────────────────────

function byTables(plan: StatusPlan, input: StatusInput): StatusDecision {
  const { known } = input;
  const salesforce = recordStatus(input.record, plan.field.path);
  const now: Sides = { salesforce, jira: issueStatus(input.issue).name, at: changedAt(input, salesforce), known };
  if (known === undefined) return toJira(plan, input, now, 'first sync takes the status from Salesforce');

  const owed = known.owed === true && sameStatus(known.salesforce, salesforce);
  const salesforceChanged = owed || !sameStatus(known.salesforce, salesforce);
  const jiraChanged = !sameStatus(known.jira, now.jira);
  if (!salesforceChanged && !jiraChanged) {
    if (known.over !== undefined) return afterMove(plan, input, now, known.over);
    // What was seen between is over, and says nothing of when it may come again.
    return known.seen === undefined ? { decisions: [] } : { status: agreedOn(now), decisions: [] };
  }
  if (sameStatus(rowFor(plan.toJira, salesforce)?.to, now.jira)) return { status: agreedOn(now), decisions: [] };
  const { label } = plan.field;
  if (!jiraChanged) {
    return toJira(
      plan,
      input,
      now,
      owed ? `${label} of Salesforce is still to be followed` : `${label} changed in Salesforce`,
    );
  }
  if (!salesforceChanged) return toSalesforce(plan, input, now, 'the status changed in Jira');
  if (input.changes === undefined) {
    const unread = 'the status changed on both sides, and when in Jira is not known';
    return { ...toJira(plan, input, now, unread, now.jira), wants: true };
  }
  const moved = input.changes.findLast(change => change.author !== input.self);
  return moved !== undefined && Math.floor(moved.at / 1000) > Math.floor(now.at / 1000)
    ? toSalesforce(plan, input, now, 'the status changed on both sides, last in Jira', salesforce)
    : toJira(plan, input, now, 'the status changed on both sides, last in Salesforce', now.jira);
}

/** Not later than the record's stamp, and not later than a run saw this very status: other fields move the stamp too. */
function changedAt({ known, record }: StatusInput, salesforce: string | null): Instant {
  const seen = known?.seen;
  return seen !== undefined && sameStatus(seen.value, salesforce) ? Math.min(seen.at, record.stamp) : record.stamp;
}

type Known = NonNullable<Link['status']>;

interface Sides {
  readonly salesforce: string | null;
  readonly jira: string;
  /** Since when Salesforce has its status, as far as is known. */
  readonly at: Instant;
  readonly known: Link['status'];
}

const agreedOn = ({ salesforce, jira }: Sides): Known => ({ salesforce, jira });

/** What stays known while Jira does not follow: nothing before the first sync. */
const waitingOn = ({ known, salesforce, at }: Sides): Pick<StatusDecision, 'waiting'> =>
  known === undefined ? {} : { waiting: { ...known, seen: { value: salesforce, at } } };

function toJira(plan: StatusPlan, input: StatusInput, now: Sides, reason: string, lost?: string): StatusDecision {
  const row = rowFor(plan.toJira, now.salesforce);
  const described = { side: 'jira', what: 'Status', from: now.jira, origin: row?.origin ?? plan.origin } as const;
  if (row === undefined) return unmatched(plan, now, described, now.salesforce, 'Jira status');
  if (sameStatus(row.to, now.jira)) return { status: agreedOn(now), decisions: [] };
  if (input.cause === 'event') {
    const later = {
      ...described,
      to: row.to,
      outcome: 'later',
      reason: `${reason}; the next cycle moves the issue`,
    } as const;
    return { ...waitingOn(now), decisions: [later] };
  }
  return {
    move: { to: { name: row.to }, from: now.jira, reason, origin: row.origin, rule: false },
    status: { ...agreedOn(now), jira: row.to, over: input.issue.updated },
    ...waitingOn(now),
    decisions: [{ ...described, to: row.to, outcome: 'write', reason, ...conflict(lost, now.salesforce) }],
  };
}

/** The first look after a move: whether it went over one that nobody had seen. */
function afterMove(plan: StatusPlan, input: StatusInput, now: Sides, over: Instant): StatusDecision {
  const { decisions, wants } = coveredMove(plan, input, over);
  return wants ? { decisions, wants } : { status: agreedOn(now), decisions };
}

function coveredMove(
  plan: StatusPlan,
  { issue, changes, self }: StatusInput,
  over: Instant,
): Pick<StatusDecision, 'decisions' | 'wants'> {
  if (changes === undefined) return { decisions: [], wants: true };
  const covered = coveredEdit(changes, self, over);
  if (covered === undefined) return { decisions: [] };
  const { name } = issueStatus(issue);
  const decision: Decision = {
    side: 'jira',
    what: 'Status',
    from: name,
    outcome: 'skip',
    reason: 'the issue was moved in Jira just when it was moved to follow Salesforce; the move is kept here',
    origin: plan.origin,
    lost: covered.toString,
    kept: name,
  };
  return { decisions: [decision] };
}

function toSalesforce(
  plan: StatusPlan,
  { offered }: StatusInput,
  now: Sides,
  reason: string,
  lost?: string | null,
): StatusDecision {
  const row = rowFor(plan.toSalesforce, now.jira);
  const described = {
    side: 'salesforce',
    what: plan.field.label,
    ...(now.salesforce === null ? {} : { from: now.salesforce }),
    origin: row?.origin ?? plan.origin,
  } as const;
  if (row === undefined) return unmatched(plan, now, described, now.jira, 'Salesforce status');
  if (sameStatus(row.to, now.salesforce)) return { status: agreedOn(now), decisions: [] };
  if (offered !== undefined && ![...offered].some(value => sameStatus(value, row.to))) {
    const refused = `the record’s type does not offer “${row.to}”, so the record keeps its status`;
    return { decisions: [{ ...described, to: row.to, outcome: 'problem', reason: refused }] };
  }
  const write: FieldWrite = { side: 'salesforce', field: plan.field.path.join('.'), value: row.to, normal: row.to };
  return {
    write,
    status: { ...agreedOn(now), salesforce: row.to },
    ...waitingOn(now),
    decisions: [{ ...described, to: row.to, outcome: 'write', reason, ...conflict(lost, now.jira) }],
  };
}

/** Both sides changed: which status gave way to which. */
const conflict = (lost: string | null | undefined, kept: string | null) => (lost === undefined ? {} : { lost, kept });

function unmatched(
  plan: StatusPlan,
  now: Sides,
  described: Pick<Decision, 'side' | 'what' | 'origin'> & { readonly from?: string },
  value: string | null,
  what: string,
): StatusDecision {
  if (value === null || plan.otherwise === 'keep') return { status: agreedOn(now), decisions: [] };
  const reason = `“${value}” has no matching ${what}, so the status is not synced`;
  return { status: agreedOn(now), decisions: [{ ...described, outcome: 'skip', reason }] };
}

const rowFor = (rows: readonly StatusRow[], value: string | null): StatusRow | undefined =>
  rows.find(row => sameStatus(row.from, value));
