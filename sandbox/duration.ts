/** Durations as the control API takes them. */
const units: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 60e3, h: 3600e3, d: 86400e3 };

/** `5m`, `90s`, `2h`, `1d`, `250ms`; a bare number is milliseconds. */
export function durationMs(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : undefined;
  const match = typeof value === 'string' ? /^(\d+)\s*(ms|s|m|h|d)$/.exec(value.trim()) : null;
  return match ? Number(match[1]) * units[match[2]!]! : undefined;
}
