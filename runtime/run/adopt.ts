/**
 * The link to an issue that exists, whoever saw it first: told, then linked, then the claim goes.
 */
import { normalText } from '../../compiler/conversion/index.ts';
import { type Creation, given, type Item } from '../engine/index.ts';
import { type Claim, type FieldBase, type Link, linkKey, type SalesforceRecord, type Versioned } from '../ports.ts';
import type { Run } from './run.ts';
import { park, unpark } from './trouble.ts';
import type { Fate } from './work.ts';

export interface Created {
  readonly fate: Fate;
  /** To be reconciled in the same run, so that the issue gets its status too. */
  readonly link?: Versioned<Link>;
}

export type Whole = Extract<Creation, { kind: 'create' }>;

interface Adopted extends Partial<Pick<Whole, 'decisions'>> {
  readonly bases: Readonly<Record<string, FieldBase>>;
  /**
   * By its marker: the answer to the request that made it was lost; or it was made in another time, so nothing is
   * known of what was agreed.
   */
  readonly found?: 'unanswered' | 'of-before';
}

/** Makes the link to an issue that exists, whoever saw it first. */
export async function adopt(
  run: Run,
  item: Item,
  record: SalesforceRecord,
  creation: Adopted,
  claim: Claim,
  issue: { readonly id: string; readonly key: string },
): Promise<Created> {
  const { store, clock } = run.deps;
  const key = { item: item.plan.id, record: record.id };
  const link: Link = {
    item: key.item,
    object: record.object,
    record: record.id,
    issueId: issue.id,
    issueKey: issue.key,
    managed: 'auto',
    createdAt: clock.now(),
    state: { kind: 'active' },
    bases: creation.bases,
    stamp: record.stamp,
    // Its note may be there as well, so it is looked for before another is written.
    ...(creation.found === 'of-before' && { note: { at: 0 } }),
  };
  // Told before it is linked: a run that dies in between is found out by its claim, and the next one tells again.
  if (creation.found === 'of-before') noteFound(run, item, record, issue.key);
  else if (creation.found === 'unanswered') noteUnanswered(run, item, record, issue.key, creation.bases);
  else noteCreated(run, item, record, issue.key, creation.decisions ?? []);
  await run.flush();
  const added = await store.addLink(link);
  const now = (await store.links([key])).get(linkKey(key));
  await store.dropClaim(claim.key);
  if (!added && now?.value.issueId !== issue.id) {
    // Linked by a run that died before its claim went, and taken along to the record that won a merge.
    if ((await store.linksOfIssue(issue.id)).some(({ value }) => value.item === key.item)) return { fate: 'handled' };
    await park(run, key, {
      cause: `${issue.key} was created for this record while the record was linked elsewhere`,
      remedy: `Delete ${issue.key} if ${now?.value.issueKey ?? 'the other issue'} is the right one.`,
      issueKey: issue.key,
      retry: false,
    });
    return { fate: 'handled' };
  }
  if (added && creation.found !== 'of-before') run.count(key.item, 'created');
  if ((await run.attention(key)) !== undefined) {
    // Nothing but its trouble may name the record any more: until it was looked at, its link does.
    await store.addDirty([issue.id]);
    await unpark(run, key);
  }
  return now === undefined ? { fate: 'handled' } : { fate: 'handled', link: now };
}

function noteFound(run: Run, item: Item, record: SalesforceRecord, issueKey: string): void {
  const origin = item.plan.create.origin ?? item.plan.origin;
  const reason = 'the bridge made this issue for the record before; they are linked again';
  const about = { item: item.plan.id, record: record.id, issueKey, side: 'jira' } as const;
  run.note({ ...about, outcome: 'created', what: 'Link', reason, origin });
}

/** What was decided went with the run that sent it; what it sent is known. */
function noteUnanswered(
  run: Run,
  item: Item,
  record: Pick<SalesforceRecord, 'id'>,
  issueKey: string,
  bases: Adopted['bases'],
): void {
  const about = { item: item.plan.id, record: record.id, issueKey, side: 'jira' } as const;
  const origin = item.plan.create.origin ?? item.plan.origin;
  const reason = 'Jira did not answer the request that made this issue in time; it was found by its marker, and linked';
  run.note({ ...about, outcome: 'created', what: 'Issue', to: issueKey, reason, origin });
  for (const setting of item.plan.newIssue) run.note({ ...about, ...given(setting), outcome: 'written' });
  for (const { mapping } of item.mappings) {
    const sent = bases[mapping.id]?.jira ?? null;
    if (sent === null) continue;
    const { target, origin } = mapping;
    const to = normalText(target.type, sent);
    run.note({
      ...about,
      outcome: 'written',
      what: target.name,
      to,
      reason: 'the request took it from Salesforce',
      origin,
    });
  }
}

function noteCreated(
  run: Run,
  item: Item,
  record: SalesforceRecord,
  issueKey: string,
  decisions: Whole['decisions'],
): void {
  const about = { item: item.plan.id, record: record.id, issueKey, side: 'jira' } as const;
  const reason =
    item.rule === undefined || item.plan.create.records === 'all'
      ? 'a new record that the item covers'
      : `a new record that the item covers, and ${item.rule(record.fields).reason}`;
  const origin = item.plan.create.origin ?? item.plan.origin;
  run.note({ ...about, outcome: 'created', what: 'Issue', to: issueKey, reason, origin });
  for (const { what, reason, origin, to, from, outcome } of decisions) {
    run.note({
      ...about,
      outcome: outcome === 'write' ? 'written' : 'skipped',
      what,
      reason,
      origin,
      ...(to === undefined ? {} : { to }),
      ...(from === undefined ? {} : { from }),
    });
  }
}
