/** What must never be seen on the way: P3 the owner overwritten, P4 unrest, P8 secrets, deletions, P10 writes without a reason. */
import { isWrite, type Passage } from '../passage.ts';
import { itemAt, type Place, placeOf } from '../program.ts';
import { optional, sharedSubject, subject, template } from '../relations.ts';
import { type Broken, journalOf, linksOf, type Promised, type Seen, type SeenLink } from './promise.ts';

export const quietAtLast: Promised = ({ passages, quietFrom }) =>
  passages
    .slice(quietFrom)
    .filter(isWrite)
    .map(({ system, method, path }) => ({
      promise: 'P4',
      what: `still writes when all is done: ${system} ${method} ${path}`,
    }));

export const neverDeletes: Promised = ({ passages }) =>
  passages
    .filter(({ method, body }) => method === 'DELETE' || /"method":"DELETE"/.test(body))
    .map(({ system, path }) => ({ promise: 'I18', what: `deletes ${system} ${path}` }));

/** What a request writes of which record or issue: names of fields, and the items that have it. */
interface Written {
  readonly side: 'salesforce' | 'jira';
  readonly places: readonly Place[];
  readonly links: readonly SeenLink[];
  readonly isNew: boolean;
  readonly names: readonly string[];
}

/** Records within a request, however deep. */
function casesIn(body: unknown): readonly Record<string, unknown>[] {
  if (typeof body !== 'object' || body === null) return [];
  const inside = Object.values(body).flatMap(casesIn);
  const { attributes } = body as { attributes?: { type?: unknown } };
  return attributes?.type === 'Case' ? [body as Record<string, unknown>, ...inside] : inside;
}

function writtenBy(seen: Seen, { system, method, path, body }: Passage): readonly Written[] {
  const links = linksOf(seen);
  if (system === 'salesforce') {
    return casesIn(JSON.parse(body || '{}')).map(fields => {
      const own = links.filter(({ record }) => record === (fields.Id ?? fields.id));
      return {
        side: 'salesforce',
        places: own.length > 0 ? own.map(({ item }) => placeOf(item)) : ['own'],
        links: own,
        isNew: false,
        names: Object.keys(fields),
      };
    });
  }
  const issue = /\/issue(?:\/(\d+))?(?:\?|$)/.exec(path);
  if (system !== 'jira' || issue === null) return [];
  const { fields = {} } = JSON.parse(body || '{}') as { fields?: object };
  const own = links.filter(({ issueId }) => issueId === issue[1]);
  const item = issue[1] === undefined ? /"item":"([\w-]+)"/.exec(body)?.[1] : own[0]?.item;
  const places = [placeOf(item ?? '')];
  return [{ side: 'jira', places, links: own, isNew: method === 'POST', names: Object.keys(fields) }];
}

export const ownersAreSafe: Promised = seen => {
  const { programs } = seen.people.ledger;
  const programAt = (time: number) => programs.findLast(({ at }) => at <= time)!.program;
  const broken: Broken[] = [];
  for (const passage of seen.passages.filter(isWrite)) {
    for (const { side, places, isNew, names } of writtenBy(seen, passage)) {
      const mappings = places.flatMap(place => itemAt(programAt(passage.at), place)?.mappings ?? []);
      for (const { relation, owner } of mappings) {
        // Of items that share the record, another one may write what this one only reads.
        const isOwned = mappings.every(one => one.relation.field !== relation.field || one.owner === 'salesforce');
        if (side === 'salesforce' && isOwned && names.includes(relation.field ?? ''))
          broken.push({ promise: 'P3', what: `writes ${relation.field}, which Salesforce owns, to Salesforce` });
        // What a new issue is given is Jira's own from then on.
        const given =
          isNew && programs.some(one => itemAt(one.program, places[0]!)?.prefill?.field === relation.target);
        if (side === 'jira' && owner === 'jira' && names.includes(relation.target) && !given)
          broken.push({ promise: 'P3', what: `writes ${relation.label}, which Jira owns, to Jira` });
      }
    }
  }
  return broken;
};

export const keepsSecrets: Promised = ({ log, secret, state, passages }) => {
  const shown = [
    ...log,
    JSON.stringify(state),
    ...passages.filter(({ system }) => system === 'jira').map(({ body }) => body),
  ];
  const tokens = /00D\w{12,15}![\w.]+/;
  return shown.some(text => text.includes(secret) || tokens.test(text))
    ? [{ promise: 'P8', what: 'a secret or a token is where people can read it' }]
    : [];
};

const relations = [subject, sharedSubject, template, ...optional];

