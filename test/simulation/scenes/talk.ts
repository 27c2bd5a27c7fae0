/** Comments and files. */
import { notLow, programOf } from '../program.ts';
import { journalOf } from '../promises/promise.ts';
import { subject } from '../relations.ts';
import { type Hands, type Scene, someCase } from '../scene.ts';
import { diesAfter, filing, issuesAre, linked, talking } from './common.ts';

/** A comment on a case, and its copy in the issue. */
async function copied(hands: Hands) {
  const { record, issue } = await linked(hands);
  await hands.deeds.commentOnCase(record, 'said-first', false);
  await hands.later(10);
  return { record, issue, said: hands.people.ledger.said[0]! };
}

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
      const { deeds } = hands;
      const { record, said } = await copied(hands);
      await deeds.deleteComment(said, 'copy');
      await deeds.commentOnCase(record, 'said-later', false);
      await hands.later(10);
    },
  },
  ...(['case', 'issue'] as const).map(
    (side): Scene => ({
      name: `new words of a copy of what was said on the ${side} travel though the run that made it died before it knew of it`,
      program: talking,
      async script(hands) {
        const { deeds, people } = hands;
        const { record, issue } = await linked(hands);
        diesAfter(
          hands,
          ({ method, path, body }) =>
            method === 'POST' &&
            (side === 'case' ? path.includes(`/issue/${issue}/comment`) : body.includes('"CaseComment"')) &&
            body.includes('said-first'),
        );
        if (side === 'case') await deeds.commentOnCase(record, 'said-first', false);
        else await deeds.commentOnIssue(issue, 'said-first', false);
        await hands.cycle();
        await deeds.rephrase(people.ledger.said[0]!, 'said-anew', 'copy');
        await hands.later(100);
      },
    }),
  ),
  {
    name: 'new words of a copy travel though Jira failed at first, and a look came within a minute',
    program: talking,
    async script(hands) {
      const { deeds, people, world } = hands;
      const { issue } = await linked(hands);
      await deeds.commentOnIssue(issue, 'said-first', false);
      await hands.later(10);
      hands.faults({ system: 'jira', match: { method: 'PUT' }, nth: 1, effect: '503' });
      await deeds.rephrase(people.ledger.said[0]!, 'said-anew', 'copy');
      await hands.cycle();
      await hands.later(1);
      await world.forge.fireSchedule();
      await hands.drain();
      await hands.later(100);
    },
  },
  ...(
    [
      ['original', 'before'],
      ['original', 'when'],
      ['copy', 'before'],
      ['copy', 'when'],
    ] as const
  ).map(
    ([where, moment]): Scene => ({
      name: `new words of ${where === 'copy' ? 'the copy of a comment' : 'a comment'} travel, and are told, though the run died ${moment} it had written them`,
      program: talking,
      async script(hands) {
        const { issue, said } = await copied(hands);
        const writes = where === 'copy' ? '/composite/sobjects' : `/issue/${issue}/comment/`;
        if (moment === 'when')
          diesAfter(hands, ({ method, path }) => (method === 'PUT' || method === 'PATCH') && path.includes(writes));
        else if (where === 'copy')
          hands.faults({ system: 'salesforce', match: { method: 'PATCH' }, nth: 1, effect: 'kill' });
        else hands.faults({ system: 'jira', match: { method: 'PUT' }, nth: 1, effect: 'kill' });
        await hands.deeds.rephrase(said, 'said-anew', where);
        await hands.later(100);
      },
      also: seen =>
        journalOf(seen).some(
          ({ what, outcome, to }) => what === 'Comment' && outcome === 'written' && to === 'said-anew',
        )
          ? []
          : [{ promise: 'P10', what: 'the journal does not say that the new words travelled' }],
    }),
  ),
  {
    name: 'new words of a comment are told though the run died when it had written them, and the copy has others since',
    program: talking,
    async script(hands) {
      const { deeds } = hands;
      const { issue, said } = await copied(hands);
      diesAfter(hands, ({ method, path }) => method === 'PUT' && path.includes(`/issue/${issue}/comment/`));
      await deeds.rephrase(said, 'said-anew', 'original');
      await hands.cycle();
      await deeds.rephrase(said, 'said-last', 'copy');
      await hands.later(100);
    },
  },
  ...(['file', 'comment'] as const).map(
    (what): Scene => ({
      name: `a ${what} that was brought over is told though the run died when it had, and the record is deleted since`,
      program: programOf({ ...talking.parts, files: true, where: notLow }),
      async script(hands) {
        const { deeds } = hands;
        const { record, issue } = await linked(hands, { Priority: 'High' });
        const copies = `/issue/${issue}/${what === 'file' ? 'attachments' : 'comment'}`;
        hands.snipe(
          ({ method, path }) => method === 'POST' && path.includes(copies),
          async () => {
            const lost = ['avi:jira:commented:issue', 'avi:jira:updated:issue'].map(
              path => ({ system: 'jira', match: { path }, nth: 1, effect: 'lose-event' }) as const,
            );
            hands.faults({ system: 'kvs', nth: 1, effect: 'kill' }, ...lost);
          },
        );
        if (what === 'file') await deeds.fileOnCase(record, 'contract.txt');
        else await deeds.commentOnCase(record, 'said-once', false);
        await hands.later(6);
        await deeds.deleteCase(record);
        await hands.later(30);
      },
    }),
  ),
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
