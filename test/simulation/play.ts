/**
 * Plays one story to its end: a hostile hour, then everything heals, then calm cycles; and asks each promise what
 * it saw. One sandbox serves any number of stories, one after the other, and scenes that are written by hand.
 */
import type { Fault } from '../../sandbox/forge/faults.ts';
import { createWorld } from '../../sandbox/world.ts';
import { type Breakage, drawBreakage } from './breakage.ts';
import { type Dice, dice } from './dice.ts';
import { drawProgram } from './draw-program.ts';
import { createMayhem, kindOf, type Mayhem, type Strike } from './mayhem.ts';
import { type Passage, targetOf } from './passage.ts';
import { createPeople, type People } from './people.ts';
import type { SimProgram } from './program.ts';
import { type Broken, promises } from './promises/index.ts';
import { readIssues, type Seen, untold } from './promises/promise.ts';
import type { Scene } from './scene.ts';
import { actionsOf, chosenOf, profiles, type Story } from './story.ts';

export interface Outcome {
  /** The promises that do not hold; none, when all is well. */
  readonly broken: readonly Broken[];
  readonly program: string;
  /** What happened, a line each. */
  readonly tale: readonly string[];
  /** The numbers of the actions that did something. */
  readonly done: readonly number[];
  readonly strikes: readonly Strike[];
  readonly calls: ReadonlyMap<string, number>;
}

export interface Played extends Outcome {
  readonly story: Story;
}

export interface Stage {
  play(story: Story): Promise<Played>;
  act(scene: Scene): Promise<Outcome>;
  stop(): Promise<void>;
}

const minute = 60_000;
const start = Date.UTC(2026, 10, 23, 9);
const day = 24 * 60 * minute;

/** A world that runs, and the time in it. */
interface Evening {
  readonly people: People;
  readonly tale: string[];
  readonly begin: number;
  tell(line: string): void;
  /** To that moment, with a cycle every five minutes. */
  passTo(time: number): Promise<void>;
  /** Until the next cycle is over. */
  cycle(): Promise<void>;
  /** Nothing but time passes. */
  wait(ms: number): void;
  /** No cycle before that much later. */
  skip(ms: number): void;
  /** What is written from now on, nobody asked for. */
  quiet(): void;
  seen(): Promise<Seen>;
}

