/** P1: one record, one comment, one file never has two copies on the other side, and after a while it has one. */
import { linesOf } from '../../kit/scenario.ts';
import type { Filed, Ledger, Said } from '../ledger.ts';
import { businessOf, covers, itemAt, itemsOf, meetsRule, type Place, placeOf, type SimItem } from '../program.ts';
import type { RecordFacts } from '../relations.ts';
import {
  activeLinks,
  attentionOf,
  type Broken,
  inTheDark,
  itemOfLink,
  journalOf,
  linksOf,
  mayForget,
  type Promised,
  type Seen,
  type SeenLink,
} from './promise.ts';

export const oneIssueEach: Promised = seen => {
  const { program } = seen;
  const { ledger } = seen.people;
  const links = linksOf(seen);
  const broken: Broken[] = [];
  const ended = new Set(
    [...attentionOf(seen), ...ledger.dismissed].flatMap(({ id, issueKey }) =>
      id.endsWith('#merged') ? [issueKey] : [],
    ),
  );
  const linked = new Set(links.map(({ issueId }) => issueId));
  // An issue of another org, with which somebody started over, has no record any more.
  const startedOver = Math.max(0, ...ledger.startedOver.map(({ at }) => at));
  for (const { id, key, fields, properties } of seen.issues.values()) {
    const maker = properties?.['salesforce-bridge']?.item;
    // Asked for by an item that was deleted before any answer.
    if (maker !== undefined && itemAt(program, placeOf(maker)) === undefined) continue;
    if (linked.has(id) || ledger.ownIssues.has(id) || ended.has(key) || ledger.erased.has(key)) continue;
    if (Date.parse(fields.created) <= startedOver) continue;
    broken.push({ promise: 'P1', what: `issue ${key} has no record: it was made twice, or forgotten` });
  }
  const over = ledger.startedOver.findLast(({ sure }) => sure)?.at ?? 0;
  for (const [at, id] of ledger.records.entries()) {
    const all = links.filter(({ record }) => record === id);
    const record = seen.records.get(id);
    const about = [id];
    const twice = all.filter(one => all.some(other => other !== one && placeOf(other.item) === placeOf(one.item)));
    if (twice.length > 0) {
      const keys = twice.map(({ issueKey }) => issueKey).join(' and ');
      broken.push({ promise: 'P1', what: `case ${at + 1} has the issues ${keys}`, about });
    }
    if (record === undefined) continue;
    for (const item of itemsOf(program)) {
      const place = placeOf(item.id);
      const own = all.filter(link => placeOf(link.item) === place);
      const wanted = item.create === 'all' || (item.create === 'matching' && meetsRule(item, record));
      const due = wanted && covers(item, record) && isNew(ledger, place, record);
      const which = `${program.others.length > 0 ? ` of item ${item.id}` : ''}`;
      if (own.length === 0 && due && !wasUnlinked(ledger, place, id))
        broken.push({ promise: 'P6', what: `case ${at + 1} has no issue${which}`, about });
      // Salesforce tells seconds.
      const isOfBefore = Date.parse(record.CreatedDate) + 1000 <= over && !ledger.tried.has(businessOf(place, id));
      if (own.length > 0 && (isOfBefore || !mayHave(ledger, place, id, record)))
        broken.push({ promise: 'P6', what: `case ${at + 1} has an issue${which} that nothing asked for`, about });
    }
  }
  for (const { id, cause } of attentionOf(seen)) {
    if (id.endsWith('#merged')) continue;
    broken.push({ promise: 'P7', what: `attention is left although all is well: ${id}: ${cause}` });
  }
  return broken;
};

/** Also where a person deleted the issue of a record that was merged into this one: the link may have followed by then. */
const wasUnlinked = ({ unlinked, merged }: Ledger, place: Place, record: string): boolean =>
  unlinked.has(businessOf(place, record)) ||
  [...merged].some(([loser, winner]) => winner === record && unlinked.has(businessOf(place, loser)));

/**
 * Made after issues were first switched on, or on a day that counts, by whichever program a cycle noticed first; in
 * doubt not. Without a day, the next cycle notices.
 */
