/**
 * Every finding of the compiler, one row a code: how grave it is, its sentence in an admin's words, the
 * reason with a value that shows it, and the way out. Checks name a code and its holes; the documentation
 * and `bridge explain` are drawn from the same rows.
 */
import { type Definition, defineDiagnostics } from '../dsl/diagnostic.ts';

/** For "did you mean". */
interface Suggested {
  readonly suggestion?: string | undefined;
}
const meant = ({ suggestion }: Suggested): string | undefined =>
  suggestion === undefined ? undefined : `did you mean \`${suggestion}\`?`;
/** `a`, `b` and `c`; long lists end in a count. */
export function listed(words: readonly string[], last = 'and', most = 8): string {
  const shown = words.slice(0, most).map(word => `\`${word}\``);
  if (words.length > most) return `${shown.join(', ')} and ${words.length - most} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${last} ${shown.at(-1)}`;
}

/** A value, what it becomes on the other side, and what comes back. */
interface Round {
  readonly field: string;
  readonly other: string;
  readonly first: string;
  readonly across: string;
  readonly last: string;
  /** Only when somebody edits it in between. */
  readonly edited: boolean;
}

/** Why conditions have no record in common. */
const contradiction = (core: readonly string[]): string =>
  core.length < 2
    ? `${listed(core)} holds for no value that there is`
    : core.length === 2
      ? `${listed(core)} exclude each other`
      : `${listed(core)} cannot all hold`;

const inDisplayOnly = (clause: string, why: string): Definition<object> => ({
  severity: 'error',
  summary: `A display-only item has no ${clause}.`,
  message: () => `a display-only item cannot have ${article(clause)}`,
  reason: () => why,
  help: () => 'remove it, or choose another `sync` mode',
  example: {
    wrong: displayOnlyExamples[clause]!,
    right: displayOnly('jira SUP'),
  },
});
const article = (clause: string) =>
  clause.endsWith('s') ? clause : `${/^[aeiou]/.test(clause) ? 'an' : 'a'} ${clause}`;
const displayOnly = (jira: string, clause = ''): string =>
  `${jira}\nsync display-only\nshow CaseNumber${clause && `\n${clause}`}`;
const displayOnlyExamples: Readonly<Record<string, string>> = {
  '`where` clause': displayOnly('jira SUP', 'where Origin is "Web"'),
  '`create` clause': displayOnly('jira SUP', 'create all'),
  '`fields` block': displayOnly('jira SUP', 'fields { Subject -> summary }'),
  '`new issue` block': displayOnly('jira SUP', 'new issue { labels = "vip" }'),
  '`status` clause': displayOnly('jira SUP', 'status Status'),
  '`when` rule': displayOnly('jira SUP', 'when Origin is "Web" move to "Done"'),
  '`otherwise` clause': displayOnly('jira SUP', 'otherwise leave'),
  '`comments` clause': displayOnly('jira SUP', 'comments on'),
  '`attachments` clause': displayOnly('jira SUP', 'attachments on'),
  'issue type': displayOnly('jira SUP / "Incident"'),
};
const neverWritten = 'it is linked by hand, shows the record, and writes nothing on either side';

const twoItems = (first: string, second: string): string =>
  [
    `item incidents "Incidents" {\n  salesforce Case\n  jira SUP / "Incident"\n  sync custom\n  ${first}\n}`,
    `item tasks "Tasks" {\n  salesforce Case\n  jira SUP / "Task"\n  sync custom\n  ${second}\n}`,
  ].join('\n');

