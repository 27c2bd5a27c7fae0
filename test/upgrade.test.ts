/**
 * An app that is upgraded finds what it stored, whichever version wrote it. `stored-values.v1.json` is a storage as the
 * first version of every kind left it, row by row, and what the app reads in it. Such files are never written
 * again: when a kind gets version 2, the migration has to read this one, and `stored-values.v2.json` joins it
 * (`UPGRADE_FIXTURE=2 npx vitest run test/upgrade.test.ts` writes it).
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { decodePlan, encodePlan } from '../compiler/plan/encode.ts';
import { planVersion } from '../compiler/plan/ir.ts';
import type { PortError } from '../runtime/ports.ts';
import type { AppStore } from '../runtime/storage/index.ts';
import * as shapes from '../runtime/storage/shapes.ts';
import type { Stored } from '../runtime/storage/stored.ts';
import type { StoredRow } from '../sandbox/forge/stored-row.ts';
import { openApp, resultOf } from './kit/app.ts';
import { createStorage, type Storage } from './kit/forge-storage.ts';
import { storePlan } from './kit/stored-plan.ts';
import { first, readEverything, writeEverything } from './kit/stored-values.ts';

interface Fixture {
  readonly rows: readonly StoredRow[];
  readonly read: Readonly<Record<string, unknown>>;
}
const fileOf = (version: number) => new URL(`kit/stored-values.v${version}.json`, import.meta.url);
const kinds = Object.values(shapes).filter(
  (one): one is Stored<never> => typeof one === 'object' && one !== null && 'decode' in one,
);
const newest = Math.max(...kinds.map(({ version }) => version));
const versions = Array.from({ length: newest }, (_, at) => at + 1);

let storage: Storage;
let store: AppStore;
beforeEach(async () => {
  // Long after what is stored was written, and before any of it is due to go.
  const clock = { now: () => first + 60_000 };
  storage = createStorage(clock);
  const { kvs } = await import('@forge/kvs');
  const { createStore } = await import('../runtime/storage/index.ts');
  let ids = 0;
  const plans = { encode: encodePlan, decode: decodePlan, renew: async () => undefined };
  store = createStore({ kvs, clock, plans, newId: () => `id-${++ids}` });
});

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

describe('what is stored', () => {
  if (process.env.UPGRADE_FIXTURE !== undefined)
    it('is written as a file of its version', async () => {
      const read = await storage.run(async () => {
        await writeEverything(store);
        return readEverything(store);
      });
      const rows = storage.rows().map(row => ({ ...row, createdAt: first, updatedAt: first }));
      const target = fileOf(Number(process.env.UPGRADE_FIXTURE));
      expect(existsSync(target), 'a file of a version is never written again').toBe(false);
      const lines = rows.map(row => JSON.stringify(row)).join(',\n');
      writeFileSync(target, `{"rows":[\n${lines}\n],\n"read":${JSON.stringify(read, null, 1)}}\n`);
    });

  it.each(versions)('A-4 P-5 by version %i of each kind is read by the app of today, all of it', async version => {
    const fixture = JSON.parse(readFileSync(fileOf(version), 'utf8')) as Fixture;
    storage.load(fixture.rows);
    const looks = kinds.map(kind => ({ kind, look: vi.spyOn(kind, 'decode') }));
    const read = await storage.run(() => readEverything(store));
    expect(plain(read)).toEqual(fixture.read);
    const missed = looks.filter(({ look }) => !look.mock.calls.some(([raw]) => raw !== undefined));
    expect(missed.map(({ kind }) => kind.name)).toEqual([]);
    vi.restoreAllMocks();
  });

  it('is written by the app of today in the same way that it reads it', async () => {
    const [read, again] = await storage.run(async () => {
      await writeEverything(store);
      const once = await readEverything(store);
      return [once, await readEverything(store)] as const;
    });
    expect(again).toEqual(read);
    const { read: known } = JSON.parse(readFileSync(fileOf(newest), 'utf8')) as Fixture;
    expect(Object.keys(read)).toEqual(Object.keys(known));
  });
});

/** As a newer version of the app would have left it: every version one higher. */
const newer = (row: StoredRow): StoredRow => ({
  ...row,
  json: row.json.replace(/(\\*)"v\1":(\d+)/g, (_, slashes: string, v: string) => `${slashes}"v${slashes}":${+v + 1}`),
});

