/** Troubles to play with: a fault strikes one call and is over, a circumstance lasts until it is taken back. */
import type { Conditions, Fault } from '../api/control.ts';

export interface FaultPreset {
  readonly name: string;
  readonly says: string;
  /** What to do, and what to watch then. */
  readonly watch: string;
  readonly faults: readonly Fault[];
}

const times = (count: number, fault: Omit<Fault, 'nth'>): readonly Fault[] =>
  Array.from({ length: count }, (_, at) => ({ ...fault, nth: at + 1 }));

export const faultPresets: readonly FaultPreset[] = [
  {
    name: 'Jira’s answer is lost',
    says: 'Jira makes the issue, and the bridge never hears of it.',
    watch:
      'Make a case and run a cycle (the lost answer takes 20 seconds). Let time pass, run more: one issue, never two.',
    faults: times(1, {
      system: 'jira',
      match: { method: 'POST', path: '/rest/api/3/issue' },
      effect: 'timeout-after-apply',
    }),
  },
  {
    name: 'The app is killed at work',
    says: 'Forge stops the function before its next call to Jira.',
    watch: 'Edit a case and run a cycle: the next one finishes what this one began.',
    faults: times(1, { system: 'jira', match: { path: '/rest/api/3/issue' }, effect: 'kill' }),
  },
  {
    name: 'Salesforce is down',
    says: 'The next three calls are answered with 503.',
    watch: 'Edit a case and run a cycle: nothing is lost, and a later cycle catches up.',
    faults: times(3, { system: 'salesforce', effect: '503' }),
  },
  {
    name: 'The session has expired',
    says: 'Salesforce refuses the next call with 401.',
    watch: 'Run a cycle: in the calls you see it sign in once and go on.',
    faults: times(1, { system: 'salesforce', effect: '401' }),
  },
  {
    name: 'Jira limits the rate',
    says: 'The next call to Jira is answered with 429.',
    watch: 'Edit a case and run a cycle: the bridge waits as Jira asks it to.',
    faults: times(1, { system: 'jira', effect: '429' }),
  },
  {
    name: 'Salesforce is slow',
    says: 'The next two answers are 12 seconds late.',
    watch: 'Open an issue: its panel says that Salesforce takes longer than usual, and shows the card when it comes.',
    faults: times(2, { system: 'salesforce', effect: 'slow' }),
  },
  {
    name: 'An event gets lost',
    says: 'Jira’s next event never reaches the app.',
    watch:
      'Edit the description of a linked issue: Salesforce does not hear of it at once, but the next cycles find it.',
    faults: times(1, { system: 'jira', match: { path: 'avi:jira:updated:issue' }, effect: 'lose-event' }),
  },
  {
    name: 'An event comes twice',
    says: 'Jira’s next event reaches the app two times.',
    watch: 'Edit the description of a linked issue: it is written to Salesforce once.',
    faults: times(1, { system: 'jira', match: { path: 'avi:jira:updated:issue' }, effect: 'duplicate-event' }),
  },
];

export interface Circumstance {
  readonly name: string;
  readonly says: string;
  readonly conditions: Conditions;
}

export const circumstances: readonly Circumstance[] = [
  {
    name: 'The licence has ended',
    says: 'Nothing is synced, and panel and admin page say so.',
    conditions: { forge: { licensed: false } },
  },
  {
    name: 'The app may not edit issues',
    says: 'An admin took the permission away: what cannot be written is told, with what to do.',
    conditions: { jira: { permissions: [{ role: 'app', permission: 'EDIT_ISSUES', allowed: false }] } },
  },
  {
    name: 'Salesforce hides the priority',
    says: 'The Run As user lost a field that the program reads.',
    conditions: { salesforce: { hidden: ['Case.Priority'] } },
  },
  {
    name: 'A validation rule refuses',
    says: 'Salesforce takes no case with the priority Low.',
    conditions: {
      salesforce: { rules: [{ object: 'Case', when: "Priority = 'Low'", message: 'Low is not for us.' }] },
    },
  },
  {
    name: 'Jira’s search lags behind',
    says: 'A search sees a change two minutes late.',
    conditions: { jira: { searchDelay: '2m' } },
  },
];

/** Of several at once: lists go on, everything else is set. */
export function together(some: readonly Conditions[]): Conditions {
  const all: Record<string, Record<string, unknown>> = {};
  for (const one of some)
    for (const [side, values] of Object.entries(one)) {
      all[side] ??= {};
      for (const [name, value] of Object.entries(values)) {
        const before = all[side][name];
        all[side][name] = Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value;
      }
    }
  return all;
}
