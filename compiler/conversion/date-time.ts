/**
 * Days and moments. A day has no zone and never shifts. A moment is compared in UTC at whole seconds,
 * which is all that Salesforce keeps; one that is written without a zone is UTC.
 */
import type { Step } from './conversion.ts';
import { done, failed, quoted, spelled } from './conversion.ts';

const dayPattern = /^(\d{4})-(\d\d)-(\d\d)$/;
const momentPattern = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s?(?:Z|UTC|([+-])(\d\d):?(\d\d))?$/i;
const timePattern = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?Z?$/;

export function isDay(text: string): boolean {
  const parts = dayPattern.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Epoch milliseconds at whole seconds. */
export function momentOf(text: string): number | undefined {
  const parts = momentPattern.exec(text);
  if (!parts || !isDay(parts[1]!)) return undefined;
  const [hour, minute, second] = [Number(parts[2]), Number(parts[3]), Number(parts[4] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = parts[5] ? (Number(parts[6]) * 60 + Number(parts[7])) * (parts[5] === '-' ? -1 : 1) : 0;
  const midnight = Date.parse(`${parts[1]}T00:00:00Z`);
  return midnight + (hour * 3600 + minute * 60 + second - offset * 60) * 1000;
}

export const normalDay = (raw: unknown): unknown => (typeof raw === 'string' ? raw.trim() : raw);

/** `YYYY-MM-DDTHH:mm:ss.000Z`, or what was given when it is no moment. */
export function normalMoment(raw: unknown): unknown {
  if (typeof raw !== 'string') return raw;
  const text = raw.trim();
  const moment = momentOf(text);
  return moment === undefined ? text : isoOf(moment, text);
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
  const moment = momentOf(text);
  return moment === undefined ? failed(`${quoted(value)} is not a date`) : done(isoOf(moment, text).slice(0, 10));
};

/** Takes a moment, or a day for its first second in UTC. */
export const writeMomentToSalesforce: Step = value => {
  const given = spelled(value);
  const text = isDay(given) ? `${given}T00:00:00Z` : given;
  const moment = momentOf(text);
  return moment === undefined ? failed(`${quoted(value)} is not a date with a time`) : done(isoOf(moment, text));
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

/** An offset can push the first or last day of the four-digit years out of them; such a text stays as it is. */
function isoOf(moment: number, text: string): string {
  const iso = new Date(moment).toISOString();
  return iso.length === 24 ? iso : text;
}
