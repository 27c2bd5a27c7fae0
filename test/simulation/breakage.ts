/** The one thing of a world that stays broken, whatever else heals: which, and how it strikes. */
import type { CallEffect } from '../../sandbox/forge/faults.ts';
import type { Dice } from './dice.ts';
import type { Right, Rights } from './rights.ts';

export interface Breakage {
  readonly name: string;
  begin(rights: Rights): void;
  call(system: string, method: string, path: string): CallEffect | undefined;
}

const right = (name: string, taken: Right): Breakage => ({
  name,
  begin: rights => rights.takeForGood(taken),
  call: () => undefined,
});

/** Calls of one kind fail for the first issue that they are made for, and for no other. */
function call(name: string, method: string, path: RegExp): () => Breakage {
  return () => {
    let victim: string | undefined;
    return {
      name,
      begin: () => {},
      call(system, made, where) {
        const issue = system === 'jira' && made === method ? path.exec(where.split('?')[0]!)?.[1] : undefined;
        victim ??= issue;
        return issue !== undefined && issue === victim ? '500' : undefined;
      },
    };
  };
}

const all: readonly (() => Breakage)[] = [
  call('one issue cannot be edited', 'PUT', /\/issue\/(\d+)$/),
  call('one issue cannot be moved', 'POST', /\/issue\/(\d+)\/transitions$/),
  call('one issue takes no comment', 'POST', /\/issue\/(\d+)\/comment$/),
  call('one issue takes no file', 'POST', /\/issue\/(\d+)\/attachments$/),
  () => right('no issue can be edited', { jira: 'EDIT_ISSUES' }),
  () => right('no issue can be moved', { jira: 'TRANSITION_ISSUES' }),
  () => right('no comment can be added', { jira: 'ADD_COMMENTS' }),
  () => right('no file can be attached', { jira: 'CREATE_ATTACHMENTS' }),
  () => right('no issue can be made', { jira: 'CREATE_ISSUES' }),
  () => right('the description cannot be written', { readOnly: 'Case.Description' }),
  () => right('some cases cannot be saved', { refused: "Subject = 'gamma'" }),
];

export const drawBreakage = (dice: Dice): Breakage => dice.pick('broken', all)();
