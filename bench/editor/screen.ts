/**
 * The page in a real browser: from a key in a program of 2,000 lines until its findings are drawn, and from opening the
 * page until its table can be used. The page, its policy and the host are the sandbox's; the program and what the org and
 * the site offer are the bench's own, answered in the host's place. Prints one line of JSON.
 */
import chromium from '@sparticuz/chromium';
import { type Page, chromium as playwright } from 'playwright-core';
import { startSandbox } from '../../sandbox/server.ts';
import { bridgeProgram } from '../corpus/bridge.ts';
import { worldFor } from '../corpus/world.ts';

export interface Screen {
  readonly lines: number;
  /** ms, median of the keys: until the page has drawn what the check of that text found. */
  readonly key: number;
  /** The slowest of them. */
  readonly slowestKey: number;
  /** ms, median of the keys: until the letter itself is drawn. */
  readonly letter: number;
  /** Seconds from asking for the page to the items in the table, the best of five. */
  readonly table: number;
}

const items = 143;
const text = bridgeProgram(items, 4);
const metadata = worldFor(items);
const own: Readonly<Record<string, (payload: { object?: string; project?: string }) => unknown>> = {
  'items.list': () => ({
    version: 1,
    savedAt: 0,
    savedBy: 'a',
    files: { 'items.bridge': text },
    items: [],
    allPaused: false,
  }),
  'metadata.salesforce': ({ object }) =>
    object === undefined
      ? metadata.salesforce.objects
      : metadata.salesforce.objects.find(({ name }) => name === object),
  'metadata.jira': () => metadata.jira,
};

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/**
 * In the page, before anything of it runs: when the frame is done in which what is there now is drawn. What changes while a
 * frame is prepared belongs to that frame, everything else to the next one.
 */
const frames = `
  const ask = requestAnimationFrame.bind(globalThis);
  let end;
  const endOfFrame = () => end ??= new Promise(done => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      end = undefined;
      done(performance.now());
    };
    port2.postMessage(0);
  });
  globalThis.requestAnimationFrame = run => ask(time => {
    endOfFrame();
    run(time);
  });
  globalThis.drawn = () => end ?? new Promise(done => ask(() => endOfFrame().then(done)));`;

/**
 * In the page: counts from the key's own event to the frame after the letter is in its line, and to the frame after the
 * findings of that very text are there: their number below the code, and the mark in it.
 */
const armed = (broken: boolean) => `
  globalThis.timed = new Promise((done, failed) => {
    const status = document.querySelector('[aria-label=Findings] [role=status]');
    const lines = document.querySelector('.view-lines');
    const isFound = () =>
      ${broken ? '/error/' : '/No findings/'}.test(status.textContent) &&
      (document.querySelector('.squiggly-error') !== null) === ${broken};
    addEventListener('keydown', ({ timeStamp }) => {
      let letter;
      new MutationObserver((_, observer) => {
        letter ??= drawn();
        observer.disconnect();
      }).observe(lines, { childList: true, characterData: true, subtree: true });
      const seen = new MutationObserver(async () => {
        if (!isFound()) return;
        seen.disconnect();
        done({ findings: (await drawn()) - timeStamp, letter: (await letter) - timeStamp });
      });
      seen.observe(document.body, { childList: true, characterData: true, subtree: true, attributes: true });
    }, { capture: true, once: true });
    setTimeout(() => failed(new Error('the findings did not change')), 10000);
  });
  undefined`;

interface Key {
  /** ms after the key's event. */
  readonly letter: number;
  readonly findings: number;
}

async function keys(page: Page): Promise<readonly Key[]> {
  await page.route('**/bridge/invoke', async route => {
    const { functionKey, payload } = route.request().postDataJSON() as { functionKey: string; payload: object };
    const answer = own[functionKey];
    if (answer === undefined) return route.continue();
    await route.fulfill({ json: { value: { ok: true, result: answer(payload) } } });
  });
  const line = Math.floor(text.split('\n').findIndex(each => each.includes('item entity-71 ')));
  await page.goto(`${page.url().split('#')[0]}#/edit?at=items.bridge:${line + 1}`);
  await page.reload();
  await page.getByText('No findings: this compiles').waitFor({ timeout: 60_000 });
  await page.locator('.monaco-editor.focused').waitFor();
  await page.keyboard.press('Home');
  const found: Key[] = [];
  // A letter before `item` breaks the text, and without it the text is sound again.
  for (let turn = 0; turn < 24; turn++) {
    // Longer than the findings wait before they make the code smaller.
    await page.waitForTimeout(1000);
    await page.evaluate(armed(turn % 2 === 0));
    await page.keyboard.press(turn % 2 === 0 ? 'x' : 'Backspace');
    found.push((await page.evaluate('globalThis.timed')) as Key);
  }
  // The first ones compile the page's own code.
  return found.slice(4);
}

const sandbox = await startSandbox({ port: 0, clock: 'manual' });
const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  headless: true,
});
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addInitScript(frames);
  const page = await context.newPage();
  const tables: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    await page.goto('about:blank');
    const began = performance.now();
    await page.goto(`${sandbox.host}/app/admin`);
    await page.getByRole('row', { name: 'Support cases' }).waitFor();
    tables.push((performance.now() - began) / 1000);
  }
  const took = await keys(page);
  const screen: Screen = {
    lines: text.split('\n').length - 1,
    key: median(took.map(({ findings }) => findings)),
    slowestKey: Math.max(...took.map(({ findings }) => findings)),
    letter: median(took.map(({ letter }) => letter)),
    table: Math.min(...tables),
  };
  console.log(JSON.stringify(screen));
} finally {
  await browser.close();
  await sandbox.stop();
}
process.exit();