function isNew({ programs, startedOver }: Ledger, place: Place, { CreatedDate }: RecordFacts): boolean {
  // Who starts over with another org begins with what is new in it.
  if (startedOver.some(({ at }) => at >= Date.parse(CreatedDate))) return false;
  // An item that was deleted and came back may never have been noticed in between.
  const away = programs.findLastIndex(({ program }) => itemAt(program, place) === undefined);
  const creating = programs.slice(away + 1).flatMap(({ at, program }) => {
    const item = itemAt(program, place);
    return item === undefined || item.create === 'off' ? [] : [{ at, since: item.since }];
  });
  const [first] = creating;
  if (first === undefined) return false;
  const switched = first.at === programs[0]!.at || Date.parse(CreatedDate) > first.at + 10 * 60_000;
  return creating.every(({ since }) => (since === undefined ? switched : CreatedDate >= since));
}

/** It may have been wanted for a while only, and then a cycle may or may not have looked. */
function mayHave(
  { programs, covered, wanted, tried, merged }: Ledger,
  place: Place,
  id: string,
  record: RecordFacts,
): boolean {
  const business = businessOf(place, id);
  if (tried.has(business) || [...merged.values()].includes(id)) return true;
  const items = programs.flatMap(({ program }) => itemAt(program, place) ?? []);
  // The day that the first of them named is kept, whatever later ones say.
  const counts = items.some(({ create, since = '' }) => create !== 'off' && record.CreatedDate >= since);
  return (
    counts &&
    items.some(
      item =>
        (covers(item, record) || covered.has(business)) &&
        (item.create === 'all' || (item.create === 'matching' && wanted.has(business))),
    )
  );
}

/** The links by which something that was said or filed has to travel; what was there before a link may. */
const linksWith = (links: readonly SeenLink[], ledger: Ledger, { side, thing, at }: Said | Filed) =>
  links.filter(
    ({ record, issueId }) =>
      (side === 'jira' ? issueId : record) === thing &&
      !ledger.deleted.has(record) &&
      (ledger.linked.get(issueId)?.at ?? 0) <= at &&
      // What was said of the loser of a merge before it, and of the winner in its own issue.
      ![...ledger.merged.values()].includes(record),
  );

/** Each of them beside its item and its record, where the item has both. */
function travelling(seen: Seen, of: Said | Filed) {
  const found: { readonly link: SeenLink; readonly item: SimItem; readonly copyGone: boolean }[] = [];
  for (const link of linksWith(activeLinks(seen), seen.people.ledger, of)) {
    const item = itemOfLink(seen, link);
    const record = item && seen.records.get(link.record);
    if (record === undefined || !covers(item!, record)) continue;
    found.push({ link, item: item!, copyGone: of.copiesGone.has(of.side === 'jira' ? 'record' : link.issueId) });
  }
  return found;
}

/** Whether the journal says that it was brought over; words that people put into the copy are brought back. */
const isTold = (seen: Seen, { issueKey }: SeenLink, what: string, words: string) =>
  journalOf(seen).some(entry => entry.what === what && entry.issueKey === issueKey && (entry.to ?? '').includes(words));

/** A cycle comes every five minutes, and takes its time. */
const nextLookMs = 6 * 60_000;

