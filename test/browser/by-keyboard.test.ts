/**
 * An admin's first day by keyboard alone: connects, makes an item with the form, mends what is warned of, looks at what
 * would happen, activates, edits in the code and leaves it again, restores a version. Nothing is clicked.
 */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { exampleProgram } from '../kit/outside.ts';
import { setStage } from '../kit/stage.ts';

const stage = setStage();

interface Stop {
  readonly name: string;
  readonly tag: string;
  /** A ring, a colour or a caret of its own: something says that it is here. */
  readonly seen: boolean;
  /** In the window, and nothing stands above it. */
  readonly open: boolean;
}

/** What holds the focus, as a screen reader names it and as an eye finds it. */
const stop = (page: Page) =>
  page.evaluate(`(() => {
    const at = document.activeElement;
    const words = ids => (ids ?? '').split(' ').map(id => document.getElementById(id)?.textContent ?? '').join(' ');
    const labels = [...(at.labels ?? [])].map(each => each.textContent).join(' ');
    const name = (words(at.getAttribute('aria-labelledby')).trim() || at.getAttribute('aria-label') || labels || at.textContent || '').trim();
    const ring = each => { const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each); return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'; };
    let seen = at.matches('input:not([type=radio], [type=checkbox]), textarea');
    for (let each = at, up = 0; each !== null && up < 4; each = each.parentElement, up++) seen ||= ring(each);
    seen ||= at.nextElementSibling !== null && ring(at.nextElementSibling);
    const { x, y, width, height } = at.getBoundingClientRect();
    const above = document.elementFromPoint(x + width / 2, y + Math.min(height / 2, 10));
    return { name, tag: at.tagName, seen, open: above !== null && (at.contains(above) || above.contains(at) || above.closest('label, .field, .turn, .segments, .monaco-editor') !== null) };
  })()`) as Promise<Stop>;

