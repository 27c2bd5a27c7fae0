/**
 * What a field takes, and how it keeps it: JSON of a request to the stored value, or the error that Salesforce gives.
 * An empty text is null; text longer than the field, a value outside a restricted picklist, a malformed id are refused.
 */
import type { CatalogueObject, FieldDefinition } from './catalogue/index.ts';
import { SalesforceError } from './errors.ts';
import { canonicalId } from './ids.ts';
import type { Scalar } from './state.ts';
import { datetimeOf, parseDate, parseDatetime } from './time.ts';

export function storedValue(object: CatalogueObject, field: FieldDefinition, input: unknown): Scalar {
  if (input === null || input === undefined) return field.type === 'boolean' ? refuseType('boolean', input) : null;
  switch (field.type) {
    case 'boolean':
      if (typeof input === 'boolean') return input;
      if (input === 'true' || input === 'false') return input === 'true';
      return refuseType('boolean', input);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return numberValue(field, input);
    case 'date': {
      if (typeof input === 'string') {
        if (parseDate(input) !== undefined) return input;
        const instant = parseDatetime(input);
        if (instant !== undefined) return datetimeOf(instant).slice(0, 10);
      }
      return refuseType('date', input);
    }
    case 'datetime': {
      if (typeof input === 'string') {
        const instant = parseDatetime(input) ?? parseDate(input);
        if (instant !== undefined) return datetimeOf(Math.floor(instant / 1000) * 1000);
      }
      return refuseType('datetime', input);
    }
    case 'time': {
      const match =
        typeof input === 'string' ? /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?Z?$/.exec(input) : null;
      if (!match) return refuseType('time', input);
      return `${match[1]}:${match[2]}:${match[3] ?? '00'}.${(match[4] ?? '').padEnd(3, '0')}Z`;
    }
    case 'reference':
    case 'id':
      return idValue(field, input);
    default:
      return textValue(object, field, input);
  }
}

/** The place is that of a one-line body; nobody reads the column. */
function refuseType(type: string, input: unknown): never {
  const [kind, shown] =
    typeof input === 'string'
      ? ['VALUE_STRING', input]
      : typeof input === 'number'
        ? [Number.isInteger(input) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT', String(input)]
        : typeof input === 'boolean'
          ? [input ? 'VALUE_TRUE' : 'VALUE_FALSE', String(input)]
          : Array.isArray(input)
            ? ['START_ARRAY', '[']
            : input === null
              ? ['VALUE_NULL', 'null']
              : ['START_OBJECT', '{'];
  throw new SalesforceError(
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${type} from ${kind} value ${shown} or request may be missing a required field at [line:1, column:1]`,
  );
}

function numberValue(field: FieldDefinition, input: unknown): Scalar {
  const type = field.type === 'int' ? 'int' : field.type === 'percent' ? 'percent' : field.type;
  const value = typeof input === 'string' && input.trim() !== '' ? Number(input) : input;
  if (input === '') return null;
  if (typeof value !== 'number' || !Number.isFinite(value)) return refuseType(type, input);
  if (field.type === 'int')
    return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? value : refuseType('int', input);
  const rounded = Number(`${Math.round(Number(`${value}e${field.scale}`))}e-${field.scale}`);
  const result = Number.isFinite(rounded) ? rounded : value;
  if (field.precision > 0 && Math.abs(result) >= 10 ** (field.precision - field.scale))
    throw new SalesforceError(
      'NUMBER_OUTSIDE_VALID_RANGE',
      `${field.label}: value outside of valid range on numeric field: ${value}`,
      {
        fields: [field.name],
      },
    );
  return result;
}

function idValue(field: FieldDefinition, input: unknown): Scalar {
  if (input === '') return null;
  const id = canonicalId(input);
  if (id === undefined)
    throw new SalesforceError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${String(input)}`, {
      fields: [field.name],
    });
  return id;
}

const email = /^[^\s@,;<>()[\]"]+@[^\s@,;<>()[\]"]+\.[^\s@,;<>()[\].0-9"]{2,}$/;

function textValue(object: CatalogueObject, field: FieldDefinition, input: unknown): Scalar {
  if (typeof input === 'object') return refuseType('string', input);
  let text = String(input).replace(/[ \t\r\n]+$/, '');
  if (field.type === 'textarea' && !field.richText) text = text.replace(/\r\n|\r|\n/g, '\r\n');
  if (text === '') return null;
  if (field.type === 'multipicklist') text = inPicklistOrder(field, text);
  // Restricted or not, a value has to fit.
  const bytes = object.name === 'CaseComment' && field.name === 'CommentBody';
  if (field.length > 0 && (bytes ? Buffer.byteLength(text) : text.length) > field.length)
    throw new SalesforceError(
      'STRING_TOO_LONG',
      `${field.label}: data value too large: ${text} (max length=${field.length})`,
      {
        fields: [field.name],
      },
    );
  if (field.type === 'email' && !email.test(text))
    throw new SalesforceError('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${text}`, {
      fields: [field.name],
    });
  if (field.restrictedPicklist) {
    for (const chosen of field.type === 'multipicklist' ? text.split(';') : [text])
      if (!field.values.some(entry => entry.active && entry.value.toLowerCase() === chosen.toLowerCase()))
        throw new SalesforceError(
          'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
          `${field.label}: bad value for restricted picklist field: ${chosen}`,
          { fields: [field.name] },
        );
    if (field.type === 'picklist')
      return field.values.find(entry => entry.value.toLowerCase() === text.toLowerCase())?.value ?? text;
  }
  return text;
}

function inPicklistOrder(field: FieldDefinition, text: string): string {
  const chosen = text
    .split(';')
    .map(part => part.trim())
    .filter(Boolean);
  const known = field.values
    .map(entry => entry.value)
    .filter(value => chosen.some(one => one.toLowerCase() === value.toLowerCase()));
  const unknown = chosen.filter(one => !field.values.some(entry => entry.value.toLowerCase() === one.toLowerCase()));
  return [...known, ...unknown].join(';');
}
