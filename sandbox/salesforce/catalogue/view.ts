/**
 * The catalogue as the integration user sees it, where an admin gave it less, or gave objects record types: hidden
 * fields are gone, read-only ones cannot be written, and `RecordTypeId` is there. An empty view is the catalogue itself.
 */

import { buildCatalogue, type Catalogue, type CatalogueObject, type ObjectDefinition } from './index.ts';
import { readField } from './notation.ts';

export interface OrgView {
  /** `Case.Priority`: field-level security takes it away from reading. */
  readonly hidden?: readonly string[];
  /** To be read but not written. */
  readonly readOnly?: readonly string[];
  readonly recordTypes?: readonly RecordTypeDefinition[];
}

export interface RecordTypeDefinition {
  readonly object: string;
  readonly name: string;
  /** What new records get where none is named; the first of an object unless one says so. */
  readonly default?: boolean;
  /** By picklist field: the values that it offers; all of a field that is not named. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
}

export const developerName = (name: string): string => name.replace(/\W+/g, '_');

/** The definition behind a record type's name. */
export function recordTypesOf(view: OrgView, object: string): readonly RecordTypeDefinition[] {
  const own = (view.recordTypes ?? []).filter(type => type.object.toLowerCase() === object.toLowerCase());
  const chosen = own.find(type => type.default) ?? own[0];
  return own.map(type => ({ ...type, default: type === chosen }));
}

export function viewedCatalogue(whole: Catalogue, view: OrgView): Catalogue {
  const hidden = new Set((view.hidden ?? []).map(name => name.toLowerCase()));
  const readOnly = new Set((view.readOnly ?? []).map(name => name.toLowerCase()));
  if (hidden.size === 0 && readOnly.size === 0 && (view.recordTypes ?? []).length === 0) return whole;
  const seen = (object: CatalogueObject): ObjectDefinition => {
    const nameOf = (field: { readonly name: string }) => `${object.name}.${field.name}`.toLowerCase();
    const fields = object.fields
      .filter(field => !hidden.has(nameOf(field)))
      .map(field => (readOnly.has(nameOf(field)) ? { ...field, createable: false, updateable: false } : field));
    const typed = recordTypesOf(view, object.name).length > 0 && !object.field('RecordTypeId');
    return { ...object, fields: typed ? [...fields, recordTypeField] : fields };
  };
  return buildCatalogue(whole.objects.map(seen));
}

const recordTypeField = readField('RecordTypeId | Record Type ID | reference(RecordType) | rw rel:RecordType');

/** What is wrong with a view, in a sentence; nothing when it fits the catalogue. */
export function viewProblem(whole: Catalogue, view: OrgView): string | undefined {
  for (const name of [...(view.hidden ?? []), ...(view.readOnly ?? [])]) {
    const [object = '', field = ''] = name.split('.');
    const found = whole.object(object)?.field(field);
    if (!found) return `There is no field \`${name}\`.`;
    if (!found.permissionable) return `\`${name}\` cannot be taken away: field-level security does not cover it.`;
  }
  for (const { object, name, values = {} } of view.recordTypes ?? []) {
    const found = whole.object(object);
    if (!found) return `There is no object \`${object}\` for the record type \`${name}\`.`;
    for (const [field, offered] of Object.entries(values)) {
      const known = found.field(field)?.values.map(entry => entry.value);
      const strange = offered.find(value => !known?.includes(value));
      if (!known || strange !== undefined)
        return `The record type \`${name}\` offers \`${strange ?? field}\`, which \`${object}.${field}\` does not have.`;
    }
  }
  return undefined;
}