/** What the journal calls a field that a request names. */
const labelsOf = (side: Written['side'], name: string): readonly string[] =>
  name === 'Status'
    ? ['Case Status', name]
    : relations
        .filter(({ target, field }) => (side === 'jira' ? target : field) === name)
        .flatMap(({ label, fieldLabel }) =>
          side === 'jira' || fieldLabel === undefined ? label : [label, fieldLabel],
        );

/** What the journal calls what is posted to an issue. */
const deeds: Readonly<Record<string, string>> = { transitions: 'Status', comment: 'Comment', attachments: 'File' };

const stamp = (at: number): string => new Date(at).toISOString().slice(11, 19);

/** Each field that was written has an entry that says why, and each entry a line of the program. */
export const explainsItself: Promised = seen => {
  const journal = journalOf(seen);
  const broken: Broken[] = [];
  for (const entry of journal) {
    if (!/^cases\.bridge:\d+$/.test(entry.source) || entry.reason.trim() === '') {
      broken.push({ promise: 'P10', what: `an entry without a line or a reason: ${JSON.stringify(entry)}` });
    }
  }
  const keyOf = new Map(linksOf(seen).map(({ issueId, issueKey }) => [issueId, issueKey]));
  for (const { system, method, path, status, at } of seen.passages) {
    if (system !== 'jira' || method !== 'POST' || status >= 300) continue;
    const [, id = '', deed = ''] = /\/issue\/(\d+)\/(transitions|comment|attachments)$/.exec(path) ?? [];
    const key = keyOf.get(id);
    const label = deeds[deed];
    if (key === undefined || label === undefined) continue;
    if (
      journal.some(entry => entry.issueKey === key && entry.side === 'jira' && entry.what === label && entry.at >= at)
    )
      continue;
    broken.push({ promise: 'P10', what: `${label} of ${key}: ${deed} at ${stamp(at)}, and no entry says why` });
  }
  for (const passage of seen.passages.filter(one => isWrite(one) && one.status < 300)) {
    for (const { side, isNew, links, names } of writtenBy(seen, passage)) {
      // Whose link is gone is nobody's any more; what a new issue is given is told with its making.
      if (links.length === 0 || isNew) continue;
      const keys = links.map(({ issueKey }) => issueKey);
      const told = journal.filter(
        entry => entry.side === side && keys.includes(entry.issueKey ?? '') && entry.at >= passage.at,
      );
      for (const name of names) {
        const labels = labelsOf(side, name);
        if (labels.length === 0 || told.some(({ what }) => labels.includes(what))) continue;
        const what = `${labels[0]} of ${keys.join(' or ')} was written to ${side} at ${stamp(passage.at)}, and no entry says why`;
        broken.push({ promise: 'P10', what });
      }
    }
  }
  return broken;
};

/** I10: a look that finds nothing before a request can no longer land proves nothing, so nobody takes it. */
export const looksAfterQuarantine: Promised = ({ passages }) => {
  const sentAt = new Map<string, number>();
  const broken: Broken[] = [];
  for (const { system, method, path, body, at, answer } of passages) {
    if (system !== 'jira' || method !== 'POST') continue;
    const claim = /issue:00D\w+:[\w-]+:\w+/.exec(body)?.[0];
    if (claim === undefined) continue;
    if (/\/issue$/.test(path)) sentAt.set(claim, at);
    else if (path.includes('/search/jql') && /"issues":\[\]/.test(answer) && at - (sentAt.get(claim) ?? 0) < quarantine)
      broken.push({
        promise: 'I10',
        what: `looks for ${claim} ${(at - sentAt.get(claim)!) / 1000} s after it was sent`,
      });
  }
  return broken;
};
const quarantine = 100_000;

/** P4: nothing is written over itself. */
export const writesOnlyWhatDiffers: Promised = seen =>
  journalOf(seen)
    .filter(({ outcome, from, to }) => outcome === 'written' && from !== undefined && from === to)
    .map(({ what, issueKey, to, reason }) => ({
      promise: 'P4',
      what: `${what} of ${issueKey} is written although it is ${to} already (${reason})`,
    }));

/** P9: the panel shows an issue's record to nobody who may not see the issue, and around it nothing that is another's. */
export const showsOnlyWhatOneMaySee: Promised = ({ people }) =>
  people.ledger.looks.flatMap(({ role, issueKey, mayBrowse, shown, strangers }) => [
    ...(shown && !mayBrowse ? [{ promise: 'P9', what: `shows the panel of ${issueKey} to the ${role}` }] : []),
    ...strangers.map(id => ({ promise: 'P9', what: `shows ${id} around the record of ${issueKey}` })),
  ]);
