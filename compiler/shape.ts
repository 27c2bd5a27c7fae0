/**
 * Shapes of the files that the compiler reads back: plans and snapshots. A shape checks a JSON value and
 * complains with the place and what should stand there; it changes nothing. Places are put together only
 * when something is wrong. No eval, for browsers.
 */
import { isObject } from './metadata/json.ts';

interface Problem {
  /** `.items[0].name`; empty for the whole. */
  readonly place: string;
  readonly words: string;
}
export type Check = (value: unknown) => Problem | undefined;

/** Nothing when the value fits, else a clause: "`items[0].name` should be a text". */
export function problemOf(check: Check, value: unknown): string | undefined {
  const problem = check(value);
  if (problem === undefined) return undefined;
  const place = problem.place.replace(/^\./, '');
  return `${place === '' ? 'the whole' : `\`${place}\``} ${problem.words}`;
}

const shouldBe = (words: string): Problem => ({ place: '', words: `should be ${words}` });
const under = (step: string, { place, words }: Problem): Problem => ({ place: step + place, words });
const kind = (fits: (value: unknown) => boolean, words: string): Check => {
  const problem = shouldBe(words);
  return value => (fits(value) ? undefined : problem);
};

export const any: Check = () => undefined;
export const text = kind(value => typeof value === 'string', 'a text');
export const boolean = kind(value => typeof value === 'boolean', 'true or false');
export const whole = kind(value => Number.isSafeInteger(value) && (value as number) >= 0, 'a whole number');
export const scalar = kind(
  value => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean',
  'a text, a number, true or false',
);
export const oneOf = (...words: readonly string[]): Check =>
  kind(value => words.includes(value as string), `one of ${words.join(', ')}`);
export const nullable =
  (check: Check): Check =>
  value =>
    value === null ? undefined : check(value);

export const list =
  (check: Check, least: 0 | 1 = 0): Check =>
  value => {
    if (!Array.isArray(value)) return shouldBe('a list');
    if (value.length < least) return shouldBe('a list that is not empty');
    for (let i = 0; i < value.length; i++) {
      const problem = check(value[i]);
      if (problem !== undefined) return under(`[${i}]`, problem);
    }
    return undefined;
  };

interface Optional {
  readonly optional: Check;
}
/** The key may be absent. */
export const optional = (check: Check): Optional => ({ optional: check });

type Fields = Readonly<Record<string, Check | Optional>>;

export function object(fields: Fields): Check {
  const known = new Map(
    Object.entries(fields).map(([name, field]) =>
      typeof field === 'function'
        ? [name, { check: field, needed: true }]
        : [name, { check: field.optional, needed: false }],
    ),
  );
  return value => {
    if (!isObject(value)) return shouldBe('an object');
    for (const [name, { check, needed }] of known) {
      if (!Object.hasOwn(value, name)) {
        if (needed) return { place: `.${name}`, words: 'is missing' };
        continue;
      }
      const problem = check(value[name]);
      if (problem !== undefined) return under(`.${name}`, problem);
    }
    for (const name of Object.keys(value)) if (!known.has(name)) return { place: `.${name}`, words: 'is not known' };
    return undefined;
  };
}

/** By the value of one key; a recursive shape names itself inside a function. */
export const union =
  (key: string, shapes: Readonly<Record<string, Check>>): Check =>
  value => {
    if (!isObject(value)) return shouldBe('an object');
    const tag = value[key];
    const shape = typeof tag === 'string' && Object.hasOwn(shapes, tag) ? shapes[tag] : undefined;
    return shape === undefined ? under(`.${key}`, shouldBe(`one of ${Object.keys(shapes).join(', ')}`)) : shape(value);
  };
