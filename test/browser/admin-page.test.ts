/** The admin page in a real browser, under Forge's own policy and on the unmodified bridge. */
import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, type OpenPage, openPage } from '../kit/browser.ts';
import { exampleProgram, type Outside, openOutside } from '../kit/outside.ts';

let outside: Outside;
let browser: Browser;
let open: OpenPage | undefined;
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
  await outside.control('POST', '/control/connect', {});
  await outside.control('PUT', '/control/program', { files: exampleProgram() });
});

const visit = async (colorScheme: 'light' | 'dark' = 'light') => {
  open = await openPage(browser, `${outside.sandbox.host}/app/admin`, { colorScheme });
  await open.page.getByRole('heading', { name: 'Salesforce Bridge for Jira' }).waitFor();
  return open.page;
};
const shot = (name: string) => open!.page.screenshot({ path: new URL(`${name}.png`, shots).pathname, fullPage: true });

describe('the admin page', () => {
  it.each(['light', 'dark'] as const)('C-5 I-6 shows the connection and the items, in %s', async colorScheme => {
    const page = await visit(colorScheme);
    await page.getByText('Connected', { exact: true }).waitFor();
    for (const label of ['Login URL', 'Client ID', 'Org name', 'Org ID', 'Instance URL'])
      expect(await page.getByText(label, { exact: true }).count()).toBe(1);
    await page.getByRole('cell', { name: 'Support cases' }).waitFor();
    await page.getByText('Custom per mapping').waitFor();
    await shot(`admin-${colorScheme}`);
    expect(open!.problems).toEqual([]);
  });

  it('C-2 C-3 C-5 revokes, refuses a wrong secret with cause and remedy, and connects again', async () => {
    const page = await visit();
    await page.getByRole('button', { name: 'Revoke connection' }).click();
    await page.getByText('Revoke this connection?').waitFor();
    await page.getByRole('button', { name: 'Revoke connection' }).click();
    await page.getByText('Not connected').waitFor();

    const { id, secret } = outside.sandbox.salesforceClient;
    await page.getByLabel('Salesforce login URL').fill('https://sandbox.my.salesforce.com');
    await page.getByLabel('OAuth client ID').fill(id);
    await page.getByLabel('OAuth client secret').fill('not-the-secret');
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('Salesforce was not connected').waitFor();
    await page
      .getByText(/client secret/i)
      .last()
      .waitFor();
    expect(await page.content()).not.toContain('not-the-secret<');
    await shot('admin-wrong-secret');

    await page.getByLabel('OAuth client secret').fill(secret);
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('Connected', { exact: true }).waitFor();
    expect(await page.content()).not.toContain(secret);
  });

  it('I-6 pauses and resumes an item', async () => {
    const page = await visit();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    expect(open!.problems).toEqual([]);
  });
});
