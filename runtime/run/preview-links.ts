/** What would become of links: each decided as a run decides, with Jira asked whether a move is to be had. */
import {
  chooseTransition,
  type Decisions,
  type Item,
  type People,
  recordFromRow,
  recordsQuery,
} from '../engine/index.ts';
import type { JiraIssue, Link, SalesforceRecord } from '../ports.ts';
import type { Deps } from './deps.ts';
import { outOfScope } from './link.ts';
import { outsideWhere } from './pause.ts';
import { entryOf, outcomes, type PreviewEntry, peopleFor, place } from './preview-entry.ts';
import { fieldsOf } from './work.ts';

/** Each costs a call. */
const movesAsked = 25;

export async function linkEntries(deps: Deps, item: Item, links: readonly Link[]): Promise<readonly PreviewEntry[]> {
  if (links.length === 0) return [];
  const query = recordsQuery(
    [item.plan],
    links.map(({ record }) => record),
  );
  const { answers } = await deps.salesforce.query([{ soql: query.soql, all: true }]);
  const records = new Map(
    (answers[0]?.rows ?? []).flatMap(row => {
      const record = recordFromRow(query.object, row);
      return record === undefined ? [] : [[record.id, record] as const];
    }),
  );
  const issues = new Map(
    (
      await deps.jira.issues(
        links.map(({ issueId }) => issueId),
        fieldsOf([item]),
      )
    ).map(issue => [issue.id, issue]),
  );
  const people = await peopleFor(deps, item, [...records.values()]);
  const entries: PreviewEntry[] = [];
  let asked = 0;
  for (const link of links) {
    const record = records.get(link.record);
    const issue = issues.get(link.issueId);
    const about = { record: link.record, issueKey: link.issueKey };
    const resting = whyResting(item, link, record, issue);
    if (resting !== undefined || record === undefined || issue === undefined) {
      const reason = resting ?? 'the record or the issue is not to be seen';
      const at = { side: 'jira', what: 'Link', source: place(item.plan.origin) } as const;
      entries.push({ ...about, ...at, outcome: 'skipped', reason });
      continue;
    }
    const decisions = await decide(deps, item, link, record, issue, people);
    for (const { decision } of decisions.fields)
      if (decision !== undefined && decision.outcome !== 'later')
        entries.push(entryOf(decision, about, outcomes[decision.outcome] ?? 'skipped'));
    for (const decision of decisions.status.decisions) {
      const { move, write } = decisions.status;
      if (decision.outcome !== 'write' || write !== undefined || move === undefined)
        entries.push(entryOf(decision, about, outcomes[decision.outcome] ?? 'skipped'));
      else if (asked++ >= movesAsked) entries.push(entryOf(decision, about, 'moved'));
      else {
        const choice = chooseTransition(move, await deps.jira.transitions(issue.id));
        const blocked = choice.ok ? undefined : `${decision.reason}; ${choice.reason}`;
        entries.push(entryOf(decision, about, choice.ok ? 'moved' : 'blocked', blocked));
      }
    }
  }
  return entries;
}

function whyResting(
  item: Item,
  link: Link,
  record: SalesforceRecord | undefined,
  issue: JiraIssue | undefined,
): string | undefined {
  if (link.state.kind === 'paused') return `the link is paused: ${link.state.reason}`;
  if (record === undefined) return 'the record is gone, or the Run As user may not see it';
  if (record.deleted) return 'the record is deleted';
  if (!item.where(record.fields)) return `${outsideWhere}, so its link would rest`;
  if (issue === undefined) return 'the issue is deleted, or hidden from the app';
  return outOfScope(item, issue.fields);
}

/** As a run decides: with the change log where a value is doubtful. */
async function decide(
  { jira, clock }: Deps,
  item: Item,
  link: Link,
  record: SalesforceRecord,
  issue: JiraIssue,
  people: People,
): Promise<Decisions> {
  const input = { link, record, issue, context: { people, self: '' }, cause: 'record', now: clock.now() } as const;
  const first = item.reconcile(input);
  if (first.wants.length === 0) return first;
  const [changes, self] = await Promise.all([jira.changes([issue.id], first.wants), jira.self()]);
  return item.reconcile({ ...input, context: { people, self }, changes: changes.get(issue.id) ?? [] });
}
