/** The editor in a real browser: form and code are two views of one text, and two admins do not write over each other. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seriousFaults } from '../kit/axe.ts';
import { launchBrowser, type OpenPage, openPage } from '../kit/browser.ts';
import { type Outside, openOutside } from '../kit/outside.ts';

const path = 'support.bridge.yaml';
const text = readFileSync(
  new URL('../../examples/support-cases-yaml/support-cases.bridge.yaml', import.meta.url),
  'utf8',
);

let outside: Outside;
let browser: Browser;
let open: OpenPage | undefined;

beforeAll(async () => {
  [outside, browser] = await Promise.all([openOutside({ empty: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await outside?.stop();
});
beforeEach(async () => {
  await open?.close();
  await outside.control('POST', '/control/reset', {});
  await outside.control('PUT', '/control/program', { files: { [path]: text } });
});

const invoke = async <T>(name: string, payload: object = {}): Promise<T> => {
  const accountId = outside.sandbox.jiraUsers.find(user => user.role === 'admin')!.accountId;
  const answer = await outside.control<{ result: T }>('POST', '/control/invoke', {
    module: 'admin',
    function: name,
    payload,
    accountId,
  });
  return answer.result;
};
const saved = () => invoke<{ version: number; files: Record<string, string> }>('items.list');

const visit = async (options: { colorScheme?: 'dark'; width?: number } = {}): Promise<Page> => {
  open = await openPage(browser, `${outside.sandbox.host}/app/admin#/edit?item=support-cases`, options);
  await open.page.getByRole('button', { name: 'Mapping 2: options' }).waitFor();
  return open.page;
};
const activate = async (page: Page) => {
  await page.getByRole('button', { name: 'Activate…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Activate', exact: true }).click();
};

describe('the editor', () => {
  it('A-2 a change in the form is a small change of the text, comments and layout kept', async () => {
    const page = await visit();
    const owner = page.getByRole('button', { name: 'Salesforce owns: its value is written to Jira' });
    await owner.nth(1).click();
    await page.locator('.view-line').filter({ hasText: 'jira: description, owner: salesforce' }).waitFor();
    await page.getByLabel('Attachments').check({ force: true });
    await page.getByText('1 warning').waitFor();
    await activate(page);
    await page.getByRole('row', { name: 'Support cases' }).waitFor();
    const now = (await saved()).files[path]!;
    expect(now.replace('    attachments: on\n', '')).toBe(
      text.replace('jira: description, owner: both', 'jira: description, owner: salesforce'),
    );
    expect(now).toContain('    attachments: on\n');
    expect(open!.problems).toEqual([]);
  });

  it('A-2 what is typed in the code is in the form', async () => {
    const page = await visit();
    await page.locator('.view-line').filter({ hasText: 'name: Support cases' }).click();
    await page.keyboard.press('End');
    await page.keyboard.type(' of today');
    await expect.poll(() => page.getByLabel('Name').first().inputValue()).toBe('Support cases of today');
    expect(open!.problems).toEqual([]);
  });

  it('A-2 goes to what a name means and renames it everywhere', async () => {
    const page = await visit();
    await page.locator('.view-line').filter({ hasText: 'by: severity' }).getByText('severity').click();
    await page.keyboard.press('F12');
    await page.locator('.view-line').filter({ hasText: 'severity:' }).waitFor();
    await page.locator('.line-numbers.active-line-number').filter({ hasText: '45' }).waitFor();
    await page.keyboard.press('F2');
    const box = page.locator('input.rename-input');
    await box.fill('urgency');
    await box.press('Enter');
    await page.locator('.view-line').filter({ hasText: 'urgency:' }).waitFor();
    await activate(page);
    await page.getByRole('row', { name: 'Support cases' }).waitFor();
    expect((await saved()).files[path]).toBe(text.replaceAll('severity', 'urgency'));
    expect(open!.problems).toEqual([]);
  });

  it('A-3 two admins: the later one sees both, and brings both together', async () => {
    const page = await visit();
    await page.getByLabel('Name').first().fill('Mine');
    await page.keyboard.press('Enter');
    await page.locator('.view-line').filter({ hasText: 'name: Mine' }).waitFor();
    const { version, files } = await saved();
    const theirs = files[path]!.replace('moveTo: Done', 'moveTo: Waiting');
    await invoke('items.save', { files: { [path]: theirs }, baseVersion: version });

    await activate(page);
    await page.getByText('Somebody else saved meanwhile').waitFor();
    expect((await saved()).files[path]).toBe(theirs);
    await page.getByRole('button', { name: 'Bring both together' }).click();
    await page.locator('.view-line').filter({ hasText: 'name: Mine' }).waitFor();
    await activate(page);
    await page.getByRole('row', { name: 'Mine' }).waitFor();
    expect((await saved()).files[path]).toBe(theirs.replace('name: Support cases', 'name: Mine'));
    expect(open!.problems).toEqual([]);
  });

  it('A-2 can be used in the dark and on a narrow page', async () => {
    const page = await visit({ colorScheme: 'dark', width: 360 });
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond).toBeLessThanOrEqual(0);
    expect(await seriousFaults(page)).toEqual([]);
    expect(open!.problems).toEqual([]);
  });
});
