/** Scenes of what a program says beside mappings and rules: whose value wins, what a new issue is given, from which day on. */
import { type Mapped, notWeb, onlyWeb, type Policy, placeOf, programOf } from '../program.ts';
import { attentionOf, linksOf, type SeenLink } from '../promises/promise.ts';
import { optional, subject } from '../relations.ts';
import { type Scene, someCase } from '../scene.ts';

const title: Mapped = { relation: subject, owner: 'salesforce' };
const supplied = optional.find(({ name }) => name === 'supplied name')!;
const plain = programOf({ mappings: [title], create: 'all' });
const withPolicy = (onConflict: Policy) =>
  programOf({ mappings: [title, { relation: supplied, owner: 'both', onConflict }], create: 'all' });

export const programs: readonly Scene[] = [
  ...(['salesforce', 'jira'] as const).map(
    (winner): Scene => ({
      name: `of two edits that of ${winner} wins, as the program says, though the other one is later`,
      program: withPolicy(winner),
      async script({ deeds, cycle, later, issueOf }) {
        const record = await deeds.newCase(someCase(deeds));
        await cycle();
        const issue = await issueOf(record);
        if (winner === 'salesforce') await deeds.editCase(record, supplied, 'alpha');
        else await deeds.editIssue(issue, supplied, 'alpha');
        await later(2);
        if (winner === 'salesforce') await deeds.editIssue(issue, supplied, 'beta');
        else await deeds.editCase(record, supplied, 'beta');
      },
      async also({ people }) {
        const values = await Promise.all(people.ledger.records.map(id => people.doors.record(id)));
        return values.some(record => record?.SuppliedName !== 'alpha')
          ? [{ promise: 'P2', what: 'the side that the program lets win did not' }]
          : [];
      },
    }),
  ),
  {
    name: 'a conflict that the program holds waits for a person, and goes that person’s way',
    program: withPolicy('hold'),
    async script({ deeds, cycle, later, issueOf, see, complain }) {
      const record = await deeds.newCase(someCase(deeds));
      await cycle();
      const issue = await issueOf(record);
      await deeds.editIssue(issue, supplied, 'beta');
      await deeds.editCase(record, supplied, 'alpha');
      await later(10);
      if (attentionOf(await see()).every(({ held = [] }) => held.length === 0)) complain('P2', 'no conflict is held');
      for (const held of await deeds.held()) await deeds.choose(held, 'jira');
      await cycle();
    },
  },
  {
    name: 'a conflict that was put away is one again with the next edit',
    program: withPolicy('hold'),
    async script({ deeds, cycle, later, issueOf, see, complain }) {
      const record = await deeds.newCase(someCase(deeds));
      await cycle();
      await deeds.editIssue(await issueOf(record), supplied, 'beta');
      await deeds.editCase(record, supplied, 'alpha');
      await later(10);
      for (const held of await deeds.held()) await deeds.putAway(held);
      await later(10);
      if ((await deeds.held()).length > 0) complain('P7', 'it was put away, and nothing was edited');
      await deeds.editCase(record, supplied, 'gamma');
      await later(10);
      if (attentionOf(await see()).every(({ held = [] }) => held.length === 0)) complain('P7', 'nobody is asked again');
    },
  },
  {
    name: 'a new issue is given what the program says, and one that a person made is not',
    program: programOf({
      ...plain.parts,
      prefill: { text: 'labels = "from-salesforce"', field: 'labels', raw: ['from-salesforce'] },
    }),
    async script({ deeds, cycle }) {
      await deeds.newCase(someCase(deeds));
      await deeds.newIssue('beta');
      await cycle();
    },
  },
  {
    name: 'records from the day on that the program names get issues, also those from before it came',
    program: programOf({ ...plain.parts, create: 'off' }),
    async script({ deeds, people, cycle, later, see, complain }) {
      await deeds.newCase(someCase(deeds));
      await later(2);
      // So new that the look after the next one still sees it among what changed.
      await deeds.newCase(someCase(deeds));
      await cycle();
      await people.activate(programOf({ ...plain.parts, since: '2026-01-01' }));
      await cycle();
      const { issues } = await see();
      if (issues.size !== 2) complain('P6', `two records have ${issues.size} issues`);
    },
  },
  {
    name: 'the day of a program that no cycle saw counts, when the next one creates nothing and the one after it does',
    program: programOf({ ...plain.parts, since: '2199-01-01' }),
    async script({ deeds, people, cycle, later }) {
      await later(1);
      await deeds.newCase(someCase(deeds));
      await people.activate(programOf({ ...plain.parts, create: 'off' }));
      await cycle();
      await people.activate(programOf({ ...plain.parts, since: '2199-01-01' }));
      await cycle();
    },
  },
  {
    name: 'a rename that is undone while a run that made issues is not heard of leaves each record with one',
    program: plain,
    async script({ deeds, people, cycle, faults }) {
      const record = await deeds.newCase(someCase(deeds));
      await cycle();
      await people.activate(programOf({ ...plain.parts, renamed: true }));
      await deeds.newCase(someCase(deeds));
      faults({ system: 'jira', match: { path: '/rest/api/3/issue' }, nth: 1, effect: 'timeout-after-apply' });
      await cycle();
      await people.activate(plain);
      // Corrected before any cycle came: this text has its name from the one before.
      await people.activate(programOf({ ...plain.parts, comments: { internal: false, published: false } }));
      await cycle();
      await deeds.editCase(record, subject, 'beta');
    },
    also: ({ issues }) =>
      issues.size === 2 ? [] : [{ promise: 'P1', what: `two records have ${issues.size} issues in the end` }],
  },
  {
    name: 'of two items that share no record each makes the issues of its own',
    program: programOf({ ...plain.parts, where: notWeb, beside: { ...plain.parts, where: onlyWeb } }),
    async script({ deeds, cycle }) {
      await deeds.newCase(someCase(deeds));
      await deeds.newCase(someCase(deeds, { Origin: 'Web' }));
      await cycle();
    },
  },
  {
    name: 'of two items that share a record each makes an issue, and shows what the other one carries to Salesforce',
    program: programOf({
      mappings: [title, { relation: supplied, owner: 'jira' }],
      create: 'all',
      across: { mappings: [title, { relation: supplied, owner: 'salesforce' }], create: 'all' },
    }),
    async script({ deeds, cycle, see, complain }) {
      await deeds.newCase(someCase(deeds));
      await cycle();
      const { issues, state } = await see();
      if (issues.size !== 2) complain('P6', `the record has ${issues.size} issues`);
      const { issueId } = (state.links as readonly SeenLink[]).find(({ item }) => placeOf(item) === 'own')!;
      await deeds.editIssue(issueId, supplied, 'beta');
    },
    async also({ issues }) {
      const all = [...issues.values()].map(({ fields }) => supplied.fromRaw(fields[supplied.target]));
      return all.every(value => value === 'beta')
        ? []
        : [{ promise: 'P5', what: `the issues say ${all.join(' and ')}` }];
    },
  },
  {
    name: 'a record whose issue was deleted gets no other one, and keeps that of another item',
    program: programOf({ ...plain.parts, across: plain.parts }),
    async script({ deeds, cycle, issueOf }) {
      const record = await deeds.newCase(someCase(deeds));
      await cycle();
      await deeds.deleteIssue(await issueOf(record));
      await cycle();
      await deeds.editCase(record, subject, 'beta');
    },
    also: ({ issues }) =>
      issues.size === 1 ? [] : [{ promise: 'P6', what: `the record has ${issues.size} issues in the end` }],
  },
  {
    name: 'an issue that was linked a moment ago is erased with its link',
    program: plain,
    async script({ deeds, people, cycle, world }) {
      // No list shows it yet.
      world.forge.kvs.setQueryDelay(60_000);
      await deeds.newCase(someCase(deeds));
      await cycle();
      await deeds.eraseIssue((await people.doors.issues())[0]!);
      world.forge.kvs.setQueryDelay(0);
    },
    also: seen => linksOf(seen).map(({ issueKey }) => ({ promise: 'A-5', what: `${issueKey} is linked still` })),
  },
  {
    name: 'around a record its own account is shown, to who may see the issue',
    program: programOf({ ...plain.parts, associations: true }),
    async script({ deeds, people, cycle, complain }) {
      await deeds.newCase(someCase(deeds));
      await cycle();
      const { key } = (await people.doors.issues())[0]!;
      for (const role of ['agent', 'viewer']) {
        if ((await deeds.lookAround(role, key)) === 0) complain('P-6', `nothing is shown to the ${role}`);
      }
      await deeds.lookAround('outsider', key);
    },
  },
];
