/** Scenes of what the simulation found once, so that it never comes back. */
import { programOf } from './program.ts';
import { subject } from './relations.ts';
import { type Scene, someCase } from './scene.ts';

const plain = programOf({ mappings: [{ relation: subject, owner: 'salesforce' }], create: 'all' });

export const regressions: readonly Scene[] = [
  {
    name: 'a program that is corrected before its first cycle still makes issues for what came meanwhile',
    program: plain,
    async script({ deeds, people, later }) {
      await deeds.newCase(someCase(deeds));
      await later(3);
      await people.activate(programOf({ ...plain.parts, files: true }));
    },
  },
  {
    name: 'what failed for a record is over when its issue is deleted',
    program: plain,
    async script({ deeds, cycle, faults, issueOf }) {
      const record = await deeds.newCase(someCase(deeds));
      await cycle();
      const issue = await issueOf(record);
      faults({ system: 'kvs', match: { path: '/api/v1/transaction' }, nth: 3, effect: '500' });
      await deeds.editCase(record, subject, 'beta');
      await cycle();
      await deeds.deleteIssue(issue);
    },
  },
];
