/**
 * What is kept of one issue or one person, to take away and to erase, and records that an item was told to
 * leave alone. Of people only account ids are kept, so a person's data are the places where theirs stands.
 */
import type { JournalEntry, Link } from '../../ports.ts';
import { linkKey, PortError } from '../../ports.ts';
import { matching, object, optional, text } from '../../shape.ts';
import type { AppDeps } from '../deps.ts';
import { itemId, nothing, recordId } from '../payloads.ts';
import { erasePerson, keptOfPerson } from '../privacy.ts';
import { changing, type Endpoints, endpoint, Refused } from '../reply.ts';

const subject = object({
  issueKey: optional(matching(/^[A-Z][A-Z0-9_]*-\d+$/, 'the key of an issue, such as SUP-12')),
  accountId: optional(text(200)),
});
type Subject = { readonly issueKey?: string; readonly accountId?: string };

const lifted = object({ itemId, recordId });

/** More than a store ever holds. */
const everything = 1_000_000;

export const dataEndpoints: Endpoints = {
  'data.export': endpoint(subject, async ({ deps, payload }) =>
    oneOf(
      payload,
      issueKey => keptOfIssue(deps, issueKey),
      accountId => keptOfPerson(deps.store, accountId),
    ),
  ),

  'data.erase': changing(
    subject,
    ({ issueKey, accountId }) => ({ of: issueKey === undefined && accountId !== undefined ? 'a person' : 'an issue' }),
    async ({ deps, payload }) =>
      oneOf(
        payload,
        issueKey => eraseIssue(deps, issueKey),
        accountId => erasePerson(deps.store, accountId),
      ),
  ),

  /** Records that lost their link, of which an item makes no issue by itself any more. */
  'tombstones.list': endpoint(nothing, async ({ deps }) =>
    (await deps.store.tombstones()).map(({ item, record }) => ({ itemId: item, recordId: record })),
  ),

  /** The item may make an issue for the record again, and looks at it now. */
  'tombstones.lift': changing(
    lifted,
    ({ itemId: item, recordId: record }) => ({ item, record }),
    async ({ deps, payload: { itemId: item, recordId: record } }) => {
      const { store, queue, clock } = deps;
      if (!(await store.tombstone({ item, record })))
        throw new Refused('gone', 'The item may make an issue for this record already.');
      const now = clock.now();
      // Before, so that it is looked at also where the item rests, or the look that follows fails.
      if ((await store.program())?.plan.items.some(({ id }) => id === item))
        await store.saveAttention({
          id: linkKey({ item, record }),
          item,
          record,
          since: now,
          cause: 'the record may have an issue again, and was not looked at since',
          remedy: 'Nothing has to be done: the next cycle looks at it, or the first one after the item goes on.',
          retry: { tries: 0, dueAt: now },
        });
      await store.liftTombstone({ item, record });
      await queue.push([
        { job: { v: 1, kind: 'record', item, record, cause: 'retry' }, lane: `record-${item}-${record}` },
      ]);
      return { itemId: item, recordId: record };
    },
  ),
};

function oneOf<T>(
  { issueKey, accountId }: Subject,
  ofIssue: (issueKey: string) => Promise<T>,
  ofPerson: (accountId: string) => Promise<T>,
): Promise<T> {
  if (issueKey !== undefined && accountId === undefined) return ofIssue(issueKey);
  if (accountId !== undefined && issueKey === undefined) return ofPerson(accountId);
  throw new Refused('invalid', 'Name either an issue or a person.');
}

async function keptOfIssue(deps: AppDeps, issueKey: string): Promise<Readonly<Record<string, unknown>>> {
  const { store } = deps;
  const links = await linksOf(deps, issueKey);
  const [pairs, journal, attention, audit] = await Promise.all([
    store.pairs(links),
    store.journal(everything),
    store.attention(),
    store.audit(everything),
  ]);
  return {
    links,
    pairs: [...pairs.values()].map(({ value }) => value),
    journal: journal.filter(entry => entry.issueKey === issueKey),
    attention: attention.filter(entry => entry.issueKey === issueKey),
    audit: audit.filter(({ about }) => about.issueKey === issueKey),
  };
}

/**
 * Its links end, so nothing is kept anew; both sides stay as they are, and no other issue is made for the records. What
 * the issue itself says of its record goes first: should one be made later, by a person's word, this one is not taken for it.
 */
async function eraseIssue(deps: AppDeps, issueKey: string): Promise<Readonly<Record<string, unknown>>> {
  const { store, jira } = deps;
  const links = await linksOf(deps, issueKey);
  for (const issueId of new Set(links.map(link => link.issueId))) await takeMarkOff(jira, issueId, issueKey);
  for (const link of links) {
    await store.removeLink(link);
    await store.dropPairs(link);
  }
  const records = new Set(links.map(linkKey));
  for (const { id, issueKey: about, item, record } of await store.attention())
    if (about === issueKey || (record !== undefined && records.has(linkKey({ item, record }))))
      await store.dropAttention(id);
  const isOf = (entry: JournalEntry) => entry.issueKey === issueKey;
  await store.rewriteHistory({
    entry: entry => (isOf(entry) ? undefined : entry),
    act: act => (act.about.issueKey === issueKey ? { ...act, about: { ...act.about, issueKey: 'erased' } } : act),
  });
  return { links: links.length };
}

async function takeMarkOff(jira: AppDeps['jira'], issueId: string, issueKey: string): Promise<void> {
  try {
    await jira.unmark(issueId);
  } catch (problem) {
    if (!(problem instanceof PortError) || problem.failure.kind !== 'forbidden') throw problem;
    throw new Refused(
      'may-not-edit',
      `Nothing was erased: the app may not edit ${issueKey}, and so not take its mark off. Give it the permission Edit Issues in this project, then erase again.`,
    );
  }
}

/** By the issue itself, also the link of this very moment, which no list shows yet; of an issue that is gone, by the list. */
async function linksOf({ store, jira }: AppDeps, issueKey: string): Promise<readonly Link[]> {
  const [issue] = await jira.issues([issueKey], []);
  if (issue !== undefined) return (await store.linksOfIssue(issue.id)).map(({ value }) => value);
  const found: Link[] = [];
  for await (const link of store.allLinks()) if (link.issueKey === issueKey) found.push(link);
  return found;
}
