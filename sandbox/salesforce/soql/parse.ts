/**
 * SOQL text to the tree of `@jetstreamapp/soql-parser-js`, and the errors that Salesforce raises with a position in the
 * text. The parser's tree has no positions, so a complaint about a name looks the name up in the text.
 */
import { createRequire } from 'node:module';
import type { parseQuery, Query } from '@jetstreamapp/soql-parser-js';
import { SalesforceError } from '../errors.ts';

/** The longest text that Salesforce reads. */
const longest = 100_000;

/** Trees that are kept: a client asks the same again and again, and a validation rule is asked at every save. */
const mostTrees = 500;

/** Parses, and keeps what was asked last; nobody may change a tree. */
export function createSoqlParser(): (text: string) => Query {
  return keeping(text => fromForm(text) ?? parseSoql(text));
}

function keeping<T>(make: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>();
  return text => {
    const known = kept.get(text);
    if (known !== undefined) kept.delete(text);
    const made = known ?? make(text);
    kept.set(text, made);
    if (kept.size > mostTrees) kept.delete(kept.keys().next().value as string);
    return made;
  };
}

/** The tree of a text with other literals; nothing where that form has no tree. */
const formOf = keeping((text: string): Form | null => {
  try {
    const tree = parseSoql(text);
    const filled = new Set<object>();
    noteFilled(tree, filled);
    return { tree, filled };
  } catch {
    return null;
  }
});

interface Form {
  readonly tree: Query;
  /** The parts of the tree in which one of the literals stands. */
  readonly filled: ReadonlySet<object>;
}

/** As the grammar's lexer reads them. */
const literals = /'(?:\\.|[^'\\\n\r\u2028\u2029])*'|\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/g;
const places = /'\u241f(\d+)\u241f'|9\d{3}-01-01T01:01:01\.000Z/g;
/** Times that stand for others are told apart by their years. */
const mostLiterals = 1000;

/**
 * What a poller asks differs from one time to the next in its times and ids, which the grammar reads for a third of a
 * millisecond each time to no other end: so a text is parsed with stand-ins for its literals, and these are put back.
 */
function fromForm(text: string): Query | undefined {
  if (text.length > longest || places.test(text)) {
    places.lastIndex = 0;
    return undefined;
  }
  const given: string[] = [];
  const form = formOf(
    text.replace(literals, literal => {
      const at = given.push(literal) - 1;
      return literal[0] === "'" ? `'\u241f${at}\u241f'` : `${9000 + (at % mostLiterals)}-01-01T01:01:01.000Z`;
    }),
  );
  // What is wrong is told with its place in the text itself.
  if (form === null || given.length > mostLiterals) return undefined;
  return filled(form.tree, form.filled, given) as Query;
}

function noteFilled(part: unknown, filled: Set<object>): boolean {
  if (typeof part === 'string') {
    places.lastIndex = 0;
    return places.test(part);
  }
  if (typeof part !== 'object' || part === null) return false;
  let found = false;
  for (const inner of Object.values(part)) if (noteFilled(inner, filled)) found = true;
  if (found) filled.add(part);
  return found;
}

function filled(part: unknown, where: ReadonlySet<object>, given: readonly string[]): unknown {
  if (typeof part === 'string')
    return part.replace(
      places,
      (place, at?: string) => given[at === undefined ? Number(place.slice(0, 4)) - 9000 : Number(at)]!,
    );
  if (typeof part !== 'object' || part === null || !where.has(part)) return part;
  if (Array.isArray(part)) return part.map(inner => filled(inner, where, given));
  return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, filled(inner, where, given)]));
}

const require = createRequire(import.meta.url);
let grammar: typeof parseQuery | undefined;

/** The grammar checks itself for a third of a second when it is loaded, which a start need not pay. */
function parsed(text: string): Query {
  grammar ??= (require('@jetstreamapp/soql-parser-js') as { readonly parseQuery: typeof parseQuery }).parseQuery;
  // Given options, the parser is built anew for each text; without them it is kept.
  return grammar(text);
}

const plain = /^SELECT\s+(\w+(?:\s*,\s*\w+)*)\s+FROM\s+(\w+)(?:\s+WHERE\s+(\w+)\s*=\s*(TRUE|FALSE))?$/i;

