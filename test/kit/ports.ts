/**
 * A small world behind the ports, for tests of runs: two systems that keep state as the real ones do, a
 * store, a queue, a clock that only moves when told, and ways to lose an answer or the whole run.
 */
import type { Plan } from '../../compiler/plan/ir.ts';
import { type Clock, type Job, type Log, PortError, type Queue } from '../../runtime/ports.ts';
import {
  type Deps,
  type Limits,
  runCreated,
  runCycle,
  runFiles,
  runIssue,
  runRecord,
} from '../../runtime/run/index.ts';
import { createMemoryJira, type MemoryJira, type Workflow } from './memory-jira.ts';
import { createMemorySalesforce, type MemorySalesforce } from './memory-salesforce.ts';
import { createMemoryStore, type MemoryStore } from './memory-store.ts';

export interface Call {
  readonly system: 'salesforce' | 'jira' | 'store' | 'queue';
  readonly name: string;
  /** Queries of a composite call count five to one, as they travel. */
  readonly cost: number;
}

export interface World {
  readonly salesforce: MemorySalesforce;
  readonly jira: MemoryJira;
  readonly store: MemoryStore;
  readonly deps: Deps;
  /** Of the bridge, not of people. */
  readonly calls: Call[];
  /** Awaited where writes may be on their way. */
  advance(ms: number): Promise<void>;
  now(): number;
  /** Moves the clock five minutes, runs due jobs and one cycle. */
  cycle(): Promise<void>;
  event(issueId: string): Promise<void>;
  /** Runs jobs that are due by now. */
  jobs(): Promise<void>;
  program(plan: Plan): Promise<void>;
  /** Ports that fail as `fault` says; the world behind them is the same. */
  faulty(fault: Fault): Deps;
}

/** Asked at each call of the bridge; `nth` counts from 1. `late`: without an answer, and applied twenty seconds later. */
export type Fault = (
  call: Call,
  nth: number,
) => 'kill-before' | 'kill-after' | 'lost-answer' | 'lost-request' | 'late' | 'unavailable' | undefined;

export class Killed extends Error {}

export const minute = 60_000;

export async function createWorld(plan: Plan, workflow: Workflow, limits?: Partial<Limits>): Promise<World> {
  let time = Date.UTC(2026, 0, 5, 9);
  let ids = 0;
  const clock: Clock = { now: () => time };
  const log: Log = { info: () => {}, warn: () => {} };
  const item = plan.items[0]!;
  const salesforce = createMemorySalesforce(clock.now);
  const jira = createMemoryJira(clock.now, workflow, item.jira.projects[0]!, item.jira.issueType!.id);
  const store = createMemoryStore(clock.now);
  const calls: Call[] = [];
  let pending: { readonly job: Job; readonly due: number }[] = [];
  const queue: Queue = {
    async push(jobs) {
      for (const { job, delayMs } of jobs) pending.push({ job, due: time + (delayMs ?? 0) });
    },
  };

  const onTheirWay: { readonly due: number; land(): unknown }[] = [];
  /** What was under way lands at its own time. */
  const move = async (ms: number) => {
    const to = time + ms;
    for (const one of onTheirWay.toSorted((a, b) => a.due - b.due)) {
      if (one.due > to) break;
      onTheirWay.splice(onTheirWay.indexOf(one), 1);
      time = Math.max(time, one.due);
      // What cannot be applied any more is refused, and nobody hears of it.
      await Promise.resolve(one.land()).catch(() => {});
    }
    time = to;
  };

  const watched = (fault: Fault): Deps => {
    let nth = 0;
    let killed = false;
    const watch = <T extends object>(system: Call['system'], port: T): T =>
      new Proxy(port, {
        get(target, name, receiver) {
          const member: unknown = Reflect.get(target, name, receiver);
          // Neither asks anybody outside when it is called.
          if (typeof member !== 'function' || name === 'allLinks' || name === 'bindTo') return member;
          return async (...args: unknown[]) => {
            if (killed) throw new Killed();
            const cost = system === 'salesforce' && name === 'query' ? Math.ceil((args[0] as unknown[]).length / 5) : 1;
            const call: Call = { system, name: String(name), cost };
            calls.push(call);
            const effect = fault(call, ++nth);
            if (effect === 'unavailable') throw failure(call, 'unavailable');
            if (effect === 'lost-request') throw failure(call, 'unknown');
            if (effect === 'late') {
              onTheirWay.push({ due: time + 20_000, land: () => Reflect.apply(member, target, args) });
              throw failure(call, 'unknown');
            }
            if (effect === 'kill-before') killed = true;
            if (killed) throw new Killed();
            const answer: unknown = await Reflect.apply(member, target, args);
            if (effect === 'lost-answer') throw failure(call, 'unknown');
            if (effect === 'kill-after') {
              killed = true;
              throw new Killed();
            }
            return answer;
          };
        },
      });
    return {
      salesforce: watch('salesforce', salesforce),
      jira: watch('jira', jira),
      store: watch('store', store),
      queue: watch('queue', queue),
      clock,
      log,
      newId: () => `run-${++ids}`,
      ...(limits && { limits }),
    };
  };
  const deps = watched(() => undefined);

  const world: World = {
    salesforce,
    jira,
    store,
    deps,
    calls,
    advance: move,
    now: () => time,
    async cycle() {
      await move(5 * minute);
      await world.jobs();
      await runCycle(deps);
    },
    async event(issueId) {
      const issue = jira.issuesNow.get(issueId);
      if (issue !== undefined) await runCreated(deps, issue);
      await runIssue(deps, issueId);
    },
    async jobs() {
      for (let rounds = 0; rounds < 20; rounds++) {
        const due = pending.filter(one => one.due <= time);
        if (due.length === 0) return;
        pending = pending.filter(one => one.due > time);
        for (const { job } of due) {
          if (job.kind === 'issue') await runIssue(deps, job.issueId);
          if (job.kind === 'files') await runFiles(deps, job.issueId);
          if (job.kind === 'record') await runRecord(deps, job);
          if (job.kind === 'cycle') await runCycle(deps);
        }
      }
      throw new Error('jobs never end');
    },
    async program(next) {
      const version = (await store.program())?.version ?? 0;
      await store.saveProgram(
        { version: version + 1, savedAt: time, savedBy: 'admin', files: {}, plan: next },
        version,
      );
    },
    faulty: watched,
  };
  await world.program(plan);
  await store.saveConnection(
    {
      loginUrl: 'https://model.my.salesforce.com',
      clientId: 'client',
      orgId: '00D000000000001AAA',
      orgName: 'Model',
      instanceUrl: 'https://model.my.salesforce.com',
      savedAt: time,
    },
    'secret',
  );
  time += minute;
  return world;
}

const failure = (call: Call, kind: 'unknown' | 'unavailable'): PortError =>
  new PortError({
    system: call.system,
    kind,
    code: kind === 'unknown' ? 'TIMEOUT' : '503',
    message: 'no answer',
    fields: [],
  });
