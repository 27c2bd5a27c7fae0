/** One change of an item, and the meaning that is compared to find it. */
import type { Origin } from './ir.ts';
import { meaningOf } from './meaning.ts';

/** What a change is about, in the order in which it is told. */
export const changeGroups = {
  scope: 'what it links',
  create: 'created',
  jira: 'written in Jira',
  salesforce: 'written in Salesforce',
  conversation: 'comments and files',
  read: 'read from Salesforce',
  card: 'shown on the issue',
  system: 'what the org and the site say of its fields',
  limits: 'how far a change may reach',
} as const;
export type ChangeGroup = keyof typeof changeGroups;

export interface Change {
  readonly group: ChangeGroup;
  /** More is written, read, created, shown, … than before, or less, or the same in another way. */
  readonly effect: 'more' | 'less' | 'other';
  /** The part of the item, stable: `fields.priority.cutAt`. */
  readonly part: string;
  /** A clause for people: how it is now, or what is gone. */
  readonly text: string;
  /** How it was, as the end of that clause. */
  readonly before?: string;
  /** Where it stands now, or stood before it went. */
  readonly origin?: Origin;
}

/** How it is, and how it was. */
export interface Said {
  readonly text: string;
  readonly before?: string;
}
export const was = (text: string, before: string): Said => ({ text, before });

export const change = (
  effect: Change['effect'],
  group: ChangeGroup,
  part: string,
  said: string | Said,
  origin?: Change['origin'],
): Change => ({
  group,
  effect,
  part,
  ...(typeof said === 'string' ? { text: said } : said),
  ...(origin === undefined ? {} : { origin }),
});
export const other = (group: ChangeGroup, part: string, said: string | Said, origin?: Change['origin']): Change =>
  change('other', group, part, said, origin);

const namesOnly = { namesOnly: true };
/** The meaning of a part, whatever the org and the site say of its fields. */
export const meaning = (part: unknown, name?: string): string => meaningOf(part, namesOnly, name);
/** `name` is the one that a list stands under, and tells whether its order counts. */
export const same = (a: unknown, b: unknown, name?: string): boolean => meaning(a, name) === meaning(b, name);
