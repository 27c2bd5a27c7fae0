/**
 * Composite: up to 25 subrequests in order, of which five may be queries or collections. `@{reference.path}` takes a
 * value out of an earlier answer. The outer status is 200 also when every part fails.
 */
import { SalesforceError } from '../errors.ts';
import { inputOf } from './records.ts';
import { type Answer, type Call, ok, type Route } from './route.ts';

const mostParts = 25;
const mostHeavyParts = 5;

/** Finds and runs the route of a subrequest. */
export type Dispatch = (
  call: Call,
  part: { method: string; url: string; headers: Headers; body: unknown; inside: (route: Route) => void },
) => Answer;

interface Part {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, unknown>>;
}

class Halted extends Error {}

const halted = {
  errorCode: 'PROCESSING_HALTED',
  message: 'The transaction was rolled back since another operation in the same transaction failed.',
};

export function compositeRoutes(dispatch: Dispatch): readonly Route[] {
  return [
    { method: 'POST', path: '/composite', alone: true, handle: call => composite(call, dispatch) },
    { method: 'POST', path: '/composite/batch', alone: true, handle: call => batch(call, dispatch) },
  ];
}

function composite(call: Call, dispatch: Dispatch): Answer {
  const body = inputOf(call.body);
  const parts = partsOf(body.compositeRequest);
  const allOrNone = body.allOrNone === true;
  const answers: { readonly part: Part; answer: Answer }[] = [];
  let heavy = 0;
  const countHeavy = (route: Route): void => {
    if (route.heavy && ++heavy > mostHeavyParts)
      throw new SalesforceError(
        'LIMIT_EXCEEDED',
        `Cannot have more than ${mostHeavyParts} query or collection subrequests in one composite request`,
      );
  };
  const work = (): void => {
    const done = new Map<string, unknown>();
    for (const part of parts) {
      let answer: Answer;
      try {
        const resolved = {
          method: part.method,
          url: substitute(part.url, done, true) as string,
          headers: headersOf(part),
          body: substitute(part.body, done, false),
          inside: countHeavy,
        };
        answer = call.org.state.atomically(() => failing(dispatch(call, resolved)));
      } catch (error) {
        if (error instanceof Failed) answer = error.answer;
        else if (error instanceof SalesforceError) answer = { status: error.status, body: [error.toBody()] };
        else throw error;
      }
      if (answer.status < 300) done.set(part.referenceId, answer.body);
      answers.push({ part, answer });
    }
    if (allOrNone && answers.some(({ answer }) => answer.status >= 300)) throw new Halted();
  };
  try {
    call.org.state.atomically(work);
  } catch (error) {
    if (!(error instanceof Halted)) throw error;
    for (const entry of answers) if (entry.answer.status < 300) entry.answer = { status: 400, body: [halted] };
  }
  return ok({
    compositeResponse: answers.map(({ part, answer }) => ({
      body: answer.body ?? null,
      httpHeaders: answer.headers?.Location ? { Location: answer.headers.Location } : {},
      httpStatusCode: answer.status,
      referenceId: part.referenceId,
    })),
  });
}

/** A part that answers an error is undone as if it had thrown. */
class Failed extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super('failed');
    this.answer = answer;
  }
}
function failing(answer: Answer): Answer {
  if (answer.status >= 300 && answer.status !== 304) throw new Failed(answer);
  return answer;
}

function partsOf(given: unknown): readonly Part[] {
  if (!Array.isArray(given) || given.length === 0)
    throw new SalesforceError('JSON_PARSER_ERROR', 'compositeRequest is required and must not be empty');
  if (given.length > mostParts)
    throw new SalesforceError(
      'LIMIT_EXCEEDED',
      `Limit exceeded: the maximum number of subrequests in a composite request is ${mostParts}`,
    );
  const seen = new Set<string>();
  return given.map(each => {
    const part = inputOf(each);
    const referenceId = String(part.referenceId ?? '');
    if (!/^[a-zA-Z]\w*$/.test(referenceId))
      throw new SalesforceError(
        'INVALID_INPUT',
        `Invalid reference ID '${referenceId}': it must begin with a letter and contain letters, digits and underscores`,
      );
    if (seen.has(referenceId)) throw new SalesforceError('INVALID_INPUT', `Duplicate reference ID '${referenceId}'`);
    seen.add(referenceId);
    return {
      method: String(part.method ?? '').toUpperCase(),
      url: String(part.url ?? ''),
      referenceId,
      body: part.body,
      httpHeaders: (part.httpHeaders ?? {}) as Record<string, unknown>,
    };
  });
}

