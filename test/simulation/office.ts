/** What an admin does at random where something went wrong, or went too far. */
import type { Clock } from '../../sandbox/clock.ts';
import type { Deeds } from './deeds.ts';
import type { Dice } from './dice.ts';
import type { Doors } from './doors.ts';
import { reviseProgram } from './draw-program.ts';
import type { Ledger } from './ledger.ts';
import { itemsOf, placeOf, programOf, type SimProgram } from './program.ts';

/** One of them; nothing of none. */
type Pick = <T>(from: readonly T[]) => T | undefined;
/** Does it by these dice, and says so in words; nothing where there is nothing to do it to. */
export type Did = (own: Dice, pick: Pick) => Promise<string | undefined>;

/** Beside all that other people do, in the profile `office` only. */
export const officeWeights = {
  'try trouble again': 80,
  'put trouble away': 120,
  'disconnect the org': 15,
  'connect the org': 60,
  'take up an earlier version': 60,
  'let a record have an issue again': 100,
  'erase an issue': 25,
  'erase a person': 15,
  'two admins save at once': 30,
  'delete an item': 40,
  'connect another org': 30,
  'start over': 40,
} as const;
export type OfficeKind = keyof typeof officeWeights;

export function officeKinds(
  deeds: Deeds,
  { issues }: Doors,
  ledger: Ledger,
  clock: Clock,
): Readonly<Record<OfficeKind, Did>> {
  const program = () => ledger.programs.at(-1)!.program;
  /** One that was active before, and is not the active one. */
  const earlierOf = (text: string | undefined): SimProgram | undefined =>
    text === program().text ? undefined : ledger.programs.findLast(one => one.program.text === text)?.program;
  return {
    async 'try trouble again'(_, pick) {
      const trouble = pick(await deeds.troubles());
      return trouble && (await deeds.tryAgain(trouble.id)) ? `has ${trouble.id} tried again` : undefined;
    },
    async 'put trouble away'(_, pick) {
      const trouble = pick(await deeds.troubles());
      return trouble && (await deeds.dismiss(trouble)) ? `puts ${trouble.id} away` : undefined;
    },
    async 'disconnect the org'() {
      return (await deeds.disconnect()) ? 'disconnects the org' : undefined;
    },
    async 'connect the org'() {
      return (await deeds.connect()) ? 'connects the org' : undefined;
    },
    async 'take up an earlier version'(own, pick) {
      const { id } = own.pick('item', itemsOf(program()));
      const version = pick(await deeds.versionsOf(id));
      if (version === undefined) return undefined;
      const earlier = earlierOf(await deeds.restore(id, version));
      if (earlier === undefined) return undefined;
      ledger.programs.push({ at: clock.now(), program: earlier });
      return `takes version ${version} of ${id} up again:\n${program().text.trimEnd()}`;
    },
    async 'let a record have an issue again'(_, pick) {
      const left = pick(await deeds.leftAlone());
      return left && (await deeds.lift(left))
        ? `lets ${left.itemId} make an issue for ${left.recordId} again`
        : undefined;
    },
    async 'erase an issue'(_, pick) {
      const issue = pick(await issues());
      return issue && (await deeds.eraseIssue(issue)) ? `erases what is kept of ${issue.key}` : undefined;
    },
    async 'erase a person'(own) {
      const role = own.pick('role', ['admin', 'agent']);
      return (await deeds.erasePerson(role)) ? `erases what is kept of the ${role}` : undefined;
    },
    async 'two admins save at once'(own) {
      const both = ['one', 'other'].map(name => reviseProgram(own.of(name), program()));
      const before = program().text;
      for (const text of await deeds.saveAtOnce(both.map(one => one.text))) {
        const saved = both.find(one => one.text === text)!;
        ledger.programs.push({ at: clock.now(), program: saved });
      }
      return program().text === before ? undefined : `saves, and another one too:\n${program().text.trimEnd()}`;
    },
    async 'delete an item'(own) {
      const { others, parts, text: before } = program();
      if (others.length === 0) return undefined;
      const { id } = own.pick('item', others);
      const text = await deeds.deleteItem(id);
      if (text === undefined || text === before) return undefined;
      const left = programOf({ ...parts, [placeOf(id)]: undefined });
      ledger.programs.push({ at: clock.now(), program: { ...left, text } });
      return `deletes the item ${id}`;
    },
    async 'connect another org'() {
      const org = deeds.moveOrg();
      return `${(await deeds.connect()) ? 'connects' : 'tries to connect'} org ${org}`;
    },
    async 'start over'() {
      return (await deeds.startOver()) ? 'starts over with the org that is connected' : undefined;
    },
  };
}
