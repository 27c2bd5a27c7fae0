/** Every outgoing call of the app, in order, as `/control/calls` shows it. No body is kept, so no secret is. */

export type System = 'jira' | 'salesforce' | 'kvs' | 'queue';

export interface CallPart {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export interface Call {
  readonly system: System;
  readonly method: string;
  /** With its query string. */
  readonly path: string;
  /** 0: the caller never saw an answer. */
  readonly status: number;
  readonly at: number;
  /** What the app was doing: `schedule cycle`, `job cycle`, `event avi:jira:updated:issue`, `admin items.save`. */
  readonly why: string;
  /** What travelled inside a composite or batch call. */
  readonly parts?: readonly CallPart[];
}

export interface Ledger {
  add(call: Call): void;
  calls(): readonly Call[];
  clear(): void;
}

/** The oldest calls give way, so that a sandbox that runs for days does not grow. */
export function createLedger(limit = 50_000): Ledger {
  let calls: Call[] = [];
  return {
    add: call => {
      calls.push(call);
      if (calls.length > limit) calls = calls.slice(limit / 2);
    },
    calls: () => calls,
    clear: () => {
      calls = [];
    },
  };
}

interface Sent {
  readonly compositeRequest?: readonly { readonly method: string; readonly url: string }[];
  readonly batchRequests?: readonly { readonly method: string; readonly url: string }[];
}
interface Answered {
  readonly compositeResponse?: readonly { readonly httpStatusCode: number }[];
  readonly results?: readonly { readonly statusCode: number }[];
}

/** The parts of a Salesforce composite or batch call, if it is one; 0 for a part that nobody saw an answer to. */
export function partsOf(
  system: System,
  path: string,
  sent: string | undefined,
  answered: string,
): readonly CallPart[] | undefined {
  if (system !== 'salesforce' || !/\/composite(\/batch)?\/?(\?|$)/.test(path)) return undefined;
  const request = parsed(sent) as Sent | undefined;
  const response = parsed(answered) as Answered | undefined;
  const statuses =
    response?.compositeResponse?.map(part => part.httpStatusCode) ?? response?.results?.map(part => part.statusCode);
  return (request?.compositeRequest ?? request?.batchRequests)?.map((part, at) => ({
    method: part.method,
    path: part.url,
    status: statuses?.[at] ?? 0,
  }));
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
