/** What the admin sees of a program before it is active. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Preview } from '../runtime/run/index.ts';
import { type App, openApp, resultOf } from './kit/app.ts';

type Answer = Preview & { readonly ok: boolean; readonly diagnostics: readonly { readonly code: string }[] };

const item = (clauses: string, id = 'cases') => `item ${id} "Cases" {
  salesforce Case
  jira SUP / "Incident"
  sync custom
  ${clauses}
}
`;
const fields = 'fields { Subject -> summary or else "Case" }';

let app: App;
beforeEach(async () => {
  app = await openApp();
});
afterEach(() => app.world.stop());

const preview = (text: string) => resultOf<Answer>(app.admin('items.preview', { files: { 'a.bridge': text } }));
const linked = async (count: number, clauses = fields): Promise<void> => {
  await app.program(item(`create all\n  ${clauses}`));
  await app.world.cycle();
  for (let n = 0; n < count; n++) app.create('Case', { Subject: `Case ${n}`, Priority: n % 2 ? 'High' : 'Low' });
  app.world.clock.advance(60_000);
  await app.world.cycle();
  await app.world.settle();
};
/** Everything that is remembered, but what was looked up. */
const stored = () => app.world.forge.kvs.dump().filter(({ key }) => !key.includes('meta'));

describe('A-3 items.preview', () => {
  it('names the issues that would be made, their fields, and what keeps one from being made', async () => {
    app.create('Case', { Subject: 'Fire' });
    app.create('Case', { Subject: 'From the web', Origin: 'Web' });
    const { ok, items } = await preview(
      item('where Origin is not "Web"\n  create all since 2026-01-01\n  fields { Subject -> summary or else "Case" }'),
    );
    expect(ok).toBe(true);
    expect(items).toMatchObject([{ itemId: 'cases', unchanged: false, creates: 1, links: 0, looked: 0 }]);
    expect(items[0]!.entries.map(({ outcome, what, to, source }) => [outcome, what, to, source])).toEqual([
      ['created', 'Issue', undefined, 'a.bridge:6'],
      ['written', 'Summary', 'Fire', 'a.bridge:7'],
    ]);
    expect((await preview(item(`create all\n  ${fields}`))).items).toMatchObject([{ creates: 0, entries: [] }]);
  });

  it('foretells what a new issue is given and to where it is moved, as the next cycle then tells it', async () => {
    const text = item(`create all since 2026-01-01
  fields { Subject -> summary or else "Case" }
  new issue { labels = "from-salesforce" }
  when Priority is "High" move to "Waiting"
  otherwise leave`);
    app.create('Case', { Subject: 'Fire', Priority: 'High' });
    const { items } = await preview(text);
    const [found] = items as readonly (Preview['items'][number] & { labels: Record<string, string> })[];
    expect(Object.values(found!.labels)).toEqual([expect.stringMatching(/^\d+ \[Fire\]$/)]);
    expect(found!.entries.map(({ outcome, what, to, reason }) => [outcome, what, to, reason])).toEqual([
      ['created', 'Issue', undefined, 'a new record that the item covers'],
      ['written', 'Labels', 'from-salesforce', 'the program gives it to new issues'],
      ['written', 'Summary', 'Fire', 'a new issue takes Case Subject from Salesforce'],
      ['moved', 'Status', 'Waiting', 'the rule “when Priority is "High"” holds, unless it begins there'],
    ]);
    await app.program(text);
    await app.world.cycle();
    const { journal } = (await app.world.state()) as unknown as { journal: { what: string; to?: string }[] };
    for (const { what, to } of found!.entries.slice(1))
      expect(journal).toContainEqual(expect.objectContaining({ what, to }));
  });

  it('tells each write, move, blocked move and skip on the links that are there, with reason and line', async () => {
    await linked(2);
    await app.jira('agent', 'POST', '/issue/SUP-2/transitions', { transition: { id: '41' } });
    await app.world.settle();
    const { items } = await preview(
      item(`create all
  fields {
    Subject -> summary or else "Case"
    Priority -> priority { "High" -> "Highest" otherwise skip }
  }
  when Priority is "High" move to "Waiting"
  otherwise leave`),
    );
    const [found] = items;
    expect(found).toMatchObject({ unchanged: false, links: 2, looked: 2 });
    expect(found!.entries.map(({ issueKey, outcome, what, from, to }) => [issueKey, outcome, what, from, to])).toEqual(
      expect.arrayContaining([
        ['SUP-2', 'written', 'Priority', 'Medium', 'Highest'],
        ['SUP-2', 'blocked', 'Status', 'Done', 'Waiting'],
        ['SUP-1', 'skipped', 'Priority', expect.anything(), undefined],
      ]),
    );
    expect(found!.counts).toEqual({ written: 1, blocked: 1, skipped: 1 });
    expect(found!.entries.find(({ outcome }) => outcome === 'blocked')).toMatchObject({
      reason: expect.stringContaining('Jira offers no transition from “Done” to “Waiting”'),
      source: 'a.bridge:10',
    });
    for (const entry of found!.entries) expect(entry.reason).not.toBe('');
  });

  it('foretells exactly what the next cycle then writes', async () => {
    await linked(6);
    const next = item(`create all
  fields {
    Subject -> "Customer"
    Subject -> summary or else "Case"
    Priority -> priority { "High" -> "Highest" "Low" -> "Lowest" otherwise keep }
  }
  when Priority is "High" move to "Done"
  otherwise move to "In Progress"`);
    const { items } = await preview(next);
    const keyOf = (one: { issueKey?: string; outcome: string; what: string; to?: string }) =>
      [one.issueKey, one.outcome, one.what, one.to].join(' ');
    const before = new Set(((await app.world.state()).journal as { id: string }[]).map(({ id }) => id));
    await app.program(next);
    await app.world.cycle();
    const journal = (await app.world.state()).journal as {
      id: string;
      issueKey: string;
      outcome: string;
      what: string;
      to?: string;
    }[];
    const done = journal.filter(({ id }) => !before.has(id));
    expect(done.length).toBeGreaterThan(12);
    expect(items[0]!.entries.map(keyOf).sort()).toEqual(done.map(keyOf).sort());
  });

  it('changes nothing anywhere, and looks at nothing that means the same as now', async () => {
    await linked(3);
    const before = stored();
    app.world.forge.ledger.clear();
    const same = await preview(`# A comment more.\n${item(`create all\n  ${fields}`)}`);
    expect(same.items).toMatchObject([{ unchanged: true, links: 3, looked: 0, entries: [] }]);
    const other = await preview(item(fields.replace('"Case"', '"Another"'), 'others'));
    expect(other.removed).toEqual([{ itemId: 'cases', links: 3 }]);
    await preview(item('create all\n  fields { Subject <-> summary }'));
    expect(stored()).toEqual(before);
    const writes = app.world.forge.ledger
      .calls()
      .filter(
        ({ system, method, path }) =>
          ['jira', 'salesforce'].includes(system) && method !== 'GET' && !/bulkfetch|search|composite$/.test(path),
      );
    expect(writes).toEqual([]);
  });

  it('says what does not compile instead, and asks for a connection first', async () => {
    expect(await preview(item('fields { Subjekt -> summary }'))).toMatchObject({
      ok: false,
      items: [],
      diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'unknown-field' })]),
    });
    await app.admin('connection.revoke');
    expect(await app.admin('items.preview', { files: { 'a.bridge': item(fields) } })).toMatchObject({
      ok: false,
      error: { code: 'not-connected' },
    });
    expect(await app.admin('items.preview', { files: {} }, 'agent')).toMatchObject({ error: { code: 'forbidden' } });
  });
});

