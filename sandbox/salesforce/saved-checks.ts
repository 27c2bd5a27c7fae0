/** What can only be judged of the whole record: references, dependent values, unique fields, rules. */
import type { CatalogueObject, FieldDefinition } from './catalogue/index.ts';
import { can } from './describe.ts';
import { SalesforceError } from './errors.ts';
import { checkOffered, type RecordType } from './record-types.ts';
import type { SaveContext, ValidationRule } from './saving.ts';
import type { Row, State } from './state.ts';

export interface Judged {
  /** As the user who writes sees it. */
  shown(object: CatalogueObject): CatalogueObject;
  typesOf(object: CatalogueObject): readonly RecordType[];
  /** The first rule that the row breaks. */
  brokenRule(row: Row, object: CatalogueObject, save: SaveContext): ValidationRule | undefined;
}

/** Throws what Salesforce refuses; `changed` are the fields that the save gave. */
export type CheckSaved = (object: CatalogueObject, row: Row, save: SaveContext, changed: ReadonlySet<string>) => void;

export function savedChecks(state: State, { shown, typesOf, brokenRule }: Judged): CheckSaved {
  const { catalogue } = state;

  function checkSaved(object: CatalogueObject, row: Row, save: SaveContext, changed: ReadonlySet<string>): void {
    for (const field of shown(object).references) {
      const value = row.values[field.name];
      if (typeof value === 'string' && changed.has(field.name) && field.createable)
        checkReference(object, field, value);
    }
    checkOffered(typesOf(object), object, row, changed);
    for (const field of object.fields) {
      if (field.controller && changed.has(field.name)) checkDependent(object, field, row);
      if (field.unique && changed.has(field.name)) checkUnique(object, field, row);
    }
    if (object.name === 'FeedItem' && changed.has('ParentId')) {
      const parent = catalogue.byPrefix(String(row.values.ParentId));
      if (parent && !can(parent, 'feedEnabled') && parent.name !== 'User')
        throw new SalesforceError('FIELD_INTEGRITY_EXCEPTION', `Feed tracking is not enabled for ${parent.name}`, {
          fields: ['ParentId'],
        });
    }
    const rule = brokenRule(row, object, save);
    if (rule)
      throw new SalesforceError('FIELD_CUSTOM_VALIDATION_EXCEPTION', rule.message, {
        fields: rule.field ? [rule.field] : [],
      });
  }

  function checkReference(object: CatalogueObject, field: FieldDefinition, id: string): void {
    const target = catalogue.byPrefix(id);
    if (!target || !field.referenceTo.includes(target.name))
      throw new SalesforceError('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${id}`, {
        fields: [field.name],
      });
    const row = state.get(id);
    if (!row || (field.name === 'RecordTypeId' && row.values.SobjectType !== object.name))
      throw new SalesforceError(
        'INVALID_CROSS_REFERENCE_KEY',
        field.name === 'RecordTypeId'
          ? `Record Type ID: this ID value isn't valid for the user: ${id}`
          : 'invalid cross reference id',
        { fields: field.name === 'RecordTypeId' ? [field.name] : [] },
      );
    if (row.deleted) throw new SalesforceError('ENTITY_IS_DELETED', 'entity is deleted', { status: 400, fields: [] });
    if (field.name === 'OwnerId' && row.values.IsActive === false)
      throw new SalesforceError(
        'INACTIVE_OWNER_OR_USER',
        'operation performed with inactive user [' + id + '] as owner of record',
        { fields: [] },
      );
  }

  function checkDependent(object: CatalogueObject, field: FieldDefinition, row: Row): void {
    const value = row.values[field.name];
    const controlling = object.field(field.controller as string);
    if (typeof value !== 'string' || !controlling || !field.restrictedPicklist) return;
    const at = controlling.values.findIndex(entry => entry.value === row.values[controlling.name]);
    const entry = field.values.find(candidate => candidate.value === value);
    if (entry?.validFor && !entry.validFor.includes(at))
      throw new SalesforceError(
        'FIELD_INTEGRITY_EXCEPTION',
        `${field.label}: value not valid for the controlling field: ${value}`,
        {
          fields: [field.name],
        },
      );
  }

  function checkUnique(object: CatalogueObject, field: FieldDefinition, row: Row): void {
    const value = row.values[field.name] ?? null;
    if (value === null) return;
    const other = state.equal(object.name, field.name, value)?.find(found => found.id !== row.id && !found.deleted);
    if (other)
      throw new SalesforceError(
        'DUPLICATE_VALUE',
        `duplicate value found: ${field.name} duplicates value on record with id: ${other.id.slice(0, 15)}`,
        {
          fields: [],
        },
      );
  }

  return checkSaved;
}
