/** The editor in a real browser: form and code are two views of one text, and two admins do not write over each other. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { format } from '../../dsl/printer/index.ts';
import { createSourceFile } from '../../dsl/source.ts';
import { looksSound } from '../kit/looks.ts';
import { exampleProgram, writesOf } from '../kit/outside.ts';
import { setStage } from '../kit/stage.ts';

const path = 'support.bridge.yaml';
const text = readFileSync(
  new URL('../../examples/support-cases-yaml/support-cases.bridge.yaml', import.meta.url),
  'utf8',
);

const stage = setStage();
beforeEach(() => stage.reset({ [path]: text }));

const saved = () => stage.admin<{ version: number; files: Record<string, string> }>('items.list');

const visit = async (): Promise<Page> => {
  const page = await stage.open('/app/admin#/edit?item=support-cases');
  await page.getByRole('button', { name: 'Mapping 2: options' }).waitFor();
  return page;
};
const activate = async (page: Page) => {
  await page.getByRole('button', { name: 'Activate…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Activate', exact: true }).click();
};

describe('the editor', () => {
  it('A-2 a change in the form is a small change of the text, and what is typed there is in the form', async () => {
    const page = await visit();
    await page.locator('.view-line').filter({ hasText: 'name: Support cases' }).click();
    await page.keyboard.press('End');
    await page.keyboard.type(' of today');
    await expect.poll(() => page.getByLabel('Name').first().inputValue()).toBe('Support cases of today');
    const owner = page.getByRole('button', { name: 'Salesforce owns: its value is written to Jira' });
    await owner.nth(1).click();
    await page.locator('.view-line').filter({ hasText: 'jira: description, owner: salesforce' }).waitFor();
    await page.getByText('Attachments', { exact: true }).click();
    expect(await page.getByLabel('Attachments').isChecked()).toBe(true);
    await page.getByText('1 warning').waitFor();
    // In the dark and on a narrow page too.
    await page.setViewportSize({ width: 360, height: 900 });
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await looksSound(page, 'editor-narrow');
    await activate(page);
    await page.getByRole('row', { name: 'Support cases of today' }).waitFor();
    const now = (await saved()).files[path]!;
    expect(now.replace('    attachments: on\n', '')).toBe(
      text
        .replace('jira: description, owner: both', 'jira: description, owner: salesforce')
        .replace('name: Support cases', 'name: Support cases of today'),
    );
    expect(now).toContain('    attachments: on\n');
    expect(stage.problems).toEqual([]);
  });

  it('A-2 while the code is half typed the form waits with what it said, and goes on from there', async () => {
    await stage.reset({ 'a.bridge': exampleProgram()['support-cases.bridge']! });
    const page = await stage.open('/app/admin#/edit', { height: 1100 });
    await page.getByRole('button', { name: 'Mapping 2: options' }).click();
    const form = page.locator('.item-form');
    await page.locator('.view-line').filter({ hasText: 'show CaseNumber' }).click();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await page.getByText('The text of this item cannot be read').waitFor();
    expect(await form.getAttribute('inert')).not.toBeNull();
    await looksSound(page, 'editor-unreadable');
    await page.keyboard.type('}');
    await page.getByText('The text of this item cannot be read').waitFor({ state: 'detached' });
    expect(await form.getAttribute('inert')).toBeNull();
    // What was open stays open.
    await page.getByRole('form').getByText('When both changed').waitFor();

    // A text of the other notation needs another name.
    await page.locator('.view-line').filter({ hasText: 'show CaseNumber' }).click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(
      'items: { cases: { name: Cases, salesforce: Case, jira: SUP, sync: display-only, show: [CaseNumber] } }',
    );
    await page.getByText('There is no item in this file. The findings below say what is in the way.').waitFor();
    await page.getByRole('button', { name: 'Call it a.bridge.yaml' }).click();
    await page.getByRole('tab', { name: /^a\.bridge\.yaml/ }).waitFor();
    await page.getByRole('heading', { name: 'Cases' }).waitFor();
    expect(stage.problems).toEqual([]);
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
    expect(stage.problems).toEqual([]);
  });

  it('A-2 a part that comes late costs nothing of what is filled in meanwhile, and one that cannot come is said', async () => {
    const page = await stage.open('/app/admin');
    let lost = true;
    await page.context().route(/workers\/writing-/, async route => {
      await new Promise(done => setTimeout(done, 700));
      await (lost ? route.abort() : route.continue());
    });
    await page.getByRole('button', { name: 'New item' }).click();
    await page.getByLabel('Name').first().fill('Web cases');
    await page.keyboard.press('Tab');
    await page.getByText('A part of the editor could not be loaded').waitFor();
    expect(await page.getByLabel('Name').first().inputValue()).toBe('New item');
    lost = false;
    await page.getByLabel('Name').first().fill('Web cases');
    await page.keyboard.press('Tab');
    await page.getByLabel('Salesforce object', { exact: true }).fill('Case');
    await page.getByRole('listbox').getByRole('option', { name: 'Case', exact: true }).click();
    await page.locator('.view-line').filter({ hasText: 'item web-cases "Web cases" {' }).waitFor();
    await page.locator('.view-line').filter({ hasText: 'salesforce Case' }).waitFor();
    await page.getByText('A part of the editor could not be loaded').waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: /web-cases\.bridge/ }).waitFor();
  });

  it('A-2 nests conditions in the form, by keyboard alone', async () => {
    const page = await visit();
    const reach = (name: string) => page.getByRole('button', { name, exact: true }).focus();
    const choose = async (name: string) => {
      await page.keyboard.type(name);
      await page.getByRole('option', { name }).first().waitFor();
      await page.keyboard.press('Enter');
    };
    const next = (label: string) => page.getByLabel(label, { exact: true }).focus();
    await reach('Which records, row 2: put into a group');
    await page.keyboard.press('Enter');
    // The focus is where something is to be filled in.
    await choose('Priority');
    await next('Which records, group 2, row 2: value');
    await choose('High');
    await page.locator('.view-line').filter({ hasText: 'any:' }).waitFor();
    await page.locator('.view-line').filter({ hasText: '{ field: Priority, is: High }' }).waitFor();
    await page.getByText('Version 1, with changes that are not activated yet').waitFor();
    await reach('Which records, group 2, row 2: put into a group');
    await page.keyboard.press('Enter');
    await page.getByLabel('Which records, group 2, group 2: how these go together').selectOption('none');
    await page.locator('.view-line').filter({ hasText: 'not:' }).first().waitFor();
    await reach('Which records, group 2, group 2: remove');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('Which records, group 2: add a condition');
    await page.getByText('Version 1', { exact: true }).waitFor();
    expect(stage.problems).toEqual([]);
  });

  it('I-5 a required field that nothing fills is warned of in its place, and filled with a click', async () => {
    await stage.reset();
    const page = await stage.open('/app/admin#/new?kind=one-way');
    const pick = async (label: string, choice: string) => {
      await page.getByLabel(label, { exact: true }).fill(choice);
      await page.getByRole('listbox').getByRole('option', { name: choice }).first().click();
    };
    await page.getByText('nothing says which records it is for').first().waitFor();
    await pick('Salesforce object', 'Case');
    await pick('Jira project', 'Operations');
    await pick('Issue type', 'Bug');
    await pick('Auto-create Jira issues', 'For every new record');
    const form = page.getByRole('form');
    await form
      .getByText(/nothing maps or sets|is required/)
      .first()
      .waitFor();
    await form.locator('.form-notes .warning').first().waitFor();
    const set = form.getByRole('button', { name: /^Set .* required$/ });
    await set.first().waitFor();
    const count = await set.count();
    await set.first().click();
    await expect.poll(() => set.count()).toBe(count - 1);
    expect(stage.problems).toEqual([]);
  });

  it('A-2 Monaco has the whole language: hover, outline, fixes, layout, ids and costs', async () => {
    const before = exampleProgram()['support-cases.bridge']!;
    await stage.reset({ 'a.bridge': before });
    const page = await stage.open('/app/admin#/edit?at=a.bridge:1');
    const line = (words: string) => page.locator('.view-line').filter({ hasText: words }).first();
    await page.getByText('Salesforce call a cycle for the whole program').waitFor();
    await page.locator('.view-line').getByText('customfield_').first().waitFor();
    await line('Priority')
      .getByText('Priority')
      .first()
      .hover({ position: { x: 40, y: 8 } });
    await page.locator('.monaco-hover').getByText('a field of Case in Salesforce: picklist').first().waitFor();

    await line('salesforce Case').click();
    await page.keyboard.press('ControlOrMeta+Shift+O');
    await page.locator('.quick-input-list').getByText('Priority <-> priority').first().waitFor();
    await page.keyboard.press('Escape');

    await line('salesforce Case').click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Comments     on');
    await page.keyboard.press('Escape');
    // Half of the word is one error too; the list opens once nothing is typed any more.
    await page.getByRole('region', { name: 'Findings' }).getByText('Comments').first().waitFor();
    await page.keyboard.press('ControlOrMeta+.');
    await page.locator('.action-widget').getByText('write `comments`').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(/1 error/).waitFor({ state: 'detached' });
    // Monaco's key for it on Linux.
    await page.keyboard.press('Control+Shift+I');
    await expect.poll(() => line('comments').textContent()).toMatch(/comments\s{3}on/);

    // Tab writes blanks, until it is told to go on as everywhere.
    const inside = () => page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null);
    expect(await inside()).toBe(true);
    await page.keyboard.press('Control+M');
    await page.keyboard.press('Tab');
    expect(await inside()).toBe(false);
    await activate(page);
    await page.getByRole('row', { name: 'Support cases' }).waitFor();
    const typed = before.replace(/^ {2}salesforce Case$/m, '  salesforce Case\n  comments     on');
    expect(typed).not.toBe(before);
    const laidOut = format(createSourceFile('a.bridge', typed)).text;
    expect(laidOut).not.toBe(typed);
    expect((await saved()).files['a.bridge']).toBe(laidOut);
    expect(stage.problems).toEqual([]);
  });

  it('A-2 O-2 Monaco on YAML: completion out of the org, references, folding; what is read late is shown late', async () => {
    const page = await stage.open('/app/admin', { height: 1400 });
    let read = () => {};
    const slow = new Promise<void>(done => (read = done));
    await page.context().route('**/bridge/invoke', async route => {
      const { functionKey, payload } = route.request().postDataJSON() as { functionKey: string; payload: object };
      if (functionKey.startsWith('metadata.') && Object.keys(payload).length > 0) await slow;
      await route.continue();
    });
    const line = (words: string | RegExp) => page.locator('.view-line').filter({ hasText: words });
    await page.getByRole('button', { name: 'Edit Support cases' }).click();
    await page.getByRole('button', { name: 'Code', exact: true }).click();
    // Fields of the org, with their labels: as soon as they are read, without another key.
    const offered = (label: string) => page.locator('.suggest-widget .monaco-list-row').filter({ hasText: label });
    await page.getByText('Checking…').waitFor();
    await line('show: [').click();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.type(', Prio');
    await offered('reading fields…').waitFor();
    read();
    await offered('Priority').first().waitFor();
    expect(await offered('reading fields…').count()).toBe(0);
    await page.keyboard.press('Enter');
    // Above the item and beside a label stands what needs the org and the site.
    await page.getByText('Salesforce call a cycle for the whole program').waitFor();
    await line('jira: Resolution notes').getByText('customfield_').waitFor();

    // All places of a name, in a window of their own.
    await line('by: severity').getByText('severity').click();
    await page.keyboard.press('Shift+F12');
    const peek = page.locator('.reference-zone-widget');
    await peek.getByText(/References \(2\)/).waitFor();
    await page.keyboard.press('Escape');
    await peek.waitFor({ state: 'detached' });

    // The table folds away, and comes back.
    await line(/^\s*severity:/).click();
    await page.keyboard.press('Control+Shift+[');
    await line('Highest').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+]');
    await line('Highest').first().waitFor();
    expect(stage.problems).toEqual([]);
  });

  it('A-3 tries an item on a record that is found by its words or its address, and writes nothing', async () => {
    const { outside } = stage;
    const made = await outside.salesforce.sobject('Case').create({ Subject: 'Printer on fire', Origin: 'Web' });
    const id = made.id as string;
    const customer = await outside.salesforce.sobject('Account').create({ Name: 'Korvex', Type: 'Customer - Direct' });
    const covered = (
      await outside.salesforce
        .sobject('Case')
        .create({ Subject: 'Screen is black', Origin: 'Phone', AccountId: customer.id as string })
    ).id as string;
    await outside.control('DELETE', '/control/calls');
    const page = await visit();
    await page.getByRole('button', { name: 'Try on a record' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Looks in Case Number, Subject').waitFor();
    await page.keyboard.type('printer');
    await dialog.getByRole('option', { name: '[Printer on fire]' }).waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByText('the record does not meet the where').waitFor();
    await dialog.getByRole('button', { name: 'Another record' }).click();
    await page.keyboard.type(`https://acme.lightning.force.com/lightning/r/Case/${id}/view`);
    await dialog.getByRole('option', { name: id }).waitFor();
    await dialog.getByRole('combobox').fill('500gL0000000289QAB');
    await dialog.getByText('do not fit the others').waitFor();
    await looksSound(page, 'editor-try');

    // Before activation: each record that would become an issue, with what the issue would say.
    await page.keyboard.press('Escape');
    await page.getByLabel('Also records created since').fill('2020-01-01');
    await page.keyboard.press('Enter');
    await page
      .locator('.view-line')
      .filter({ hasText: /since.*2020-01-01/ })
      .waitFor();
    await page.getByRole('button', { name: 'Activate…' }).click();
    await dialog.getByText('creates up to 1 issue').waitFor();
    const record = dialog.getByRole('region', { name: '[Screen is black]' });
    await record.getByText(covered).waitFor();
    await record.getByText('Screen is black', { exact: true }).waitFor();
    expect(await record.getByText('created', { exact: true }).count()).toBe(1);
    await looksSound(page, 'editor-preview');
    expect(await writesOf(outside)).toEqual([]);
    expect(stage.problems).toEqual([]);
  });

  it('A-3 keeps what is not activated when the session ends, says so where it is activated, and activates it afterwards', async () => {
    const page = await visit();
    await page.getByLabel('Name').first().fill('Renamed');
    await page.keyboard.press('Enter');
    await page.locator('.view-line').filter({ hasText: 'name: Renamed' }).waitFor();
    const out = (url: string, answer: object) => page.context().route(url, route => route.fulfill({ json: answer }));
    await out('**/bridge/invoke', { error: 'There was an error invoking the function' });
    await out('**/bridge/product', { status: 401, statusText: 'Unauthorized', headers: {}, body: '' });
    await page.getByRole('button', { name: 'Activate…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Your session in Jira has ended').first().waitFor();
    await looksSound(page, 'editor-signed-out');
    await page.context().unrouteAll();
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await dialog.getByRole('button', { name: 'Activate', exact: true }).click();
    await page.getByRole('row', { name: 'Renamed' }).waitFor();
    expect(stage.problems).toEqual([]);
  });

  it('A-3 two admins: the later one sees both, brings both together, and chooses where they changed the same lines', async () => {
    const page = await visit();
    const call = async (name: string) => {
      await page.getByLabel('Name').first().fill(name);
      await page.keyboard.press('Enter');
      await page
        .locator('.view-line')
        .filter({ hasText: `name: ${name}` })
        .waitFor();
    };
    /** Somebody else's, out of what is saved. */
    const meanwhile = async (change: (now: string) => string) => {
      const { version, files } = await saved();
      const theirs = change(files[path]!);
      await stage.admin('items.save', { files: { [path]: theirs }, baseVersion: version });
      return theirs;
    };
    await call('Mine');
    const first = await meanwhile(now => now.replace('moveTo: Done', 'moveTo: Waiting'));
    await activate(page);
    await page.getByText('Somebody else saved meanwhile').waitFor();
    expect((await saved()).files[path]).toBe(first);
    await page.getByRole('button', { name: 'Bring both together' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await call('Mine again');
    const second = await meanwhile(now => now.replace('name: Support cases', 'name: Theirs'));
    await activate(page);
    await page.getByText('Both of you changed the same lines').waitFor();
    await page.getByRole('dialog').locator('.view-line').filter({ hasText: 'Theirs' }).waitFor();
    await looksSound(page, 'editor-conflict');
    await page.getByRole('button', { name: 'Both, mine in the same lines' }).click();
    await page.locator('.view-line').filter({ hasText: 'name: Mine again' }).waitFor();
    await activate(page);
    await page.getByRole('row', { name: 'Mine again' }).waitFor();
    expect((await saved()).files[path]).toBe(second.replace('name: Theirs', 'name: Mine again'));
    expect(stage.problems).toEqual([]);
  });
});
