/**
 * The world that tests run in: the stand-ins for Salesforce and Jira with the org and site of the snapshot,
 * and the app's own handlers between them, under a clock that the tests move. The plan under test is
 * installed as it was compiled. Every test begins with the same world at the same moment, whichever ran before.
 */
import type { JiraStandIn } from '../../../sandbox/jira/index.ts';
import type { Catalogue } from '../../../sandbox/salesforce/catalogue/index.ts';
import { createWorld, type ResolverAnswer, type World } from '../../../sandbox/world.ts';
import type { Metadata } from '../../metadata/model.ts';
import type { Plan } from '../../plan/ir.ts';
import { JiraRefusal } from './impossible.ts';
import { orgOf } from './org.ts';
import { siteOf } from './site.ts';

export interface TestWorld {
  readonly salesforce: World['salesforce']['hand'];
  readonly catalogue: Catalogue;
  /** As a person with the rights of an agent; throws Jira's own words on a refusal. */
  jira<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** A function of the issue panel, as the same person. */
  panel(issueKey: string, name: string, payload: unknown): Promise<ResolverAnswer>;
  readonly people: readonly { readonly email: string; readonly accountId: string }[];
  /** Workflows whose transitions the snapshot does not show: every move is allowed in them. */
  readonly guessed: ReadonlySet<string>;
  /** Back to the beginning. */
  begin(): void;
  now(): number;
  /** Lets the time pass, and everything that comes due in it happen. */
  passTo(time: number): Promise<void>;
  /** Events and what follows from them at once. */
  settle(): Promise<void>;
  cycle(): Promise<string | undefined>;
  remembered(): Promise<Remembered>;
  close(): Promise<void>;
}

/** What the app remembers, as far as tests ask. */
export interface Remembered {
  readonly links: readonly {
    readonly item: string;
    readonly record: string;
    readonly issueId: string;
    readonly issueKey: string;
    readonly managed: 'manual' | 'auto';
    readonly state: { readonly kind: 'active' | 'paused'; readonly reason?: string };
  }[];
  /** Newest first. */
  readonly journal: readonly Written[];
  readonly attention: readonly {
    readonly item: string;
    readonly record?: string;
    readonly cause: string;
    readonly remedy: string;
  }[];
}

export interface Written {
  readonly id: string;
  readonly at: number;
  readonly item: string;
  readonly record: string;
  readonly issueKey?: string;
  readonly side: 'salesforce' | 'jira';
  readonly outcome: string;
  readonly what: string;
  readonly from?: string;
  readonly to?: string;
  readonly reason: string;
  readonly source: string;
}

/** A Monday morning; between it and the first test the item was switched on. */
const switchedOn = Date.UTC(2026, 0, 5, 9);
const testsBegin = switchedOn + 10 * 60_000;

export async function openTestWorld(plan: Plan, metadata: Metadata, texts: readonly string[]): Promise<TestWorld> {
  const { site, guessed } = siteOf(metadata.jira, texts);
  const catalogue = orgOf(metadata.salesforce);
  const world = await createWorld({
    clock: 'manual',
    start: switchedOn,
    empty: true,
    site,
    catalogue,
    loadHandlers: () => handlersWith(plan),
  });
  const agent = world.users.find(user => user.role === 'agent')!;
  const admin = world.users.find(user => user.role === 'admin')!;
  const ask = async (name: string): Promise<unknown> => {
    const answer = await world.invoke({ module: 'admin', function: name, accountId: admin.accountId, unseen: true });
    if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`);
    return answer.result;
  };
  await ask(installFunction);
  const first = await world.cycle();
  if (first.failure !== undefined) throw new Error(`the first cycle failed: ${String(first.failure)}`);
  const beginning = world.forge.kvs.dump();

  return {
    salesforce: world.salesforce.hand,
    catalogue,
    jira: (method, path, body) => request(world.jira, agent.accountId, method, path, body),
    panel: (issueKey, name, payload) =>
      world.invoke({ module: 'panel', function: name, payload, accountId: agent.accountId, issueKey }),
    people: world.users.map(({ email, accountId }) => ({ email, accountId })),
    guessed,
    begin() {
      world.forge.clear();
      world.clock.rewind(switchedOn);
      world.jira.reset();
      world.salesforce.reset();
      world.forge.kvs.load(beginning);
      world.clock.rewind(testsBegin);
    },
    now: () => world.clock.now(),
    async passTo(time) {
      for (;;) {
        const due = world.forge.nextAt();
        if (due === undefined || due > time) break;
        if (due > world.clock.now()) world.clock.advance(due - world.clock.now());
        await world.forge.drain();
      }
      if (time > world.clock.now()) world.clock.advance(time - world.clock.now());
    },
    settle: () => world.settle(),
    async cycle() {
      const report = await world.cycle();
      await world.settle();
      return typeof report.failure === 'string' ? report.failure : undefined;
    },
    remembered: async () => (await ask('state')) as Remembered,
    close: () => world.stop(),
  };
}

const installFunction = 'install-the-plan-under-test';

/** The app's handlers, and one function more: it stores the plan as saving does, without compiling again. */
async function handlersWith(plan: Plan): Promise<Readonly<Record<string, unknown>>> {
  const [handlers, { createDeps }] = await Promise.all([
    import('../../../runtime/handlers/index.ts'),
    import('../../../runtime/handlers/deps.ts'),
  ]);
  return {
    ...handlers,
    async adminResolver(invocation: Parameters<typeof handlers.adminResolver>[0], backend?: Record<string, unknown>) {
      if (invocation.call.functionKey !== installFunction) return handlers.adminResolver(invocation, backend);
      const { store, clock } = createDeps();
      const saved = { version: 1, savedAt: clock.now(), savedBy: '', files: {}, plan };
      return { ok: await store.saveProgram(saved, 0), result: null };
    },
  };
}

async function request<T>(
  jira: JiraStandIn,
  accountId: string,
  method: string,
  path: string,
  body: unknown,
): Promise<T> {
  const init = {
    method,
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  const response = await jira.fetch(new Request(`https://sandbox.atlassian.net${path}`, init), {
    kind: 'user',
    accountId,
  });
  const text = await response.text();
  if (!response.ok) throw new JiraRefusal(wordsOf(text) || `it answered ${response.status}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

function wordsOf(text: string): string {
  try {
    const { errorMessages = [], errors = {} } = JSON.parse(text) as {
      errorMessages?: readonly string[];
      errors?: Readonly<Record<string, string>>;
    };
    return [...errorMessages, ...Object.entries(errors).map(([field, words]) => `${field}: ${words}`)].join('; ');
  } catch {
    return text.slice(0, 200);
  }
}
