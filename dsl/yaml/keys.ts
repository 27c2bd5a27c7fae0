/** The keys of the YAML notation, by the map that they stand in. The reader, the writer and the schema share them. */

const table = ['pairs', 'toJira', 'toSalesforce', 'otherwise'] as const;
const operators = [
  ...['is', 'isNot', 'isOneOf', 'isNotOneOf', 'isAtLeast', 'isAtMost', 'isBefore', 'isAfter'],
  ...['contains', 'startsWith', 'isEmpty', 'isNotEmpty'],
] as const;

export const keys = {
  program: ['items', 'values', 'tests'],
  item: [
    ...['name', 'was', 'salesforce', 'where', 'jira', 'sync', 'create', 'fields', 'newIssue', 'status', 'rules'],
    ...['comments', 'attachments', 'associations', 'show'],
  ],
  jira: ['project', 'projects', 'issueType'],
  create: ['records', 'since'],
  mapping: ['salesforce', 'template', 'jira', 'owner', 'by', 'cutAt', 'orElse', 'onConflict'],
  text: ['text'],
  table,
  status: ['field', 'by', ...table],
  rule: ['when', 'moveTo', 'otherwise'],
  move: ['moveTo'],
  comments: ['internal', 'published'],
  operators,
  condition: ['all', 'any', 'not', 'field', ...operators],
  test: ['name', 'item', 'steps'],
  step: ['at', 'salesforce', 'jira', 'cycle', 'expect'],
  expect: ['created', 'jira', 'salesforce', 'writes'],
  writes: ['salesforce', 'jira'],
} as const;
