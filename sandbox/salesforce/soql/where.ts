/**
 * WHERE and HAVING: the parser's linked list becomes a tree, is checked as Salesforce checks it, and compiled to a
 * predicate. Conditions that an index can answer also say so, for the planner.
 */
import type { Query, WhereClause } from '@jetstreamapp/soql-parser-js';
import type { FieldDefinition } from '../catalogue/index.ts';
import { SalesforceError } from '../errors.ts';
import { canonicalId } from '../ids.ts';
import type { Row, Scalar } from '../state.ts';
import { dateOf, parseDate, parseDatetime, stampOf } from '../time.ts';
import { dateFunctions, dateLiteral } from './dates.ts';
import { caret, negation, soqlError } from './parse.ts';
import type { Path } from './paths.ts';

export type Predicate<T> = (item: T) => boolean;

/** What an index can answer of a condition; the predicate still decides. */
export type Hint =
  | { readonly kind: 'equal'; readonly field: FieldDefinition; readonly values: readonly Scalar[] }
  | { readonly kind: 'since'; readonly from: string };

export type Tree<T> =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Tree<T>[] }
  | { readonly kind: 'not'; readonly part: Tree<T> }
  | {
      readonly kind: 'test';
      readonly test: Predicate<T>;
      readonly hint?: Hint | undefined;
      readonly path?: Path | undefined;
      readonly operator: string;
    };

/** A condition as the parser gives it, loosely typed: its union has a case for each combination of literals. */
export interface RawCondition {
  readonly field?: string;
  readonly fn?: RawFunction;
  readonly operator: string;
  readonly value?: string | readonly string[];
  readonly literalType?: string | readonly string[];
  readonly valueQuery?: Query;
}
export interface RawFunction {
  readonly functionName?: string;
  readonly parameters?: readonly (string | RawFunction)[];
  readonly rawValue?: string;
  readonly alias?: string;
}

type Token = '(' | ')' | 'NOT' | 'AND' | 'OR' | RawCondition;

/** Builds the tree; `leaf` binds one condition. */
export function buildTree<T>(text: string, where: WhereClause, leaf: (condition: RawCondition) => Tree<T>): Tree<T> {
  const tokens = flatten(where);
  let at = 0;
  const unary = (): Tree<T> => {
    const token = tokens[at++];
    if (token === 'NOT') return { kind: 'not', part: unary() };
    if (token === '(') {
      const inner = list();
      at++;
      return inner;
    }
    return leaf(token as RawCondition);
  };
  const list = (): Tree<T> => {
    const parts = [unary()];
    let joined: 'AND' | 'OR' | undefined;
    for (;;) {
      const token = tokens[at];
      if (token !== 'AND' && token !== 'OR') break;
      // Salesforce refuses AND and OR at one level without parentheses.
      if (joined && joined !== token) throw mixed(text, token);
      joined = token;
      at++;
      parts.push(unary());
    }
    return parts.length === 1 ? (parts[0] as Tree<T>) : { kind: joined === 'OR' ? 'or' : 'and', parts };
  };
  return list();
}

function mixed(text: string, token: string): SalesforceError {
  let place = -1;
  for (const match of text.matchAll(new RegExp(`\\b${token}\\b`, 'gi'))) place = match.index;
  return new SalesforceError('MALFORMED_QUERY', `${place < 0 ? '' : caret(text, place)}unexpected token: '${token}'`);
}

function flatten(where: WhereClause): Token[] {
  const tokens: Token[] = [];
  let node: WhereClause | undefined = where;
  while (node) {
    const left = node.left as (RawCondition & { openParen?: number; closeParen?: number }) | null;
    const operator = 'operator' in node ? node.operator : undefined;
    for (let n = left?.openParen ?? 0; n > 0; n--) tokens.push('(');
    if (left?.field === negation) {
      // Without the AND that follows it.
      tokens.push('NOT');
      node = 'right' in node ? node.right : undefined;
      continue;
    }
    if (left && left.operator !== undefined) {
      tokens.push(left);
      for (let n = left.closeParen ?? 0; n > 0; n--) tokens.push(')');
    }
    if (operator) tokens.push(operator);
    node = 'right' in node ? node.right : undefined;
  }
  return tokens;
}