describe('what a newer version of the app stored', () => {
  it('is refused, kind by kind, with what to do, and is still there afterwards', async () => {
    const { rows } = JSON.parse(readFileSync(fileOf(newest), 'utf8')) as Fixture;
    storage.load(rows.map(newer));
    const before = storage.rows();
    const failures = await storage.run(async () => {
      const found: string[] = [];
      for (const name of ['connection', 'program', 'links', 'watermark', 'journal', 'attention', 'pauses', 'claim'])
        await readEverything(store, name).catch((problem: PortError) => found.push(problem.failure.message));
      // Changes begin with a reading, so they do not go over it either.
      await store.addDirty(['10001']).catch((problem: PortError) => found.push(problem.failure.message));
      await store.changePauses(now => now).catch((problem: PortError) => found.push(problem.failure.message));
      return found;
    });
    expect(failures).toHaveLength(10);
    for (const message of failures)
      expect(message).toMatch(/a newer version of the app wrote it, so deploy that one again; nothing was changed/);
    expect(storage.rows()).toEqual(before);
  });
});

describe('the plan of a program', () => {
  const item = `item cases "Cases" {
    salesforce Case
    jira SUP / "Incident"
    sync one-way
    create all
    fields { Subject -> summary or else "Case {CaseNumber}" }
  }`;

  /** As if another version of the app had saved it. */
  const withPlan = async (change: (plan: Record<string, unknown>) => Record<string, unknown>, text = item) => {
    const app = await openApp();
    await app.program(item);
    storePlan(app.world, change, { 'a.bridge': text });
    return app;
  };

  it('S-3 by an older version of the app is compiled again, and the next cycle goes on', async () => {
    const app = await withPlan(plan => ({ ...plan, version: planVersion - 1, items: 'as it once was' }));
    try {
      app.create('Case', { Subject: 'After the upgrade' });
      expect(await app.world.cycle()).toMatchObject({ ok: true });
      const { issues } = await app.jira<{ issues: readonly unknown[] }>(
        'agent',
        'GET',
        '/search/jql?jql=summary~upgrade&fields=summary',
      );
      expect(issues).toHaveLength(1);
    } finally {
      await app.world.stop();
    }
  });

  it('A-3 that does not compile any more is told, and the program can be opened and mended', async () => {
    const app = await withPlan(plan => ({ ...plan, version: planVersion - 1 }), item.replace('Subject', 'Gone__c'));
    try {
      const table = await resultOf<{ unreadable: string; items: readonly unknown[] }>(app.admin('items.list'));
      expect(table.unreadable).toMatch(/Open the program on the admin page, mend/);
      expect(table.items).toEqual([]);
      const { files, version } = await resultOf<{ files: Record<string, string>; version: number }>(
        app.admin('program.get'),
      );
      const mended = { 'a.bridge': files['a.bridge']!.replace('Gone__c', 'Subject') };
      await resultOf(app.admin('items.save', { files: mended, baseVersion: version }));
      expect(await resultOf(app.admin('items.list'))).toMatchObject({ items: [{ id: 'cases' }] });
    } finally {
      await app.world.stop();
    }
  });

  it('by a newer version of the app is refused, and kept', async () => {
    const app = await withPlan(plan => ({ ...plan, version: planVersion + 1 }));
    try {
      const { unreadable } = await resultOf<{ unreadable: string }>(app.admin('items.list'));
      expect(unreadable).toMatch(/a newer version of the app made it, so deploy that one again/);
      expect(await resultOf(app.admin('program.get'))).toMatchObject({ files: { 'a.bridge': item } });
    } finally {
      await app.world.stop();
    }
  });
});
