/** What the reader of Bridge says. */
import { family } from '../diagnostic.ts';
import { didYouMean, type Nearest } from './nearest.ts';

export const bridge = family({
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
    help: ({ help }: { help?: string | undefined }) => help,
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
    message: ({ written }: { written: string; meant: string | undefined }) => `\`${written}\` is not an arrow`,
    help: ({ meant }: { meant: string | undefined }) =>
      meant === undefined
        ? 'write the arrow that says who owns the field: `->` Salesforce, `<-` Jira, `<->` both'
        : `write \`${meant}\``,
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
    message: ({ written, kind, zone }: { written: string; kind: string; zone: boolean }) =>
      zone
        ? `\`${written}\` does not say its time zone`
        : kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(written)
          ? `there is no day \`${written}\``
          : `\`${written}\` is not a ${kind}`,
    help: ({ written, kind, zone }: { written: string; kind: string; zone: boolean }) =>
      zone
        ? 'write the zone behind the time: `2026-01-31T09:00Z`, `2026-01-31T09:00+01:00`'
        : kind === 'date'
          ? `write a ${/T/i.test(written) ? 'moment that exists as `2026-01-31T09:00Z`' : 'day that exists as `2026-01-31`'}`
          : kind === 'duration'
            ? 'write a duration as `30s`, `5m`, `2h` or `1d`'
            : 'write a number as `10000`, `0.5` or `-5`',
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
});
