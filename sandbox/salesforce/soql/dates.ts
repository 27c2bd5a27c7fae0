/**
 * Date literals as half-open ranges of days, in UTC: the integration user's zone is GMT. Weeks begin on Sunday, as in an
 * en_US org; fiscal years are calendar years.
 */
import type { Row } from '../state.ts';
import { parseDate, parseDatetime } from '../time.ts';

const day = 86_400_000;

/** Epoch milliseconds of midnights, `to` excluded. */
export interface DayRange {
  readonly from: number;
  readonly to: number;
}

type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** The unit's start that lies `shift` units away from the one that holds `now`. */
function unitStart(now: number, unit: Unit, shift: number): number {
  const date = new Date(now);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const midnight = Date.UTC(year, month, date.getUTCDate());
  switch (unit) {
    case 'day':
      return midnight + shift * day;
    case 'week':
      return midnight - date.getUTCDay() * day + shift * 7 * day;
    case 'month':
      return Date.UTC(year, month + shift, 1);
    case 'quarter':
      return Date.UTC(year, month - (month % 3) + shift * 3, 1);
    case 'year':
      return Date.UTC(year + shift, 0, 1);
  }
}

const fixed: Readonly<Record<string, readonly [Unit, number]>> = {
  YESTERDAY: ['day', -1],
  TODAY: ['day', 0],
  TOMORROW: ['day', 1],
  LAST_WEEK: ['week', -1],
  THIS_WEEK: ['week', 0],
  NEXT_WEEK: ['week', 1],
  LAST_MONTH: ['month', -1],
  THIS_MONTH: ['month', 0],
  NEXT_MONTH: ['month', 1],
  LAST_QUARTER: ['quarter', -1],
  THIS_QUARTER: ['quarter', 0],
  NEXT_QUARTER: ['quarter', 1],
  LAST_YEAR: ['year', -1],
  THIS_YEAR: ['year', 0],
  NEXT_YEAR: ['year', 1],
};

/** The range of `TODAY`, `LAST_N_DAYS:7`, …; nothing where the word is no date literal. */
export function dateLiteral(literal: string, now: number): DayRange | undefined {
  const [word = '', count] = literal.toUpperCase().replace('FISCAL_', '').split(':');
  const n = Number(count);
  if (count === undefined) {
    const known = fixed[word];
    if (known) return { from: unitStart(now, known[0], known[1]), to: unitStart(now, known[0], known[1] + 1) };
    if (word === 'LAST_90_DAYS') return { from: unitStart(now, 'day', -90), to: unitStart(now, 'day', 1) };
    if (word === 'NEXT_90_DAYS') return { from: unitStart(now, 'day', 1), to: unitStart(now, 'day', 91) };
    return undefined;
  }
  const relative = /^(LAST_N|NEXT_N|N)_(DAY|WEEK|MONTH|QUARTER|YEAR)S(_AGO)?$/.exec(word);
  if (!relative) return undefined;
  const unit = (relative[2] as string).toLowerCase() as Unit;
  if (relative[1] === 'N') return { from: unitStart(now, unit, -n), to: unitStart(now, unit, -n + 1) };
  // LAST_N_DAYS reaches into today, the other LAST_N… end with the unit before this one.
  if (relative[1] === 'LAST_N')
    return { from: unitStart(now, unit, -n), to: unitStart(now, unit, unit === 'day' ? 1 : 0) };
  return { from: unitStart(now, unit, 1), to: unitStart(now, unit, n + 1) };
}

/** `CALENDAR_YEAR(…)` and its like, of epoch milliseconds. */
const dateFunctions: Readonly<Record<string, (instant: number) => number | string>> = {
  CALENDAR_YEAR: at => new Date(at).getUTCFullYear(),
  CALENDAR_QUARTER: at => Math.floor(new Date(at).getUTCMonth() / 3) + 1,
  CALENDAR_MONTH: at => new Date(at).getUTCMonth() + 1,
  FISCAL_YEAR: at => new Date(at).getUTCFullYear(),
  FISCAL_QUARTER: at => Math.floor(new Date(at).getUTCMonth() / 3) + 1,
  FISCAL_MONTH: at => new Date(at).getUTCMonth() + 1,
  DAY_IN_MONTH: at => new Date(at).getUTCDate(),
  DAY_IN_WEEK: at => new Date(at).getUTCDay() + 1,
  DAY_IN_YEAR: at => Math.floor((unitStart(at, 'day', 0) - unitStart(at, 'year', 0)) / day) + 1,
  DAY_ONLY: at => new Date(at).toISOString().slice(0, 10),
  HOUR_IN_DAY: at => new Date(at).getUTCHours(),
  WEEK_IN_MONTH: at => Math.floor((new Date(at).getUTCDate() - 1) / 7) + 1,
  WEEK_IN_YEAR: at => Math.floor((unitStart(at, 'day', 0) - unitStart(at, 'year', 0)) / (7 * day)) + 1,
};

/** The function's result for a date or datetime of the row. */
export function dateFunction(name: string, value: (row: Row) => unknown): ((row: Row) => unknown) | undefined {
  const compute = dateFunctions[name.toUpperCase()];
  if (!compute) return undefined;
  return row => {
    const text = value(row);
    const instant = typeof text === 'string' ? (parseDatetime(text) ?? parseDate(text)) : undefined;
    return instant === undefined ? null : compute(instant);
  };
}
