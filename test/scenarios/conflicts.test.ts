/** Both sides edit what both own: the later one wins or a person decides, and what lost is kept (I7, I8, P2). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openScenario, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());

const item = (mapping: string) => `item cases "Cases" {
  salesforce Case
  jira SUP / "Incident"
  sync two-way
  create all
  fields {
    ${mapping}
  }
}
`;

let record: string;
let key: string;
const start = async (mapping: string) => {
  await scenario.start(item(mapping));
  const linked = await scenario.linked();
  record = linked.record;
  key = linked.issue.key;
  await scenario.advance('1m');
};
const inJira = (summary: string) =>
  scenario.outside.jira('agent', 'PUT', `/rest/api/3/issue/${key}`, { fields: { summary } });
const inSalesforce = (Subject: string) => scenario.edit('Case', record, { Subject });
const values = async () => [
  (await scenario.rows<{ Subject: string }>(`SELECT Subject FROM Case WHERE Id = '${record}'`))[0]?.Subject,
  (await scenario.issue(key)).fields.summary,
];
const conflicts = async () =>
  (await scenario.outside.state()).journal.filter(entry => 'lost' in entry) as readonly unknown[];

describe('the latest wins', () => {
  beforeEach(() => start('Subject <-> summary'));

  it.each([
    ['Jira', [inSalesforce, inJira], 'from Jira', { lost: 'from Salesforce', kept: 'from Jira' }],
    ['Salesforce', [inJira, inSalesforce], 'from Salesforce', { lost: 'from Jira', kept: 'from Salesforce' }],
  ] as const)('I8 P2 when it is %s; the other value is kept in the journal', async (_, edits, winner, kept) => {
    await scenario.faults({ system: 'jira', match: {}, nth: 1, effect: 'lose-event' });
    for (const edit of edits) {
      await edit(edit === inJira ? 'from Jira' : 'from Salesforce');
      await scenario.advance('1m');
    }
    await scenario.outside.settle();
    await scenario.nextCycle();
    await scenario.nextCycle();
    expect(await values()).toEqual([winner, winner]);
    expect(await conflicts()).toMatchObject([kept]);
  });
});

describe('a program that holds conflicts', () => {
  it.each([
    ['salesforce', 'from Salesforce'],
    ['jira', 'from Jira'],
  ] as const)('keeps both values until a person chooses %s', async (keep, winner) => {
    await start('Subject <-> summary on conflict hold');
    await inSalesforce('from Salesforce');
    await scenario.advance('1m');
    await inJira('from Jira');
    for (let cycles = 0; cycles < 3; cycles++) await scenario.nextCycle();
    expect(await values()).toEqual(['from Salesforce', 'from Jira']);
    const [held, ...more] = (await scenario.outside.state()).attention;
    expect(more).toEqual([]);
    expect(held).toMatchObject({ held: ['Summary'], remedy: expect.stringContaining('Choose') });

    expect(await scenario.admin('attention.resolve', { id: held!.id, keep: 'neither' })).toMatchObject({ ok: false });
    expect(await scenario.admin('attention.resolve', { id: held!.id, keep }, 'agent')).toMatchObject({ ok: false });
    expect(await scenario.admin('attention.resolve', { id: held!.id, keep })).toMatchObject({ ok: true });
    await scenario.outside.settle();
    expect(await values()).toEqual([winner, winner]);
    expect((await scenario.outside.state()).attention).toEqual([]);
    expect(await conflicts()).toMatchObject([{ kept: winner, reason: expect.stringContaining('a person let') }]);
    expect(await scenario.admin('attention.resolve', { id: held!.id, keep })).toMatchObject({ ok: false });
  });
});
