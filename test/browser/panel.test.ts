/** The issue panel in a real browser, as agents use it, under Forge's own policy and on the unmodified bridge. */
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { seriousFaults } from '../kit/axe.ts';
import { looksSound } from '../kit/looks.ts';
import { setStage } from '../kit/stage.ts';

const program = `
item cases "Support cases" {
  salesforce Case
  jira SUP / "Incident"
  sync two-way
  create all
  fields { Subject <-> summary or else skip  Priority <-> priority or else skip }
  associations on
  show CaseNumber, Subject, Priority, Account.Name
}
item accounts "Accounts" { salesforce Account jira SUP sync display-only show Name, Rating }
item tasks "Tasks" { salesforce Task jira SUP / "Task" sync two-way fields { Subject <-> summary or else skip } }
`;

const stage = setStage();
let key: string;
let caseId: string;

beforeEach(async () => {
  await stage.reset({ 'a.bridge': program });
  const create = async (object: string, fields: Record<string, string>) =>
    (await stage.outside.salesforce.sobject(object).create({ ...fields })).id as string;
  const AccountId = await create('Account', { Name: 'Korvex Systems', Rating: 'Hot' });
  caseId = await create('Case', { Subject: 'Printer on fire', Origin: 'Phone', Priority: 'High', AccountId });
  await create('Contact', { LastName: 'Hopper', AccountId });
  await stage.outside.cycle();
  key = (await stage.outside.state()).links.find(link => link.record === caseId)!.issueKey;
});

const visit = (user = 'agent', options: { width?: number } = {}): Promise<Page> => {
  return stage.open(`/app/panel?issue=${key}&user=${user}`, { width: 640, ...options });
};

