/** What many worlds came to, counted so that counts of several processes add up. */
import type { Outcome } from './play.ts';
import type { ProfileName } from './story.ts';

export interface Tally {
  worlds: Partial<Record<ProfileName, number>>;
  broken: number;
  /** By call and effect: how often it struck. */
  strikes: Record<string, Record<string, number>>;
  /** How many calls of each kind there were while faults could strike. */
  calls: Record<string, number>;
  /** Of processor time. */
  seconds: number;
}

export const emptyTally = (): Tally => ({ worlds: {}, broken: 0, strikes: {}, calls: {}, seconds: 0 });

export function count(tally: Tally, profile: ProfileName, { broken, strikes, calls }: Outcome): void {
  tally.worlds[profile] = (tally.worlds[profile] ?? 0) + 1;
  if (broken.length > 0) tally.broken++;
  for (const { call, effect } of strikes) {
    tally.strikes[call] ??= {};
    tally.strikes[call][effect] = (tally.strikes[call][effect] ?? 0) + 1;
  }
  for (const [call, times] of calls) tally.calls[call] = (tally.calls[call] ?? 0) + times;
}

export function add(to: Tally, { worlds, broken, strikes, calls, seconds }: Tally): void {
  to.broken += broken;
  to.seconds += seconds;
  for (const [profile, times] of Object.entries(worlds))
    to.worlds[profile as ProfileName] = (to.worlds[profile as ProfileName] ?? 0) + times;
  for (const [call, times] of Object.entries(calls)) to.calls[call] = (to.calls[call] ?? 0) + times;
  for (const [call, effects] of Object.entries(strikes)) {
    to.strikes[call] ??= {};
    for (const [effect, times] of Object.entries(effects))
      to.strikes[call][effect] = (to.strikes[call][effect] ?? 0) + times;
  }
}

export const worldsOf = ({ worlds }: Tally): number => Object.values(worlds).reduce((sum, times) => sum + times, 0);

export function summary(tally: Tally, wallSeconds: number): string {
  const worlds = worldsOf(tally);
  const perMinute = (seconds: number) => Math.round((worlds / seconds) * 60);
  const struck = Object.values(tally.strikes).flatMap(effects => Object.values(effects));
  const profiles = Object.entries(tally.worlds).map(([profile, times]) => `${times} ${profile}`);
  return [
    `${worlds} worlds (${profiles.join(', ')}), ${tally.broken} broken`,
    `${struck.reduce((sum, times) => sum + times, 0)} faults struck ${Object.keys(tally.strikes).length} kinds of calls and events`,
    `${perMinute(wallSeconds)} worlds a minute, ${perMinute(tally.seconds)} a minute of one core`,
  ].join('\n');
}

/** How often each fault met each call, most calls first. */
export function faultTable(tally: Tally): string {
  const effects = [...new Set(Object.values(tally.strikes).flatMap(Object.keys))].sort();
  const calls = [...new Set([...Object.keys(tally.calls), ...Object.keys(tally.strikes)])].sort(
    (a, b) => (tally.calls[b] ?? 0) - (tally.calls[a] ?? 0) || (a < b ? -1 : 1),
  );
  const rows = calls.map(call => {
    const struck = effects.map(effect => String(tally.strikes[call]?.[effect] ?? ''));
    return `| \`${call}\` | ${[tally.calls[call] ?? '', ...struck].join(' | ')} |`;
  });
  return [
    `| call or event | met | ${effects.join(' | ')} |`,
    `|---|${'---|'.repeat(effects.length + 1)}`,
    ...rows,
  ].join('\n');
}
