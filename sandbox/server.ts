/**
 * Three loopback servers over one world: host and pages, Jira, Salesforce. Tests and `bridge sandbox` start
 * it the same way.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import { createControl } from './control.ts';
import type { Handlers } from './forge/host.ts';
import type { Site } from './jira/model.ts';
import { createPages } from './pages.ts';
import { createProxy } from './proxy.ts';
import type { Catalogue } from './salesforce/catalogue/index.ts';
import { createSchedule } from './schedule.ts';
import { createWorld, type JiraUser, type ProgramFiles, type World } from './world.ts';

export { DataRefused } from './data-file.ts';
export { NotActivated } from './world.ts';

export interface SandboxOptions {
  /** The program that is active at the start, by path; the support cases when not given. */
  readonly files?: ProgramFiles;
  /** Host and pages; the next two are Jira's and Salesforce's. 0: three free ones. */
  readonly port: number;
  readonly clock: 'real' | 'manual';
  readonly empty?: boolean;
  /** A folder that keeps everything; it resumes from there, with its own program where no other is given. */
  readonly data?: string;
  /** Another org and site than the demo's; they begin without issues and records. */
  readonly catalogue?: Catalogue;
  readonly site?: Site;
  readonly loadHandlers?: () => Promise<Handlers>;
  /** What a function threw or left behind. */
  readonly onTrouble?: (line: string) => void;
  /** The app's own log. */
  readonly onLog?: (line: string) => void;
}

export interface RunningSandbox {
  /** URLs without a slash at the end. */
  readonly host: string;
  readonly jira: string;
  readonly salesforce: string;
  readonly jiraUsers: readonly JiraUser[];
  readonly salesforceClient: { readonly id: string; readonly secret: string };
  readonly world: World;
  stop(): Promise<void>;
}

/** A port that somebody else has. */
export class PortTaken extends Error {
  readonly port: number;
  constructor(port: number) {
    super(`Port ${port} is taken.`);
    this.name = 'PortTaken';
    this.port = port;
  }
}

type Fetch = (request: Request) => Response | Promise<Response>;

export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  // The ports come first: both sides name their own address in what they answer.
  const sides = { host: starting, jira: starting, salesforce: starting };
  const servers: ServerType[] = [];
  const listen = async (side: keyof typeof sides, offset: number): Promise<string> => {
    const server = createAdaptorServer({
      fetch: request => sides[side](request),
      // Each side has a limit of its own and says so in its own words.
      serverOptions: { maxHeaderSize: 256 * 1024 },
    });
    servers.push(server);
    const port = options.port === 0 ? 0 : options.port + offset;
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'EADDRINUSE' ? new PortTaken(port) : error),
      );
      server.listen(port, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const close = () =>
    Promise.all(
      servers.map(server => {
        const closed = new Promise(done => server.close(done));
        if ('closeAllConnections' in server) server.closeAllConnections();
        return closed;
      }),
    );

  try {
    const host = await listen('host', 0);
    const jira = await listen('jira', 1);
    const salesforce = await listen('salesforce', 2);
    const world = await createWorld({
      clock: options.clock,
      empty: options.empty ?? false,
      ...(options.files ? { files: options.files } : { firstFiles: demoProgram() }),
      ...(options.data === undefined ? {} : { data: options.data }),
      jiraUrl: jira,
      salesforceUrl: salesforce,
      ...(options.catalogue ? { catalogue: options.catalogue } : {}),
      ...(options.site ? { site: options.site } : {}),
      ...(options.loadHandlers ? { loadHandlers: options.loadHandlers } : {}),
      ...(options.onTrouble ? { onTrouble: options.onTrouble } : {}),
      ...(options.onLog ? { onLog: options.onLog } : {}),
    });

    const schedule = createSchedule(world, options.onTrouble);
    const app = new Hono();
    // A page of the open web that got this address by a name of its own has no business here.
    app.use(async (context, next) => {
      const { hostname } = new URL(context.req.url);
      if (hostname === '127.0.0.1' || hostname === 'localhost') return next();
      return context.text('The sandbox answers under 127.0.0.1 and localhost only.', 403);
    });
    app.route('/control', createControl(world, schedule));
    app.route('/', createProxy(world, { jira, salesforce }));
    app.route('/', createPages(world, jira));
    sides.host = request => app.fetch(request);
    sides.jira = request => shownAt(host, request) ?? world.jira.fetch(request);
    sides.salesforce = request => shownAt(host, request) ?? world.salesforce.fetch(request);

    return {
      host,
      jira,
      salesforce,
      jiraUsers: world.users,
      salesforceClient: world.client,
      world,
      async stop() {
        schedule.stop();
        await close();
        await world.stop();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The addresses of an issue and a record, as links and notes have them, lead to the sandbox's page that shows them. */
function shownAt(host: string, request: Request): Response | undefined {
  if (request.method !== 'GET') return undefined;
  const { pathname } = new URL(request.url);
  const issue = /^\/browse\/([A-Z][A-Z0-9]*-\d+)$/.exec(pathname)?.[1];
  const record = /^\/([a-zA-Z0-9]{18})$/.exec(pathname)?.[1];
  if (issue === undefined && record === undefined) return undefined;
  return Response.redirect(`${host}/#${issue === undefined ? `record=${record}` : `issue=${issue}`}`, 302);
}

const starting: Fetch = () =>
  new Response('The sandbox is starting.', { status: 503, headers: { 'retry-after': '1' } });

/** The example that the sandbox starts with. */
export function demoProgram(): ProgramFiles {
  const folder = new URL('../examples/support-cases/', import.meta.url);
  const files = readdirSync(fileURLToPath(folder)).filter(name => /\.bridge(\.yaml)?$/.test(name));
  return Object.fromEntries(files.map(name => [name, readFileSync(new URL(name, folder), 'utf8')]));
}
