/** Another org is connected, or the first one again, at moments when the bridge is at work. */
import { isWrite, type Passage } from '../passage.ts';
import { programOf } from '../program.ts';
import type { Broken, Promised, Seen } from '../promises/promise.ts';
import { linksOf } from '../promises/promise.ts';
import { type Hands, type Scene, someCase } from '../scene.ts';
import { linked, shared, unheardIssue } from './common.ts';

const description = shared.mappings[1]!.relation;

const connectAnother = async ({ deeds, tell }: Hands) => {
  const org = deeds.moveOrg();
  await deeds.connect();
  tell(`somebody connects org ${org}`);
};
const looksAtCases = ({ system, path, body }: Passage) =>
  system === 'salesforce' && path.endsWith('/composite') && body.includes('Case');

/** Nothing of the links reaches a system while they are another org's. */
async function writesNothing(hands: Hands, while_: () => Promise<void>): Promise<void> {
  const before = (await hands.see()).passages.length;
  await while_();
  for (const { system, method, path } of (await hands.see()).passages
    .slice(before)
    .filter(one => isWrite(one) && one.status < 300))
    hands.complain('C-5', `${system} ${method} ${path} is written although the links are another org's`);
}

async function restsForNow({ deeds, complain }: Hands): Promise<void> {
  if (!(await deeds.isElsewhere())) complain('C-5', 'nobody is asked what is to become of the other org’s links');
}

const noLinks: Promised = (seen: Seen): readonly Broken[] =>
  linksOf(seen).map(({ issueKey }) => ({ promise: 'C-5', what: `${issueKey} is linked to what another org has` }));

export const orgs: readonly Scene[] = [
  {
    name: 'another org is connected just when a cycle looks at the first one’s records',
    program: shared,
    async script(hands) {
      const { deeds, cycle, snipe } = hands;
      const { record } = await linked(hands);
      await deeds.editCase(record, description, 'beta');
      await writesNothing(hands, async () => {
        snipe(looksAtCases, () => connectAnother(hands));
        await cycle();
        await cycle();
      });
      await connectAnother(hands);
    },
  },
  {
    name: 'another org is connected just when a cycle writes what it read of the first one',
    program: shared,
    async script(hands) {
      const { deeds, cycle, later, snipe } = hands;
      const { issue } = await linked(hands);
      await later(1);
      await deeds.editIssue(issue, description, 'beta');
      await writesNothing(hands, async () => {
        snipe(
          passage => passage.system === 'salesforce' && isWrite(passage),
          () => connectAnother(hands),
        );
        await hands.drain();
        await cycle();
      });
      await connectAnother(hands);
    },
  },
  {
    name: 'an admin starts over while a cycle of the other org makes an issue',
    program: shared,
    async script(hands) {
      const { deeds, cycle, snipe } = hands;
      await linked(hands);
      await deeds.newCase(someCase(deeds));
      snipe(
        ({ system, method, path }) => system === 'jira' && method === 'POST' && path.endsWith('/issue'),
        async () => {
          await connectAnother(hands);
          await deeds.startOver();
        },
      );
      await cycle();
      await deeds.startOver();
    },
    also: noLinks,
  },
  {
    name: 'a start with another org begins with what is new in it, also for an item whose new id no cycle has seen',
    program: shared,
    async script(hands) {
      const { deeds, people } = hands;
      await linked(hands);
      await connectAnother(hands);
      await people.activate(programOf({ ...shared.parts, renamed: true }));
      await deeds.newCase(someCase(deeds));
      await deeds.startOver();
    },
    also: noLinks,
  },
  {
    name: 'an issue that nobody confirmed is the other org’s as well',
    program: shared,
    async script(hands) {
      const { deeds } = hands;
      await unheardIssue(hands);
      await connectAnother(hands);
      await restsForNow(hands);
      await deeds.startOver();
    },
    also: noLinks,
  },
  ...[
    { how: 'the save of its connection failed halfway', times: 1 },
    // The first one, that of the links, and the first one again.
    { how: 'others come and go after such a save', times: 3 },
  ].map(
    ({ how, times }): Scene => ({
      name: `the links are of the org that they were made with, also where ${how}`,
      program: shared,
      async script(hands) {
        // The connection itself is kept, and nothing after it.
        hands.faults({ system: 'kvs', match: { path: '/api/v1/set' }, nth: 2, effect: '503' });
        await connectAnother(hands);
        await linked(hands);
        for (let time = 0; time < times; time++) await connectAnother(hands);
        await restsForNow(hands);
        await hands.deeds.startOver();
      },
      also: noLinks,
    }),
  ),
];
