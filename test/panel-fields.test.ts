/** P-7: of a record the panel shows what the item names and the curated short list, and nothing else of it, to nobody. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCatalogue } from '../sandbox/salesforce/catalogue/index.ts';
import { type App, openApp, resultOf } from './kit/app.ts';

const secret = 'not-for-the-panel';

/** A secret in every text field that can be written, but those that stand in `open`. */
function secretFields(object: string, open: readonly string[]): Readonly<Record<string, string>> {
  const fields = demoCatalogue
    .object(object)!
    .fields.filter(
      field =>
        field.createable &&
        ['string', 'textarea', 'phone', 'url', 'email'].includes(field.type) &&
        field.compound === null &&
        !open.includes(field.name),
    );
  return Object.fromEntries(
    fields.map(({ name, type, length }) => {
      const text = type === 'email' ? `${secret}@example.com` : type === 'url' ? `https://${secret}.example` : secret;
      return [name, length > 0 ? text.slice(0, length) : text];
    }),
  );
}

let app: App;
beforeAll(async () => {
  app = await openApp();
  await app.program(`item cases "Cases" {
  salesforce Case
  jira SUP / "Incident"
  sync one-way
  create all
  fields { Subject -> summary or else "Case" }
  show CaseNumber, Priority
  associations on
}
`);
  await app.world.cycle();
  const account = app.create('Account', { Name: 'Acme', ...secretFields('Account', ['Name', 'Phone']) });
  const contact = app.create('Contact', {
    LastName: 'Lee',
    AccountId: account,
    ...secretFields('Contact', ['LastName', 'Title', 'Email', 'Phone']),
  });
  const own = secretFields('Case', ['Subject']);
  expect(Object.keys(own).length).toBeGreaterThan(4);
  const record = app.create('Case', { Subject: 'Fire', AccountId: account, ContactId: contact, ...own });
  app.create('Case', { Subject: 'Smoke', ParentId: record, ...own });
  app.create('Task', { Subject: 'Call', WhatId: record, ...secretFields('Task', ['Subject']) });
  app.world.clock.advance(60_000);
  await app.world.cycle();
});
afterAll(() => app.world.stop());

describe('P-7 what the panel tells of a record', () => {
  it.each([
    ['cards', {}],
    ['search', { itemId: 'cases', query: 'fire' }],
    ['search', { itemId: 'cases', query: secret }],
    ['associations', { itemId: 'cases' }],
    ['explain', { itemId: 'cases' }],
    ['refresh', { itemId: 'cases' }],
  ])('%s %j holds no other field of it', async (name, payload) => {
    const answer = await resultOf<unknown>(app.panel('SUP-1', name, payload));
    const said = JSON.stringify(answer);
    if (!('query' in payload && payload.query === secret)) expect(said.length).toBeGreaterThan(20);
    expect(said).not.toContain(secret);
  });
});
