/**
 * what a program would do before it is active: issues that it would make, fields and statuses that it would
 * write, what it would leave alone, and why. The same functions decide as in a run; nothing is written anywhere.
 * Items that mean the same as now are not looked at, of very many links a sample is, and time is bounded.
 */
import type { ItemPlan, Origin, Plan } from '../../compiler/plan/ir.ts';
import {
  chooseTransition,
  compileItem,
  type Decision,
  type Decisions,
  decideCreation,
  eligibleQuery,
  emailsIn,
  type Item,
  noPeople,
  type People,
  recordFromRow,
  recordsQuery,
} from '../engine/index.ts';
import { type JiraIssue, type JournalEntry, type Link, linkKey, type SalesforceRecord } from '../ports.ts';
import type { Deps } from './deps.ts';
import { type Creations, creationsOf } from './flood.ts';
import { meaning } from './guard.ts';
import { outOfScope } from './link.ts';
import { fieldsOf } from './work.ts';

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

export interface ItemPreview {
  readonly itemId: string;
  readonly name: string;
  /** It means the same as now: nothing would change. */
  readonly unchanged: boolean;
  /** Issues that the next cycle would make, at most. */
  readonly creates: number;
  readonly links: number;
  /** Links that were looked at; fewer than there are where they are very many. */
  readonly looked: number;
  readonly counts: Readonly<Partial<Record<PreviewEntry['outcome'], number>>>;
  /** The first ones. */
  readonly entries: readonly PreviewEntry[];
}

export interface Preview {
  readonly items: readonly ItemPreview[];
  /** Items that are active now and would be no more: their links would rest. */
  readonly removed: readonly { readonly itemId: string; readonly links: number }[];
}

/** A resolver has 25 seconds, and a person less patience. */
const budgetMs = 15_000;
const sampled = 200;
const creationsShown = 20;
const movesAsked = 25;
const entriesShown = 100;

export async function previewPlan(deps: Deps, plan: Plan): Promise<Preview> {
  const { store, clock } = deps;
  const until = clock.now() + budgetMs;
  const program = await store.program();
  const before = new Map(program?.plan.items.map(item => [item.id, item]));
  const linked = await linkedRecords(deps, plan);
  const creations = new Map((await creationsOf(deps, plan)).map(one => [one.item, one]));
  const items: ItemPreview[] = [];
  for (const own of plan.items) {
    const now = before.get(own.id);
    const unchanged = now !== undefined && meaning(now) === meaning(own);
    const keys = linked.get(own.id) ?? [];
    const item = compileItem(own);
    const look = own.mode === 'display-only' || unchanged || clock.now() >= until ? [] : spread(keys, sampled);
    const entries = [
      ...(await creationEntries(deps, item, creations.get(own.id), until)),
      ...(await linkEntries(deps, item, look)),
    ];
    items.push({
      itemId: own.id,
      name: own.name,
      unchanged,
      creates: creations.get(own.id)?.atMost ?? 0,
      links: keys.length,
      looked: look.length,
      counts: countsOf(entries),
      entries: entries.slice(0, entriesShown),
    });
  }
  const kept = new Set(plan.items.flatMap(({ id, was }) => (was === undefined ? [id] : [id, was])));
  const removed = [...before.keys()]
    .filter(id => !kept.has(id))
    .map(itemId => ({ itemId, links: linked.get(itemId)?.length ?? 0 }));
  return { items, removed };
}

/**
 * One chosen record under one item: what its link would bring, or, where it has none, what a new issue of it would
 * take over. Nothing is written.
 */
