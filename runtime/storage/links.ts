/**
 * Links, each an entity row with a revision, and per issue one row that names its links. Both change in
 * one transaction whose conditions make a late writer lose: a link cannot be made twice from either
 * side, and a put counts only on the revision that was read.
 */
import { Filter, FilterConditions, WhereConditions } from '@forge/kvs';
import type { Link, LinkKey, LinkPage, Store, Versioned } from '../ports.ts';
import { linkKey } from '../ports.ts';
import { entities, keys } from './keys.ts';
import { call, type Kvs, race } from './platform.ts';
import type { Reads } from './reads.ts';
import { type Row, unchanged } from './rows.ts';
import { storedIssueLinks, storedLink } from './shapes.ts';

interface LinkRow extends Row {
  readonly item: string;
  readonly record: string;
  readonly issue: string;
}

type LinkStore = Pick<
  Store,
  | 'links'
  | 'linksOfIssue'
  | 'linksOfIssues'
  | 'addLink'
  | 'putLink'
  | 'removeLink'
  | 'moveLink'
  | 'tombstone'
  | 'liftTombstone'
  | 'moveTombstone'
  | 'tombstones'
  | 'allLinks'
  | 'linksFrom'
>;

const nameOf = ({ item, record, issue }: LinkKey): LinkKey =>
  issue === undefined ? { item, record } : { item, record, issue };

/** A race on the issue's row with links of other items is not a refusal; it is tried again. */
const tries = 5;

