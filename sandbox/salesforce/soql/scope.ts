/** What every clause of a query is bound in: the org at one moment, the text, and the object that is asked for. */
import type { Query } from '@jetstreamapp/soql-parser-js';
import type { Catalogue, CatalogueObject, FieldDefinition } from '../catalogue/index.ts';
import { can } from '../describe.ts';
import type { Reader } from '../reader.ts';
import type { Row, State } from '../state.ts';
import { soqlError } from './parse.ts';
import { bindPath, type Path } from './paths.ts';
import type { RawFunction } from './where.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface QueryContext {
  readonly catalogue: Catalogue;
  readonly state: State;
  readonly reader: Reader;
  /** A text's tree, or the refusal of a text that has none. */
  readonly parse: (text: string) => Query;
  readonly now: number;
  /** `67.0`; in the addresses of records. */
  readonly version: string;
  /** Deleted rows too. */
  readonly all: boolean;
  /** Whether the row is there, but not for the user who asks. */
  hides(row: Row): boolean;
}

/** `count` rows, rendered one at a time, so that a page costs what it shows. */
export interface QueryResult {
  readonly totalSize: number;
  /** Rows that can be rendered; 0 for `COUNT()`. */
  readonly length: number;
  render(at: number): Json;
}

export interface Scope {
  readonly context: QueryContext;
  readonly text: string;
  readonly object: CatalogueObject;
  readonly alias: string | undefined;
  readonly anyField?: boolean;
  /** Inside a semi join. */
  readonly inner?: boolean;
}

export const scopeOf = (
  context: QueryContext,
  text: string,
  object: CatalogueObject,
  alias: string | undefined,
): Scope => ({
  context,
  text,
  object,
  alias,
});

export function queriedObject(context: QueryContext, text: string, name: string): CatalogueObject {
  const object = context.catalogue.object(name);
  if (object && can(object, 'queryable')) return object;
  throw soqlError(
    'INVALID_TYPE',
    text,
    name,
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

export const path = (scope: Scope, written: string): Path =>
  bindPath({ catalogue: scope.context.catalogue, text: scope.text }, scope.object, scope.alias, written);

export function innermost(fn: RawFunction): string {
  const parameter = fn.parameters?.[0];
  return typeof parameter === 'string' ? parameter : parameter ? innermost(parameter) : '';
}

export function attributesOf(version: string, row: Row): Json {
  return { type: row.object, url: `/services/data/v${version}/sobjects/${row.object}/${row.id}` };
}

export function labelOf(field: FieldDefinition, value: unknown): unknown {
  return field.values.find(entry => entry.value === value)?.label ?? value;
}
