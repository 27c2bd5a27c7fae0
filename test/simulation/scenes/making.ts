/** Issues that are made and found: answers and events that are lost, indexes that lag, transactions that are open. */
import { programOf } from '../program.ts';
import { attentionOf } from '../promises/promise.ts';
import { subject } from '../relations.ts';
import { type Scene, someCase } from '../scene.ts';
import {
  description,
  issuesAre,
  linked,
  ownEventLost,
  priority,
  shared,
  simple,
  title,
  unheardCreation,
  unheardIssue,
  urgent,
} from './common.ts';

export const making: readonly Scene[] = [
  {
    name: 'an issue whose making was not confirmed is looked for, and not made again',
    program: simple,
    async script(hands) {
      await hands.deeds.newCase(someCase(hands.deeds));
      unheardCreation(hands);
      await hands.later(30);
    },
  },
  {
    name: 'nobody looks before a late request can no longer land',
    program: simple,
    async script(hands) {
      hands.world.jira.setSearchDelay(60_000);
      await unheardIssue(hands);
      await hands.world.forge.fireSchedule();
      await hands.drain();
      await hands.later(30);
    },
  },
  {
    name: 'one look that finds nothing proves nothing while the index lags',
    program: simple,
    async script(hands) {
      hands.world.jira.setSearchDelay(8 * 60_000);
      await hands.deeds.newCase(someCase(hands.deeds));
      unheardCreation(hands);
      await hands.later(40);
    },
  },
  {
    name: 'looks that find nothing prove nothing while the app may not see the project',
    program: simple,
    async script(hands) {
      await unheardIssue(hands);
      hands.people.rights.take({ jira: 'BROWSE_PROJECTS' });
      await hands.later(30);
      if (attentionOf(await hands.see()).every(({ cause }) => !cause.includes('may not see the issues of SUP')))
        hands.complain('P7', 'nobody is told that the app may not see the project');
      hands.people.rights.giveBack();
      await hands.later(60);
    },
    also: issuesAre(1),
  },
  {
    name: 'an issue whose making is not confirmed keeps a merge waiting, also when its item was renamed meanwhile',
    program: simple,
    async script(hands) {
      const { deeds, people } = hands;
      const { record: loser } = await linked(hands);
      const winner = await unheardIssue(hands, { Subject: 'beta' });
      await people.activate(programOf({ ...simple.parts, renamed: true }));
      await deeds.mergeCases(winner, loser);
      await hands.later(60);
    },
    also: issuesAre(2),
  },
  {
    name: 'each issue that ends at a merge is told, also when another of the same record ended before it',
    program: simple,
    async script(hands) {
      const { deeds, world } = hands;
      world.jira.setSearchDelay(60 * 60_000);
      const first = await unheardIssue(hands);
      const second = await deeds.newCase(someCase(deeds, { Subject: 'beta' }));
      const third = await deeds.newCase(someCase(deeds, { Subject: 'gamma' }));
      await hands.cycle();
      await deeds.mergeCases(second, first);
      await hands.later(6);
      await deeds.mergeCases(third, second);
      await hands.later(90);
    },
    also: issuesAre(3),
  },
  {
    name: 'an issue of a record that lost a merge before its making was confirmed shows what the winner says',
    program: simple,
    async script(hands) {
      const { deeds } = hands;
      const loser = await unheardIssue(hands);
      const winner = await deeds.newCase(someCase(deeds, { Subject: 'beta' }));
      await deeds.mergeCases(winner, loser);
      await hands.later(6);
      await deeds.deleteIssue(await hands.issueOf(winner));
      await hands.later(150);
    },
  },
  {
    name: 'an issue that nobody asks for any more is linked all the same',
    program: programOf({
      mappings: [title],
      create: 'matching',
      rule: { branches: [{ ...urgent, to: 'In Progress' }] },
    }),
    async script(hands) {
      const { deeds } = hands;
      const record = await unheardIssue(hands, { Priority: 'High' });
      await deeds.editCase(record, priority, 'Low');
      await hands.later(150);
    },
  },
  {
    name: 'what was sent with an unconfirmed creation is known when it is found',
    program: shared,
    async script(hands) {
      const { deeds, people } = hands;
      await unheardIssue(hands);
      const [issue] = await people.doors.issues();
      await deeds.editIssue(issue!.id, description, 'beta');
      await hands.later(40);
    },
  },
  {
    name: 'a transaction that was open when the bridge looked is seen later',
    program: simple,
    async script(hands) {
      const { record } = await linked(hands);
      await hands.later(4.7);
      hands.world.salesforce.commitLate(60_000);
      await hands.deeds.editCase(record, subject, 'beta');
      await hands.later(20);
    },
  },
  {
    name: 'what was left undone for half an hour is done',
    program: simple,
    async script(hands) {
      const { record } = await linked(hands);
      await hands.deeds.editCase(record, subject, 'beta');
      hands.faults(
        ...Array.from({ length: 6 }, (_, at) => ({
          system: 'jira' as const,
          match: { path: '/rest/api/3/issue/bulkfetch' },
          nth: at + 1,
          effect: '503' as const,
        })),
      );
      await hands.later(30);
    },
  },
  {
    name: 'an event that was lost is found within the hour',
    program: shared,
    async script(hands) {
      const { issue } = await linked(hands);
      await hands.later(10);
      hands.faults(ownEventLost);
      await hands.deeds.editIssue(issue, description, 'beta');
      await hands.later(80);
    },
  },
];
