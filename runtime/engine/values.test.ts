import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Fields, readerOf, valueAt } from './values.ts';

it('a path that is compiled reads what a path that is followed reads, whatever the record holds', () => {
  const name = fc.oneof(
    fc.constantFrom('a', 'b', 'constructor', 'length', 'map', '__proto__', 'toString'),
    fc.string(),
  );
  const record = fc.letrec(tie => ({
    value: fc.oneof(
      fc.constantFrom(null, undefined, '', 0, false, 'text'),
      fc.array(tie('value'), { maxLength: 2 }),
      fc.dictionary(name, tie('value'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(name, record.value), fc.array(name, { minLength: 1, maxLength: 3 }), (fields, path) => {
      expect(readerOf(path)(fields as Fields)).toBe(valueAt(fields as Fields, path));
    }),
  );
});
