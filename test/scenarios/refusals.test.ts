/**
 * What one of the systems refuses, played from outside: moves that fail, one refusal that blocks a batch, values that do
 * not fit, rights that are taken away, and what nothing helps (D8–D10, I19, P7).
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writesOf } from '../kit/outside.ts';
import { caseItem, openScenario, paragraphs, type Scenario } from '../kit/scenario.ts';
import { item, playOn, twoWay } from '../kit/two-sides.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());

const { clear, conditions, cycles, quiet, inJira, subjectOf, journal } = playOn(() => scenario);
const caseStatus = async (record: string) =>
  (await scenario.rows<{ Status: string }>(`SELECT Status FROM Case WHERE Id = '${record}'`))[0]?.Status;

beforeEach(async () => {
  await conditions({});
});
describe('a move that fails', () => {
  const moving = item(
    'two-way',
    'Subject <-> summary',
    'status Status { "New" <-> "To Do"\n "Working" <-> "In Progress"\n "Closed" <-> "Done" }',
  );
  const transitions = { method: 'POST', path: '/rest/api/3/issue/' };

  it.each(['500', '503', 'timeout', 'timeout-after-apply', 'kill'] as const)(
    'D8 makes no second issue and is made up for: %s at the creation’s own move',
    async effect => {
      await scenario.start(moving);
      await scenario.create('Case', { Subject: 'Moved', Origin: 'Phone', Status: 'Working' });
      await scenario.faults({ system: 'jira', match: transitions, nth: 1, effect });
      await cycles(4);
      const issues = await scenario.outside.issues();
      expect(issues.map(({ fields }) => [fields.summary, fields.status.name])).toEqual([['Moved', 'In Progress']]);
      await quiet();
    },
  );

  it('D8 is told as blocked, once, where Jira offers no such move, and the fields go on', async () => {
    await scenario.start(moving);
    const { record, issue } = await scenario.linked({ Status: 'Closed' });
    await cycles(1);
    expect((await scenario.issue(issue.key)).fields.status.name).toBe('Done');
    await scenario.edit('Case', record, { Status: 'New', Subject: 'Still going' });
    await cycles(3);
    const now = await scenario.issue(issue.key);
    expect([now.fields.status.name, now.fields.summary]).toEqual(['Done', 'Still going']);
    const blocked = (await journal()).filter(({ outcome }) => outcome === 'blocked');
    expect(blocked).toHaveLength(1);
    expect(blocked[0]?.reason).toContain('Jira offers no transition from “Done” to “To Do”');
    expect(await scenario.outside.issues()).toHaveLength(1);
    await quiet();
    await scenario.move(issue.key, 'In Progress');
    await cycles(2);
    expect(await caseStatus(record)).toBe('Working');
  });
});

describe('one record that is refused', () => {
  it('D9 P7 waits alone: of a batch the others are written, and it follows once the rule of the org lets it', async () => {
    await scenario.start(twoWay);
    for (let at = 0; at < 12; at++) await scenario.create('Case', { Subject: `Case ${at}`, Origin: 'Phone' });
    await scenario.nextCycle();
    await conditions({
      salesforce: {
        rules: [{ object: 'Case', when: "Subject = 'Poison'", message: 'No poison here', field: 'Subject' }],
      },
    });
    await scenario.advance('1m');
    const issues = await scenario.outside.issues();
    for (const [at, { key }] of issues.entries()) await inJira(key, { summary: at === 5 ? 'Poison' : `Edited ${at}` });
    await cycles(1);
    const subjects = async () =>
      (await scenario.rows<{ Subject: string }>('SELECT Subject FROM Case ORDER BY CreatedDate, Id')).map(
        row => row.Subject,
      );
    const poisoned = issues[5]!.fields.summary;
    const edited = issues.map((_, at) => `Edited ${at}`);
    expect((await subjects()).sort()).toEqual(edited.map((text, at) => (at === 5 ? poisoned : text)).sort());
    expect((await scenario.outside.state()).attention).toMatchObject([
      { cause: expect.stringContaining('No poison here') },
    ]);
    await conditions({});
    await cycles(3);
    expect(await subjects()).toContain('Poison');
    expect((await scenario.outside.state()).attention).toEqual([]);
    await quiet();
  });

  it('D9 P7 does not keep new issues of others from being made', async () => {
    await scenario.start(item('one-way', 'Subject -> summary'));
    await scenario.create('Case', { Subject: 'First', Origin: 'Phone' });
    await scenario.create('Case', { Subject: null, Origin: 'Phone' });
    await scenario.create('Case', { Subject: 'Third', Origin: 'Phone' });
    await scenario.nextCycle();
    expect((await scenario.outside.issues()).map(({ fields }) => fields.summary).sort()).toEqual(['First', 'Third']);
    expect((await scenario.outside.state()).attention).toMatchObject([
      { cause: expect.stringContaining('Subject is empty') },
    ]);
    await quiet();
  });
});

describe('a value that does not fit', () => {
  const table = (fields: string) => item('one-way', `Subject -> summary or else "None"\n    ${fields}`);

  it('D10 empties nothing: what has no row is left as it is, and recorded', async () => {
    await scenario.start(table('Priority -> priority { "High" -> "Highest"\n "Low" -> "Lowest"\n otherwise keep }'));
    const { record, issue } = await scenario.linked({ Priority: 'High' });
    expect((await scenario.issue(issue.key)).fields.priority?.name).toBe('Highest');
    await scenario.edit('Case', record, { Priority: 'Medium' });
    await cycles(2);
    expect((await scenario.issue(issue.key)).fields.priority?.name).toBe('Highest');
    await quiet();
  });

  it('D10 cuts nothing: a text that is too long for its field is told, and the rest of the record goes on', async () => {
    await scenario.start(item('custom', 'Subject <-> summary\n    SuppliedName <- description'));
    const { record, issue } = await scenario.linked();
    const describe = (text: string) => inJira(issue.key, { description: paragraphs(text) });
    await describe('Short');
    await cycles(1);
    await describe('x'.repeat(200));
    await inJira(issue.key, { summary: 'Goes on' });
    await cycles(2);
    expect(await scenario.rows(`SELECT Subject, SuppliedName FROM Case WHERE Id = '${record}'`)).toMatchObject([
      { Subject: 'Goes on', SuppliedName: 'Short' },
    ]);
    expect((await scenario.outside.state()).attention).toMatchObject([{ cause: expect.stringMatching(/too long|80/) }]);
    await quiet();
    await describe('Fits again');
    await cycles(1);
    expect(await scenario.rows(`SELECT SuppliedName FROM Case WHERE Id = '${record}'`)).toMatchObject([
      { SuppliedName: 'Fits again' },
    ]);
    expect((await scenario.outside.state()).attention).toEqual([]);
  });
});

describe('a field that is taken away', () => {
  it('P7 C-8 rests its item only, says which, and goes on where it stopped', async () => {
    const others = caseItem().replace('item cases "Cases"', 'item others "Others"').replace('"Incident"', '"Task"');
    const broken = item('one-way', 'Subject -> summary or else "None"\n    SuppliedName -> description');
    await scenario.start(`${broken}\n${others}`);
    await scenario.create('Case', { Subject: 'Before', Origin: 'Phone', SuppliedName: 'Ann' });
    await cycles(1);
    expect(await scenario.outside.issues()).toHaveLength(2);
    await conditions({ salesforce: { hidden: ['Case.SuppliedName'] } });
    await scenario.create('Case', { Subject: 'Meanwhile', Origin: 'Phone' });
    await cycles(2);
    expect(await scenario.outside.issues()).toHaveLength(3);
    expect((await scenario.outside.state()).attention).toMatchObject([
      { item: 'cases', cause: expect.stringContaining('SuppliedName') },
    ]);
    await scenario.advance('1h');
    await conditions({});
    await cycles(2);
    expect(await scenario.outside.issues()).toHaveLength(4);
    expect((await scenario.outside.state()).attention).toEqual([]);
  });
});

describe('a record that nothing helps', () => {
  it('P7 I19 is tried with growing delays, a bounded number of times; then only a person has it tried again', async () => {
    await scenario.start(twoWay);
    const { record, issue } = await scenario.linked();
    await conditions({
      salesforce: {
        rules: [{ object: 'Case', when: "Subject = 'Poison'", message: 'No poison here', field: 'Subject' }],
      },
    });
    await scenario.advance('1m');
    await inJira(issue.key, { summary: 'Poison' });
    await clear();
    const hours = async (count: number) => {
      for (let half = 0; half < count * 2; half++) {
        await scenario.advance('30m');
        await scenario.outside.cycle();
      }
    };
    await hours(18);
    const tries = async () => (await writesOf(scenario.outside)).filter(({ system }) => system === 'salesforce').length;
    const before = await tries();
    expect(before).toBeGreaterThanOrEqual(7);
    expect(before).toBeLessThanOrEqual(10);
    await hours(5);
    expect(await tries()).toBe(before);
    const [open, ...more] = (await scenario.outside.state()).attention as readonly { id: string; retry?: unknown }[];
    expect([more, open?.retry]).toEqual([[], undefined]);

    await conditions({});
    expect(await scenario.admin('attention.retry', { id: open!.id })).toMatchObject({ ok: true });
    await scenario.outside.settle();
    await scenario.outside.signIn();
    expect(await subjectOf(record)).toBe('Poison');
    expect((await scenario.outside.state()).attention).toEqual([]);
  });

  it('P7 P10 is left alone when a person dismisses it; the next edit is tried, and told again only if it fails', async () => {
    await scenario.start(twoWay);
    const { record, issue } = await scenario.linked();
    await conditions({
      salesforce: {
        rules: [{ object: 'Case', when: "Subject LIKE 'Poison%'", message: 'No poison here', field: 'Subject' }],
      },
    });
    const edit = async (summary: string) => {
      await scenario.advance('1m');
      await inJira(issue.key, { summary });
      await cycles(1);
      return (await scenario.outside.state()).attention;
    };
    const [open] = await edit('Poison');
    expect(open?.cause).toContain('No poison here');
    expect(await scenario.admin('attention.dismiss', { id: open!.id }, 'agent')).toMatchObject({
      error: { code: 'forbidden' },
    });
    expect(await scenario.admin('attention.dismiss', { id: open!.id })).toMatchObject({ ok: true });
    expect((await scenario.outside.state()).attention).toEqual([]);
    await quiet();
    expect((await scenario.outside.state()).attention).toEqual([]);
    expect((await scenario.issue(issue.key)).fields.summary).toBe('Poison');

    expect(await edit('Poison again')).toMatchObject([{ cause: expect.stringContaining('No poison here') }]);
    expect(await edit('Good')).toEqual([]);
    expect(await subjectOf(record)).toBe('Good');
    await quiet();
  });
});