describe('A-3 items.try', () => {
  const attempt = (text: string, recordId: string) =>
    app.admin('items.try', { files: { 'a.bridge': text }, itemId: 'cases', recordId });
  const said = async (text: string, recordId: string) =>
    (await resultOf<{ entries: Preview['items'][number]['entries'] }>(attempt(text, recordId))).entries.map(
      ({ outcome, what, to, reason }) => [outcome, what, to ?? reason],
    );

  it('tells what a new issue of a record would take over, and writes nothing', async () => {
    const id = app.create('Case', { Subject: 'Fire', Origin: 'Web' });
    const before = stored();
    expect(await said(item(`create all\n  ${fields}`), id)).toEqual([
      ['created', 'Issue', 'the item covers the record: were it new, it would become an issue'],
      ['written', 'Summary', 'Fire'],
    ]);
    expect((await said(item(fields), id))[0]).toEqual([
      'skipped',
      'Issue',
      'auto-create is off: a person links the record; on a new issue it would fill these fields',
    ]);
    expect(await said(item(`where Origin is not "Web"\n  create all\n  ${fields}`), id)).toEqual([
      ['skipped', 'Issue', 'the record does not meet the `where`'],
    ]);
    expect(stored()).toEqual(before);
  });

  it('tells what its link would bring, and refuses what is no record of the item', async () => {
    await linked(1);
    const [link] = await resultOf<{ record: string }[]>(app.admin('links.list'));
    const text = item('create all\n  fields { Status -> summary or else skip }');
    expect(await said(text, link!.record)).toEqual([['written', 'Summary', 'New']]);
    expect(await attempt(text, 'abc')).toMatchObject({ ok: false, error: { code: 'invalid' } });
    expect(await attempt(item('fields { Nope -> summary }'), link!.record)).toMatchObject({
      ok: false,
      error: { code: 'does-not-compile' },
    });
  });
});
