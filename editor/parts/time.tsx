/** Moments as people say them: `2 minutes ago`, with the exact time for whoever points at it. */
import { useEffect, useState } from 'react';

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** `now` is behind `at` where two clocks differ a little: that is now. */
export function timeAgo(at: number, now: number): string {
  const age = now - at;
  for (const [unit, length] of units)
    if (Math.abs(age) >= length) return relative.format(-Math.trunc(age / length), unit);
  return 'just now';
}

export function Time({ at }: { readonly at: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={new Date(at).toISOString()} title={exact.format(at)}>
      {timeAgo(at, Math.max(now, Date.now()))}
    </time>
  );
}

export function durationText(ms: number): string {
  return ms < 1000 ? 'under a second' : ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}
