/**
 * How a value is kept: `{v, json}`, checked against its shape whenever it is read, with one migration
 * per older version. A value that fits nothing is refused by name, never half believed. JSON as text,
 * since Forge refuses values that are nested deeper than 31, and a rich text can be.
 */
import { PortError } from '../ports.ts';
import { type Shape, ShapeError } from '../shape.ts';

export interface Stored<T> {
  readonly name: string;
  encode(value: T): { readonly v: number; readonly json: string };
  /** `undefined` stays `undefined`: there is no such value. */
  decode(raw: unknown): T | undefined;
}

/** `migrations[n]` turns a value of version n into one of version n + 1. */
export function stored<T>(
  name: string,
  version: number,
  shape: Shape<T>,
  migrations: Readonly<Record<number, (old: unknown) => unknown>> = {},
): Stored<T> {
  return {
    name,
    encode: value => ({ v: version, json: JSON.stringify(value) }),
    decode(raw) {
      if (raw === undefined || raw === null) return undefined;
      const { v, json } = raw as { readonly v?: unknown; readonly json?: unknown };
      if (typeof v !== 'number' || v > version) throw unreadable(name, `its version is ${String(v)}`);
      let value = parse(name, json);
      for (let from = v; from < version; from++) {
        const migrate = migrations[from];
        if (migrate === undefined) throw unreadable(name, `version ${from} has no way to ${version}`);
        value = migrate(value);
      }
      try {
        return shape(value, '');
      } catch (problem) {
        if (problem instanceof ShapeError) throw unreadable(name, problem.message);
        throw problem;
      }
    },
  };
}

export const unreadable = (name: string, why: string) =>
  new PortError({
    system: 'store',
    kind: 'refused',
    code: 'UNREADABLE',
    message: `A stored ${name} cannot be read: ${why}.`,
    fields: [],
  });

function parse(name: string, json: unknown): unknown {
  try {
    return JSON.parse(json as string);
  } catch {
    throw unreadable(name, 'it is not JSON');
  }
}
