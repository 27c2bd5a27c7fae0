/** The guided first minute: each step is done when the world shows that it is, whoever did it and however. */
import type { World } from '../use-world.ts';

/** What the world cannot tell. */
export interface Seen {
  /** When the guide began, on the sandbox's clock. */
  readonly since: number;
  /** Somebody pointed at a write's reason. */
  readonly why: boolean;
}

export type Action = 'new-case' | 'cycle' | 'journal' | 'pair' | 'trouble';

export interface Step {
  readonly name: string;
  readonly says: string;
  readonly action: Action;
  readonly does: string;
  done(world: World, seen: Seen): boolean;
}

/** Cases that were made since, newest first. */
export const made = ({ cases }: World, { since }: Seen) =>
  cases.filter(({ CreatedDate }) => Date.parse(CreatedDate) >= since - 1000);

const ofMade = (world: World, seen: Seen) => {
  const ids = new Set(made(world, seen).map(({ Id }) => Id));
  return (one: { readonly record: string }) => ids.has(one.record);
};

export const steps: readonly Step[] = [
  {
    name: 'Make a case',
    says: 'A customer calls. In Salesforce, on the left, somebody writes a case.',
    action: 'new-case',
    does: 'New case',
    done: (world, seen) => made(world, seen).length > 0,
  },
  {
    name: 'Let the bridge run',
    says: 'It runs every five minutes by itself. You need not wait: run a cycle now, and see the issue appear in Jira.',
    action: 'cycle',
    does: 'Run a cycle',
    done: (world, seen) => world.state.links.some(ofMade(world, seen)),
  },
  {
    name: 'Ask it why',
    says: 'Below, each write stands with its reason. Point at one: the record, the issue, and the very line of the program light up.',
    action: 'journal',
    does: 'Show me',
    done: (_, { why }) => why,
  },
  {
    name: 'Answer from Jira',
    says: 'Open the issue and write resolution notes, or change its priority. Salesforce has it at once.',
    action: 'pair',
    does: 'Open both',
    done: (world, seen) =>
      world.state.journal.some(
        entry => entry.side === 'salesforce' && entry.outcome === 'written' && ofMade(world, seen)(entry),
      ),
  },
  {
    name: 'Break a rule',
    says: 'Change the summary in Jira, then run a cycle. The program says that it is Salesforce’s: it is put back, and you are told why.',
    action: 'pair',
    does: 'Open both',
    done: (world, seen) =>
      world.state.journal.some(
        entry =>
          entry.side === 'jira' &&
          entry.outcome === 'written' &&
          entry.from !== undefined &&
          ofMade(world, seen)(entry),
      ),
  },
  {
    name: 'Make trouble',
    says: 'Let an event come twice, lose an answer, or stop Salesforce. Then go on working: nothing is lost and nothing doubled.',
    action: 'trouble',
    does: 'Choose a trouble',
    done: world => world.state.struck.length > 0,
  },
];
