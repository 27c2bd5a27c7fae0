/** What surrounds an Account with forty relationships, while Salesforce is slow, as an agent sees it in the panel. */
import { expect, it } from 'vitest';
import { buildCatalogue, demoCatalogue } from '../../sandbox/salesforce/catalogue/index.ts';
import { readObjects } from '../../sandbox/salesforce/catalogue/notation.ts';
import { looksSound } from '../kit/looks.ts';
import { setStage } from '../kit/stage.ts';

const things = Array.from(
  { length: 40 },
  (_, n) => `Thing_${n}__c | z${String(n).padStart(2, '0')} | Thing ${n} | Things ${n} | business search
  +id +deleted
  Name | Thing Name | string(80) | rw name
  Account__c | Account | reference(Account) | rw kids:Things_${n}__r
  +created +modified +stamp
`,
).join('\n');

const program = 'item around "Accounts" { salesforce Account jira SUP sync display-only show Name associations on }\n';

const stage = setStage({ catalogue: buildCatalogue([...demoCatalogue.objects, ...readObjects(things)]) });

it('P-6 ends in time, says what was left out, and fetches that when it is asked for', async () => {
  await stage.reset({ 'a.bridge': program });
  const create = async (object: string, fields: Record<string, string>) =>
    (await stage.outside.salesforce.sobject(object).create({ ...fields })).id as string;
  const account = await create('Account', { Name: 'Korvex Systems' });
  await create('Case', { Subject: 'Printer on fire', AccountId: account });
  await create('Opportunity', { Name: 'More', AccountId: account, StageName: 'Prospecting', CloseDate: '2026-12-31' });
  await create('Thing_39__c', { Name: 'The last thing', Account__c: account });
  const { key } = await stage.outside.jira<{ key: string }>('agent', 'POST', '/rest/api/3/issue', {
    fields: { project: { key: 'SUP' }, issuetype: { name: 'Incident' }, summary: 'By hand' },
  });
  const { accountId } = stage.outside.sandbox.jiraUsers.find(({ role }) => role === 'agent')!;
  await stage.outside.control('POST', '/control/invoke', {
    module: 'panel',
    function: 'link',
    payload: { itemId: 'around', recordId: account },
    accountId,
    issueKey: key,
  });

  const page = await stage.open(`/app/panel?issue=${key}&user=agent`, { width: 480 });
  const card = page.getByRole('article', { name: 'Accounts' });
  await card.getByText('Korvex Systems').first().waitFor();
  // What the objects look like is known from the first look on; of the records themselves nothing is kept.
  await card.getByText('Associated Salesforce Records').click();
  await card.locator('.group summary').filter({ hasText: 'Cases' }).waitFor();
  expect(await card.locator('.left-out').count()).toBe(0);
  // A day as people read it, as in the card's own preview.
  const opportunities = card.locator('.group').filter({ hasText: 'Opportunities' });
  await opportunities.locator('summary').click();
  await opportunities.getByText('Close Date: Dec 31, 2026').waitFor();
  await page.reload();
  await card.getByText('Korvex Systems').first().waitFor();
  await stage.outside.control(
    'PUT',
    '/control/faults',
    [2, 3, 4, 5, 6, 7, 8].map(nth => ({
      system: 'salesforce',
      match: { path: '/services/data/v67.0/composite' },
      nth,
      effect: 'slow',
    })),
  );
  const now = async () => (await stage.outside.control<{ now: number }>('GET', '/control/state')).now;
  const before = await now();
  await card.getByText('Associated Salesforce Records').click();
  await card.getByText('left out, to keep you from waiting').waitFor();
  expect((await now()) - before).toBeLessThan(25_000);
  await card.locator('.group summary').filter({ hasText: 'Cases' }).waitFor();
  const left = card.locator('.left-out');
  const names = await left.locator('summary').allInnerTexts();
  expect(names.length).toBeGreaterThan(30);
  const things = names.filter(name => name.startsWith('Things')).map(name => Number(name.split(' ')[1]));
  expect(things).toEqual(Array.from({ length: 40 }, (_, n) => n));
  await looksSound(page, 'left-out');

  // One of them, found by its name; and one that has nothing.
  await stage.outside.control('PUT', '/control/faults', []);
  await left.getByRole('searchbox').fill('39');
  await left.getByText('Things 39').click();
  await card.getByRole('link', { name: /Open The last thing/ }).waitFor();
  await left.getByRole('searchbox').fill('things 7');
  await left.getByText('Things 7').click();
  await left.getByText('There are none, as far as the Run As user may see.').waitFor();
  await left.getByRole('searchbox').fill('');
  // The rest of them together.
  await left.getByRole('button', { name: 'Look at them now' }).click();
  await left.getByText(/^Of \d\d more kinds of records there are none/).waitFor();
  expect(await card.locator('.group summary').allInnerTexts()).toEqual([
    expect.stringContaining('Cases'),
    expect.stringContaining('Opportunities'),
    expect.stringContaining('Things 39'),
  ]);
  await looksSound(page, 'left-out-all');
  expect(stage.problems).toEqual([]);
});
