/** Numbers: JSON numbers on both sides, plain decimal spelling in texts, no locale anywhere. */
import type { Converted, Step } from './conversion.ts';
import { done, failed, quoted } from './conversion.ts';

const spelling = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** A number, or what was given when it is not one. Minus zero is zero. */
export function normalNumber(raw: unknown): unknown {
  const value = typeof raw === 'string' && spelling.test(raw.trim()) ? Number(raw) : raw;
  return typeof value === 'number' ? (Number.isFinite(value) ? value + 0 : String(value)) : value;
}

export const writeNumber: Step = value => number(normalNumber(value));

export const writeInteger: Step = value => {
  const result = number(normalNumber(value));
  if (result.ok && !Number.isInteger(result.value)) return failed(`${result.value} is not a whole number`);
  return result;
};

const number = (value: unknown): Converted =>
  typeof value === 'number' ? done(value === 0 ? 0 : value) : failed(`${quoted(value)} is not a number`);
