import type { JiraFieldChange } from '../../runtime/ports.ts';

/** An entry of Jira's change log, as far as the engine reads it: who gave a field which words, and when. */
export const changeOf = (field: string, author: string, at: number, words: string | null = null): JiraFieldChange => ({
  at,
  author,
  field,
  from: null,
  to: null,
  fromString: null,
  toString: words,
});
