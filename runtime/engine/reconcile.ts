/**
 * The one function that decides: plan, link, record and issue in, decisions out. No I/O, no clock and no
 * randomness of its own. Schedule, events, linking, refresh, previews, tests and the simulation all ask it.
 */
import { sameValue } from '../../compiler/conversion/index.ts';
import type { ItemPlan, MappingPlan } from '../../compiler/plan/ir.ts';
import type { FieldBase, Instant, JiraFieldChange, JiraIssue, Link, SalesforceRecord } from '../ports.ts';
import { compileWhere, type Predicate } from './condition.ts';
import { type Converter, converterOf, emailsShown, noPeople, type People } from './convert.ts';
import type { Decision, Decisions, FieldDecision, FieldWrite } from './decision.ts';
import { compileField } from './field.ts';
import { withTold } from './field-sent.ts';
import { compileRules, type RuleVerdict } from './rule.ts';
import { type Cause, compileStatus } from './status.ts';
import type { Fields } from './values.ts';

export interface ReconcileInput {
  readonly plan: ItemPlan;
  /** What is remembered; for a link that is being made, empty bases. */
  readonly link: Pick<Link, 'bases' | 'status' | 'moving'>;
  readonly record: SalesforceRecord;
  readonly issue: JiraIssue;
  /** The issue's change log, oldest first; undefined when it was not read. */
  readonly changes?: readonly JiraFieldChange[];
  readonly context: ReconcileContext;
  readonly cause: Cause;
  readonly now: Instant;
}

export interface ReconcileContext {
  readonly people: Pick<People, 'accountIdOf'>;
  /** The app's own Jira account. */
  readonly self: string;
  /** The statuses that the record's type offers, where it is known to offer some only. */
  readonly offered?: ReadonlySet<string>;
}

export const emptyContext: ReconcileContext = { people: noPeople, self: '' };

/** An item with its conditions and conversions looked up once; as pure as its plan. */
export interface Item {
  readonly plan: ItemPlan;
  readonly where: Predicate;
  readonly rule?: (record: Fields) => RuleVerdict;
  readonly mappings: readonly { readonly mapping: MappingPlan; readonly converter: Converter }[];
  reconcile(input: Omit<ReconcileInput, 'plan'>): Decisions;
}

export function compileItem(plan: ItemPlan): Item {
  const mappings = plan.mappings.map(mapping => ({ mapping, converter: converterOf(mapping) }));
  const fields = mappings.map(({ mapping, converter }) => ({ mapping, decide: compileField(mapping, converter) }));
  const status = compileStatus(plan);
  return {
    plan,
    where: compileWhere(plan.where),
    ...(plan.rules && { rule: compileRules(plan.rules) }),
    mappings,
    reconcile(input) {
      if (plan.mode === 'display-only') return combine([], { decisions: [] }, [], input.cause);
      const people = peopleOf(input);
      const decided = fields.map(({ mapping, decide }) =>
        decide({
          record: input.record,
          issue: input.issue.fields,
          updated: input.issue.updated,
          base: input.link.bases[mapping.id],
          changes: changesOf(input.changes, mapping),
          people,
          self: input.context.self,
          now: input.now,
        }),
      );
      const moved = status({
        record: input.record,
        issue: input.issue,
        known: input.link.status,
        moving: input.link.moving,
        changes: input.changes?.filter(({ field }) => field === 'status'),
        self: input.context.self,
        offered: input.context.offered,
        cause: input.cause,
      });
      const wants = fields.filter((_, index) => decided[index]?.wants).map(({ mapping }) => mapping.target.id);
      return combine(decided, moved, wants, input.cause);
    },
  };
}

/** Few items map people: the issue is searched for their addresses when the first is asked for. */
function peopleOf({ context, issue }: Omit<ReconcileInput, 'plan'>): People {
  let shown: ReadonlyMap<string, string> | undefined;
  return {
    accountIdOf: context.people.accountIdOf,
    emailOf(accountId) {
      shown ??= emailsShown(issue.fields);
      return shown.get(accountId);
    },
  };
}

/** The change log as far as it is about a mapping's field. */
const changesOf = (changes: ReconcileInput['changes'], { target }: MappingPlan): ReconcileInput['changes'] =>
  changes === undefined || changes.length === 0
    ? changes
    : changes.filter(({ field }) => field === target.id || field === target.name);

