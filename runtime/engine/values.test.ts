import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { field } from '../../test/kit/plan.ts';
import {
  type Fields,
  instantOf,
  readerOf,
  renderTemplate,
  sourceName,
  sourceType,
  sourceValue,
  valueAt,
} from './values.ts';

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

describe('a path', () => {
  it.each<[string, readonly string[], unknown]>([
    ['a.b', ['a', 'b'], 'text'],
    ['nothing', ['nothing'], null],
    ['a.nothing.c', ['a', 'nothing', 'c'], null],
    // What every object, list or text has is no field of a record.
    ['constructor', ['constructor'], null],
    ['a.toString', ['a', 'toString'], null],
    ['list.map', ['list', 'map'], null],
    ['a.b.length', ['a', 'b', 'length'], null],
  ])('I24 over %s reads the record’s own', (_, path, found) => {
    const fields: Fields = { a: { b: 'text' }, list: [1] };
    expect(valueAt(fields, path)).toBe(found);
    expect(readerOf(path)(fields)).toBe(found);
  });

  it('reads each name where it stands, however many there are', () => {
    const run = names++;
    const all = Array.from({ length: 60 }, (_, at) => `field${at}_${run}`);
    const fields = Object.fromEntries(all.map((name, at) => [name, at]));
    for (let again = 0; again < 2; again++) {
      for (const [at, name] of all.entries()) {
        expect(readerOf([name])(fields)).toBe(at);
        expect(readerOf(['parent', name])({ parent: fields })).toBe(at);
        expect(readerOf(['one', 'two', name])({ one: { two: fields } })).toBe(at);
      }
    }
    const whole = readerOf([]);
    expect(whole(fields)).toBe(fields);
  });
});
let names = 0;

describe('what a mapping takes from', () => {
  const day = field('CloseDate', 'date', { label: 'Close date' });
  const parts = [
    { kind: 'literal', value: 'by ' },
    { kind: 'field', field: day },
    { kind: 'literal', value: ' of ' },
    { kind: 'field', field: field('Account.Name') },
  ] as const;
  const template = { kind: 'template', parts } as const;
  it('L-2 is a field, or a template, which is a text and named by what stands in it', () => {
    const one = { kind: 'field', field: day } as const;
    const fields = { CloseDate: '2026-01-05', Account: { Name: 'Acme' } };
    expect([sourceType(one), sourceName(one), sourceValue(one, fields)]).toEqual(['date', 'Close date', '2026-01-05']);
    expect([sourceType(template), sourceName(template), sourceValue(template, fields)]).toEqual([
      'textarea',
      'by {CloseDate} of {Account.Name}',
      'by 2026-01-05 of Acme',
    ]);
  });
  it('L-2 is nothing where all fields of a template are empty, and a template without fields is as it stands', () => {
    expect(renderTemplate(parts, { CloseDate: '', Account: null })).toBeNull();
    expect(renderTemplate(parts, { CloseDate: '', Account: { Name: 'Acme' } })).toBe('by  of Acme');
    expect(renderTemplate([{ kind: 'literal', value: 'words' }], {})).toBe('words');
  });
});

it.each<[unknown, number | undefined]>([
  ['2026-01-05T11:05:00.000+0000', Date.UTC(2026, 0, 5, 11, 5)],
  ['2026-01-05T11:05:00.000-0130', Date.UTC(2026, 0, 5, 12, 35)],
  [' 2026-01-05T11:05:00+01:00 ', Date.UTC(2026, 0, 5, 10, 5)],
  ['2026-01-05T11:05:00Z', Date.UTC(2026, 0, 5, 11, 5)],
  ['2026-01-05', Date.UTC(2026, 0, 5)],
  ['no time', undefined],
  ['', undefined],
  [1_767_571_200_000, undefined],
  [null, undefined],
])('I24 %j is the moment %s', (written, moment) => {
  expect(instantOf(written)).toBe(moment);
});
