/**
 * P2: of a recorded conflict the later edit won, as far as stamps tell. Jira's change log names the moment of each
 * field's edit; Salesforce's stamp is the whole record's, so an older value may win there when something else was
 * saved on the record since.
 */
import type { Edit } from '../ledger.ts';
import { type Passage, shownValues, targetOf, writtenCases } from '../passage.ts';
import { type Mapped, placeOf } from '../program.ts';
import { plain, type Value } from '../relations.ts';
import {
  activeLinks,
  type Broken,
  conflictsOf,
  itemOfLink,
  linksOf,
  type Promised,
  type Seen,
  type SeenEntry,
  type SeenLink,
  valuesIn,
  wasAlways,
} from './promise.ts';

export const laterEditWins: Promised = seen => {
  const { ledger } = seen.people;
  const { edits } = ledger;
  // To the credit of whoever won.
  const said = [...edits, ...ledger.restated].sort((a, b) => a.at - b.at);
  const broken: Broken[] = [];
  for (const link of linksOf(seen)) {
    const { record, issueId, issueKey } = link;
    const saves = [
      ...ledger.saved.filter(({ thing }) => thing === record),
      ...seen.passages.filter(passage => writesTo(record, passage)),
    ].map(({ at }) => at);
    for (const mapped of lastingOf(seen, link).filter(one => one.onConflict === undefined)) {
      /** What people said of this on that side, before the bridge decided, oldest first. */
      const saidBy = (
        edits: readonly Edit[],
        decidedAt: number,
        side: 'salesforce' | 'jira',
        values: readonly Value[],
      ) =>
        edits.filter(
          edit =>
            edit.side === side &&
            edit.thing === (side === 'jira' ? issueId : record) &&
            edit.relation === mapped.relation.name &&
            edit.at <= decidedAt &&
            values.includes(plain(edit.value)),
        );
      // An edit that came between a look and a write was not there to be judged.
      for (const entry of conflictsOf(seen, issueKey, mapped).filter(({ outcome }) => outcome === 'written')) {
        // Told by a later run: it was decided before.
        if (entry.reason.includes('earlier run')) continue;
        const [lost, kept] = [valuesIn(entry.lost, mapped), valuesIn(entry.kept, mapped)];
        const toJira = entry.side === 'jira';
        const decidedAt = lookBefore(seen, entry, toJira ? issueId : record, issueId);
        const ofJira = saidBy(toJira ? edits : said, decidedAt, 'jira', toJira ? lost : kept);
        const inJira = ofJira.at(-1)?.at;
        const inSalesforce = saidBy(toJira ? said : edits, decidedAt, 'salesforce', toJira ? kept : lost).at(-1)?.at;
        if (inJira === undefined || inSalesforce === undefined) continue;
        // Said again in the very moment of our write: whether before it or after it, no clock tells.
        if (toJira && inJira === decidedAt && ofJira.length > 1) continue;
        // Back to what a look saw before any other look: nobody can know that it was something else in between.
        const isAgain = () =>
          said.some(
            ({ side, thing, relation, value, at }) =>
              side === 'salesforce' &&
              thing === record &&
              relation === mapped.relation.name &&
              lost.includes(plain(value)) &&
              at < inJira &&
              !showsOther(seen, record, mapped, plain(value), at, inSalesforce),
          );
        const stamp = Math.max(inSalesforce, ...saves.filter(at => at <= entry.at));
        const wrong = toJira ? second(inJira) > second(stamp) : second(inSalesforce) >= second(inJira) && !isAgain();
        if (wrong) broken.push({ promise: 'P2', what: sentence(entry, mapped, issueKey, inJira, inSalesforce) });
      }
    }
  }
  return broken;
};

/** When the issue was read, as whoever wrote what the entry tells had read it last; writes may be slow. */
function lookBefore({ passages }: Seen, { at }: SeenEntry, thing: string, issueId: string): number {
  const write = passages.findLastIndex(
    passage => passage.at <= at && (targetOf(passage) === thing || writtenCases(passage).includes(thing)),
  );
  const look = passages
    .slice(0, Math.max(write, 0))
    .findLast(({ path, body }) => path.endsWith('/issue/bulkfetch') && body.includes(`"${issueId}"`));
  return look?.at ?? at;
}

