/**
 * The org's metadata: every modelled object with its fields, looked up as Salesforce does (API names in any case,
 * answers in the org's own spelling), and the relationships that follow from the reference fields.
 */
import { activityObjects } from './activity.ts';
import { customObjects } from './custom.ts';
import { feedAndFileObjects } from './feeds-and-files.ts';
import type { FieldDefinition, ObjectDefinition } from './notation.ts';
import { readObjects } from './notation.ts';
import { peopleObjects } from './people.ts';
import { revenueObjects } from './revenue.ts';
import { salesObjects } from './sales.ts';
import { serviceObjects } from './service.ts';

export type { FieldDefinition, ObjectDefinition, PicklistEntry } from './notation.ts';

export interface ChildRelation {
  readonly object: CatalogueObject;
  readonly field: FieldDefinition;
  /** `null`: not usable in sub-queries. */
  readonly name: string | null;
}

export interface CatalogueObject extends ObjectDefinition {
  /** By name, any case. */
  field(name: string): FieldDefinition | undefined;
  /** The reference field behind a relationship's name, any case: `Account` -> `AccountId`. */
  parent(relationship: string): FieldDefinition | undefined;
  /** A child relationship by name, any case: `CaseComments`. */
  child(relationship: string): ChildRelation | undefined;
  readonly children: readonly ChildRelation[];
  readonly nameField: FieldDefinition | undefined;
  readonly references: readonly FieldDefinition[];
}

export interface Catalogue {
  /** Sorted by name. */
  readonly objects: readonly CatalogueObject[];
  object(name: string): CatalogueObject | undefined;
  byPrefix(id: string): CatalogueObject | undefined;
}

const tables = [
  activityObjects,
  customObjects,
  feedAndFileObjects,
  peopleObjects,
  revenueObjects,
  salesObjects,
  serviceObjects,
];

/** Objects whose rows have no key prefix of their own that clients know; the stand-in needs one all the same. */
const statusPrefixes: Readonly<Record<string, string>> = {
  CaseStatus: '01J',
  ContractStatus: '01K',
  LeadStatus: '01L',
  OpportunityStage: '01M',
  OrderStatus: '01N',
  TaskStatus: '01O',
};

export function buildCatalogue(definitions: readonly ObjectDefinition[]): Catalogue {
  const kids = new Map<string, ChildRelation[]>();
  const objects: readonly CatalogueObject[] = definitions
    .map(definition => {
      const fields = byName(definition.fields, field => field.name);
      const parents = byName(
        definition.fields.filter(field => field.type === 'reference' && field.relationship !== null),
        field => field.relationship as string,
      );
      let named: Map<string, ChildRelation> | undefined;
      return {
        ...definition,
        field: (name: string) => fields.get(name.toLowerCase()),
        parent: (relationship: string) => parents.get(relationship.toLowerCase()),
        child(relationship: string) {
          named ??= byName(
            (kids.get(definition.name) ?? []).filter(relation => relation.name !== null),
            relation => relation.name as string,
          );
          return named.get(relationship.toLowerCase());
        },
        get children() {
          return kids.get(definition.name) ?? [];
        },
        nameField: definition.fields.find(field => field.nameField),
        references: definition.fields.filter(field => field.type === 'reference'),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const object of objects)
    for (const field of object.references)
      for (const target of field.referenceTo) {
        const list = kids.get(target) ?? [];
        list.push({ object, field, name: field.children });
        kids.set(target, list);
      }
  const names = byName(objects, object => object.name);
  const prefixes = new Map(objects.map(object => [idPrefix(object), object]));
  return {
    objects,
    object: name => names.get(name.toLowerCase()),
    byPrefix: id => prefixes.get(id.slice(0, 3)),
  };
}

/** What the object's ids begin with. */
export function idPrefix(object: ObjectDefinition): string {
  return object.keyPrefix ?? statusPrefixes[object.name] ?? 'zzz';
}

function byName<T>(items: readonly T[], name: (item: T) => string): Map<string, T> {
  return new Map(items.map(item => [name(item).toLowerCase(), item]));
}

/** The demo world's org. */
export const demoCatalogue: Catalogue = buildCatalogue(tables.flatMap(readObjects));