export async function previewRecord(deps: Deps, own: ItemPlan, record: string): Promise<readonly PreviewEntry[]> {
  const item = compileItem(own);
  const key = { item: own.id, record };
  const link = (await deps.store.links([key])).get(linkKey(key))?.value;
  if (link !== undefined) return linkEntries(deps, item, [link]);
  const said = { record, side: 'jira', outcome: 'skipped', what: 'Issue', source: place(own.origin) } as const;
  const query = recordsQuery([own], [record]);
  const { answers } = await deps.salesforce.query([{ soql: query.soql }]);
  const [found] = (answers[0]?.rows ?? []).flatMap(row => recordFromRow(query.object, row) ?? []);
  if (found === undefined) return [{ ...said, reason: 'the record is gone, or the Run As user may not see it' }];
  // As if it were new, and as if the item made issues: which fields then travel is asked for either way.
  const makes = own.create.records !== 'off';
  const asked = makes ? item : compileItem({ ...own, create: { ...own.create, records: 'all' } });
  const creation = decideCreation(asked, found, { item: own.id, createSince: 0 }, await peopleFor(deps, item, [found]));
  if (creation.kind === 'none') return [{ ...said, reason: creation.reason }];
  const fields = creation.decisions.map(each => entryOf(each, { record }, outcomes[each.outcome] ?? 'skipped'));
  if (creation.kind === 'problem') return fields;
  const issue = makes
    ? ({
        ...said,
        outcome: 'created',
        reason: 'the item covers the record: were it new, it would become an issue',
      } as const)
    : { ...said, reason: 'auto-create is off: a person links the record; on a new issue it would fill these fields' };
  return [issue, ...fields];
}

/** Links by the item that would have them. */
async function linkedRecords({ store }: Deps, plan: Plan): Promise<ReadonlyMap<string, readonly Link[]>> {
  const renamed = new Map(plan.items.flatMap(({ id, was }) => (was === undefined ? [] : [[was, id] as const])));
  const found = new Map<string, Link[]>();
  for await (const link of store.allLinks()) {
    const item = renamed.get(link.item) ?? link.item;
    const own = found.get(item) ?? [];
    found.set(item, own);
    own.push(link);
  }
  return found;
}

/** As many as may be looked at, from everywhere in the list. */
const spread = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most ? all : Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)]!);

function countsOf(entries: readonly PreviewEntry[]): ItemPreview['counts'] {
  const counts: Partial<Record<PreviewEntry['outcome'], number>> = {};
  for (const { outcome } of entries) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

const place = ({ file, line }: Origin): string => `${file}:${line}`;

function entryOf(
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

// ── issues that would be made ───────────────────────────────────────────────────────────────────

async function creationEntries(
  deps: Deps,
  item: Item,
  creations: Creations | undefined,
  until: number,
): Promise<readonly PreviewEntry[]> {
  if (creations === undefined || creations.atMost === 0 || deps.clock.now() >= until) return [];
  const query = eligibleQuery(item.plan, [item.plan], creations.since, creationsShown);
  const { answers } = await deps.salesforce.query([{ soql: query.soql }]);
  const records = (answers[0]?.rows ?? []).flatMap(row => recordFromRow(query.object, row) ?? []);
  const keys = records.map(({ id }) => ({ item: item.plan.id, record: id }));
  const links = await deps.store.links(keys);
  const people = await peopleFor(deps, item, records);
  const entries: PreviewEntry[] = [];
  for (const record of records) {
    if (links.has(linkKey({ item: item.plan.id, record: record.id }))) continue;
    const activation = { item: item.plan.id, createSince: creations.since };
    const creation = decideCreation(item, record, activation, people);
    const about = { record: record.id };
    const origin = item.plan.create.origin ?? item.plan.origin;
    if (creation.kind === 'create')
      entries.push({
        ...about,
        side: 'jira',
        outcome: 'created',
        what: 'Issue',
        reason: 'a new record that the item covers',
        source: place(origin),
      });
    if (creation.kind !== 'none')
      for (const decision of creation.decisions)
        entries.push(entryOf(decision, about, outcomes[decision.outcome] ?? 'skipped'));
  }
  return entries;
}

const outcomes: Readonly<Partial<Record<Decision['outcome'], PreviewEntry['outcome']>>> = {
  write: 'written',
  skip: 'skipped',
  hold: 'held',
  problem: 'failed',
};

// ── links that would be looked at ───────────────────────────────────────────────────────────────

async function linkEntries(deps: Deps, item: Item, links: readonly Link[]): Promise<readonly PreviewEntry[]> {
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
  if (!item.where(record.fields)) return 'the record is outside the `where`, so its link would rest';
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

async function peopleFor({ jira }: Deps, item: Item, records: readonly SalesforceRecord[]): Promise<People> {
  const project = item.plan.jira.projects[0]?.key ?? '';
  const emails = new Set(records.flatMap(({ fields }) => emailsIn(item.plan.mappings, fields)));
  const accounts = new Map<string, string | undefined>();
  for (const email of emails) accounts.set(email.toLowerCase(), await jira.userByEmail(email, project));
  return { ...noPeople, accountIdOf: email => accounts.get(email.toLowerCase()) };
}
