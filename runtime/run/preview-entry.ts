/** One thing that a program would do or leave, with its reason and its line. */
import type { Origin } from '../../compiler/plan/ir.ts';
import {
  type Creation,
  type Decision,
  emailsIn,
  emptyContext,
  type Item,
  noPeople,
  type People,
} from '../engine/index.ts';
import type { JournalEntry, SalesforceRecord } from '../ports.ts';
import type { Deps } from './deps.ts';

export interface PreviewEntry {
  readonly record: string;
  readonly issueKey?: string;
  readonly side: 'salesforce' | 'jira';
  readonly outcome: JournalEntry['outcome'];
  readonly what: string;
  readonly from?: string;
  readonly to?: string;
  readonly reason: string;
  readonly source: string;
}

export const place = ({ file, line }: Origin): string => `${file}:${line}`;

export function entryOf(
  { side, what, from, to, reason, origin }: Decision,
  about: Pick<PreviewEntry, 'record' | 'issueKey'>,
  outcome: PreviewEntry['outcome'],
  why = reason,
): PreviewEntry {
  return {
    ...about,
    side,
    outcome,
    what,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    reason: why,
    source: place(origin),
  };
}

export const outcomes: Readonly<Partial<Record<Decision['outcome'], PreviewEntry['outcome']>>> = {
  write: 'written',
  skip: 'skipped',
  hold: 'held',
  problem: 'failed',
};

/** What a new issue of it would get. Its move is foretold too; in which status it begins, Jira alone knows. */
export function newIssueEntries(
  item: Item,
  record: SalesforceRecord,
  creation: Extract<Creation, { kind: 'create' }>,
): readonly PreviewEntry[] {
  const about = { record: record.id };
  const begins = { status: { id: '', name: '' } };
  const { status } = item.reconcile({
    link: { bases: creation.bases },
    record,
    issue: { id: '', key: '', fields: { ...creation.fields, ...begins }, updated: 0 },
    context: emptyContext,
    cause: 'link',
    now: 0,
  });
  return [
    ...creation.decisions.map(decision => entryOf(decision, about, outcomes[decision.outcome] ?? 'skipped')),
    ...status.decisions.map(({ from: _, ...decision }) =>
      decision.outcome === 'write'
        ? entryOf(decision, about, 'moved', `${decision.reason}, unless it begins there`)
        : entryOf(decision, about, outcomes[decision.outcome] ?? 'skipped'),
    ),
  ];
}

export async function peopleFor({ jira }: Deps, item: Item, records: readonly SalesforceRecord[]): Promise<People> {
  const project = item.plan.jira.projects[0]?.key ?? '';
  const emails = new Set(records.flatMap(({ fields }) => emailsIn(item.plan.mappings, fields)));
  const accounts = new Map<string, string | undefined>();
  for (const email of emails) accounts.set(email.toLowerCase(), await jira.userByEmail(email, project));
  return { ...noPeople, accountIdOf: email => accounts.get(email.toLowerCase()) };
}
