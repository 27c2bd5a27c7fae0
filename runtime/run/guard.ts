/**
 * Before a changed program does its first work: whether it would move or blank more than anybody could have
 * meant. Then the item rests, and a person sees which clause it is. Reads only, and of very many links a sample.
 */
import { limits } from '../../compiler/catalogue/limits.ts';
import type { Origin } from '../../compiler/plan/ir.ts';
import { meaningOfItem } from '../../compiler/plan/meaning.ts';
import { type Decisions, emptyContext, type Item, recordFromRow, recordsQuery } from '../engine/index.ts';
import type { Activation, JiraIssue, Link, SalesforceRecord } from '../ports.ts';
import { inLanes, limitsOf } from './deps.ts';
import type { Run } from './run.ts';
import { parkItem } from './trouble.ts';
import { fieldsOf } from './work.ts';

/** As many links as are looked at; one composite call, and twenty bulk reads of Jira. */
const sample = 2_000;

/** Whether nothing but places and orders in the text changed since the version with which an item was caught up. */
export async function isUnchanged(run: Run, { plan }: Item, activation: Activation): Promise<boolean> {
  const { caughtUp } = activation;
  if (caughtUp === undefined || caughtUp + 1 !== run.program.version) return false;
  const before = (await run.deps.store.programVersion(caughtUp))?.plan.items.find(({ id }) => id === plan.id);
  return before !== undefined && meaningOfItem(before) === meaningOfItem(plan);
}

/** Pauses the item when its program would go too far; true when it did. */
export async function holdBack(run: Run, item: Item, records: readonly string[]): Promise<boolean> {
  const { id } = item.plan;
  const { links: mostLinks = limits.guardLinks.value, share = limits.guardShare.value } = run.program.plan.guard ?? {};
  if (records.length <= mostLinks) return false;
  const size = Math.min(sample, records.length);
  const keys = Array.from({ length: size }, (_, at) => ({
    item: id,
    record: records[Math.floor((at * records.length) / size)]!,
  }));
  const links = [...(await run.deps.store.links(keys)).values()].map(({ value }) => value);

  const clauses = new Map<string, number>();
  let touched = 0;
  for (const decisions of await decideAll(
    run,
    item,
    links.filter(({ state }) => state.kind === 'active'),
  )) {
    const reach = farReaching(decisions);
    if (reach.length === 0) continue;
    touched++;
    for (const clause of new Set(reach)) clauses.set(clause, (clauses.get(clause) ?? 0) + 1);
  }
  const all = Math.round((touched / size) * records.length);
  // Both have to be passed.
  if (all <= mostLinks || touched / size <= share / 100) return false;

  const [clause] = [...clauses].sort((a, b) => b[1] - a[1])[0]!;
  const many = `${all} of ${records.length} links`;
  const reason = `the changed program would move or blank ${many}, most of them by ${clause}`;
  await run.deps.store.pauseItem(id, reason, run.program.version);
  const remedy = 'Resume the item if that is meant; otherwise correct the program first.';
  await parkItem(run, id, 'guard', { cause: `${reason}; the item is paused`, remedy });
  run.deps.log.warn('a changed program was held back', { run: run.id, item: id, links: records.length, touched: all });
  run.rest(id);
  return true;
}

async function decideAll(run: Run, item: Item, links: readonly Link[]): Promise<readonly Decisions[]> {
  const { salesforce, jira, clock } = run.deps;
  const query = recordsQuery(
    [item.plan],
    links.map(({ record }) => record),
  );
  const { answers } = await salesforce.query([{ soql: query.soql, all: true }]);
  const records = new Map<string, SalesforceRecord>();
  for (const row of answers[0]?.rows ?? []) {
    const record = recordFromRow(query.object, row);
    if (record !== undefined && !record.deleted && item.where(record.fields)) records.set(record.id, record);
  }
  const present = links.filter(({ record }) => records.has(record));
  const { page, lanes } = limitsOf(run.deps);
  const pages = Array.from({ length: Math.ceil(present.length / page) }, (_, at) =>
    present.slice(at * page, (at + 1) * page),
  );
  const issues = new Map<string, JiraIssue>();
  await inLanes(pages, lanes, async some => {
    const found = await jira.issues(
      some.map(({ issueId }) => issueId),
      fieldsOf([item]),
    );
    for (const issue of found) issues.set(issue.id, issue);
  });
  return present.flatMap(link => {
    const issue = issues.get(link.issueId);
    const record = records.get(link.record)!;
    if (issue === undefined) return [];
    return item.reconcile({ link, record, issue, context: emptyContext, cause: 'record', now: clock.now() });
  });
}

/** The clauses by which an issue would be moved or a value on either side would become empty. */
function farReaching({ fields, status }: Decisions): readonly string[] {
  const blanked = fields.flatMap(({ write, decision }) =>
    write !== undefined && write.normal === null && decision !== undefined ? [placeOf(decision.origin)] : [],
  );
  return status.move === undefined ? blanked : [...blanked, placeOf(status.move.origin)];
}

const placeOf = ({ file, line }: Origin): string => `${file}:${line}`;
