/** What the two readers say: one row a code, with its sentence, its way out and an example. */

import type { Diagnostic } from './diagnostic.ts';
import { defineDiagnostics, type HolesOf, type ReportOptions } from './diagnostic.ts';
import type { SourceFile, Span } from './source.ts';

type Nearest = { readonly nearest?: string | undefined };
const didYouMean = ({ nearest }: Nearest) => (nearest === undefined ? undefined : `did you mean \`${nearest}\`?`);

export const syntax = defineDiagnostics({
  // ── YAML ──────────────────────────────────────────────────────────────────────────────────────
  'yaml-syntax': {
    severity: 'error',
    summary: 'The text is not YAML.',
    message: ({ problem }: { problem: string }) => `this is not YAML: ${problem}`,
    example: { within: 'file', notation: 'yaml', wrong: 'items: [\nvalues: {', right: 'items: {}\nvalues: {}' },
  },
  'yaml-slip': {
    severity: 'error',
    summary: 'A sign too many or too few, or a line that is indented otherwise than its neighbours.',
    message: ({ problem }: { problem: string; read: boolean }) => problem,
    help: ({ read }: { read: boolean }) =>
      read
        ? undefined
        : 'the rest was read as if this line were not there; look at its colons, quotes, brackets and blanks',
    example: {
      notation: 'yaml',
      wrong: 'show: [CaseNumber, Status',
      right: 'show: [CaseNumber, Status]',
    },
  },
  'yaml-unknown-key': {
    severity: 'error',
    summary: 'A key that nothing is called here.',
    message: ({ key, place }: { key: string; place: string } & Nearest) => `${place} has no key \`${key}\``,
    help: ({ nearest, known }: Nearest & { known?: string | undefined }) =>
      didYouMean({ nearest }) ?? (known === undefined ? undefined : `its keys are ${known}`),
    example: { notation: 'yaml', wrong: 'atachments: on', right: 'attachments: on' },
  },
  'yaml-duplicate-key': {
    severity: 'error',
    summary: 'A key stands twice in one map.',
    message: ({ key }: { key: string }) => `\`${key}\` stands twice here`,
    help: () => 'keep one of the two: which one counts would be a guess',
    example: { notation: 'yaml', wrong: 'sync: custom\nsync: one-way', right: 'sync: custom' },
  },
  'yaml-missing-key': {
    severity: 'error',
    summary: 'A key that has to be there is not.',
    message: ({ key, place }: { key: string; place: string }) => `${place} has no \`${key}\``,
    help: ({ key }: { key: string }) => `add \`${key}:\``,
    example: {
      within: 'fields',
      notation: 'yaml',
      wrong: '- { salesforce: Subject, jira: Customer }',
      right: '- { salesforce: Subject, jira: Customer, owner: salesforce }',
    },
  },
  'yaml-one-of-keys': {
    severity: 'error',
    summary: 'Of several keys exactly one has to be there.',
    message: ({ place, keys, found }: { place: string; keys: string; found: number }) =>
      found === 0 ? `${place} needs one of ${keys}` : `${place} takes only one of ${keys}`,
    example: {
      within: 'fields',
      notation: 'yaml',
      wrong: '- { salesforce: Subject, template: "{Subject}", jira: Customer, owner: salesforce }',
      right: '- { salesforce: Subject, jira: Customer, owner: salesforce }',
    },
  },
  'yaml-wrong-kind': {
    severity: 'error',
    summary: 'A list stands where a map is due, or the like.',
    message: ({ place, expected, found }: { place: string; expected: string; found: string }) =>
      `${place} is ${expected}, but here is ${found}`,
    example: { notation: 'yaml', wrong: 'show: CaseNumber', right: 'show: [CaseNumber]' },
  },
  'yaml-no-text': {
    severity: 'error',
    summary: 'Nothing stands where a text is due.',
    message: ({ place }: { place: string }) => `${place} is empty`,
    help: ({ hint }: { hint?: string | undefined }) =>
      hint ?? 'write the text, in quotes if it is meant to be `null` or `~`',
    example: { notation: 'yaml', wrong: 'name:', right: 'name: Support cases' },
  },
  'yaml-unknown-word': {
    severity: 'error',
    summary: 'Not one of the words that can stand here.',
    message: ({ word, place }: { word: string; place: string; known: string } & Nearest) =>
      `${place} cannot be \`${word}\``,
    help: ({ nearest, known }: { known: string } & Nearest) => didYouMean({ nearest }) ?? `write ${known}`,
    example: { notation: 'yaml', wrong: 'comments: { internal: perhaps }', right: 'comments: { internal: true }' },
  },
  'yaml-fallback-text': {
    severity: 'error',
    summary: 'A text as a fallback stands in a map, so that it cannot be taken for a word.',
    message: ({ word }: { word: string }) => `\`${word}\` is neither \`skip\`, \`keep\` nor \`clear\``,
    help: () => 'write a text as `{ text: … }`',
    example: {
      within: 'fields',
      notation: 'yaml',
      wrong: '- { salesforce: Subject, jira: summary, owner: salesforce, orElse: unknown }',
      right: '- { salesforce: Subject, jira: summary, owner: salesforce, orElse: { text: unknown } }',
    },
  },
  'yaml-not-a-path': {
    severity: 'error',
    summary: 'A field is named by its API name, a related one by a path with dots.',
    message: ({ written }: { written: string }) => `\`${written}\` is not the API name of a field`,
    help: () => 'write it as Salesforce does: `Subject`, `Account.Name`, `Level__c`',
    example: { notation: 'yaml', wrong: 'show: [Account Name]', right: 'show: [Account.Name]' },
  },
  'yaml-several-documents': {
    severity: 'error',
    summary: 'A file holds one YAML document.',
    message: () => 'a second document begins here',
    help: () => 'put it in a file of its own: a program is all the files of a folder',
    example: { within: 'file', notation: 'yaml', wrong: 'items: {}\n---\nvalues: {}', right: 'items: {}\nvalues: {}' },
  },
  'yaml-tag': {
    severity: 'error',
    summary: 'A tag that is not one of the core schema.',
    message: ({ tag }: { tag: string }) => `the tag \`${tag}\` means nothing here`,
    help: () => 'take it away',
    example: { notation: 'yaml', wrong: 'name: !label Cases', right: 'name: Cases' },
  },
  'yaml-merge-key': {
    severity: 'error',
    summary: '`<<` is not part of YAML 1.2.',
    message: () => '`<<` does not merge maps here',
    help: () => 'write the keys out, or refer to a whole value with an alias',
    example: { notation: 'yaml', wrong: '<<: { sync: custom }', right: 'sync: custom' },
  },
  'yaml-key': {
    severity: 'error',
    summary: 'A key is a list or a map.',
    message: () => 'a key has to be one word or text',
    example: { within: 'file', notation: 'yaml', wrong: '[items, values]: {}', right: 'items: {}\nvalues: {}' },
  },
  'yaml-alias': {
    severity: 'error',
    summary: 'An alias refers to itself, to nothing, or makes the document too large.',
    message: ({ name, problem }: { name: string; problem: string }) => `\`*${name}\` ${problem}`,
    example: { within: 'file', notation: 'yaml', wrong: 'items: *nothing', right: 'items: {}' },
  },
  'yaml-lost-tail': {
    severity: 'warning',
    summary: 'A text without quotes ends at ` #`.',
    message: ({ tail }: { tail: string }) => `\`${tail}\` is read as a comment, not as part of the text`,
    help: () => 'put the text in quotes, or a blank after the `#` if a comment is meant',
    example: { notation: 'yaml', wrong: 'name: Case #1', right: 'name: "Case #1"' },
  },
  'yaml-unquoted-braces': {
    severity: 'warning',
    summary: 'A template without quotes is a map.',
    message: () => 'this is a map, though a text is due here',
    help: () => 'put a text that begins with `{` in quotes',
    example: {
      within: 'fields',
      notation: 'yaml',
      wrong: '- template: {Subject}\n  jira: Customer\n  owner: salesforce',
      right: '- template: "{Subject}"\n  jira: Customer\n  owner: salesforce',
    },
  },
  // ── leaves, in both notations ─────────────────────────────────────────────────────────────────
  'bad-escape': {
    severity: 'error',
    summary: 'After a backslash only a few characters can stand.',
    message: ({ written }: { written: string }) => `\`${written}\` stands for nothing`,
    help: () => 'a backslash itself is written `\\\\`; there are `\\"`, `\\n`, `\\t` and `\\u{…}`',
    example: { wrong: 'jira SUP / "Inci\\dent"', right: 'jira SUP / "Incident"' },
  },
  'unclosed-text': {
    severity: 'error',
    summary: 'A text ends on its own line, with a quote.',
    message: () => 'the closing quote is missing',
    help: () => 'add it where the text ends; the rest of the line was not looked at',
    example: { wrong: 'jira SUP / "Incident', right: 'jira SUP / "Incident"' },
  },
  'lone-brace': {
    severity: 'error',
    summary: 'A single brace in a template begins or ends a field.',
    message: ({ brace }: { brace: string }) =>
      brace === '{' ? '`{` begins a field that does not end' : '`}` ends a field that did not begin',
    help: ({ brace }: { brace: string }) => `a brace that is meant is written twice: \`${brace}${brace}\``,
    example: {
      within: 'fields',
      wrong: '"Case {CaseNumber" -> "Customer"',
      right: '"Case {CaseNumber}" -> "Customer"',
    },
  },
  'bad-hole': {
    severity: 'error',
    summary: 'Between the braces of a template stands a field.',
    message: ({ written }: { written: string }) =>
      written.trim() === '' ? 'the braces are empty' : `\`${written}\` is not a field's API name or path`,
    help: () => 'write a field between the braces, or double them if they are meant: `{{…}}`',
    example: { within: 'fields', wrong: '"Case {}" -> "Customer"', right: '"Case {CaseNumber}" -> "Customer"' },
  },

  // ── Bridge ────────────────────────────────────────────────────────────────────────────────────
  unexpected: {
    severity: 'error',
    summary: 'Something stands where nothing of its kind can stand.',
    message: ({ written }: { written: string }) => `\`${written}\` does not belong here`,
    example: {
      wrong: 'when Account.Rating is "Hot" then move to "Done"\notherwise leave',
      right: 'when Account.Rating is "Hot" move to "Done"\notherwise leave',
    },
  },
  missing: {
    severity: 'error',
    summary: 'A piece of the sentence is missing.',
    message: ({ what, found }: { what: string; found?: string | undefined }) =>
      found === undefined
        ? `${what} is missing`
        : found === '???'
          ? `\`???\` stands in place of ${what}`
          : `${what} is missing before \`${found}\``,
    example: { within: 'fields', wrong: 'Subject -> or else skip', right: 'Subject -> summary or else skip' },
  },
  'not-closed': {
    severity: 'error',
    summary: 'A block or bracket that was opened is not closed.',
    message: ({ sign }: { sign: '}' | ')' | ']' }) => `this ${sign === '}' ? 'block' : 'bracket'} is not closed`,
    help: ({ sign }: { sign: '}' | ')' | ']' }) => `add a \`${sign}\` where it ends`,
    example: {
      within: 'file',
      wrong: 'values severity {\n  "High" <-> "Highest"',
      right: 'values severity {\n  "High" <-> "Highest"\n}',
    },
  },
  'brace-too-many': {
    severity: 'error',
    summary: 'A block is closed that is not open.',
    message: () => 'this `}` is one too many',
    help: () => 'take it away; what stands behind it was read as if it were not there',
    example: {
      within: 'file',
      wrong: 'values severity {\n  "High" <-> "Highest"\n} }',
      right: 'values severity {\n  "High" <-> "Highest"\n}',
    },
  },
  'comma-too-many': {
    severity: 'error',
    summary: 'A list does not end in a comma.',
    message: () => 'a comma is too many here',
    help: () => 'a list does not end in a comma: what stands behind one belongs to the list',
    example: { wrong: 'show CaseNumber, Status,', right: 'show CaseNumber, Status' },
  },
  misspelt: {
    severity: 'error',
    summary: 'A word of the language, written in another way.',
    message: ({ written, meant }: { written: string; meant: string }) => `\`${written}\` is written \`${meant}\``,
    example: { wrong: 'Fields { Subject -> "Customer" }', right: 'fields { Subject -> "Customer" }' },
  },
  'unknown-clause': {
    severity: 'error',
    summary: 'A line of an item that begins with no clause.',
    message: ({ written }: { written: string } & Nearest) => `\`${written}\` does not begin a clause`,
    help: ({ nearest }: Nearest) =>
      didYouMean({ nearest }) ??
      'the clauses are `salesforce`, `where`, `jira`, `sync`, `create`, `fields`, `new issue`, `status`, `when`, `otherwise`, `comments`, `attachments`, `associations` and `show`',
    example: { wrong: 'priority "High"', right: 'new issue { priority = "High" }' },
  },
  'unknown-step': {
    severity: 'error',
    summary: 'A line of a test that begins with no step.',
    message: ({ written }: { written: string }) => `\`${written}\` does not begin a step`,
    help: () => 'a step begins with `at`, `salesforce`, `jira`, `cycle` or `expect`',
    example: {
      within: 'test',
      wrong: 'open Subject = "Printer on fire"',
      right: 'salesforce Subject = "Printer on fire"',
    },
  },
  outside: {
    severity: 'error',
    summary: 'Something stands outside every item, table and test.',
    message: ({ written }: { written: string } & Nearest) => `\`${written}\` stands outside every item, table and test`,
    help: ({ nearest }: Nearest) => didYouMean({ nearest }) ?? 'a file holds `item`, `values` and `test`',
    example: {
      within: 'file',
      wrong: 'show CaseNumber',
      right: 'item cases "Cases" {\n  salesforce Case\n  jira SUP / "Incident"\n  sync custom\n  show CaseNumber\n}',
    },
  },
  'outside-block': {
    severity: 'error',
    summary: 'A mapping stands behind the end of `fields`.',
    message: () => 'this mapping stands outside `fields`',
    help: () => 'move the `}` above it behind the last mapping',
    example: {
      wrong: 'fields {\n  Subject -> "Customer"\n}\n  Origin -> "Channel"',
      right: 'fields {\n  Subject -> "Customer"\n  Origin -> "Channel"\n}',
    },
  },
  'not-an-arrow': {
    severity: 'error',
    summary: 'A sign that looks like an arrow and is none.',
    message: ({ written }: { written: string; meant: string }) => `\`${written}\` is not an arrow`,
    help: ({ meant }: { meant: string }) => `write \`${meant}\``,
    example: { within: 'fields', wrong: 'Subject => "Customer"', right: 'Subject -> "Customer"' },
  },
  'wrong-quotes': {
    severity: 'error',
    summary: 'A text stands in straight double quotes.',
    message: ({ written }: { written: string }) => `${written} is not a text`,
    help: () => 'write it in straight double quotes',
    example: { wrong: "jira SUP / 'Incident'", right: 'jira SUP / "Incident"' },
  },
  unquoted: {
    severity: 'error',
    summary: 'A text stands in quotes.',
    message: ({ written }: { written: string }) => `the text \`${written}\` has no quotes`,
    help: () => 'put it in double quotes',
    example: {
      wrong: 'when Account.Rating is Hot move to "Done"\notherwise leave',
      right: 'when Account.Rating is "Hot" move to "Done"\notherwise leave',
    },
  },
  'wrong-word': {
    severity: 'error',
    summary: 'A sign or word of another language.',
    message: ({ written, meant }: { written: string; meant: string }) => `\`${written}\` is written \`${meant}\` here`,
    help: ({ written, meant }: { written: string; meant: string }) =>
      !written.includes('=') && /least|most/.test(meant)
        ? 'a number is compared with `is at least` and `is at most`, which take in the bound itself'
        : undefined,
    example: {
      wrong: 'where Origin != "Web"',
      right: 'where Origin is not "Web"',
    },
  },
  alternatives: {
    severity: 'error',
    summary: 'Several values to compare with are a list.',
    message: () => 'several values stand in a list',
    help: () => 'write `is one of "a", "b"`',
    example: { wrong: 'where Origin is "Web" or "Phone"', right: 'where Origin is one of "Web", "Phone"' },
  },
  colon: {
    severity: 'error',
    summary: 'No colon stands behind a clause.',
    message: () => 'a colon does not belong here',
    example: { wrong: 'sync: custom', right: 'sync custom' },
  },
  separator: {
    severity: 'error',
    summary: 'Nothing stands between entries.',
    message: ({ count }: { count: number }) =>
      count === 1 ? '`;` does not belong here' : `\`;\` does not belong here, nor in ${count - 1} more places`,
    help: () => 'take it away: nothing stands between entries',
    example: { wrong: 'sync custom;', right: 'sync custom' },
  },
  'slash-comment': {
    severity: 'error',
    summary: 'A comment begins with `#`.',
    message: ({ count }: { count: number }) =>
      count === 1
        ? '`//` does not begin a comment'
        : `\`//\` does not begin a comment, here and in ${count - 1} more places`,
    help: () => 'write `#`',
    example: {
      wrong: 'sync custom  // each mapping says who owns it',
      right: 'sync custom  # each mapping says who owns it',
    },
  },
  'wrong-digits': {
    severity: 'error',
    summary: 'Something that begins like a number, date or duration and is none.',
    message: ({ written, kind }: { written: string; kind: string; zone: boolean }) =>
      kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(written)
        ? `there is no day \`${written}\``
        : `\`${written}\` is not a ${kind}`,
    help: ({ kind, zone }: { written: string; kind: string; zone: boolean }) =>
      zone
        ? 'write the zone behind the time: `2026-01-31T09:00Z`, `2026-01-31T09:00+01:00`'
        : kind === 'date'
          ? 'write a day that exists as `2026-01-31`'
          : kind === 'duration'
            ? 'write a duration as `30s`, `5m`, `2h` or `1d`'
            : 'write a number as `10000` or `0.5`',
    example: { wrong: 'create all since 01.02.2026', right: 'create all since 2026-02-01' },
  },
  'wrong-letters': {
    severity: 'error',
    summary: 'A name is made of ASCII letters, digits, `_` and `-`.',
    message: ({ written }: { written: string }) => `\`${written}\` has letters that no name has`,
    help: () => 'if it is a text, put it in quotes',
    example: { wrong: 'salesforce Fälle', right: 'salesforce Case' },
  },
  'control-character': {
    severity: 'error',
    summary: 'An invisible character that means nothing.',
    message: ({ code }: { code: string }) => `an invisible character stands here, U+${code}`,
    help: () => 'take it away; in a text it can be written as `\\u{…}`',
  },
  'merge-conflict': {
    severity: 'error',
    summary: 'The lines of an unresolved merge.',
    message: () => 'a merge was left unresolved here',
    help: () => 'decide which lines stay and take the markers away',
    example: { wrong: '<<<<<<< ours\ncreate all\n=======\ncreate off\n>>>>>>> theirs', right: 'create all' },
  },

  // ── limits ────────────────────────────────────────────────────────────────────────────────────
  'file-too-large': {
    severity: 'error',
    summary: 'A file holds at most 10 MB.',
    message: ({ megabytes }: { megabytes: string }) => `this file has ${megabytes} MB, and 10 MB is the most`,
    help: () => 'split it: a program is all the files of a folder',
  },
  'too-many-findings': {
    severity: 'error',
    summary: 'More findings about one text than anybody would read.',
    message: ({ count }: { most: number; count: number }) =>
      `${count} things are wrong with this text, and what is from here on is not listed`,
    help: ({ most }: { most: number; count: number }) => `the first ${most} are; is it the right file?`,
  },
  'text-too-long': {
    severity: 'error',
    summary: 'A text holds at most 64 KB.',
    message: () => 'this text is longer than 64 KB',
  },
  'nested-too-deep': {
    severity: 'error',
    summary: 'Brackets and `not` are nested at most 50 deep.',
    message: () => 'brackets are nested more than 50 deep here',
    help: () => 'a condition this deep can be said more simply, with `is one of` for instance',
  },
});

export type SyntaxCode = keyof typeof syntax.table;

/** Gathers the findings of one file. */
export interface Findings {
  readonly list: Diagnostic[];
  report<Code extends SyntaxCode>(
    span: Span,
    code: Code,
    holes: HolesOf<(typeof syntax.table)[Code]>,
    options?: ReportOptions,
  ): void;
}

export function createFindings(file: SourceFile): Findings {
  const list: Diagnostic[] = [];
  return {
    list,
    report(span, code, holes, options) {
      list.push(syntax.diagnostic(file, span, code, holes, options));
    },
  };
}
