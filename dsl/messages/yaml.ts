/** What the reader of YAML says. */
import { family } from '../diagnostic.ts';
import { didYouMean, type Nearest } from './nearest.ts';

export const yaml = family({
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
    help: ({ help }: { help?: string | undefined }) => help,
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
    message: ({ word }: { word: string; map: string } & Nearest) =>
      `\`${word}\` is neither \`skip\`, \`keep\` nor \`clear\``,
    help: ({ map, nearest }: { map: string } & Nearest) =>
      [didYouMean({ nearest }), `a text is written as \`${map}\``].filter(part => part !== undefined).join(' '),
    example: {
      within: 'fields',
      notation: 'yaml',
      wrong: '- { salesforce: Subject, jira: summary, owner: salesforce, orElse: unknown }',
      right: '- { salesforce: Subject, jira: summary, owner: salesforce, orElse: { text: unknown } }',
    },
  },
  'yaml-move-text': {
    severity: 'error',
    summary: 'A status to move to stands in a map, so that it cannot be taken for a word.',
    message: (_: { map: string } & Nearest) => '`otherwise` is `leave` or moves to a status, but here is a text',
    help: ({ map, nearest }: { map: string } & Nearest) =>
      didYouMean({ nearest }) ?? `a status to move to is written as \`${map}\``,
    example: {
      notation: 'yaml',
      wrong: 'rules:\n  - { when: { field: Account.Rating, is: Hot }, moveTo: Done }\n  - { otherwise: In Progress }',
      right:
        'rules:\n  - { when: { field: Account.Rating, is: Hot }, moveTo: Done }\n  - { otherwise: { moveTo: In Progress } }',
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
});
