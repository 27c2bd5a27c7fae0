/** Data and privacy in a real browser: what is kept is shown, taken away and erased; what is left alone is allowed again. */
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { looksSound } from '../kit/looks.ts';
import { setStage } from '../kit/stage.ts';

const program = `item cases "Cases" {
  salesforce Case
  jira SUP / "Incident"
  sync two-way
  create all
  fields { Subject <-> summary or else skip }
}
`;
const elsewhere = '00D000000000001EAA';

const stage = setStage();
let issueKey: string;
beforeEach(async () => {
  await stage.reset({ 'a.bridge': program });
  await stage.outside.cycle();
  await stage.advance('1m');
  await stage.outside.salesforce.sobject('Case').create({ Subject: 'Fire', Origin: 'Phone' });
  await stage.advance('5m');
  await stage.outside.cycle();
  issueKey = (await stage.outside.state()).links[0]!.issueKey;
});

describe('data and privacy', () => {
  it('A-5 shows what is kept of an issue, takes it away and erases it, in light and dark', async () => {
    const page = await stage.open('/app/admin#/data');
    await page.getByRole('heading', { name: 'What the bridge keeps' }).waitFor();
    await page.getByLabel('Issue key').fill('sup7');
    await page.keyboard.press('Enter');
    await page.getByText('An issue key is that of a project, a hyphen and a number').waitFor();
    await page.getByLabel('Issue key').fill(issueKey.toLowerCase());
    await page.keyboard.press('Enter');
    await page.getByText(`Of ${issueKey} are kept: 1 link`).waitFor();

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as JSON' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`salesforce-bridge-${issueKey}.json`);
    const taken = JSON.parse(readFileSync(await download.path(), 'utf8')) as { links: { issueKey: string }[] };
    expect(taken.links.map(link => link.issueKey)).toEqual([issueKey]);

    await page.getByRole('button', { name: 'Erase…' }).click();
    await page.getByRole('dialog').getByText('this cannot be taken back').waitFor();
    await page.setViewportSize({ width: 400, height: 900 });
    await looksSound(page, 'admin-data');
    await page.keyboard.press('Escape');
    expect((await stage.outside.state()).links).toHaveLength(1);
    await page.getByRole('button', { name: 'Erase…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Erase', exact: true }).click();
    await page.getByText(`Nothing is kept of ${issueKey}.`).waitFor();
    await page.getByRole('button', { name: /Allow a new issue for 500/ }).waitFor();
    expect((await stage.outside.state()).links).toEqual([]);
    expect(stage.problems).toEqual([]);
  });

  it('A-5 erases a person, found by name', async () => {
    const page = await stage.open('/app/admin#/data');
    await page.getByRole('button', { name: 'a person' }).click();
    await page.getByLabel('Person').fill('Alex');
    await page.getByRole('button', { name: 'Alex Admin' }).click();
    await page.getByText(/Of Alex Admin are kept: .*saved version/).waitFor();
    await page.getByRole('button', { name: 'Erase…' }).click();
    await page.getByRole('dialog').getByText('by nobody in particular').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Erase', exact: true }).click();
    // The erasing itself is the one act that is known of the person now.
    await page.getByText('Of Alex Admin are kept: 1 entry of the activity.').waitFor();
    await page.getByRole('button', { name: 'Activity' }).click();
    await page.getByText('erased what was kept of a person').waitFor();
    expect(stage.problems).toEqual([]);
  });

  it('S-3 a record whose issue was deleted is left alone until it is allowed again', async () => {
    const page = await stage.open('/app/admin#/data');
    await page.getByText('There are none.').waitFor();
    await stage.outside.jira('admin', 'DELETE', `/rest/api/3/issue/${issueKey}`);
    await stage.outside.settle();
    expect(await stage.outside.issues()).toEqual([]);
    await page.getByRole('button', { name: 'Activity' }).click();
    await page.getByRole('button', { name: 'Data and privacy' }).click();
    await page.getByRole('button', { name: /Allow a new issue for 500/ }).click();
    await page.getByText('There are none.').waitFor();
    await stage.outside.settle();
    expect((await stage.outside.issues()).map(({ fields }) => fields.summary)).toEqual(['Fire']);
    await page.getByRole('button', { name: 'Activity' }).click();
    await page.getByText(/let Cases make an issue for 500\w+ again/).waitFor();
    expect(stage.problems).toEqual([]);
  });

  it('C-5 says that the links are another org’s, and starts over where an admin wants it', async () => {
    stage.outside.sandbox.world.salesforce.moveTo(elsewhere);
    await stage.outside.control('POST', '/control/connect', {});
    const page = await stage.open('/app/admin');
    const card = page.getByRole('region', { name: 'Salesforce connection' });
    await card.getByText(`than the connected one (${elsewhere})`).waitFor();
    await card.getByText('Nothing is lost').waitFor();
    await looksSound(page, 'admin-other-org');
    await card.getByRole('button', { name: /^Start over with/ }).click();
    await page.getByRole('dialog').getByText('All links to the other org end').waitFor();
    expect((await stage.outside.state()).links).toHaveLength(1);
    await page.getByRole('button', { name: 'End the links and start over' }).click();
    await card.getByText('Nothing is lost').waitFor({ state: 'detached' });
    expect((await stage.outside.state()).links).toEqual([]);
    expect(stage.problems).toEqual([]);
  });
});