export async function openStage(options: Pick<Parameters<typeof createWorld>[0], 'loadHandlers'> = {}): Promise<Stage> {
  let passages: Passage[] = [];
  let log: string[] = [];
  let sniper: ((request: Passage) => Promise<void>) | undefined;
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
      const sent = { at: world.clock.now(), system, method: request.method, path: pathname + search, body };
      await sniper?.({ ...sent, status: 0, answer: '' });
      const at = world.clock.now();
      const response = await send(request);
      const answer = request.method === 'GET' ? '' : await response.clone().text();
      passages.push({ ...sent, at, status: response.status, answer });
      return response;
    },
  });
  watching = true;

  async function open(own: Dice, program: SimProgram, strikes: readonly Strike[]): Promise<Evening> {
    sniper = undefined;
    world.forge.faults.follow(undefined);
    world.forge.faults.put([]);
    world.forge.setAtOnce(1);
    // Each story begins on a day of its own: what the sandbox keeps beside both systems is a day old then.
    world.clock.advance(day - ((world.clock.now() - start) % day));
    await world.reset();
    const people = createPeople(world, own.of('people'));
    await people.deeds.accounts();
    await people.activate(program);
    passages = [];
    log = [];
    const begin = world.clock.now();
    const tale: string[] = [];
    const stamp = () => new Date(world.clock.now() - begin).toISOString().slice(11, 19);
    const tell = (line: string) => void tale.push(`${stamp()}  ${line}`);
    let nextTick = begin + 5 * minute;
    let quietFrom = 0;
    const passTo = async (time: number) => {
      while (nextTick <= time) {
        if (world.clock.now() < nextTick) world.clock.advance(nextTick - world.clock.now());
        nextTick += 5 * minute;
        tell('— cycle');
        // What was committed late is there by now, and a run that is due again may be the first to see it.
        await people.deeds.look();
        await world.forge.drain();
        await people.deeds.look();
        await world.forge.fireSchedule();
        await world.forge.drain();
        await people.deeds.look();
      }
      if (world.clock.now() < time) world.clock.advance(time - world.clock.now());
    };
    return {
      people,
      tale,
      begin,
      tell,
      passTo,
      cycle: () => passTo(Math.max(nextTick, world.clock.now())),
      wait: ms => world.clock.advance(ms),
      skip(ms) {
        nextTick += ms;
      },
      quiet() {
        quietFrom = passages.length;
      },
      async seen() {
        return {
          program: people.program(),
          people,
          passages,
          quietFrom,
          state: await world.state(),
          issues: await readIssues(people),
          records: await people.doors.records(people.ledger.records),
          strikes,
          log,
          secret: world.client.secret,
        };
      },
    };
  }

  const judge = async (seen: Seen): Promise<readonly Broken[]> =>
    (await Promise.all(promises.map(promise => promise(seen)))).flat();

  async function rest({ cycle, quiet, seen }: Evening): Promise<readonly Broken[]> {
    quiet();
    for (let cycles = 0; cycles < 2; cycles++) await cycle();
    return judge(await seen());
  }

  /** Hours in which what was parked is due again by and by. */
  async function hours(evening: Evening, halfHours: number): Promise<void> {
    for (let count = 0; count < halfHours; count++) {
      evening.skip(25 * minute);
      await evening.cycle();
    }
  }

  /** Of what a program holds until somebody chooses. */
  async function chooseAll({ people, cycle, tell }: Evening): Promise<void> {
    const edits = await people.thinkAgain();
    if (edits > 0) {
      tell(`— whoever put conflicts away makes ${edits} more edits`);
      for (let cycles = 0; cycles < 2; cycles++) await cycle();
    }
    const held = await people.chooseAll();
    if (held === 0) return;
    tell(`— a person chooses in all ${held} conflicts that are held`);
    for (let cycles = 0; cycles < 2; cycles++) await cycle();
  }

  /** Most worlds are at rest soon. The others may take as long as what was parked waits, and a day for rights that came back. */
  async function settle(evening: Evening, long: boolean): Promise<readonly Broken[]> {
    for (let cycles = 0; cycles < 2; cycles++) await evening.cycle();
    await chooseAll(evening);
    let broken = await rest(evening);
    if (broken.length === 0 && !long) return broken;
    await hours(evening, 9);
    await chooseAll(evening);
    broken = await rest(evening);
    if (broken.length === 0 || !hadUpheaval(evening)) return broken;
    evening.skip(day);
    // The daily look at everything takes a cycle for the links, and one for each item.
    for (let cycles = 0; cycles < 6; cycles++) await evening.cycle();
    return rest(evening);
  }

  async function play(story: Story): Promise<Played> {
    const own = dice(story.seed);
    const profile = profiles[story.profile];
    const chosen = chosenOf(story);
    const mayhem = createMayhem(own.of('mayhem'), chosen);
    const evening = await open(own, drawProgram(own.of('program'), profile.duels > 0), mayhem.strikes);
    const { people, tell, begin } = evening;
    const program = people.program().text;
    const breakage = profile.broken ? drawBreakage(own.of('breakage')) : undefined;
    const done: number[] = [];
    let isBroken = false;

    // The hostile hour.
    if (profile.faults) world.forge.faults.follow(telling(mayhem, tell, breakage));
    if (profile.sniper > 0) sniper = createSniper(own, profile.sniper, chosen, mayhem, evening);
    if (profile.faults) {
      world.jira.setSearchDelay(own.int('search lag', own.chance('slow index', 0.2) ? 9 * 60 : 90) * 1000);
      world.forge.setAtOnce(own.pick('at once', [1, 1, 2, 4]));
      world.forge.kvs.setQueryDelay(own.chance('slow store', 0.3) ? own.int('store lag', 60) * 1000 : 0);
    }
    for (const action of actionsOf(story)) {
      await evening.passTo(begin + action.at);
      // Not from the first, so that there is something to go wrong with.
      if (breakage !== undefined && !isBroken && action.at > 10 * minute) {
        isBroken = true;
        breakage.begin(people.rights);
        tell(`from now on ${breakage.name}`);
      }
      if (profile.faults && /case|account/.test(action.kind)) {
        // A transaction of Salesforce that is still open when the next query comes.
        const late = own.of('late', action.index);
        if (late.chance('at all', 0.15)) world.salesforce.commitLate(late.int('by', 75) * 1000);
      }
      // As it was before: what was committed late shows by now, and may be another moment.
      await people.deeds.look();
      const did = await people.act(action);
      // Who did nothing leaves no open transaction to the next one, which may be the bridge itself.
      world.salesforce.commitLate(0);
      if (did === undefined) continue;
      done.push(action.index);
      tell(`#${action.index} somebody ${did}`);
      if (!own.of('events', action.index).chance('late', 0.3)) await world.forge.drain();
    }
    await evening.cycle();

    // Everything heals, but for what is broken for good.
    sniper = undefined;
    world.forge.faults.follow(breakage === undefined ? undefined : onlyBroken(breakage));
    world.jira.setSearchDelay(0);
    world.forge.kvs.setQueryDelay(0);
    people.rights.giveBack();
    await people.resumeAll();
    tell(breakage === undefined ? '— all is well again' : `— all is well again, but ${breakage.name}`);
    const broken: Broken[] = [];
    if (breakage !== undefined) {
      await hours(evening, 9);
      await rest(evening);
      const seen = await evening.seen();
      broken.push(...untold(seen, await judge(seen)));
      tell('— a person mends it, and has everything tried again');
      world.forge.faults.follow(undefined);
      people.rights.mend();
      await tryAgain();
    }
    broken.push(...(await settle(evening, own.chance('long evening', 0.15))));
    const { tale } = evening;
    return { story, broken, program, tale, done, strikes: [...mayhem.strikes], calls: mayhem.calls };
  }

  async function tryAgain(): Promise<void> {
    const { attention } = (await world.state()) as { attention: readonly { id: string }[] };
    const accountId = world.users.find(({ role }) => role === 'admin')!.accountId;
    for (const { id } of attention)
      await world.invoke({ module: 'admin', function: 'attention.retry', payload: { id }, accountId });
    await world.forge.drain();
  }

  async function act(scene: Scene): Promise<Outcome> {
    const own = dice(1);
    const evening = await open(own, scene.program, []);
    const { people, tell } = evening;
    const complaints: Broken[] = [];
    await scene.script({
      world,
      people,
      deeds: people.deeds,
      cycle: evening.cycle,
      later: async minutes => evening.passTo(world.clock.now() + minutes * minute),
      faults: (...faults: readonly Fault[]) => world.forge.faults.put(faults),
      drain: () => world.forge.drain(),
      snipe(when, what) {
        let shot = false;
        sniper = async passage => {
          if (shot || !when(passage)) return;
          shot = true;
          await what();
        };
      },
      issueOf: async record => {
        const { links } = (await world.state()) as { links: readonly { record: string; issueId: string }[] };
        return links.find(link => link.record === record)!.issueId;
      },
      tell,
      see: evening.seen,
      complain: (promise, what) => complaints.push({ promise, what }),
    });
    sniper = undefined;
    world.forge.faults.put([]);
    world.jira.setSearchDelay(0);
    tell('— all is well again');
    const broken = await settle(evening, scene.long === true);
    const more = (await scene.also?.(await evening.seen())) ?? [];
    return {
      broken: [...complaints, ...broken, ...more],
      program: scene.program.text,
      tale: evening.tale,
      done: [],
      strikes: [],
      calls: new Map(),
    };
  }

  return { play, act, stop: () => world.stop() };
}

