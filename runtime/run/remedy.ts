/** What a person can do about a failure, as a sentence; by the system that failed, and by what was tried there. */
import { type Failure, orgChanged } from '../ports.ts';

/** What was tried: to write fields and a status, to make an issue, or what goes on beside them. */
export type Attempt = 'fields' | 'creation' | 'talk';

/** Whether the bridge tries again by itself, or has given up and leaves it to a person. */
export type Next = 'again' | 'given up';

const permissions: Readonly<Record<'salesforce' | 'jira', Readonly<Record<Attempt, string>>>> = {
  salesforce: {
    fields: 'Give the integration user access to the object and its fields.',
    creation: 'Give the integration user access to the object and its fields.',
    talk: 'Give the integration user access to comments, feeds and files of this object.',
  },
  jira: {
    fields: 'Give the app permission to edit and move issues of this project.',
    creation: 'Give the app permission to create issues in this project.',
    talk: 'Give the app permission to see and add comments and attachments in this project.',
  },
};

const browse = 'Give the app the permission Browse Projects in this project.';

const corrections: Readonly<Record<Attempt, string>> = {
  fields: 'Correct the value, or the rule of the system that refused it',
  creation: 'Map or set the fields that Jira names, or correct the record',
  talk: 'Correct what the system names',
};

const lookThere = 'It was tried time and again: see what is in the way, then retry.';

export function remedyFor(failure: Failure, attempt: Attempt = 'fields', next: Next = 'again'): string {
  const { system, kind, code } = failure;
  if (system === 'store' || system === 'queue') return remedyOfForge(failure, next);
  if (kind === 'forbidden') {
    const remedy = code === 'BROWSE_PROJECTS' ? browse : permissions[system][attempt];
    return next === 'again' ? remedy : thenRetry(remedy);
  }
  if (code === orgChanged) return 'Nothing to do here: the admin page says how it goes on with the links.';
  if (kind === 'unauthorized')
    return system === 'jira' ? 'Approve the app for this site again.' : 'Save the Salesforce connection again.';
  if (kind === 'refused' || (kind === 'gone' && attempt !== 'fields'))
    return next === 'again'
      ? `${corrections[attempt]}; it is tried again by itself.`
      : `${corrections[attempt]}, then retry.`;
  return next === 'again' ? 'Nothing to do: it is tried again by itself.' : lookThere;
}

const thenRetry = (remedy: string): string => `${remedy} Then retry.`;

/** Codes by which Forge says that a value is too large or too deep for its storage. */
const tooLarge: ReadonlySet<string> = new Set(['MAX_SIZE', 'MAX_DEPTH', 'KEY_TOO_LONG']);

function remedyOfForge({ system, kind, code }: Failure, next: Next): string {
  if (code === 'UNREADABLE')
    return 'Deploy the version of the app that wrote it, or restore an earlier version of the program.';
  if (tooLarge.has(code))
    return 'Forge keeps at most 240 KB in one value: shorten the program, its value tables or the mapped texts, or tell the app’s support which item it is.';
  if (kind === 'refused' || kind === 'forbidden')
    return 'See whether the app is installed and up to date on this site; if so, tell the app’s support the code.';
  if (next === 'given up')
    return kind === 'limited'
      ? 'Forge kept slowing the app down: pause some items, look at the app’s usage in the developer console, then retry.'
      : 'It was tried time and again: see status.atlassian.com for Forge, then retry.';
  if (kind === 'limited')
    return 'Nothing to do: Forge slows the app down, and it is tried again in a minute. If that lasts, pause some items, and look at the app’s usage in the developer console.';
  return system === 'queue'
    ? 'Nothing to do: the next cycle does it.'
    : 'Nothing to do: it is tried again by itself. If that lasts, see status.atlassian.com for Forge.';
}
