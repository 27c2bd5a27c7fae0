/** Nothing floods and nothing is blanked in masses without somebody's word (semantics: guards; D5, D11). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writesOf } from '../kit/outside.ts';
import { caseItem, openScenario, type Scenario } from '../kit/scenario.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.outside.stop());

const cases = async (count: number, fields: Readonly<Record<string, unknown>>) => {
  const records = Array.from({ length: count }, (_, at) => ({ Subject: `Case ${at}`, Origin: 'Phone', ...fields }));
  for (let from = 0; from < count; from += 100)
    await scenario.outside.salesforce.sobject('Case').create(records.slice(from, from + 100));
};
const save = async (text: string, confirm?: boolean) => {
  const { version } = (await scenario.admin('program.get')).result as { version: number };
  const files = { 'scenario.bridge': text };
  return scenario.admin('items.save', { files, baseVersion: version, ...(confirm && { confirm }) });
};

describe('the first activation', () => {
  it('D5 asks before more than fifty issues, names the number, and creates none but after the word', async () => {
    await scenario.start(caseItem('where Origin is "Email"'));
    await cases(60, {});
    await scenario.advance('1h');
    const since = caseItem().replace('create all', 'create all since 2020-01-01').replace('item cases', 'item others');
    expect(await save(since)).toMatchObject({
      ok: false,
      error: { code: 'confirm-required', issues: 60, message: expect.stringContaining('60 issues') },
    });
    await scenario.nextCycle();
    expect(await scenario.outside.issues()).toEqual([]);
    expect(await save(since, true)).toMatchObject({ ok: true });
    for (let cycles = 0; cycles < 3; cycles++) await scenario.nextCycle();
    expect(await scenario.outside.issues()).toHaveLength(60);
  });

  it('D5 replays nothing of the past where the program does not ask for it', async () => {
    await scenario.start(caseItem('where Origin is "Email"'));
    await cases(60, {});
    await scenario.advance('1h');
    expect(await save(caseItem().replace('item cases', 'item others'))).toMatchObject({ ok: true });
    await scenario.nextCycle();
    expect(await scenario.outside.issues()).toEqual([]);
  });

  it('D5 asks for a wider `where` as well, and only for what is new in it', async () => {
    await scenario.start(caseItem('where Origin is "Email"'));
    await cases(55, {});
    await cases(3, { Origin: 'Email' });
    await scenario.nextCycle();
    expect(await scenario.outside.issues()).toHaveLength(3);
    expect(await save(caseItem())).toMatchObject({ ok: false, error: { code: 'confirm-required', issues: 55 } });
    expect(await save(caseItem('where Origin is "Email"').replace('"Cases"', '"Mail"'))).toMatchObject({ ok: true });
    expect(await save(caseItem('where Origin is "Email"'))).toMatchObject({ ok: true });
  });
});

describe('a changed program', () => {
  const plain = caseItem('where Origin is "Phone"');
  const moving = caseItem('where Origin is "Phone"', 'when Priority is "Medium" move to "Done"', 'otherwise leave');

  it('D11 that would move every issue rests and says by which clause; resumed, it does so, and old issues follow', async () => {
    await scenario.start(plain);
    await cases(55, {});
    for (let cycles = 0; cycles < 2; cycles++) await scenario.nextCycle();
    expect(await scenario.outside.issues()).toHaveLength(55);
    await scenario.outside.control('DELETE', '/control/calls');
    expect(await save(moving)).toMatchObject({ ok: true });
    await scenario.nextCycle();
    expect(await writesOf(scenario.outside)).toEqual([]);
    const held = expect.stringMatching(/would move or blank 55 of 55 links, most of them by scenario\.bridge:\d+/);
    expect((await scenario.outside.state()).attention).toMatchObject([{ cause: held }]);
    const { items } = (await scenario.admin('items.list')).result as { items: { paused: boolean }[] };
    expect(items).toMatchObject([{ paused: true, attentionReason: held }]);

    expect(await scenario.admin('items.resume', { itemId: 'cases' })).toMatchObject({ ok: true });
    for (let cycles = 0; cycles < 3; cycles++) await scenario.nextCycle();
    const statuses = (await scenario.outside.issues()).map(({ fields }) => fields.status.name);
    expect(statuses.filter(name => name === 'Done')).toHaveLength(55);
    expect((await scenario.outside.state()).attention).toEqual([]);
  });
});
