/**
 * A Salesforce describe, read: `GET /sobjects/{name}/describe` becomes an object of our model, and a row
 * of `GET /sobjects` an object that is known to exist. What a describe does not say is taken as no.
 */
import type { SalesforceType } from '../plan/ir.ts';
import { type Json, objectOf, objectsOf, sortedBy, textOf } from './json.ts';
import type { ChildRelationship, FieldMetadata, ObjectMetadata, PicklistValue } from './model.ts';

/** `closedStatuses`: values of the object's status field that the org treats as closed. */
export function objectFromDescribe(json: unknown, closedStatuses: readonly string[] = []): ObjectMetadata {
  const describe = objectOf(json);
  const name = textOf(describe.name);
  if (name === '' || !Array.isArray(describe.fields)) {
    throw new Error('this is not the describe of an object: it has no `name` or no `fields`');
  }
  const closed = new Set(closedStatuses);
  return {
    ...objectOfDescribe(describe),
    fields: sortedBy(
      objectsOf(describe.fields).map(field => fieldOf(field, closed)),
      field => field.name,
    ),
    children: sortedBy(
      objectsOf(describe.childRelationships).flatMap(childOf),
      child => `${child.relationship}\n${child.object}`,
    ),
  };
}

/** A row of the global describe: no fields. */
export function objectFromGlobal(json: unknown): ObjectMetadata {
  return objectOfDescribe(objectOf(json));
}

function objectOfDescribe(describe: Json): ObjectMetadata {
  const name = textOf(describe.name);
  return {
    name,
    label: textOf(describe.label) || name,
    keyPrefix: textOf(describe.keyPrefix) || null,
    custom: describe.custom === true,
    queryable: describe.queryable === true,
    createable: describe.createable === true,
    updateable: describe.updateable === true,
    searchable: describe.searchable === true,
    feedEnabled: describe.feedEnabled === true,
  };
}

function fieldOf(field: Json, closedStatuses: ReadonlySet<string>): FieldMetadata {
  const name = textOf(field.name);
  const type = typeOf(field);
  const isPicklist = type === 'picklist' || type === 'multipicklist' || type === 'combobox';
  return {
    name,
    label: textOf(field.label) || name,
    type,
    ...(lengthTypes.has(type) && typeof field.length === 'number' && field.length > 0 ? { length: field.length } : {}),
    nillable: field.nillable === true,
    createable: field.createable === true,
    updateable: field.updateable === true,
    defaultedOnCreate: field.defaultedOnCreate === true,
    filterable: field.filterable === true,
    calculated: field.calculated === true,
    nameField: field.nameField === true,
    unique: field.unique === true,
    externalId: field.externalId === true,
    ...(isPicklist ? { restricted: field.restrictedPicklist === true, values: valuesOf(field, closedStatuses) } : {}),
    ...(type === 'reference'
      ? {
          relationship: textOf(field.relationshipName) || null,
          referenceTo: (Array.isArray(field.referenceTo) ? field.referenceTo : []).filter(to => typeof to === 'string'),
        }
      : {}),
  };
}

const lengthTypes: ReadonlySet<SalesforceType> = new Set([
  'string',
  'textarea',
  'rich-textarea',
  'combobox',
  'phone',
  'email',
  'url',
  'encryptedstring',
]);

/** Describe spells; `anyType` is the only one with a capital. */
const types: ReadonlySet<string> = new Set<SalesforceType>([
  'id',
  'reference',
  'string',
  'textarea',
  'picklist',
  'multipicklist',
  'combobox',
  'boolean',
  'int',
  'double',
  'currency',
  'percent',
  'date',
  'datetime',
  'time',
  'phone',
  'email',
  'url',
  'encryptedstring',
  'address',
  'location',
  'base64',
]);

function typeOf(field: Json): SalesforceType {
  const type = textOf(field.type).toLowerCase();
  // A rich text area is a `textarea` by its type; formulas may set `htmlFormatted` on other types.
  if (type === 'textarea' && (field.htmlFormatted === true || field.extraTypeInfo === 'richtextarea')) {
    return 'rich-textarea';
  }
  if (type === 'long') return 'double';
  return types.has(type) ? (type as SalesforceType) : 'anytype';
}

function valuesOf(field: Json, closedStatuses: ReadonlySet<string>): readonly PicklistValue[] {
  const values = objectsOf(field.picklistValues).map(entry => {
    const value = textOf(entry.value);
    return {
      value,
      label: textOf(entry.label) || value,
      active: entry.active === true,
      ...(entry.defaultValue === true ? { default: true } : {}),
      ...(closedStatuses.has(value) ? { closed: true } : {}),
    };
  });
  return [...values.filter(value => value.active), ...values.filter(value => !value.active)];
}

function childOf(child: Json): readonly ChildRelationship[] {
  const relationship = textOf(child.relationshipName);
  if (relationship === '' || child.deprecatedAndHidden === true) return [];
  return [{ object: textOf(child.childSObject), field: textOf(child.field), relationship }];
}
