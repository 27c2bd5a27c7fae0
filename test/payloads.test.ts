/** Whatever a page, or somebody who imitates one, sends to the app: it is answered, and it does nothing. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, openApp } from './kit/app.ts';

const program = `item cases "Cases" {
  salesforce Case
  jira SUP / "Incident"
  sync one-way
  fields { Subject -> summary or else "Case" }
  associations on
}
`;

let app: App;
let key: string;
beforeAll(async () => {
  app = await openApp();
  await app.program(program);
  key = await app.issue();
});
afterAll(() => app.world.stop());

/** Every function, with a payload that it takes. */
const functions: readonly (readonly ['admin' | 'panel', string, Readonly<Record<string, unknown>>])[] = [
  ['panel', 'cards', {}],
  ['panel', 'search', { itemId: 'cases', query: 'x' }],
  ['panel', 'link', { itemId: 'cases', recordId: '500000000000001AAA' }],
  ['panel', 'refresh', { itemId: 'cases' }],
  ['panel', 'unlink', { itemId: 'cases' }],
  ['panel', 'files', { itemId: 'cases', job: 'none' }],
  ['panel', 'associations', { itemId: 'cases', objects: ['Account'] }],
  ['panel', 'explain', { itemId: 'cases' }],
  ['admin', 'connection.get', {}],
  ['admin', 'connection.save', { loginUrl: 'https://evil.example', clientId: 'x', clientSecret: 'y' }],
  ['admin', 'connection.startOver', {}],
  ['admin', 'program.get', {}],
  ['admin', 'audit.list', {}],
  ['admin', 'links.list', { itemId: 'cases' }],
  ['admin', 'journal.list', { itemId: 'cases' }],
  ['admin', 'state', {}],
  ['admin', 'data.export', { issueKey: 'SUP-999' }],
  ['admin', 'tombstones.list', {}],
  ['admin', 'tombstones.lift', { itemId: 'cases', recordId: '500000000000001AAA' }],
  ['admin', 'items.list', {}],
  ['admin', 'items.source', { itemId: 'cases' }],
  ['admin', 'items.check', { files: { 'a.bridge': program } }],
  ['admin', 'items.preview', { files: { 'a.bridge': program } }],
  ['admin', 'items.try', { files: { 'a.bridge': program }, itemId: 'cases', recordId: '500000000000001AAA' }],
  ['admin', 'items.records', { files: { 'a.bridge': program }, itemId: 'cases', query: 'Fire' }],
  ['admin', 'program.versions', {}],
  ['admin', 'program.version', { version: 1 }],
  ['admin', 'items.save', { files: { 'a.bridge': program }, baseVersion: -1 }],
  ['admin', 'items.delete', { itemId: 'none' }],
  ['admin', 'items.versions', { itemId: 'cases' }],
  ['admin', 'items.restore', { itemId: 'cases', version: 99 }],
  ['admin', 'metadata.salesforce', { object: 'Case' }],
  ['admin', 'metadata.jira', { project: 'SUP' }],
  ['admin', 'runs.list', { itemId: 'cases' }],
  ['admin', 'attention.list', {}],
  ['admin', 'attention.retry', { id: 'none' }],
  ['admin', 'attention.dismiss', { id: 'none' }],
  ['admin', 'attention.resolve', { id: 'none', keep: 'jira' }],
];

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    '__proto__',
    'constructor',
    'toString',
    '../../etc/passwd',
    "' OR Id != '",
    '{{7*7}}',
    '<script>alert(1)</script>',
    '\u0000',
    'x'.repeat(300_000),
    -1,
    1e308,
    null,
    true,
    [],
    [[[[]]]],
    {},
    { toString: 1 },
    JSON.parse('{"__proto__":{"ok":true},"constructor":{"prototype":{"ok":true}}}'),
  ),
  fc.jsonValue({ maxDepth: 3 }),
);
const keys = [
  'itemId',
  'recordId',
  'query',
  'files',
  'baseVersion',
  'confirm',
  'version',
  'id',
  'keep',
  'object',
  'project',
  'loginUrl',
  'clientId',
  'clientSecret',
  '__proto__',
];
const payloads = fc.oneof(
  hostile,
  fc.dictionary(fc.constantFrom(...keys), hostile, { maxKeys: 4 }),
  fc
    .dictionary(fc.constantFrom(...keys), hostile, { maxKeys: 4 })
    .map(given => ({ files: { 'a.bridge': 'item' }, ...given })),
);

/** What the app keeps, but what it looked up and counted of reading. */
const kept = () => JSON.stringify(app.world.forge.kvs.dump().filter(({ key: name }) => !/meta|cache/.test(name)));

describe('P-9 the app’s boundary', () => {
  it.each(functions)(
    '%s %s answers whatever it is given, with a code and a sentence, and stays as it is',
    async (module, name, usual) => {
      const call = (payload: unknown) =>
        module === 'panel' ? app.panel(key, name, payload) : app.admin(name, payload);
      const before = kept();
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(
            payloads,
            fc
              .tuple(fc.constantFrom(...Object.keys(usual), 'extra'), hostile)
              .map(([field, value]) => ({ ...usual, [field]: value })),
          ),
          async payload => {
            const answer = await call(payload);
            if (answer.ok) return;
            const { code, message } = answer.error;
            expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
            expect(code, JSON.stringify(payload)?.slice(0, 300)).not.toBe('internal');
            expect(message).toMatch(/^[A-Z`“][\s\S]*[.?!]$/);
            expect(message.length).toBeLessThan(1_000);
            expect(message).not.toMatch(/undefined|\[object|at \w+ \(/);
          },
        ),
        { numRuns: 40, seed: 20261126 },
      );
      expect(({} as Record<string, unknown>).ok).toBeUndefined();
      expect(kept()).toBe(before);
    },
  );

  it.each(functions.filter(([module]) => module === 'admin'))(
    '%s %s is for people who administer Jira',
    async (_, name, usual) => {
      for (const role of ['agent', 'viewer', 'outsider'])
        expect(await app.admin(name, usual, role), role).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    },
  );

  it.each(functions.filter(([module]) => module === 'panel'))(
    'P-7 %s %s asks for Browse, and for Edit where it changes something',
    async (_, name, usual) => {
      expect(await app.panel(key, name, usual, 'outsider')).toMatchObject({ ok: false, error: { code: 'forbidden' } });
      const asViewer = await app.panel(key, name, usual, 'viewer');
      const changes = ['link', 'refresh', 'unlink'].includes(name);
      expect(!asViewer.ok && asViewer.error.code === 'forbidden').toBe(changes);
    },
  );
});
