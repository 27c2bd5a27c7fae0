/**
 * A local Jira Cloud: REST v3 as a fetch handler over its own documents, with a clock that is passed in.
 * The same object serves sockets, the Forge host and tests in-process. Over a socket callers sign in with
 * e-mail and API token; the host passes on whose call it is. Product events are handed to `onEvent` at the
 * moment of the write. What is not modelled answers 501 and names the route.
 */
import { adfCheck } from './adf.ts';
import { makeApp, refuse } from './app.ts';
import { type Jira, lookUp } from './context.ts';
import { refusal, texts } from './errors.ts';
import { type LimitSettings, makeLimiter, pointsOf } from './limits.ts';
import type { Site } from './model.ts';
import { type MoveTarget, moveIssue } from './moving.ts';
import { makeAccess } from './permissions.ts';
import { persistentState } from './persistent-state.ts';
import type { ProductEvent } from './product-event.ts';
import { administrationRoutes } from './routes/administration.ts';
import { attachmentRoutes } from './routes/attachments.ts';
import { commentRoutes } from './routes/comments.ts';
import { issueRoutes } from './routes/issues.ts';
import { lookupRoutes } from './routes/lookups.ts';
import { metadataRoutes } from './routes/metadata.ts';
import { peopleRoutes } from './routes/people.ts';
import { propertyRoutes } from './routes/properties.ts';
import { remoteLinkRoutes } from './routes/remote-links.ts';
import { searchRoutes } from './routes/search.ts';
import { serverRoutes } from './routes/server.ts';
import { transitionRoutes } from './routes/transitions.ts';
import { makeSearchIndex } from './search-index.ts';
import { seedIssues } from './seed.ts';
import { demoCredentials, demoSite } from './site.ts';
import { type DeclaredProperty, memoryState } from './state.ts';
import { makeWorld } from './world.ts';

export { defaultLimits, documentedIssueWrites, type LimitSettings } from './limits.ts';
export type { ProductEvent } from './product-event.ts';
export type { DeclaredProperty } from './state.ts';

export type Principal = { readonly kind: 'app' } | { readonly kind: 'user'; readonly accountId: string };

export interface JiraOptions {
  readonly clock: { now(): number };
  /** Where links in answers point; a real site's address by default. */
  readonly baseUrl?: string;
  readonly onEvent?: (event: ProductEvent) => void;
  /** Projects and people, but no issues. */
  readonly empty?: boolean;
  /** Paths that `jira:entityProperty` modules declare; JQL finds only those. */
  readonly declaredProperties?: readonly DeclaredProperty[];
  /** A database file that keeps the documents; without it they live in memory. */
  readonly dataFile?: string;
  /** Another configuration than the demo's; its people are the demo's all the same. */
  readonly site?: Site;
}

export interface JiraUser {
  readonly email: string;
  readonly token: string;
  readonly accountId: string;
  readonly role: string;
}

export interface JiraStandIn {
  /** Without a principal the request must carry Basic credentials, as over a socket. */
  fetch(request: Request, principal?: Principal): Promise<Response>;
  /** As it was at first: documents, permissions and limits; people and tokens stay. */
  reset(): void;
  readonly users: readonly JiraUser[];
  readonly appAccountId: string;
  /** What is modelled: `GET /rest/api/3/issue/:issue`. */
  readonly operations: readonly string[];
  /** Milliseconds by which searches lag behind writes. */
  setSearchDelay(ms: number): void;
  setLimits(settings: Partial<LimitSettings>): void;
  /** Gives or takes one permission, in one project or (for global ones) everywhere. */
  setPermission(accountId: string, key: string, allowed: boolean, projectKey?: string): void;
  /** Back to what the site grants. */
  clearPermissions(): void;
  /** As a person moves it by Jira's own dialog; what cannot be is thrown as a sentence. Answers the new key. */
  move(idOrKey: string, target: MoveTarget): string;
  /** Lets go of the database file, where there is one. */
  close(): void;
}

const routeSets = [
  issueRoutes,
  transitionRoutes,
  searchRoutes,
  metadataRoutes,
  lookupRoutes,
  administrationRoutes,
  peopleRoutes,
  commentRoutes,
  attachmentRoutes,
  propertyRoutes,
  remoteLinkRoutes,
  serverRoutes,
];

export function createJira(options: JiraOptions): JiraStandIn {
  const site = options.site ?? demoSite();
  const world = makeWorld(site, options.baseUrl ?? 'https://sandbox.atlassian.net');
  const declared = options.declaredProperties ?? [];
  const now = (): number => options.clock.now();
  const stored = options.dataFile === undefined ? undefined : persistentState(options.dataFile, declared);
  const jira: Jira = {
    world,
    declared,
    now,
    state: stored ?? memoryState(declared),
    access: makeAccess(world),
    adf: adfCheck(),
    index: makeSearchIndex(),
    emit: event => options.onEvent?.(event),
  };
  const limiter = makeLimiter(now);
  const routes = makeApp(jira, routeSets);
  const fill = (): void => {
    if (!options.empty) seedIssues(world, jira.state, now());
  };
  // What a file brings back is resumed, not filled up again.
  if (stored?.fresh !== false) fill();

  return {
    async fetch(request, principal) {
      const signed = new URL(request.url).pathname.startsWith('/media/');
      const caller = signed ? site.app : world.user(accountOf(request, principal) ?? '');
      if (!caller) return refuse(refusal(401, texts.unauthenticated));
      // The hourly quota binds apps; callers with an API token know only the short-term limits.
      const app = caller.accountType === 'app';
      const refused = limiter.before(request, app);
      if (refused) return refused;
      const meter = { objects: 0, identities: 0 };
      const response = await routes.fetch(request, { caller, meter });
      return app ? limiter.after(response, pointsOf(request, response, meter)) : response;
    },
    reset() {
      jira.state.clear();
      jira.index.clear();
      jira.access.reset();
      limiter.reset();
      fill();
    },
    users: demoCredentials.map(({ email, token, accountId, role }) => ({ email, token, accountId, role })),
    appAccountId: site.app.accountId,
    operations: routes.routes.map(({ method, path }) => `${method} ${path}`),
    setSearchDelay(ms) {
      jira.index.delay = ms;
    },
    setLimits(settings) {
      limiter.settings = { ...limiter.settings, ...settings };
    },
    setPermission: (accountId, key, allowed, projectKey) => jira.access.set(accountId, key, allowed, projectKey),
    clearPermissions: () => jira.access.reset(),
    move(idOrKey, target) {
      const issue = lookUp(jira, idOrKey);
      if (issue === undefined) throw new Error(`There is no issue ${idOrKey}.`);
      return moveIssue(jira, issue, target).key;
    },
    close: () => stored?.close(),
  };

  function accountOf(request: Request, principal: Principal | undefined): string | undefined {
    if (principal?.kind === 'app') return site.app.accountId;
    return principal ? principal.accountId : basicAccount(request.headers.get('Authorization'));
  }
}

/** The account of `Authorization: Basic email:token`, where the token is right. */
function basicAccount(header: string | null): string | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [email, token] = Buffer.from(encoded, 'base64').toString().split(/:(.*)/s);
  return demoCredentials.find(user => user.email === email?.toLowerCase() && user.token === token)?.accountId;
}