export function compileTree<T>(tree: Tree<T>): Predicate<T> {
  switch (tree.kind) {
    case 'test':
      return tree.test;
    case 'not': {
      const inner = compileTree(tree.part);
      return item => !inner(item);
    }
    case 'and': {
      const parts = tree.parts.map(compileTree);
      return item => parts.every(part => part(item));
    }
    case 'or': {
      const parts = tree.parts.map(compileTree);
      return item => parts.some(part => part(item));
    }
  }
}

/** Conditions that every row of the answer meets. */
export function conjuncts<T>(tree: Tree<T>): readonly Tree<T>[] {
  return tree.kind === 'and' ? tree.parts.flatMap(conjuncts) : [tree];
}

// ── one condition ───────────────────────────────────────────────────────────────────────────────

/** A literal of the query, in the form in which the field's values are stored. A range is a date literal. */
type Literal = Scalar | { readonly from: string; readonly to: string };

export interface ConditionContext<T> {
  readonly text: string;
  readonly now: number;
  /** Runs a semi-join's query and answers the values that it selects. */
  select(query: Query, left: Operand<T>): ReadonlySet<Scalar>;
}

export interface Operand<T> {
  /** As written. */
  readonly written: string;
  readonly field: FieldDefinition;
  readonly path?: Path;
  readonly value: (item: T) => unknown;
}

const textTypes = new Set(['string', 'textarea', 'picklist', 'combobox', 'email', 'phone', 'url', 'encryptedstring']);
const numberTypes = new Set(['int', 'double', 'currency', 'percent']);
const isIdType = (field: FieldDefinition): boolean => field.type === 'id' || field.type === 'reference';

export function compileCondition<T>(
  context: ConditionContext<T>,
  operand: Operand<T>,
  condition: RawCondition,
): Tree<T> {
  const { field, path, value } = operand;
  const operator = condition.operator.toUpperCase();
  const fold = foldOf(field);
  const leaf = (test: Predicate<T>, hint?: Hint): Tree<T> => ({ kind: 'test', test, hint, path, operator });
  const equalHint = (values: readonly Scalar[]): Hint | undefined =>
    path && path.steps.length === 0 ? { kind: 'equal', field, values } : undefined;

  if (condition.valueQuery) {
    if (!isIdType(field))
      throw soqlError(
        'INVALID_QUERY_FILTER_OPERATOR',
        context.text,
        operand.written,
        `semi join field must be an id or reference: ${operand.written}`,
      );
    const wanted = context.select(condition.valueQuery, operand);
    if (operator === 'NOT IN') return leaf(item => !wanted.has((value(item) ?? null) as Scalar));
    return leaf(item => wanted.has((value(item) ?? null) as Scalar), equalHint([...wanted]));
  }

  const raw = Array.isArray(condition.value) ? (condition.value as readonly string[]) : [condition.value as string];
  const types = raw.map(
    (_, at) => (Array.isArray(condition.literalType) ? condition.literalType[at] : condition.literalType) as string,
  );

  switch (operator) {
    case 'LIKE': {
      if (!textTypes.has(field.type)) throw invalidOperator(context, operand);
      if (types[0] === 'NULL') return leaf(() => false);
      const patterns = raw.map(text => likePattern(text));
      return leaf(item => {
        const actual = value(item);
        return typeof actual === 'string' && patterns.some(pattern => pattern.test(actual));
      });
    }
    case 'INCLUDES':
    case 'EXCLUDES': {
      if (field.type !== 'multipicklist') throw invalidOperator(context, operand);
      const wanted = raw.map(text =>
        unquote(context, text)
          .split(';')
          .map(part => part.trim().toLowerCase()),
      );
      const includes: Predicate<T> = item => {
        const chosen = new Set(
          String(value(item) ?? '')
            .toLowerCase()
            .split(';'),
        );
        return wanted.some(all => all.every(one => chosen.has(one)));
      };
      return leaf(operator === 'INCLUDES' ? includes : item => !includes(item));
    }
    case 'IN':
    case 'NOT IN': {
      const literals = raw.map((text, at) => literalOf(context, operand, text, types[at] ?? 'STRING'));
      const ranges = literals.filter(literal => typeof literal === 'object' && literal !== null);
      const wanted = new Set(literals.filter(literal => typeof literal !== 'object' || literal === null).map(fold));
      const within: Predicate<T> = item => {
        const actual = fold((value(item) ?? null) as Scalar);
        return wanted.has(actual) || ranges.some(range => compareTo(actual, '=', range));
      };
      return operator === 'IN'
        ? leaf(within, ranges.length === 0 ? equalHint(literals as Scalar[]) : undefined)
        : leaf(item => !within(item));
    }
    default: {
      const literal = literalOf(context, operand, raw[0] as string, types[0] ?? 'STRING');
      if (field.type === 'boolean' && operator !== '=' && operator !== '!=') throw invalidOperator(context, operand);
      const expected = typeof literal === 'object' ? literal : fold(literal);
      const test: Predicate<T> = item => compareTo(fold((value(item) ?? null) as Scalar), operator, expected);
      return leaf(test, hintOf(operator, operand, literal, equalHint));
    }
  }
}

