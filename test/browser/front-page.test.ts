/** The sandbox's front page in a real browser: what a first visitor does, in light and in dark. */
import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, type OpenPage, openPage } from '../kit/browser.ts';
import { exampleProgram, type Outside, openOutside } from '../kit/outside.ts';

let outside: Outside;
let browser: Browser;
let open: OpenPage | undefined;
let accountId: string;
const shots = new URL('../../build/screenshots/', import.meta.url);

beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  [outside, browser] = await Promise.all([openOutside({ empty: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await outside?.stop();
});
beforeEach(async () => {
  await open?.close();
  await outside.control('POST', '/control/reset', {});
  await outside.control('PUT', '/control/program', { files: exampleProgram() });
  const account = { Name: 'Korvex Systems', Rating: 'Hot', Type: 'Customer - Direct' };
  accountId = (await outside.salesforce.sobject('Account').create(account)).id as string;
});

const visit = async (colorScheme: 'light' | 'dark' = 'light', width = 1440) => {
  open = await openPage(browser, outside.sandbox.host, { colorScheme, width });
  await open.page.getByRole('heading', { name: 'Salesforce Bridge for Jira' }).waitFor();
  return open.page;
};
const shot = (name: string) => open!.page.screenshot({ path: new URL(`${name}.png`, shots).pathname });

describe('the front page', () => {
  it.each(['light', 'dark'] as const)('takes a visitor from a new case to its issue, in %s', async colorScheme => {
    const page = await visit(colorScheme);
    await page.getByRole('button', { name: 'New case' }).click();
    await page.getByLabel('Subject').fill('Printer on fire');
    await page.getByLabel('Account').selectOption({ label: 'Korvex Systems (Hot)' });
    await page.getByRole('button', { name: 'Create case' }).click();
    await page.locator('.salesforce .card').filter({ hasText: 'Printer on fire' }).waitFor();
    await page.getByRole('button', { name: 'Run a cycle' }).click();

    const issue = page.locator('.jira .card').filter({ hasText: 'Printer on fire' });
    await issue.waitFor();
    expect(await issue.locator('.lozenge').textContent()).toBe('Done');
    const report = page.locator('.report tbody tr');
    expect(await report.count()).toBeGreaterThan(0);
    // Pointing at a write lights up the line of the program that asked for it.
    await report.first().hover();
    expect(await page.locator('.code .line.lit').count()).toBe(1);
    await shot(`front-page-${colorScheme}`);
    expect(open!.problems).toEqual([]);
  });

  it('P3 shows an edit in Jira being put back', async () => {
    await outside.salesforce.sobject('Case').create({ Subject: 'Old', Origin: 'Phone', AccountId: accountId });
    await outside.cycle();
    const page = await visit();
    await page.locator('.jira .card-head').first().click();
    await page.getByLabel('Summary').fill('Mine');
    await page.getByRole('button', { name: 'Save in Jira' }).click();
    await page.locator('.jira .card').filter({ hasText: 'Mine' }).waitFor();
    await outside.control('POST', '/control/clock', { advance: '5m' });
    await page.getByRole('button', { name: 'Run a cycle' }).click();
    await page.locator('.jira .card').filter({ hasText: 'Old' }).waitFor();
    expect(open!.problems).toEqual([]);
  });

  it('refuses a program that does not compile and says where and why', async () => {
    const page = await visit();
    const text = page.getByLabel('Text of support-cases.bridge');
    await text.fill((await text.inputValue()).replace('-> summary', '-> sumary').replace('->  summary', '-> sumary'));
    await page.getByRole('button', { name: 'Activate' }).click();
    const finding = page.locator('.findings .error').first();
    await finding.waitFor();
    expect(await finding.textContent()).toMatch(/support-cases\.bridge:\d+.*sumary.*summary/s);
    await shot('front-page-finding');
    // What was active before goes on working.
    await outside.salesforce
      .sobject('Case')
      .create({ Subject: 'Still bridged', Origin: 'Phone', AccountId: accountId });
    await page.getByRole('button', { name: 'Run a cycle' }).click();
    await page.locator('.jira .card').filter({ hasText: 'Still bridged' }).waitFor();
  });

  it('can be used on a narrow screen', async () => {
    const page = await visit('light', 420);
    await page.getByRole('button', { name: 'Run a cycle' }).waitFor();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await shot('front-page-narrow');
  });
});