export const compilerDiagnostics = defineDiagnostics({
  // ── names ──
  'no-metadata': {
    severity: 'warning',
    summary: 'There is no metadata, so names and types are not checked.',
    message: (_: object) => 'names and types are not checked, because there is no metadata snapshot',
    help: () => 'run `bridge pull` to write `metadata.lock.json`',
  },
  'unknown-object': {
    severity: 'error',
    summary: 'The org has no object of this name.',
    message: ({ name }: { name: string } & Suggested) => `the org has no object \`${name}\``,
    help: holes => meant(holes) ?? 'objects are named by their API name; custom ones end in `__c`',
    example: { wrong: 'salesforce Csae', right: 'salesforce Case' },
  },
  'object-not-described': {
    severity: 'error',
    summary: 'The metadata names the object but does not hold its fields.',
    message: ({ name }: { name: string }) => `the metadata does not hold the fields of \`${name}\``,
    help: () => 'run `bridge pull` again, so that it reads this object',
    example: { wrong: 'show Contact.Name', right: 'show Account.Name' },
  },
  'unknown-field': {
    severity: 'error',
    summary: 'The object has no field of this name.',
    message: ({ name, object }: { name: string; object: string } & Suggested) =>
      `\`${object}\` has no field \`${name}\``,
    help: meant,
    example: { within: 'fields', wrong: 'Subjekt -> "Customer"', right: 'Subject -> "Customer"' },
  },
  'not-a-relationship': {
    severity: 'error',
    summary: 'A path goes on behind a field that is no relationship.',
    message: ({ name, object }: { name: string; object: string } & Suggested) =>
      `\`${name}\` is no relationship of \`${object}\`, so a path cannot go on behind it`,
    help: meant,
    example: { wrong: 'show AccountId.Name', right: 'show Account.Name' },
  },
  'path-too-deep': {
    severity: 'error',
    summary: 'Salesforce follows at most five relationships in one path.',
    message: ({ path }: { path: string }) => `\`${path}\` goes over more than five relationships`,
    reason: () => 'a query of Salesforce follows at most five',
    help: () => 'add a formula field in Salesforce that brings the value nearer',
    example: { wrong: 'show Account.Owner.Manager.Manager.Manager.Manager.Name', right: 'show Account.Owner.Name' },
  },
  'unknown-project': {
    severity: 'error',
    summary: 'The site has no project of this key.',
    message: ({ name }: { name: string } & Suggested) => `the site has no project with the key \`${name}\``,
    help: meant,
    example: { wrong: 'jira SPU / "Incident"', right: 'jira SUP / "Incident"' },
  },
  'unknown-issue-type': {
    severity: 'error',
    summary: 'The project has no issue type of this name.',
    message: ({ name, project }: { name: string; project: string; names: readonly string[] } & Suggested) =>
      `the project \`${project}\` has no issue type \`${name}\``,
    help: holes => meant(holes) ?? (holes.names.length > 0 ? `it has ${listed(holes.names)}` : undefined),
    example: { wrong: 'jira SUP / "Incidnet"', right: 'jira SUP / "Incident"' },
  },
  'unknown-jira-field': {
    severity: 'error',
    summary: 'The site has no field of this id or name.',
    message: ({ name }: { name: string } & Suggested) => `Jira has no field \`${name}\``,
    help: meant,
    example: { within: 'fields', wrong: 'Subject -> "Custmer"', right: 'Subject -> "Customer"' },
  },
  'ambiguous-jira-field': {
    severity: 'error',
    summary: 'Several Jira fields have this display name.',
    message: ({ name, ids }: { name: string; ids: readonly string[] }) =>
      `${ids.length} Jira fields are called \`${name}\``,
    help: ({ ids }) => `write the id of the one that is meant: ${listed(ids, 'or')}`,
    example: { within: 'fields', wrong: 'Origin -> "Region"', right: 'Origin -> customfield_10051' },
  },
  'unknown-status': {
    severity: 'error',
    summary: "The issue type's workflow has no status of this name.",
    message: ({ name, issueType }: { name: string; issueType: string; names: readonly string[] } & Suggested) =>
      `the workflow of \`${issueType}\` has no status \`${name}\``,
    help: holes => meant(holes) ?? (holes.names.length > 0 ? `it has ${listed(holes.names)}` : undefined),
    example: {
      wrong: 'when Account.Rating is "Hot" move to "Doen"\notherwise leave',
      right: 'when Account.Rating is "Hot" move to "Done"\notherwise leave',
    },
  },
  'unknown-picklist-value': {
    severity: 'error',
    summary: 'The picklist does not list this value.',
    message: ({
      value,
      field,
    }: { value: string; field: string; names: readonly string[]; label?: boolean } & Suggested) =>
      `the picklist \`${field}\` has no value \`${value}\``,
    reason: ({ label, value, suggestion }) =>
      label ? `\`${value}\` is what people see; the value behind it is \`${suggestion}\`` : undefined,
    help: holes => meant(holes) ?? (holes.names.length > 0 ? `it has ${listed(holes.names)}` : undefined),
    example: { wrong: 'where Origin is "Wep"', right: 'where Origin is "Web"' },
  },
  'unknown-option': {
    severity: 'error',
    summary: 'The Jira field does not offer this value for the issue type.',
    message: ({ value, field }: { value: string; field: string; names: readonly string[] } & Suggested) =>
      `the Jira field \`${field}\` has no value \`${value}\` here`,
    help: holes => meant(holes) ?? (holes.names.length > 0 ? `it has ${listed(holes.names)}` : undefined),
    example: { wrong: 'new issue { priority = "Urgent" }', right: 'new issue { priority = "Highest" }' },
  },
  'unknown-table': {
    severity: 'error',
    summary: 'No `values` table has this id.',
    message: ({ name }: { name: string } & Suggested) => `there is no \`values\` table \`${name}\``,
    help: holes => meant(holes) ?? `add \`values ${holes.name} { … }\``,
    example: {
      within: 'file',
      wrong:
        'item cases "Cases" {\n  salesforce Case  jira SUP / "Incident"  sync custom\n  fields { Priority -> priority by sevrity }\n}\n\nvalues severity { "High" -> "Highest" otherwise keep }',
      right:
        'item cases "Cases" {\n  salesforce Case  jira SUP / "Incident"  sync custom\n  fields { Priority -> priority by severity }\n}\n\nvalues severity { "High" -> "Highest" otherwise keep }',
    },
  },
  'unknown-item': {
    severity: 'error',
    summary: 'No item has this id.',
    message: ({ name }: { name: string } & Suggested) => `there is no item \`${name}\``,
    help: meant,
    example: {
      within: 'file',
      wrong: 'test "a new case" for suport-cases {\n  salesforce Subject = "Printer on fire"\n  expect not created\n}',
      right: 'test "a new case" for support-cases {\n  salesforce Subject = "Printer on fire"\n  expect not created\n}',
    },
  },
  'duplicate-item-id': {
    severity: 'error',
    summary: 'Two items have the same id.',
    message: ({ id }: { id: string }) => `there are two items with the id \`${id}\``,
    help: () => 'give this one another id; links belong to an id',
    example: {
      within: 'file',
      wrong:
        'item cases "Cases" { salesforce Case jira SUP / "Incident" sync custom }\nitem cases "More cases" { salesforce Case jira SUP / "Incident" sync custom }',
      right:
        'item cases "Cases" { salesforce Case jira SUP / "Incident" sync custom }\nitem more-cases "More cases" { salesforce Case jira SUP / "Incident" sync custom }',
    },
  },
  'duplicate-table-id': {
    severity: 'error',
    summary: 'Two `values` tables have the same id.',
    message: ({ id }: { id: string }) => `there are two \`values\` tables with the id \`${id}\``,
    help: () => 'give this one another id, or bring both together',
    example: {
      within: 'file',
      wrong: 'values severity { "High" <-> "Highest" }\nvalues severity { "Low" <-> "Lowest" }',
      right: 'values severity { "High" <-> "Highest" "Low" <-> "Lowest" }',
    },
  },
  'bad-id': {
    severity: 'error',
    summary: 'An id is made of ASCII letters, digits, `_` and `-`, at most 64.',
    message: ({ id, why }: { id: string; why: string } & Suggested) => `\`${id}\` cannot be an id: ${why}`,
    help: meant,
    example: {
      within: 'file',
      notation: 'yaml',
      wrong: 'values:\n  how grave: { pairs: { High: Highest } }',
      right: 'values:\n  how-grave: { pairs: { High: Highest } }',
    },
  },
  'hyphen-in-name': {
    severity: 'error',
    summary: 'API names, project keys and Jira field ids have no hyphen.',
    message: ({ name, what }: { name: string; what: string } & Suggested) =>
      `\`${name}\` is no ${what}: it has a hyphen`,
    help: meant,
    example: { wrong: 'show Account-Name', right: 'show Account.Name' },
  },
  'was-is-itself': {
    severity: 'error',
    summary: 'The id that an item had before differs from the one that it has.',
    message: ({ id }: { id: string }) => `the item is called \`${id}\` already, so \`was\` says nothing`,
    help: () => 'remove `was`, or name the id that the item had before',
    example: {
      within: 'file',
      wrong: 'item cases was cases "Cases" { salesforce Case jira SUP / "Incident" sync custom }',
      right: 'item cases was old-cases "Cases" { salesforce Case jira SUP / "Incident" sync custom }',
    },
  },

  // ── clauses and words ──
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
    example: { wrong: 'jira SUP, SUP\nsync display-only\nshow CaseNumber', right: displayOnly('jira SUP') },
  },
  'missing-issue-type': {
    severity: 'error',
    summary: 'A synchronized item names its issue type.',
    message: ({ mode }: { mode: string; project: string }) => `an item with \`sync ${mode}\` needs an issue type`,
    help: ({ project }) => `write it behind the project: \`jira ${project} / "…"\``,
    example: { wrong: 'jira SUP', right: 'jira SUP / "Incident"' },
  },

  // ── modes ──
  'wrong-arrow': {
    severity: 'error',
    summary: '`one-way` takes only `->` and `two-way` only `<->`.',
    message: ({ arrow, mode, right }: { arrow: string; mode: string; right: string }) =>
      `\`sync ${mode}\` takes only \`${right}\`, not \`${arrow}\``,
    help: ({ right }) => `write \`${right}\`, or make the item \`custom\`, where each mapping has an owner of its own`,
    example: {
      wrong: 'sync one-way\nfields { Subject <-> "Customer" }',
      right: 'sync one-way\nfields { Subject -> "Customer" }',
    },
  },
  'where-in-display-only': inDisplayOnly('`where` clause', neverWritten),
  'create-in-display-only': inDisplayOnly('`create` clause', 'it is linked by hand only'),
  'fields-in-display-only': inDisplayOnly(
    '`fields` block',
    'it writes nothing on either side; `show` names what it shows',
  ),
  'new-issue-in-display-only': inDisplayOnly('`new issue` block', 'it never creates an issue'),
  'status-in-display-only': inDisplayOnly('`status` clause', neverWritten),
  'rule-in-display-only': inDisplayOnly('`when` rule', 'it never moves an issue'),
  'otherwise-in-display-only': inDisplayOnly('`otherwise` clause', 'it never moves an issue'),
  'comments-in-display-only': inDisplayOnly('`comments` clause', neverWritten),
  'attachments-in-display-only': inDisplayOnly('`attachments` clause', neverWritten),
  'issue-type-in-display-only': inDisplayOnly('issue type', 'its cards show on every issue of its projects'),

  // ── mappings ──
  'path-needs-arrow-to-jira': {
    severity: 'error',
    summary: 'A field of a parent record is only read.',
    message: ({ path, arrow }: { path: string; arrow: string }) =>
      `\`${path}\` is a field of a parent record, so \`${arrow}\` cannot write it`,
    help: () => 'write `->`',
    example: { within: 'fields', wrong: 'Account.Name <-> "Customer"', right: 'Account.Name -> "Customer"' },
  },
  'template-needs-arrow-to-jira': {
    severity: 'error',
    summary: 'A template is only read.',
    message: ({ arrow }: { arrow: string }) =>
      `a template is put together from fields, so \`${arrow}\` cannot write it`,
    help: () => 'write `->`',
    example: { within: 'fields', wrong: '"{Account.Name}" <-> "Customer"', right: '"{Account.Name}" -> "Customer"' },
  },
  'read-only-target': {
    severity: 'error',
    summary: 'The field cannot be written.',
    message: ({ field, side }: { field: string; side: string; why: string; toJira: boolean }) =>
      `\`${field}\` cannot be written in ${side}`,
    reason: ({ why }) => why,
    help: ({ toJira }) => (toJira ? 'map it the other way, or leave it out' : 'let Salesforce own it: write `->`'),
    example: { within: 'fields', wrong: 'CaseNumber <- "Customer"', right: 'CaseNumber -> "Customer"' },
  },
  'status-in-fields': {
    severity: 'error',
    summary: 'A status is moved, not written.',
    message: (_: object) => 'a status is moved along the workflow, not written as a field',
    help: () => 'use a `status` clause or a rule: `when … move to …`',
    example: { wrong: 'fields { Status -> status }', right: 'status Status' },
  },
  'impossible-conversion': {
    severity: 'error',
    summary: 'A value of the one type can never be written to the other.',
    message: ({ from, to, fromType, toType }: { from: string; to: string; fromType: string; toType: string }) =>
      `\`${from}\` cannot be written to \`${to}\`: ${fromType} has no counterpart in ${toType}`,
    help: () => 'map a field of another type, or turn the arrow if only one direction is meant',
    example: {
      within: 'fields',
      wrong: 'Vip__c -> assignee or else skip',
      right: 'Owner.Email -> assignee or else skip',
    },
  },
  'fallible-conversion-needs-or-else': {
    severity: 'error',
    summary: 'The conversion can fail, so the mapping says what happens then.',
    message: ({ from, to }: { from: string; to: string; witness: string }) =>
      `not every value of \`${from}\` can be written to \`${to}\`, and the mapping does not say what happens then`,
    reason: ({ witness }) => witness,
    help: () => 'add `or else skip`, `or else keep`, `or else clear` or `or else "…"`',
    example: { within: 'fields', wrong: 'Owner.Email -> assignee', right: 'Owner.Email -> assignee or else skip' },
  },
  'lossy-conversion': {
    severity: 'warning',
    summary: 'Something of the value stays behind.',
    message: ({
      from,
      to,
      side,
      loss,
    }: {
      from: string;
      to: string;
      side: string;
      loss: string;
      both: boolean;
      shown?: string | undefined;
    }) => `${loss} of \`${from}\` is lost on the way to \`${to}\` in ${side}`,
    reason: ({ both, shown }) =>
      both
        ? shown === undefined
          ? 'an edit there comes back without it'
          : `${shown}, after an edit there`
        : undefined,
    help: () => 'map to a field of a type that holds all of it, or let one side own the value',
    example: { within: 'fields', wrong: 'Called__c -> duedate', right: 'Due__c -> duedate' },
  },
  'empty-into-required': {
    severity: 'warning',
    summary: 'The value can be empty, and the target cannot.',
    message: ({ from, to, side }: { from: string; to: string; side: string; creates: boolean }) =>
      `\`${from}\` can be empty, and \`${to}\` in ${side} cannot`,
    reason: ({ creates }) =>
      creates
        ? 'a record without a value gets no issue, and waits on the attention list'
        : 'an empty value waits on the attention list',
    help: () => 'say what is written instead: `or else "…"`',
    example: { within: 'fields', wrong: 'Subject -> summary', right: 'Subject -> summary or else "Case {CaseNumber}"' },
  },
  'too-long-for-target': {
    severity: 'warning',
    summary: 'The value can be longer than the target.',
    message: ({
      from,
      to,
      side,
      length,
      limit,
    }: {
      from: string;
      to: string;
      side: string;
      length: number;
      limit: number;
    }) => `\`${from}\` can hold ${length} characters, and \`${to}\` in ${side} takes ${limit}`,
    reason: ({ limit }) => `a value of ${limit + 1} characters is not written, and waits on the attention list`,
    help: ({ limit }) => `add \`cut at ${limit}\`, or say what happens: \`or else …\``,
    example: {
      within: 'fields',
      wrong: '"{Subject}, {Account.Name}" -> "Customer"',
      right: '"{Subject}, {Account.Name}" -> "Customer" cut at 255',
    },
  },
  'second-writer': {
    severity: 'error',
    summary: 'A field has one writer in an item.',
    message: ({ field, side }: { field: string; side: string }) =>
      `\`${field}\` in ${side} already has a writer in this item`,
    reason: () => 'the two would overwrite each other at every cycle',
    help: () => 'keep one of them',
    example: {
      within: 'fields',
      wrong: 'Subject -> "Customer"\nAccount.Name -> "Customer"',
      right: 'Account.Name -> "Customer"',
    },
  },
  'modifier-twice': {
    severity: 'error',
    summary: 'A modifier stands at most once on a mapping.',
    message: ({ modifier }: { modifier: string }) => `\`${modifier}\` stands twice on this mapping`,
    help: () => 'keep one of them',
    example: {
      within: 'fields',
      wrong: 'Subject -> "Customer" cut at 50 cut at 80',
      right: 'Subject -> "Customer" cut at 80',
    },
  },
  'two-tables': {
    severity: 'error',
    summary: 'A mapping has one table: named or its own.',
    message: (_: object) => 'this mapping has a table of its own and `by`',
    help: () => 'keep one of them',
    example: {
      within: 'file',
      wrong:
        'item cases "Cases" {\n  salesforce Case  jira SUP / "Incident"  sync custom\n  fields { Priority -> priority by severity { "Low" -> "Lowest" } }\n}\n\nvalues severity { "High" -> "Highest" otherwise keep }',
      right:
        'item cases "Cases" {\n  salesforce Case  jira SUP / "Incident"  sync custom\n  fields { Priority -> priority by severity }\n}\n\nvalues severity { "High" -> "Highest" otherwise keep }',
    },
  },
  'cut-at-below-one': {
    severity: 'error',
    summary: '`cut at` takes a whole number from 1.',
    message: ({ length }: { length: string }) => `\`cut at\` takes a whole number from 1, not \`${length}\``,
    example: { within: 'fields', wrong: 'Subject -> "Customer" cut at 0', right: 'Subject -> "Customer" cut at 80' },
  },
  'on-conflict-with-one-owner': {
    severity: 'error',
    summary: '`on conflict` needs a field that both sides own.',
    message: ({ arrow }: { arrow: string }) =>
      `\`on conflict\` says nothing under \`${arrow}\`: one side owns the field`,
    help: () => 'remove it, or write `<->`',
    example: {
      within: 'fields',
      wrong: 'Subject -> "Customer" on conflict hold',
      right: 'Subject <-> "Customer" on conflict hold',
    },
  },
  'text-needs-one-owner': {
    severity: 'error',
    summary: 'A text instead of a value needs a mapping with one owner.',
    message: (_: object) => 'under `<->` nobody could say which side this text is for',
    help: () => 'write `skip`, `keep` or `clear`, or let one side own the field',
    example: {
      within: 'fields',
      wrong: 'Subject <-> summary or else "no subject"',
      right: 'Subject -> summary or else "no subject"',
    },
  },
  'template-without-holes': {
    severity: 'warning',
    summary: 'A text on the left is a template, never a field.',
    message: ({ text }: { text: string; field?: string }) =>
      `\`${text}\` is written as it is: a text on the left is no field`,
    help: ({ field }) =>
      field === undefined
        ? 'set a constant in `new issue`, or fill in a field: `"… {Name}"`'
        : `write \`${field}\` without quotes for the field, or set a constant in \`new issue\``,
    example: { within: 'fields', wrong: '"Subject" -> "Customer"', right: 'Subject -> "Customer"' },
  },
  'braces-not-filled': {
    severity: 'warning',
    summary: 'Fields are filled in on the left of a mapping and after `or else` only.',
    message: ({ hole }: { hole: string }) => `\`${hole}\` is not filled in here`,
    reason: () => 'this text is taken as it is written',
    help: () => 'use a template on the left of a mapping',
    example: { wrong: 'new issue { Customer = "{Account.Name}" }', right: 'fields { "{Account.Name}" -> "Customer" }' },
  },
  'field-not-on-screen': {
    severity: 'warning',
    summary: "The field is not on the issue type's create screen.",
    message: ({ field, issueType }: { field: string; issueType: string }) =>
      `\`${field}\` is not on the create screen of \`${issueType}\``,
    reason: () => 'Jira refuses a field that is not on the screen',
    help: () => 'add the field to the screen, or leave the mapping out',
    example: { within: 'fields', wrong: 'Origin -> "Team"', right: 'Origin -> "Channel"' },
  },
  'required-jira-field-not-mapped': {
    severity: 'warning',
    summary: 'A new issue needs a field that nothing maps or sets.',
    message: ({ fields, issueType }: { fields: readonly string[]; issueType: string }) =>
      `new issues of \`${issueType}\` need ${listed(fields)}, and nothing gives ${fields.length === 1 ? 'it' : 'them'} a value`,
    reason: () => 'Jira refuses to create an issue without it',
    help: () => 'map a Salesforce field with `->`, or set a constant in `new issue`',
    example: {
      wrong: 'create all\nfields { Origin -> "Channel" }',
      right: 'create all\nfields { Subject -> summary or else "Case {CaseNumber}" }',
    },
  },
  'setting-does-not-fit': {
    severity: 'error',
    summary: 'The Jira field does not take this value.',
    message: ({ field }: { field: string; why: string }) => `\`${field}\` does not take this value`,
    reason: ({ why }) => why,
    example: { wrong: 'new issue { duedate = "soon" }', right: 'new issue { duedate = 2026-01-31 }' },
  },

  'comes-back-changed': {
    severity: 'warning',
    summary: 'A value does not survive the way there and back.',
    message: ({ field, other }: Round) => `a value of \`${field}\` comes back changed from \`${other}\``,
    reason: ({ first, across, last, edited }) =>
      `\`${first}\` becomes \`${across}\` there, and ${edited ? 'after an edit it ' : ''}comes back as \`${last}\``,
    help: () => 'let one side own the field, or map fields that hold the same values',
    example: {
      within: 'fields',
      wrong: 'Subject <-> "Customer" cut at 20',
      right: 'Subject -> "Customer" cut at 20',
    },
  },
  'comes-back-as-other-row': {
    severity: 'hint',
    summary: 'A row in one direction only makes a value come back as another one.',
    message: ({ field, first, last }: Round) => `\`${first}\` of \`${field}\` comes back as \`${last}\``,
    reason: ({ first, across, last }) =>
      `\`${first}\` becomes \`${across}\` there, and after an edit \`${across}\` comes back as \`${last}\``,
    help: () => 'give each value a counterpart of its own, or let one side own the field',
    example: {
      within: 'fields',
      wrong: 'Priority <-> priority { "High" <-> "High" "Medium" -> "High" "Low" <-> "Low" otherwise keep }',
      right: 'Priority <-> priority { "High" <-> "High" "Medium" <-> "Medium" "Low" <-> "Low" otherwise keep }',
    },
  },
  'circle-changes-value': {
    severity: 'error',
    summary: 'Mappings form a circle that never comes to rest.',
    message: ({ field }: { field: string; stops: readonly string[] }) =>
      `the value of \`${field}\` goes in a circle and comes back changed`,
    reason: ({ stops }: { stops: readonly string[] }) =>
      `\`${stops[0]}\` becomes ${stops
        .slice(1)
        .map(stop => `\`${stop}\``)
        .join(', then ')}, and so on at every cycle`,
    help: () => 'leave one of these mappings out, or let it write another field',
    example: {
      within: 'fields',
      wrong: '"{Subject} (Case)" -> "Customer"\nSubject <- "Customer"',
      right: '"{Subject} (Case)" -> "Customer"',
    },
  },

  // ── tables ──
  'two-way-table-not-reversible': {
    severity: 'error',
    summary: 'A value stands in one `<->` row at most.',
    message: ({ value }: { value: string; others: readonly string[] }) => `\`${value}\` stands on two \`<->\` rows`,
    reason: ({ value, others }) => `on the way back \`${value}\` would have to become both ${listed(others)}`,
    help: () => 'make all but one of these rows `->` or `<-`',
    example: {
      within: 'file',
      wrong: 'values severity {\n  "High"     <-> "Highest"\n  "Critical" <-> "Highest"\n}',
      right: 'values severity {\n  "High"     <-> "Highest"\n  "Critical"  -> "Highest"\n}',
    },
  },
  'row-twice': {
    severity: 'error',
    summary: 'In one direction a value occurs once.',
    message: ({ value, side }: { value: string; side: string }) => `\`${value}\` has two rows towards ${side}`,
    help: () => 'keep one of them',
    example: {
      within: 'file',
      wrong: 'values severity {\n  "High" -> "Highest"\n  "High" -> "High"\n}',
      right: 'values severity {\n  "High" -> "Highest"\n}',
    },
  },
  'second-table-otherwise': {
    severity: 'error',
    summary: 'A table has one `otherwise` at most.',
    message: (_: object) => 'this table has two `otherwise` rows',
    help: () => 'keep one of them',
    example: {
      within: 'file',
      wrong: 'values severity {\n  "High" -> "Highest"\n  otherwise keep\n  otherwise skip\n}',
      right: 'values severity {\n  "High" -> "Highest"\n  otherwise keep\n}',
    },
  },
  'table-value-not-covered': {
    severity: 'warning',
    summary: 'A value that can occur has no row.',
    message: ({ field, values }: { field: string; values: readonly string[]; side: string }) =>
      `the table has no row for ${listed(values)} of \`${field}\``,
    reason: ({ side }) => `such a value does not reach ${side}, and is recorded`,
    help: () => 'add a row, or say what happens to other values: `otherwise keep`',
    example: {
      within: 'fields',
      wrong: 'Priority -> priority { "High" -> "Highest" "Low" -> "Low" }',
      right: 'Priority -> priority { "High" -> "Highest" "Low" -> "Low" otherwise keep }',
    },
  },
  'fallback-in-status': {
    severity: 'error',
    summary: 'A status cannot be emptied or set to a text instead.',
    message: (_: object) => 'in a status table `otherwise` is `skip` or `keep`',
    example: {
      wrong: 'status Status { "New" <-> "To Do" otherwise clear }',
      right: 'status Status { "New" <-> "To Do" otherwise keep }',
    },
  },

  // ── conditions and rules ──
  'mixed-and-or': {
    severity: 'error',
    summary: '`and` beside `or` needs brackets.',
    message: (_: object) => '`and` beside `or` needs brackets',
    reason: () => 'readers do not agree on which of the two wins',
    help: () => 'put brackets around what belongs together',
    example: {
      wrong: 'where Origin is "Web" or Vip__c is true and Priority is "High"',
      right: 'where Origin is "Web" or (Vip__c is true and Priority is "High")',
    },
  },
  'wrong-literal': {
    severity: 'error',
    summary: 'The value is not of the type of its field.',
    message: ({ written, field, due }: { written: string; field: string; due: string }) =>
      `\`${field}\` takes ${due}, not ${written}`,
    example: { wrong: 'where Score__c is at least "10"', right: 'where Score__c is at least 10' },
  },
  'comparison-does-not-fit': {
    severity: 'error',
    summary: 'The type of the field has no such comparison.',
    message: ({ field, comparison, type }: { field: string; comparison: string; type: string }) =>
      `\`${field}\` is ${type} and cannot be compared with \`${comparison}\``,
    example: { wrong: 'where Subject is before 2026-01-01', right: 'where Due__c is before 2026-01-01' },
  },
  'formula-in-condition': {
    severity: 'hint',
    summary: 'A change of a formula field alone is seen at the daily sweep.',
    message: ({ field }: { field: string }) =>
      `\`${field}\` is a formula, so a change of its value alone is not seen at once`,
    reason: () => 'it is read when the record changes, or at the daily sweep',
    example: { wrong: 'where Total__c is at least 5', right: 'where Score__c is at least 5' },
  },
  'rule-without-otherwise': {
    severity: 'error',
    summary: 'A rule says what happens when no condition holds.',
    message: (_: object) => 'this rule has no `otherwise`',
    help: () => 'add `otherwise move to "…"` or `otherwise leave` behind the last `when`',
    example: {
      wrong: 'when Account.Rating is "Hot" move to "Done"',
      right: 'when Account.Rating is "Hot" move to "Done"\notherwise leave',
    },
  },
  'second-otherwise': {
    severity: 'error',
    summary: 'A rule has one `otherwise`.',
    message: (_: object) => 'this item has a second `otherwise`',
    help: () => 'keep one of them',
    example: {
      wrong: 'when Account.Rating is "Hot" move to "Done"\notherwise leave\notherwise move to "To Do"',
      right: 'when Account.Rating is "Hot" move to "Done"\notherwise move to "To Do"',
    },
  },
  'otherwise-without-rule': {
    severity: 'error',
    summary: '`otherwise` belongs to a `when`.',
    message: (_: object) => '`otherwise` stands here without a `when`',
    help: () => 'add `when … move to "…"` before it, or remove it',
    example: {
      wrong: 'otherwise move to "To Do"',
      right: 'when Account.Rating is "Hot" move to "Done"\notherwise move to "To Do"',
    },
  },
  'rule-after-otherwise': {
    severity: 'error',
    summary: '`otherwise` stands behind the last `when`.',
    message: (_: object) => 'this `when` stands behind `otherwise`',
    reason: () => 'rules count in the order of writing, and `otherwise` ends them',
    help: () => 'move it before `otherwise`',
    example: {
      wrong:
        'when Account.Rating is "Hot" move to "Done"\notherwise leave\nwhen Priority is "High" move to "In Progress"',
      right:
        'when Account.Rating is "Hot" move to "Done"\nwhen Priority is "High" move to "In Progress"\notherwise leave',
    },
  },
  'create-matching-without-rule': {
    severity: 'error',
    summary: '`create matching` needs a rule to match.',
    message: (_: object) => '`create matching` needs a `when`: there is no rule that a record could match',
    help: () => 'add `when … move to "…"`, or write `create all`',
    example: {
      wrong: 'create matching',
      right: 'create matching\nwhen Account.Rating is "Hot" move to "Done"\notherwise leave',
    },
  },
  'since-with-off': {
    severity: 'error',
    summary: '`since` goes with `create matching` and `create all`.',
    message: (_: object) => '`create off` creates nothing, so `since` says nothing',
    help: () => 'remove `since`',
    example: { wrong: 'create off since 2026-01-01', right: 'create all since 2026-01-01' },
  },

  'where-never-true': {
    severity: 'warning',
    summary: 'No record meets the `where`.',
    message: (_: object) => 'no record meets this `where`, so the item sees none',
    reason: ({ core }: { core: readonly string[] }) => contradiction(core),
    help: () => 'did you mean `or`, or `is one of`?',
    example: { wrong: 'where Origin is "Web" and Origin is "Phone"', right: 'where Origin is one of "Web", "Phone"' },
  },
  'rule-never-true': {
    severity: 'warning',
    summary: 'No record that the item sees meets the `when`.',
    message: (_: object) => 'no record that this item sees meets this `when`',
    reason: ({ core }: { core: readonly string[] }) => contradiction(core),
    help: () => 'remove it, or change the `where`',
    example: {
      wrong: 'where Origin is "Web"\nwhen Origin is "Phone" move to "Done"\notherwise leave',
      right: 'where Origin is "Web"\nwhen Vip__c is true move to "Done"\notherwise leave',
    },
  },
  'rule-always-true': {
    severity: 'warning',
    summary: 'Every record that the item sees meets the `when`.',
    message: (_: object) => 'every record that this item sees meets this `when`, so nothing behind it ever decides',
    reason: ({ byWhere }: { byWhere: boolean }) =>
      byWhere ? 'the `where` lets no other record through' : 'it says something of every value that there is',
    help: () => 'make it `otherwise`, or ask for less',
    example: {
      wrong: 'when Origin is "Web" or Origin is not "Web" move to "Done"\notherwise leave',
      right: 'when Origin is "Web" move to "Done"\notherwise leave',
    },
  },
  'rule-shadowed': {
    severity: 'warning',
    summary: 'A `when` before it takes every record that would meet it.',
    message: (_: object) => 'no record gets as far as this `when`',
    reason: ({ lines }: { lines: readonly number[] }) =>
      `every record that meets it meets the \`when\` of line ${lines.join(' or ')} first`,
    help: () => 'put the narrower condition first, or remove this one',
    example: {
      wrong: 'when Origin is not empty move to "To Do"\nwhen Origin is "Web" move to "Done"\notherwise leave',
      right: 'when Origin is "Web" move to "Done"\nwhen Origin is not empty move to "To Do"\notherwise leave',
    },
  },
  'rule-not-exhaustive': {
    severity: 'hint',
    summary: 'Values of a picklist that no `when` names.',
    message: ({ field, values }: { field: string; values: readonly string[] }) =>
      `no \`when\` names ${listed(values)} of \`${field}\``,
    reason: () => 'such a record falls to `otherwise`',
    example: {
      wrong: 'when Origin is "Web" move to "Done"\nwhen Origin is "Phone" move to "To Do"\notherwise leave',
      right:
        'when Origin is "Web" move to "Done"\nwhen Origin is one of "Phone", "Email" move to "To Do"\notherwise leave',
    },
  },

  // ── status ──
  'no-status-field': {
    severity: 'error',
    summary: 'The object has no field that status sync could work on.',
    message: ({ object }: { object: string }) =>
      `\`${object}\` has no status-like field, so its status cannot be synchronized`,
    help: () => 'remove the `status` clause; a rule can still move the issue: `when … move to …`',
    example: { wrong: 'salesforce Account\nstatus Rating', right: 'salesforce Case\nstatus Status' },
  },
  'not-the-status-field': {
    severity: 'error',
    summary: "Status sync works on the object's status-like field.",
    message: ({ field, object }: { field: string; object: string } & Suggested) =>
      `\`${field}\` is not the field that holds the status of a \`${object}\``,
    help: meant,
    example: { wrong: 'status Priority', right: 'status Status' },
  },
  'status-matches': {
    severity: 'hint',
    summary: 'Statuses that are paired by closest safe match.',
    message: ({ pairs }: { pairs: readonly string[]; unmatched: readonly string[] }) =>
      pairs.length === 0 ? 'no further statuses are alike' : `paired by closest match: ${pairs.join(', ')}`,
    reason: ({ unmatched }) => (unmatched.length === 0 ? undefined : `not synchronized: ${unmatched.join(', ')}`),
    help: () => 'a row in the table decides otherwise; `otherwise keep` switches matching off',
    example: { wrong: 'status Status', right: 'status Status { "New" <-> "To Do" otherwise keep }' },
  },
  'status-off-by-rule': {
    severity: 'hint',
    summary: 'A rule switches status sync off for its item.',
    message: (_: object) => 'the rule of this item decides the status, so status sync is off, in both directions',
    example: {
      wrong: 'status Status\nwhen Account.Rating is "Hot" move to "Done"\notherwise leave',
      right: 'when Account.Rating is "Hot" move to "Done"\notherwise leave',
    },
  },

  'unreachable-status': {
    severity: 'warning',
    summary: 'One transition does not reach the status from everywhere.',
    message: ({ name, from, any }: { name: string; from: readonly string[]; any: boolean; issueType: string }) =>
      any
        ? `no transition leads from ${listed(from, 'or')} to \`${name}\``
        : `no transition leads to \`${name}\`, from any status`,
    reason: ({ any, issueType }) =>
      any
        ? `a move takes one transition of the workflow of \`${issueType}\`; an issue that stands there stays, and is shown as blocked`
        : `a move takes one transition of the workflow of \`${issueType}\`, and an issue that should go there stays where it is`,
    help: () => 'add a transition to the workflow, or move to a status that it leads to',
    example: {
      wrong: 'when Vip__c is true move to "Done"\notherwise move to "In Progress"',
      right: 'when Vip__c is true move to "Done"\notherwise move to "To Do"',
    },
  },
  'transitions-not-known': {
    severity: 'hint',
    summary: 'The metadata does not say which statuses lead to which.',
    message: ({ name, issueType }: { name: string; issueType: string }) =>
      `\`${name}\` exists in the workflow of \`${issueType}\`; whether one transition reaches it was not checked`,
    reason: () => 'the metadata was read without the right to see the transitions of workflows',
    help: () => 'run `bridge pull` as a Jira administrator to have them checked',
  },

  // ── across items, tests ──
  overlap: {
    severity: 'warning',
    summary: 'Two items create an issue for the same record.',
    message: ({ item }: { item: string; record: string }) => `a record can get two issues: \`${item}\` creates one too`,
    reason: ({ record }) => `${record} meets the conditions of both`,
    help: () => 'let the conditions exclude each other, or let only one of the two create',
    example: {
      within: 'file',
      wrong: twoItems('where Origin is not "Web"\n  create all', 'where Origin is not "Phone"\n  create all'),
      right: twoItems('where Origin is not "Web"\n  create all', 'where Origin is "Web"\n  create all'),
    },
  },
  'shared-salesforce-field': {
    severity: 'warning',
    summary: 'Two items write the same Salesforce field of one record.',
    message: ({ field, item }: { field: string; item: string; record: string }) =>
      `\`${field}\` is also written by the item \`${item}\``,
    reason: ({ record }) => `${record} is seen by both; linked by both, it gets the value of the issue that ran last`,
    help: () => 'let the `where` of the two exclude each other, or let Salesforce own the field in one of them',
    example: {
      within: 'file',
      wrong: twoItems('fields { Due__c <- duedate }', 'fields { Due__c <- duedate }'),
      right: twoItems('fields { Due__c <- duedate }', 'fields { Due__c -> duedate }'),
    },
  },
  'too-many-to-compare': {
    severity: 'hint',
    summary: 'So many items share an object that not all pairs were compared.',
    message: ({ object, items }: { object: string; items: number }) =>
      `whether this item shares records with others was not looked into: ${items} items work on \`${object}\``,
    reason: () => 'nothing in their conditions tells them apart at a glance',
    help: () => 'ask one picklist for a value in each `where`',
  },
  'shared-jira-field': {
    severity: 'hint',
    summary: 'Items of one issue type write the same Jira field.',
    message: ({ field, item }: { field: string; item: string }) =>
      `\`${field}\` is also written by the item \`${item}\``,
    reason: () => 'an issue that is linked by both gets the value of the one that ran last',
    example: {
      within: 'file',
      wrong:
        'item cases "Cases" {\n  salesforce Case  jira SUP / "Incident"  sync custom\n  fields { Origin -> "Channel" }\n}\nitem accounts "Accounts" {\n  salesforce Account  jira SUP / "Incident"  sync custom\n  fields { Type -> "Channel" }\n}',
      right:
        'item cases "Cases" {\n  salesforce Case  jira SUP / "Incident"  sync custom\n  fields { Origin -> "Channel" }\n}\nitem accounts "Accounts" {\n  salesforce Account  jira SUP / "Task"  sync custom\n  fields { Type -> "Channel" }\n}',
    },
  },
  'time-goes-back': {
    severity: 'error',
    summary: 'The steps of a test stand in the order of time.',
    message: ({ at, before }: { at: string; before: string }) =>
      `\`${at}\` lies before \`${before}\` of an earlier step`,
    help: () => 'times count from the start of the test and never go back',
    example: {
      within: 'test',
      wrong: 'at 10m salesforce Subject = "Old"\nat 5m  cycle',
      right: 'at 5m  salesforce Subject = "Old"\nat 10m cycle',
    },
  },
});

export type CompilerCode = keyof typeof compilerDiagnostics.table;
