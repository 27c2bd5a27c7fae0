/** What Bridge writes on one line: names, texts, values, conditions, modifiers. Pure, and without comments. */
import type * as ast from '../ast.ts';
import { present, unprintable } from './unprintable.ts';

// ── names and texts ─────────────────────────────────────────────────────────────────────────────

const WORD = /^[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*$/;
/** A Jira field of this shape is an id, and stands without quotes. */
const ID = /^[a-z][A-Za-z0-9_]*$/;

export function name(node: ast.Name | ast.Missing): string {
  const { text } = present(node);
  if (!WORD.test(text)) unprintable(node, `\`${text}\` is not a name`);
  return text;
}

const PLAIN = /^[^"\\\p{Cc}]*$/u;
const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\t': '\\t' };

export function quoted(value: string): string {
  if (PLAIN.test(value)) return `"${value}"`;
  const escaped = value.replace(/["\\\p{Cc}]/gu, char => ESCAPES[char] ?? `\\u{${char.charCodeAt(0).toString(16)}}`);
  return `"${escaped}"`;
}

export const text = (node: ast.Text | ast.Missing): string => quoted(present(node).value);

export const jiraField = (node: ast.JiraField | ast.Missing): string => {
  const { name: written } = present(node);
  return ID.test(written) ? written : quoted(written);
};

export const path = (node: ast.Path | ast.Missing): string => {
  const { segments } = present(node);
  return segments.length === 1 ? name(segments[0]!) : segments.map(name).join('.');
};

// ── values ──────────────────────────────────────────────────────────────────────────────────────

export function literal(node: ast.Literal | ast.Missing): string {
  const found = present(node);
  switch (found.kind) {
    case 'text':
      return quoted(found.value);
    case 'number':
      return found.raw;
    case 'boolean':
      if (found.raw !== 'true' && found.raw !== 'false') {
        unprintable(found, `\`${found.raw}\` is \`true\` or \`false\` in small letters there, or a text in quotes`);
      }
      return found.raw;
    default:
      return found.value;
  }
}

export const literals = (nodes: readonly (ast.Literal | ast.Missing)[]): string => nodes.map(literal).join(', ');

export function value(node: ast.Value | ast.Missing): string {
  const found = present(node);
  if (found.kind === 'empty') return 'empty';
  return found.kind === 'list' ? `[${literals(found.values)}]` : literal(found);
}

/** A path in a test may be no name at all; then it was written in quotes. */
export function assigned(field: ast.Assignment['field']): string {
  const found = present(field);
  if (found.kind === 'jira-field') return jiraField(found);
  const [only, ...more] = found.segments;
  return more.length === 0 && !WORD.test(only!.text) ? quoted(only!.text) : path(found);
}

export const assignment = (node: ast.Assignment): string => `${assigned(node.field)} = ${value(node.value)}`;

// ── conditions ──────────────────────────────────────────────────────────────────────────────────

const COMPARISONS: Readonly<Record<ast.Comparison, string>> = {
  is: 'is',
  'is-not': 'is not',
  'is-at-least': 'is at least',
  'is-at-most': 'is at most',
  'is-before': 'is before',
  'is-after': 'is after',
  contains: 'contains',
  'starts-with': 'starts with',
};

export const conditionPath = (node: ast.Path | ast.Missing): string => {
  const written = path(node);
  if (written === 'not' || written.startsWith('not.')) unprintable(node, 'a condition cannot begin with a field `not`');
  return written;
};

export const oneOf = (node: ast.OneOfCondition): string =>
  `${conditionPath(node.path)} is ${node.negated ? 'not ' : ''}one of`;

export function condition(node: ast.Condition): string {
  switch (node.kind) {
    case 'all':
    case 'any':
      return node.of.map(part => operand(part, node)).join(node.kind === 'all' ? ' and ' : ' or ');
    case 'not':
      return `not ${operand(node.of, node)}`;
    case 'compare':
      return `${conditionPath(node.path)} ${COMPARISONS[node.comparison]} ${literal(node.value)}`;
    case 'is-empty':
      return `${conditionPath(node.path)} is ${node.negated ? 'not ' : ''}empty`;
    case 'one-of':
      return `${oneOf(node)} ${literals(node.values)}`;
    case 'missing':
      return present(node);
  }
}

const isGroup = (node: ast.Condition): boolean => node.kind === 'all' || node.kind === 'any';

/** `and` next to `or` without brackets is wrong, but it is what was written: the tree knows, and so it stays. */
export const needsBrackets = (part: ast.Condition, of: ast.Condition): boolean =>
  isGroup(part) && !(of.kind === 'any' && of.mixed && part.kind === 'all');

const operand = (part: ast.Condition, of: ast.Condition): string =>
  needsBrackets(part, of) ? `(${condition(part)})` : condition(part);

// ── tables and modifiers ────────────────────────────────────────────────────────────────────────

export function fallback({ action }: ast.Fallback): string {
  const found = present(action);
  return found.kind === 'name' ? name(found) : quoted(found.value);
}

/** Table, `cut at`, `or else`, `on conflict`. */
const RANK: Readonly<Record<ast.Modifier['kind'], number>> = {
  by: 0,
  'inline-table': 0,
  'cut-at': 1,
  'or-else': 2,
  'on-conflict': 3,
};
export const byRank = (a: ast.Modifier, b: ast.Modifier): number => RANK[a.kind] - RANK[b.kind];

export function modifier(node: Exclude<ast.Modifier, ast.TableModifier>): string {
  switch (node.kind) {
    case 'by':
      return `by ${name(node.table)}`;
    case 'cut-at':
      return `cut at ${literal(node.length)}`;
    case 'or-else':
      return `or else ${fallback(node.fallback)}`;
    case 'on-conflict':
      return `on conflict ${name(node.choice)}`;
  }
}
