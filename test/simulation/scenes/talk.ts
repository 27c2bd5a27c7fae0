/** Comments and files. */
import { programOf } from '../program.ts';
import { subject } from '../relations.ts';
import { type Scene, someCase } from '../scene.ts';
import { filing, issuesAre, linked, talking } from './common.ts';

export const talk: readonly Scene[] = [
  {
    name: 'an internal comment stays in Jira',
    program: talking,
    async script(hands) {
      const { issue } = await linked(hands);
      await hands.deeds.commentOnIssue(issue, 'among-us', true);
      await hands.later(10);
    },
  },
  {
    name: 'a comment whose posting was not confirmed is looked for, and not posted again',
    program: talking,
    async script(hands) {
      const { record, issue } = await linked(hands);
      const path = `/rest/api/3/issue/${issue}/comment`;
      hands.faults({ system: 'jira', match: { method: 'POST', path }, nth: 1, effect: 'timeout-after-apply' });
      await hands.deeds.commentOnCase(record, 'said-once', false);
      await hands.later(20);
    },
  },
  {
    name: 'the copy of a comment that somebody deleted does not come back',
    program: talking,
    async script(hands) {
      const { deeds, people } = hands;
      const { record } = await linked(hands);
      await deeds.commentOnCase(record, 'said-first', false);
      await hands.later(10);
      await deeds.deleteComment(people.ledger.said[0]!, 'copy');
      await deeds.commentOnCase(record, 'said-later', false);
      await hands.later(10);
    },
  },
  {
    name: 'a file that people put on both sides is one and the same',
    program: filing,
    async script(hands) {
      const { deeds } = hands;
      const { record, issue } = await linked(hands);
      await deeds.fileOnCase(record, 'contract.txt');
      await deeds.fileOnIssue(issue, 'contract.txt');
      await hands.later(20);
    },
  },
  {
    name: 'an unpublished comment of Salesforce is internal in Jira',
    program: talking,
    async script(hands) {
      const { record } = await linked(hands);
      await hands.deeds.commentOnCase(record, 'among-us', true);
      await hands.later(10);
    },
  },
  {
    name: 'two runs at one time make one comment and one issue',
    program: programOf({ ...talking.parts, files: true }),
    async script(hands) {
      const { deeds } = hands;
      const { record, issue } = await linked(hands);
      hands.world.forge.setAtOnce(4);
      for (const token of ['one', 'two', 'six']) {
        await deeds.newCase(someCase(deeds, { Subject: 'beta' }));
        await deeds.commentOnCase(record, `case-${token}`, false);
        await deeds.commentOnIssue(issue, `issue-${token}`, false);
        await deeds.fileOnCase(record, `${token}.txt`);
        await deeds.editCase(record, subject, token === 'two' ? 'beta' : 'gamma');
        await hands.world.forge.fireSchedule();
        await Promise.all([hands.drain(), deeds.refresh('SUP-1'), hands.drain()]);
      }
    },
    also: issuesAre(4),
  },
];
