/**
 * Shapes of the files that the compiler reads back: plans and snapshots. A shape checks a JSON value and
 * complains with the place and what should stand there; it changes nothing. No eval, for browsers.
 */

/** Nothing when the value fits, else what is wrong and where. */
export type Check = (value: unknown, path: string) => string | undefined;

const expected = (path: string, words: string) => `${path === '' ? 'the whole' : `\`${path}\``} should be ${words}`;
const kind =
  (fits: (value: unknown) => boolean, words: string): Check =>
  (value, path) =>
    fits(value) ? undefined : expected(path, words);

export const any: Check = () => undefined;
export const text = kind(value => typeof value === 'string', 'a text');
export const boolean = kind(value => typeof value === 'boolean', 'true or false');
export const number = kind(value => typeof value === 'number' && Number.isFinite(value), 'a number');
export const whole = kind(value => Number.isSafeInteger(value) && (value as number) >= 0, 'a whole number');
export const scalar = kind(
  value => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean',
  'a text, a number, true or false',
);
export const oneOf = (...words: readonly string[]): Check =>
  kind(value => words.includes(value as string), `one of ${words.join(', ')}`);
export const nullable =
  (check: Check): Check =>
  (value, path) =>
    value === null ? undefined : check(value, path);

export const list =
  (check: Check, least = 0): Check =>
  (value, path) => {
    if (!Array.isArray(value)) return expected(path, 'a list');
    if (value.length < least) return expected(path, least === 1 ? 'a list that is not empty' : `a list of ${least}`);
    for (let i = 0; i < value.length; i++) {
      const problem = check(value[i], `${path}[${i}]`);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };

const optionals = new WeakSet<Check>();
/** The key may be absent. */
export function optional(check: Check): Check {
  const wrapped: Check = (value, path) => check(value, path);
  optionals.add(wrapped);
  return wrapped;
}

export const object =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return expected(path, 'an object');
    const given = value as Readonly<Record<string, unknown>>;
    for (const [name, check] of Object.entries(fields)) {
      const place = path === '' ? name : `${path}.${name}`;
      if (!Object.hasOwn(given, name)) {
        if (optionals.has(check)) continue;
        return `\`${place}\` is missing`;
      }
      const problem = check(given[name], place);
      if (problem !== undefined) return problem;
    }
    for (const name of Object.keys(given)) {
      if (!Object.hasOwn(fields, name)) return `\`${path === '' ? name : `${path}.${name}`}\` is not known`;
    }
    return undefined;
  };

/** By the value of one key; a recursive shape names itself inside a function. */
export const union =
  (key: string, shapes: Readonly<Record<string, Check>>): Check =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return expected(path, 'an object');
    const tag = (value as Readonly<Record<string, unknown>>)[key];
    const shape = typeof tag === 'string' && Object.hasOwn(shapes, tag) ? shapes[tag] : undefined;
    const place = path === '' ? key : `${path}.${key}`;
    return shape === undefined ? expected(place, `one of ${Object.keys(shapes).join(', ')}`) : shape(value, path);
  };
