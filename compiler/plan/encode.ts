/**
 * The plan as text and back. Encoding sorts keys, so that equal plans are equal bytes; decoding validates
 * every node and names what is wrong, since a stored plan decides what is written to two systems.
 */
import * as s from '../shape.ts';
import { type Plan, planVersion } from './ir.ts';

export function encodePlan(plan: Plan): string {
  return textOf(plan);
}

/** An older engine's plan: whole, but its program has to be compiled again. */
export class OlderPlan extends Error {}

/** Throws an error that names what is wrong. */
export function decodePlan(text: string): Plan {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('the plan is not JSON');
  }
  const version = typeof value === 'object' && value !== null ? (value as { version?: unknown }).version : undefined;
  if (typeof version === 'number' && version > planVersion)
    throw new Error(
      `the plan is of version ${version}, and this engine runs version ${planVersion}: a newer version of the app made it, so deploy that one again`,
    );
  if (version !== planVersion) {
    const found = typeof version === 'number' ? `of version ${version}` : 'without a version';
    throw new OlderPlan(`the plan is ${found}, and this engine runs version ${planVersion}: save the program again`);
  }
  const problem = s.problemOf(plan, value);
  if (problem !== undefined) throw new Error(`the plan is damaged: ${problem}`);
  return value as Plan;
}

/** `JSON.stringify` with sorted keys, at the price of the plain one: a replacer that sorts makes it twice as long. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  let text = '';
  if (Array.isArray(value)) {
    for (const part of value) text += text === '' ? textOf(part) : `,${textOf(part)}`;
    return `[${text}]`;
  }
  for (const key of Object.keys(value).sort()) {
    const part = (value as Readonly<Record<string, unknown>>)[key];
    if (part === undefined) continue;
    const name = plain.test(key) ? `"${key}":` : `${JSON.stringify(key)}:`;
    text += text === '' ? name + textOf(part) : `,${name}${textOf(part)}`;
  }
  return `{${text}}`;
}
const plain = /^\w+$/;

// ── the plan's shape ────────────────────────────────────────────────────────────────────────────

const origin = s.object({ file: s.text, line: s.whole, column: s.whole });
const field = s.object({
  path: s.list(s.text, 1),
  label: s.text,
  type: s.oneOf(
    ...['id', 'reference', 'string', 'textarea', 'rich-textarea', 'picklist', 'multipicklist', 'combobox', 'boolean'],
    ...['int', 'double', 'currency', 'percent', 'date', 'datetime', 'time', 'phone', 'email', 'url'],
    ...['encryptedstring', 'address', 'location', 'base64', 'anytype'],
  ),
  length: s.optional(s.whole),
  nillable: s.boolean,
  filterable: s.boolean,
});
const jiraField = s.object({
  id: s.text,
  name: s.text,
  type: s.oneOf(
    ...['text', 'rich-text', 'number', 'date', 'datetime', 'option', 'options', 'cascading-option', 'priority'],
    ...[
      'user',
      'users',
      'group',
      'groups',
      'labels',
      'components',
      'versions',
      'version',
      'url',
      'project',
      'parent',
      'named',
      'other',
    ],
  ),
  required: s.boolean,
  length: s.optional(s.whole),
});
const templatePart = s.union('kind', {
  literal: s.object({ kind: s.text, value: s.text }),
  field: s.object({ kind: s.text, field }),
});
const action = s.object({ kind: s.text });
const fallback = s.union('kind', {
  skip: action,
  keep: action,
  clear: action,
  text: s.object({ kind: s.text, parts: s.list(templatePart) }),
});
const condition: s.Check = value => anyCondition(value);
const several = s.object({ kind: s.text, of: s.list(condition) });
const anyCondition = s.union('kind', {
  all: several,
  any: several,
  not: s.object({ kind: s.text, of: condition }),
  compare: s.object({
    kind: s.text,
    field,
    comparison: s.oneOf(
      ...['is', 'is-not', 'is-at-least', 'is-at-most', 'is-before', 'is-after', 'contains', 'starts-with'],
    ),
    value: s.scalar,
  }),
  'one-of': s.object({ kind: s.text, field, negated: s.boolean, values: s.list(s.scalar) }),
  'is-empty': s.object({ kind: s.text, field, negated: s.boolean }),
});
const tableRow = s.object({ from: s.scalar, to: s.scalar, origin });
const mapping = s.object({
  id: s.text,
  owner: s.oneOf('salesforce', 'jira', 'both'),
  source: s.union('kind', {
    field: s.object({ kind: s.text, field }),
    template: s.object({ kind: s.text, parts: s.list(templatePart) }),
  }),
  target: jiraField,
  toJira: s.optional(s.text),
  toSalesforce: s.optional(s.text),
  table: s.optional(
    s.object({ toJira: s.list(tableRow), toSalesforce: s.list(tableRow), otherwise: s.optional(fallback) }),
  ),
  cutAt: s.optional(s.whole),
  orElse: s.optional(fallback),
  onConflict: s.oneOf('latest', 'salesforce', 'jira', 'hold'),
  origin,
});
const statusRow = s.object({ from: s.text, to: s.text, by: s.oneOf('row', 'match'), origin });
const status = s.object({ id: s.text, name: s.text });
const item = s.object({
  id: s.text,
  was: s.optional(s.text),
  name: s.text,
  origin,
  mode: s.oneOf('display-only', 'one-way', 'two-way', 'custom'),
  salesforce: s.object({ object: s.text, label: s.text, keyPrefix: s.nullable(s.text), reads: s.list(field) }),
  jira: s.object({
    projects: s.list(s.object({ id: s.text, key: s.text }), 1),
    issueType: s.optional(s.object({ id: s.text, name: s.text })),
  }),
  where: s.optional(condition),
  create: s.object({
    records: s.oneOf('off', 'matching', 'all'),
    since: s.optional(s.text),
    origin: s.optional(origin),
  }),
  mappings: s.list(mapping),
  newIssue: s.list(s.object({ target: jiraField, value: s.any, origin })),
  status: s.optional(
    s.object({
      field,
      toJira: s.list(statusRow),
      toSalesforce: s.list(statusRow),
      otherwise: s.optional(s.oneOf('skip', 'keep')),
      origin,
    }),
  ),
  rules: s.optional(
    s.object({
      branches: s.list(s.object({ when: condition, moveTo: status, origin }), 1),
      otherwise: s.object({ moveTo: s.optional(status), origin }),
    }),
  ),
  comments: s.object({ on: s.boolean, internal: s.boolean, published: s.boolean, origin: s.optional(origin) }),
  attachments: s.boolean,
  attachmentsClause: s.optional(s.object({ origin })),
  associations: s.boolean,
  show: s.list(field),
});
const guard = s.object({ links: s.optional(s.whole), share: s.optional(s.whole), newIssues: s.optional(s.whole) });
const plan = s.object({ version: s.whole, items: s.list(item), guard: s.optional(guard) });