function headersOf(part: Part): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(part.httpHeaders)) {
    if (/^(accept|authorization|content-type)$/i.test(name))
      throw new SalesforceError('INVALID_INPUT', `The header ${name} cannot be set in a subrequest`);
    headers.set(name, String(value));
  }
  return headers;
}

/** Puts the values of earlier answers in the place of `@{reference.field}`, deep inside bodies too. */
function substitute(value: unknown, done: ReadonlyMap<string, unknown>, inUrl: boolean): unknown {
  if (typeof value === 'string') {
    const whole = /^@\{([^}]+)\}$/.exec(value);
    if (whole && !inUrl) return lookUp(whole[1] as string, done);
    return value.replace(/@\{([^}]+)\}/g, (_, path: string) => String(lookUp(path, done)));
  }
  if (Array.isArray(value)) return value.map(each => substitute(each, done, inUrl));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, substitute(each, done, inUrl)]));
  return value;
}

function lookUp(path: string, done: ReadonlyMap<string, unknown>): unknown {
  const [reference = '', ...steps] = path.replace(/\[(\w+)\]/g, '.$1').split('.');
  if (!done.has(reference))
    throw new SalesforceError(
      'PROCESSING_HALTED',
      `Invalid reference specified. No value for ${path} found in ${reference}`,
    );
  let current: unknown = done.get(reference);
  for (const step of steps) {
    const keys = current !== null && typeof current === 'object' ? (current as Readonly<Record<string, unknown>>) : {};
    const key =
      Object.keys(keys).find(name => name === step) ??
      Object.keys(keys).find(name => name.toLowerCase() === step.toLowerCase());
    if (key === undefined)
      throw new SalesforceError(
        'PROCESSING_HALTED',
        `Invalid reference specified. No value for ${path} found in ${reference}`,
      );
    current = keys[key];
  }
  return current;
}

function batch(call: Call, dispatch: Dispatch): Answer {
  const body = inputOf(call.body);
  const given = body.batchRequests;
  if (!Array.isArray(given) || given.length === 0)
    throw new SalesforceError('JSON_PARSER_ERROR', 'batchRequests is required');
  if (given.length > mostParts)
    throw new SalesforceError(
      'LIMIT_EXCEEDED',
      `Limit exceeded: the maximum number of subrequests in a batch request is ${mostParts}`,
    );
  const halt = body.haltOnError === true;
  let failed = false;
  const results = given.map(each => {
    const part = inputOf(each);
    if (failed && halt)
      return {
        statusCode: 412,
        result: [
          {
            errorCode: 'BATCH_PROCESSING_HALTED',
            message: 'Batch processing halted as a failure was encountered and haltOnError is set to true',
          },
        ],
      };
    // Unlike the parts of a composite request, each of these counts.
    call.org.usage.calls++;
    try {
      const answer = call.org.state.atomically(() =>
        failing(
          dispatch(call, {
            method: String(part.method ?? '').toUpperCase(),
            url: `/services/data/${String(part.url ?? '').replace(/^\/?(services\/data\/)?/, '')}`,
            headers: new Headers(),
            body: part.richInput,
            inside: () => {},
          }),
        ),
      );
      return { statusCode: answer.status, result: answer.body ?? null };
    } catch (error) {
      failed = true;
      if (error instanceof Failed) return { statusCode: error.answer.status, result: error.answer.body };
      if (error instanceof SalesforceError) return { statusCode: error.status, result: [error.toBody()] };
      throw error;
    }
  });
  return ok({ hasErrors: failed, results });
}
