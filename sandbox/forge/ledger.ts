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

interface Composite {
  readonly compositeRequest?: readonly { readonly method: string; readonly url: string }[];
  readonly compositeResponse?: readonly { readonly httpStatusCode: number }[];
}

/** The parts of a Salesforce composite call or a store's batch or transaction, if it is one. */
export function partsOf(
  system: System,
  path: string,
  sent: string | undefined,
  answered: string,
): readonly CallPart[] | undefined {
  if (system === 'salesforce' && /\/composite\/?(\?|$)/.test(path)) {
    const request = parsed(sent) as Composite | undefined;
    const response = parsed(answered) as Composite | undefined;
    return request?.compositeRequest?.map((part, at) => ({
      method: part.method,
      path: part.url,
      status: response?.compositeResponse?.[at]?.httpStatusCode ?? 0,
    }));
  }
  return undefined;
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
