/**
 * One field and the comparisons that it must meet all at once: a value that does, or the proof that there is
 * none. Of an order it is enough to try each limit and one value of every gap; of texts, one that is put
 * together from the wanted parts and letters that no comparison mentions.
 */
import { foldText } from '../conversion/index.ts';
import type { Domain, Value } from './domain.ts';
import type { Atom } from './formula.ts';

export type Found =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'none' }
  /** None was found, which proves nothing. */
  | { readonly kind: 'unknown' };

const none: Found = { kind: 'none' };
const unknown: Found = { kind: 'unknown' };

/** At least one atom, all of one field. */
export function valueFor(atoms: readonly Atom[]): Found {
  const { domain } = atoms[0]!;
  const meets = (value: Value) => atoms.every(atom => atom.holds(value));
  const first = (values: readonly Value[]): Found | undefined => {
    const value = values.find(meets);
    return value === undefined ? undefined : { kind: 'value', value };
  };
  switch (domain.kind) {
    case 'listed':
      return first(domain.values) ?? (domain.whole ? none : unknown);
    case 'anything':
      return first(['…']) ?? (domain.nillable ? first([null]) : undefined) ?? none;
    case 'ordered':
      return first(orderedValues(domain, atoms)) ?? (domain.nillable ? first([null]) : undefined) ?? none;
    case 'text': {
      const text = textFor(domain, atoms, first);
      return text.kind === 'value' ? text : ((domain.nillable ? first([null]) : undefined) ?? text);
    }
  }
}

function orderedValues(domain: Extract<Domain, { kind: 'ordered' }>, atoms: readonly Atom[]): readonly Value[] {
  const limits: number[] = [];
  for (const { operation } of atoms) {
    if (operation.kind === 'order') limits.push(operation.limit);
    if (operation.kind !== 'equals') continue;
    for (const value of operation.values) {
      const limit = domain.read(value);
      if (limit !== undefined) limits.push(limit);
    }
  }
  const { stride, discrete } = domain;
  const near = discrete ? limits.flatMap(limit => [Math.floor(limit), Math.ceil(limit)]) : limits;
  const points = [...new Set(near)].sort((a, b) => a - b);
  if (points.length === 0) return [domain.write(0)];
  const numbers: number[] = [...points, points.at(-1)! + stride, points[0]! - stride];
  points.forEach((low, index) => {
    const high = points[index + 1];
    if (high === undefined) return;
    if (low + stride < high) numbers.push(low + stride);
    const whole = Math.floor(low) + 1;
    if (whole < high) numbers.push(whole);
    else if (!discrete) numbers.push((low + high) / 2);
  });
  return numbers.map(domain.write);
}

type First = (values: readonly Value[]) => Found | undefined;

function textFor(domain: Extract<Domain, { kind: 'text' }>, atoms: readonly Atom[], first: First): Found {
  const { length = Number.POSITIVE_INFINITY } = domain;
  const fits = (values: readonly string[]) => values.filter(value => value !== '' && value.length <= length);
  const wanted = atoms.filter(atom => !atom.negated);
  if (wanted.some(({ operation }) => operation.kind === 'empty')) return none;
  const equality = wanted.find(({ operation }) => operation.kind === 'equals')?.operation;
  if (equality?.kind === 'equals') return first(fits(equality.values.map(String))) ?? none;

  const start = longestStart(wanted);
  if (start === undefined) return none;
  const parts = partsOf(wanted, start);
  if (Math.max(start.length, ...parts.map(part => part.length)) > length) return none;
  const plain = [[start, ...parts].filter(part => part !== '').join(' '), ...parts];
  const found = first(fits([...plain, ...domain.usual]));
  if (found !== undefined) return found;
  // No comparison knows this letter, so whatever a text around it still holds or is, it has to.
  const letter = strangerTo(atoms);
  const built = [start, ...parts, ''].join(letter);
  if (built.length <= length) return first([built]) ?? none;
  return first(fits([merged([start, ...parts]), `${start}${letter}`])) ?? unknown;
}

/** Nothing where two beginnings contradict each other. */
function longestStart(wanted: readonly Atom[]): string | undefined {
  let longest = '';
  for (const { operation } of wanted) {
    if (operation.kind !== 'starts-with') continue;
    const { text } = operation;
    if (text.startsWith(longest)) longest = text;
    else if (!longest.startsWith(text)) return undefined;
  }
  return longest;
}

/** Those that no other one, nor the beginning, brings along. */
function partsOf(wanted: readonly Atom[], start: string): readonly string[] {
  const parts = wanted.flatMap(({ operation }) => (operation.kind === 'contains' ? [operation.text] : []));
  const lone = [...new Set(parts)].filter(part => !start.includes(part));
  return lone.filter(part => !lone.some(other => other !== part && other.includes(part)));
}

function strangerTo(atoms: readonly Atom[]): string {
  const named = atoms
    .flatMap(({ operation }) =>
      operation.kind === 'equals'
        ? operation.values.map(value => foldText(String(value)))
        : 'text' in operation
          ? [operation.text]
          : [],
    )
    .join('');
  const letters = 'xyzabcdefghijklmnopqrstuvw0123456789';
  for (const letter of letters) if (!named.includes(letter)) return letter;
  // Chinese characters are more than any program compares with, and have no capitals.
  let code = 0x4e00;
  while (named.includes(String.fromCharCode(code))) code++;
  return String.fromCharCode(code);
}

/** One after the other, sharing what the end of one and the beginning of the next have in common. */
function merged(parts: readonly string[]): string {
  return parts.reduce((text, part) => {
    let shared = Math.min(text.length, part.length);
    while (!text.endsWith(part.slice(0, shared))) shared--;
    return text + part.slice(shared);
  });
}
