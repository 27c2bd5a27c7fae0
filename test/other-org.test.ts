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
let first: string;
beforeEach(async () => {
  app = await openApp();
  first = app.world.salesforce.orgId;
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
const rowOf = (name: string) => app.world.forge.kvs.dump().find(({ key }) => key === name)!;
const rewrite = (name: string, value: unknown) =>
  app.world.forge.kvs.load([{ ...rowOf(name), json: JSON.stringify(value) }]);
const summary = async () =>
  (await app.jira<{ fields: { summary: string } }>('admin', 'GET', '/issue/SUP-1?fields=summary')).fields.summary;
const links = async () => (await app.world.state()).links as readonly { readonly record: string }[];

describe('C-5 a connection to another org', () => {
  beforeEach(async () => {
    app.world.salesforce.moveTo(elsewhere);
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

  it('rests them also for a run that missed the pause, since it read it just before it was set', async () => {
    const stored = JSON.parse(rowOf('paused').json) as { body: object };
    rewrite('paused', { ...stored, body: { v: 1, json: JSON.stringify({ items: {} }) } });
    expect(await resultOf(app.admin('connection.get'))).not.toHaveProperty('warning');
    await later();
    expect(await summary()).toBe('Fire');
  });

  it('goes on by itself when the org of the links is connected again, and makes up for what happened', async () => {
    app.world.salesforce.moveTo(first);
    expect((await connect()).warning).toBeUndefined();
    await later();
    expect(await summary()).toBe('Not to be seen yet');
    expect(await links()).toHaveLength(1);
  });

  it('is not started over with while a run is under way, which may be the other org’s; the refusal says what to do', async () => {
    rewrite('cycle', { ...JSON.parse(rowOf('cycle').json), until: app.world.clock.now() + 60_000 });
    const refusal = await refusalOf(app.admin('connection.startOver'));
    expect(refusal.code).toBe('busy');
    expect(refusal.message).toMatch(/Nothing was changed; start over again in a few minutes/);
    expect(await links()).toHaveLength(1);
    app.world.clock.advance(61_000);
    expect(await resultOf(app.admin('connection.startOver'))).toMatchObject({ ended: 1 });
  });

  it('ends no link by a start that comes after a save which got halfway: their own org is connected, so they go on', async () => {
    app.world.salesforce.moveTo(first);
    app.world.forge.faults.put([{ system: 'kvs', match: { path: '/api/v1/transaction' }, nth: 1, effect: '503' }]);
    const { id, secret } = app.world.client;
    await refusalOf(app.admin('connection.save', { loginUrl: myDomain, clientId: id, clientSecret: secret }));
    app.world.forge.faults.put([]);
    await later();
    expect(await summary()).toBe('Fire');
    expect(await resultOf(app.admin('connection.startOver'))).toEqual({ ended: 0, more: false, goesOn: true });
    await later();
    expect(await links()).toHaveLength(1);
    expect(await summary()).toBe('Not to be seen yet');
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