/** Whether a look between the two showed the field with another value; a run that was struck did not come to remember it. */
const showsOther = (
  { passages, strikes }: Seen,
  record: string,
  { relation }: Mapped,
  value: Value,
  from: number,
  to: number,
): boolean =>
  strikes.length === 0 &&
  passages
    .filter(({ at }) => at > from && at < to)
    .some(passage => shownValues(passage, record, relation.field ?? '').some(shown => plain(shown) !== value));

/** Mappings that no program changed. */
const lastingOf = (seen: Seen, link: SeenLink): readonly Mapped[] =>
  itemOfLink(seen, link)?.mappings.filter(one => wasAlways(seen, placeOf(link.item), one)) ?? [];

const second = (at: number): number => Math.floor(at / 1000);

const writesTo = (record: string, passage: Passage): boolean =>
  passage.status < 300 && writtenCases(passage).includes(record);

function sentence(entry: SeenEntry, { relation }: Mapped, key: string, inJira: number, inSalesforce: number): string {
  const late = Math.abs(inJira - inSalesforce) / 1000;
  const [winner, last] = [entry.side === 'jira' ? 'Salesforce' : 'Jira', inJira > inSalesforce ? 'Jira' : 'Salesforce'];
  return `${relation.label} of ${key}: ${winner} won, though ${last} was edited ${late} s later (${entry.reason})`;
}

/** S-11: of a recorded conflict the side won that the program lets win, or that a person chose where it holds both. */
export const policyDecides: Promised = seen => {
  const { chosen } = seen.people.ledger;
  const broken: Broken[] = [];
  for (const link of linksOf(seen)) {
    const { record, issueKey } = link;
    for (const mapped of lastingOf(seen, link).filter(one => one.onConflict !== undefined)) {
      for (const entry of conflictsOf(seen, issueKey, mapped).filter(({ outcome }) => outcome === 'written')) {
        const winner = entry.side === 'jira' ? 'salesforce' : 'jira';
        const isRight =
          mapped.onConflict === 'hold'
            ? chosen.some(one => one.record === record && one.keep === winner && one.at <= entry.at)
            : mapped.onConflict === winner;
        if (isRight) continue;
        const what = `${mapped.relation.label} of ${issueKey}: ${winner} won, and the program says ${mapped.onConflict} (${entry.reason})`;
        broken.push({ promise: 'P2', what });
      }
    }
  }
  return broken;
};

/** P2: only what people did on both sides is told as a conflict; a write of ours is nobody's edit. */
export const conflictsAreReal: Promised = seen => {
  const { edits, restated, merged } = seen.people.ledger;
  const said = [...edits, ...restated];
  const winners = new Set(merged.values());
  const broken: Broken[] = [];
  for (const link of activeLinks(seen)) {
    const { record, issueId, issueKey } = link;
    // What the winner of a merge has may have come from another issue, and is another record's to the link that follows.
    if (winners.has(record)) continue;
    for (const mapped of lastingOf(seen, link).filter(one => one.owner === 'both')) {
      for (const entry of conflictsOf(seen, issueKey, mapped).filter(({ outcome }) => outcome === 'written')) {
        // Found by a later run, what was kept is told in the form of the side that was written.
        if (entry.reason.includes('earlier run')) continue;
        const [lost, kept] = [valuesIn(entry.lost, mapped), valuesIn(entry.kept, mapped)];
        const [inJira, inSalesforce] = entry.side === 'jira' ? [lost, kept] : [kept, lost];
        const wasSaid = (thing: string, values: readonly Value[]) =>
          said.some(
            edit =>
              edit.relation === mapped.relation.name &&
              edit.thing === thing &&
              edit.at <= entry.at &&
              values.includes(plain(edit.value)),
          );
        // Jira gives a new issue a priority by itself, which then stands against what Salesforce says.
        const byItself = mapped.relation.name === 'priority' && inJira.includes('Medium');
        if ((byItself || wasSaid(issueId, inJira)) && wasSaid(record, inSalesforce)) continue;
        const what = `${mapped.relation.label} of ${issueKey}: a conflict is told (${entry.reason}) of ${JSON.stringify(lost)} and ${JSON.stringify(kept)}, and nobody said one of them there`;
        broken.push({ promise: 'P2', what });
      }
    }
  }
  return broken;
};