describe('the issue panel', () => {
  it('P-1 P-3 P-5 shows a card an item, and protects what the bridge linked', async () => {
    const page = await visit();
    const card = page.getByRole('article', { name: 'Support cases' });
    await card.getByText('[Printer on fire]').waitFor();
    for (const text of [
      'Service Cloud · Case · Two-way sync',
      'Auto-managed',
      caseId,
      'Korvex Systems',
      'Open in Salesforce',
    ])
      await card.getByText(text).first().waitFor();
    expect(await card.getByRole('button', { name: 'Unlink' }).count()).toBe(0);
    await page.getByRole('article', { name: 'Tasks' }).getByText('covers issues of the type Task only').waitFor();

    await card.getByRole('button', { name: 'Why is Priority so?' }).click();
    // By the sandbox's clock, which stands where it was.
    await card.getByText(/^The bridge wrote it in Jira just now: Priority High\.$/).waitFor();
    await card
      .getByText(/^Why: a new issue takes Priority from Salesforce\. By a\.bridge:7 of “Support cases”\.$/)
      .waitFor();
    // What no line maps has no such question.
    expect(await card.getByRole('button', { name: 'Why is Account Name so?' }).count()).toBe(0);
    await looksSound(page, 'panel-cards');
    expect(stage.problems).toEqual([]);
  });

  it('P-2 P-1 links a record by keyboard, says why an id is refused, and unlinks again', async () => {
    const page = await visit();
    const card = page.getByRole('article', { name: 'Accounts' });
    await card.getByRole('button', { name: 'Link a Salesforce record' }).click();
    const dialog = page.getByRole('dialog', { name: 'Link a Salesforce record' });
    await page.keyboard.type('zz');
    await dialog.getByText('No matching records found').waitFor();
    await dialog.getByText('Looked in Account Name').waitFor();
    await dialog.getByRole('combobox').fill(caseId);
    await dialog.getByText('This id belongs to a Case').waitFor();
    await dialog.getByRole('combobox').fill('kor');
    await dialog.getByRole('option', { name: /Korvex Systems/ }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');

    await card.getByText('Linked by hand').waitFor();
    await card.getByText('Hot').waitFor();
    await card.getByRole('button', { name: 'Unlink' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Unlink' }).click();
    await card.getByRole('button', { name: 'Link a Salesforce record' }).waitFor();
    expect(stage.problems).toEqual([]);
  });

  it('P-4 P-6 refreshes and says what changed; shows what surrounds the record when it is asked for', async () => {
    const page = await visit();
    const card = page.getByRole('article', { name: 'Support cases' });
    await card.getByText('[Printer on fire]').waitFor();
    await stage.outside.control('POST', '/control/clock', { advance: '5m' });
    await stage.outside.salesforce.sobject('Case').update({ Id: caseId, Subject: 'Printer is out' });
    let goOn = () => {};
    const held = new Promise<void>(done => {
      goOn = done;
    });
    await page.route('**/bridge/invoke', async route => {
      await held;
      await route.continue();
    });
    await card.getByRole('button', { name: 'Refresh' }).click();
    await card.getByRole('progressbar', { name: 'Refreshing' }).waitFor();
    expect(await card.getByRole('button', { name: 'Refreshing…' }).isDisabled()).toBe(true);
    goOn();
    await card.getByText('Refreshed: updated in Jira.').waitFor();
    await card.getByText('Summary in Jira: Printer on fire → Printer is out').waitFor();
    await card.getByText('[Printer is out]').waitFor();

    await card.getByText('Associated Salesforce Records').click();
    await card.locator('.group summary').filter({ hasText: 'Account' }).first().click();
    await card.getByRole('link', { name: /Open Korvex Systems/ }).waitFor();
    expect(stage.problems).toEqual([]);
  });

  it('P-4 a refresh tells of the files that the queue moves for it, and what became of each', async () => {
    const text = program.replace('associations on', 'associations on\n  attachments on');
    await stage.outside.control('PUT', '/control/program', { files: { 'a.bridge': text } });
    await stage.outside.cycle();
    await stage.outside.salesforce.sobject('ContentVersion').create({
      Title: 'smoke',
      PathOnClient: 'smoke.txt',
      VersionData: Buffer.from('grey').toString('base64'),
      FirstPublishLocationId: caseId,
    });
    const page = await visit();
    const card = page.getByRole('article', { name: 'Support cases' });
    await card.getByRole('button', { name: 'Refresh' }).click();
    // On this clock the queue rests until it is told to go on.
    await card.getByText('Files wait for their turn in the queue').waitFor();
    await card.getByRole('progressbar', { name: 'Copying files' }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await stage.outside.control('POST', '/control/settle', {});
    await card.getByText('smoke.txt copied to Jira').waitFor();
    expect(await card.getByRole('progressbar').count()).toBe(0);
    await stage.outside.control('POST', '/control/clock', { advance: '1m' });
    await card.getByRole('button', { name: 'Refresh' }).click();
    await card.getByText('Files wait for their turn in the queue').waitFor();
    await stage.outside.control('POST', '/control/settle', {});
    await card.getByText('Files: none was copied.').waitFor();
    expect(stage.problems).toEqual([]);
  });

  it('P-2 opens the dialog beside its card, in a frame as high as its content, which grows for it', async () => {
    const many = Array.from(
      { length: 20 },
      (_, n) => `item i${n} "Item ${n + 1}" { salesforce Account jira SUP sync display-only show Name }\n`,
    );
    await stage.outside.control('PUT', '/control/program', { files: { 'a.bridge': many.join('') } });
    const page = await visit();
    const card = page.getByRole('article', { name: 'Item 20' });
    await card.waitFor();
    // As Jira does it: nothing in the frame scrolls.
    const height = () => page.evaluate(() => document.body.offsetHeight);
    await page.setViewportSize({ width: 640, height: await height() });
    await card.getByRole('button', { name: 'Link a Salesforce record' }).click();
    await page.setViewportSize({ width: 640, height: await height() });
    const dialog = page.getByRole('dialog');
    const [shown, beside] = [await dialog.boundingBox(), await card.boundingBox()];
    expect(Math.abs(shown!.y - beside!.y)).toBeLessThan(20);
    await dialog.getByRole('combobox').fill('Korvex');
    await dialog.getByRole('option').first().waitFor();
    const full = (await dialog.boundingBox())!;
    expect(full.y + full.height).toBeLessThanOrEqual(await height());
    expect(await dialog.evaluate(one => one.scrollHeight <= one.clientHeight)).toBe(true);
  });

  it('P-1 shows what changed as soon as Jira says that the issue did, without a minute of waiting', async () => {
    const page = await visit();
    const card = page.getByRole('article', { name: 'Support cases' });
    await card.getByText('[Printer on fire]').waitFor();
    await stage.outside.salesforce.sobject('Case').update({ Id: caseId, Subject: 'Printer is out' });
    // Of the other side alone Jira says nothing.
    await page.waitForTimeout(600);
    expect(await card.getByText('[Printer on fire]').count()).toBe(1);
    await stage.outside.control('POST', '/control/clock', { advance: '5m' });
    await stage.outside.cycle();
    await card.getByText('[Printer is out]').waitFor({ timeout: 5000 });
    // What somebody else does in Jira is news too.
    await stage.outside.salesforce.sobject('Case').update({ Id: caseId, Subject: 'Printer is well' });
    await stage.outside.jira('admin', 'POST', `/rest/api/3/issue/${key}/comment`, {
      body: { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Seen.' }] }] },
    });
    await card.getByText('[Printer is well]').waitFor({ timeout: 5000 });
    expect(stage.problems).toEqual([]);
  });

  it('P-7 lets a viewer read and change nothing, and tells somebody else nothing', async () => {
    let page = await visit('viewer', { width: 360 });
    await page.getByText('[Printer on fire]').waitFor();
    expect(await page.getByRole('button', { name: 'Refresh' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Link a Salesforce record' }).count()).toBe(0);
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond).toBeLessThanOrEqual(0);
    page = await visit('outsider');
    await page.getByText('You may not see this issue.').waitFor();
    expect(await page.content()).not.toContain('Printer on fire');
  });

  it('says that an admin let an item rest, and offers nothing that would be refused', async () => {
    const accountId = stage.outside.sandbox.jiraUsers.find(user => user.role === 'admin')!.accountId;
    const pause = { module: 'admin', function: 'items.pause', payload: { itemId: 'cases' }, accountId };
    await stage.outside.control('POST', '/control/invoke', pause);
    const card = (await visit()).getByRole('article', { name: 'Support cases' });
    await card.getByText('Paused by a Jira admin').waitFor();
    expect(await card.getByRole('button', { name: 'Refresh' }).count()).toBe(0);
    await card.getByText('[Printer on fire]').waitFor();
  });

  it('says that Salesforce cannot be read, and recovers', async () => {
    const down = Array.from({ length: 12 }, (_, at) => ({
      system: 'salesforce',
      match: {},
      nth: at + 1,
      effect: '503',
    }));
    await stage.outside.control('PUT', '/control/faults', down);
    const page = await visit();
    const card = page.getByRole('article', { name: 'Support cases' });
    await card.getByText('Salesforce cannot be read just now').waitFor();
    await stage.outside.control('PUT', '/control/faults', []);
    await page.reload();
    await card.getByText('[Printer on fire]').waitFor();
  });
});
