/** What the tests of this room share: a host on a clock of their own, and an app of a few lines in it. */
import { afterEach } from 'vitest';
import { type HostClock, manualClock } from './clock.ts';
import { createForgeHost, type ForgeHost, type Handlers } from './host.ts';
import { type Manifest, readManifest } from './manifest.ts';

export type Packages = Awaited<ReturnType<typeof packages>>;
async function packages() {
  const [api, kvs, events, { default: Resolver }] = await Promise.all([
    import('@forge/api'),
    import('@forge/kvs'),
    import('@forge/events'),
    import('@forge/resolver'),
  ]);
  const { default: inner = Resolver } = Resolver as unknown as { default?: typeof Resolver };
  return { api, kvs, events, Resolver: inner as unknown as typeof Resolver.default };
}

export const start = Date.UTC(2026, 0, 5, 9);
export const manifest: Manifest = {
  ...readManifest(),
  app: {
    ...readManifest().app,
    storage: {
      entities: [
        {
          name: 'row',
          attributes: { owner: { type: 'string' }, revision: { type: 'integer' }, body: { type: 'any' } },
          indexes: ['revision', { name: 'by-owner', partition: ['owner'], range: ['revision'] }],
        },
      ],
    },
  },
};

export interface World {
  readonly host: ForgeHost;
  readonly clock: HostClock;
  readonly seen: { readonly at: number; readonly what: unknown }[];
  readonly trouble: string[];
}
const open: World[] = [];
afterEach(async () => {
  for (const world of open.splice(0)) await world.host.stop();
});

/** A host whose admin resolver has one function, `do`, and whose other functions are given. */
export async function world(
  build: (packages: Packages, note: (what: unknown) => void) => Handlers & { readonly do?: (call: never) => unknown },
  options: {
    readonly clock?: HostClock;
    readonly manifest?: Manifest;
    /** What both sides answer; their request when not given. */
    readonly answer?: (sent: never) => unknown;
  } = {},
): Promise<World> {
  const clock = options.clock ?? manualClock(start, 200);
  const answered = (sent: string) => options.answer?.(JSON.parse(sent === '' ? '{}' : sent) as never);
  const seen: World['seen'] = [];
  const trouble: string[] = [];
  const host = await createForgeHost({
    clock,
    manifest: options.manifest ?? manifest,
    jiraBaseUrl: 'https://demo.atlassian.net',
    jira: {
      fetch: async (request, principal) => {
        const sent = await request.text();
        return Response.json(answered(sent) ?? { method: request.method, url: request.url, principal, sent });
      },
    },
    salesforce: {
      fetch: async request => Response.json(answered(await request.text()) ?? { url: request.url }),
    },
    onTrouble: line => trouble.push(line),
    loadHandlers: async () => {
      const loaded = await packages();
      const { do: action, ...handlers } = build(loaded, what => seen.push({ at: clock.now() - start, what }));
      const resolver = new loaded.Resolver();
      if (action) resolver.define('do', action as never);
      return { adminResolver: resolver.getDefinitions(), ...handlers };
    },
  });
  const made = { host, clock, seen, trouble };
  open.push(made);
  return made;
}

export const call = async ({ host }: World, payload: unknown = {}): Promise<unknown> => {
  const ending = await host.invoke({ module: 'admin', function: 'do', payload, accountId: 'admin-1' });
  if (ending.kind === 'threw') throw ending.error;
  return ending.kind === 'returned' ? ending.value : ending;
};
