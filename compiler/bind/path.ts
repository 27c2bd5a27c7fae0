/**
 * Follows a path through the describes: `Account.Owner.Email` goes over `AccountId` and `OwnerId` to a
 * field. A relationship that may lead to several objects is searched in the order that the org names them.
 */
import type { Name, Path } from '../../dsl/ast.ts';
import { fieldLabel } from '../catalogue/index.ts';
import type { MetadataLookup } from '../metadata/lookup.ts';
import type { FieldMetadata, ObjectMetadata } from '../metadata/model.ts';
import type { Mutable } from '../mutable.ts';
import type { SalesforceField } from '../plan/ir.ts';
import type { PathResult } from './bound.ts';

/** Follows paths from an object, and remembers where each leads: items of one object name the same few. */
export type Follow = (start: ObjectMetadata, path: Path) => PathResult;

export function createFollow(lookup: MetadataLookup): Follow {
  const known = new Map<ObjectMetadata, Map<string, PathResult>>();
  return (start, path) => {
    let results = known.get(start);
    if (results === undefined) {
      results = new Map();
      known.set(start, results);
    }
    const { segments } = path;
    const key = segments.length === 1 ? segments[0]!.text : segments.map(segment => segment.text).join('.');
    const before = results.get(key);
    if (before !== undefined) return before;
    const result = followPath(lookup, start, path);
    // What does not lead to a field names the segment that it stopped at.
    if (result.kind === 'field') results.set(key, result);
    return result;
  };
}

/** What one query of Salesforce follows. */
const MAX_HOPS = 5;

function followPath(lookup: MetadataLookup, start: ObjectMetadata, path: Path): PathResult {
  let spelled = none;
  let objects: readonly ObjectMetadata[] = [start];
  let nillable = false;
  let filterable = true;
  // Of what may be one of several objects, SOQL filters by the name alone.
  let polymorphic = false;
  const { segments } = path;
  if (segments.length - 1 > MAX_HOPS) return { kind: 'too-deep' };

  for (let i = 0; i < segments.length - 1; i++) {
    const segment = segments[i]!;
    const hop = firstOf(objects, object => lookup.relationship(object, segment.text));
    if (hop === undefined) return lost('not-a-relationship', objects, segment);
    const { field } = hop;
    const targets = (field.referenceTo ?? []).flatMap(name => lookup.object(name) ?? []);
    const described = targets.filter(target => target.fields !== undefined);
    if (described.length === 0) {
      return { kind: 'object-not-described', object: field.referenceTo?.[0] ?? segment.text, segment };
    }
    spelled = [...spelled, field.relationship!];
    polymorphic ||= described.length > 1;
    nillable ||= field.nillable || polymorphic;
    filterable &&= field.filterable;
    objects = described;
  }

  const last = segments.at(-1)!;
  const found = firstOf(objects, object => lookup.field(object, last.text));
  if (found === undefined) return lost('unknown-field', objects, last);
  const { field, object } = found;
  const planned: Mutable<SalesforceField> = {
    path: spelled.length === 0 ? [field.name] : [...spelled, field.name],
    label: fieldLabel(object, field),
    type: field.type,
    nillable: nillable || field.nillable,
    filterable: filterable && field.filterable && (!polymorphic || field.nameField),
  };
  if (field.length !== undefined) planned.length = field.length;
  return { kind: 'field', field: planned, metadata: field, object, hops: segments.length - 1 };
}

const none: readonly string[] = [];

function firstOf(
  objects: readonly ObjectMetadata[],
  find: (object: ObjectMetadata) => FieldMetadata | undefined,
): { readonly object: ObjectMetadata; readonly field: FieldMetadata } | undefined {
  for (const object of objects) {
    const field = find(object);
    if (field !== undefined) return { object, field };
  }
  return undefined;
}

function lost(
  kind: 'unknown-field' | 'not-a-relationship',
  objects: readonly ObjectMetadata[],
  segment: Name,
): PathResult {
  const object = objects[0]!;
  return object.fields === undefined
    ? { kind: 'object-not-described', object: object.name, segment }
    : { kind, object, segment };
}
