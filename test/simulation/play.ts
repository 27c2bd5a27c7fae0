/**
 * Plays one story to its end: a hostile hour, then everything heals, then calm cycles; and asks each promise what
 * it saw. One sandbox serves any number of stories, one after the other.
 */
import { createWorld, type World } from '../../sandbox/world.ts';
import { dice } from './dice.ts';
import { createMayhem, kindOf, type Strike } from './mayhem.ts';
import { createPeople, type People, type Side } from './people.ts';
import { drawProgram, type SimProgram } from './program.ts';
import { type Broken, promises } from './promises/index.ts';
import { readIssues, type SeenIssue } from './promises/promise.ts';
import { actionsOf, chosenOf, profiles, type Story } from './story.ts';

/** One request of the app, with what it was answered. */
export interface Passage {
  readonly at: number;
  readonly system: 'jira' | 'salesforce';
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly status: number;
  readonly answer: string;
}

/** All that a promise may look at. */
export interface Seen {
  readonly program: SimProgram;
  readonly people: People;
  /** Everything that reached a system, in order; `quietFrom` counts those before the last two cycles. */
  readonly passages: readonly Passage[];
  readonly quietFrom: number;
  readonly state: Awaited<ReturnType<World['state']>>;
  /** By id. */
  readonly issues: ReadonlyMap<string, SeenIssue>;
  readonly log: readonly string[];
  readonly secret: string;
}

export interface Outcome {
  readonly story: Story;
  readonly broken: readonly Broken[];
  readonly program: string;
  /** What happened, a line each. */
  readonly tale: readonly string[];
  /** The numbers of the actions that did something. */
  readonly done: readonly number[];
  readonly strikes: readonly Strike[];
  readonly calls: ReadonlyMap<string, number>;
}

export interface Stage {
  play(story: Story): Promise<Outcome>;
  stop(): Promise<void>;
}

const minute = 60_000;
const start = Date.UTC(2026, 10, 23, 9);
const day = 24 * 60 * minute;

