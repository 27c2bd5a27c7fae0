/** P10: what was written to either side, fields, moves, comments and files, has an entry that says why, with a line of the program. */
import { isWrite, type Passage } from '../passage.ts';
import { optional, sharedSubject, subject, template } from '../relations.ts';
import { type Broken, journalOf, linksOf, type Promised, type Seen, type SeenLink } from './promise.ts';
import { type Written, writtenBy } from './written.ts';

const relations = [subject, sharedSubject, template, ...optional];

/** Those that have a field of this name on that side. */
const relationsOf = (side: Written['side'], name: string) =>
  relations.filter(({ target, field }) => (side === 'jira' ? target : field) === name);

/** What the journal calls a field that a request names. */
function labelsOf(side: Written['side'], name: string): readonly string[] {
  if (name === 'Status') return ['Case Status', name];
  return relationsOf(side, name).flatMap(({ label, fieldLabel }) =>
    side === 'jira' || fieldLabel === undefined ? label : [label, fieldLabel],
  );
}

/** What the journal calls what is posted to an issue. */
const deeds: Readonly<Record<string, string>> = { transitions: 'Status', comment: 'Comment', attachments: 'File' };

export const explainsItself: Promised = async seen => [
  ...entriesAreWhole(seen),
  ...fieldsAreTold(seen),
  ...deedsAreTold(seen),
  ...(await caseCommentsAreTold(seen)),
  ...caseFilesAreTold(seen),
];

const entriesAreWhole = (seen: Seen): readonly Broken[] =>
  journalOf(seen)
    .filter(({ source, reason }) => !/^cases\.bridge:\d+$/.test(source) || reason.trim() === '')
    .map(entry => ({ promise: 'P10', what: `an entry without a line or a reason: ${JSON.stringify(entry)}` }));

/** Of the issues, or of the records by whatever item, on that side, not before that moment. */
const toldOf = (seen: Seen, side: Written['side'], names: readonly string[], since: number) =>
  journalOf(seen).filter(
    entry =>
      entry.side === side &&
      names.includes((side === 'jira' ? entry.issueKey : entry.record) ?? '') &&
      entry.at >= since,
  );

function fieldsAreTold(seen: Seen): readonly Broken[] {
  const { erased } = seen.people.ledger;
  const broken: Broken[] = [];
  for (const passage of seen.passages.filter(isDone)) {
    for (const { side, isNew, links, names } of writtenBy(seen, passage)) {
      // Whose link is gone is nobody's any more; what a new issue is given is told with its making.
      if (links.length === 0 || isNew) continue;
      const keys = links.map(({ issueKey }) => issueKey);
      const records = links.map(({ record }) => record);
      if ([...keys, ...records].some(name => erased.has(name))) continue;
      const told = toldOf(seen, side, side === 'jira' ? keys : records, passage.at);
      for (const name of names) {
        const labels = labelsOf(side, name);
        const isTold = labels.length === 0 || told.some(({ what }) => labels.includes(what));
        if (isTold || isUnderAProgram(seen, passage.at)) continue;
        const what = `${labels[0]} of ${keys.join(' or ')} was written to ${side} at ${stamp(passage.at)}, and no entry says why`;
        broken.push({ promise: 'P10', what });
      }
    }
  }
  return broken;
}

function deedsAreTold(seen: Seen): readonly Broken[] {
  const keys = new Map(linksOf(seen).map(({ issueId, issueKey }) => [issueId, issueKey]));
  const broken: Broken[] = [];
  for (const passage of seen.passages.filter(isDone)) {
    const { system, method, path, body, at } = passage;
    const [, id = '', deed = ''] =
      /\/issue\/(\d+)\/(transitions|comment|attachments)(?:\/\d+)?(?:\?|$)/.exec(path) ?? [];
    const key = keys.get(id);
    const label = deeds[deed];
    if (system !== 'jira' || !['POST', 'PUT'].includes(method) || key === undefined || label === undefined) continue;
    if (seen.people.ledger.erased.has(key)) continue;
    // The note beside a file that was brought over is told with the file.
    if (/"kind":"attachment"/.test(body)) continue;
    if (toldOf(seen, 'jira', [key], at).some(({ what }) => what === label)) continue;
    broken.push({ promise: 'P10', what: `${label} of ${key}: ${deed} at ${stamp(at)}, and no entry says why` });
  }
  return broken;
}

