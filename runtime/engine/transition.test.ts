import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JiraTransition } from '../ports.ts';
import { chooseTransition } from './transition.ts';

const transition = (name: string, to: string, ...requiredFields: readonly string[]): JiraTransition => ({
  id: `t-${name}`,
  name,
  to: { id: `s-${to}`, name: to },
  requiredFields,
});
const offered = fc.array(
  fc
    .tuple(
      fc.constantFrom('Start', 'Close', 'Reopen'),
      fc.constantFrom('To Do', 'Done', 'DONE'),
      fc.subarray(['resolution', 'fixVersions']),
    )
    .map(([name, to, required]) => transition(name, to, ...required)),
  { maxLength: 5 },
);

describe('S-7 a transition', () => {
  it('is one that leads there in one step and asks for nothing, the first of them; by id where the program has one', () => {
    fc.assert(
      fc.property(offered, fc.boolean(), (all, byId) => {
        const to = byId ? { id: 's-Done', name: 'Called otherwise' } : { name: 'Done' };
        const leads = (one: JiraTransition) => (byId ? one.to.id === 's-Done' : one.to.name.toLowerCase() === 'done');
        const free = all.filter(one => leads(one) && one.requiredFields.length === 0);
        const choice = chooseTransition({ to, from: 'To Do' }, all);
        expect(choice.ok ? choice.transition : undefined).toBe(free[0]);
      }),
    );
  });

  it.each<[string, readonly JiraTransition[], string]>([
    [
      'one that asks for what the bridge cannot fill in',
      [transition('Start', 'To Do'), transition('Close', 'Done', 'resolution', 'fixVersions')],
      'the transition “Close” to “Done” asks for resolution, fixVersions, which the bridge cannot fill in',
    ],
    [
      'only others, each status named once',
      [transition('Start', 'To Do'), transition('Reopen', 'To Do'), transition('Hold', 'Waiting')],
      'Jira offers no transition from “In Progress” to “Done”, only to “To Do”, “Waiting”',
    ],
    ['none at all', [], 'Jira offers no transition at all from “In Progress”'],
  ])('is told to be missing where Jira offers %s', (_, all, reason) => {
    expect(chooseTransition({ to: { name: 'Done' }, from: 'In Progress' }, all)).toEqual({ ok: false, reason });
  });
});
