/** What must never be seen on the way: P3 the owner overwritten, P4 unrest, P8 secrets, deletions. */
import { isWrite } from '../passage.ts';
import { itemAt, type SimProgram } from '../program.ts';
import { type Broken, journalOf, type Promised, programsAt, type Seen } from './promise.ts';
import { type Written, writtenBy } from './written.ts';

export const quietAtLast: Promised = ({ passages, quietFrom }) =>
  passages
    .slice(quietFrom)
    .filter(isWrite)
    .map(({ system, method, path }) => ({
      promise: 'P4',
      what: `still writes when all is done: ${system} ${method} ${path}`,
    }));

/** But for the marker of an issue that a person has erased. */
export const neverDeletes: Promised = ({ passages, people: { ledger } }) =>
  passages
    .filter(({ method, body }) => method === 'DELETE' || /"method":"DELETE"/.test(body))
    .filter(({ path }) => !ledger.erased.has(/\/issue\/(\d+)\/properties\//.exec(path)?.[1] ?? ''))
    .map(({ system, path }) => ({ promise: 'I18', what: `deletes ${system} ${path}` }));

export const ownersAreSafe: Promised = seen =>
  seen.passages.filter(isWrite).flatMap(passage =>
    writtenBy(seen, passage).flatMap(written => {
      const judged = programsAt(seen, passage.at).map(program => overwritten(seen, program, written));
      return judged.every(broken => broken.length > 0) ? judged.at(-1)! : [];
    }),
  );

/** What of it the program leaves to the other side. */
function overwritten(seen: Seen, program: SimProgram, { side, places, isNew, names }: Written): readonly Broken[] {
  const { programs } = seen.people.ledger;
  const broken: Broken[] = [];
  const mappings = places.flatMap(place => itemAt(program, place)?.mappings ?? []);
  for (const { relation, owner } of mappings) {
    // Of items that share the record, another one may write what this one only reads.
    const isOwned = mappings.every(one => one.relation.field !== relation.field || one.owner === 'salesforce');
    if (side === 'salesforce' && isOwned && names.includes(relation.field ?? ''))
      broken.push({ promise: 'P3', what: `writes ${relation.field}, which Salesforce owns, to Salesforce` });
    // What a new issue is given is Jira's own from then on.
    const given = isNew && programs.some(one => itemAt(one.program, places[0]!)?.prefill?.field === relation.target);
    if (side === 'jira' && owner === 'jira' && names.includes(relation.target) && !given)
      broken.push({ promise: 'P3', what: `writes ${relation.label}, which Jira owns, to Jira` });
  }
  return broken;
}

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

/** I10: a look that finds nothing before a request can no longer land proves nothing, so nobody takes it. */
export const looksAfterQuarantine: Promised = ({ passages, people, records }) => {
  const sentAt = new Map<string, number>();
  const broken: Broken[] = [];
  for (const { system, method, path, body, at, answer } of passages) {
    if (system !== 'jira' || method !== 'POST') continue;
    // A page of records is looked for together before any of them is sent, and is not what a claim goes by.
    const [claim, ...more] = body.match(/issue:00D\w+:[\w-]+:\w+/g) ?? [];
    if (claim === undefined || more.length > 0) continue;
    // A record that is older than the program, or gone, is looked for before its claim is.
    const { CreatedDate = '' } = records.get(claim.split(':').at(-1)!) ?? {};
    const program = people.ledger.programs.findLast(one => one.at <= at)!;
    if (!/\/issue$/.test(path) && !(Date.parse(CreatedDate) >= program.at)) continue;
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
