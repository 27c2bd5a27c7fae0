/** Clauses of an item and the words in them. */
import { family } from '../../dsl/diagnostic.ts';
import { listed, meant, type Suggested } from './phrases.ts';

export const clauses = family({
  'duplicate-clause': {
    severity: 'error',
    summary: 'A clause stands at most once in an item.',
    message: ({ clause }: { clause: string }) => `\`${clause}\` stands twice in this item`,
    help: () => 'keep one of them',
    example: { wrong: 'create all\ncreate off', right: 'create all' },
  },
  'missing-clause': {
    severity: 'error',
    summary: 'An item needs `salesforce`, `jira` and `sync`; a display-only item also `show`.',
    message: ({ clause, why }: { clause: string; why: string }) => `this item has no \`${clause}\`: ${why}`,
    help: ({ clause }) => `add a \`${clause}\` clause`,
    example: {
      within: 'file',
      wrong: 'item cases "Cases" {\n  salesforce Case\n  jira SUP / "Incident"\n}',
      right: 'item cases "Cases" {\n  salesforce Case\n  jira SUP / "Incident"\n  sync custom\n}',
    },
  },
  'unknown-word': {
    severity: 'error',
    summary: 'Only the listed words can stand here.',
    message: ({ word, what }: { word: string; what: string; words: readonly string[] } & Suggested) =>
      `\`${word}\` is no ${what}`,
    help: holes => meant(holes) ?? `it can be ${listed(holes.words, 'or')}`,
    example: { wrong: 'sync sometimes', right: 'sync two-way' },
  },
  'word-twice': {
    severity: 'error',
    summary: 'An option stands at most once.',
    message: ({ word }: { word: string }) => `\`${word}\` stands twice here`,
    help: () => 'keep one of them',
    example: { wrong: 'comments on, published, published', right: 'comments on, published' },
  },
  'options-of-comments-off': {
    severity: 'error',
    summary: '`internal too` and `published` go with `comments on`.',
    message: (_: object) => '`comments off` takes no options',
    help: () => 'write `comments on`, or remove what follows',
    example: { wrong: 'comments off, published', right: 'comments on, published' },
  },
  'object-without-feed': {
    severity: 'warning',
    summary: 'The records of the object have nothing that comments could travel to.',
    message: ({ object }: { object: string }) => `\`${object}\` has no feed, so no comment can travel`,
    reason: () => 'only cases have comments without one',
    help: () => 'switch on feed tracking for the object in Salesforce and pull again, or write `comments off`',
    example: { wrong: 'salesforce User\ncomments on', right: 'salesforce Case\ncomments on' },
  },
  'several-projects': {
    severity: 'error',
    summary: 'A synchronized item has exactly one project.',
    message: ({ mode }: { mode: string }) => `an item with \`sync ${mode}\` has exactly one project`,
    help: () => 'make one item for each project; only display-only items take several',
    example: { wrong: 'jira SUP, OPS', right: 'jira SUP / "Incident"' },
  },
  'project-twice': {
    severity: 'error',
    summary: 'A project stands once in the list.',
    message: ({ key }: { key: string }) => `\`${key}\` stands twice in this list`,
    help: () => 'keep one of them',
    example: {
      wrong: 'jira SUP, SUP\nsync display-only\nshow CaseNumber',
      right: 'jira SUP\nsync display-only\nshow CaseNumber',
    },
  },
  'missing-issue-type': {
    severity: 'error',
    summary: 'A synchronized item names its issue type.',
    message: ({ mode }: { mode: string; project: string }) => `an item with \`sync ${mode}\` needs an issue type`,
    help: ({ project }) => `write it behind the project: \`jira ${project} / "…"\``,
    example: { wrong: 'jira SUP', right: 'jira SUP / "Incident"' },
  },
});
