/** The literals of a query, in the form in which the values of the field beside them are stored. */
import type { FieldDefinition } from '../catalogue/index.ts';
import { SalesforceError } from '../errors.ts';
import { canonicalId } from '../ids.ts';
import type { Scalar } from '../state.ts';
import { dateOf, parseDate, parseDatetime, stampOf } from '../time.ts';
import { dateLiteral } from './dates.ts';
import { caret, soqlError } from './parse.ts';

/** A literal of the query, in the form in which the field's values are stored. A range is a date literal. */
export type Literal = Scalar | { readonly from: string; readonly to: string };

interface Asked {
  readonly text: string;
  readonly now: number;
}

/** The field beside it, and how it is written. */
interface Beside {
  readonly written: string;
  readonly field: FieldDefinition;
}

const numberTypes = new Set(['int', 'double', 'currency', 'percent']);
export const isIdType = (field: FieldDefinition): boolean => field.type === 'id' || field.type === 'reference';

export function literalOf(context: Asked, operand: Beside, text: string, type: string): Literal {
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

function wrongType(context: Asked, operand: Beside, type: string, quoted: boolean): SalesforceError {
  return soqlError(
    'INVALID_FIELD',
    context.text,
    operand.written,
    `value of filter criterion for field '${operand.field.name}' must be of type ${type} and should ${quoted ? 'be' : 'not be'} enclosed in quotes`,
  );
}

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
export function unquote(context: { readonly text: string }, literal: string): string {
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
export function likePattern(literal: string): RegExp {
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
