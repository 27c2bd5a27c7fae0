/** One line on a terminal that says what is being read; nothing anywhere else. */
import type { Host } from '../host.ts';

export interface Progress {
  /** `Salesforce: Case`. */
  say(what: string): void;
  end(): void;
}

export function progressOn(host: Host): Progress {
  if (!host.terminal.err) return { say: () => {}, end: () => {} };
  const clear = '\r\u001b[K';
  return {
    say: what => host.err(`${clear}reading ${what} …`),
    end: () => host.err(clear),
  };
}
