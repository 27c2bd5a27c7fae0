/**
 * What the product knows of Salesforce objects beyond their describe. Curated objects answer from their
 * row, custom ones from the names and types of their fields; a field that the org does not show is left out.
 */
import type { FieldMetadata, ObjectMetadata } from '../metadata/model.ts';
import type { CuratedObject, RecordLabel } from './objects.ts';
import { curatedObjects, detailNames, genericLabels, statusLikeNames } from './objects.ts';

export { jiraSets } from './jira-sets.ts';
export type { CuratedObject, Module, RecordLabel } from './objects.ts';
export { associationOrder, curatedObjects, modules } from './objects.ts';

/** Salesforce does not tell the case of API names apart. */
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export const curated = (object: string): CuratedObject | undefined =>
  curatedObjects.find(row => same(row.name, object));

/** `Service Cloud`, … or `Custom objects`. */
export const moduleOf = (object: string): string => curated(object)?.module ?? 'Custom objects';

/** The API name of the field that status sync works on; nothing where the object has none. */
export function statusField(object: ObjectMetadata): string | undefined {
  const names = curated(object.name) ? [curated(object.name)!.status] : statusLikeNames;
  const field = names.map(name => (name === undefined ? undefined : fieldOf(object, name))).find(isStatusLike);
  return field?.name ?? (object.fields === undefined ? curated(object.name)?.status : undefined);
}

const isStatusLike = (field: FieldMetadata | undefined): boolean => field?.type === 'picklist';

/** The API names of the fields that free text is looked for in. */
export function searchFields(object: ObjectMetadata): readonly string[] {
  const row = curated(object.name);
  if (row) return present(object, row.search);
  return (object.fields ?? [])
    .filter(field => field.nameField || ['email', 'phone'].includes(field.type))
    .sort((a, b) => Number(b.nameField) - Number(a.nameField))
    .map(field => field.name);
}

/** Those of them in which a query may look, as far as the org lets a condition look there. */
export const searchedFields = (object: ObjectMetadata): readonly FieldMetadata[] =>
  searchFields(object).flatMap(name => object.fields?.find(field => field.name === name && field.filterable) ?? []);

/** Which fields call a record by its name. */
export function recordLabel(object: ObjectMetadata): RecordLabel {
  const row = curated(object.name);
  const title = row?.label.title ?? object.fields?.find(field => field.nameField)?.name ?? 'Id';
  const details = row ? [row.label.detail] : detailNames;
  const detail = details.find(name => name !== undefined && !same(name, title) && has(object, name));
  return detail === undefined ? { title } : { title, detail };
}

/** `00001026 [Printer on fire]`; the id stands in for a title that is empty. */
export function labelText(title: string, detail: string, id: string): string {
  const name = title.trim() || id;
  return detail.trim() === '' ? name : `${name} [${detail.trim()}]`;
}

/** `Name` of an Account reads as `Account Name`, as a picker with several objects needs it. */
export function fieldLabel(object: { readonly label: string }, field: { readonly label: string }): string {
  return sayNothing.has(field.label.toLowerCase()) ? `${object.label} ${field.label}` : field.label;
}
const sayNothing: ReadonlySet<string> = new Set(genericLabels.map(label => label.toLowerCase()));

/** Columns of a compact preview. */
export const previewFields = (object: ObjectMetadata): readonly string[] => {
  const row = curated(object.name);
  if (row) return present(object, row.preview);
  const label = recordLabel(object);
  return [label.title, ...(label.detail === undefined ? [] : [label.detail])];
};

const fieldOf = (object: ObjectMetadata, name: string): FieldMetadata | undefined =>
  object.fields?.find(field => same(field.name, name));
/** Without a describe the row is believed. */
const has = (object: ObjectMetadata, name: string): boolean =>
  object.fields === undefined || fieldOf(object, name) !== undefined;
const present = (object: ObjectMetadata, names: readonly string[]): readonly string[] =>
  names.filter(name => has(object, name));
