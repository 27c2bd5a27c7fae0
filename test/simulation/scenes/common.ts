/** The programs that scenes play, and what several of them do and ask for. */
import type { Fault } from '../../../sandbox/forge/faults.ts';
import type { Passage } from '../passage.ts';
import { type Branch, programOf } from '../program.ts';
import { conflictsOf, linksOf, type Promised, valuesIn } from '../promises/promise.ts';
import { optional, subject } from '../relations.ts';
import { type Hands, someCase } from '../scene.ts';

export const relation = (name: string) => optional.find(one => one.name === name)!;
export const description = relation('description');
export const title = { relation: subject, owner: 'salesforce' } as const;
export const simple = programOf({ mappings: [title], create: 'all' });
export const shared = programOf({ mappings: [title, { relation: description, owner: 'both' }], create: 'all' });
export const talking = programOf({ mappings: [title], create: 'all', comments: { internal: false, published: false } });
export const filing = programOf({ mappings: [title], create: 'all', files: true });
export const urgent: Branch = { text: 'Priority is "High"', to: 'Done', holds: ({ Priority }) => Priority === 'High' };
export const priority = relation('priority');

/** The issue is made, and the bridge hears neither the answer nor the event. */
export const unheardCreation = ({ faults }: Hands) =>
  faults(
    { system: 'jira', match: { method: 'POST', path: '/rest/api/3/issue' }, nth: 1, effect: 'timeout-after-apply' },
    { system: 'jira', match: { path: 'avi:jira:created:issue' }, nth: 1, effect: 'lose-event' },
  );

/** A cycle makes an issue, and hears nothing of it. */
export async function unheardIssue(hands: Hands, fields = {}): Promise<string> {
  const record = await hands.deeds.newCase(someCase(hands.deeds, fields));
  unheardCreation(hands);
  await hands.cycle();
  return record;
}

/** What the bridge writes to an issue is heard of by nobody. */
export const ownEventLost: Fault = {
  system: 'jira',
  match: { path: 'avi:jira:updated:issue' },
  nth: 1,
  effect: 'lose-event',
};

/** The run makes this request, and dies before it remembers anything of it. */
export const diesAfter = (
  { snipe, faults }: Hands,
  request: (passage: Passage) => boolean,
  ...more: readonly Fault[]
) => snipe(request, async () => faults({ system: 'kvs', nth: 1, effect: 'kill' }, ...more));

/** The call of that number to Salesforce's composite resource, from now on: most looks read with one, and write with the next. */
export const compositeFails = (nth: number): Fault => ({
  system: 'salesforce',
  match: { path: '/services/data/v67.0/composite' },
  nth,
  effect: '500',
});

export const linked = async ({ deeds, cycle, issueOf }: Hands, fields = {}) => {
  const record = await deeds.newCase(someCase(deeds, fields));
  await cycle();
  return { record, issue: await issueOf(record) };
};

export const issuesAre =
  (count: number): Promised =>
  ({ issues }) =>
    issues.size === count ? [] : [{ promise: 'P6', what: `there are ${issues.size} issues, not ${count}` }];

/** The description that gave way on that side is in the journal. */
export const gaveWay =
  (side: 'salesforce' | 'jira', value: string): Promised =>
  seen =>
    linksOf(seen).some(({ issueKey }) =>
      conflictsOf(seen, issueKey, { relation: description, owner: 'both' }).some(({ lost }) =>
        valuesIn(lost, { relation: description, owner: 'both' }).includes(value),
      ),
    )
      ? []
      : [{ promise: 'P2', what: `the journal does not say that ${value} gave way in ${side}` }];
