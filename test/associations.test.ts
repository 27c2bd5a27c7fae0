/** What surrounds a linked record in the panel, as the sandbox's users see it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildCatalogue, demoCatalogue } from '../sandbox/salesforce/catalogue/index.ts';
import { readObjects } from '../sandbox/salesforce/catalogue/notation.ts';
import type { World } from '../sandbox/world.ts';
import { type App, openApp, resultOf } from './kit/app.ts';

interface Group {
  readonly leftOut?: true;
  readonly object: string;
  readonly label: string;
  readonly records: readonly {
    readonly recordId: string;
    readonly label: string;
    readonly url: string;
    readonly preview: readonly Readonly<Record<'field' | 'label' | 'type' | 'value', string>>[];
  }[];
}

/** Accounts with a good deal more around them than anybody wants to see. */
const many = Array.from(
  { length: 65 },
  (_, n) => `Thing_${n}__c | z${String(n).padStart(2, '0')} | Thing ${n} | Things ${n} | business search
  +id +deleted
  Name | Thing Name | string(80) | rw name
  Account__c | Account | reference(Account) | rw kids:Things_${n}__r
  +created +modified +stamp
`,
).join('\n');
const catalogue = buildCatalogue([...demoCatalogue.objects, ...readObjects(many)]);

const item = (object: string, associations: string, mode = 'sync display-only\n  show Name') =>
  `item around "Around" {\n  salesforce ${object}\n  jira SUP\n  ${mode}\n  associations ${associations}\n}\n`;

let app: App;
let world: World;
beforeEach(async () => {
  app = await openApp({ catalogue });
  world = app.world;
});
afterEach(() => world.stop());

const panel = (name: string, payload: unknown, role = 'agent') => app.panel('SUP-1', name, payload, role);
async function linked(program: string, record: string): Promise<void> {
  await app.program(program);
  await app.issue();
  await resultOf(panel('link', { itemId: 'around', recordId: record }));
}
const groups = (role = 'agent') => resultOf<readonly Group[]>(panel('associations', { itemId: 'around' }, role));