/** Whose file it was, its bytes do not say: some file of a record was told since. */
const caseFilesAreTold = (seen: Seen): readonly Broken[] =>
  seen.passages
    .filter(
      ({ system, method, path }) => system === 'salesforce' && method === 'POST' && /\/ContentVersion$/.test(path),
    )
    .filter(({ at, status }) => {
      const isTold = journalOf(seen).some(
        entry => entry.side === 'salesforce' && entry.what === 'File' && entry.at >= at,
      );
      const { erased, startedOver } = seen.people.ledger;
      // Links that ended by a start with another org tell nothing any more.
      const isOver = startedOver.some(one => one.at >= at);
      return status < 300 && !isTold && !isOver && erased.size === 0;
    })
    .map(({ at }) => ({
      promise: 'P10',
      what: `a file was given to Salesforce at ${stamp(at)}, and no entry says why`,
    }));

interface WrittenComment {
  readonly attributes?: { readonly type?: string };
  readonly id?: string;
  readonly ParentId?: string;
  readonly CommentBody?: string;
}

const isNoteOpen = ({ state, note }: SeenLink): boolean =>
  state.kind === 'active' && note !== undefined && note.id === undefined && note.refused === undefined;

/** Comments and notes on cases; the note beside a file is told with the file. */
async function caseCommentsAreTold(seen: Seen): Promise<readonly Broken[]> {
  const sent = seen.passages.filter(
    passage => passage.system === 'salesforce' && passage.body.includes('"CaseComment"') && isDone(passage),
  );
  if (sent.length === 0) return [];
  const stored = await seen.people.doors.query<{ Id: string; ParentId: string }>(
    'SELECT Id, ParentId FROM CaseComment LIMIT 2000',
  );
  const caseOf = new Map(stored.map(({ Id, ParentId }) => [Id, ParentId]));
  const linked = new Set(linksOf(seen).map(({ record }) => record));
  const broken: Broken[] = [];
  for (const { at, body } of sent) {
    const { records = [] } = JSON.parse(body) as { records?: readonly WrittenComment[] };
    for (const { attributes, id = '', ParentId: record = caseOf.get(id), CommentBody = '' } of records) {
      if (attributes?.type !== 'CaseComment' || record === undefined || !linked.has(record)) continue;
      if (CommentBody.includes('Jira attachment sync note') || seen.people.ledger.erased.has(record)) continue;
      const label = CommentBody.includes('Jira link note') ? 'Link note' : 'Comment';
      // It is still looked for, at the latest when everything is, once a day.
      if (label === 'Link note' && linksOf(seen).some(link => link.record === record && isNoteOpen(link))) continue;
      // A merge gives the winner what was said of the loser.
      const losers = [...seen.people.ledger.merged].flatMap(([loser, winner]) => (winner === record ? [loser] : []));
      if (toldOf(seen, 'salesforce', [record, ...losers], at).some(({ what }) => what === label)) continue;
      broken.push({ promise: 'P10', what: `${label} on ${record} was written at ${stamp(at)}, and no entry says why` });
    }
  }
  return broken;
}

/** Salesforce answers a call well whose parts it refuses. */
const isDone = (passage: Passage): boolean =>
  passage.status < 300 && isWrite(passage) && !/"success":false|"httpStatusCode":[45]/.test(passage.answer);

/** Cycles may be missed, or end before they come to it. */
const nextLookMs = 20 * 60_000;

/** Nothing is told by a program that came meanwhile, and writes the field from the other side or not at all. */
const isUnderAProgram = ({ people: { ledger } }: Seen, at: number): boolean =>
  ledger.programs.some(program => program.at >= at && program.at - at < nextLookMs);

const stamp = (at: number): string => new Date(at).toISOString().slice(11, 19);