export const oneCommentEach: Promised = async seen => {
  const { people, issues } = seen;
  const comments = await people.doors.query<{ ParentId: string; CommentBody: string; IsPublished: boolean }>(
    'SELECT ParentId, CommentBody, IsPublished FROM CaseComment LIMIT 2000',
  );
  const doubtful = mayForget(seen) || inTheDark(seen, /comment|composite|CaseComment|queue/i);
  const broken: Broken[] = [];
  for (const said of people.ledger.said) {
    const { token, side, hidden, gone = false } = said;
    for (const { link, item, copyGone } of travelling(seen, said)) {
      const about = [link.record, link.issueKey];
      const inSalesforce = comments.filter(({ CommentBody }) => CommentBody.includes(token));
      const inJira = (issues.get(link.issueId)?.fields.comment.comments ?? []).filter(({ body }) =>
        linesOf(body).includes(token),
      );
      const travels = item.comments !== undefined && (side === 'salesforce' || !hidden || item.comments.internal);
      const [own, other] = side === 'jira' ? [inJira, inSalesforce] : [inSalesforce, inJira];
      const wanted = travels && !gone && !copyGone ? 1 : 0;
      // New words in a copy that was deleted before any look leave no trace.
      const atOnce = (said.copyGoneAt ?? 0) - (said.rephrasedAt ?? 0) < nextLookMs;
      const lost = copyGone && (doubtful || atOnce) && said.rephrased === 'copy';
      if (!lost && own.length !== (gone ? 0 : 1))
        broken.push({ promise: 'P1', what: `${token} stands ${own.length} times where it was said`, about });
      // The copy of what is gone may stay; and who deleted a copy whose making nobody had confirmed may see it again.
      const most = travels && (gone || (copyGone && doubtful)) ? 1 : wanted;
      if (other.length > most || other.length < wanted) {
        const promise = other.length > most ? 'P1' : 'P2';
        const what = `${token}, said in ${side}, has ${other.length} copies on the other side, not ${wanted}`;
        broken.push({ promise, what, about });
      }
      // Of an original that was deleted before a run could say what it wrote there, nothing is left to be found; and
      // words that a person gave the copy were nobody's writing, if the original was deleted before any look.
      const isOver = gone && (doubtful || said.rephrased === 'copy');
      if (other.length > 0 && !isOver && !isTold(seen, link, 'Comment', token))
        broken.push({ promise: 'P10', what: `the copy of ${token}, said in ${side}, has no entry` });
      if (side === 'jira' && hidden && inSalesforce.some(({ IsPublished }) => IsPublished)) {
        broken.push({ promise: 'P9', what: `${token} is internal in Jira and published in Salesforce` });
      }
      if (side === 'salesforce' && hidden && inJira.some(({ jsdPublic }) => jsdPublic !== false)) {
        broken.push({ promise: 'P9', what: `${token} is unpublished in Salesforce and public in Jira` });
      }
    }
  }
  return broken;
};

/** P6: a link rests only for what is gone, or not the item's business for now. */
export const restsForAReason: Promised = seen => {
  const broken: Broken[] = [];
  for (const link of linksOf(seen)) {
    const { record: id, issueId, issueKey, state } = link;
    const item = itemOfLink(seen, link);
    const record = state.kind === 'paused' && seen.issues.has(issueId) ? seen.records.get(id) : undefined;
    if (record === undefined || !item || !covers(item, record)) continue;
    broken.push({ promise: 'P6', what: `the link of ${issueKey} rests: ${state.reason}`, about: [id, issueKey] });
  }
  return broken;
};

export const oneFileEach: Promised = async seen => {
  const { people, issues } = seen;
  const doubtful = mayForget(seen) || inTheDark(seen, /attachment|ContentVersion|queue/i);
  const broken: Broken[] = [];
  for (const filed of people.ledger.filed) {
    const { name, side } = filed;
    for (const { link, item, copyGone } of travelling(seen, filed)) {
      const about = [link.record, link.issueKey];
      const documents = await people.doors.query<{
        ContentDocument: { LatestPublishedVersion: { PathOnClient: string } };
      }>(
        `SELECT ContentDocument.LatestPublishedVersion.PathOnClient FROM ContentDocumentLink WHERE LinkedEntityId = '${link.record}'`,
      );
      const inSalesforce = documents.filter(
        ({ ContentDocument }) => ContentDocument.LatestPublishedVersion.PathOnClient === name,
      ).length;
      const inJira = (issues.get(link.issueId)?.fields.attachment ?? []).filter(
        ({ filename }) => filename === name,
      ).length;
      const [own, other] = side === 'jira' ? [inJira, inSalesforce] : [inSalesforce, inJira];
      const wanted = item.files && !copyGone ? 1 : 0;
      const most = item.files && copyGone && doubtful ? 1 : wanted;
      // What people put on both sides themselves was never brought over.
      const isShared = people.ledger.filed.some(one => one.name === name && one.side !== side);
      if (other > 0 && !isShared && !isTold(seen, link, 'File', name))
        broken.push({ promise: 'P10', what: `the copy of ${name}, attached in ${side}, has no entry` });
      if (own !== 1) broken.push({ promise: 'P1', what: `${name} is there ${own} times where it was attached`, about });
      if (other > most || other < wanted) {
        const promise = other > most ? 'P1' : 'P2';
        const what = `${name}, attached in ${side}, has ${other} copies on the other side, not ${wanted}`;
        broken.push({ promise, what, about });
      }
    }
  }
  return broken;
};
