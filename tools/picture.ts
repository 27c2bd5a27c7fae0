/**
 * The picture of the README: a case and its incident side by side in the sandbox, after a minute's work, in light and in dark.
 * `node tools/picture.ts`, after `npm run build`.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launchBrowser, openPage } from '../test/kit/browser.ts';
import { exampleProgram, openOutside } from '../test/kit/outside.ts';

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
mkdirSync(folder, { recursive: true });
const [outside, browser] = await Promise.all([openOutside({ empty: true }), launchBrowser()]);
try {
  await outside.control('PUT', '/control/program', { files: exampleProgram() });
  const account = { Name: 'Korvex Systems', Rating: 'Cold', Type: 'Customer - Direct' };
  const { id: AccountId } = await outside.salesforce.sobject('Account').create(account);
  const { id } = await outside.salesforce.sobject('Case').create({
    Subject: 'Press 4 stands still',
    Description: 'Since the early shift. Nobody has touched it.',
    Origin: 'Phone',
    Priority: 'High',
    AccountId,
  });
  await outside.cycle();
  const { issueKey } = (await outside.state()).links[0]!;
  for (const colorScheme of ['light', 'dark'] as const) {
    const url = `${outside.sandbox.host}/#record=${id}&issue=${issueKey}`;
    const { page, close } = await openPage(browser, url, { colorScheme, width: 1440, height: 1000 });
    await page.getByRole('article', { name: `Issue ${issueKey}` }).waitFor();
    await page.getByRole('article', { name: /^Case / }).waitFor();
    await page.locator('.code .line').first().waitFor();
    await page.waitForTimeout(1_500);
    await page.screenshot({ path: `${folder}sandbox-${colorScheme}.png` });
    await close();
  }
} finally {
  await browser.close();
  await outside.stop();
}
