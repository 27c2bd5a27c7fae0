/** JQL's ways of naming a moment: written dates, spans from now, epoch milliseconds and functions. */

const written = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2}))?$/;
const span = /^([+-]?)((?:\d+[wdhm]\s*)+)$/;
const functionSpan = /^([+-]?\d+)([yMwdhm]?)$/;

const minutes = { w: 7 * 24 * 60, d: 24 * 60, h: 60, m: 1 } as const;
type SpanUnit = keyof typeof minutes;

/** Epoch milliseconds (people here live in UTC), or nothing for a text that JQL does not take. */
export function readMoment(text: string, now: number): number | undefined {
  const date = written.exec(text.trim());
  if (date) {
    const [year, month, day, hour = 0, minute = 0] = date.slice(1).map(part => Number(part ?? 0));
    const time = new Date(Date.UTC(year!, month! - 1, day!, hour, minute));
    return time.getUTCMonth() === month! - 1 && time.getUTCDate() === day ? time.getTime() : undefined;
  }
  const relative = span.exec(text.trim());
  if (relative) {
    const total = [...relative[2]!.matchAll(/(\d+)([wdhm])/g)].reduce(
      (sum, [, count, unit]) => sum + Number(count) * minutes[unit as SpanUnit],
      0,
    );
    return now + (relative[1] === '-' ? -1 : 1) * total * 60_000;
  }
  return /^\d{9,}$/.test(text) ? Number(text) : undefined;
}

type Boundary = (date: Date) => void;
const midnight: Boundary = date => date.setUTCHours(0, 0, 0, 0);
const starts: Readonly<Record<string, { readonly to: Boundary; readonly unit: string }>> = {
  day: { to: midnight, unit: 'd' },
  week: {
    // The site's week begins on a Sunday.
    to: date => {
      midnight(date);
      date.setUTCDate(date.getUTCDate() - date.getUTCDay());
    },
    unit: 'w',
  },
  month: {
    to: date => {
      midnight(date);
      date.setUTCDate(1);
    },
    unit: 'M',
  },
  year: {
    to: date => {
      midnight(date);
      date.setUTCMonth(0, 1);
    },
    unit: 'y',
  },
};

function add(date: Date, count: number, unit: string): void {
  if (unit === 'y') date.setUTCFullYear(date.getUTCFullYear() + count);
  else if (unit === 'M') date.setUTCMonth(date.getUTCMonth() + count);
  else date.setTime(date.getTime() + count * minutes[unit as SpanUnit] * 60_000);
}

/** `now()`, `startOfDay(-1d)`, `endOfMonth()` …; nothing for another name or a wrong argument. */
export function momentFunction(name: string, argument: string | undefined, now: number): number | undefined {
  const known = /^(startof|endof)(day|week|month|year)$/.exec(name.toLowerCase());
  if (!known) return name.toLowerCase() === 'now' && argument === undefined ? now : undefined;
  const { to, unit } = starts[known[2]!]!;
  const date = new Date(now);
  to(date);
  if (argument !== undefined) {
    const shift = functionSpan.exec(argument);
    if (!shift) return undefined;
    add(date, Number(shift[1]), shift[2] || unit);
    to(date);
  }
  if (known[1] === 'startof') return date.getTime();
  add(date, 1, unit);
  return date.getTime() - 1;
}
