/** What surrounds an Account with forty relationships, while Salesforce is slow, as an agent sees it in the panel. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildCatalogue, demoCatalogue } from '../../sandbox/salesforce/catalogue/index.ts';
import { readObjects } from '../../sandbox/salesforce/catalogue/notation.ts';
import { seriousFaults } from '../kit/axe.ts';
import { launchBrowser, openPage } from '../kit/browser.ts';
import { type Outside, openOutside } from '../kit/outside.ts';

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

let outside: Outside;
let browser: Browser;
beforeAll(async () => {
  const catalogue = buildCatalogue([...demoCatalogue.objects, ...readObjects(things)]);
  [outside, browser] = await Promise.all([openOutside({ empty: true, catalogue }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await outside?.stop();
});

it.each(['light', 'dark'] as const)(
  'P-6 ends in time, says what was left out, and fetches that when it is asked for, in %s',
  async colorScheme => {
    await outside.control('POST', '/control/reset', {});
    await outside.control('PUT', '/control/program', { files: { 'a.bridge': program } });
    const create = async (object: string, fields: Record<string, string>) =>
      (await outside.salesforce.sobject(object).create({ ...fields })).id as string;
    const account = await create('Account', { Name: 'Korvex Systems' });
    await create('Case', { Subject: 'Printer on fire', AccountId: account });
    await create('Thing_39__c', { Name: 'The last thing', Account__c: account });
    const { key } = await outside.jira<{ key: string }>('agent', 'POST', '/rest/api/3/issue', {
      fields: { project: { key: 'SUP' }, issuetype: { name: 'Incident' }, summary: 'By hand' },
    });
    const { accountId } = outside.sandbox.jiraUsers.find(({ role }) => role === 'agent')!;
    await outside.control('POST', '/control/invoke', {
      module: 'panel',
      function: 'link',
      payload: { itemId: 'around', recordId: account },
      accountId,
      issueKey: key,
    });

    const open = await openPage(browser, `${outside.sandbox.host}/app/panel?issue=${key}&user=agent`, {
      width: 480,
      colorScheme,
    });
    const { page } = open;
    const card = page.getByRole('article', { name: 'Accounts' });
    await card.getByText('Korvex Systems').first().waitFor();
    // What the objects look like is known from the first look on; of the records themselves nothing is kept.
    await card.getByText('Associated Salesforce Records').click();
    await card.locator('.group summary').filter({ hasText: 'Cases' }).waitFor();
    expect(await card.locator('.left-out').count()).toBe(0);
    await page.reload();
    await card.getByText('Korvex Systems').first().waitFor();
    await outside.control(
      'PUT',
      '/control/faults',
      [2, 3, 4, 5, 6, 7, 8].map(nth => ({
        system: 'salesforce',
        match: { path: '/services/data/v67.0/composite' },
        nth,
        effect: 'slow',
      })),
    );
    const now = async () => (await outside.control<{ now: number }>('GET', '/control/state')).now;
    const before = await now();
    await card.getByText('Associated Salesforce Records').click();
    await card.getByText('There was no time to look at these').waitFor();
    expect((await now()) - before).toBeLessThan(25_000);
    await card.locator('.group summary').filter({ hasText: 'Cases' }).waitFor();
    const left = card.locator('.left-out');
    expect(await left.getByRole('button').count()).toBeGreaterThan(30);
    if (process.env.PANEL_PICTURES !== undefined)
      await page.screenshot({ path: `${process.env.PANEL_PICTURES}/left-out-${colorScheme}.png`, fullPage: true });
    expect(await seriousFaults(page)).toEqual([]);

    await outside.control('PUT', '/control/faults', []);
    await left.getByRole('button', { name: 'Things 39' }).click();
    await card.locator('.group summary').filter({ hasText: 'Things 39' }).click();
    await card.getByRole('link', { name: /Open The last thing/ }).waitFor();
    expect(open.problems).toEqual([]);
    await open.close();
  },
);
