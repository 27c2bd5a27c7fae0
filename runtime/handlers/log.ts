/**
 * One line of JSON an event. Details are short facts; what looks like a secret is blanked all the same,
 * since a log outlives every mistake.
 */
import type { Log } from '../ports.ts';

type Details = Parameters<Log['info']>[1];

export function createLog(write: (line: string) => void): Log {
  const line = (level: string, event: string, details: Details = {}) =>
    write(
      JSON.stringify({
        level,
        event,
        ...Object.fromEntries(Object.entries(details).map(([name, value]) => [name, clean(value)])),
      }),
    );
  return {
    info: (event, details) => line('info', event, details),
    warn: (event, details) => line('warn', event, details),
  };
}

/** Salesforce session ids, bearer headers, and form bodies of a token request. */
const secrets = [/00D[A-Za-z0-9]{9,15}![^\s"'&]+/g, /Bearer\s+[^\s"']+/gi, /client_secret=[^\s"'&]+/gi];

export function clean(value: string | number | boolean): string | number | boolean {
  if (typeof value !== 'string') return value;
  return secrets.reduce((text, secret) => text.replace(secret, '[hidden]'), value).slice(0, 500);
}