/** `SELECT ApiName FROM CaseStatus WHERE IsClosed = true`: what a start asks takes no grammar to read. */
export function plainSelection(text: string): Query | undefined {
  const [, fields, sObject, field, value] = plain.exec(text) ?? [];
  if (fields === undefined || sObject === undefined || /\b(TYPEOF|FROM|SELECT)\b/i.test(fields)) return undefined;
  return {
    fields: fields.split(',').map(name => ({ type: 'Field', field: name.trim() })),
    sObject,
    ...(field === undefined || value === undefined
      ? {}
      : { where: { left: { field, operator: '=', literalType: 'BOOLEAN', value: value.toUpperCase() } } }),
  };
}

function parseSoql(text: string): Query {
  if (text.length > longest)
    throw new SalesforceError(
      'QUERY_TOO_COMPLICATED',
      'Query is either selecting too many fields or the filter conditions are too complicated.',
    );
  const allRows = /\bALL\s+ROWS\s*$/i.exec(text);
  if (allRows) throw malformed(text, allRows.index, 'ALL ROWS not allowed in this context');
  const selection = plainSelection(text);
  if (selection) return selection;
  let query: Query;
  try {
    query = parsed(text);
  } catch (error) {
    throw syntaxError(text, error instanceof Error ? error.message : String(error));
  }
  return losesNegation(text, query) ? parsed(marked(text)) : query;
}

/** Stands for a NOT in a text that the parser would read wrongly: `NOT x` is then `Negated__ = TRUE AND x`. */
export const negation = 'Negated__';

const marked = (text: string): string =>
  text.replace(/'(?:\\.|[^'\\])*'|\bNOT\b(?!\s+IN\b)/gi, found =>
    found[0] === "'" ? found : `${negation} = TRUE AND`,
  );

/** The parser drops a NOT out of some nestings, `(NOT (NOT (NOT …)))` among them. */
function losesNegation(text: string, query: Query): boolean {
  const written = text.replace(/'(?:\\.|[^'\\])*'/g, "''").match(/\bNOT\b(?!\s+IN\b)/gi)?.length ?? 0;
  return written > 2 && written !== (JSON.stringify(query).match(/"operator":"NOT"/g)?.length ?? 0);
}

function syntaxError(text: string, message: string): SalesforceError {
  const lexing = /unexpected character: ->[\s\S]*<- at offset: (\d+)/.exec(message);
  if (lexing) {
    const at = Number(lexing[1]);
    if (text[at] === "'") return malformed(text, at, "line 1: no viable alternative at character '<EOF>'");
    return malformed(text, at, `unexpected token: '${text[at]}'`);
  }
  const found = /(?:found --> |but found: )'?([\s\S]*?)'?(?: <--)?$/.exec(message)?.[1] ?? '';
  if (found === '') return malformed(text, text.length, "unexpected token: '<EOF>'");
  const at = lastToken(text, found);
  return malformed(text, at, `unexpected token: '${found}'`);
}

const malformed = (text: string, at: number, message: string): SalesforceError =>
  new SalesforceError('MALFORMED_QUERY', at < 0 ? message : `${caret(text, at)}${message}`);

/** An error that points at the first place where the name stands as a whole word. */
export function soqlError(code: string, text: string, token: string, message: string): SalesforceError {
  const at = firstToken(text, token);
  return new SalesforceError(code, at < 0 ? message : `${caret(text, at)}${message}`);
}

function firstToken(text: string, token: string): number {
  return wordPattern(token, 'i').exec(text)?.index ?? -1;
}

function lastToken(text: string, token: string): number {
  let at = -1;
  for (const match of text.matchAll(wordPattern(token, 'gi'))) at = match.index;
  return at;
}

function wordPattern(token: string, flags: string): RegExp {
  const escaped = token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(/^\w/.test(token) ? `(?<![\\w.])${escaped}(?!\\w)` : escaped, flags);
}

/** Characters of the text that are shown before and after the place, when the line is long. */
const before = 40;
const after = 40;

/** The text around the place, a caret below it, row and column from 1. */
export function caret(text: string, at: number): string {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const row = text.slice(0, at).split('\n').length;
  const newline = text.indexOf('\n', at);
  const line = text.slice(lineStart, newline < 0 ? undefined : newline);
  const column = at - lineStart;
  const from = Math.max(0, column - before);
  return `\n${line.slice(from, column + after)}\n${' '.repeat(column - from)}^\nERROR at Row:${row}:Column:${column + 1}\n`;
}
