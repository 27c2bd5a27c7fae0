/**
 * Scenes for what random people meet too seldom: an answer that is lost in the one wrong second, an index that lags, a
 * transaction that is open just when the bridge looks. Each is a promise of its own, and the place where a planted bug
 * is caught.
 */
import { writtenCases } from './passage.ts';
import { type Branch, programOf } from './program.ts';
import { attentionOf, conflictsOf, linksOf, type Promised, valuesIn } from './promises/promise.ts';
import { optional, sharedSubject, subject } from './relations.ts';
import { type Hands, type Scene, someCase } from './scene.ts';

const relation = (name: string) => optional.find(one => one.name === name)!;
const description = relation('description');
const title = { relation: subject, owner: 'salesforce' } as const;
const simple = programOf({ mappings: [title], create: 'all' });
const shared = programOf({ mappings: [title, { relation: description, owner: 'both' }], create: 'all' });
const talking = programOf({ mappings: [title], create: 'all', comments: { internal: false, published: false } });
const filing = programOf({ mappings: [title], create: 'all', files: true });
const urgent: Branch = { text: 'Priority is "High"', to: 'Done', holds: ({ Priority }) => Priority === 'High' };
const priority = relation('priority');

/** The issue is made, and the bridge hears neither the answer nor the event. */
const unheardCreation = ({ faults }: Hands) =>
  faults(
    { system: 'jira', match: { method: 'POST', path: '/rest/api/3/issue' }, nth: 1, effect: 'timeout-after-apply' },
    { system: 'jira', match: { path: 'avi:jira:created:issue' }, nth: 1, effect: 'lose-event' },
  );

const linked = async ({ deeds, cycle, issueOf }: Hands, fields = {}) => {
  const record = await deeds.newCase(someCase(deeds, fields));
  await cycle();
  return { record, issue: await issueOf(record) };
};

const issuesAre =
  (count: number): Promised =>
  ({ issues }) =>
    issues.size === count ? [] : [{ promise: 'P6', what: `there are ${issues.size} issues, not ${count}` }];

/** The description that gave way on that side is in the journal. */
const gaveWay =
  (side: 'salesforce' | 'jira', value: string): Promised =>
  seen =>
    linksOf(seen).some(({ issueKey }) =>
      conflictsOf(seen, issueKey, { relation: description, owner: 'both' }).some(({ lost }) =>
        valuesIn(lost, { relation: description, owner: 'both' }).includes(value),
      ),
    )
      ? []
      : [{ promise: 'P2', what: `the journal does not say that ${value} gave way in ${side}` }];

