/**
 * A Forge in one process: the unmodified @forge packages and the app's own handlers run in it. It delivers
 * product events to the manifest's triggers, fires the schedule, runs queued jobs in their lanes, calls
 * resolvers as a user, and holds every function to its limit. Everything waits in one list, ordered by time.
 */
import {
  type EventWork,
  eventArguments,
  jobArguments,
  resolverArguments,
  scheduleArguments,
  type Work,
} from './arguments.ts';
import { createDueList, type Due } from './due-list.ts';
import { createFaults } from './faults.ts';
import type { KeptWork } from './host-file.ts';
import type { ForgeHost, ForgeHostOptions } from './host-types.ts';
import { createInvoker, type Ending, type Licence } from './invocation.ts';
import { createKvs } from './kvs.ts';
import { createLedger } from './ledger.ts';
import { exportOf, type ManifestFunction, readManifest } from './manifest.ts';
import { installPlatform } from './platform.ts';
import { createQueue, type QueueJob, retryWishOf } from './queue.ts';
import { createSeam, type People } from './seam.ts';

export type { ForgeHost, ForgeHostOptions, Handlers, ProductEvent, ResolverCall } from './host-types.ts';

interface Entry {
  readonly work: Work;
  /** By which the host's file knows it. */
  readonly kept: number | undefined;
}

const SETTLE_WINDOW_MS = 60_000;
const MAX_EVENT_RETRIES = 4;
const PLATFORM_RETRY_MS = 30_000;
const MAX_EVENT_BYTES = 200_000;
const MAX_INVOKE_BYTES = 500 * 1024;
const MAX_INVOKE_ANSWER_BYTES = 5 * 1024 * 1024;
/** A queue that never empties is a bug worth a sentence rather than a hang. */
const MAX_ROUNDS = 100_000;

