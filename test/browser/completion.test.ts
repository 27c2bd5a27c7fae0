/** The list of suggestions in a real browser: of what is offered Monaco shows only what fits what is written, its quotes among that. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { exampleProgram } from '../kit/outside.ts';
import { setStage } from '../kit/stage.ts';

const stage = setStage();

const inItem = (clauses: string, target = 'SUP / "Incident"') => `item support "Support" {
  salesforce Case
  jira ${target}
  sync one-way
${clauses}
}
`;

const asYaml = (origin: string) =>
  `items: { support: { name: Support, salesforce: Case, jira: { project: SUP, issueType: Incident }, sync: one-way, create: all, where: { field: Origin, is: ${origin} } } }`;

const open = async (path: string, text: string): Promise<Page> => {
  await stage.reset({ [path]: text });
  const page = await stage.open(`/app/admin#/edit?at=${path}:1`, { height: 1100 });
  const told = page.getByRole('region', { name: 'Findings' }).getByRole('status');
  await told.filter({ hasNotText: 'Checking' }).waitFor({ timeout: 60_000 });
  await page.locator('.view-line').first().waitFor();
  return page;
};
/** Writes another text, and puts the cursor at `|`. */
async function write(page: Page, marked: string): Promise<void> {
  const [before = '', after = ''] = marked.split('|');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(before + after);
  const [behind = '', ...below] = after.split('\n');
  for (const _ of below) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('End');
  for (const _ of behind) await page.keyboard.press('ArrowLeft');
}
const suggested = (page: Page, about: string) =>
  expect.poll(() => page.locator('.suggest-widget.visible .monaco-list-row .label-name').allTextContents(), {
    timeout: 15_000,
    message: about,
  });

describe('inside quotes the editor suggests', () => {
  it('A-2 what may stand there as soon as the quote is typed, and what goes with what stands there', async () => {
    const page = await open('a.bridge', exampleProgram()['support-cases.bridge']!);
    await page.locator('.view-line').first().click();
    const due: readonly (readonly [string, readonly string[]])[] = [
      [inItem('  where Origin is|'), ['Web', 'Phone', 'Email']],
      [inItem('  when Vip__c is true move to|'), ['To Do', 'In Progress', 'Done']],
      [inItem('  show Subject', 'SUP /|'), ['Incident']],
      [inItem('  fields {\n    Priority <-> priority {\n      "High" <->|\n    }\n  }'), ['Highest', 'High', 'Low']],
    ];
    for (const [marked, values] of due) {
      await write(page, marked);
      await page.keyboard.type(' "', { delay: 60 });
      await suggested(page, marked).toEqual(expect.arrayContaining([...values]));
    }
    await write(page, inItem('  where Origin is "Ph|"'));
    await page.keyboard.press('Control+Space');
    await suggested(page, 'part of a value').toEqual(['Phone']);
    await page.keyboard.press('Enter');
    await page.locator('.view-line').filter({ hasText: 'where Origin is "Phone"' }).waitFor();
    expect(stage.problems).toEqual([]);
  });

  it('A-2 in YAML the same, though what it writes needs no quotes', async () => {
    const page = await open('a.bridge.yaml', asYaml('Web'));
    await page.locator('.view-line').first().click();
    await write(page, asYaml('"Ph|"'));
    await page.keyboard.press('Control+Space');
    await suggested(page, 'part of a value').toEqual(['Phone']);
    await page.keyboard.press('Enter');
    await page.locator('.view-line').filter({ hasText: 'is: Phone }' }).waitFor();
  });
});
