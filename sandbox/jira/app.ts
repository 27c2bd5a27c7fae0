/** The Hono application around the routes: who calls, what a refusal looks like, and what is not there. */

import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Jira } from './context.ts';
import { JiraError, refusal } from './errors.ts';
import type { Meter } from './limits.ts';
import type { User } from './model.ts';

export type Env = { Bindings: { readonly caller: User; readonly meter: Meter } };
export type Routes = Hono<Env>;
export type Call = Context<Env>;

export type RouteSet = (routes: Routes, jira: Jira) => void;

export const callerOf = (call: Call): User => call.env.caller;

/** Charges what an answer gives: core objects (issues, projects, files) and identities (users). */
export function count(call: Call, what: keyof Meter, number: number): void {
  call.env.meter[what] += number;
}

export function makeApp(jira: Jira, sets: readonly RouteSet[]): Routes {
  const routes: Routes = new Hono<Env>();
  for (const set of sets) set(routes, jira);
  routes.notFound(call => notModelled(call.req.method, call.req.path));
  routes.onError(error => {
    if (error instanceof JiraError) return refuse(error);
    console.error(error);
    return Response.json(
      { errorMessages: [`The stand-in itself failed: ${error.message}`], errors: {} },
      { status: 500 },
    );
  });
  return routes;
}

export const refuse = (error: JiraError): Response =>
  Response.json(error.collection, { status: error.status, headers: { ...error.headers } });

/** So that a gap is never taken for an empty answer. */
export const notModelled = (method: string, path: string): Response =>
  Response.json(
    {
      errorMessages: [`Not modelled here: ${method} ${path}. This is the local Jira of the sandbox, not Jira Cloud.`],
      errors: {},
    },
    { status: 501, headers: { 'X-Not-Modelled': `${method} ${path}` } },
  );

/** Refuses query parameters that would change the answer and are not modelled, instead of overlooking them. */
export function withoutParameters(call: Call, ...names: readonly string[]): void {
  const found = names.find(name => ![undefined, '', 'false'].includes(call.req.query(name)));
  if (found !== undefined) {
    throw refusal(501, `Not modelled here: the parameter ${found} of ${call.req.method} ${call.req.path}.`);
  }
}

/** A whole number from the query, or the default where it is absent. */
export function numberParameter(call: Call, name: string, byDefault: number): number {
  const text = call.req.query(name);
  if (text === undefined || text === '') return byDefault;
  const value = Number(text);
  return Number.isInteger(value) && value >= 0 ? value : byDefault;
}

/** `{startAt, maxResults, total, isLast, values}` as most lists come. */
export function pageOf<T>(call: Call, all: readonly T[], shape: (item: T) => unknown, byDefault = 50, most = 100) {
  const startAt = numberParameter(call, 'startAt', 0);
  const maxResults = Math.min(numberParameter(call, 'maxResults', byDefault), most);
  const values = all.slice(startAt, startAt + maxResults);
  const isLast = startAt + values.length >= all.length;
  const self = new URL(call.req.url);
  const next = new URL(self);
  next.searchParams.set('startAt', String(startAt + maxResults));
  next.searchParams.set('maxResults', String(maxResults));
  return {
    self: self.href,
    ...(isLast ? {} : { nextPage: next.href }),
    maxResults,
    startAt,
    total: all.length,
    isLast,
    values: values.map(shape),
  };
}
