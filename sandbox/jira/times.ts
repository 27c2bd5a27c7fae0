/** Jira's written forms of time. */

/** `2026-01-05T11:05:00.000+0000`; the stand-in's people all live in UTC. */
export const jiraTime = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');

const day = /^(\d{4})-(\d{2})-(\d{2})$/;
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})$/;

export function isDay(text: string): boolean {
  const parts = day.exec(text);
  if (!parts) return false;
  const time = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return new Date(time).toISOString().startsWith(text);
}

/** Epoch milliseconds, or nothing where Jira would not understand the text. */
export function parseMoment(text: string): number | undefined {
  if (!moment.test(text)) return undefined;
  const time = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(time) ? undefined : time;
}

/** `2026-05-11 00:00:00.0`, as the changelog writes dates. */
export const changelogDay = (text: string): string => `${text} 00:00:00.0`;

/** `05/Jul/26 11:05 AM`, as the changelog writes times for people. */
export function changelogMoment(at: number): string {
  const date = new Date(at);
  const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][
    date.getUTCMonth()
  ];
  const two = (n: number): string => String(n).padStart(2, '0');
  const hours = date.getUTCHours();
  const clock = `${hours % 12 === 0 ? 12 : hours % 12}:${two(date.getUTCMinutes())} ${hours < 12 ? 'AM' : 'PM'}`;
  return `${two(date.getUTCDate())}/${month}/${two(date.getUTCFullYear() % 100)} ${clock}`;
}