/** An event pushes to Salesforce only; what Jira should get waits for the cycle, so that nobody is fought while typing. */
function combine(
  all: readonly FieldDecision[],
  status: Decisions['status'],
  wants: readonly string[],
  cause: Cause,
): Decisions {
  const fields = cause === 'event' ? all.map(leaveToCycle) : all;
  const toJira: Record<string, unknown> = {};
  const toSalesforce: Record<string, unknown> = {};
  const decisions: Decision[] = [];
  const add = ({ side, field, value }: FieldWrite) => {
    (side === 'jira' ? toJira : toSalesforce)[field] = value;
  };
  for (const { write, decision, earlier } of fields) {
    if (write !== undefined) add(write);
    if (earlier !== undefined) decisions.push(...earlier.decisions);
    if (decision !== undefined) decisions.push(decision);
  }
  if (status.write !== undefined) add(status.write);
  decisions.push(...status.decisions);
  return {
    fields,
    status,
    toJira,
    toSalesforce,
    decisions,
    wants: status.wants ? [...wants, 'status'] : wants,
    later: decisions.some(decision => decision.outcome === 'later'),
  };
}

function leaveToCycle(field: FieldDecision): FieldDecision {
  if (field.write?.side !== 'jira') return field;
  // The cycle tells what was sent earlier, too.
  const { write: _, ahead: __, base: ___, decision, waiting, mapping } = field;
  return {
    mapping,
    ...(waiting && { base: waiting }),
    ...(decision && {
      decision: { ...decision, outcome: 'later', reason: `${decision.reason}; the next cycle puts it back` },
    }),
  };
}

/** What became of a write; `unknown`: it may still land. */
export type Arrival = 'arrived' | 'refused' | 'unknown';
export type ArrivalOf = (side: 'salesforce' | 'jira', field: string) => Arrival;

/** What to remember once the writes were answered: the new agreement, the old one, or both with the doubt. */
export function basesAfter(bases: Link['bases'], decisions: Decisions, arrivalOf: ArrivalOf): Link['bases'] {
  const after: Record<string, FieldBase> = { ...bases };
  for (const { mapping, write, base, ahead, waiting, earlier } of decisions.fields) {
    const arrival = write === undefined ? 'arrived' : arrivalOf(write.side, write.field);
    const remembered = { arrived: base, unknown: ahead, refused: waiting }[arrival] ?? after[mapping];
    if (remembered !== undefined)
      after[mapping] = earlier === undefined ? remembered : withTold(remembered, earlier.sent);
  }
  return after;
}

/** What to remember before anything is sent. */
export function basesBefore(bases: Link['bases'], decisions: Decisions): Link['bases'] {
  const before: Record<string, FieldBase> = { ...bases };
  for (const { mapping, write, base, ahead, decision, earlier } of decisions.fields) {
    // What is to be told only is remembered once it is.
    if (write === undefined && (decision ?? earlier) !== undefined) continue;
    const remembered = write === undefined ? base : ahead;
    if (remembered === undefined) continue;
    const { sending = [] } = remembered;
    const untold = earlier?.sent.filter(sent => !sending.includes(sent)) ?? [];
    before[mapping] = untold.length === 0 ? remembered : { ...remembered, sending: [...untold, ...sending] };
  }
  return before;
}

/** The bases once it was read what Salesforce made of a write: another form of it counts as agreed, if it arrived. */
export function basesAsRead(
  item: Item,
  bases: Link['bases'],
  decisions: Decisions,
  record: SalesforceRecord,
  arrivalOf: ArrivalOf,
): Link['bases'] {
  const after: Record<string, FieldBase> = { ...bases };
  for (const { mapping: id, write } of decisions.fields) {
    const converter = item.mappings.find(({ mapping }) => mapping.id === id)?.converter;
    const base = after[id];
    if (write?.side !== 'salesforce' || converter === undefined || base === undefined) continue;
    if (arrivalOf('salesforce', write.field) !== 'arrived') continue;
    const read = converter.salesforceNormal(record.fields);
    if (sameValue(read, base.salesforce)) continue;
    after[id] = { ...base, salesforce: read, written: { side: 'salesforce', value: write.normal } };
  }
  return after;
}