function hintOf<T>(
  operator: string,
  { field, path }: Operand<T>,
  literal: Literal,
  equalHint: (values: readonly Scalar[]) => Hint | undefined,
): Hint | undefined {
  if (typeof literal === 'object' && literal !== null)
    return stampField(path, field) && (operator === '>=' || operator === '=')
      ? { kind: 'since', from: literal.from }
      : undefined;
  if (operator === '=') return equalHint([literal]);
  // No field of a row is stamped later than its SystemModstamp.
  if (stampField(path, field) && (operator === '>' || operator === '>=') && typeof literal === 'string')
    return { kind: 'since', from: stampOf(parseDatetime(literal) ?? 0) };
  return undefined;
}

const stampField = (path: Path | undefined, field: FieldDefinition): boolean =>
  path?.steps.length === 0 &&
  (field.name === 'SystemModstamp' || field.name === 'LastModifiedDate' || field.name === 'CreatedDate');

/** Values that Salesforce calls equal become the same. */
function foldOf(field: FieldDefinition): (value: Literal) => Scalar {
  return value => {
    if (value === '' || typeof value === 'object') return null;
    if (typeof value !== 'string' || field.caseSensitive || isIdType(field)) return value;
    return field.type === 'datetime' || field.type === 'date' || field.type === 'time' ? value : value.toLowerCase();
  };
}

function compareTo(actual: Scalar, operator: string, expected: Literal): boolean {
  if (typeof expected === 'object' && expected !== null) {
    const text = typeof actual === 'string' ? actual : undefined;
    const within = text !== undefined && text >= expected.from && text < expected.to;
    if (operator === '=') return within;
    if (operator === '!=') return !within;
    if (text === undefined) return false;
    if (operator === '>') return text >= expected.to;
    if (operator === '>=') return text >= expected.from;
    if (operator === '<') return text < expected.from;
    return text < expected.to;
  }
  if (operator === '=') return actual === expected;
  if (operator === '!=') return actual !== expected;
  if (actual === null || expected === null) return false;
  if (operator === '<') return actual < expected;
  if (operator === '<=') return actual <= expected;
  if (operator === '>') return actual > expected;
  return actual >= expected;
}

