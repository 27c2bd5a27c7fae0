/**
 * Where the app's calls leave it: to Jira, to the store, to the queue, and out to Salesforce. Every call is
 * entered in the ledger, every fault strikes here, and egress that the manifest does not declare is refused.
 */
import egress from '@forge/egress';
import { textRequest } from '../text-http.ts';
import type { HostClock } from './clock.ts';
import { connectionError, refusalOf, SLOW_MS, TIMEOUT_MS } from './fault-answers.ts';
import type { Faults } from './faults.ts';
import { halve } from './halving.ts';
import type { Invocation, InvocationSeam } from './invocation.ts';
import type { Kvs, KvsAnswer } from './kvs.ts';
import { type Ledger, partsOf, type System } from './ledger.ts';
import type { Manifest } from './manifest.ts';
import type { CallDescriptor } from './platform.ts';
import type { Queue } from './queue.ts';
import { scopeOf } from './scopes.ts';
import { textAnswer } from './text-answer.ts';

export type Principal = { readonly kind: 'app' } | { readonly kind: 'user'; readonly accountId: string };

export interface JiraSide {
  fetch(request: Request, principal?: Principal): Promise<Response> | Response;
}
export interface SalesforceSide {
  fetch(request: Request): Promise<Response> | Response;
}

/** The login URL inside the app. */
export const salesforceUrl = 'https://sandbox.my.salesforce.com';
const loginHosts = ['login.salesforce.com', 'test.salesforce.com'];
const EGRESS_A_MINUTE = 100;

/** How long a call takes, in milliseconds; at once where nothing is said. */
export type Latency = Readonly<Partial<Record<System, number>>>;

/** What Atlassian knows of people: whose accounts are closed, and of whom the app said that it keeps their ids. */
export interface People {
  readonly closed: Set<string>;
  readonly reported: string[][];
}

