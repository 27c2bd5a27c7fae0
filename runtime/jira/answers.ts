/** Reading Jira's answers: times in its spelling, lists that have to be there. */
import { failure } from './request.ts';

/** Jira's offset has no colon; bulk change logs also answer with epoch milliseconds. */
export function timeOf(value: unknown): number {
  if (typeof value === 'number') return value;
  const time = typeof value === 'string' ? Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : Number.NaN;
  return Number.isNaN(time) ? 0 : time;
}

export function listOf<T>(answer: unknown, name: string): readonly T[] {
  const list = (answer as Readonly<Record<string, unknown>> | undefined)?.[name];
  if (!Array.isArray(list)) throw unexpected();
  return list as readonly T[];
}

/** `unknown` after a write: it was made, whatever became of the answer. */
export const unexpected = (kind: 'unavailable' | 'unknown' = 'unavailable') =>
  failure(kind, 'UNEXPECTED_ANSWER', 'Jira answered in a form that is not known.');
