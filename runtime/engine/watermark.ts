/**
 * Where reading goes on. Stamps are whole seconds, many rows share one, and a row can appear up to ten
 * minutes after its stamp: so reading starts an overlap before the watermark, rows that were handled are
 * known by id and stamp, and the watermark never passes a row that was neither handled nor parked.
 */
import type { Instant, Watermark } from '../ports.ts';

/** The longest that a transaction holds back rows after it stamped them. */
export const overlapMs = 10 * 60_000;

/** A stamp is a whole second: a row this young can change again under the same stamp, so it is read once more. */
export const unsettledMs = 2_000;

export interface Stamped {
  readonly id: string;
  readonly stamp: Instant;
}

export const stampKey = ({ id, stamp }: Stamped): string => `${id}@${stamp}`;

export const byStamp = (a: Stamped, b: Stamped): number =>
  a.stamp - b.stamp || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** From where to read; a whole second. */
export const readFrom = ({ until }: Pick<Watermark, 'until'>): Instant => Math.floor((until - overlapMs) / 1000) * 1000;

/** Rows in order and once each, without those handled before. */
export function freshRows<Row extends Stamped>(rows: readonly Row[], watermark: Watermark): readonly Row[] {
  const seen = new Set(watermark.handled);
  const fresh: Row[] = [];
  for (const row of [...rows].sort(byStamp)) {
    const key = stampKey(row);
    if (seen.has(key)) continue;
    seen.add(key);
    fresh.push(row);
  }
  return fresh;
}

/**
 * The watermark after a run that read everything up to `readUntil` (the server's clock when it answered), or up to
 * `unreadFrom` where there was more. `unhandled` rows hold it back.
 */
export function advance(
  watermark: Watermark,
  rows: readonly Stamped[],
  unhandled: ReadonlySet<string>,
  readUntil: Instant,
  unreadFrom: Instant = Number.POSITIVE_INFINITY,
): Watermark {
  let until = Math.min(Math.max(watermark.until, readUntil), unreadFrom);
  for (const row of rows) {
    if (unhandled.has(stampKey(row)) && row.stamp < until) until = row.stamp;
  }
  const from = readFrom({ until });
  const handled = new Set<string>();
  for (const key of watermark.handled) if (stampOf(key) >= from) handled.add(key);
  for (const row of rows) {
    const settled = row.stamp >= from && row.stamp < readUntil - unsettledMs;
    if (settled && !unhandled.has(stampKey(row))) handled.add(stampKey(row));
  }
  return { until, handled: [...handled].sort() };
}

const stampOf = (key: string): Instant => Number(key.slice(key.lastIndexOf('@') + 1));
