/** What a look at an issue costs in the panel: one resolver call, and of Salesforce as few calls as there can be. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, openApp, resultOf } from './kit/app.ts';

interface Card {
  readonly linked: boolean;
  readonly label: string;
  readonly preview: readonly { readonly value: string }[];
}

const item = (id: string, object: string, show: string) =>
  `item ${id} "${id}" { salesforce ${object} jira SUP sync display-only show ${show} associations on }\n`;

let app: App;
let key: string;
beforeAll(async () => {
  app = await openApp();
  await app.program(
    item('cases', 'Case', 'CaseNumber, Account.Name') +
      item('accounts', 'Account', 'Name') +
      item('contacts', 'Contact', 'LastName, Account.Name'),
  );
  key = await app.issue();
  const account = app.create('Account', { Name: 'Acme' });
  const contact = app.create('Contact', { LastName: 'Lee', AccountId: account });
  const records = {
    cases: app.create('Case', { Subject: 'Fire', AccountId: account }),
    accounts: account,
    contacts: contact,
  };
  for (const [itemId, recordId] of Object.entries(records))
    await resultOf(app.panel(key, 'link', { itemId, recordId }));
});
afterAll(() => app.world.stop());

describe('P-1 a panel with three linked items', () => {
  it.each([
    ['at once', 0],
    ['hours later, when the session is over', 2.5 * 60 * 60_000],
    ['a month later', 30 * 24 * 60 * 60_000],
  ])('costs at most two Salesforce calls, a sign-in among them, %s', async (_, later) => {
    const { clock, forge } = app.world;
    clock.advance(later);
    forge.ledger.clear();
    const cards = await resultOf<readonly Card[]>(app.panel(key, 'cards'));
    expect(cards.map(({ linked, label, preview }) => [linked, label, preview.at(-1)?.value])).toEqual([
      [true, 'Acme', 'Acme'],
      [true, expect.stringContaining('[Fire]'), 'Acme'],
      [true, 'Lee', 'Acme'],
    ]);
    const calls = forge.ledger.calls().filter(({ system }) => system === 'salesforce');
    expect(calls.length, JSON.stringify(calls.map(({ path }) => path))).toBeLessThanOrEqual(2);
    expect(calls.length).toBeGreaterThan(0);
  });

  it('a field that the Run As user lost since the describe costs its own card alone', async () => {
    app.world.salesforce.setUp({ hidden: ['Case.Subject'] });
    const cards = await resultOf<readonly Card[]>(app.panel(key, 'cards'));
    expect(cards.map(({ label }) => label)).toEqual(['Acme', expect.stringMatching(/^\d{8}$/), 'Lee']);
  });
});
