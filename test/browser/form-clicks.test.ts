/** A click on the form counts, however slowly the rest arrives and whatever it makes the form say. */
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { exampleProgram } from '../kit/outside.ts';
import { setStage } from '../kit/stage.ts';

const stage = setStage();
beforeEach(() => stage.reset(exampleProgram()));

/** The answers of these functions come later, one after the other. */
const slowly = (page: Page, functions: RegExp, byMs: number) =>
  page.context().route('**/bridge/invoke', async route => {
    const { functionKey } = route.request().postDataJSON() as { functionKey: string };
    if (functions.test(functionKey)) await new Promise(done => setTimeout(done, byMs));
    await route.continue();
  });

/** In the page: every text of the findings, and where the switch is whenever something changes. */
const watched = `
  globalThis.said = new Set(); globalThis.places = new Set();
  const look = () => {
    const status = document.querySelector('[aria-label=Findings] [role=status]');
    if (status !== null) said.add(status.textContent);
    const box = [...document.querySelectorAll('.turn')].find(each => each.textContent.startsWith('Attachments'));
    if (box !== undefined) places.add(Math.round(box.getBoundingClientRect().y + scrollY));
  };
  new MutationObserver(look).observe(document, { childList: true, characterData: true, subtree: true });
  addEventListener('load', look);`;

/** In the page: the fewest findings that the form showed whenever something changed. */
const fewestNotes = `
  globalThis.fewest = Infinity;
  const count = () => fewest = Math.min(fewest, document.querySelectorAll('.form-notes li').length);
  count();
  new MutationObserver(count).observe(document, { childList: true, subtree: true });`;

describe('a click on the form', () => {
  it('A-2 meets a form that stands still: it comes whole, and nothing is called wrong that is only not read yet', async () => {
    const page = await stage.open('/app/admin');
    await page.getByRole('row', { name: 'Support cases' }).waitFor();
    await slowly(page, /^metadata\./, 400);
    await page.evaluate(watched);
    await page.getByRole('button', { name: 'Edit Support cases' }).click();
    await page.getByText('2 warnings').waitFor();
    await page.getByText('Attachments', { exact: true }).click();
    expect(await page.getByLabel('Attachments').isChecked()).toBe(true);
    await page
      .locator('.view-line')
      .filter({ hasText: /attachments\s+on/ })
      .waitFor();
    expect(await page.evaluate('[...places].length')).toBe(1);
    expect((await page.evaluate('[...said].join()')) as string).not.toContain('error');
    expect(stage.problems).toEqual([]);
  });

  it('A-2 counts each of several of one moment, though the code beside the form takes over the one before', async () => {
    const page = await stage.open('/app/admin#/edit?item=support-cases', { height: 1400 });
    await page.getByText('2 warnings').waitFor();
    await page.locator('.view-line').filter({ hasText: 'salesforce Case' }).waitFor();
    const names = ['Comments', 'Attachments', 'Associated records'];
    for (let turn = 0; turn < 4; turn++) {
      const on = turn % 2 === 0;
      await page.evaluate(`(async () => {
        for (const name of ${JSON.stringify(names)}) {
          const turns = [...document.querySelectorAll('.turn')];
          turns.find(each => each.textContent.startsWith(name)).querySelector('input').click();
          await new Promise(done => setTimeout(done, ${turn}));
        }
      })()`);
      for (const word of ['comments', 'attachments', 'associations'])
        await page
          .locator('.view-line')
          .filter({ hasText: new RegExp(`^\\s*${word}\\s+on`) })
          .waitFor({ state: on ? 'visible' : 'detached' });
      for (const name of names) expect(await page.getByLabel(name, { exact: true }).isChecked()).toBe(on);
    }
    expect(stage.problems).toEqual([]);
  });

  it('A-2 counts where the button was pressed, though what leaving a field makes the form say comes before it is let go', async () => {
    const page = await stage.open('/app/admin#/edit?item=support-cases', { height: 2000 });
    await page.getByRole('button', { name: 'Mapping 5: options' }).click();
    await page.getByText('2 warnings').waitFor();
    await page.getByLabel('Mapping 5: cut at').fill('0');
    const status = page.getByText('Keep Status and the issue’s status aligned');
    const { x, y } = (await status.boundingBox())!;
    // The press leaves the field, and what is wrong with it appears above the switch.
    await page.mouse.move(x + 5, y + 5);
    await page.mouse.down();
    await page.locator('.view-line').filter({ hasText: 'cut at 0' }).waitFor();
    await page.waitForTimeout(500);
    expect(await status.boundingBox()).toMatchObject({ y });
    await page.mouse.up();
    await page.getByText('takes a whole number from 1').first().waitFor();
    expect((await status.boundingBox())!.y).toBeGreaterThan(y);
    expect(await page.getByLabel('Keep Status and the issue’s status aligned').isChecked()).toBe(true);
    expect(stage.problems).toEqual([]);
  });

  it('A-2 takes no finding away that stays: neither while lines come above it, nor while its own part is changed', async () => {
    const page = await stage.open('/app/admin#/edit?item=support-cases', { height: 2000 });
    await page.getByText('2 warnings').waitFor();
    const notes = page.locator('.form-notes li');
    await notes.first().waitFor();
    const before = await notes.count();
    await page.locator('.view-line').first().click();
    await page.evaluate(fewestNotes);
    await page.keyboard.press('Home');
    await page.keyboard.type('# one\n# two\n', { delay: 100 });
    await page.getByText('Attachments', { exact: true }).click();
    await page
      .locator('.view-line')
      .filter({ hasText: /attachments\s+on/ })
      .waitFor();
    await page.getByLabel('Two-way').check();
    await page.locator('.view-line').filter({ hasText: 'sync two-way' }).waitFor();
    await page.getByLabel('Custom per mapping').check();
    await page.locator('.view-line').filter({ hasText: 'sync custom' }).waitFor();
    await page.waitForTimeout(300);
    expect(await notes.count()).toBe(before);
    expect(await page.evaluate('fewest')).toBe(before);
    expect(stage.problems).toEqual([]);
  });
});
