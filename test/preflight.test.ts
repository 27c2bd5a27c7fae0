/** What keeps an item from its work is named before it starts, and daily. */
import { afterEach, describe, expect, it } from 'vitest';
import { type App, openApp, resultOf } from './kit/app.ts';

interface Point {
  readonly id: string;
  readonly item: string;
  readonly cause: string;
  readonly remedy: string;
}

const program = `item cases "Cases" {
  salesforce Case
  jira SUP / "Incident"
  sync custom
  create all
  fields {
    Subject -> summary or else "Case"
    Description <-> description or else skip
    Account.Rating -> "Customer"
  }
  status Status
  comments on
  attachments on
}
`;

let app: App;
afterEach(() => app.world.stop());

const attention = () => resultOf<readonly Point[]>(app.admin('attention.list'));
const about = async () => (await attention()).map(({ item, cause }) => `${item}: ${cause}`);
const allow = (permission: string, allowed: boolean) =>
  app.world.jira.setPermission(app.world.jira.appAccountId, permission, allowed, 'SUP');
const nextDay = async () => {
  app.world.clock.advance(25 * 3_600_000);
  await app.world.cycle();
};

describe('C-8 permissions and fields', () => {
  it('of an item that has all it needs are no matter', async () => {
    app = await openApp();
    await app.program(program);
    await nextDay();
    expect(await attention()).toEqual([]);
  });

  it('that Jira does not give the app are named when the item is saved, each with its purpose and its place', async () => {
    app = await openApp();
    for (const permission of ['TRANSITION_ISSUES', 'CREATE_ATTACHMENTS']) allow(permission, false);
    const seen = await resultOf<{ missing: readonly Point[] }>(
      app.admin('items.preview', { files: { 'a.bridge': program } }),
    );
    expect(await attention()).toEqual([]);
    const saved = await resultOf<{ missing: readonly Point[] }>(
      app.admin('items.save', { files: { 'a.bridge': program }, baseVersion: 0 }),
    );
    expect(saved.missing.map(({ cause }) => cause)).toEqual([
      'the app lacks the permission “Transition Issues” in the project SUP, which it needs to move issues to another status',
      'the app lacks the permission “Create Attachments” in the project SUP, which it needs to attach the files that come from Salesforce',
    ]);
    expect(seen.missing).toEqual(saved.missing);
    const points = await attention();
    expect(points.map(({ cause }) => cause).sort()).toEqual(saved.missing.map(({ cause }) => cause).sort());
    expect(points[0]!.remedy).toMatch(
      /^Give “.*” to the role .* in the permission scheme of SUP, then try again here\.$/,
    );
  });

  it('that are taken away are noticed within a day, and those that are given again are forgotten', async () => {
    app = await openApp();
    await app.program(program);
    allow('ADD_COMMENTS', false);
    await app.world.cycle();
    expect(await about()).toEqual([]);
    await nextDay();
    expect(await about()).toEqual([expect.stringMatching(/^cases: the app lacks the permission “Add Comments”/)]);
    const [point] = await attention();
    await resultOf(app.admin('attention.retry', { id: point!.id }));
    expect(await about()).toHaveLength(1);
    allow('ADD_COMMENTS', true);
    await resultOf(app.admin('attention.retry', { id: point!.id }));
    expect(await about()).toEqual([]);
  });

  it.each([
    [
      'a field that the Run As user may not change',
      { readOnly: ['Case.Description'] },
      'the Run As user may not change the field “Case Description” (Case.Description)',
      'Give edit access to the field Case.Description to the Run As user',
    ],
    [
      'a field of a parent that the Run As user may not see any more',
      { hidden: ['Account.Rating'] },
      'the Run As user may not see the field Account.Rating, so “Account Rating” (Account.Rating) cannot be read; it may be deleted',
      'Give read access to the field Account.Rating to the Run As user',
    ],
    [
      'a lookup that the Run As user may not see any more',
      { hidden: ['Case.AccountId'] },
      'the Run As user may not see the field behind Case.Account, so “Account Rating” (Account.Rating) cannot be read; it may be deleted',
      'Give read access to the field behind Case.Account to the Run As user',
    ],
  ])('names %s, a day after somebody took it away', async (_, conditions, cause, remedy) => {
    app = await openApp();
    await app.program(program);
    await app.world.cycle();
    app.world.salesforce.setUp(conditions);
    await nextDay();
    const points = await attention();
    expect(points.map(point => point.cause)).toContain(cause);
    expect(points.find(point => point.cause === cause)?.remedy).toContain(remedy);
    app.world.salesforce.setUp({});
    await nextDay();
    await nextDay();
    expect((await attention()).map(point => point.cause)).not.toContain(cause);
  });

  it('cost one look at each project and object, however many items there are', async () => {
    app = await openApp();
    const many = Array.from({ length: 40 }, (_, n) =>
      program
        .replace('item cases', `item cases-${n}`)
        .replace(/ {4}Description.*\n/, '')
        .replace('create all', 'create off'),
    ).join('');
    await app.program(many);
    app.world.forge.ledger.clear();
    await nextDay();
    const calls = app.world.forge.ledger.calls().filter(({ path }) => /mypermissions|describe/.test(path));
    expect(calls.map(({ path }) => path.replace(/\?.*/, '')).sort()).toEqual([
      '/rest/api/3/mypermissions',
      '/services/data/v67.0/sobjects/Account/describe',
      '/services/data/v67.0/sobjects/Case/describe',
    ]);
  });

  it('cost one look a day, not one a cycle', async () => {
    app = await openApp();
    await app.program(program);
    await app.world.cycle();
    app.world.forge.ledger.clear();
    for (let n = 0; n < 5; n++) {
      app.world.clock.advance(5 * 60_000);
      await app.world.cycle();
    }
    expect(app.world.forge.ledger.calls().filter(({ path }) => /mypermissions|describe/.test(path))).toEqual([]);
  });
});
