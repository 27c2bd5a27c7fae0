/**
 * The issue panel's resolver (P-7): nothing without Browse on the issue, nothing that changes without Edit,
 * both asked of Jira as the user on every call. The issue comes from Forge's context, never from a payload.
 */
import type { ItemPlan } from '../../compiler/plan/ir.ts';
import { type Permission, permissionsOf } from '../jira/index.ts';
import { type Linking, linkRecord, refreshLink, unlinkRecord } from '../run/index.ts';
import { list, matching, object, optional, text } from '../shape.ts';
import { type AppDeps, forRuns, licensed, notLicensed } from './deps.ts';
import { associationsOf } from './panel/associations.ts';
import { cardsOf } from './panel/cards.ts';
import { fileProgress, watchingFiles } from './panel/files.ts';
import { pastedId, requireId } from './panel/record-id.ts';
import { searchRecords } from './panel/search.ts';
import { itemId, nothing, oneItem } from './payloads.ts';
import { asSentence, type Caller, changing, createResolver, type Endpoints, endpoint, Refused } from './reply.ts';

const editing: ReadonlySet<string> = new Set(['link', 'refresh', 'unlink']);

const endpoints: Endpoints = {
  cards: endpoint(nothing, async ({ deps, caller }) => {
    const held = await permissionsOf(deps.asUser, ['EDIT_ISSUES'], issueOf(caller).id);
    return cardsOf(deps, issueOf(caller).id, held.has('EDIT_ISSUES'));
  }),

  search: endpoint(object({ itemId, query: text(200) }), ({ deps, payload }) =>
    searchRecords(deps, payload.itemId, payload.query),
  ),

  link: changing(
    object({ itemId, recordId: pastedId }),
    ({ itemId: item, recordId: record }) => ({ item, record }),
    async ({ deps, caller, payload }) => {
      const item = await ready(deps, payload.itemId);
      const record = await requireId(deps, item, payload.recordId);
      const startedAt = deps.clock.now();
      const watched = watchingFiles(deps);
      const link = done(await linkRecord(forRuns(watched.deps), { item: payload.itemId, record }, issueOf(caller).id));
      const [files] = watched.jobs;
      const { item: id, record: recordId, issueKey, later } = link;
      return { itemId: id, recordId, issueKey, startedAt, ...(files && { files }), ...(later && { later }) };
    },
  ),

  refresh: endpoint(oneItem, async ({ deps, caller, payload }) => {
    await ready(deps, payload.itemId);
    const watched = watchingFiles(deps);
    const report = done(await refreshLink(forRuns(watched.deps), payload.itemId, issueOf(caller).id));
    const [files] = watched.jobs;
    return files === undefined ? report : { ...report, files };
  }),

  /** How far the queue is with the files that a link or a refresh left to it. */
  files: endpoint(object({ itemId, job: text(200) }), ({ deps, caller, payload }) =>
    fileProgress(deps, payload, issueOf(caller).id),
  ),

  unlink: changing(
    oneItem,
    ({ itemId: item }) => ({ item }),
    async ({ deps, caller, payload }) => {
      const link = done(await unlinkRecord(deps, payload.itemId, issueOf(caller).id));
      return { itemId: link.item, recordId: link.record };
    },
  ),

  /** Of some objects, where they are named: groups that were left out. */
  associations: endpoint(
    object({ itemId, objects: optional(list(matching(/^\w{1,80}$/, 'the API name of an object'), 500)) }),
    ({ deps, caller, payload }) => associationsOf(deps, payload, issueOf(caller).id),
  ),

  /** The last writes on this issue by this item, each with its reason and its line of the program. */
  explain: endpoint(oneItem, async ({ deps, caller, payload }) => {
    const { key } = issueOf(caller);
    const entries = await deps.store.journal(2000);
    return entries.filter(entry => entry.item === payload.itemId && entry.issueKey === key).slice(0, 50);
  }),
};

export const panelResolver = createResolver(endpoints, async ({ deps, caller }, name) => {
  const needed: readonly Permission[] = editing.has(name) ? ['BROWSE_PROJECTS', 'EDIT_ISSUES'] : ['BROWSE_PROJECTS'];
  const held = await permissionsOf(deps.asUser, needed, issueOf(caller).id);
  if (!needed.every(permission => held.has(permission)))
    throw new Refused(
      'forbidden',
      held.has('BROWSE_PROJECTS')
        ? 'You may see this issue and not edit it, so its links stay as they are. Ask for the permission to edit issues.'
        : 'You may not see this issue.',
    );
});

function issueOf({ issue }: Caller): NonNullable<Caller['issue']> {
  if (issue === undefined)
    throw new Refused('invalid', 'This belongs to the panel of an issue: open one, and use it there.');
  return issue;
}

async function ready({ store }: AppDeps, id: string): Promise<ItemPlan> {
  if (!licensed()) throw new Refused('not-licensed', notLicensed);
  const [{ all, items }, program] = await Promise.all([store.pauses(), store.program()]);
  const paused = all ?? items[id];
  if (paused !== undefined)
    throw new Refused('paused', `${asSentence(paused.reason ?? 'this item is paused')} A Jira admin can resume it.`);
  const item = program?.plan.items.find(one => one.id === id);
  if (item === undefined) throw new Refused('gone', 'This item does not exist any more. Reload the page.');
  return item;
}

function done<T>(outcome: Linking<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Refused(outcome.code, outcome.message);
}
