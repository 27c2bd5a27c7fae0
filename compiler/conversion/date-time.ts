/**
 * Days and moments. A day has no zone and never shifts. A moment is compared in UTC at whole seconds,
 * which is all that Salesforce keeps; one that is written without a zone is UTC.
 */
import type { Step } from './conversion.ts';
import { done, failed, quoted, spelled } from './conversion.ts';

const dayPattern = /^(\d{4})-(\d\d)-(\d\d)$/;
const momentPattern =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s?(?:Z|UTC|([+-])(\d\d):?(\d\d))?$/i;
const timePattern = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?Z?$/;

function isDay(text: string): boolean {
  const parts = dayPattern.exec(text);
  return parts !== null && isDate(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}
const isDate = (year: number, month: number, day: number): boolean =>
  day >= 1 && day <= (month === 2 && isLeap(year) ? 29 : (daysIn[month] ?? 0));
/** By month; there is no month 0. */
const daysIn = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** `YYYY-MM-DDTHH:mm:ss.000Z`; nothing for what is no moment. Most are in UTC, and are spelled anew without arithmetic. */
function isoMoment(text: string): string | undefined {
  const parts = momentPattern.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second = '00', sign] = parts;
  if (!isDate(Number(year), Number(month), Number(day))) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const utc = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const offset = sign === undefined ? 0 : (Number(parts[8]) * 60 + Number(parts[9])) * (sign === '-' ? -1 : 1);
  return offset === 0 ? utc : shifted(utc, offset, text);
}

/** An offset can push the first or last day of the four-digit years out of them; such a text stays as it is. */
function shifted(utc: string, minutes: number, text: string): string {
  const iso = new Date(Date.parse(utc) - minutes * 60_000).toISOString();
  return iso.length === 24 ? iso : text;
}

export const normalDay = (raw: unknown): unknown => (typeof raw === 'string' ? raw.trim() : raw);

/** `YYYY-MM-DDTHH:mm:ss.000Z`, or what was given when it is no moment. */
export function normalMoment(raw: unknown): unknown {
  if (typeof raw !== 'string') return raw;
  const text = raw.trim();
  return isoMoment(text) ?? text;
}

/** `HH:mm:ss.SSSZ`, or what was given when it is no time of day. */
export function normalTime(raw: unknown): unknown {
  if (typeof raw !== 'string') return raw;
  const text = raw.trim();
  const parts = timePattern.exec(text);
  if (!parts || Number(parts[1]) > 23 || Number(parts[2]) > 59 || Number(parts[3] ?? 0) > 59) return text;
  return `${parts[1]}:${parts[2]}:${parts[3] ?? '00'}.${(parts[4] ?? '').padEnd(3, '0')}Z`;
}

/** Takes a day, or the UTC day of a moment. */
export const writeDay: Step = value => {
  const text = spelled(value);
  if (isDay(text)) return done(text);
  const moment = isoMoment(text);
  return moment === undefined ? failed(`${quoted(value)} is not a date`) : done(moment.slice(0, 10));
};

/** Takes a moment, or a day for its first second in UTC. */
export const writeMomentToSalesforce: Step = value => {
  const given = spelled(value);
  const moment = isoMoment(given) ?? (isDay(given) ? `${given}T00:00:00.000Z` : undefined);
  return moment === undefined ? failed(`${quoted(value)} is not a date with a time`) : done(moment);
};

/** Jira writes and takes the offset without a colon. */
export const writeMomentToJira: Step = (value, context, types) => {
  const result = writeMomentToSalesforce(value, context, types);
  return result.ok ? done(String(result.value).replace('Z', '+0000')) : result;
};

export const writeTime: Step = value => {
  const time = normalTime(value);
  return typeof time === 'string' && /^\d\d:\d\d:\d\d\.\d{3}Z$/.test(time)
    ? done(time)
    : failed(`${quoted(value)} is not a time of day`);
};
