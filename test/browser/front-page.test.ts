/** The sandbox's front page in a real browser: what a visitor does on both sides, in light and in dark. */
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { looksSound } from '../kit/looks.ts';
import { exampleProgram } from '../kit/outside.ts';
import { setStage } from '../kit/stage.ts';

const stage = setStage();
let accountId: string;

beforeEach(async () => {
  await stage.reset(exampleProgram());
  const account = { Name: 'Korvex Systems', Rating: 'Hot', Type: 'Customer - Direct' };
  accountId = (await stage.outside.salesforce.sobject('Account').create(account)).id as string;
});

const visit = async (width = 1440, place = '') => {
  const page = await stage.open(`/${place}`, { width });
  await page.getByRole('heading', { name: 'Salesforce Bridge for Jira' }).waitFor();
  return page;
};
const newCase = async (fields: Record<string, unknown> = {}): Promise<string> =>
  (
    await stage.outside.salesforce
      .sobject('Case')
      .create({ Subject: 'Old', Origin: 'Phone', AccountId: accountId, ...fields })
  ).id as string;
const run = (page: Page) => page.locator('.time').getByRole('button', { name: 'Run a cycle' }).click();
const linked = async (record: string) =>
  (await stage.outside.state()).links.find(link => link.record === record)!.issueKey;

