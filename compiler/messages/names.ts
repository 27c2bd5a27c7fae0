/** Names that lead nowhere, and ids. */
import { family } from '../../dsl/diagnostic.ts';
import { listed, meant, type Suggested } from './phrases.ts';

const newOnes = 'and a new one is known once the metadata is read again';

export const names = family({
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
    help: holes => meant(holes) ?? `fields go by their API name, ${newOnes}`,
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
    message: ({ name }: { name: string; known: readonly string[] } & Suggested) =>
      `the site has no project with the key \`${name}\``,
    help: ({ known, ...holes }) =>
      meant(holes) ??
      (known.length === 0
        ? `projects go by their key, ${newOnes}`
        : `the projects that are known are ${listed(known)}; ${newOnes.replace(/^and /, '')}`),
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
    help: holes => meant(holes) ?? `fields go by their id or name, ${newOnes}`,
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
    reason: ({ label, value, near }) =>
      label ? `\`${value}\` is what people see; the value behind it is ${listed(near)}` : undefined,
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
    message: ({ name }: { name: string; alone: boolean } & Suggested) => `there is no item \`${name}\``,
    help: holes =>
      meant(holes) ??
      (holes.alone
        ? 'these files have no item at all: name them together with the file or folder that has it'
        : undefined),
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
  'was-is-taken': {
    severity: 'error',
    summary: 'The id that an item had before belongs to another item.',
    message: ({ id, still }: { id: string; still: boolean }) =>
      still ? `there still is an item \`${id}\`` : `another item was called \`${id}\` before`,
    reason: () => 'the links of an id can go to one item only',
    help: ({ still }) => (still ? 'remove that item, or `was`' : 'leave `was` to one of the two'),
    example: {
      within: 'file',
      wrong:
        'item cases "Cases" { salesforce Case jira SUP / "Incident" sync custom }\nitem support was cases "Support" { salesforce Case jira SUP / "Task" sync custom }',
      right: 'item support was cases "Support" { salesforce Case jira SUP / "Task" sync custom }',
    },
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
});