export async function createForgeHost(options: ForgeHostOptions): Promise<ForgeHost> {
  const { clock } = options;
  const platform = installPlatform();
  const { setTimeout: realTimeout, clearTimeout: realClear } = platform.machine;
  const manifest = options.manifest ?? readManifest();
  const handlers = await options.loadHandlers();
  const ledger = createLedger();
  const faults = createFaults();
  const trouble = options.onTrouble ?? (() => {});
  const { file } = options;
  // Under a manual clock a minute's work may all happen at one moment.
  let rated = clock.kind === 'real';
  const rates = () => rated;
  const kvs = createKvs({
    now: () => clock.now(),
    entities: manifest.app.storage?.entities ?? [],
    ...(file ? { keeper: file } : {}),
    rates,
  });
  const waiting = createDueList<Entry>();
  const running = new Set<Promise<void>>();
  const lanes = new Map<string, number>();
  /** With a manual clock one after the other, unless it is asked for. */
  let atOnce = clock.kind === 'manual' ? 1 : 8;
  const held: { work: Work; at: number }[] = [];
  let generation = 0;
  let eventDelay = 0;
  let stopped = false;
  let pumpTimer: NodeJS.Timeout | undefined;

  const functionNamed = (key: string): ManifestFunction => {
    const fn = manifest.modules.function.find(one => one.key === key);
    if (!fn) throw new Error(`manifest.yml names no function ${key}`);
    return fn;
  };
  const handlerOf = (fn: ManifestFunction): ((...args: unknown[]) => unknown) => {
    const handler = handlers[exportOf(fn)];
    if (typeof handler !== 'function') throw new Error(`the handlers export no function ${exportOf(fn)}`);
    return handler as (...args: unknown[]) => unknown;
  };

  const queue = createQueue({
    now: () => clock.now(),
    consumer: name => {
      const consumer = manifest.modules.consumer?.find(one => one.queue === name);
      return consumer && functionNamed(consumer.function);
    },
    enqueue: (job, at) => enqueue({ kind: 'job', job }, at, faults.onEvent('queue', job.queueName)),
    dequeue: jobId =>
      waiting.remove(({ work, kept }) => {
        const wanted = work.kind === 'job' && work.job.jobId === jobId;
        if (wanted && kept !== undefined) file?.endWork(kept);
        return wanted;
      }),
    rates,
  });
  const people: People = { closed: new Set(), reported: [] };
  const seam = createSeam({
    people,
    latency: options.latency,
    ...options,
    manifest,
    kvs,
    queue,
    ledger,
    faults,
    rates,
    log: (_, line) => options.onLog?.(line),
    unhandled: (invocation, reason) =>
      trouble(`${invocation.why}: a promise was rejected and nobody looked: ${sentence(reason)}`),
  });
  let licence: Licence;
  /** Forge itself does not call what asks for a licence where there is none. */
  const rests = ({ filter }: { readonly filter?: { readonly appIsLicensed?: boolean } }): boolean =>
    filter?.appIsLicensed === true && licence?.active === false;
  const invokeFunction = createInvoker({ platform, clock, manifest, seam, licence: () => licence });

  function enqueue(work: Work, at: number, effect?: string): void {
    if (effect === 'lose-event') return;
    if (effect === 'reorder-events') {
      held.push({ work, at });
      return;
    }
    wait(at, work);
    if (effect === 'duplicate-event') wait(at, work);
    for (const { work: later, at: due } of held.splice(0)) wait(Math.max(at, due), later);
    schedulePump();
  }

  function wait(at: number, work: Work): void {
    waiting.add(at, { work, kept: file?.putWork(at, work) });
  }

  /** With a real clock what waits runs by itself. */
  function schedulePump(): void {
    if (clock.kind !== 'real' || stopped) return;
    if (pumpTimer) realClear(pumpTimer);
    const next = waiting.nextAt();
    if (next === undefined) return;
    pumpTimer = platform.outside(() => realTimeout(() => void drain(), Math.max(0, next - clock.now())));
    pumpTimer.unref();
  }

  const laneFree = ({ work }: Entry): boolean => {
    const lane = work.kind === 'job' ? work.job.lane : undefined;
    return lane === undefined || (lanes.get(lane.key) ?? 0) < lane.limit;
  };

  function start({ work: { work, kept } }: Due<Entry>): void {
    const lane = work.kind === 'job' ? work.job.lane : undefined;
    if (lane) lanes.set(lane.key, (lanes.get(lane.key) ?? 0) + 1);
    const run = (work.kind === 'job' ? runJob(work.job) : runEvent(work))
      .catch(error => trouble(sentence(error)))
      .finally(() => {
        if (lane) lanes.set(lane.key, lanes.get(lane.key)! - 1);
        if (kept !== undefined) file?.endWork(kept);
        running.delete(run);
      });
    running.add(run);
  }

  async function drain(): Promise<void> {
    for (let round = 0; ; round++) {
      if (round > MAX_ROUNDS) throw new Error(`The queue did not come to rest in ${MAX_ROUNDS} rounds.`);
      while (running.size < atOnce && !stopped) {
        const due = waiting.take(clock.now(), laneFree);
        if (!due) break;
        start(due);
      }
      if (running.size > 0) {
        await Promise.race(running);
      } else if (held.length > 0) {
        for (const { work, at } of held.splice(0)) wait(at, work);
      } else {
        schedulePump();
        return;
      }
    }
  }

  async function runJob(job: QueueJob): Promise<void> {
    const born = generation;
    const consumer = manifest.modules.consumer!.find(one => one.queue === job.queueName)!;
    const fn = functionNamed(consumer.function);
    const ending = await invokeFunction({
      kind: 'consumer',
      moduleKey: consumer.key,
      fn,
      handler: handlerOf(fn),
      why: `job ${String(job.body.kind ?? job.queueName)}`,
      chain: job.chain,
      args: jobArguments(job),
    });
    if (born !== generation) return;
    report(`job ${job.queueName}`, ending);
    const wish = ending.kind === 'returned' ? retryWishOf(ending.value) : undefined;
    const again = queue.ended(job, ending.kind === 'returned' ? (wish ?? 'done') : 'failed');
    if (again) enqueue({ kind: 'job', job: again.job }, again.at);
  }

  async function runEvent(work: EventWork): Promise<void> {
    const born = generation;
    const fn = functionNamed(work.trigger.function);
    const ending = await invokeFunction({
      kind: 'trigger',
      moduleKey: work.trigger.key,
      fn,
      handler: handlerOf(fn),
      why: `event ${work.event.eventType}`,
      chain: work.chain,
      args: eventArguments(work),
    });
    if (born !== generation) return;
    report(`event ${work.event.eventType}`, ending);
    // A trigger that throws is not repeated; one that asks for it, or that the platform stopped, is.
    const wish = ending.kind === 'returned' ? retryWishOf(ending.value) : undefined;
    const retryCount = (work.retryContext?.retryCount ?? 0) + 1;
    if ((wish === undefined && ending.kind !== 'killed') || retryCount > MAX_EVENT_RETRIES) return;
    const wait = wish ? Math.min(900, Math.max(0, wish.retryAfter)) * 1000 : PLATFORM_RETRY_MS;
    const retryContext = {
      retryCount,
      retryReason: wish?.retryReason ?? 'FUNCTION_PLATFORM_TIMEOUT',
      ...(wish?.retryData === undefined ? {} : { retryData: wish.retryData }),
    };
    enqueue({ ...work, retryContext }, clock.now() + wait);
  }

  function report(what: string, ending: Ending): void {
    if (ending.kind === 'threw') trouble(`${what}: the function threw: ${sentence(ending.error)}`);
    if (ending.kind === 'killed') trouble(`${what}: the function was stopped, ${ending.reason}`);
  }

  if (file) {
    kvs.load(file.rows);
    for (const { id, at, work } of file.works as readonly (KeptWork & { readonly work: Work })[]) {
      waiting.add(at, { work, kept: id });
      if (work.kind === 'job') queue.resumed(work.job);
    }
    schedulePump();
  }

  return {
    manifest,
    kvs,
    ledger,
    faults,
    people,
    deliver(event) {
      platform.outside(() => {
        // Events over 200 kB are silently not delivered.
        if (Buffer.byteLength(JSON.stringify(event)) > MAX_EVENT_BYTES) return;
        for (const trigger of manifest.modules.trigger ?? []) {
          if (!trigger.events.includes(event.eventType)) continue;
          if (trigger.filter?.ignoreSelf && event.selfGenerated) continue;
          if (rests(trigger)) continue;
          const work: EventWork = { kind: 'event', trigger, event: structuredClone(event), chain: { pushes: 0 } };
          enqueue(work, clock.now() + eventDelay, faults.onEvent('jira', event.eventType));
        }
      });
    },
    setEventDelay(ms) {
      eventDelay = ms;
    },
    drain,
    async fireSchedule() {
      for (const schedule of manifest.modules.scheduledTrigger ?? []) {
        if (rests(schedule)) continue;
        const fn = functionNamed(schedule.function);
        const ending = await invokeFunction({
          kind: 'scheduledTrigger',
          moduleKey: schedule.key,
          fn,
          handler: handlerOf(fn),
          why: `schedule ${schedule.key}`,
          args: scheduleArguments(schedule.key),
        });
        report(`schedule ${schedule.key}`, ending);
      }
    },
    async settle() {
      for (;;) {
        await drain();
        const next = waiting.nextAt();
        if (next === undefined || next - clock.now() > SETTLE_WINDOW_MS) return;
        const wait = Math.max(0, next - clock.now());
        if (clock.kind === 'manual') clock.advance(wait);
        else await clock.sleep(wait);
      }
    },
    async invoke(call) {
      const measured = !call.unseen && !call.anySize;
      if (measured && sizeOf(call.payload) > MAX_INVOKE_BYTES) return tooLarge('payload', '500 KB');
      const pages = manifest.modules[call.module === 'admin' ? 'jira:adminPage' : 'jira:issuePanel'] ?? [];
      const page = pages[0];
      if (!page) throw new Error(`manifest.yml has no ${call.module} module`);
      const fn = functionNamed(page.resolver.function);
      const type = call.module === 'admin' ? 'jira:adminPage' : 'jira:issuePanel';
      const ending = await invokeFunction({
        kind: 'resolver',
        moduleKey: page.key,
        fn,
        handler: handlerOf(fn),
        why: `${call.module} ${call.function}`,
        accountId: call.accountId,
        unseen: call.unseen ?? false,
        args: resolverArguments(call, { type, moduleKey: page.key, siteUrl: options.jiraBaseUrl, licence }),
      });
      const answered = ending.kind === 'returned' ? sizeOf(ending.value) : 0;
      return measured && answered > MAX_INVOKE_ANSWER_BYTES ? tooLarge('answer', '5 MB') : ending;
    },
    holdRates(on) {
      rated = on;
    },
    setAtOnce(functions) {
      atOnce = functions;
    },
    setLicence(active) {
      licence = active === undefined ? undefined : { active, isActive: active };
    },
    nextAt: () => waiting.nextAt(),
    clear() {
      generation++;
      waiting.clear();
      held.length = 0;
      file?.clearWorks();
      queue.clear();
      kvs.clear();
      ledger.clear();
      faults.put([]);
      people.closed.clear();
      people.reported.length = 0;
    },
    async stop() {
      stopped = true;
      if (pumpTimer) realClear(pumpTimer);
      // What they leave to be done is kept where there is a file.
      await Promise.allSettled(running);
      generation++;
      waiting.clear();
    },
  };
}

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');

const tooLarge = (what: string, limit: string): Ending => ({
  kind: 'threw',
  error: new Error(`The ${what} of an invocation is larger than the ${limit} that Forge carries.`),
});

function sentence(reason: unknown): string {
  return reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
}
