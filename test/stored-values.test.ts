/** Whatever lies in the store, of another version, damaged or put there by somebody else: it is read whole, or refused by name. */
import { brotliCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PortError } from '../runtime/ports.ts';
import * as shapes from '../runtime/storage/shapes.ts';
import type { Stored } from '../runtime/storage/stored.ts';

const readers = Object.values(shapes).filter(
  (one): one is Stored<never> => typeof one === 'object' && one !== null && 'decode' in one,
);

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    'x'.repeat(200_000),
    -1,
    1e308,
    [],
    {},
    { toString: 1 },
    JSON.parse('{"__proto__":{"ok":true},"constructor":{"prototype":{"ok":true}}}'),
    JSON.parse(`${'['.repeat(2_000)}${']'.repeat(2_000)}`),
  ),
  fc.jsonValue({ maxDepth: 4 }),
);
/** Names that the shapes ask for, so that some of them fit for a while. */
const fields = ['item', 'record', 'issueId', 'bases', 'state', 'at', 'until', 'handled', 'id', 'version', '__proto__'];
const values = fc.oneof(
  hostile,
  fc.dictionary(fc.constantFrom(...fields), hostile),
  fc.array(fc.dictionary(fc.constantFrom(...fields), hostile), { maxLength: 3 }),
);
const versions = fc.oneof(fc.constant(1), fc.constantFrom<unknown>(0, 2, -1, 0.5, 1e308, '1', null, undefined, []));
const raw = fc.oneof(
  hostile,
  fc.record({ v: versions, json: values.map(value => JSON.stringify(value)) }),
  fc.record({ v: versions, json: fc.oneof(fc.string(), hostile) }),
  fc.record({ v: versions, brotli: values.map(value => brotliCompressSync(JSON.stringify(value)).toString('base64')) }),
  fc.record({ v: versions, brotli: fc.oneof(fc.string(), hostile) }),
);

describe('a stored value', () => {
  it('has a reader of its own', () => {
    expect(readers.length).toBeGreaterThan(15);
    expect(new Set(readers.map(({ name }) => name)).size).toBe(readers.length);
  });

  it.each(readers.map(reader => [reader.name, reader] as const))(
    'P-9 the %s is read whole, or refused by name',
    (name, reader) => {
      fc.assert(
        fc.property(raw, given => {
          let refusal: unknown;
          try {
            const read = reader.decode(given);
            // What was read can be kept, and reads the same.
            if (read !== undefined) expect(reader.decode(reader.encode(read))).toEqual(read);
            return;
          } catch (error) {
            refusal = error;
          }
          if (!(refusal instanceof PortError)) throw refusal;
          expect(refusal.failure).toMatchObject({ system: 'store', kind: 'refused', code: 'UNREADABLE' });
          expect(refusal.failure.message).toMatch(new RegExp(`^A stored ${name} cannot be read: [^]{1,2000}\\.$`));
        }),
        { numRuns: 300 },
      );
      expect(({} as Record<string, unknown>).ok).toBeUndefined();
    },
  );
});
