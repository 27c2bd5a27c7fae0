/**
 * Rate limits as Jira Cloud states them: an hourly pool of points for the app, and writes per issue in two
 * sliding windows. Headers tell the pool's state on every answer to the app; what exceeds a limit gets 429.
 */

export interface LimitSettings {
  /** Points that the app may spend until the next full hour. */
  readonly hourlyPoints: number;
  readonly issueWrites: readonly { readonly count: number; readonly perMs: number }[];
  /** Whether each endpoint takes only so many requests a second. */
  readonly burst: boolean;
  /** Live sites sometimes answer a 429 with a page instead of JSON. */
  readonly htmlBody: boolean;
}

/** Off by default but for the pool, so that tests may hammer one issue. */
export const defaultLimits: LimitSettings = { hourlyPoints: 65_000, issueWrites: [], burst: false, htmlBody: false };

/** The documented limits on writes to one issue. */
export const documentedIssueWrites = [
  { count: 20, perMs: 2_000 },
  { count: 100, perMs: 30_000 },
] as const;

export interface Limiter {
  settings: LimitSettings;
  /** A refusal before the request is handled, or nothing. */
  before(request: Request, app: boolean): Response | undefined;
  /** Charges the answer and stamps it with the pool's state. */
  after(response: Response, points: number): Response;
  reset(): void;
}

const hour = 3_600_000;

/** Requests a second that an endpoint takes: the documented ones by method, and those that differ. */
const usualBurst: Readonly<Record<string, number>> = { GET: 100, POST: 100, PUT: 50, DELETE: 50 };
const otherBursts: readonly { readonly method: string; readonly path: RegExp; readonly perSecond: number }[] = [
  { method: 'GET', path: /^\/rest\/api\/3\/issue\/[^/]+$/, perSecond: 150 },
  { method: 'GET', path: /\/changelog$/, perSecond: 200 },
  { method: 'GET', path: /^\/rest\/api\/3\/user$/, perSecond: 150 },
  { method: 'POST', path: /\/search\/approximate-count$/, perSecond: 150 },
  { method: 'GET', path: /\/attachment\/content\//, perSecond: 300 },
];
/** One endpoint, whichever issue or file it is asked for. */
const endpointOf = (path: string): string => path.replace(/\/(\d+|[A-Z][A-Z0-9]+-\d+)(?=\/|$)/gi, '/{id}');

export function makeLimiter(now: () => number): Limiter {
  let spent = 0;
  let hourOf = 0;
  let writes = new Map<string, number[]>();
  let bursts = new Map<string, { readonly second: number; count: number }>();

  /** Whether this request is one too many for its endpoint in this second. */
  const tooFast = (request: Request): boolean => {
    const { method } = request;
    const { pathname } = new URL(request.url);
    const most =
      otherBursts.find(one => one.method === method && one.path.test(pathname))?.perSecond ?? usualBurst[method] ?? 100;
    const key = `${method} ${endpointOf(pathname)}`;
    const second = Math.floor(now() / 1000);
    const known = bursts.get(key);
    const current = known?.second === second ? known : { second, count: 0 };
    bursts.set(key, current);
    return ++current.count > most;
  };

  const roll = (): void => {
    const current = Math.floor(now() / hour);
    if (current !== hourOf) spent = 0;
    hourOf = current;
  };
  const untilReset = (): number => (hourOf + 1) * hour - now();

  const limiter: Limiter = {
    settings: defaultLimits,
    before(request, app) {
      roll();
      const { hourlyPoints, issueWrites } = limiter.settings;
      if (app && spent >= hourlyPoints) return tooMany('jira-quota-global-based', untilReset());
      if (limiter.settings.burst && tooFast(request)) return tooMany('jira-burst-based', 1000);
      const issue = writtenIssue(request);
      if (issue === undefined || issueWrites.length === 0) return undefined;
      const longest = Math.max(...issueWrites.map(window => window.perMs));
      const times = (writes.get(issue) ?? []).filter(at => at > now() - longest);
      for (const { count, perMs } of issueWrites) {
        const inside = times.filter(at => at > now() - perMs);
        if (inside.length >= count) return tooMany('jira-per-issue-on-write', inside[0]! + perMs - now());
      }
      writes.set(issue, [...times, now()]);
      return undefined;
    },
    after(response, points) {
      roll();
      spent += points;
      const { hourlyPoints } = limiter.settings;
      const left = Math.max(0, hourlyPoints - spent);
      response.headers.set('X-RateLimit-Limit', String(hourlyPoints));
      response.headers.set('X-RateLimit-Remaining', String(left));
      if (left < hourlyPoints * 0.2) response.headers.set('X-RateLimit-NearLimit', 'true');
      response.headers.set('RateLimit-Policy', `"global-app-quota";q=${hourlyPoints};w=3600`);
      response.headers.set('RateLimit', `"global-app-quota";r=${left};t=${Math.ceil(untilReset() / 1000)}`);
      return response;
    },
    reset() {
      spent = 0;
      writes = new Map();
      bursts = new Map();
    },
  };

  function tooMany(reason: string, waitMs: number): Response {
    const headers = {
      'Retry-After': String(Math.max(1, Math.ceil(waitMs / 1000))),
      'X-RateLimit-Limit': String(limiter.settings.hourlyPoints),
      'X-RateLimit-Remaining': '0',
      'X-RateLimit-Reset': new Date(now() + waitMs).toISOString(),
      'RateLimit-Reason': reason,
    };
    if (limiter.settings.htmlBody) {
      return new Response('<html><head><title>429</title></head><body><h1>Rate limit exceeded.</h1></body></html>', {
        status: 429,
        headers: { ...headers, 'Content-Type': 'text/html;charset=UTF-8' },
      });
    }
    const message = 'The request has been rate-limited. Please try again later.';
    return Response.json({ errorMessages: [message], errors: {}, status: 429 }, { status: 429, headers });
  }
  return limiter;
}

/** What a read answered with, counted by the routes. */
export interface Meter {
  objects: number;
  identities: number;
}

/** The issue that a request writes to, if it writes to one. */
function writtenIssue(request: Request): string | undefined {
  if (request.method === 'GET') return undefined;
  const found = /^\/rest\/api\/3\/issue\/([^/]+)/.exec(new URL(request.url).pathname)?.[1];
  return found === undefined || ['bulk', 'bulkfetch', 'createmeta', 'properties'].includes(found) ? undefined : found;
}

/** One for the call, and one for each core object, two for each identity that a read returns; writes cost one. */
export function pointsOf(request: Request, response: Response, counts: Meter): number {
  if (response.status >= 400) return 1;
  const reads = request.method === 'GET' || /\/(bulkfetch|search\/jql)$/.test(new URL(request.url).pathname);
  return reads ? 1 + counts.objects + 2 * counts.identities : 1;
}
