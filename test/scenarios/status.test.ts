/** What moves statuses, from outside: the Conditional Sync Rule, status sync, transitions, and closing a case from Jira (S-4 … S-7). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScenario, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());

const item = (clauses: string, head = 'salesforce Case\n  jira SUP / "Incident"\n  sync one-way') =>
  `item cases "Cases" {\n  ${head}\n  ${clauses}\n}\n`;
const fields = 'create all\n  fields { Subject -> summary or else "Case {CaseNumber}" }';
const statusOf = async (key: string) => (await scenario.issue(key)).fields.status.name;
const caseOf = async (id: string) =>
  (
    await scenario.rows<{ Status: string; IsClosed: boolean; ClosedDate: string | null }>(
      `SELECT Status, IsClosed, ClosedDate FROM Case WHERE Id = '${id}'`,
    )
  )[0]!;
const settled = async (role: () => Promise<unknown>) => {
  await scenario.advance('1m');
  await role();
  await scenario.outside.settle();
};

// ── control Jira creation and status from Salesforce field conditions ───────────────────────────

describe('S-6 a Conditional Sync Rule', () => {
  const values: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    Hot: { Rating: 'Hot' },
    Cold: { Rating: 'Cold' },
    empty: {},
  };
  it.each([
    ['equals', 'is "Hot"', { Hot: true, Cold: false, empty: false }],
    ['does not equal', 'is not "Hot"', { Hot: false, Cold: true, empty: true }],
    ['is empty', 'is empty', { Hot: false, Cold: false, empty: true }],
    ['is not empty', 'is not empty', { Hot: true, Cold: true, empty: false }],
  ])('%s: new and linked records take the status when met or the status when not met', async (_, condition, met) => {
    await scenario.start(
      item(`${fields}\n  when Account.Rating ${condition} move to "Done"\n  otherwise move to "In Progress"`),
    );
    await scenario.outside.cycle();
    const wanted = (value: string) => (met[value as keyof typeof met] ? 'Done' : 'In Progress');
    const made: { readonly account: string; readonly key: string }[] = [];
    for (const [value, more] of Object.entries(values)) {
      const account = await scenario.create('Account', { Name: value, ...more });
      const { issue } = await scenario.linked({ AccountId: account });
      expect(await statusOf(issue.key), `new, ${value}`).toBe(wanted(value));
      made.push({ account, key: issue.key });
    }
    for (const [at, value] of (['empty', 'Hot', 'Cold'] as const).entries()) {
      await scenario.edit('Account', made[at]!.account, { Rating: values[value]!.Rating ?? null });
      await scenario.nextCycle();
      expect(await statusOf(made[at]!.key), `linked, now ${value}`).toBe(wanted(value));
    }
  });

  it('goes before status sync, in both directions, and leaves fields, comments and files to their own switches', async () => {
    await scenario.start(
      item(
        `${fields}\n  status Status\n  comments on\n  when Priority is "High" move to "Waiting"\n  otherwise move to "To Do"`,
      ),
    );
    await scenario.outside.cycle();
    const { record, issue } = await scenario.linked({ Priority: 'High', Status: 'Working' });
    expect(await statusOf(issue.key)).toBe('Waiting');
    await settled(() => scenario.move(issue.key, 'Done'));
    await scenario.edit('Case', record, { Subject: 'Still a field' });
    await scenario.create('CaseComment', { ParentId: record, CommentBody: 'Still a comment.' });
    await scenario.nextCycle();
    expect((await caseOf(record)).Status).toBe('Working');
    expect((await scenario.issue(issue.key)).fields.summary).toBe('Still a field');
    expect((await scenario.comments(issue.key)).map(({ text }) => text).join()).toContain('Still a comment.');
  });
});

// ── status ──────────────────────────────────────────────────────────────────────────────────────

describe('S-4 status sync', () => {
  const pairs =
    'status Status { "New" <-> "To Do"  "Working" <-> "In Progress"  "Escalated" <-> "Waiting"  "Closed" <-> "Done" }';

  it('I15 begins with Salesforce’s status, whatever the issue’s is', async () => {
    await scenario.start(item(`fields { Subject -> summary or else "Case" }\n  ${pairs}`));
    const record = await scenario.create('Case', { Subject: 'Old', Origin: 'Phone', Status: 'Working' });
    const { key } = await scenario.outside.jira<{ key: string }>('agent', 'POST', '/rest/api/3/issue', {
      fields: { project: { key: 'SUP' }, issuetype: { name: 'Incident' }, summary: 'By hand' },
    });
    await scenario.move(key, 'Done');
    await scenario.outside.settle();
    await scenario.advance('1m');
    expect(await scenario.panel(key, 'link', { itemId: 'cases', recordId: record })).toMatchObject({ ok: true });
    await scenario.outside.settle();
    expect([await statusOf(key), (await caseOf(record)).Status]).toEqual(['In Progress', 'Working']);
  });

  const inSalesforce = (record: string) => scenario.edit('Case', record, { Status: 'Escalated' });
  const inJira = (key: string) => scenario.move(key, 'Done');
  it.each([
    ['Salesforce alone', ['salesforce'], ['Escalated', 'Waiting']],
    ['Jira alone', ['jira'], ['Closed', 'Done']],
    ['first Salesforce, then Jira', ['salesforce', 'jira'], ['Closed', 'Done']],
    ['first Jira, then Salesforce', ['jira', 'salesforce'], ['Escalated', 'Waiting']],
  ] as const)(
    'then follows the side that changed last, also in one-way sync: %s',
    async (_, order, [salesforce, jira]) => {
      await scenario.start(item(`${fields}\n  ${pairs}`));
      await scenario.outside.cycle();
      const { record, issue } = await scenario.linked();
      for (const side of order) {
        await scenario.advance('1m');
        // As if the event were late: the cycle sees both changes at once.
        await (side === 'jira' ? inJira(issue.key) : inSalesforce(record));
      }
      await scenario.nextCycle();
      await scenario.nextCycle();
      expect([(await caseOf(record)).Status, await statusOf(issue.key)]).toEqual(
        // From Done Jira lets nobody move to Waiting: that move is owed, and told.
        jira === 'Waiting' && order.includes('jira' as never) ? [salesforce, 'Done'] : [salesforce, jira],
      );
    },
  );

  it('S-7 tells of a move that the workflow does not offer, makes no chain, and makes it once it can', async () => {
    await scenario.start(item(`${fields}\n  ${pairs}`));
    await scenario.outside.cycle();
    const { record, issue } = await scenario.linked();
    await settled(() => scenario.move(issue.key, 'Done'));
    await scenario.edit('Case', record, { Status: 'Escalated' });
    await scenario.nextCycle();
    expect(await statusOf(issue.key)).toBe('Done');
    const blocked = (await scenario.outside.state()).journal.filter(({ outcome }) => outcome === 'blocked');
    expect(blocked).toEqual([
      expect.objectContaining({
        reason: expect.stringMatching(/no transition from “Done” to “Waiting”, only to “In Progress”/),
      }),
    ]);
    const [card] = (await scenario.panel(issue.key, 'cards')).result as { attention: string | null }[];
    expect(card?.attention).toMatch(/Jira offers no transition/);
    await scenario.nextCycle();
    expect((await scenario.outside.state()).journal.filter(({ outcome }) => outcome === 'blocked')).toHaveLength(1);
  });

  it('S-7 takes no transition whose screen asks for something', async () => {
    const bug = `item bugs "Bugs" {
  salesforce Case
  jira OPS / "Bug"
  sync one-way
  create all
  fields { Subject -> summary or else "Case" }
  new issue { "Affected system" = "Printer" }
  status Status { "New" <-> "To Do"  "Working" <-> "In Progress"  "Escalated" <-> "In Review"  "Closed" <-> "Done" }
}
`;
    await scenario.start(bug);
    await scenario.outside.cycle();
    const record = await scenario.create('Case', { Subject: 'Leak', Origin: 'Phone' });
    await scenario.nextCycle();
    for (const Status of ['Working', 'Escalated', 'Closed']) {
      await scenario.edit('Case', record, { Status });
      await scenario.nextCycle();
    }
    const [link] = (await scenario.outside.state()).links;
    expect(await statusOf(link!.issueKey)).toBe('In Review');
    const { journal } = await scenario.outside.state();
    expect(journal.find(({ outcome }) => outcome === 'blocked')?.reason).toMatch(
      /the transition “Resolve” to “Done” asks for resolution, which the bridge cannot fill in/,
    );
  });

  it('leaves a status without a partner where it is, on the other side too, and records it', async () => {
    await scenario.start(item(`${fields}\n  status Status { "New" <-> "To Do"  "Closed" <-> "Done" otherwise skip }`));
    await scenario.outside.cycle();
    const { record, issue } = await scenario.linked();
    await scenario.edit('Case', record, { Status: 'Escalated' });
    await scenario.nextCycle();
    expect(await statusOf(issue.key)).toBe('To Do');
    const skipped = (await scenario.outside.state()).journal.filter(({ outcome }) => outcome === 'skipped');
    expect(skipped.map(({ reason }) => reason).join()).toContain('Escalated');
    expect((await caseOf(record)).Status).toBe('Escalated');
  });
});

describe('S-5 closing a case from Jira', () => {
  it.each([
    ['by the closest match', 'status Status'],
    ['by a row', 'status Status { "Closed" <-> "Done" otherwise keep }'],
  ])('uses the status that the org counts as closed, %s', async (_, clause) => {
    await scenario.start(item(`${fields}\n  ${clause}`));
    await scenario.outside.cycle();
    const { record, issue } = await scenario.linked();
    await settled(() => scenario.move(issue.key, 'Done'));
    await scenario.nextCycle();
    expect(await caseOf(record)).toMatchObject({ Status: 'Closed', IsClosed: true, ClosedDate: expect.any(String) });
    await settled(() => scenario.move(issue.key, 'In Progress'));
    await scenario.nextCycle();
    expect(await caseOf(record)).toMatchObject({ IsClosed: clause.includes('keep') });
  });

  it('that the org refuses needs attention, names the cause, and is done when a person tries again', async () => {
    await scenario.start(item(`${fields}\n  status Status`));
    await scenario.outside.cycle();
    const message = 'Say how it was solved before you close it.';
    const rule = { object: 'Case', when: 'IsClosed = true AND Resolution_Notes__c = null', message };
    await scenario.outside.control('PUT', '/control/conditions', { salesforce: { rules: [rule] } });
    const { record, issue } = await scenario.linked();
    await settled(() => scenario.move(issue.key, 'Done'));
    await scenario.nextCycle();
    expect((await caseOf(record)).IsClosed).toBe(false);
    const [point] = (await scenario.outside.state()).attention;
    expect(point).toMatchObject({ cause: expect.stringContaining(message) });
    await scenario.outside.control('PUT', '/control/conditions', {});
    expect(await scenario.admin('attention.retry', { id: point!.id })).toMatchObject({ ok: true });
    await scenario.outside.settle();
    expect((await caseOf(record)).IsClosed).toBe(true);
    expect((await scenario.outside.state()).attention).toEqual([]);
  });
});

describe('S-5 a status that the record’s type does not offer', () => {
  it('is not written, is told with its name, and is once the type offers it', async () => {
    const types = (...Status: readonly string[]) => ({
      salesforce: { recordTypes: [{ object: 'Case', name: 'Repair', default: true, values: { Status } }] },
    });
    const conditions = (body: object) => scenario.outside.control('PUT', '/control/conditions', body);
    await scenario.start('');
    await conditions(types('New', 'Working'));
    try {
      await scenario.outside.control('PUT', '/control/program', {
        files: { 'scenario.bridge': item(`${fields}\n  status Status`) },
      });
      await scenario.outside.cycle();
      const { record, issue } = await scenario.linked({ Status: 'New' });
      await settled(() => scenario.move(issue.key, 'Done'));
      await scenario.nextCycle();
      expect(await caseOf(record)).toMatchObject({ Status: 'New', IsClosed: false });
      expect((await scenario.outside.state()).attention).toMatchObject([
        { cause: expect.stringContaining('type does not offer “Closed”') },
      ]);
      await settled(() => scenario.move(issue.key, 'In Progress'));
      await scenario.nextCycle();
      expect(await caseOf(record)).toMatchObject({ Status: 'Working' });
      expect((await scenario.outside.state()).attention).toEqual([]);

      await conditions(types('New', 'Working', 'Closed'));
      await settled(() => scenario.move(issue.key, 'Done'));
      await scenario.nextCycle();
      expect(await caseOf(record)).toMatchObject({ Status: 'Closed', IsClosed: true });
    } finally {
      await conditions({});
    }
  });
});
