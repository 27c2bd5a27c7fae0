import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  any,
  boolean,
  either,
  keeping,
  list,
  literal,
  matching,
  nullable,
  number,
  object,
  optional,
  record,
  type Shape,
  ShapeError,
  text,
} from './shape.ts';

const complaint = <T>(shape: Shape<T>, value: unknown): string => {
  try {
    shape(value, '');
  } catch (problem) {
    if (problem instanceof ShapeError) return problem.message;
    throw problem;
  }
  return 'fits';
};

describe('a shape', () => {
  const shape = object({
    name: text(5),
    tags: optional(list(text(3), 2)),
    level: literal(1, 2),
    at: nullable(number),
    extra: any,
  });

  it('gives back what fits, without what it does not name', () => {
    expect(shape({ name: 'a', level: 1, at: null, extra: { x: 1 }, more: true }, '')).toEqual({
      name: 'a',
      level: 1,
      at: null,
      extra: { x: 1 },
    });
    expect(keeping({ name: text() })({ name: 'a', more: true }, '')).toEqual({ name: 'a', more: true });
  });

  it.each([
    [null, 'the value should be an object'],
    [[], 'the value should be an object'],
    [{ level: 1, at: 1 }, '`name` should be given'],
    [{ name: 5, level: 1, at: 1 }, '`name` should be a text'],
    [{ name: 'abcdef', level: 1, at: 1 }, '`name` should be a text of at most 5 characters'],
    [{ name: 'a', level: 3, at: 1 }, '`level` should be one of 1, 2'],
    [{ name: 'a', level: 1, at: Number.NaN }, '`at` should be a number'],
    [{ name: 'a', level: 1, at: 1, tags: ['abc', 4] }, '`tags[1]` should be a text'],
    [{ name: 'a', level: 1, at: 1, tags: ['a', 'b', 'c'] }, '`tags` should be a list of at most 2'],
  ])('says where %o does not fit', (value, message) => {
    expect(complaint(shape, value)).toBe(message);
  });

  it('reads own properties only', () => {
    expect(complaint(object({ toString: text() }), {})).toBe('`toString` should be given');
    const poisoned = JSON.parse('{"__proto__":{"admin":true},"a":1}') as unknown;
    expect(record(number)({ a: 1 }, '')).toEqual({ a: 1 });
    expect((record(any)(poisoned, '') as { admin?: unknown }).admin).toBeUndefined();
  });

  it('never throws anything but its own complaint, whatever it is given', () => {
    const shapes: readonly Shape<unknown>[] = [
      shape,
      record(list(boolean)),
      either(number, matching(/^a$/, 'an a')),
      keeping({ a: shape }),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...shapes), fc.anything(), (one, value) => {
        complaint(one, value);
      }),
    );
  });
});
