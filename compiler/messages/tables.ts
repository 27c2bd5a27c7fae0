/** Value tables. */
import { family } from '../../dsl/diagnostic.ts';
import { listed } from './phrases.ts';

export const tables = family({
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
      values.length === 0
        ? `the table has rows for some values of \`${field}\` only`
        : `the table has no row for ${listed(values)} of \`${field}\``,
    reason: ({ values, side }) =>
      `${values.length === 0 ? 'any other one' : 'such a value'} does not reach ${side}, and is recorded`,
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
});