/** Goes on with Tab until it is there; every stop on the way has a name and can be seen. */
async function reach(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  const way: string[] = [];
  for (let step = 0; step < 90; step++) {
    const here = await stop(page);
    const is = typeof name === 'string' ? here.name === name : name.test(here.name);
    if (is && here.tag !== 'H1') return;
    if (here.tag !== 'BODY') {
      expect(here.name, `a stop after ${way.join(', ')}`).not.toBe('');
      if (here.tag !== 'H1' && way.length > 0) expect(here, here.name).toMatchObject({ seen: true, open: true });
    }
    way.push(here.name.slice(0, 30));
    await page.keyboard.press(key);
  }
  throw new Error(`${name} cannot be reached: ${way.join(' › ')}`);
}
const press = async (page: Page, name: string | RegExp, key = 'Enter') => {
  await reach(page, name);
  await page.keyboard.press(key);
};
const choose = async (page: Page, name: string, choice: string) => {
  await reach(page, name);
  await page.keyboard.type(choice);
  await page.getByRole('listbox').getByRole('option', { name: choice }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('listbox').waitFor({ state: 'detached' });
};
const held = async (page: Page) => expect((await stop(page)).tag).not.toBe('BODY');

it('A-1 A-2 A-3 A-4 C-2 a first item by keyboard alone: nothing is lost, hidden or without a name on the way', async () => {
  await stage.reset();
  await stage.admin('connection.revoke');
  const page = await stage.open('/app/admin');
  const { salesforceClient } = stage.outside.sandbox;
  await page.getByText('First, connect Salesforce').waitFor();
  // The way into the page leads through the host's own controls.
  await page.locator('body').focus();
  await reach(page, /^Salesforce login URL/);
  await page.keyboard.type('sandbox.my.salesforce.com');
  await reach(page, /^OAuth client ID/);
  await page.keyboard.type(salesforceClient.id);
  await reach(page, /^OAuth client secret/);
  await page.keyboard.type(salesforceClient.secret);
  await page.keyboard.press('Enter');
  await page.getByText('Connected', { exact: true }).waitFor();
  await expect.poll(async () => (await stop(page)).tag).not.toBe('BODY');

  // With the form.
  await press(page, /^Start with this: Bring records into Jira/);
  await page.getByRole('form').waitFor();
  await expect.poll(async () => (await stop(page)).tag).toBe('H1');
  await reach(page, /^Name/);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Web cases');
  await page.keyboard.press('Enter');
  await choose(page, 'Salesforce object', 'Case');
  await choose(page, 'Jira project', 'Support');
  await choose(page, 'Issue type', 'Incident');
  await press(page, 'Add a mapping');
  await expect.poll(async () => (await stop(page)).name).toBe('New mapping: Salesforce field');
  await choose(page, 'New mapping: Salesforce field', 'Case Subject');
  await choose(page, 'New mapping: Jira field', 'Summary');
  await expect.poll(async () => (await stop(page)).name).toBe('Add a mapping');
  await choose(page, 'Auto-create Jira issues', 'For every new record');

  // A warning is told, and mended.
  const told = page.getByRole('region', { name: 'Findings' }).getByRole('status');
  await told.getByText('1 warning').waitFor();
  await reach(page, 'Mapping 1: options', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await choose(page, 'Where a value is empty or does not fit', 'Write a text instead');
  await told.getByText('No findings: this compiles').waitFor();

  // What would happen, and then it happens.
  await reach(page, 'Activate…', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('creates no issue now').waitFor();
  expect(await page.evaluate(`document.activeElement.closest('dialog') !== null`)).toBe(true);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect((await stop(page)).name).toBe('Activate…');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('creates no issue now').waitFor();
  await press(page, 'Activate');
  await page.getByRole('row', { name: 'Web cases' }).waitFor();
  await expect.poll(async () => (await stop(page)).tag).toBe('H1');

  // In the code, and out of it again.
  await press(page, 'Edit Web cases');
  await page.getByRole('form').waitFor();
  await press(page, 'Code');
  await page.getByText('Salesforce call a cycle for the whole program').waitFor();
  await reach(page, /^Code of the program/);
  expect((await stop(page)).name).toContain('Control M');
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('# By keyboard\n');
  await page.locator('.view-line').filter({ hasText: '# By keyboard' }).waitFor();
  await page.keyboard.press('Control+M');
  await page.locator('.monaco-aria-container').getByText(/Tab/).first().waitFor();
  await page.keyboard.press('Tab');
  await expect.poll(async () => page.evaluate(`document.activeElement.closest('.monaco-editor') === null`)).toBe(true);
  await held(page);
  await reach(page, 'Activate…', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('Nothing').or(page.getByRole('dialog').getByText('issue')).first().waitFor();
  await press(page, 'Activate');
  await page.getByRole('row', { name: 'Web cases' }).waitFor();

  // Back to the first version.
  await press(page, 'More for Web cases');
  await page.keyboard.press('v');
  await page.keyboard.press('Enter');
  await page.getByText('Version 2', { exact: true }).waitFor();
  await press(page, 'Compare version 1 with the active one');
  await page.getByRole('dialog').locator('.view-line').filter({ hasText: '# By keyboard' }).first().waitFor();
  await page.keyboard.press('Escape');
  expect((await stop(page)).name).toBe('Compare version 1 with the active one');
  await press(page, 'Restore version 1');
  await press(page, 'Restore');
  await page.getByText('Version 3', { exact: true }).waitFor();
  await expect.poll(async () => (await stop(page)).tag).not.toBe('BODY');
  expect(stage.problems).toEqual([]);
}, 180_000);

it('A-1 a dialog gives the focus back to what opened it, however it is closed', async () => {
  await stage.reset(exampleProgram());
  const page = await stage.open('/app/admin');
  const dialog = page.getByRole('dialog');
  const close: Readonly<Record<string, () => Promise<void>>> = {
    Escape: () => page.keyboard.press('Escape'),
    Close: () => dialog.getByRole('button', { name: 'Close' }).click(),
    Cancel: () => dialog.getByRole('button', { name: 'Cancel' }).click(),
  };
  const open: Readonly<Record<string, () => Promise<void>>> = {
    'More for Support cases': async () => {
      await page.getByRole('button', { name: 'More for Support cases' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
    },
    'Revoke connection': () => page.getByRole('button', { name: 'Revoke connection' }).click(),
  };
  for (const [opener, act] of Object.entries(open))
    for (const [way, shut] of Object.entries(close)) {
      await act();
      await dialog.waitFor();
      expect(await page.evaluate(`document.activeElement.closest('dialog') !== null`), `${way} of ${opener}`).toBe(
        true,
      );
      await shut();
      await dialog.waitFor({ state: 'detached' });
      expect([way, (await stop(page)).name]).toEqual([way, opener]);
    }

  // What opened it is disabled while the table is read again.
  await stage.admin('items.save', {
    files: { 'support-cases.bridge': `${exampleProgram()['support-cases.bridge']!}\n` },
    baseVersion: 1,
  });
  await page.getByRole('button', { name: 'More for Support cases' }).click();
  await page.getByRole('menuitem', { name: 'Versions' }).click();
  await page.getByRole('button', { name: 'Restore version 1' }).click();
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Version 3', { exact: true }).waitFor();
  await held(page);
  expect(stage.problems).toEqual([]);
}, 90_000);
