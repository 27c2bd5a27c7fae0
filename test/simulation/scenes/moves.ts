/** Moves, rights, and what no longer is there: rules, merges, records and issues that go. */
import { programOf } from '../program.ts';
import { attentionOf, journalOf, type SeenEntry } from '../promises/promise.ts';
import { subject } from '../relations.ts';
import { type Scene, someCase } from '../scene.ts';
import {
  compositeFails,
  description,
  diesAfter,
  issuesAre,
  linked,
  priority,
  shared,
  simple,
  title,
  urgent,
} from './common.ts';

const minute = 60_000;

export const moves: readonly Scene[] = [
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
  ...[
    {
      name: 'by rule',
      program: programOf({ mappings: [title], create: 'all', rule: { branches: [urgent], otherwise: 'To Do' } }),
    },
    { name: 'to follow the record', program: programOf({ mappings: [title], create: 'all', status: true }) },
  ].map(
    ({ name, program }): Scene => ({
      name: `a move that was made ${name} is told though the run died when it had made it`,
      program,
      async script(hands) {
        const { record } = await linked(hands, { Priority: 'Low' });
        diesAfter(hands, ({ method, path }) => method === 'POST' && path.endsWith('/transitions'));
        await hands.deeds.editCase(record, priority, 'High');
        await hands.deeds.moveCase(record, 'Working');
        await hands.later(20);
      },
    }),
  ),
  {
    name: 'a move that Jira made and did not answer is told, also when the answer before was lost as well',
    program: programOf({
      mappings: [title],
      create: 'all',
      rule: { branches: [{ ...urgent, to: 'In Progress' }], otherwise: 'To Do' },
    }),
    async script(hands) {
      const { record, issue } = await linked(hands, { Priority: 'Low' });
      const path = `/rest/api/3/issue/${issue}/transitions`;
      hands.faults(
        { system: 'jira', match: { method: 'POST', path }, nth: 1, effect: 'timeout' },
        { system: 'jira', match: { method: 'POST', path }, nth: 2, effect: 'timeout-after-apply' },
      );
      await hands.deeds.editCase(record, priority, 'High');
      await hands.later(20);
    },
  },
  {
    name: 'a move is told though the run died when it had made it, and somebody moved the issue on since',
    program: programOf({ mappings: [title], create: 'all', status: true }),
    async script(hands) {
      const { record, issue } = await linked(hands);
      diesAfter(hands, ({ method, path }) => method === 'POST' && path.endsWith('/transitions'));
      await hands.deeds.moveCase(record, 'Working');
      await hands.later(8);
      await hands.deeds.moveIssue(issue, () => 'Waiting');
      await hands.later(20);
    },
  },
  ...[
    { how: 'and Salesforce answers', faults: [] },
    {
      how: 'though Salesforce does not answer at first',
      faults: [2, 4].map(compositeFails),
    },
  ].map(
    ({ how, faults }): Scene => ({
      name: `an issue that somebody moved back, after a move of a run that died, stays there, ${how}`,
      program: programOf({ mappings: [title], create: 'all', status: true }),
      async script(hands) {
        const { record, issue } = await linked(hands);
        diesAfter(hands, ({ method, path }) => method === 'POST' && path.endsWith('/transitions'));
        await hands.deeds.moveCase(record, 'Working');
        await hands.cycle();
        await hands.later(3);
        hands.faults(...faults);
        await hands.deeds.moveIssue(issue, () => 'To Do');
        await hands.drain();
        await hands.later(20);
      },
      also: ({ records }) =>
        [...records.values()].every(({ Status }) => Status === 'New')
          ? []
          : [{ promise: 'P2', what: 'the move in Jira came last, and was taken back' }],
    }),
  ),
  ...[false, true].map(
    (twice): Scene => ({
      name: `an issue follows a record that somebody moved back, after a move of a run that died${twice ? ', though the next dies as well' : ''}`,
      program: programOf({ mappings: [title], create: 'all', status: true }),
      async script(hands) {
        const { record, issue } = await linked(hands);
        const path = `/rest/api/3/issue/${issue}/transitions`;
        diesAfter(hands, passage => passage.method === 'POST' && passage.path === path);
        await hands.deeds.moveCase(record, 'Working');
        await hands.later(6);
        await hands.deeds.moveCase(record, 'New');
        if (twice) hands.faults({ system: 'jira', match: { method: 'POST', path }, nth: 1, effect: 'kill' });
        await hands.later(20);
      },
      also(seen) {
        const [made, ...later] = journalOf(seen).toSorted((one, other) => one.at - other.at);
        const isSoon = ({ what, to, at }: SeenEntry) =>
          what === 'Status' && to === 'To Do' && at - made!.at < 30 * minute;
        const isBack = [...seen.records.values()].every(({ Status }) => Status === 'New') && later.some(isSoon);
        return isBack
          ? []
          : [{ promise: 'P2', what: 'the move in Salesforce came last, and the issue did not follow' }];
      },
    }),
  ),
  {
    name: 'a move that a move went over is kept though the run died when it had made it',
    program: programOf({ mappings: [title], create: 'all', status: true }),
    async script(hands) {
      const { record, issue } = await linked(hands);
      hands.snipe(
        ({ method, path }) => method === 'POST' && path.endsWith('/transitions'),
        async () => {
          await hands.deeds.moveIssue(issue, () => 'Waiting');
          hands.faults({ system: 'kvs', nth: 1, effect: 'kill' });
        },
      );
      await hands.deeds.moveCase(record, 'Working');
      await hands.later(20);
    },
    also: seen =>
      journalOf(seen).some(({ what, lost }) => what === 'Status' && lost === 'Waiting')
        ? []
        : [{ promise: 'P2', what: 'the journal does not say that the move to Waiting gave way' }],
  },
  {
    name: 'a move is told though the run died when it had made it, and so did the next, when it followed a person',
    program: programOf({ mappings: [title], create: 'all', status: true }),
    async script(hands) {
      const { record, issue } = await linked(hands);
      diesAfter(hands, ({ method, path }) => method === 'POST' && path.endsWith('/transitions'));
      await hands.deeds.moveCase(record, 'Closed');
      await hands.later(6);
      diesAfter(hands, ({ body }) => body.includes('"Status":"Working"'));
      await hands.deeds.moveIssue(issue, () => 'In Progress');
      await hands.later(30);
    },
  },
  {
    name: 'a status that the record was given is told though the run died when it had given it',
    program: programOf({ mappings: [title], create: 'all', status: true }),
    async script(hands) {
      const { issue } = await linked(hands);
      diesAfter(
        hands,
        ({ system, path, body }) => system === 'salesforce' && path.includes('/composite') && body.includes('PATCH'),
      );
      await hands.deeds.moveIssue(issue, () => 'In Progress');
      await hands.later(20);
    },
  },
  ...[false, true].map(
    (deleted): Scene => ({
      name: `the note about a link is told though the run died when it had made it${deleted ? ', and the record is deleted since' : ''}`,
      program: simple,
      async script(hands) {
        diesAfter(hands, ({ body }) => body.includes('Jira link note'));
        const { record } = await linked(hands);
        if (deleted) await hands.deeds.deleteCase(record);
        await hands.later(20);
      },
    }),
  ),
  ...(['issue', 'record'] as const).map(
    (what): Scene => ({
      name: `a person who moves the ${what} back is followed though the run died when it had carried the first move over`,
      program: programOf({ mappings: [title], create: 'all', status: true }),
      async script(hands) {
        const { record, issue } = await linked(hands);
        const move = (there: boolean) =>
          what === 'issue'
            ? hands.deeds.moveIssue(issue, () => (there ? 'In Progress' : 'To Do'))
            : hands.deeds.moveCase(record, there ? 'Working' : 'New');
        diesAfter(hands, ({ method, path, body }) =>
          what === 'record'
            ? method === 'POST' && path.endsWith('/transitions')
            : path.includes('/composite') && body.includes('PATCH'),
        );
        await move(true);
        await hands.later(6);
        await move(false);
        await hands.later(20);
      },
      also: ({ issues, records }) => {
        const [stands] = [...issues.values()].map(({ fields }) => (fields.status as { name?: string }).name);
        const status = [...records.values()].map(({ Status }) => Status)[0];
        return stands === 'To Do' && status === 'New'
          ? []
          : [{ promise: 'P2', what: `the issue stands in ${stands}, and the record in ${status}` }];
      },
    }),
  ),
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
];
