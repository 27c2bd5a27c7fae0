/**
 * Calls to the app's own resolvers, typed by the contract. A refusal is an `AppError` whose message is a
 * sentence for the person in front of the page.
 */
import { invoke as forgeInvoke } from '@forge/bridge';

export class AppError extends Error {
  /** `forbidden`, `conflict`, `confirm-required`, `invalid`, … */
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
      throw new AppError('unreachable', 'The app did not answer. Try again in a moment.');
    }
    if (answer.ok) return answer.result;
    const { code, message, ...more } = answer.error;
    throw new AppError(code, message, more);
  };
}