describe('the front page', () => {
  it('leads a visitor through the first minute, each step ticked when it happened', async () => {
    const page = await visit();
    const ticked = (count: number) => expect.poll(() => page.locator('.guide li.done').count()).toBe(count);
    const next = page.locator('.guide-now .primary');
    await ticked(0);
    await next.click();
    await page.getByRole('button', { name: 'Create case' }).click();
    await ticked(1);
    await next.click();
    const issue = page.locator('.jira .card').filter({ hasText: 'Printer on fire' });
    await issue.waitFor();
    expect(await issue.locator('.lozenge').textContent()).toBe('Done');
    await ticked(2);
    // Pointing at a write lights up the line of the program that asked for it.
    await page.locator('.journal tbody tr').first().hover();
    expect(await page.locator('.code .line.lit').count()).toBe(1);
    await ticked(3);
    await looksSound(page, 'front-page');

    await next.click();
    const jira = page.getByRole('article', { name: /^Issue SUP-/ });
    await page.getByRole('article', { name: /^Case / }).waitFor();
    await jira.getByLabel('Resolution notes').fill('The fuse was blown.');
    await jira.getByLabel('Resolution notes').blur();
    // On this clock an event waits for the next cycle.
    await expect.poll(() => page.locator('.time .primary').isEnabled()).toBe(true);
    await run(page);
    await ticked(4);
    await jira.getByLabel('Summary').fill('Mine');
    await jira.getByLabel('Summary').press('Enter');
    await expect.poll(async () => (await stage.outside.issues())[0]?.fields.summary).toBe('Mine');
    await page.getByRole('button', { name: '5 min' }).click();
    await ticked(5);
    await expect.poll(() => jira.getByLabel('Summary').inputValue()).toBe('Printer on fire');
    await page.locator('.why').filter({ hasText: 'Salesforce owns it' }).first().waitFor();
    await looksSound(page, 'front-page-pair');

    await next.click();
    const trouble = page.locator('.trouble li').filter({ hasText: 'The session has expired' });
    await trouble.getByRole('button', { name: 'Let it happen' }).click();
    await trouble.getByText('Waiting').waitFor();
    await run(page);
    await trouble.getByText('It struck').waitFor();
    await page.getByRole('heading', { name: 'You know the bridge' }).waitFor();
    await looksSound(page, 'front-page-trouble');
    expect(stage.problems).toEqual([]);
  }, 60_000);

  it('lets both sides be worked on as people do: status, comments, files, deleting', async () => {
    const record = await newCase();
    await stage.outside.cycle();
    const key = await linked(record);
    const page = await visit(1440, `#record=${record}&issue=${key}`);
    const salesforce = page.getByRole('article', { name: /^Case / });
    const jira = page.getByRole('article', { name: `Issue ${key}` });
    // The program leaves comments and files alone until somebody says otherwise.
    for (const name of ['Comments both ways', 'Files both ways']) {
      await page.getByRole('button', { name }).click();
      await page.getByRole('button', { name, pressed: true }).waitFor();
      await page.getByText(/^Active, with/).waitFor();
    }
    await salesforce.getByRole('button', { name: 'Escalated' }).click();
    await salesforce.locator('[aria-current=step]').filter({ hasText: 'Escalated' }).waitFor();
    await salesforce.getByLabel('A new comment').fill('The customer called again.');
    await salesforce.getByRole('button', { name: 'Comment', exact: true }).click();
    await salesforce.getByText('The customer called again.').waitFor();
    await jira
      .getByLabel('A file to add')
      .setInputFiles({ name: 'smoke.txt', mimeType: 'text/plain', buffer: Buffer.from('grey') });
    await jira.getByRole('link', { name: 'smoke.txt' }).waitFor();

    await page.getByRole('button', { name: '5 min' }).click();
    await jira.locator('.talk').getByText('The customer called again.').waitFor();
    await salesforce.getByRole('link', { name: 'smoke.txt' }).waitFor();
    await jira.getByRole('button', { name: 'In Progress' }).click();
    await jira.locator('.record-head .lozenge').filter({ hasText: 'In Progress' }).waitFor();
    await looksSound(page, 'front-page-talk');

    // An agent may not delete here, and is told who may.
    await jira.getByRole('button', { name: 'Delete this issue' }).click();
    await jira.getByRole('button', { name: 'Delete this issue, really' }).click();
    await page.getByRole('alert').getByText('the Jira admin may do everything').waitFor();
    await page.getByLabel('Look at the issue and work on it as').selectOption({ label: 'Jira admin' });
    await jira.getByRole('button', { name: 'Keep it' }).waitFor();
    await jira.getByRole('button', { name: 'Delete this issue, really' }).click();
    await page.locator('.jira .empty').waitFor();
    expect(await stage.outside.issues()).toEqual([]);
    expect(stage.problems).toEqual([expect.stringContaining('403')]);
  });

  it('shows the panel in the issue, and leads from it to the record beside it', async () => {
    const record = await newCase();
    await stage.outside.cycle();
    const page = await visit(1440, `#issue=${await linked(record)}`);
    const panel = page.frameLocator('.jira iframe');
    await panel.getByRole('button', { name: 'Refresh' }).waitFor();
    const frame = page.locator('.jira iframe');
    const inside = await panel.locator('body').evaluate(body => body.scrollHeight);
    await expect.poll(async () => (await frame.boundingBox())!.height).toBeGreaterThanOrEqual(inside);
    // It follows the system's theme while it stands open, and what the visitor chooses.
    await page.emulateMedia({ colorScheme: 'dark' });
    await panel.locator('html[data-color-mode=dark]').waitFor();
    await page.getByRole('button', { name: 'Auto' }).click();
    await panel.locator('html[data-color-mode=light]').waitFor();
    await panel.getByRole('link', { name: 'Open in Salesforce' }).click();
    await page.getByRole('article', { name: /^Case / }).waitFor();
    expect(stage.problems).toEqual([]);
  });

  it('works with any object that the program names: a new record, its issue, an edit of it', async () => {
    const leads = `item leads "Leads" {
  salesforce Lead
  jira SUP / "Task"
  sync one-way
  create all
  fields { Company -> summary or else skip }
}\n`;
    await stage.outside.control('PUT', '/control/program', { files: { 'leads.bridge': leads } });
    const page = await visit();
    await page.getByLabel('Object').selectOption('Lead');
    await page.getByRole('button', { name: 'New record' }).click();
    for (const [label, text] of [
      ['Last Name', 'Hopper'],
      ['Company', 'Northwind'],
    ] as const)
      await page.locator('.salesforce form').getByLabel(label).fill(text);
    await looksSound(page, 'front-page-new-lead');
    await page.getByRole('button', { name: 'Create lead' }).click();
    await page.locator('.salesforce .card').filter({ hasText: 'Hopper' }).waitFor();
    await run(page);
    await page.locator('.jira .card').filter({ hasText: 'Northwind' }).locator('.card-head').click();
    const lead = page.getByRole('article', { name: /^Lead / });
    await lead.getByLabel('Company', { exact: true }).fill('Northwind Turbines');
    await lead.getByLabel('Company', { exact: true }).press('Enter');
    // Time may pass only once Salesforce has it.
    const company = async () =>
      (await stage.outside.salesforce.query<{ Company: string }>('SELECT Company FROM Lead')).records[0]?.Company;
    await expect.poll(company).toBe('Northwind Turbines');
    await page.getByRole('button', { name: '5 min' }).click();
    await expect
      .poll(() =>
        page
          .getByRole('article', { name: /^Issue/ })
          .getByLabel('Summary')
          .inputValue(),
      )
      .toBe('Northwind Turbines');
    expect(await page.locator('.salesforce form').count()).toBe(0);
    await looksSound(page, 'front-page-lead');
    expect(stage.problems).toEqual([]);
  });

  it('P-7 shows what each of Jira’s people may see and do, in Jira’s words', async () => {
    const record = await newCase();
    await stage.outside.cycle();
    const page = await visit(1440, `#issue=${await linked(record)}`);
    const who = page.getByLabel('Look at the issue and work on it as');
    await who.selectOption({ label: 'Viewer: may only look' });
    await page.frameLocator('.jira iframe').getByText('[Old]').waitFor();
    expect(await page.frameLocator('.jira iframe').getByRole('button', { name: 'Refresh' }).count()).toBe(0);
    await who.selectOption({ label: 'Outsider: may not see SUP' });
    await page.getByText(/^Jira says: .*you can be somebody else/).waitFor();
    await who.selectOption({ label: 'Agent' });
    await page.frameLocator('.jira iframe').getByRole('button', { name: 'Refresh' }).waitFor();
  });

  it('takes troubles back, says which circumstance holds, and tells each refusal in a sentence', async () => {
    const page = await visit();
    await page.getByRole('tab', { name: 'Trouble to play with' }).click();
    const rule = page.locator('.trouble li').filter({ hasText: 'A validation rule refuses' });
    await rule.getByRole('button', { name: 'Let it be so' }).click();
    await rule.getByRole('button', { name: 'Take it back' }).waitFor();
    const record = await newCase();
    await page.locator('.salesforce .card-head').filter({ hasText: 'Old' }).click();
    await page
      .getByRole('article', { name: /^Case / })
      .getByLabel('Priority')
      .selectOption('Low');
    await page.getByRole('alert').getByText('Low is not for us.').waitFor();
    await rule.getByRole('button', { name: 'Take it back' }).click();
    await rule.getByRole('button', { name: 'Let it be so' }).waitFor();
    // What was typed is not lost to a refusal.
    const subject = page.getByRole('article', { name: /^Case / }).getByLabel('Subject');
    await page.route('**/sobjects/Case/**', route => route.abort());
    await subject.fill('New words');
    await subject.press('Enter');
    await page.getByRole('alert').getByText('The sandbox does not answer').waitFor();
    expect(await subject.inputValue()).toBe('New words');
    await page.unroute('**/sobjects/Case/**');
    await subject.press('Enter');
    await page.getByRole('heading', { name: 'New words' }).waitFor();
    await page
      .getByRole('article', { name: /^Case / })
      .getByLabel('Priority')
      .selectOption('Low');
    await expect
      .poll(
        async () =>
          ((await stage.outside.salesforce.sobject('Case').retrieve(record)) as { Priority: string }).Priority,
      )
      .toBe('Low');
    const down = page.locator('.trouble li').filter({ hasText: 'Salesforce is down' });
    await down.getByRole('button', { name: 'Let it happen' }).click();
    await down.getByRole('button', { name: 'Take it back' }).click();
    await down.getByRole('button', { name: 'Let it happen' }).waitFor();
    expect(await stage.outside.control('GET', '/control/faults')).toEqual([]);
  });

  it('says why a cycle that was asked for does not run', async () => {
    const page = await stage.open('/');
    const fault = { system: 'salesforce', match: { path: '/services/data' }, effect: '503' };
    await stage.outside.control(
      'PUT',
      '/control/faults',
      [1, 2, 3, 4].map(nth => ({ ...fault, nth })),
    );
    await stage.outside.cycle();
    await run(page);
    await page.getByText(/No cycle ran: Salesforce: .*unavailable/).waitFor();
    await looksSound(page, 'front-no-cycle');
    await page.getByRole('button', { name: 'Close' }).click();
    await stage.outside.control('PUT', '/control/faults', []);
  });

  it('tells of each call what it was for and what was answered', async () => {
    const page = await visit();
    await newCase();
    await run(page);
    await page.getByRole('tab', { name: 'What the bridge did' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: 'Its calls', selected: true }).waitFor();
    const made = page.locator('.ledger tbody tr').filter({ hasText: 'POST /rest/api/3/issue' }).last();
    await made.waitFor();
    expect(await made.textContent()).toMatch(/Jira.*201.*job cycle/s);
    await page.getByRole('button', { name: /^Storage/ }).click();
    await page.locator('.ledger tbody tr').filter({ hasText: '/api/v1/' }).first().waitFor();
    await page.getByRole('button', { name: 'Empty the list' }).click();
    await page.getByText('No call yet.').waitFor();
  });

  it('refuses a program that does not compile and says where and why', async () => {
    const page = await visit();
    const text = page.getByLabel('Text of support-cases.bridge');
    await text.fill((await text.inputValue()).replace('-> summary', '-> sumary').replace('->  summary', '-> sumary'));
    await page.getByRole('button', { name: 'Activate' }).click();
    const finding = page.locator('.findings .error').first();
    await finding.waitFor();
    expect(await finding.textContent()).toMatch(/support-cases\.bridge:\d+.*sumary.*summary/s);
    await looksSound(page, 'front-page-finding');
    // What was active before goes on working.
    await newCase({ Subject: 'Still bridged' });
    await run(page);
    await page.locator('.jira .card').filter({ hasText: 'Still bridged' }).waitFor();
  });

  it.each([420, 800])('can be used at a width of %i', async width => {
    const record = await newCase();
    await stage.outside.cycle();
    const page = await visit(width, `#record=${record}&issue=${await linked(record)}`);
    await page.getByRole('article', { name: /^Issue/ }).waitFor();
    for (const tab of ['Its calls', 'Trouble to play with', 'What the bridge did']) {
      await page.getByRole('tab', { name: tab }).click();
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, tab).toBeLessThanOrEqual(0);
    }
    await looksSound(page, `front-page-${width}`);
  });

  it('shows the admin page in its place, and begins anew when it is asked to', async () => {
    await newCase();
    await stage.outside.cycle();
    const page = await visit();
    await page.getByRole('button', { name: 'Admin page' }).click();
    await page.frameLocator('iframe').getByText('Support cases').first().waitFor();
    await page.goBack();
    await page.locator('.jira .card').first().waitFor();
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByRole('button', { name: 'Keep them' }).click();
    expect((await stage.outside.state()).links).toHaveLength(1);
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByRole('button', { name: 'Delete all records, issues and the program' }).click();
    await page.locator('.jira .empty').waitFor();
    expect((await stage.outside.state()).links).toEqual([]);
    // The guide begins anew too, also when somebody else started the world over.
    await page.getByRole('button', { name: 'New case' }).first().click();
    await page.getByRole('button', { name: 'Create case' }).click();
    await page.locator('.guide li.done').waitFor();
    await stage.outside.control('POST', '/control/reset', {});
    await expect.poll(() => page.locator('.guide li.done').count(), { timeout: 10_000 }).toBe(0);
    expect(stage.problems).toEqual([]);
  });

  it('says so when the sandbox is gone, and goes on when it is back', async () => {
    const page = await visit();
    await page.getByText('Your first minute').waitFor();
    await page.route('**/control/**', route => route.abort());
    await page.getByText('The sandbox does not answer. Start it again in your terminal').waitFor();
    await page.unroute('**/control/**');
    await expect.poll(() => page.getByText('The sandbox does not answer.').count(), { timeout: 8000 }).toBe(0);
  });
});
