/** C-5: a connection to another org rests everything, until the first org is back or a person starts over. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type App, openApp, refusalOf, resultOf } from './kit/app.ts';

const program = `item cases "Cases" {
  salesforce Case
  jira SUP / "Incident"
  sync two-way
  create all
  fields { Subject <-> summary }
}
`;
const myDomain = 'https://sandbox.my.salesforce.com';
const elsewhere = '00D000000000001EAA';

let app: App;
let record: string;
beforeEach(async () => {
  app = await openApp();
  await app.program(program);
  await app.world.cycle();
  record = app.create('Case', { Subject: 'Fire' });
  await later();
});
afterEach(() => app.world.stop());

const later = async () => {
  app.world.clock.advance(5 * 60_000);
  await app.world.cycle();
  await app.world.settle();
};
const connect = () => {
  const { id, secret } = app.world.client;
  return resultOf<{ warning?: string }>(
    app.admin('connection.save', { loginUrl: myDomain, clientId: id, clientSecret: secret }),
  );
};
/** As if the links had been made with this org. */
function linksOf(org: string): void {
  const { kvs } = app.world.forge;
  const row = kvs.dump().find(({ key }) => key === 'last-org')!;
  kvs.load([{ ...row, json: row.json.replace(/00D\w{15}/, org) }]);
}
const summary = async () =>
  (await app.jira<{ fields: { summary: string } }>('admin', 'GET', '/issue/SUP-1?fields=summary')).fields.summary;
const links = async () => (await app.world.state()).links as readonly { readonly record: string }[];

describe('C-5 a connection to another org', () => {
  beforeEach(async () => {
    linksOf(elsewhere);
    expect((await connect()).warning).toContain(elsewhere);
    app.world.salesforce.hand.update(record, { Subject: 'Not to be seen yet' });
    await later();
  });

  it('rests all links and cannot be resumed by hand; the refusal says what can be done', async () => {
    expect(await summary()).toBe('Fire');
    const refusal = await refusalOf(app.admin('items.resume'));
    expect(refusal.code).toBe('other-org');
    expect(refusal.message).toMatch(/Connect the org that the links belong to, or start over with this one/);
    expect((await refusalOf(app.panel('SUP-1', 'refresh', { itemId: 'cases' }))).code).toBe('paused');
  });

  it('goes on by itself when the org of the links is connected again, and makes up for what happened', async () => {
    linksOf(app.world.salesforce.orgId);
    expect((await connect()).warning).toBeUndefined();
    await later();
    expect(await summary()).toBe('Not to be seen yet');
    expect(await links()).toHaveLength(1);
  });

  it('is started over with when a person says so: the links end, nothing is written, and only new records count', async () => {
    expect((await refusalOf(app.admin('connection.startOver', {}, 'agent'))).code).toBe('forbidden');
    expect(await resultOf(app.admin('connection.startOver'))).toMatchObject({ ended: 1, more: false });
    await later();
    expect(await links()).toEqual([]);
    expect(await summary()).toBe('Fire');
    const fresh = app.create('Case', { Subject: 'In the new org' });
    await later();
    expect((await links()).map(link => link.record)).toEqual([fresh]);
    expect((await resultOf<{ warning?: string }>(app.admin('connection.get'))).warning).toBeUndefined();
    expect((await refusalOf(app.admin('connection.startOver'))).code).toBe('nothing-to-do');
  });
});