export function createSeam(options: {
  readonly clock: HostClock;
  readonly manifest: Manifest;
  readonly jira: JiraSide;
  readonly jiraBaseUrl: string;
  readonly salesforce: SalesforceSide;
  readonly kvs: Kvs;
  readonly queue: Queue;
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly rates: () => boolean;
  readonly people: People;
  readonly latency: Latency | undefined;
  readonly unhandled: InvocationSeam['unhandled'];
  readonly log: InvocationSeam['log'];
}): InvocationSeam {
  const { clock, manifest, kvs, queue, ledger, faults } = options;
  const allowed = new egress.EgressFilteringService(
    (manifest.permissions.external?.fetch?.backend ?? []).map(entry => entry.address),
  );
  const scopes = new Set(manifest.permissions.scopes);

  interface Outgoing {
    readonly system: System;
    readonly method: string;
    readonly path: string;
    /** The body when it is text; files and forms travel in `init`. */
    readonly text: string | undefined;
    readonly signal: AbortSignal | undefined;
    send(text: string | undefined): Promise<Response>;
  }

  /** One call, with what may happen to it on the way. */
  const travel = async (invocation: Invocation, call: Outgoing): Promise<Response> => {
    const { system, method, path } = call;
    if (invocation.unseen) return clock.busy(() => call.send(call.text));
    const at = clock.now();
    const enter = async (status: number, response?: Response) => {
      const composite = system === 'salesforce' && path.includes('/composite');
      const answered = composite && response ? await response.clone().text() : '';
      const parts = partsOf(system, path, call.text, answered);
      ledger.add({ system, method, path, status, at, why: invocation.why, ...(parts ? { parts } : {}) });
    };
    const latency = options.latency?.[system] ?? 0;
    const send = async (text = call.text) => {
      if (latency > 0) await clock.sleep(latency);
      return clock.busy(() => call.send(text));
    };

    const effect = faults.onCall(system, method, path);
    if (effect === 'kill') {
      await enter(0);
      invocation.kill('killed by a fault');
      return new Promise(() => {});
    }
    if (effect === 'timeout' || effect === 'timeout-after-apply') {
      const response = effect === 'timeout-after-apply' ? await send() : undefined;
      await enter(0, response);
      await aborted(clock.sleep(TIMEOUT_MS), call.signal);
      throw connectionError('ETIMEDOUT');
    }
    if (effect === 'reset') {
      await enter(0);
      throw connectionError('ECONNRESET');
    }
    if (effect === '429' || effect === '503' || effect === '500' || effect === '401') {
      const response = refusalOf(system, effect, path, at);
      await enter(response.status);
      return response;
    }
    // Who gives up waiting sees no answer, whatever became of the call.
    const patiently = <T>(work: Promise<T>) =>
      aborted(work, call.signal).catch(async error => {
        if (call.signal?.aborted) await enter(0);
        throw error;
      });
    if (effect === 'slow') {
      await patiently(clock.sleep(SLOW_MS));
      // Who was stopped meanwhile sends nothing any more: a manual clock may be hours on by now, or in another world.
      if (!invocation.alive) return new Promise(() => {});
    }
    if (effect === 'partial') {
      const halved = halve(system, path, call.text);
      const response = await send(halved?.body ?? call.text);
      const { ok, headers } = response;
      const status = ok ? (halved?.status ?? response.status) : response.status;
      await enter(status, response);
      // A call without parts loses the second half of its answer.
      const answer = halved && ok ? halved.answer(await response.text()) : await response.arrayBuffer().then(firstHalf);
      const type = headers.get('content-type') ?? 'application/json';
      return new Response(hasBody(status) ? answer : null, { status, headers: { 'content-type': type } });
    }
    const response = await patiently(send());
    await enter(response.status, response);
    return response;
  };

  const answer = ({ status, body }: { readonly status: number; readonly body?: unknown }) =>
    body === undefined
      ? new Response(null, { status })
      : new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  const ofPlatform = (given: KvsAnswer) =>
    textAnswer(given.status, given.json ?? (given.body === undefined ? '' : JSON.stringify(given.body)));

  const toJira = (invocation: Invocation, call: CallDescriptor, path: string, init: RequestInit): Promise<Response> => {
    const principal = principalOf(invocation, call);
    if (principal === undefined) {
      return Promise.resolve(
        new Response(null, { status: 401, headers: { 'forge-proxy-error': 'NEEDS_AUTHENTICATION_ERR' } }),
      );
    }
    const address = new URL(path, options.jiraBaseUrl);
    const { method, headers } = init;
    const request = (text: string | undefined) =>
      text === undefined && hasForm(init)
        ? new Request(address, { ...init, signal: null })
        : textRequest(address, { method, headers, body: text });
    return travel(invocation, {
      system: 'jira',
      method: methodOf(init),
      path,
      text: textOf(init),
      signal: init.signal ?? undefined,
      async send(text) {
        const scope = scopeOf(methodOf(init), path.split('?')[0]!);
        if (scope === undefined || scopes.has(scope)) return options.jira.fetch(request(text), principal);
        return answer({ status: 401, body: { code: 401, message: 'Unauthorized; scope does not match' } });
      },
    });
  };

  const toStore = (invocation: Invocation, path: string, init: RequestInit): Promise<Response> =>
    travel(invocation, {
      system: 'kvs',
      method: 'POST',
      path,
      text: textOf(init),
      signal: undefined,
      send: async text =>
        scopes.has('storage:app')
          ? ofPlatform(kvs.handle(path, JSON.parse(text ?? 'null'), invocation.unseen))
          : ofPlatform({
              status: 403,
              body: { code: 'FORBIDDEN', message: 'The app does not have the scope storage:app.' },
            }),
    });

  const toQueue = (invocation: Invocation, path: string, init: RequestInit): Promise<Response> => {
    const action = path.split('/')[3];
    return travel(invocation, {
      system: 'queue',
      method: 'POST',
      path: path.replace(/\/\{.*$/, ''),
      text: textOf(init),
      signal: undefined,
      send: async text => {
        const body: unknown = JSON.parse(text ?? 'null');
        if (action === 'publish') return ofPlatform(queue.publish(body, invocation.chain));
        return ofPlatform(action === 'stats' ? queue.stats(body) : queue.cancel(body));
      },
    });
  };

  return {
    async platformFetch(invocation, call, path, init = {}) {
      if (call.type === 'kvs') return toStore(invocation, path, init);
      if (call.type === 'fpp' && call.remote === 'jira') return toJira(invocation, call, path, init);
      if (call.remote === 'stargate' && path.startsWith('/webhook/queue/')) return toQueue(invocation, path, init);
      if (call.remote === 'stargate' && path === '/app/report-accounts') return reported(init);
      throw new Error(`${call.type} ${call.remote ?? ''} ${path} is not modelled in the sandbox's Forge host.`);
    },

    async egressFetch(invocation, input, init) {
      const outgoing = await outgoingOf(input, init);
      const { url, method } = outgoing;
      if (!allowed.isValidUrl(`${url.protocol}//${url.host}${url.pathname}`)) throw notAllowed(url);
      invocation.egress++;
      const minutes = Math.ceil((clock.now() - invocation.startedAt + 1) / 60_000);
      if (options.rates() && invocation.egress > EGRESS_A_MINUTE * minutes) {
        return new Response(null, { status: 429, headers: { 'forge-proxy-error': 'EGRESS_RATE_LIMIT' } });
      }
      return travel(invocation, {
        system: 'salesforce',
        method,
        path: url.pathname + url.search,
        text: outgoing.text,
        signal: init?.signal ?? undefined,
        send: text => reach(url, outgoing.build(text)),
      });
    },
    unhandled: options.unhandled,
    log: options.log,
  };

  /** As the personal data API answers: nothing to do, or accounts whose data have to go. */
  function reported(init: RequestInit): Response {
    const { accounts } = JSON.parse(textOf(init) ?? '{}') as { accounts: readonly { accountId: string }[] };
    const ids = accounts.map(({ accountId }) => accountId);
    options.people.reported.push(ids);
    const gone = ids.filter(id => options.people.closed.has(id));
    if (gone.length === 0) return new Response(null, { status: 204 });
    return answer({ status: 200, body: { accounts: gone.map(accountId => ({ accountId, status: 'closed' })) } });
  }

  async function reach(url: URL, request: Request): Promise<Response> {
    if (url.origin === salesforceUrl) return options.salesforce.fetch(request);
    if (loginHosts.includes(url.host) && url.pathname === '/services/oauth2/token') {
      // Client credentials work on the org's own domain only, as Salesforce says it.
      return answer({
        status: 400,
        body: { error: 'invalid_grant', error_description: 'request not supported on this domain' },
      });
    }
    const cause = Object.assign(new Error(`getaddrinfo ENOTFOUND ${url.hostname}`), { code: 'ENOTFOUND' });
    throw new TypeError('fetch failed', { cause });
  }
}

function principalOf(invocation: Invocation, call: CallDescriptor): Principal | undefined {
  if (call.provider === 'app') return { kind: 'app' };
  const { accountId } = invocation;
  if (call.provider !== 'user' || accountId === undefined) return undefined;
  // Acting as somebody else needs `allowImpersonation`, which the manifest does not ask for.
  if (call.accountId !== undefined && call.accountId !== accountId) return undefined;
  return { kind: 'user', accountId };
}

/** A form or a file, which only a real request carries. */
const hasForm = ({ body }: RequestInit): boolean => body !== undefined && body !== null && typeof body !== 'string';
const textual = /json|text|urlencoded|xml/;

/** What `fetch` was given: where it goes, its body where that is a text, and a request to the other side made of it. */
async function outgoingOf(input: string | URL | Request, init: RequestInit = {}) {
  if (typeof input === 'string' && !hasForm(init)) {
    const { method, headers } = init;
    const given = textOf(init);
    const own = textRequest(input, { method, headers, body: given });
    const isText = textual.test(own.headers.get('content-type') ?? '');
    const build = (text = given) => textRequest(own.url, { method, headers: own.headers, body: text });
    return { url: new URL(own.url), method: own.method, text: isText ? given : undefined, build };
  }
  const request = new Request(input, init);
  const url = new URL(request.url);
  const { method, headers } = request;
  const bytes = request.body === null ? undefined : Buffer.from(await request.arrayBuffer());
  const build = (text: string | undefined) =>
    new Request(url, { method, headers, ...(bytes === undefined ? {} : { body: text ?? new Uint8Array(bytes) }) });
  return { url, method, text: textual.test(headers.get('content-type') ?? '') ? bytes?.toString() : undefined, build };
}

const firstHalf = (bytes: ArrayBuffer): ArrayBuffer => bytes.slice(0, bytes.byteLength / 2);
const hasBody = (status: number): boolean => status !== 204 && status !== 304;
const methodOf = (init: RequestInit): string => (init.method ?? 'GET').toUpperCase();
const textOf = (init: RequestInit): string | undefined => (typeof init.body === 'string' ? init.body : undefined);

function notAllowed(url: URL): Error {
  const error = new Error(`URL not included in the external fetch backend permissions: ${url.origin}`);
  error.name = 'REQUEST_EGRESS_ALLOWLIST_ERR';
  return error;
}

/** The work, or the signal's reason, whichever is first. */
function aborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
