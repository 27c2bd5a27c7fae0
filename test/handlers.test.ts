/** What Forge calls by itself: the schedule, events and jobs, also when they are not what they should be. */

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../sandbox/world.ts';
import { createStorage } from './kit/forge-storage.ts';

const source = readFileSync(new URL('../examples/support-cases/support-cases.bridge', import.meta.url), 'utf8');
let world: World;
let trouble: string[];
beforeEach(async () => {
  trouble = [];
  world = await createWorld({ clock: 'manual', files: { 'a.bridge': source }, onTrouble: line => trouble.push(line) });
  world.forge.ledger.clear();
});
afterEach(() => world.stop());

const jobs = () => world.forge.ledger.calls().filter(call => call.system === 'queue');

describe('events are hints', () => {
  const issue = { id: '10001', key: 'SUP-1', fields: {} };
  it.each([
    ['without an issue', { eventType: 'avi:jira:updated:issue' }],
    ['with an issue that is none', { eventType: 'avi:jira:updated:issue', issue: { id: '../1', key: 'SUP-1' } }],
    ['with an issue of another shape', { eventType: 'avi:jira:updated:issue', issue: 'SUP-1' }],
    ['of an issue that nothing is linked to', { eventType: 'avi:jira:updated:issue', issue }],
    ['of a deleted issue that nothing was linked to', { eventType: 'avi:jira:deleted:issue', issue }],
    ['of an issue that a person made', { eventType: 'avi:jira:created:issue', issue, selfGenerated: false }],
  ])('one %s costs no job and no trouble', async (_, event) => {
    world.forge.deliver(event);
    await world.settle();
    expect([jobs(), trouble]).toEqual([[], []]);
  });

  it('one of our own creation is looked at, since it may be the answer that never came', async () => {
    world.forge.deliver({ eventType: 'avi:jira:created:issue', issue, selfGenerated: true });
    await world.settle();
    expect(jobs()).toHaveLength(1);
    expect(trouble).toEqual([]);
  });
});

it('an idle cycle asks the storage the same few things, however many links there are', async () => {
  const asked = async () => {
    for (let n = 0; n < 3; n++) {
      await world.cycle();
      await world.settle();
      world.clock.advance(15 * 60_000);
    }
    world.forge.ledger.clear();
    await world.cycle();
    return world.forge.ledger
      .calls()
      .map(({ system, method, path }) => `${system} ${method} ${path}`)
      .sort();
  };
  const without = await asked();
  const { kvs } = await import('@forge/kvs');
  const { createLinks } = await import('../runtime/storage/links.ts');
  const { createReads } = await import('../runtime/storage/reads.ts');
  const storage = createStorage({ now: () => 0 });
  const state = { kind: 'active' } as const;
  await storage.run(async () => {
    for (let n = 0; n < 40; n++) {
      const key = { item: 'support-cases', record: `5000000000000${10 + n}AAA` };
      const rest = {
        object: 'Case',
        issueId: `${n}`,
        issueKey: `SUP-${n}`,
        managed: 'auto',
        createdAt: 0,
        stamp: 0,
      } as const;
      await createLinks(kvs, createReads(kvs)).addLink({ ...key, ...rest, state, bases: {} });
    }
  });
  world.forge.kvs.load(storage.rows());
  expect((await world.state()).links).toHaveLength(40);
  expect(await asked()).toEqual(without);
});

describe('the schedule and the queue', () => {
  const licence = (environmentType: string, license?: object) => ({
    appContext: {
      appId: 'ari:cloud:ecosystem::app/6a2c2a3e-7d0b-4d0e-9c1f-5b1f0c8f4e21',
      appVersion: '1.0.0',
      environmentId: '2f3d6c1a-8f8e-4a58-9a2d-6f0f3d1c9b10',
      environmentType,
      installationId: 'b6a1f6d2-3f4e-4c8e-8f43-6b7c2a9d0e21',
      invocationId: 'i',
      moduleKey: 'cycle',
      license,
    },
    lambdaContext: { getRemainingTimeInMillis: () => 25_000 },
  });
  const inside = async (runtime: object) => {
    const storage = createStorage({ now: () => 0 }, runtime);
    const handlers = await import('../runtime/handlers/index.ts');
    return { storage, handlers };
  };

  it.each([
    ['PRODUCTION', undefined, false],
    ['PRODUCTION', { active: false }, false],
    ['PRODUCTION', { active: true }, true],
    ['PRODUCTION', { isActive: true }, true],
    ['DEVELOPMENT', undefined, true],
    ['STAGING', undefined, true],
  ] as const)('C-7 in %s with licence %o the app works: %s', async (environment, license, works) => {
    const { storage, handlers } = await inside(licence(environment, license));
    expect(await storage.run(() => handlers.onSchedule())).toEqual({ statusCode: 204 });
    expect(storage.calls.length > 0).toBe(works);
  });

  it('without a connection the schedule costs one read', async () => {
    const { storage, handlers } = await inside(licence('DEVELOPMENT'));
    await storage.run(() => handlers.onSchedule());
    expect(storage.calls).toEqual(['/api/v1/get']);
  });

  it.each([
    [undefined],
    [{}],
    [{ body: null }],
    [{ body: { v: 1, kind: 'unheard-of' } }],
    [{ body: { v: 2, kind: 'cycle', run: 'x' } }],
    [{ body: { v: 1, kind: 'issue', issueId: '1/../2', cause: 'event' } }],
    [{ body: { v: 1, kind: 'constructor' } }],
  ])('a job that no version wrote is dropped, not repeated: %o', async event => {
    const { storage, handlers } = await inside(licence('DEVELOPMENT'));
    expect(await storage.run(() => handlers.onSync(event))).toBeUndefined();
    expect(storage.calls).toEqual([]);
  });

  it('an issue whose job fails is noted for the next cycle', async () => {
    const { storage, handlers } = await inside(licence('DEVELOPMENT'));
    let reads = 0;
    storage.before = path =>
      path === '/api/v1/entity/get' && reads++ === 0
        ? new Response('{"code":"X","message":"m"}', { status: 500 })
        : undefined;
    const job = { body: { v: 1, kind: 'issue', issueId: '10001', cause: 'event' } };
    expect(await storage.run(() => handlers.onSync(job))).toBeUndefined();
    expect(storage.dump().plain).toContain('10001');
    // When even that fails, the queue is asked to come again.
    storage.before = () => new Response('{"code":"X","message":"m"}', { status: 500 });
    expect(JSON.parse(JSON.stringify(await storage.run(() => handlers.onSync(job))))).toMatchObject({ _retry: true });
  });
});
