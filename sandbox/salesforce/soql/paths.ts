/**
 * Field paths of a query, bound to the catalogue: `Subject`, `c.Account.Owner.Name`. A step over a polymorphic
 * reference leads to the Name object, whose few fields every target answers as far as it has them.
 */
import type { Catalogue, CatalogueObject, FieldDefinition } from '../catalogue/index.ts';
import type { Reader } from '../reader.ts';
import type { Row, State } from '../state.ts';
import { soqlError } from './parse.ts';

export interface Path {
  /** References that are followed, in order. */
  readonly steps: readonly FieldDefinition[];
  readonly field: FieldDefinition;
  /** In the org's spelling: `Account.Name`. */
  readonly name: string;
  /** The object that the field stands on; nothing behind a polymorphic reference. */
  readonly object: CatalogueObject | undefined;
}

/** What can be read over a polymorphic reference. */
const nameFields = new Set(
  'alias email firstname id isactive lastname lastreferenceddate lastvieweddate name phone profileid title username userroleid type recordtypeid'.split(
    ' ',
  ),
);

/** From child to parent. */
const mostSteps = 5;

export interface Binder {
  readonly catalogue: Catalogue;
  readonly text: string;
}

export function bindPath(binder: Binder, object: CatalogueObject, alias: string | undefined, written: string): Path {
  let words = written.split('.');
  const first = words[0]?.toLowerCase();
  if (words.length > 1 && (first === alias?.toLowerCase() || first === object.name.toLowerCase()))
    words = words.slice(1);
  const last = words.pop() as string;
  if (words.length > mostSteps)
    throw soqlError(
      'MALFORMED_QUERY',
      binder.text,
      written,
      `A relationship path has at most ${mostSteps} levels; ${written} has ${words.length}.`,
    );
  const steps: FieldDefinition[] = [];
  let current: CatalogueObject | undefined = object;
  for (const word of words) {
    const step: FieldDefinition | undefined = current?.parent(word);
    if (!step)
      throw soqlError(
        'INVALID_FIELD',
        binder.text,
        written,
        `Didn't understand relationship '${word}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
      );
    steps.push(step);
    current = step.referenceTo.length === 1 ? binder.catalogue.object(step.referenceTo[0] as string) : undefined;
  }
  const field: FieldDefinition | undefined = current
    ? current.field(last)
    : nameFields.has(last.toLowerCase())
      ? nameField(binder.catalogue, last)
      : undefined;
  if (!field)
    throw soqlError(
      'INVALID_FIELD',
      binder.text,
      written,
      `No such column '${last}' on entity '${current?.name ?? 'Name'}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
    );
  return {
    steps,
    field,
    object: current,
    name: [...steps.map(step => step.relationship), field.name].join('.'),
  };
}

function nameField(catalogue: Catalogue, name: string): FieldDefinition | undefined {
  const user = catalogue.object('User') as CatalogueObject;
  if (name.toLowerCase() === 'type')
    return { ...(user.field('Title') as FieldDefinition), name: 'Type', label: 'Type' };
  return user.field(name);
}

export interface Follower {
  readonly state: State;
  readonly reader: Reader;
  hides(row: Row): boolean;
}

/** The row that the steps lead to, if every one of them is set. */
export function followTo({ state, hides }: Follower, row: Row, steps: readonly FieldDefinition[]): Row | undefined {
  let current: Row | undefined = row;
  for (const step of steps) {
    if (!current) return undefined;
    current = state.get(current.values[step.name] as string | null);
    // What the user does not see answers nothing along the way either.
    if (current && hides(current)) return undefined;
  }
  return current;
}

export function valueAt(follower: Follower, row: Row, path: Path): unknown {
  const target = followTo(follower, row, path.steps);
  if (!target) return null;
  if (path.object) return follower.reader.read(target, path.field);
  if (path.field.name === 'Type') return target.object === 'Group' ? target.values.Type : target.object;
  const object = follower.reader.objectOf(target);
  // The name of a case is its number, that of a task its subject.
  const own = object.field(path.field.name) ?? (path.field.name === 'Name' ? object.nameField : undefined);
  return own ? follower.reader.read(target, own) : null;
}