export async function openStage(options: Pick<Parameters<typeof createWorld>[0], 'loadHandlers'> = {}): Promise<Stage> {
  let passages: Passage[] = [];
  let log: string[] = [];
  let sniper: ((system: Side, call: string, request: Passage) => Promise<void>) | undefined;

  let watching = false;
  const world = await createWorld({
    ...options,
    clock: 'manual',
    start,
    empty: true,
    onLog: line => log.push(line),
    onTrouble: line => log.push(line),
    async between(system, request, send) {
      if (!watching) return send(request);
      const { pathname, search } = new URL(request.url);
      const isText = /json|text|urlencoded/.test(request.headers.get('content-type') ?? '');
      const body = isText ? await request.clone().text() : '';
      const before = { at: world.clock.now(), system, method: request.method, path: pathname + search, body };
      await sniper?.(system, `${system} ${request.method} ${kindOf(pathname)}`, { ...before, status: 0, answer: '' });
      const response = await send(request);
      const answer = isWrite(before) ? await response.clone().text() : '';
      passages.push({ ...before, status: response.status, answer });
      return response;
    },
  });

  watching = true;

  async function play(story: Story): Promise<Outcome> {
    const own = dice(story.seed);
    const program = drawProgram(own.of('program'), profiles[story.profile].duels > 0);
    const chosen = chosenOf(story);
    const mayhem = createMayhem(own.of('mayhem'), chosen);
    const tale: string[] = [];
    const done: number[] = [];
    sniper = undefined;
    world.forge.faults.follow(undefined);
    // Each story begins on a day of its own: what the sandbox keeps beside both systems is a day old then.
    world.clock.advance(day - ((world.clock.now() - start) % day));
    await world.reset();
    const people = createPeople(world, () => program, own.of('people'));
    await people.accounts();
    const saved = await world.saveProgram({ 'cases.bridge': program.text });
    if (!saved.ok) throw new Error(`seed ${story.seed}: ${JSON.stringify(saved.diagnostics)}\n${program.text}`);
    passages = [];
    log = [];
    const begin = world.clock.now();
    const stamp = () => new Date(world.clock.now() - begin).toISOString().slice(11, 19);
    const tell = (line: string) => tale.push(`${stamp()}  ${line}`);

    const cycle = async () => {
      await world.forge.drain();
      await people.look();
      await world.forge.fireSchedule();
      await world.forge.drain();
      await people.look();
    };
    let nextTick = begin + 5 * minute;
    const passTo = async (time: number) => {
      while (nextTick <= time) {
        if (world.clock.now() < nextTick) world.clock.advance(nextTick - world.clock.now());
        nextTick += 5 * minute;
        tell('— cycle');
        await cycle();
      }
      if (world.clock.now() < time) world.clock.advance(time - world.clock.now());
    };

    // The hostile hour.
    const shots = new Map<string, number>();
    world.forge.faults.follow(profiles[story.profile].faults ? telling(mayhem, tell) : undefined);
    const { sniper: share } = profiles[story.profile];
    if (share > 0) {
      sniper = async (system, call, request) => {
        const thing = targetOf(request);
        if (thing === undefined) return;
        const nth = (shots.get(call) ?? 0) + 1;
        shots.set(call, nth);
        const shot = own.of('sniper', call, nth);
        const strike: Strike = { call: `person ${call}`, nth, effect: 'slow' };
        if (!shot.chance('shoots', share) || !chosen(strike)) return;
        const did = await people.touch(system, thing, shot).catch(() => undefined);
        if (did === undefined) return;
        (mayhem.strikes as Strike[]).push(strike);
        tell(`just before the bridge writes, somebody ${did}`);
      };
    }
    if (profiles[story.profile].faults) world.jira.setSearchDelay(own.int('search lag', 90) * 1000);
    for (const action of actionsOf(story)) {
      await passTo(begin + action.at);
      if (profiles[story.profile].faults && /case|account/.test(action.kind)) {
        // A transaction of Salesforce that is still open when the next query comes.
        const late = own.of('late', action.index);
        if (late.chance('at all', 0.15)) world.salesforce.commitLate(late.int('by', 75) * 1000);
      }
      const did = await people.act(action);
      if (did === undefined) continue;
      done.push(action.index);
      tell(`#${action.index} somebody ${did}`);
      if (!own.of('events', action.index).chance('late', 0.3)) await world.forge.drain();
    }
    await passTo(Math.max(nextTick, world.clock.now()));

    // Everything heals; what was parked is due again by and by.
    sniper = undefined;
    world.forge.faults.follow(undefined);
    world.jira.setSearchDelay(0);
    tell('— all is well again');
    let quietFrom = 0;
    const calmCycles = async (count: number) => {
      for (let cycles = 0; cycles < count; cycles++) await passTo(nextTick);
      quietFrom = passages.length;
      await passTo(nextTick);
      await passTo(nextTick);
    };
    const judged = async (): Promise<readonly Broken[]> => {
      const seen: Seen = {
        program,
        people,
        passages,
        quietFrom,
        state: await world.state(),
        issues: await readIssues(people),
        log,
        secret: world.client.secret,
      };
      return (await Promise.all(promises.map(promise => promise(seen)))).flat();
    };
    await calmCycles(2);
    let broken = await judged();
    // Most worlds are at rest by then. The others may take as long as what was parked waits, and so do some that
    // are watched whether they stay at rest.
    if (broken.length > 0 || own.chance('long evening', 0.15)) {
      for (let halfHours = 0; halfHours < 9; halfHours++) {
        nextTick += 25 * minute;
        await passTo(nextTick);
      }
      await calmCycles(0);
      broken = await judged();
    }
    return { story, broken, program: program.text, tale, done, strikes: [...mayhem.strikes], calls: mayhem.calls };
  }

  return { play, stop: () => world.stop() };
}

const telling = (mayhem: ReturnType<typeof createMayhem>, tell: (line: string) => void): typeof mayhem => {
  const told = <T extends string | undefined>(effect: T, what: string): T => {
    if (effect !== undefined) tell(`   ${effect} strikes ${what} (${mayhem.strikes.at(-1)!.nth})`);
    return effect;
  };
  return {
    ...mayhem,
    call: (system, method, path) => told(mayhem.call(system, method, path), `${system} ${method} ${kindOf(path)}`),
    event: (system, name) => told(mayhem.event(system, name), `${system} event ${name}`),
  };
};

const reads =
  /\/services\/oauth2\/|\/(search\/jql|bulkfetch|permissions\/check|comment\/list|jql\/)|parameterizedSearch/;

/** Whether it changed something, had it succeeded. */
export function isWrite({ method, path, body }: Pick<Passage, 'method' | 'path' | 'body'>): boolean {
  if (method === 'GET' || method === 'HEAD' || reads.test(path)) return false;
  if (!path.includes('/composite') || path.includes('/composite/sobjects')) return true;
  const { compositeRequest = [] } = JSON.parse(body) as { compositeRequest?: { method: string }[] };
  return compositeRequest.some(part => part.method !== 'GET');
}

/** The issue or the record that a request of the app writes fields of. */
function targetOf({ system, method, path, body }: Passage): string | undefined {
  if (system === 'jira') return method === 'PUT' ? /\/issue\/(\d+)$/.exec(path.split('?')[0]!)?.[1] : undefined;
  return method === 'PATCH' ? /"(?:Id|id)":"(500\w{15})"/.exec(body)?.[1] : undefined;
}
