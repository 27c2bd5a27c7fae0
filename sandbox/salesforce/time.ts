/**
 * Salesforce's spelling of points in time. Datetimes are stored as they are answered, in UTC to the second, so that
 * comparing the texts compares the times.
 */

/** `2026-11-23T16:27:50.000+0000`; whole seconds, as stamps are. */
export function stampOf(instant: number): string {
  return `${new Date(Math.floor(instant / 1000) * 1000).toISOString().slice(0, 19)}.000+0000`;
}

/** With the milliseconds that a datetime field keeps when it is written. */
export function datetimeOf(instant: number): string {
  return new Date(instant).toISOString().replace('Z', '+0000');
}

export function dateOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

const datetimePattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/** Epoch milliseconds of an ISO-8601 datetime; without a zone it is read as UTC. */
export function parseDatetime(text: string): number | undefined {
  const match = datetimePattern.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second = '00', fraction = '', zone = 'Z'] = match;
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const millis = fraction.slice(0, 3).padEnd(3, '0');
  if (parseDate(`${year}-${month}-${day}`) === undefined) return undefined;
  const value = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millis}${offset}`);
  return Number.isNaN(value) ? undefined : value;
}

/** Epoch milliseconds of a `YYYY-MM-DD` that exists in the calendar. */
export function parseDate(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const value = Date.parse(`${text}T00:00:00.000Z`);
  return Number.isNaN(value) || dateOf(value) !== text ? undefined : value;
}
