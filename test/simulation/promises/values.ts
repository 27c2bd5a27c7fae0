/**
 * P2, P3, P5: after a while both sides agree wherever the program relates them, by the owner's last value, and of
 * what both own by the latest edit; what gave way is in the journal.
 */
import type { Edit } from '../ledger.ts';
import { type Passage, shownValues, targetOf, writtenCases } from '../passage.ts';
import { covers, type Mapped, placeOf } from '../program.ts';
import { keep, plain, type RecordFacts, type Value } from '../relations.ts';
import {
  activeLinks,
  type Broken,
  conflictsOf,
  inTheDark,
  itemOfLink,
  journalOf,
  mappedSince,
  mayForget,
  type Promised,
  type Seen,
  type SeenEntry,
  valuesIn,
  wasAlways,
} from './promise.ts';

const same = (a: Value | typeof keep, b: Value | typeof keep): boolean => a === keep || b === keep || a === b;

export const valuesAgree: Promised = seen => {
  const { people, issues } = seen;
  const { ledger } = people;
  const winners = new Set(ledger.merged.values());
  const broken: Broken[] = [];
  for (const link of activeLinks(seen)) {
    const issue = issues.get(link.issueId);
    const record = seen.records.get(link.record);
    const item = itemOfLink(seen, link);
    if (issue === undefined || record === undefined || !item || !covers(item, record)) continue;
    const created = Date.parse(String(issue.fields.created).replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
    const byHand = ledger.linked.get(link.issueId)?.at;
    const place = placeOf(link.item);
    for (const mapped of item.mappings) {
      const { relation, owner } = mapped;
      const own = ledger.edits.filter(
        edit => edit.relation === relation.name && edit.thing === (edit.side === 'jira' ? link.issueId : link.record),
      );
      // What was said before a person linked the two was never between them.
      const edits = byHand === undefined || owner !== 'both' ? own : own.filter(({ at }) => at > byHand);
      const pair: Pair = {
        mapped,
        record,
        jira: relation.fromRaw(issue.fields[relation.target] ?? null),
        edits,
        conflicts: conflictsOf(seen, link.issueKey, mapped),
        firstSyncs: journalOf(seen).filter(
          ({ issueKey, what, reason }) =>
            byHand !== undefined &&
            issueKey === link.issueKey &&
            what === relation.label &&
            /^first sync|by an earlier run/.test(reason),
        ),
        justWrote: time =>
          seen.strikes.length > 0 &&
          seen.passages.some(
            passage =>
              passage.at <= time &&
              (time - passage.at < unansweredMs || !cameToRemember(seen, link.issueId, passage.at, time)) &&
              (targetOf(passage) === link.issueId || writtenCases(passage).includes(link.record)),
          ),
        since: Math.max(created, byHand ?? 0, mappedSince(seen, place, mapped)),
        historic:
          wasAlways(seen, place, mapped) &&
          !winners.has(link.record) &&
          !ledger.lifted.has(link.record) &&
          !ledger.erased.has(link.issueKey),
        resaid: edit =>
          ledger.restated.some(
            ({ side, thing, relation: name, at, value }) =>
              side === edit.side &&
              thing === edit.thing &&
              name === edit.relation &&
              at >= edit.at &&
              plain(value) !== plain(edit.value),
          ),
        unseen: edit => isUnseen(seen, link.record, relation.field ?? '', edit),
        shown({ at, value }) {
          // What the issue was made with is known from the first, and later values once the two are linked.
          const from = Math.max(at, byHand ?? (at > created ? link.createdAt : 0));
          return seen.passages.some(
            passage =>
              passage.at >= from &&
              isRemembered(seen, passage, link.issueId) &&
              shownValues(passage, link.record, relation.field!).some(one => plain(one) === plain(value)),
          );
        },
      };
      const what = judge(pair);
      if (what === undefined) continue;
      const promise = owner === 'both' ? 'P2' : 'P3';
      broken.push({
        promise,
        what: `${relation.label} of ${link.issueKey} (${owner} owns): ${what}`,
        about: [link.record, link.issueKey],
      });
    }
  }
  return broken;
};

/**
 * By a cycle that came to its end, and read the issue too: one that was struck may not have come to remember what it
 * saw, one that finds the link taken leaves it alone, and a look that an event brings leaves what Jira is to have to the
 * next cycle.
 */
const isRemembered = (seen: Seen, { at, body }: Passage, issueId: string): boolean =>
  asksForChanged.test(body) &&
  seen.state.runs.some(
    ({ cause, startedAt, endedAt, failure }) =>
      cause === 'schedule' &&
      failure === undefined &&
      startedAt <= at &&
      at <= (endedAt ?? 0) &&
      seen.passages.some(passage => at <= passage.at && passage.at <= (endedAt ?? 0) && wasRead(passage, issueId)),
  );

/** Whether a look between the two times came to remember what it saw. */
const cameToRemember = (seen: Seen, issueId: string, from: number, to: number): boolean =>
  seen.passages.some(passage => from < passage.at && passage.at <= to && isRemembered(seen, passage, issueId));

/** A cycle asks for what changed since the last one; an event for its record. */
const asksForChanged = /SystemModstamp%20%3E%3D/;

const wasRead = ({ path, status, body }: Passage, issueId: string): boolean =>
  status < 300 && path.endsWith('/issue/bulkfetch') && body.includes(`"${issueId}"`);

/** One mapping of one link, at the end. */
interface Pair {
  readonly mapped: Mapped;
  readonly record: RecordFacts;
  readonly jira: Value;
  readonly edits: readonly Edit[];
  readonly conflicts: readonly SeenEntry[];
  /** What the first look at a link that a person made wrote into the issue. */
  readonly firstSyncs: readonly SeenEntry[];
  /** Since when the two are related by this mapping. */
  readonly since: number;
  /** Nothing came between: neither another program nor another record, and no issue went before. */
  readonly historic: boolean;
  /** It was written over before anybody could have seen it, and the run that did it may have been stopped. */
  unseen(edit: Edit): boolean;
  /** Whether any look came while Salesforce had that value and the two were linked: what was taken back before leaves no trace there. */
  shown(edit: Edit): boolean;
  /** Whether somebody said something else there later, though it changed nothing: it stood there already, by us. */
  resaid(edit: Edit): boolean;
  /** Whether something was written to either of the two shortly before, whose answer may not have come. */
  justWrote(time: number): boolean;
}

/**
 * Salesforce keeps no history of fields: an edit that was not to be seen before the very moment of our write is known to
 * the run that wrote, and to nobody when its memory fails too.
 */
function isUnseen(seen: Seen, record: string, field: string, { at, value }: Edit): boolean {
  if (!mayForget(seen) && !inTheDark(seen, /queue|salesforce/)) return false;
  const later = seen.passages.filter(passage => passage.at >= at);
  const over = later.findIndex(
    passage => writtenCases(passage).includes(record) && passage.body.includes(`"${field}"`),
  );
  const shows = (passage: Passage) => shownValues(passage, record, field).some(shown => plain(shown) === plain(value));
  return over !== -1 && !later.slice(0, over).some(shows);
}

const show = (value: Value | typeof keep): string => (value === keep ? 'anything' : JSON.stringify(value));

/** What is wrong with how the two stand, in words; nothing when all is right. */
function judge(pair: Pair): string | undefined {
  const { mapped, record, jira, edits, conflicts, since, historic, unseen, resaid, shown } = pair;
  const { relation, owner } = mapped;
  const wantedInJira = relation.inJira(record);
  const salesforce = relation.field === undefined ? null : plain(record[relation.field]);
  const wantedInSalesforce = relation.inSalesforce?.(jira) ?? keep;
  const bySide = (side: Edit['side']) => edits.filter(edit => edit.side === side);
  /** Whether Salesforce, which is empty now, had a value since they are related: if not, it leaves Jira alone. */
  const everHad = (): boolean => {
    const own = bySide('salesforce');
    const first = own.findLast(({ at }) => at <= since);
    const later = own.filter(({ at }) => at > since);
    return [...later, ...(first === undefined ? [] : [first])].some(edit => plain(edit.value) !== null && shown(edit));
  };
  if (owner === 'salesforce') {
    const isEmpty = relation.field !== undefined && salesforce === null;
    if (isEmpty && (!historic || !everHad())) return undefined;
    return same(wantedInJira, jira)
      ? undefined
      : `Salesforce asks for ${show(wantedInJira)}, and Jira has ${show(jira)}`;
  }
  if (owner === 'jira') {
    if (jira === null && (bySide('jira').every(({ value }) => plain(value) === null) || !historic)) return undefined;
    return same(wantedInSalesforce, salesforce)
      ? undefined
      : `Jira asks for ${show(wantedInSalesforce)}, and Salesforce has ${show(salesforce)}`;
  }
  if (!same(wantedInJira, jira) && !same(wantedInSalesforce, salesforce)) {
    return `Salesforce has ${show(salesforce)}, and Jira ${show(jira)}`;
  }
  const last = lastOf(edits);
  if (!historic || last === undefined || (last.side === 'salesforce' && unseen(last))) return undefined;
  if (resaid(last)) return undefined;
  // What came between a link and the first look at it gave way as the program says, and the entry says to what.
  if (pair.firstSyncs.some(({ from }) => from !== undefined && valuesIn(from, mapped).includes(plain(last.value))))
    return undefined;
  // Nor does emptying in Salesforce what a write of ours had just filled leave a trace, when its answer never came.
  const isEmptied = last.side === 'salesforce' && plain(last.value) === null;
  if (isEmptied && edits.some(({ side }) => side === 'jira') && pair.justWrote(last.at)) return undefined;
  return lostEdit(mapped, last, edits, salesforce, jira, conflicts);
}

/** A write may stay without its answer for a few cycles; and for as long as each of them is struck. */
const unansweredMs = 20 * 60_000;

/** What an edit is on a side: its value, or what that becomes on the other one. */
function standsFor({ field, inJira, inSalesforce }: Mapped['relation'], edit: Edit, side: Edit['side']): unknown {
  const value = plain(edit.value);
  if (edit.side === side || field === undefined) return value;
  return side === 'jira'
    ? inJira({ CaseNumber: '', CreatedDate: '', Account: null, [field]: value })
    : inSalesforce?.(value);
}

const lastOf = (edits: readonly Edit[]): Edit | undefined =>
  edits.reduce<Edit | undefined>((best, edit) => (best === undefined || edit.at >= best.at ? edit : best), undefined);

/** The latest edit stands, or the journal says what it gave way to. */
function lostEdit(
  mapped: Mapped,
  last: Edit,
  edits: readonly Edit[],
  salesforce: Value,
  jira: Value,
  conflicts: readonly SeenEntry[],
): string | undefined {
  const { relation } = mapped;
  const value = plain(last.value);
  const stands = last.side === 'jira' ? jira === value : salesforce === value;
  if (stands) return undefined;
  // A value without a counterpart goes nowhere, and gives way to whatever the other side says next.
  const travels = last.side === 'jira' ? relation.inSalesforce?.(value) !== keep : true;
  if (!travels) return undefined;
  // Away and back again between two looks leaves no trace that anybody could see.
  const others = edits.filter(edit => edit !== last);
  if (others.some(edit => standsFor(relation, edit, last.side) === value)) return undefined;
  // So does emptying again what was empty from the first.
  if (value === null && others.some(({ side }) => side === last.side)) return undefined;
  const told = conflicts.some(entry => valuesIn(entry.lost, mapped).includes(value));
  return told
    ? undefined
    : `the latest edit, ${show(value)} in ${last.side}, is neither there nor in the journal; Salesforce has ${show(salesforce)}, Jira ${show(jira)}`;
}
