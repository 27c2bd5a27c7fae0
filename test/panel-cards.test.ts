/** P-1: what a card shows of its record, and what it says where that cannot be seen, be it a field, the record or all of Salesforce. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../editor/bridge/contract.ts';
import { type App, openApp, resultOf } from './kit/app.ts';

let app: App;
let account: string;
let record: string;
beforeEach(async () => {
  app = await openApp();
  await app.program(`item cases "Cases" {
  salesforce Case
  where Origin is "Phone"
  jira SUP / "Incident"
  sync one-way
  create all
  fields { Subject -> summary or else "Case" }
  show CaseNumber, Priority, IsClosed, CreatedDate, Account.Name, Account.Rating, Owner.Name, CreatedBy.Name
}
`);
  account = app.create('Account', { Name: 'Acme', Rating: 'Hot' });
  record = app.create('Case', { Subject: 'Fire', Origin: 'Phone', Priority: 'High', AccountId: account });
  app.world.clock.advance(60_000);
  await app.world.cycle();
});
afterEach(() => app.world.stop());

const card = async () => (await resultOf<readonly Card[]>(app.panel('SUP-1', 'cards')))[0]!;
const labels = async () => (await card()).preview.map(({ label }) => label);

describe('P-1 a card', () => {
  it('tells the fields of its parents apart, and of which type each is', async () => {
    expect(await labels()).toEqual([
      'Case Number',
      'Priority',
      'Closed',
      'Created Date',
      'Account Name',
      'Account Rating',
      'Owner Name',
      'Created By Name',
    ]);
    expect((await card()).preview).toMatchObject([
      { type: 'string' },
      { value: 'High' },
      { type: 'boolean', value: 'false' },
      { type: 'datetime' },
      { value: 'Acme' },
      {},
      {},
      {},
    ]);
  });

  it('leaves out only what the Run As user may not see, and names it', async () => {
    app.world.conditions.put({ salesforce: { hidden: ['Account.Rating', 'Case.Priority'] } });
    const { label, preview, attention, remedy } = await card();
    expect(label).toBe('00001001 [Fire]');
    expect(preview.map(one => one.label)).not.toContain('Priority');
    expect(preview.map(one => one.label)).not.toContain('Account Rating');
    expect(preview).toHaveLength(6);
    expect(attention).toMatch(/Case has no field Priority, or the Run As user may not see it\./);
    expect(attention).toMatch(/has no field Rating/);
    expect(remedy).toMatch(/A Salesforce admin can let the Run As user see it/);
  });

  it('says in an agent’s words that a record left the item, and that it goes on by itself', async () => {
    app.world.salesforce.hand.update(record, { Origin: 'Web' });
    app.world.clock.advance(60_000);
    await resultOf(app.panel('SUP-1', 'refresh', { itemId: 'cases' }));
    expect(await card()).toMatchObject({
      resting: true,
      attention: 'The record is none of those any more that this item keeps aligned.',
      remedy: expect.stringMatching(/goes on by itself once the record meets the item’s condition again/),
    });
  });

  it('sends an agent to an admin where the bridge cannot log in', async () => {
    app.world.forge.faults.put(
      Array.from({ length: 6 }, (_, at) => ({ system: 'salesforce', match: {}, nth: at + 1, effect: '401' }) as const),
    );
    const { attention, remedy } = await card();
    expect(attention).toBe('The bridge cannot log in to Salesforce, so no values are shown.');
    expect(remedy).toMatch(/^A Jira admin/);
  });
});
