/** Mappings, their modifiers and their targets. */
import { family } from '../../dsl/diagnostic.ts';
import { listed } from './phrases.ts';

export const mappings = family({
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
    message: ({ field, side }: { field: string; side: string; why: string; toJira: boolean; status?: boolean }) =>
      `\`${field}\` cannot be written in ${side}`,
    reason: ({ why }) => why,
    help: ({ toJira, status }) =>
      status
        ? 'give the integration user the right to edit it, or leave the `status` clause out'
        : toJira
          ? 'map it the other way, or leave it out'
          : 'let Salesforce own it: write `->`',
    example: { within: 'fields', wrong: 'CaseNumber <- "Customer"', right: 'CaseNumber -> "Customer"' },
  },
  'status-in-fields': {
    severity: 'error',
    summary: 'A status is moved, not written.',
    message: (_: object) => 'a status is moved along the workflow, not written as a field',
    help: () => 'use a `status` clause or a rule: `when … move to …`',
    example: { wrong: 'fields { Status -> status }', right: 'status Status' },
  },
  'second-writer': {
    severity: 'error',
    summary: 'A field has one writer in an item.',
    message: ({ field, side }: { field: string; side: string; once: boolean }) =>
      `\`${field}\` in ${side} already has a writer in this item`,
    reason: ({ once }) =>
      once
        ? 'a new issue would get the value of the one or of the other'
        : 'the two would overwrite each other at every cycle',
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
    message: ({ hole }: { hole: string; inTest: boolean }) => `\`${hole}\` is not filled in here`,
    reason: () => 'this text is taken as it is written',
    help: ({ inTest }) =>
      inTest ? 'write the text that it becomes for this record' : 'use a template on the left of a mapping',
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
    reason: ({ fields }) => `Jira refuses to create an issue without ${fields.length === 1 ? 'it' : 'them'}`,
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
});