describe('P-6 associated records', () => {
  it('are the record’s parents and children with a compact preview, most useful first', async () => {
    const { hand } = world.salesforce;
    const account = hand.create('Account', { Name: 'Acme', Rating: 'Hot', Phone: '+1 555 0100' });
    const contact = hand.create('Contact', { LastName: 'Miller', AccountId: account, Email: 'm@acme.example' });
    const record = hand.create('Case', { Subject: 'Fire', AccountId: account, ContactId: contact });
    hand.create('Task', { Subject: 'Call', WhatId: record });
    hand.create('CaseComment', { ParentId: record, CommentBody: 'Not shown here.' });
    hand.create('Case', { Subject: 'Smoke', ParentId: record });
    await linked(item('Case', 'on', 'sync display-only\n  show CaseNumber'), record);
    const found = await groups();
    expect(found.map(({ object, label, records }) => [object, label, records.map(one => one.label)])).toEqual([
      ['Account', 'Account', ['Acme [+1 555 0100]']],
      ['Contact', 'Contact', ['Miller [m@acme.example]']],
      ['Case', 'Cases', [expect.stringMatching(/^\d{8} \[Smoke\]$/)]],
      ['Task', 'Tasks', [expect.stringContaining('Call')]],
    ]);
    expect(found[0]!.records[0]).toEqual({
      recordId: account,
      label: 'Acme [+1 555 0100]',
      url: `https://sandbox.my.salesforce.com/${account}`,
      preview: [
        { field: 'Type', label: 'Account Type', type: 'picklist', value: '' },
        { field: 'Rating', label: 'Account Rating', type: 'picklist', value: 'Hot' },
        { field: 'Phone', label: 'Account Phone', type: 'phone', value: '+1 555 0100' },
      ],
    });
  });

  it('of an account with seventy relationships come in few calls, and are no links', async () => {
    const { hand } = world.salesforce;
    const account = hand.create('Account', { Name: 'Acme' });
    for (let n = 0; n < 65; n++) hand.create(`Thing_${n}__c`, { Name: `Thing ${n}`, Account__c: account });
    for (let n = 0; n < 7; n++) hand.create('Case', { Subject: `Case ${n}`, AccountId: account });
    hand.create('Opportunity', { Name: 'More', AccountId: account, StageName: 'Prospecting', CloseDate: '2026-12-31' });
    await linked(item('Account', 'on'), account);
    world.forge.ledger.clear();
    const found = await groups();
    expect(found.slice(0, 2).map(({ object, records }) => [object, records.length])).toEqual([
      ['Case', 5],
      ['Opportunity', 1],
    ]);
    const shown = found.filter(({ leftOut }) => leftOut !== true);
    expect(shown.length).toBeLessThanOrEqual(60);
    // What is left out is named, and shown when somebody asks for it.
    const left = found.filter(({ leftOut }) => leftOut === true);
    expect(left.length).toBeGreaterThan(5);
    for (const { object, label, records } of left.slice(0, 2)) {
      expect([label, records]).toEqual([object.replace('Thing_', 'Things ').replace('__c', ''), []]);
      const [group] = await resultOf<readonly Group[]>(panel('associations', { itemId: 'around', objects: [object] }));
      expect(group).toMatchObject({ object, records: [{ label: object.replace('_', ' ').replace('__c', '') }] });
    }
    const calls = () => world.forge.ledger.calls().filter(({ system }) => system === 'salesforce');
    expect(calls().every(({ method, path }) => method === 'GET' || path.endsWith('/composite'))).toBe(true);
    // What each object looks like is read once an hour.
    world.forge.ledger.clear();
    expect(await groups()).toEqual(found);
    expect(calls().length).toBeLessThanOrEqual(13);
    expect((await world.state()).links).toHaveLength(1);
  });

  it('stop in time when Salesforce is slow, with the most useful ones found', async () => {
    const { hand } = world.salesforce;
    const account = hand.create('Account', { Name: 'Acme' });
    hand.create('Case', { Subject: 'Fire', AccountId: account });
    for (let n = 0; n < 65; n++) hand.create(`Thing_${n}__c`, { Name: `Thing ${n}`, Account__c: account });
    await linked(item('Account', 'on'), account);
    const whole = await groups();
    world.forge.faults.put(
      [2, 3, 4].map(nth => ({
        system: 'salesforce',
        match: { path: '/services/data/v67.0/composite' },
        nth,
        effect: 'slow' as const,
      })),
    );
    const before = world.clock.now();
    const found = await groups();
    expect(world.clock.now() - before).toBeLessThan(25_000);
    expect(found[0]?.object).toBe('Case');
    const shown = (all: readonly Group[]) => all.filter(({ leftOut }) => leftOut !== true).length;
    expect(shown(found)).toBeLessThan(shown(whole));
    expect(found.filter(({ leftOut }) => leftOut === true).length).toBeGreaterThan(50);
  });

  it('that nobody looked at before still show the most useful ones while every call takes twelve seconds', async () => {
    const { hand } = world.salesforce;
    const account = hand.create('Account', { Name: 'Acme' });
    hand.create('Case', { Subject: 'Fire', AccountId: account });
    for (let n = 0; n < 40; n++) hand.create(`Thing_${n}__c`, { Name: `Thing ${n}`, Account__c: account });
    await linked(item('Account', 'on'), account);
    world.forge.faults.put(
      Array.from({ length: 60 }, (_, at) => ({
        system: 'salesforce',
        match: {},
        nth: at + 1,
        effect: 'slow' as const,
      })),
    );
    const before = world.clock.now();
    const found = await groups();
    // Forge ends a resolver after 25 seconds.
    expect(world.clock.now() - before).toBeLessThan(25_000);
    expect(found[0]).toMatchObject({ object: 'Case', records: [{ label: expect.stringContaining('[Fire]') }] });
    const left = found.filter(({ leftOut }) => leftOut === true).map(({ label }) => label);
    expect(left.filter(label => label.startsWith('Things'))).toEqual(
      Array.from({ length: 65 }, (_, n) => `Things ${n}`),
    );
    // Several at once, as far as the time allows; what there is none of is said too.
    world.forge.faults.put([]);
    const some = ['Opportunity', 'Thing_2__c', 'Thing_3__c'];
    const next = await resultOf<readonly Group[]>(panel('associations', { itemId: 'around', objects: some }));
    expect(next.map(({ object, records }) => [object, records.length])).toEqual([
      ['Opportunity', 0],
      ['Thing_2__c', 1],
      ['Thing_3__c', 1],
    ]);
  });

  it('that grew a field meanwhile, or lost one, are read by a fresh look at the object', async () => {
    const { hand } = world.salesforce;
    const account = hand.create('Account', { Name: 'Acme', Phone: '+1 555 0100' });
    const record = hand.create('Case', { Subject: 'Fire', AccountId: account });
    await linked(item('Case', 'on', 'sync display-only\n  show CaseNumber'), record);
    expect((await groups())[0]!.records[0]!.label).toBe('Acme [+1 555 0100]');
    world.clock.advance(24 * 60 * 60_000);
    world.salesforce.setUp({ hidden: ['Account.Phone'] });
    expect((await groups())[0]!.records[0]!.label).toBe('Acme');
  });

  it('leave out what the Run As user may not see: a field, or a whole group', async () => {
    const { hand } = world.salesforce;
    const account = hand.create('Account', { Name: 'Acme', Phone: '+1 555 0100', Rating: 'Hot' });
    const record = hand.create('Case', { Subject: 'Fire', AccountId: account });
    hand.create('Task', { Subject: 'Call', WhatId: record });
    world.salesforce.setUp({ hidden: ['Account.Phone', 'Account.Rating', 'Task.WhatId'] });
    await linked(item('Case', 'on', 'sync display-only\n  show CaseNumber'), record);
    const found = await groups();
    expect(found.map(({ object, records }) => [object, records.map(({ label }) => label)])).toEqual([
      ['Account', ['Acme']],
    ]);
    expect(found[0]!.records[0]!.preview.map(({ field }) => field)).toEqual(['Type']);
    expect(JSON.stringify(found)).not.toMatch(/555 0100|Hot/);
  });

  it('are nothing where the item does not show them, and nobody’s who may not see the issue', async () => {
    const account = world.salesforce.hand.create('Account', { Name: 'Acme' });
    world.salesforce.hand.create('Case', { Subject: 'Fire', AccountId: account });
    await linked(item('Account', 'off'), account);
    expect(await groups()).toEqual([]);
    await world.saveProgram({ 'a.bridge': item('Account', 'on') });
    expect((await groups('viewer')).filter(({ leftOut }) => leftOut !== true)).toHaveLength(1);
    expect(await panel('associations', { itemId: 'around' }, 'outsider')).toMatchObject({
      error: { code: 'forbidden' },
    });
    expect(await panel('associations', { itemId: 'other' })).toMatchObject({ error: { code: 'gone' } });
  });
});

it('P-1 a field that is not to be seen is the matter of its own card; the others are shown', async () => {
  const { hand } = world.salesforce;
  const account = hand.create('Account', { Name: 'Acme', Rating: 'Hot' });
  const program = (id: string, field: string) =>
    item('Account', 'off', `sync display-only\n  show Name, ${field}`).replace('item around', `item ${id}`);
  await linked(program('around', 'Rating') + program('other', 'Type'), account);
  await resultOf(panel('link', { itemId: 'other', recordId: account }));
  world.salesforce.setUp({ hidden: ['Account.Rating'] });
  const cards = await resultOf<
    readonly { itemId: string; label: string; preview: unknown[]; attention: string | null }[]
  >(panel('cards', {}));
  expect(cards.map(({ itemId, label, preview, attention }) => [itemId, label, preview.length, attention])).toEqual([
    ['around', 'Acme', 1, 'Account has no field Rating, or the Run As user may not see it.'],
    ['other', 'Acme', 2, null],
  ]);
});