const hadUpheaval = ({ people: { ledger, rights } }: Evening): boolean =>
  ledger.programs.length > 1 || ledger.deletedIssues.size > 0 || ledger.dismissed.length > 0 || rights.everTaken();

/** A person acts just before the bridge writes. */
function createSniper(own: Dice, share: number, chosen: (strike: Strike) => boolean, mayhem: Mayhem, evening: Evening) {
  const shots = new Map<string, number>();
  return async (request: Passage) => {
    const thing = targetOf(request);
    if (thing === undefined) return;
    const { system, method, path } = request;
    const call = `${system} ${method} ${kindOf(path)}`;
    const nth = (shots.get(call) ?? 0) + 1;
    shots.set(call, nth);
    const shot = own.of('sniper', call, nth);
    const strike: Strike = { call: `person ${call}`, nth, effect: 'slow' };
    if (!shot.chance('shoots', share) || !chosen(strike)) return;
    // No person is quicker than this: what the bridge has seen is older by a moment.
    evening.wait(1);
    await evening.people.deeds.look();
    const did = await evening.people.touch(system, thing, shot).catch(() => undefined);
    if (did === undefined) return;
    (mayhem.strikes as Strike[]).push(strike);
    evening.tell(`just before the bridge writes, somebody ${did}`);
  };
}

const onlyBroken = (breakage: Breakage) => ({ call: breakage.call, event: () => undefined });

function telling(mayhem: Mayhem, tell: (line: string) => void, breakage: Breakage | undefined): Mayhem {
  const told = <T extends string | undefined>(effect: T, what: string): T => {
    if (effect !== undefined) tell(`   ${effect} strikes ${what} (${mayhem.strikes.at(-1)!.nth})`);
    return effect;
  };
  return {
    ...mayhem,
    call: (system, method, path) =>
      breakage?.call(system, method, path) ??
      told(mayhem.call(system, method, path), `${system} ${method} ${kindOf(path)}`),
    event: (system, name) => told(mayhem.event(system, name), `${system} event ${name}`),
  };
}
