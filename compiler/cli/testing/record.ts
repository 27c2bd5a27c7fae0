/**
 * A record as a step of a test names it: its own fields, those of its parents (`Account.Rating`) on records
 * that are made for it, and whatever else the org requires, filled in. What nobody can enter (a formula, a
 * number, a stamp) has the value that the test gives it.
 */
import type { Catalogue, CatalogueObject, FieldDefinition } from '../../../sandbox/salesforce/catalogue/index.ts';
import type { Scalar } from '../../../sandbox/salesforce/state.ts';
import { Impossible } from './impossible.ts';
import type { TestWorld } from './world.ts';

export interface Entry {
  /** In the org's own spelling: `["Account", "Rating"]`. */
  readonly path: readonly string[];
  /** As REST takes it. */
  readonly value: unknown;
}

type Hand = TestWorld['salesforce'];

/**
 * Makes the record, or changes the one of this id; answers its id. Salesforce's refusal is thrown. What Salesforce works
 * out of other fields has no other value for long: the next save, the bridge's own too, would take it away.
 */
export function putRecord(
  hand: Hand,
  catalogue: Catalogue,
  name: string,
  id: string | undefined,
  entries: readonly Entry[],
): string {
  const { saved, assumed } = put(hand, catalogue, name, id, entries);
  refuseReckoned(hand, saved, assumed);
  return saved;
}

/** A parent is saved by nobody else, so that it may be called what the test calls it: `Contact.Name`. */
function put(
  hand: Hand,
  catalogue: Catalogue,
  name: string,
  id: string | undefined,
  entries: readonly Entry[],
): { readonly saved: string; readonly assumed: Readonly<Record<string, Scalar>> } {
  const object = catalogue.object(name);
  if (object === undefined) throw new Error(`the snapshot has no object ${name}`);
  const before = id === undefined ? undefined : hand.find(id);
  const given: Record<string, unknown> = {};
  const assumed: Record<string, Scalar> = {};
  for (const { path, value } of entries) {
    if (path.length !== 1) continue;
    const field = object.field(path[0]!);
    if (field === undefined) continue;
    const enterable = before === undefined ? field.createable : field.updateable;
    if (enterable) given[field.name] = value;
    else assumed[field.name] = value as Scalar;
  }
  const parents = Map.groupBy(
    entries.filter(({ path }) => path.length > 1),
    ({ path }) => path[0]!,
  );
  for (const [relationship, all] of parents) {
    const reference = object.parent(relationship);
    if (reference === undefined) continue;
    const inner = all.map(({ path, value }) => ({ path: path.slice(1), value }));
    const known = before?.values[reference.name];
    const existing = typeof known === 'string' ? known : undefined;
    const target = parentObject(catalogue, reference, inner[0]!.path[0]!);
    const parent = put(hand, catalogue, target, existing, inner).saved;
    if (existing !== undefined) continue;
    if (before === undefined ? reference.createable : reference.updateable) given[reference.name] = parent;
    else assumed[reference.name] = parent;
  }
  const saved = before === undefined ? create(hand, catalogue, object, given) : change(hand, before.id, given);
  if (Object.keys(assumed).length > 0) hand.assume(saved, assumed);
  return { saved, assumed };
}

/** Every save sets them, so that no other save can be asked whether it would. */
const stamps: ReadonlySet<string> = new Set(['LastModifiedDate', 'LastModifiedById', 'SystemModstamp']);

function refuseReckoned(hand: Hand, id: string, fields: Readonly<Record<string, Scalar>>): void {
  const names = Object.keys(fields).filter(name => !stamps.has(name));
  if (names.length === 0) return;
  hand.update(id, {});
  const values = hand.find(id)?.values ?? {};
  for (const name of names) {
    if (values[name] === fields[name]) continue;
    const found = values[name] === null || values[name] === undefined ? 'none' : `\`${values[name]}\``;
    throw new Impossible(`Salesforce works \`${name}\` out of other fields, and finds ${found}: set those instead`);
  }
  hand.assume(id, fields);
}

const change = (hand: Hand, id: string, given: Readonly<Record<string, unknown>>): string =>
  Object.keys(given).length === 0 ? id : hand.update(id, given);

/** Of what a relationship may lead to, the first that has the next step of the path. */
function parentObject(catalogue: Catalogue, reference: FieldDefinition, next: string): string {
  const targets = reference.referenceTo.flatMap(name => catalogue.object(name) ?? []);
  const fitting = targets.find(target => target.field(next) !== undefined || target.parent(next) !== undefined);
  return (fitting ?? targets[0])?.name ?? reference.referenceTo[0] ?? '';
}

// ── what an org requires ────────────────────────────────────────────────────────────────────────

function create(
  hand: Hand,
  catalogue: Catalogue,
  object: CatalogueObject,
  given: Readonly<Record<string, unknown>>,
): string {
  const whole: Record<string, unknown> = { ...given };
  // Whoever is not active may own nothing.
  if (object.name === 'User' && object.field('IsActive')?.createable === true) whole.IsActive ??= true;
  for (const field of object.fields) {
    if (field.name in whole || field.nillable || !field.createable || field.defaultedOnCreate) continue;
    if (field.type === 'boolean' || field.type === 'base64') continue;
    whole[field.name] = filler(hand, catalogue, object, field);
  }
  return hand.create(object.name, whole);
}

function filler(hand: Hand, catalogue: Catalogue, object: CatalogueObject, field: FieldDefinition): unknown {
  switch (field.type) {
    case 'picklist':
    case 'multipicklist':
    case 'combobox':
      return field.values.find(({ active }) => active)?.value ?? 'Test';
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return 1;
    case 'date':
      return '2026-12-31';
    case 'datetime':
      return '2026-12-31T12:00:00.000+0000';
    case 'time':
      return '12:00:00.000Z';
    case 'reference': {
      const target = field.referenceTo.flatMap(name => catalogue.object(name) ?? [])[0];
      if (target === undefined) return undefined;
      // A parent of its own kind would need one again.
      if (target.name === object.name) return undefined;
      return hand.first(target.name)?.id ?? create(hand, catalogue, target, {});
    }
    default:
      return textFor(hand, object, field);
  }
}

function textFor(hand: Hand, object: CatalogueObject, field: FieldDefinition): string {
  const nth = field.unique || field.name === 'Username' ? `${hand.count(object.name) + 1}` : '';
  const text =
    field.type === 'email' || field.name === 'Username'
      ? `test${nth}@example.com`
      : field.type === 'url'
        ? 'https://example.com'
        : `Test ${field.label}${nth}`;
  return field.length > 0 ? text.slice(0, field.length) : text;
}

/** The record with its parents, as a query answers it: `{ Subject, Account: { Rating } }`. */
export function recordFields(
  hand: Hand,
  catalogue: Catalogue,
  id: string,
  paths: readonly (readonly string[])[],
): Readonly<Record<string, unknown>> {
  const row = hand.find(id);
  const object = row && catalogue.object(row.object);
  if (row === undefined || object === undefined) return {};
  const fields: Record<string, unknown> = { Id: id };
  const nested = new Map<string, (readonly string[])[]>();
  for (const path of paths) {
    const [first, ...rest] = path;
    if (first === undefined) continue;
    if (rest.length === 0) fields[first] = row.values[object.field(first)?.name ?? first] ?? null;
    else nested.set(first, [...(nested.get(first) ?? []), rest]);
  }
  for (const [relationship, rest] of nested) {
    const parent = row.values[object.parent(relationship)?.name ?? ''];
    fields[relationship] = typeof parent === 'string' ? recordFields(hand, catalogue, parent, rest) : null;
  }
  return fields;
}
