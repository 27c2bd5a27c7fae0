/**
 * Checks of values that come from outside (stored values, payloads, events) against a shape that is
 * written once and is also their type. Unknown keys are dropped; a mismatch says where it is. No eval,
 * so that it runs anywhere.
 */

export type Shape<T> = (value: unknown, path: string) => T;
export type TypeOf<S> = S extends Shape<infer T> ? T : never;

export class ShapeError extends Error {
  readonly path: string;
  constructor(path: string, expected: string) {
    super(`${path === '' ? 'the value' : `\`${path}\``} should be ${expected}`);
    this.name = 'ShapeError';
    this.path = path;
  }
}

const optionals = new WeakSet<object>();
type Optional<T> = Shape<T | undefined> & { readonly optional: true };
type Fields = Readonly<Record<string, Shape<unknown>>>;
type OptionalKeys<F extends Fields> = { [K in keyof F]: F[K] extends Optional<unknown> ? K : never }[keyof F];
type Flat<T> = { [K in keyof T]: T[K] };
type ObjectOf<F extends Fields> = Flat<
  { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: TypeOf<F[K]> } & {
    readonly [K in OptionalKeys<F>]?: Exclude<TypeOf<F[K]>, undefined>;
  }
>;

export const any: Shape<unknown> = value => value ?? null;

export const text =
  (limit = 1_000_000): Shape<string> =>
  (value, path) => {
    if (typeof value !== 'string') throw new ShapeError(path, 'a text');
    if (value.length > limit) throw new ShapeError(path, `a text of at most ${limit} characters`);
    return value;
  };

export const matching =
  (pattern: RegExp, words: string): Shape<string> =>
  (value, path) => {
    if (typeof value !== 'string' || !pattern.test(value)) throw new ShapeError(path, words);
    return value;
  };

export const number: Shape<number> = (value, path) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new ShapeError(path, 'a number');
  return value;
};

export const boolean: Shape<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new ShapeError(path, 'true or false');
  return value;
};

export const literal =
  <const T extends readonly (string | number | boolean | null)[]>(...values: T): Shape<T[number]> =>
  (value, path) => {
    if (!values.includes(value as T[number])) throw new ShapeError(path, `one of ${values.join(', ')}`);
    return value as T[number];
  };

export const nullable =
  <T>(shape: Shape<T>): Shape<T | null> =>
  (value, path) =>
    value === null ? null : shape(value, path);

export function optional<T>(shape: Shape<T>): Optional<T> {
  const check: Shape<T | undefined> = (value, path) => (value === undefined ? undefined : shape(value, path));
  optionals.add(check);
  return check as Optional<T>;
}

export const list =
  <T>(shape: Shape<T>, limit = 100_000): Shape<readonly T[]> =>
  (value, path) => {
    if (!Array.isArray(value)) throw new ShapeError(path, 'a list');
    if (value.length > limit) throw new ShapeError(path, `a list of at most ${limit}`);
    return value.map((entry, index) => shape(entry, `${path}[${index}]`));
  };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object of any keys; `__proto__` is never one of them. */
export const record =
  <T>(shape: Shape<T>, limit = 100_000): Shape<Readonly<Record<string, T>>> =>
  (value, path) => {
    if (!isObject(value)) throw new ShapeError(path, 'an object');
    const entries = Object.entries(value).filter(([name]) => name !== '__proto__');
    if (entries.length > limit) throw new ShapeError(path, `an object of at most ${limit} keys`);
    return Object.fromEntries(entries.map(([name, entry]) => [name, shape(entry, join(path, name))]));
  };

/** Unknown keys are dropped: for what strangers send. */
export const object = <const F extends Fields>(fields: F): Shape<ObjectOf<F>> => fieldsOf(fields, false);

/** Unknown keys are kept: for what a newer or older version of ours wrote. */
export const keeping = <const F extends Fields>(fields: F): Shape<ObjectOf<F>> => fieldsOf(fields, true);

const fieldsOf =
  <const F extends Fields>(fields: F, keep: boolean): Shape<ObjectOf<F>> =>
  (value, path) => {
    if (!isObject(value)) throw new ShapeError(path, 'an object');
    const result: Record<string, unknown> = keep ? { ...value } : {};
    for (const [name, shape] of Object.entries(fields)) {
      const given = Object.hasOwn(value, name) ? value[name] : undefined;
      if (given === undefined && !optionals.has(shape)) {
        if (shape === any) continue;
        throw new ShapeError(join(path, name), 'given');
      }
      const checked = shape(given, join(path, name));
      if (checked !== undefined) result[name] = checked;
    }
    return result as ObjectOf<F>;
  };

/** The first shape that fits; the complaint is the last one's. */
export const either =
  <A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> =>
  (value, path) => {
    try {
      return first(value, path);
    } catch (problem) {
      if (!(problem instanceof ShapeError)) throw problem;
      return second(value, path);
    }
  };

const join = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);
