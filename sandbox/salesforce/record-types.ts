/**
 * Record types of an object: which there are, what each offers of a picklist, and what a record is held to that has
 * one. Only restricted picklists are held, as in a real org; the others take any text by API.
 */
import type { CatalogueObject } from './catalogue/index.ts';
import { developerName, type OrgView, recordTypesOf } from './catalogue/view.ts';
import { SalesforceError } from './errors.ts';
import type { Row, Scalar, State } from './state.ts';

export interface RecordType {
  /** Of its row. */
  readonly id: string;
  readonly name: string;
  readonly default: boolean;
  readonly values: Readonly<Record<string, readonly string[]>>;
}

const rowOf = (state: State, object: string, name: string): Row | undefined =>
  [...state.scan('RecordType')].find(
    ({ values }) =>
      values.DeveloperName === developerName(name) && String(values.SobjectType).toLowerCase() === object.toLowerCase(),
  );

export function recordTypes(state: State, view: OrgView, object: string): readonly RecordType[] {
  return recordTypesOf(view, object).flatMap(({ name, values = {}, default: chosen = false }) => {
    const row = rowOf(state, object, name);
    return row ? [{ id: row.id, name, default: chosen, values }] : [];
  });
}

/** What a view names has a row; one that it no longer names keeps it, as a record may still have the type. */
export function storeRecordTypes(
  org: {
    readonly state: State;
    readonly userId: string;
    readonly records: {
      write(object: string, save: { now: number; userId: string }, values: Readonly<Record<string, Scalar>>): Row;
    };
  },
  view: OrgView,
  now: number,
): void {
  for (const { object, name } of view.recordTypes ?? []) {
    if (rowOf(org.state, object, name)) continue;
    org.records.write(
      'RecordType',
      { now, userId: org.userId },
      {
        Name: name,
        DeveloperName: developerName(name),
        SobjectType: org.state.catalogue.object(object)?.name ?? object,
        IsActive: true,
      },
    );
  }
}

/** Refuses a value of a restricted picklist that the record's type does not offer. */
export function checkOffered(
  types: readonly RecordType[],
  object: CatalogueObject,
  row: Row,
  changed: ReadonlySet<string>,
): void {
  const type = types.find(one => one.id === row.values.RecordTypeId);
  if (!type) return;
  for (const field of object.fields) {
    const value = row.values[field.name];
    const offered = type.values[field.name];
    if (!offered || !field.restrictedPicklist || typeof value !== 'string' || !changed.has(field.name)) continue;
    const strange = value.split(';').find(one => !offered.includes(one));
    if (strange !== undefined)
      throw new SalesforceError(
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        `${field.label}: bad value for restricted picklist field: ${strange}`,
        { fields: [field.name] },
      );
  }
}
