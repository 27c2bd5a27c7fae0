/**
 * How a value is kept: `{v, json}`, checked against its shape whenever it is read, with one migration
 * per older version. A value that fits nothing is refused by name, never half believed. JSON as text,
 * since Forge refuses values that are nested deeper than 31, and a rich text can be; packed when it is
 * long, since a link holds a long text several times over and Forge takes 240 KiB.
 */
import { PortError } from '../ports.ts';
import { type Shape, ShapeError } from '../shape.ts';

export interface Stored<T> {
  readonly name: string;
  /** Of what `encode` writes; older ones are migrated, newer ones refused. */
  readonly version: number;
  encode(value: T): StoredForm;
  /** `undefined` stays `undefined`: there is no such value. */
  decode(raw: unknown): T | undefined;
}

export type StoredForm =
  | { readonly v: number; readonly json: string }
  /** Base64 of the JSON, packed. */
  | { readonly v: number; readonly brotli: string };

/** UTF-16 units from which packing is worth its time. */
const packFrom = 30_000;

/** `migrations[n]` turns a value of version n into one of version n + 1. */
export function stored<T>(
  name: string,
  version: number,
  shape: Shape<T>,
  migrations: Readonly<Record<number, (old: unknown) => unknown>> = {},
): Stored<T> {
  return {
    name,
    version,
    encode(value) {
      const json = JSON.stringify(value);
      return json.length < packFrom ? { v: version, json } : { v: version, brotli: pack(json) };
    },
    decode(raw) {
      if (raw === undefined || raw === null) return undefined;
      const { v, json, brotli } = raw as Readonly<Record<'v' | 'json' | 'brotli', unknown>>;
      if (typeof v !== 'number') throw unreadable(name, 'it has no version');
      if (v > version)
        throw unreadable(
          name,
          `its version is ${v}, and this app knows ${version}: a newer version of the app wrote it, so deploy that one again; nothing was changed`,
        );
      let value = parse(name, brotli === undefined ? json : unpack(name, brotli));
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

/** Few values are so long, and a start that meets none need not load what packs them. */
const zlib = () => process.getBuiltinModule('node:zlib');

function pack(json: string): string {
  const { brotliCompressSync, constants } = zlib();
  // Quick, with a window that sees the copies of one text as one.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 22 };
  return brotliCompressSync(json, { params }).toString('base64');
}

function unpack(name: string, packed: unknown): string {
  try {
    return zlib()
      .brotliDecompressSync(Buffer.from(packed as string, 'base64'))
      .toString('utf8');
  } catch {
    throw unreadable(name, 'it cannot be unpacked');
  }
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
