/** Scenes of what the simulation found once, so that it never comes back. */
import { notLow, notWeb, programOf } from './program.ts';
import { attentionOf, linksOf } from './promises/promise.ts';
import { optional, type Relation, subject } from './relations.ts';
import { type Scene, someCase } from './scene.ts';

const title = { relation: subject, owner: 'salesforce' } as const;
const priority = optional.find(({ name }) => name === 'priority')!;
const supplied = optional.find(({ name }) => name === 'supplied name')!;
const description = optional.find(({ name }) => name === 'description')!;
const plain = programOf({ mappings: [title], create: 'all' });
const renamed = programOf({ ...plain.parts, renamed: true });
/** Conflicts in these wait until somebody chooses. */
const held = (...relations: readonly Relation[]) =>
  programOf({
    ...plain.parts,
    mappings: [title, ...relations.map(relation => ({ relation, owner: 'both', onConflict: 'hold' }) as const)],
  });

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
    name: 'issues that were switched off before the first cycle and on again later are made since they were first switched on',
    program: plain,
    async script({ deeds, people, later }) {
      await deeds.newCase(someCase(deeds));
      await later(3);
      await people.activate(programOf({ ...plain.parts, create: 'off' }));
      await later(30);
      await people.activate(plain);
    },
  },
  {
    name: 'a conflict that waits for a person waits for one when its record was away and is back',
    program: programOf({ ...held(description).parts, where: notLow }),
    async script({ deeds, cycle, later, issueOf }) {
      const record = await deeds.newCase(someCase(deeds, { Priority: 'High' }));
      await cycle();
      const issue = await issueOf(record);
      await deeds.editCase(record, description, 'beta');
      await deeds.editIssue(issue, description, 'gamma');
      await later(6);
      await deeds.editCase(record, priority, 'Low');
      // Somebody touches the issue, or nobody would ask for the record before the day is over.
      await deeds.editIssue(issue, subject, 'delta');
      await later(6);
      await deeds.editCase(record, priority, 'High');
      await later(6);
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
  ...(['comment', 'file'] as const).map(
    (kind): Scene => ({
      name: `a ${kind} that Jira fails on for ever is told, and tried with growing delays`,
      program: programOf({ ...plain.parts, comments: { internal: false, published: false }, files: true }),
      async script({ deeds, cycle, later, faults, issueOf, see, complain, world }) {
        const record = await deeds.newCase(someCase(deeds));
        await cycle();
        const path = `/rest/api/3/issue/${await issueOf(record)}/${kind === 'file' ? 'attachments' : 'comment'}`;
        const always = Array.from({ length: 500 }, (_, at) => at + 1);
        faults(
          ...always.map(nth => ({ system: 'jira', match: { method: 'POST', path }, nth, effect: '500' }) as const),
        );
        if (kind === 'file') await deeds.fileOnCase(record, 'contract.txt');
        else await deeds.commentOnCase(record, 'said-once', false);
        await later(180);
        if (attentionOf(await see()).every(one => one.record !== record))
          complain('P7', `nobody is told of the ${kind}`);
        const tried = world.forge.ledger.calls().filter(call => call.method === 'POST' && call.path.startsWith(path));
        if (tried.length > 12) complain('P7', `it is tried ${tried.length} times in three hours`);
        faults();
        await later(240);
      },
    }),
  ),
  ...(['deleted', 'left out by a new program'] as const).map(
    (what): Scene => ({
      name: `trouble with the comments of a record is over when it is ${what}`,
      program: programOf({ ...plain.parts, comments: { internal: false, published: false } }),
      async script({ deeds, people, cycle, later, see, complain }) {
        const record = await deeds.newCase(someCase(deeds, { Origin: 'Web' }));
        await cycle();
        people.rights.take({ jira: 'ADD_COMMENTS' });
        await deeds.commentOnCase(record, 'said-once', false);
        await later(10);
        if (attentionOf(await see()).length === 0) complain('P7', 'nobody is told of the comment');
        if (what === 'deleted') await deeds.deleteCase(record);
        else await people.activate(programOf({ ...people.program().parts, where: notWeb }));
        await later(60);
        people.rights.giveBack();
      },
    }),
  ),
  ...(['Phone', 'Web'] as const).map(
    (Origin): Scene => ({
      name: `trouble with the files of a record is over when it is merged into one that the item ${Origin === 'Web' ? 'leaves out' : 'covers'}`,
      program: programOf({ ...plain.parts, files: true, where: notWeb }),
      async script({ deeds, people, cycle, later, see, complain }) {
        const record = await deeds.newCase(someCase(deeds));
        await cycle();
        people.rights.take({ jira: 'CREATE_ATTACHMENTS' });
        await deeds.fileOnCase(record, 'contract.txt');
        await later(10);
        if (attentionOf(await see()).length === 0) complain('P7', 'nobody is told of the file');
        await deeds.mergeCases(await deeds.newCase(someCase(deeds, { Origin })), record);
        await later(60);
        people.rights.giveBack();
      },
    }),
  ),
  {
    name: 'who links by hand just after an item was renamed is told what it was linked to before',
    program: plain,
    async script({ deeds, people, cycle, later, complain }) {
      const record = await deeds.newCase(someCase(deeds));
      await cycle();
      const issue = await deeds.newIssue('beta');
      await people.activate(renamed);
      const { key } = (await people.doors.issues()).find(({ id }) => id === issue)!;
      if (await deeds.link(key, issue, record)) complain('P1', 'a second issue is linked to the record');
      await later(30);
    },
  },
  {
    name: 'an issue whose making was not confirmed is found when its item was renamed meanwhile',
    program: plain,
    async script({ deeds, people, cycle, later, faults }) {
      await deeds.newCase(someCase(deeds));
      faults(
        { system: 'jira', match: { method: 'POST', path: '/rest/api/3/issue' }, nth: 1, effect: 'timeout-after-apply' },
        { system: 'jira', match: { path: 'avi:jira:created:issue' }, nth: 1, effect: 'lose-event' },
      );
      await cycle();
      await people.activate(renamed);
      await later(60);
    },
  },
  {
    name: 'an issue that was never made is made when its item was renamed meanwhile',
    program: plain,
    async script({ deeds, people, cycle, later, faults }) {
      await deeds.newCase(someCase(deeds));
      faults({ system: 'jira', match: { method: 'POST', path: '/rest/api/3/issue' }, nth: 1, effect: 'timeout' });
      await cycle();
      await people.activate(renamed);
      await later(60);
    },
  },
  {
    name: 'trouble with a record is over under the new name of its item',
    program: plain,
    async script({ deeds, people, cycle, later, see, complain }) {
      await deeds.newCase(someCase(deeds));
      people.rights.take({ jira: 'CREATE_ISSUES' });
      await cycle();
      if (attentionOf(await see()).length === 0) complain('P7', 'nobody is told of the issue');
      await people.activate(renamed);
      await later(10);
      people.rights.giveBack();
      await later(60);
    },
  },
  {
    name: 'a value that Jira gave the issue by itself still travels when the first write of it was lost',
    program: programOf({ mappings: [title, { relation: priority, owner: 'jira' }], create: 'all' }),
    async script({ deeds, people, cycle, faults }) {
      await deeds.newCase(someCase(deeds, { Priority: 'High' }));
      const path = '/services/data/v67.0/composite';
      const lost = (nth: number) => ({ system: 'salesforce', match: { path }, nth, effect: 'reset' }) as const;
      faults(lost(2), lost(5));
      await cycle();
      await cycle();
      await people.activate(programOf({ mappings: [title, { relation: priority, owner: 'both' }], create: 'all' }));
    },
  },
  {
    name: 'a name that Salesforce had between two looks only leaves Jira’s own alone, as a case without a name does',
    program: programOf({ mappings: [title, { relation: supplied, owner: 'salesforce' }], create: 'all' }),
    async script({ deeds, cycle, issueOf }) {
      const record = await deeds.newCase(someCase(deeds));
      await cycle();
      const issue = await issueOf(record);
      await deeds.editCase(record, supplied, 'alpha');
      await deeds.editCase(record, supplied, null);
      await deeds.editIssue(issue, supplied, 'gamma');
    },
  },
  {
    name: 'a case that lost its name before any look at the new link leaves the issue’s own summary alone',
    program: programOf({ ...plain.parts, create: 'off' }),
    async script({ deeds, people, faults }) {
      const record = await deeds.newCase(someCase(deeds));
      const issue = await deeds.newIssue('gamma');
      const { key } = (await people.doors.issues()).find(({ id }) => id === issue)!;
      faults({ system: 'salesforce', match: { path: '/services/data/v67.0/composite' }, nth: 2, effect: '503' });
      await deeds.link(key, issue, record);
      await deeds.editCase(record, subject, null);
    },
  },
  {
    name: 'of two edits the later one wins, though Salesforce refused it at first and somebody saved something else since',
    program: programOf({ mappings: [title, { relation: supplied, owner: 'both' }], create: 'all' }),
    async script({ deeds, people, cycle, later, drain, issueOf }) {
      const record = await deeds.newCase(someCase(deeds));
      await cycle();
      const issue = await issueOf(record);
      people.rights.take({ refused: "SuppliedName = 'beta'" });
      await deeds.editCase(record, supplied, 'alpha');
      await later(1);
      await deeds.editIssue(issue, supplied, 'beta');
      await drain();
      await later(1);
      await deeds.editCase(record, subject, 'gamma');
      await later(10);
      people.rights.giveBack();
    },
    also: async ({ people }) => {
      const record = await people.doors.record(people.ledger.records[0]!);
      return record?.SuppliedName === 'beta' ? [] : [{ promise: 'P2', what: `the case says ${record?.SuppliedName}` }];
    },
  },
  ...(
    [
      'a field',
      'a comment in Jira',
      'a comment in Salesforce',
      'a file in Jira',
      'a file in Salesforce',
      'the status in Jira',
    ] as const
  ).map(
    (what): Scene => ({
      name: `${what} that changed while the record was outside the \`where\` is followed when it is back`,
      program: programOf({
        ...plain.parts,
        where: notLow,
        status: true,
        comments: { internal: false, published: false },
        files: true,
      }),
      async script({ deeds, cycle, later, issueOf, see, complain }) {
        const record = await deeds.newCase(someCase(deeds, { Priority: 'High' }));
        await cycle();
        const issue = await issueOf(record);
        await deeds.editCase(record, priority, 'Low');
        await cycle();
        if (what === 'a field') await deeds.editIssue(issue, subject, 'gamma');
        if (what === 'a comment in Jira') await deeds.commentOnIssue(issue, 'said-once', false);
        if (what === 'a comment in Salesforce') await deeds.commentOnCase(record, 'said-once', false);
        if (what === 'a file in Jira') await deeds.fileOnIssue(issue, 'contract.txt');
        if (what === 'a file in Salesforce') await deeds.fileOnCase(record, 'contract.txt');
        if (what === 'the status in Jira') await deeds.moveIssue(issue, () => 'In Progress');
        await later(100);
        if (linksOf(await see()).every(({ state }) => state.kind === 'active'))
          complain('P10', 'the link does not say that it rests');
        await deeds.editCase(record, priority, 'High');
      },
      also: async ({ people }) => {
        const record = await people.doors.record(people.ledger.records[0]!);
        return what !== 'the status in Jira' || record?.Status === 'Working'
          ? []
          : [{ promise: 'P5', what: `the case is ${record?.Status}` }];
      },
    }),
  ),
  {
    name: 'a conflict that is held is told, whichever write of the run that met it is lost',
    program: held(supplied),
    async script({ deeds, cycle, issueOf, faults, later }) {
      for (let nth = 1; nth <= 8; nth++) {
        const record = await deeds.newCase(someCase(deeds));
        await cycle();
        await deeds.editIssue(await issueOf(record), supplied, 'beta');
        await deeds.editCase(record, supplied, 'alpha');
        faults({ system: 'kvs', match: { path: '/api/v1/transaction' }, nth, effect: 'timeout' });
        await cycle();
        faults();
      }
      await later(10);
    },
  },
  {
    name: 'what a person chose for one field is not the choice for another one that was not held then',
    program: held(supplied, description),
    async script({ deeds, people, cycle, later, issueOf, see, complain }) {
      const record = await deeds.newCase(someCase(deeds));
      await cycle();
      const issue = await issueOf(record);
      people.rights.take({ refused: "SuppliedName = 'beta'" });
      await deeds.editIssue(issue, supplied, 'beta');
      await deeds.editIssue(issue, description, 'beta');
      await deeds.editCase(record, description, 'gamma');
      await cycle();
      for (const one of await deeds.held()) await deeds.choose(one, 'jira');
      await cycle();
      await deeds.editCase(record, supplied, 'alpha');
      await later(10);
      if (attentionOf(await see()).every(({ held }) => !held?.includes('Customer')))
        complain('P2', 'nobody is asked about the other field');
      people.rights.giveBack();
    },
  },
  {
    name: 'an edit in Salesforce of what Jira owns is put back once that is not refused any more, though another field was written',
    program: programOf({
      ...plain.parts,
      mappings: [title, { relation: supplied, owner: 'jira' }, { relation: priority, owner: 'jira' }],
    }),
    async script({ deeds, people, cycle, later, issueOf }) {
      const record = await deeds.newCase(someCase(deeds));
      await cycle();
      await deeds.editIssue(await issueOf(record), supplied, 'beta');
      await later(10);
      await deeds.editCase(record, supplied, 'gamma');
      await deeds.editCase(record, priority, 'High');
      people.rights.take({ readOnly: 'Case.SuppliedName' });
      await later(10);
      people.rights.giveBack();
    },
    long: true,
  },
  {
    name: 'a file whose reading needed a new login is brought over though the answer to the login broke off',
    program: programOf({ ...plain.parts, files: true }),
    async script({ deeds, cycle, later, faults }) {
      const record = await deeds.newCase(someCase(deeds));
      await cycle();
      const versions = '/services/data/v67.0/sobjects/ContentVersion';
      faults(
        { system: 'salesforce', match: { method: 'GET', path: versions }, nth: 1, effect: '401' },
        { system: 'salesforce', match: { path: '/services/oauth2/token' }, nth: 1, effect: 'partial' },
      );
      await deeds.fileOnCase(record, 'contract.txt');
      await later(30);
    },
  },
];