export function createLinks(kvs: Kvs, reads: Reads): LinkStore {
  const rowOf = (link: Link, revision: number): LinkRow => ({
    item: link.item,
    record: link.record,
    issue: link.issueId,
    revision,
    body: storedLink.encode(link),
  });

  const read = async (wanted: readonly LinkKey[]): Promise<ReadonlyMap<string, Versioned<Link>>> => {
    const rows = await reads.rows<Row>(entities.link, wanted.map(keys.link));
    const found = new Map<string, Versioned<Link>>();
    for (const row of rows.values()) {
      const value = storedLink.decode(row.body);
      if (value !== undefined) found.set(linkKey(value), { value, revision: row.revision });
    }
    return found;
  };

  const issueRow = async (issueId: string) => {
    const row = await reads.row<Row>(entities.issueLinks, keys.issueLinks(issueId));
    return { revision: row?.revision ?? 0, links: storedIssueLinks.decode(row?.body) ?? [] };
  };

  const issueRowWith = (revision: number, links: readonly LinkKey[]): Row => ({
    revision: revision + 1,
    body: storedIssueLinks.encode(links.map(nameOf)),
  });

  const somePage = async (cursor: string | undefined): Promise<LinkPage> => {
    const query = kvs.entity<LinkRow>(entities.link).query().index('record').limit(20);
    const page = await call('list links', () => (cursor === undefined ? query : query.cursor(cursor)).getMany());
    const links = page.results.flatMap(({ value }) => storedLink.decode(value.body) ?? []);
    return page.nextCursor === undefined || page.nextCursor === '' ? { links } : { links, next: page.nextCursor };
  };

  return {
    links: read,

    async linksOfIssue(issueId) {
      const { links } = await issueRow(issueId);
      const found = await read(links);
      return [...found.values()].filter(({ value }) => value.issueId === issueId);
    },

    async linksOfIssues(issueIds) {
      const rows = await reads.rows<Row>(entities.issueLinks, issueIds.map(keys.issueLinks));
      const named = issueIds.flatMap(issueId => {
        const links = storedIssueLinks.decode(rows.get(keys.issueLinks(issueId))?.body) ?? [];
        return links.length === 0 ? [] : [[issueId, links] as const];
      });
      const found = await read(named.flatMap(([, links]) => links));
      return new Map(
        named.map(([issueId, links]) => [
          issueId,
          links.flatMap(link => found.get(linkKey(link)) ?? []).filter(({ value }) => value.issueId === issueId),
        ]),
      );
    },

    async addLink(link) {
      const key = keys.link(link);
      for (let attempt = 0; attempt < tries; attempt++) {
        const index = await issueRow(link.issueId);
        if (index.links.some(({ item }) => item === link.item)) return false;
        const added = await race('add a link', () =>
          kvs
            .transact()
            .set(key, rowOf(link, 1), {
              entityName: entities.link,
              conditions: new Filter<LinkRow>().and('revision', FilterConditions.notExists()),
            })
            .set(keys.issueLinks(link.issueId), issueRowWith(index.revision, [...index.links, link]), {
              entityName: entities.issueLinks,
              conditions: unchanged(index.revision),
            })
            .execute(),
        );
        if (added) return true;
        if ((await read([link])).size > 0) return false;
      }
      return false;
    },

    putLink(link, revision) {
      return race('write a link', () =>
        kvs
          .transact()
          .set(keys.link(link), rowOf(link, revision + 1), {
            entityName: entities.link,
            conditions: new Filter<LinkRow>().and('revision', FilterConditions.equalTo(revision)),
          })
          .execute(),
      );
    },

    async removeLink(link) {
      for (let attempt = 0; attempt < tries; attempt++) {
        const index = await issueRow(link.issueId);
        const rest = index.links.filter(({ item, record }) => item !== link.item || record !== link.record);
        const removed = await race('remove a link', () =>
          kvs
            .transact()
            .delete(keys.link(link), { entityName: entities.link })
            .set(keys.issueLinks(link.issueId), issueRowWith(index.revision, rest), {
              entityName: entities.issueLinks,
              conditions: unchanged(index.revision),
            })
            .set(keys.tombstone(link), { v: 1, issue: link.issueKey })
            .execute(),
        );
        if (removed) return;
      }
      await race('remove a link', () => Promise.reject(new Error('the issue index kept changing')));
    },

    async moveLink(link, revision, to) {
      const { issue: _, ...rest } = link;
      const moved: Link = { ...rest, ...to };
      for (let attempt = 0; attempt < tries; attempt++) {
        const index = await issueRow(link.issueId);
        const others = index.links.filter(({ item, record }) => item !== link.item || record !== link.record);
        if (others.some(({ item }) => item === to.item)) return false;
        const done = await race('move a link', () =>
          kvs
            .transact()
            .delete(keys.link(link), {
              entityName: entities.link,
              conditions: new Filter<LinkRow>().and('revision', FilterConditions.equalTo(revision)),
            })
            .set(keys.link(to), rowOf(moved, 1), {
              entityName: entities.link,
              conditions: new Filter<LinkRow>().and('revision', FilterConditions.notExists()),
            })
            .set(keys.issueLinks(link.issueId), issueRowWith(index.revision, [...others, moved]), {
              entityName: entities.issueLinks,
              conditions: unchanged(index.revision),
            })
            .execute(),
        );
        if (done) return true;
        const now = (await read([link])).get(linkKey(link));
        if (now?.revision !== revision || (await read([to])).size > 0) return false;
      }
      return false;
    },

    async tombstone(key) {
      return (await reads.value(keys.tombstone(key))) !== undefined;
    },

    async liftTombstone(key) {
      await call('lift a tombstone', () => kvs.delete(keys.tombstone(key)));
    },
    async moveTombstone(key, to) {
      const known = await reads.value<object>(keys.tombstone(key));
      if (known === undefined) return;
      await call('move a tombstone', () =>
        kvs.transact().set(keys.tombstone(to), known).delete(keys.tombstone(key)).execute(),
      );
    },
    async tombstones() {
      const found: LinkKey[] = [];
      let cursor: string | undefined;
      do {
        const query = kvs.query().where('key', WhereConditions.beginsWith(keys.tombstones())).limit(20);
        const page = await call('list tombstones', () =>
          (cursor === undefined ? query : query.cursor(cursor)).getMany(),
        );
        found.push(...page.results.flatMap(({ key }) => keys.readTombstone(key) ?? []));
        cursor = page.nextCursor === '' ? undefined : page.nextCursor;
      } while (cursor !== undefined);
      return found;
    },

    async *allLinks() {
      let cursor: string | undefined;
      do {
        const page = await somePage(cursor);
        yield* page.links;
        cursor = page.next;
      } while (cursor !== undefined);
    },

    async linksFrom(cursor, limit) {
      const links: Link[] = [];
      let next = cursor;
      do {
        const page = await somePage(next);
        links.push(...page.links);
        next = page.next;
      } while (next !== undefined && links.length < limit);
      return next === undefined ? { links } : { links, next };
    },
  };
}
