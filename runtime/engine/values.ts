/**
 * Reading a record: the value behind a path, a template's text, a comparable form of a time. Total: a
 * path that leads nowhere is empty, whatever shape the record has.
 */
import { salesforceText } from '../../compiler/conversion/index.ts';
import type { FieldSource, SalesforceType, TemplatePart, TemplateSource } from '../../compiler/plan/ir.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** What stands at the end of a path over parents; `null` where there is nothing. */
export function valueAt(fields: Fields, path: readonly string[]): unknown {
  let value: unknown = fields;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return null;
    value = (value as Record<string, unknown>)[step];
  }
  return value ?? null;
}

type Reader = (fields: Fields) => unknown;

/**
 * What V8 learns of a property that is read, it keeps with the place in the source: one place that reads many names
 * looks each of them up anew, several times as slow. So each name has a place of its own, as long as there are any.
 */
const places: readonly ((name: string) => Reader)[] = [
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
  name => fields => fields[name],
];
const readers = new Map<string, Reader>();

/** Of a name that no object inherits; `undefined` where there is nothing. */
function propertyReader(name: string): Reader {
  const known = readers.get(name);
  if (known !== undefined) return known;
  const reader = places[readers.size % places.length]!(name);
  readers.set(name, reader);
  return reader;
}

/** The same for a path that is read again and again: a name that no object inherits needs no look at whose it is. */
export function readerOf(path: readonly string[]): Reader {
  const [first, second] = path;
  if (first === undefined || path.some(step => step in Array.prototype)) return fields => valueAt(fields, path);
  const read = propertyReader(first);
  if (second === undefined) return fields => read(fields) ?? null;
  const readNext = propertyReader(second);
  const readRest = path.length === 2 ? undefined : readerOf(path.slice(2));
  return fields => {
    const parent = read(fields);
    if (typeof parent !== 'object' || parent === null) return null;
    const next = readNext(parent as Fields) ?? null;
    if (readRest === undefined) return next;
    return typeof next === 'object' && next !== null ? readRest(next as Fields) : null;
  };
}

/** A template as people read it. Null when each of its fields is empty: then there is nothing to show. */
export function renderTemplate(parts: readonly TemplatePart[], fields: Fields): string | null {
  let text = '';
  let anyField = false;
  let anyValue = false;
  for (const part of parts) {
    if (part.kind === 'literal') {
      text += part.value;
      continue;
    }
    anyField = true;
    const value = valueAt(fields, part.field.path);
    if (value === null || value === '') continue;
    anyValue = true;
    text += salesforceText(part.field.type, value);
  }
  return anyField && !anyValue ? null : text;
}

/** The type that a mapping's left side has: a template is a text. */
export const sourceType = (source: FieldSource | TemplateSource): SalesforceType =>
  source.kind === 'field' ? source.field.type : 'textarea';

export const sourceValue = (source: FieldSource | TemplateSource, fields: Fields): unknown =>
  source.kind === 'field' ? valueAt(fields, source.field.path) : renderTemplate(source.parts, fields);

export const sourceReader = (source: FieldSource | TemplateSource): ((fields: Fields) => unknown) =>
  source.kind === 'field' ? readerOf(source.field.path) : fields => renderTemplate(source.parts, fields);

/** As people know it: the field's label, or the template's text with its holes. */
export const sourceName = (source: FieldSource | TemplateSource): string =>
  source.kind === 'field'
    ? source.field.label
    : source.parts.map(part => (part.kind === 'literal' ? part.value : `{${part.field.path.join('.')}}`)).join('');

/** Epoch milliseconds of a time as either system writes it (`+0000`, `+00:00`, `Z`, a plain date as midnight UTC). */
export function instantOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const instant = Date.parse(value.trim().replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(instant) ? undefined : instant;
}
