/** What is looked at, and when: late commits, equal stamps, events that never come, files without stamps (D1–D4, D6). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writesOf } from '../kit/outside.ts';
import { caseItem, openScenario, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());

const summaries = async () => (await scenario.outside.issues()).map(({ fields }) => fields.summary).sort();
const clear = () => scenario.outside.control('DELETE', '/control/calls');
const quiet = async () => {
  await clear();
  for (let cycles = 0; cycles < 3; cycles++) await scenario.nextCycle();
  expect(await writesOf(scenario.outside)).toEqual([]);
};

describe('what changes in Salesforce', () => {
  beforeEach(() => scenario.start(caseItem()));

  it('D1 D2 is carried over each time, also within the overlap, and never makes a second issue', async () => {
    const { record } = await scenario.linked();
    for (const Subject of ['Second', 'Third', 'Fourth']) {
      await scenario.advance('20s');
      await scenario.edit('Case', record, { Subject });
      await scenario.outside.cycle();
      expect(await summaries()).toEqual([Subject]);
    }
    await quiet();
    expect(await scenario.outside.issues()).toHaveLength(1);
  });

  it('D1 is carried over although two edits share one second, the second one after the cycle', async () => {
    const { record } = await scenario.linked();
    await scenario.edit('Case', record, { Subject: 'First of this second' });
    await scenario.outside.cycle();
    await scenario.edit('Case', record, { Subject: 'Second of this second' });
    await scenario.nextCycle();
    expect(await summaries()).toEqual(['Second of this second']);
    await quiet();
  });

  it.each(['30s', '9m'])(
    'D3 is found although its transaction commits %s after its stamp, and once only',
    async late => {
      const { record } = await scenario.linked();
      await scenario.advance('1m');
      const ms = late.endsWith('m') ? Number.parseInt(late, 10) * 60_000 : Number.parseInt(late, 10) * 1000;
      scenario.outside.sandbox.world.salesforce.commitLate(ms);
      await scenario.create('Case', { Subject: 'Late', Origin: 'Phone' });
      await scenario.outside.cycle();
      await scenario.edit('Case', record, { Subject: 'Later stamp, seen earlier' });
      for (let cycles = 0; cycles < 4; cycles++) await scenario.nextCycle();
      expect(await summaries()).toEqual(['Late', 'Later stamp, seen earlier']);
      await quiet();
    },
  );

  it('D4 loses none of many records with one stamp, read over several pages and handled in several runs', async () => {
    const all = Array.from({ length: 130 }, (_, at) => ({ Subject: `Case ${at}`, Origin: 'Phone' }));
    await scenario.outside.salesforce.sobject('Case').create(all);
    // A run that dies in the midst of them.
    await scenario.faults({
      system: 'jira',
      match: { method: 'POST', path: '/rest/api/3/issue' },
      nth: 60,
      effect: 'kill',
    });
    for (let cycles = 0; cycles < 8; cycles++) await scenario.nextCycle();
    expect(await summaries()).toEqual(all.map(({ Subject }) => Subject).sort());
    await quiet();
  });
});

describe('a file', () => {
  it('D6 is found by its own stamp, since it does not move that of its record', async () => {
    await scenario.start(caseItem('attachments on'));
    const { record, issue } = await scenario.linked();
    await scenario.advance('30m');
    await scenario.nextCycle();
    const before = await scenario.rows<{ SystemModstamp: string }>(
      `SELECT SystemModstamp FROM Case WHERE Id = '${record}'`,
    );
    await scenario.create('ContentVersion', {
      Title: 'photo',
      PathOnClient: 'photo.png',
      VersionData: Buffer.from('a photo').toString('base64'),
      FirstPublishLocationId: record,
    });
    expect(await scenario.rows(`SELECT SystemModstamp FROM Case WHERE Id = '${record}'`)).toMatchObject(before);
    for (let cycles = 0; cycles < 2; cycles++) await scenario.nextCycle();
    expect((await scenario.attachments(issue.key)).map(({ filename }) => filename)).toEqual(['photo.png']);
    await quiet();
  });
});

describe('what changes in Jira', () => {
  const program = caseItem()
    .replace('sync one-way', 'sync custom')
    .replace('Subject ->', `Description <- description\n Subject ->`);

  it('P2 I12 reaches Salesforce within the hour although its event was lost, and costs one search', async () => {
    await scenario.start(program);
    const { record, issue } = await scenario.linked();
    const written = () => scenario.rows(`SELECT Description FROM Case WHERE Id = '${record}'`);
    await scenario.advance('2m');
    await scenario.faults({ system: 'jira', match: {}, nth: 1, effect: 'lose-event' });
    const body = {
      type: 'doc',
      version: 1,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Found' }] }],
    };
    await scenario.outside.jira('agent', 'PUT', `/rest/api/3/issue/${issue.key}`, { fields: { description: body } });
    await clear();
    await scenario.outside.settle();
    await scenario.nextCycle();
    expect(await written()).toMatchObject([{ Description: null }]);
    for (let cycles = 0; cycles < 12; cycles++) await scenario.nextCycle();
    expect(await written()).toMatchObject([{ Description: 'Found' }]);
    const calls = await scenario.outside.control<readonly { path: string }[]>('GET', '/control/calls');
    expect(calls.filter(({ path }) => path.startsWith('/rest/api/3/search/jql'))).toHaveLength(1);
    await quiet();
  });
});