function literalOf<T>(context: ConditionContext<T>, operand: Operand<T>, text: string, type: string): Literal {
  const { field } = operand;
  if (type === 'NULL') return null;
  if (isIdType(field)) {
    if (type !== 'STRING') throw wrongType(context, operand, 'ID', true);
    const word = unquote(context, text);
    if (word === '') return null;
    const id = canonicalId(word);
    if (!id)
      throw soqlError('INVALID_QUERY_FILTER_OPERATOR', context.text, operand.written, `invalid ID field: ${word}`);
    return id;
  }
  if (field.type === 'boolean') {
    if (type !== 'BOOLEAN') throw wrongType(context, operand, 'boolean', false);
    return text.toUpperCase() === 'TRUE';
  }
  if (numberTypes.has(field.type)) {
    if (!/^(INTEGER|DECIMAL)/.test(type))
      throw wrongType(context, operand, field.type === 'int' ? 'int' : 'double', false);
    return Number(text.replace(/^[A-Za-z]{3}/, ''));
  }
  if (field.type === 'datetime') {
    if (type === 'DATETIME') {
      const instant = parseDatetime(text);
      if (instant === undefined) throw wrongType(context, operand, 'dateTime', false);
      return new Date(instant).toISOString().replace('Z', '+0000');
    }
    const range = type.startsWith('DATE_') ? dateLiteral(text, context.now) : undefined;
    if (!range) throw wrongType(context, operand, 'dateTime', false);
    return { from: stampOf(range.from), to: stampOf(range.to) };
  }
  if (field.type === 'date') {
    if (type === 'DATE' && parseDate(text) !== undefined) return text;
    const range = type.startsWith('DATE_') ? dateLiteral(text, context.now) : undefined;
    if (!range) throw wrongType(context, operand, 'date', false);
    return { from: dateOf(range.from), to: dateOf(range.to) };
  }
  if (type !== 'STRING') throw wrongType(context, operand, 'string', true);
  return unquote(context, text);
}

function wrongType<T>(
  context: ConditionContext<T>,
  operand: Operand<T>,
  type: string,
  quoted: boolean,
): SalesforceError {
  return soqlError(
    'INVALID_FIELD',
    context.text,
    operand.written,
    `value of filter criterion for field '${operand.field.name}' must be of type ${type} and should ${quoted ? 'be' : 'not be'} enclosed in quotes`,
  );
}

const invalidOperator = <T>(context: ConditionContext<T>, operand: Operand<T>): SalesforceError =>
  soqlError('INVALID_QUERY_FILTER_OPERATOR', context.text, operand.written, 'invalid operator');

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

/** The text of a string literal. */
function unquote(context: { readonly text: string }, literal: string): string {
  return literal.slice(1, -1).replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (whole, code: string) => {
    if (/^u[0-9a-fA-F]{4}$/.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    const plain = escapes[code.toLowerCase()] ?? (code === '%' || code === '_' ? code : undefined);
    if (plain === undefined)
      throw new SalesforceError(
        'MALFORMED_QUERY',
        `${caret(context.text, Math.max(0, context.text.indexOf(literal)))}Invalid string literal ${literal}. Illegal character sequence '${whole}' in string literal.`,
      );
    return plain;
  });
}

/** `%` any text, `_` one character, a backslash before them makes them plain. */
function likePattern(literal: string): RegExp {
  let source = '';
  const body = literal.slice(1, -1);
  for (let at = 0; at < body.length; at++) {
    let letter = body[at] as string;
    if (letter === '\\') {
      at++;
      letter = escapes[(body[at] ?? '').toLowerCase()] ?? body[at] ?? '';
    } else if (letter === '%' || letter === '_') {
      source += letter === '%' ? '[\\s\\S]*' : '[\\s\\S]';
      continue;
    }
    source += letter.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  }
  return new RegExp(`^${source}$`, 'i');
}

/** The function's result for a date or datetime of the row. */
export function dateFunction(name: string, value: (row: Row) => unknown): ((row: Row) => unknown) | undefined {
  const compute = dateFunctions[name.toUpperCase()];
  if (!compute) return undefined;
  return row => {
    const text = value(row);
    const instant = typeof text === 'string' ? (parseDatetime(text) ?? parseDate(text)) : undefined;
    return instant === undefined ? null : compute(instant);
  };
}
