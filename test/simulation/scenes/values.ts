/** Values: edits on one side and on both, forms that a side gives them, writes that are not confirmed. */
import { writtenCases } from '../passage.ts';
import { notLow, programOf } from '../program.ts';
import { journalOf } from '../promises/promise.ts';
import { sharedSubject, subject } from '../relations.ts';
import { type Scene, someCase } from '../scene.ts';
import {
  compositeFails,
  description,
  diesAfter,
  gaveWay,
  linked,
  ownEventLost,
  priority,
  relation,
  shared,
  simple,
  title,
  urgent,
} from './common.ts';

export const values: readonly Scene[] = [
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
      diesAfter(hands, ({ method }) => method === 'PUT');
      await hands.deeds.editIssue(issue, description, 'beta');
      await hands.later(1);
      await hands.deeds.editCase(record, description, 'gamma');
      await hands.later(20);
    },
    also: gaveWay('jira', 'beta'),
  },
  {
    name: 'what gave way first is kept though the run died when it had written, and something else gave way to the same since',
    program: programOf({
      mappings: [title, { relation: description, owner: 'both', onConflict: 'salesforce' }],
      create: 'all',
    }),
    async script(hands) {
      const { record, issue } = await linked(hands);
      diesAfter(hands, ({ method }) => method === 'PUT', ownEventLost);
      await hands.deeds.editIssue(issue, description, 'beta');
      await hands.deeds.editCase(record, description, 'gamma');
      await hands.later(6);
      await hands.deeds.editIssue(issue, description, 'alpha');
      await hands.later(20);
    },
    also: async seen => [...(await gaveWay('jira', 'beta')(seen)), ...(await gaveWay('jira', 'alpha')(seen))],
  },
  {
    name: 'an edit that a write went over is kept though the run died when it had written',
    program: shared,
    async script(hands) {
      const { record, issue } = await linked(hands);
      hands.snipe(
        ({ method }) => method === 'PUT',
        async () => {
          await hands.deeds.editIssue(issue, description, 'beta');
          hands.faults({ system: 'kvs', nth: 1, effect: 'kill' });
        },
      );
      await hands.deeds.editCase(record, description, 'gamma');
      await hands.later(20);
    },
    also: gaveWay('jira', 'beta'),
  },
  {
    name: 'what a person took back in Jira stays taken back, though Salesforce did not answer what followed from it',
    program: shared,
    async script(hands) {
      const { record, issue } = await linked(hands);
      diesAfter(hands, ({ method }) => method === 'PUT');
      await hands.deeds.editCase(record, description, 'beta');
      await hands.cycle();
      await hands.later(3);
      hands.faults(compositeFails(2));
      await hands.deeds.editIssue(issue, description, 'alpha');
      await hands.drain();
      await hands.later(10);
    },
    also: ({ records }) =>
      [...records.values()].every(({ Description }) => Description === 'alpha')
        ? []
        : [{ promise: 'P2', what: 'the edit in Jira came last, and is gone' }],
  },
  {
    name: 'what a first sync wrote over is told, though the run died when it had written',
    program: programOf({ ...shared.parts, create: 'off' }),
    async script(hands) {
      const { deeds, people } = hands;
      const record = await deeds.newCase(someCase(deeds));
      const issue = await deeds.newIssue('gamma');
      await deeds.editIssue(issue, description, 'beta');
      diesAfter(hands, ({ method }) => method === 'PUT');
      await deeds.link((await people.doors.issues())[0]!.key, issue, record);
      await hands.later(20);
    },
    also: seen =>
      journalOf(seen).some(({ side, from }) => side === 'jira' && from === 'beta')
        ? []
        : [{ promise: 'P2', what: 'the journal does not say what the issue had' }],
  },
  {
    name: 'what was written over an edit of what Salesforce owns is told though the run died when it had written',
    program: programOf({ mappings: [title], create: 'all' }),
    async script(hands) {
      const { issue } = await linked(hands);
      diesAfter(hands, ({ method }) => method === 'PUT');
      await hands.deeds.editIssue(issue, title.relation, 'beta');
      await hands.later(20);
    },
  },
  {
    name: 'what was written over an edit is told though the next run died as well, when it moved the issue',
    program: programOf({
      mappings: [title],
      create: 'all',
      rule: { branches: [urgent], otherwise: 'In Progress' },
    }),
    async script(hands) {
      const { record, issue } = await linked(hands);
      hands.snipe(
        ({ method }) => method === 'PUT',
        async () => {
          const path = `/rest/api/3/issue/${issue}/transitions`;
          hands.faults(
            { system: 'kvs', nth: 1, effect: 'kill' },
            { system: 'jira', match: { method: 'GET', path }, nth: 1, effect: 'kill' },
          );
          await hands.deeds.editCase(record, priority, 'High');
        },
      );
      await hands.deeds.editIssue(issue, title.relation, 'beta');
      await hands.later(30);
    },
  },
  ...(['jira', 'salesforce'] as const).map(
    (side): Scene => ({
      name: `what was written to ${side} is told though the run died when it had written, and somebody wrote something else since`,
      program: shared,
      async script(hands) {
        const { record, issue } = await linked(hands);
        diesAfter(
          hands,
          ({ method, body }) => (side === 'jira' ? method === 'PUT' : body.includes('PATCH')),
          ownEventLost,
        );
        if (side === 'jira') await hands.deeds.editCase(record, description, 'beta');
        else await hands.deeds.editIssue(issue, description, 'beta');
        await hands.later(8);
        if (side === 'jira') await hands.deeds.editIssue(issue, description, 'gamma');
        else await hands.deeds.editCase(record, description, 'gamma');
        await hands.later(20);
      },
    }),
  ),
  {
    name: 'what was written is told though the run died when it had written, so did the next, and a person says the same since',
    program: shared,
    async script(hands) {
      const { record, issue } = await linked(hands);
      const dies = (method: string) =>
        diesAfter(hands, passage => passage.method === method || passage.body.includes(method), ownEventLost);
      dies('PATCH');
      await hands.deeds.editIssue(issue, description, 'beta');
      await hands.later(6);
      dies('PUT');
      await hands.deeds.editCase(record, description, 'gamma');
      await hands.later(6);
      await hands.deeds.editCase(record, description, 'beta');
      await hands.later(20);
    },
  },
  ...([undefined, 'hold'] as const).map(
    (onConflict): Scene => ({
      name: `what a person puts back in Jira is an edit though the run died when it had written, and Salesforce has changed again${onConflict === undefined ? '' : ', and the conflict waits'}`,
      program: programOf({
        mappings: [title, { relation: relation('notes'), owner: 'both', ...(onConflict && { onConflict }) }],
        create: 'all',
      }),
      async script(hands) {
        const { record, issue } = await linked(hands);
        diesAfter(hands, ({ method }) => method === 'PUT', ownEventLost);
        await hands.deeds.editCase(record, relation('notes'), 'beta');
        await hands.later(7);
        await hands.deeds.editCase(record, relation('notes'), 'gamma');
        await hands.later(1);
        await hands.deeds.editIssue(issue, relation('notes'), null);
        await hands.later(20);
      },
    }),
  ),
  {
    name: 'what was written is told though the run died when it had written, and the issue is deleted since',
    program: programOf({
      mappings: [title, { relation: relation('notes'), owner: 'jira' }],
      create: 'all',
    }),
    async script(hands) {
      const { record, issue } = await linked(hands);
      await hands.deeds.editIssue(issue, relation('notes'), 'beta');
      await hands.later(6);
      diesAfter(hands, ({ body }) => body.includes('PATCH'));
      await hands.deeds.editCase(record, relation('notes'), 'gamma');
      await hands.cycle();
      await hands.deeds.deleteIssue(issue);
      await hands.drain();
      await hands.later(20);
    },
    also: seen =>
      journalOf(seen).some(({ reason }) => reason.endsWith('since the link is gone'))
        ? []
        : [{ promise: 'P10', what: 'the write to the record is told to nobody' }],
  },
  ...(['left out by the `where`', 'deleted'] as const).map(
    (what): Scene => ({
      name: `what was written to both sides is told though the run died when it had written, and the record is ${what} since`,
      program: programOf({
        mappings: [title, { relation: relation('notes'), owner: 'jira' }],
        create: 'all',
        where: notLow,
        status: true,
      }),
      async script(hands) {
        const { record, issue } = await linked(hands, { Priority: 'High' });
        diesAfter(
          hands,
          ({ system, path, body }) => system === 'salesforce' && path.includes('/composite') && body.includes('PATCH'),
        );
        hands.faults(ownEventLost);
        await hands.deeds.editIssue(issue, relation('notes'), 'beta');
        await hands.deeds.editCase(record, title.relation, 'gamma');
        await hands.deeds.moveCase(record, 'Working');
        await hands.later(6);
        if (what === 'deleted') await hands.deeds.deleteCase(record);
        else await hands.deeds.editCase(record, priority, 'Low');
        await hands.later(20);
      },
    }),
  ),
  {
    name: 'what took a record out of the `where` again is told though the run died when it had written it',
    program: programOf({
      mappings: [title, { relation: priority, owner: 'both' }],
      create: 'all',
      where: notLow,
    }),
    async script(hands) {
      const { record, issue } = await linked(hands, { Priority: 'High' });
      await hands.deeds.editCase(record, priority, 'Low');
      // Its event is what shows that the link rests.
      await hands.deeds.editIssue(issue, title.relation, 'gamma');
      await hands.later(6);
      await hands.deeds.editCase(record, priority, 'Medium');
      diesAfter(
        hands,
        ({ system, path, body }) => system === 'salesforce' && path.includes('/composite') && body.includes('PATCH'),
      );
      hands.faults(ownEventLost);
      await hands.later(1);
      await hands.deeds.editIssue(issue, priority, 'Low');
      await hands.later(30);
    },
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
];
