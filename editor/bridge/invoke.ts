/**
 * Calls to the app's own resolvers, typed by the contract. A refusal is an `AppError` whose message is a
 * sentence for the person in front of the page.
 */
import { invoke as forgeInvoke, requestJira } from '@forge/bridge';

export class AppError extends Error {
  /** `forbidden`, `conflict`, `confirm-required`, `invalid`, …; of calls that reached nobody `signed-out` and `unreachable`. */
  readonly code: string;
  /** What else the app says of it: `diagnostics`, `version`, … */
  readonly more: Readonly<Record<string, unknown>>;
  constructor(code: string, message: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.more = more;
  }
}

type Answer<T> =
  | { readonly ok: true; readonly result: T }
  | {
      readonly ok: false;
      readonly error: { readonly code: string; readonly message: string; readonly [more: string]: unknown };
    };

/** What a resolver offers: by function name, from payload to result. */
export type Contract = Readonly<Record<string, { readonly payload: object; readonly result: unknown }>>;

export function invoker<C extends Contract>() {
  return async <Name extends keyof C & string>(name: Name, payload: C[Name]['payload']): Promise<C[Name]['result']> => {
    let answer: Answer<C[Name]['result']>;
    try {
      answer = (await forgeInvoke(name, payload)) as Answer<C[Name]['result']>;
    } catch {
      throw await whyNobodyAnswered();
    }
    if (answer.ok) return answer.result;
    const { code, message, ...more } = answer.error;
    throw new AppError(code, message, more);
  };
}

/** Forge does not tell the end of a session from an app that is down; Jira does. */
async function whyNobodyAnswered(): Promise<AppError> {
  const status = await requestJira('/rest/api/3/myself').then(
    answer => answer.status,
    () => undefined,
  );
  return status === 401
    ? new AppError(
        'signed-out',
        'Your session in Jira has ended. Sign in to Jira in another tab and come back; what is on this page stays as it is.',
      )
    : new AppError(
        'unreachable',
        'The app did not answer. Try again in a moment; if it goes on, look in another tab whether you are still signed in to Jira.',
      );
}
