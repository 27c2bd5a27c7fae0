/** What an admin does at random where something went wrong, or went too far. */
import type { Clock } from '../../sandbox/clock.ts';
import type { Deeds } from './deeds.ts';
import type { Dice } from './dice.ts';
import type { Doors } from './doors.ts';
import type { Ledger } from './ledger.ts';
import { itemsOf } from './program.ts';

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
} as const;
export type OfficeKind = keyof typeof officeWeights;

export function officeKinds(
  deeds: Deeds,
  { issues }: Doors,
  ledger: Ledger,
  clock: Clock,
): Readonly<Record<OfficeKind, Did>> {
  const program = () => ledger.programs.at(-1)!.program;
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
      const text = await deeds.restore(id, version);
      const earlier = ledger.programs.findLast(one => one.program.text === text);
      if (earlier === undefined || earlier.program.text === program().text) return undefined;
      ledger.programs.push({ at: clock.now(), program: earlier.program });
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
  };
}