export const scenes: readonly Scene[] = [
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
      await hands.deeds.newCase(someCase(hands.deeds));
      unheardCreation(hands);
      await hands.cycle();
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
    name: 'an issue that nobody asks for any more is linked all the same',
    program: programOf({
      mappings: [title],
      create: 'matching',
      rule: { branches: [{ ...urgent, to: 'In Progress' }] },
    }),
    async script(hands) {
      const { deeds } = hands;
      const record = await deeds.newCase(someCase(deeds, { Priority: 'High' }));
      unheardCreation(hands);
      await hands.cycle();
      await deeds.editCase(record, priority, 'Low');
      await hands.later(150);
    },
  },
  {
    name: 'what was sent with an unconfirmed creation is known when it is found',
    program: shared,
    async script(hands) {
      const { deeds, people } = hands;
      await deeds.newCase(someCase(deeds));
      unheardCreation(hands);
      await hands.cycle();
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
    name: 'a second edit in the second of the first is seen',
    program: simple,
    async script(hands) {
      const { record } = await linked(hands);
      await hands.later(1);
      await hands.deeds.editCase(record, subject, 'beta');
      await hands.world.forge.fireSchedule();
      await hands.drain();
      await hands.deeds.editCase(record, subject, 'gamma');
      await hands.later(15);
    },
  },
  {
    name: 'an edit in Jira of what Salesforce owns is put back',
    program: simple,
    async script(hands) {
      const { issue } = await linked(hands);
      await hands.deeds.editIssue(issue, subject, 'beta');
      await hands.later(10);
    },
  },
  {
    name: 'a write without an answer is no edit of anybody',
    program: shared,
    async script(hands) {
      const { deeds } = hands;
      const { issue } = await linked(hands);
      // The first one reads the record, the second one writes it.
      const path = '/services/data/v67.0/composite';
      hands.faults({ system: 'salesforce', match: { path }, nth: 2, effect: 'timeout-after-apply' });
      hands.snipe(
        passage => writtenCases(passage).length > 0,
        () => deeds.editIssue(issue, description, 'gamma'),
      );
      await deeds.editIssue(issue, description, 'beta');
      await hands.later(30);
    },
  },
  {
    name: 'what was refused for a while is tried again',
    program: simple,
    async script(hands) {
      const { record } = await linked(hands);
      hands.faults({ system: 'jira', match: { method: 'PUT', path: '/rest/api/3/issue' }, nth: 1, effect: '500' });
      await hands.deeds.editCase(record, subject, 'beta');
      await hands.later(40);
    },
  },
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
    name: 'a move that the workflow does not have is told',
    program: programOf({
      mappings: [title],
      create: 'all',
      rule: { branches: [urgent], otherwise: 'To Do' },
    }),
    async script(hands) {
      const { record } = await linked(hands, { Priority: 'High' });
      await hands.deeds.editCase(record, priority, 'Low');
      await hands.later(10);
    },
  },
  {
    name: 'an issue that was moved by hand is put back, as the rule says',
    program: programOf({
      mappings: [title],
      create: 'all',
      rule: { branches: [urgent], otherwise: 'In Progress' },
    }),
    async script(hands) {
      const { issue } = await linked(hands);
      await hands.deeds.moveIssue(issue, () => 'Waiting');
      await hands.later(10);
    },
  },
  {
    name: 'a record that the `where` leaves out gets no issue',
    program: programOf({
      mappings: [title],
      create: 'all',
      // A long text cannot be asked for in a query.
      where: { text: 'Description is not empty', holds: ({ Description }) => (Description ?? '') !== '' },
    }),
    async script(hands) {
      await hands.deeds.newCase(someCase(hands.deeds, { Description: null }));
      await hands.later(10);
    },
  },
  {
    name: 'an event that was lost is found within the hour',
    program: shared,
    async script(hands) {
      const { issue } = await linked(hands);
      await hands.later(10);
      hands.faults({ system: 'jira', match: { path: 'avi:jira:updated:issue' }, nth: 1, effect: 'lose-event' });
      await hands.deeds.editIssue(issue, description, 'beta');
      await hands.later(80);
    },
  },
  {
    name: 'what is there already is not written once more',
    program: programOf({ mappings: [title, { relation: priority, owner: 'salesforce' }], create: 'all' }),
    async script(hands) {
      const { issue } = await linked(hands);
      const issues = await hands.people.doors.issues();
      await hands.deeds.refresh(issues.find(({ id }) => id === issue)!.key);
    },
  },
  {
    name: 'what a value is in another form is no edit',
    program: programOf({
      mappings: [
        { relation: sharedSubject, owner: 'both' },
        { relation: description, owner: 'both' },
      ],
      create: 'all',
    }),
    async script(hands) {
      const { record, issue } = await linked(hands);
      await hands.deeds.editCase(record, description, ' delta ');
      await hands.later(10);
      await hands.deeds.editCase(record, sharedSubject, 'beta');
      await hands.later(10);
      await hands.deeds.editIssue(issue, description, 'Grüße\nzweite Zeile');
      await hands.later(20);
    },
  },
  {
    name: 'a record whose issue was deleted gets no other one',
    program: simple,
    async script(hands) {
      const { record, issue } = await linked(hands);
      await hands.deeds.deleteIssue(issue);
      await hands.later(10);
      await hands.deeds.editCase(record, subject, 'beta');
      await hands.later(10);
    },
    also: issuesAre(0),
  },
  {
    name: 'a link is followed to the record that won a merge',
    program: shared,
    async script(hands) {
      const { deeds } = hands;
      const { record } = await linked(hands);
      const winner = await deeds.newCase(someCase(deeds, { Subject: 'beta' }));
      await deeds.mergeCases(winner, record);
      await hands.later(20);
    },
    also: issuesAre(1),
  },
  {
    name: 'a record that was deleted keeps its issue, and nothing is written any more',
    program: shared,
    async script(hands) {
      const { record, issue } = await linked(hands);
      await hands.deeds.deleteCase(record);
      await hands.later(10);
      await hands.deeds.editIssue(issue, description, 'beta');
      await hands.later(10);
    },
  },
  {
    name: 'who may not see an issue is not shown its record',
    program: simple,
    async script(hands) {
      const { issue } = await linked(hands);
      const { key } = (await hands.people.doors.issues()).find(({ id }) => id === issue)!;
      for (const role of ['agent', 'viewer', 'outsider']) await hands.deeds.lookAtCard(role, key);
    },
  },
  {
    name: 'of two edits the later one wins, here in Salesforce, and the other one is kept',
    program: shared,
    async script(hands) {
      const { record, issue } = await linked(hands);
      await hands.deeds.editIssue(issue, description, 'beta');
      await hands.later(1);
      await hands.deeds.editCase(record, description, 'gamma');
      await hands.later(10);
    },
    also: gaveWay('jira', 'beta'),
  },
  {
    name: 'of two edits the later one wins, here in Jira, and the other one is kept',
    program: shared,
    async script(hands) {
      const { record, issue } = await linked(hands);
      await hands.deeds.editCase(record, description, 'gamma');
      await hands.later(1);
      await hands.deeds.editIssue(issue, description, 'beta');
      await hands.later(10);
    },
    also: gaveWay('salesforce', 'gamma'),
  },
  {
    name: 'what gave way is kept though the run died when it had written',
    program: shared,
    async script(hands) {
      const { record, issue } = await linked(hands);
      hands.snipe(
        ({ method }) => method === 'PUT',
        async () => hands.faults({ system: 'kvs', nth: 1, effect: 'kill' }),
      );
      await hands.deeds.editIssue(issue, description, 'beta');
      await hands.later(1);
      await hands.deeds.editCase(record, description, 'gamma');
      await hands.later(20);
    },
    also: gaveWay('jira', 'beta'),
  },
  {
    name: 'what Jira owns arrives in Salesforce',
    program: programOf({ mappings: [title, { relation: relation('notes'), owner: 'jira' }], create: 'all' }),
    async script(hands) {
      const { issue } = await linked(hands);
      await hands.deeds.editIssue(issue, relation('notes'), 'beta');
      await hands.later(10);
    },
  },
  {
    name: 'a right that was taken away and given back delays what was refused, and loses nothing',
    program: simple,
    async script(hands) {
      const { record } = await linked(hands);
      hands.people.rights.take({ jira: 'EDIT_ISSUES' });
      await hands.deeds.editCase(record, subject, 'beta');
      await hands.later(10);
      if (attentionOf(await hands.see()).every(one => one.record !== record))
        hands.complain('P7', 'nobody is told that the issue cannot be edited');
      hands.people.rights.giveBack();
      await hands.later(60);
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
    name: 'a run that dies before its write does not take it for done',
    program: shared,
    async script(hands) {
      const { record, issue } = await linked(hands);
      hands.faults({
        system: 'jira',
        match: { method: 'PUT', path: `/rest/api/3/issue/${issue}` },
        nth: 1,
        effect: 'kill',
      });
      await hands.deeds.editCase(record, description, 'beta');
      await hands.later(30);
    },
  },
  {
    name: 'trouble about a record whose issue is gone is over',
    program: simple,
    async script(hands) {
      const { record, issue } = await linked(hands);
      await hands.deeds.deleteIssue(issue);
      await hands.later(10);
      await hands.deeds.editCase(record, subject, 'beta');
      // The cycle takes its own lease first, and then the record's.
      hands.faults({ system: 'kvs', match: { path: '/api/v1/transaction' }, nth: 2, effect: '500' });
      await hands.cycle();
      if (attentionOf(await hands.see()).length === 0) hands.complain('P7', 'nobody is told that a look failed');
      await hands.later(60);
    },
  },
  {
    name: 'a rule moves the issue of a record that meets it, and of no other',
    program: programOf({ mappings: [title], create: 'all', rule: { branches: [urgent], otherwise: 'In Progress' } }),
    async script(hands) {
      await hands.deeds.newCase(someCase(hands.deeds, { Priority: 'High' }));
      await hands.deeds.newCase(someCase(hands.deeds, { Priority: 'Low' }));
      await hands.later(10);
    },
  },
  {
    name: 'a record that does not meet the rule gets no issue, and one when it does',
    program: programOf({ mappings: [title], create: 'matching', rule: { branches: [urgent] } }),
    async script(hands) {
      const { deeds } = hands;
      const first = await deeds.newCase(someCase(deeds));
      await deeds.newCase(someCase(deeds));
      await hands.later(10);
      await deeds.editCase(first, priority, 'High');
      await hands.later(10);
    },
    also: issuesAre(1),
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
