/** The admin page in a real browser, under Forge's own policy and on the unmodified bridge. */
import { beforeEach, describe, expect, it } from 'vitest';
import { looksSound } from '../kit/looks.ts';
import { exampleProgram } from '../kit/outside.ts';
import { setStage } from '../kit/stage.ts';
import { storePlan } from '../kit/stored-plan.ts';

const stage = setStage();
beforeEach(() => stage.reset(exampleProgram()));

const visit = async () => {
  const page = await stage.open('/app/admin');
  await page.getByRole('heading', { name: 'Salesforce Bridge for Jira' }).waitFor();
  return page;
};
const customer = async () =>
  (
    await stage.outside.salesforce
      .sobject('Account')
      .create({ Name: 'Korvex', Type: 'Customer - Direct', Rating: 'Hot' })
  ).id as string;

const menu = async (item: string, entry: string) => {
  await stage.page.getByRole('button', { name: `More for ${item}` }).click();
  await stage.page.getByRole('menuitem', { name: entry }).click();
};

describe('the admin page', () => {
  it('C-5 I-6 shows the connection and the items, in light and dark, and without scrolling sideways on a narrow page', async () => {
    const page = await visit();
    await page.getByText('Connected', { exact: true }).waitFor();
    for (const label of ['Login URL', 'Client ID', 'Org name', 'Org ID', 'Instance URL'])
      expect(await page.getByText(label, { exact: true }).count()).toBe(1);
    const row = page.getByRole('row', { name: 'Support cases' });
    await row.waitFor();
    for (const cell of ['Custom per mapping', 'SUP', 'Incident', 'Service Cloud', 'Case Subject', 'Waiting'])
      await row.getByText(cell).first().waitFor();
    expect(await row.getByLabel('Auto-create: on').count()).toBe(1);
    expect(await row.getByText('Comments: off').count()).toBe(1);
    await looksSound(page, 'admin-items');
    await page.setViewportSize({ width: 360, height: 900 });
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await looksSound(page, 'admin-items-narrow');
    // The items come first there, sorted as on a wide page; what is known of the connection is a press away.
    const seen = async () => (await row.boundingBox())!.y < 900;
    expect(await seen()).toBe(true);
    await page.getByLabel('Sort by').selectOption('Latest sync');
    expect(await page.getByText('Org ID', { exact: true }).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Details' }).click();
    await page.getByText('Org ID', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Run history' }).click();
    await page.getByText('No run yet').waitFor();
    expect(await page.getByText('Salesforce connection').count()).toBe(0);
    expect(stage.problems).toEqual([]);
  });

  it('A-1 says once that the session has ended, keeps what is shown, and goes on after signing in', async () => {
    const page = await visit();
    await page.getByRole('row', { name: 'Support cases' }).waitFor();
    // The product's window is asked for both, and both are refused to it.
    const out = (url: string, answer: object) => page.context().route(url, route => route.fulfill({ json: answer }));
    await out('**/bridge/invoke', { error: 'There was an error invoking the function' });
    await out('**/bridge/product', { status: 401, statusText: 'Unauthorized', headers: {}, body: '' });
    await page.getByRole('button', { name: 'Refresh the list' }).click();
    await page.getByText('You are signed out of Jira').waitFor();
    expect(await page.getByText('Your session in Jira has ended').count()).toBe(1);
    expect(await page.getByRole('row', { name: 'Support cases' }).count()).toBe(1);
    await looksSound(page, 'admin-signed-out');

    // What somebody worked on meanwhile is not lost either.
    await page.getByRole('button', { name: 'Pause all' }).click();
    await page.getByText('Your session in Jira has ended').nth(1).waitFor();
    // Who comes while it is over sees nothing else, and all of it without a click once it is not.
    await page.reload();
    await page.getByText('You are signed out of Jira').waitFor();
    expect(await page.getByText('Your session in Jira has ended').count()).toBe(1);
    expect(await page.getByText('Salesforce connection').count()).toBe(0);
    await page.context().unrouteAll();
    await page.getByText('You are signed out of Jira').waitFor({ state: 'detached' });
    await page.getByText('Connected', { exact: true }).waitFor();
    expect(stage.problems).toEqual([]);
  });

  it('A-1 shows nothing more to who may not administer Jira any more', async () => {
    const page = await visit();
    await page.getByRole('row', { name: 'Support cases' }).waitFor();
    await page.context().route('**/bridge/invoke', async route => {
      const body = route.request().postDataJSON() as object;
      await route.continue({ postData: JSON.stringify({ ...body, user: 'agent' }) });
    });
    await page.getByRole('button', { name: 'Refresh the list' }).click();
    await page.getByText('This page is for Jira administrators').waitFor();
    expect(await page.getByRole('row', { name: 'Support cases' }).count()).toBe(0);
    await looksSound(page, 'admin-forbidden');
    await page.context().unrouteAll();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('row', { name: 'Support cases' }).waitFor();
    expect(stage.problems).toEqual([]);
  });

  it('A-3 says after an upgrade that the program does not compile any more, and opens it to be mended', async () => {
    const [path, text] = Object.entries(exampleProgram())[0]!;
    const older = { [path]: text.replace('Subject ', 'Gone__c ') };
    storePlan(stage.outside.sandbox.world, plan => ({ ...plan, version: 0 }), older);
    const page = await visit();
    await page.getByText('Nothing is synced').waitFor();
    await page.getByText('does not compile as it is').waitFor();
    await looksSound(page, 'admin-upgrade');
    await page.getByRole('button', { name: 'Open the program' }).click();
    await page.getByText('An item with errors cannot be activated').waitFor();
    await page.getByText('not found').first().waitFor();
    expect(stage.problems).toEqual([]);
  });

  it('C-2 C-3 C-5 revokes, refuses a wrong secret with cause and remedy, and connects again', async () => {
    const page = await visit();
    await page.getByRole('button', { name: 'Revoke connection' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('Not connected').waitFor();

    const { id, secret } = stage.outside.sandbox.salesforceClient;
    const address = page.getByLabel('Salesforce login URL');
    await address.fill('https://acme.lightning.force.com');
    await page.getByLabel('OAuth client ID').fill(id);
    await page.getByText('Enter https://acme.my.salesforce.com instead').waitFor();
    await address.fill('https://sandbox.my.salesforce.com');
    await page.getByLabel('OAuth client secret').fill('not-the-secret');
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('Salesforce was not connected').waitFor();
    expect(await page.content()).not.toContain('not-the-secret<');

    await page.getByLabel('OAuth client secret').fill(secret);
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('Connected', { exact: true }).waitFor();
    expect(await page.content()).not.toContain(secret);
  });

  it('I-6 pauses and resumes an item, sorts, filters, and says what a run wrote and why', async () => {
    await stage.outside.salesforce
      .sobject('Case')
      .create({ Subject: 'Printer on fire', Origin: 'Phone', AccountId: await customer() });
    await stage.outside.cycle();
    const page = await visit();
    await page.getByText('1 created').waitFor();
    await menu('Support cases', 'Pause');
    await page.getByRole('row', { name: 'Support cases' }).getByText('Paused').waitFor();
    await menu('Support cases', 'Resume');
    await page.getByRole('row', { name: 'Support cases' }).getByText('Paused').waitFor({ state: 'detached' });

    await page.getByLabel('Filter items').fill('no such thing');
    await page.getByText('No item matches.').waitFor();
    await page.getByRole('button', { name: /Show all/ }).click();
    await page.getByRole('button', { name: 'Sync mode' }).click();
    expect(await page.getByRole('columnheader', { name: 'Sync mode' }).getAttribute('aria-sort')).toBe('ascending');

    await menu('Support cases', 'Run history');
    await page
      .getByRole('button', { name: /1 created/ })
      .first()
      .click();
    await page.getByText('support-cases.bridge:', { exact: false }).first().waitFor();
    await looksSound(page, 'admin-runs');
    expect(stage.problems).toEqual([]);
  });

  it('I-6 says what needs a person, why and what to do, and a held conflict is settled with a click', async () => {
    const held = `item cases "Cases" {
  salesforce Case
  jira SUP / "Incident"
  sync two-way
  create all
  fields { Subject <-> summary or else skip on conflict hold }
}
`;
    await stage.outside.control('PUT', '/control/program', { files: { 'a.bridge': held } });
    const Id = (await stage.outside.salesforce.sobject('Case').create({ Subject: 'Old', Origin: 'Phone' }))
      .id as string;
    await stage.outside.cycle();
    const { issueKey } = (await stage.outside.state()).links[0]!;
    await stage.advance('1m');
    await stage.outside.jira('agent', 'PUT', `/rest/api/3/issue/${issueKey}`, { fields: { summary: 'Of Jira' } });
    await stage.outside.salesforce.sobject('Case').update({ Id, Subject: 'Of Salesforce' });
    await stage.advance('5m');
    await stage.outside.cycle();

    const page = await visit();
    const attention = page.getByRole('region', { name: 'Attention required' });
    await attention.getByText('edited on both sides').waitFor();
    await attention.getByText('Choose whose value is kept').waitFor();
    await page.getByRole('row', { name: 'Cases' }).getByText('Attention required').waitFor();
    const values = attention.getByRole('region', { name: 'Summary' });
    const sides = () => values.locator('dl > div').allTextContents();
    await values.waitFor();
    expect(await sides()).toEqual(['Jira:Of Jira', 'Salesforce:Of Salesforce']);
    await attention.getByText('As the bridge found them').waitFor();
    await looksSound(page, 'admin-attention');

    // Whoever chooses sees what is chosen from: an edit that no cycle has seen yet is shown first.
    const late = `Of Salesforce, later: ${'long '.repeat(80)}`.trim().slice(0, 255);
    await stage.outside.salesforce.sobject('Case').update({ Id, Subject: late });
    await attention.getByRole('button', { name: 'Keep Jira’s' }).click();
    await attention.getByText('A value has changed since the last look').waitFor();
    expect(await sides()).toEqual(['Jira:Of Jira', `Salesforce:${late}`]);
    await attention.getByRole('button', { name: 'Keep Jira’s' }).click();
    // Both sides are looked at before it is sent.
    await page.getByText('The choice is being written').waitFor();
    await stage.outside.settle();
    await page.getByRole('button', { name: 'Refresh the list' }).click();
    await attention.waitFor({ state: 'detached' });
    expect((await stage.outside.salesforce.sobject('Case').retrieve(Id)).Subject).toBe('Of Jira');

    // In the history neither value is struck through.
    await page.getByRole('button', { name: 'Run history' }).click();
    await page
      .getByRole('button', { name: /1 held/ })
      .first()
      .click();
    const entry = page.getByRole('listitem').filter({ hasText: 'held' }).filter({ hasText: 'in both' }).last();
    await entry.getByText('Of Salesforce', { exact: true }).waitFor();
    expect(await entry.locator('del, ins').count()).toBe(0);
    await looksSound(page, 'admin-held');
    expect(stage.problems).toEqual([]);
  });

  it('C-8 I-6 what is missing is said before activation and after it, tried again, and dismissed', async () => {
    const { jira } = stage.outside.sandbox.world;
    const allow = (allowed: boolean) => jira.setPermission(jira.appAccountId, 'TRANSITION_ISSUES', allowed, 'SUP');
    allow(false);
    try {
      const page = await visit();
      await page.getByRole('button', { name: 'Edit Support cases' }).click();
      await page.getByText('Attachments', { exact: true }).click();
      expect(await page.getByLabel('Attachments').isChecked()).toBe(true);
      await page.getByRole('button', { name: 'Activate…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('lacks the permission “Transition Issues” in the project SUP').waitFor();
      await dialog.getByText('It can be activated all the same').waitFor();
      await dialog.getByRole('button', { name: 'Activate', exact: true }).click();
      const attention = page.getByRole('region', { name: 'Attention required' });
      await attention.getByText('lacks the permission “Transition Issues”').waitFor();
      await attention.getByText('in the permission scheme of SUP').waitFor();
      await attention.getByRole('button', { name: /^Try again/ }).click();
      await attention.getByText('lacks the permission “Transition Issues”').waitFor();
      allow(true);
      await attention.getByRole('button', { name: /^Try again/ }).click();
      await attention.waitFor({ state: 'detached' });

      allow(false);
      await stage.advance('25h');
      await stage.outside.cycle();
      await page.getByRole('button', { name: 'Refresh the list' }).click();
      await attention.getByRole('button', { name: /^Dismiss/ }).click();
      await attention.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Activity' }).click();
      await page.getByText('Alex Admin dismissed what needed attention in Support cases').waitFor();
      expect(stage.problems).toEqual([]);
    } finally {
      allow(true);
    }
  });

  it('I-6 pauses everything, and deletes an item only after saying what becomes of its links', async () => {
    const page = await visit();
    const row = page.getByRole('row', { name: 'Support cases' });
    await page.getByRole('button', { name: 'Pause all' }).click();
    await row.getByText('Paused').waitFor();
    await page.getByRole('button', { name: 'Resume all' }).click();
    await row.getByText('Waiting').waitFor();
    await menu('Support cases', 'Delete');
    const dialog = page.getByRole('dialog');
    await dialog
      .getByText(/links?/)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    expect(await row.count()).toBe(1);
    await menu('Support cases', 'Delete');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Make your first Smart Connected Item').waitFor();
    await looksSound(page, 'admin-no-items');
    expect(stage.problems).toEqual([]);
  });

  it('A-4 I-6 does not delete or restore over what somebody else has activated meanwhile', async () => {
    const files = exampleProgram();
    const path = 'support-cases.bridge';
    const text = files[path]!;
    const others = (name: string) => ({ [path]: text.replace('"Support cases"', `"${name}"`) });
    const page = await visit();
    await menu('Support cases', 'Delete');
    await stage.admin('items.save', { files: others('Theirs'), baseVersion: 1 });
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByText('Somebody else activated another version meanwhile').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('row', { name: 'Theirs' }).waitFor();

    await menu('Theirs', 'Versions');
    await page.getByRole('button', { name: 'Restore version 1' }).click();
    await stage.admin('items.save', { files: others('Theirs again'), baseVersion: 2 });
    await dialog.getByRole('button', { name: 'Restore' }).click();
    await dialog.getByText('Somebody else activated another version meanwhile').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Version 3', { exact: true }).waitFor();
    expect((await stage.admin<{ files: Record<string, string> }>('items.list')).files).toEqual(others('Theirs again'));
    await page.getByRole('button', { name: 'Restore version 1' }).click();
    await dialog.getByRole('button', { name: 'Restore' }).click();
    await page.getByText('Version 4', { exact: true }).waitFor();
    expect((await stage.admin<{ files: Record<string, string> }>('items.list')).files).toEqual(files);
    expect(stage.problems).toEqual([]);
  });

  it('A-3 A-4 says whose place an item takes when a rename is undone, and what a restore takes back beside it', async () => {
    const [path, text] = Object.entries(exampleProgram())[0]!;
    const desk =
      'item desk "Desk" { salesforce Case  jira SUP / "Task"  sync one-way  fields { Subject -> summary or else skip } }';
    const renamed = text.replace('item support-cases', 'item tickets was support-cases');
    await stage.admin('items.save', { files: { [path]: `${renamed}\n${desk}\n` }, baseVersion: 1 });
    const page = await stage.open('/app/admin#/edit?version=1');
    await page.getByRole('button', { name: 'Activate…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('takes the place of tickets').waitFor();
    await looksSound(page, 'admin-rename-undone');
    await page.keyboard.press('Escape');

    await stage.open('/app/admin#/versions?item=desk');
    await page.getByRole('button', { name: 'Restore version 1' }).click();
    await dialog.getByText('The same file says what Support cases does; it goes back with it.').waitFor();
    await looksSound(page, 'admin-restore-beside');
    expect(stage.problems).toEqual([]);
  });

  it('A-4 compares a version with the active one on a page that opened no editor before', async () => {
    const [path, text] = Object.entries(exampleProgram())[0]!;
    await stage.admin('items.save', { files: { [path]: text.replace('"Support cases"', '"Cases"') }, baseVersion: 1 });
    const page = await stage.open('/app/admin#/versions');
    await page.getByRole('button', { name: 'Compare version 1 with the active one' }).click();
    const dialog = page.getByRole('dialog');
    for (const name of ['"Support cases"', '"Cases"'])
      await dialog.locator('.view-line').filter({ hasText: name }).first().waitFor();
    expect((await dialog.locator('.diff-view').boundingBox())!.height).toBeGreaterThan(200);
    // One above the other and side by side again.
    for (const width of [600, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await looksSound(page, `admin-compare-${width}`);
    }
    expect(stage.problems).toEqual([]);
  });

  it('C-5 I-6 what cannot be read says so in its place, and is read again with a click', async () => {
    await stage.outside.control(
      'PUT',
      '/control/faults',
      Array.from({ length: 40 }, (_, at) => ({ system: 'kvs', match: {}, nth: at + 1, effect: '500' })),
    );
    const page = await visit();
    const connection = page.getByRole('region', { name: 'Salesforce connection' });
    await connection.getByText('The connection could not be read').waitFor();
    await page.getByText('The items could not be read').waitFor();
    await looksSound(page, 'admin-unreadable');
    await stage.outside.control('PUT', '/control/faults', []);
    // Those that are read again by themselves meanwhile have no button any more.
    await connection.getByRole('button', { name: 'Try again' }).click();
    const again = page.getByRole('button', { name: 'Try again' });
    for (; (await again.count()) > 0; await page.waitForTimeout(200))
      await again
        .first()
        .click({ timeout: 1000 })
        .catch(() => {});
    await connection.getByText('Org name').waitFor();
    await page.getByRole('row', { name: 'Support cases' }).waitFor();
    expect(await page.getByText('could not be read').count()).toBe(0);
  });

  it('I-6 the table shows a new run while somebody looks, without a click', async () => {
    const page = await visit();
    await page.getByRole('row', { name: 'Support cases' }).getByText('Waiting').waitFor();
    await stage.outside.salesforce
      .sobject('Case')
      .create({ Subject: 'Printer on fire', Origin: 'Phone', AccountId: await customer() });
    await stage.outside.cycle();
    await page.getByText('1 created').waitFor({ timeout: 15_000 });
  }, 30_000);

  it('C-7 says that nothing is synced without a licence, in light and dark', async () => {
    await stage.outside.control('PUT', '/control/conditions', { forge: { licensed: false } });
    try {
      const page = await visit();
      await page.getByText('Syncing is held back').waitFor();
      await page.getByText('The app has no active licence on this site').waitFor();
      await looksSound(page, 'admin-unlicensed');
      expect(stage.problems).toEqual([]);
    } finally {
      await stage.outside.control('PUT', '/control/conditions', {});
    }
  });
});
