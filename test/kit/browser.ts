/**
 * A real Chromium, straight from npm: no system package and no download. One for all the test files of a process; each
 * file opens its own window. What a page logs as an error fails the test that opened it.
 */
import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';

/**
 * Our own, not the package's: those are for small cloud functions (one process, web security off) and would
 * hide what a page is refused. A closed network would otherwise make Chromium's look-ups stall each start; one
 * renderer is enough for one page, and none is kept ready for a second.
 */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--in-process-gpu',
  '--renderer-process-limit=1',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

let launched: Promise<Browser> | undefined;

/** The process's one, which ends with it; another when it broke down. */
async function theBrowser(): Promise<Browser> {
  const browser = await launched;
  if (browser?.isConnected()) return browser;
  launched = chromium
    .executablePath()
    .then(executablePath => playwright.launch({ executablePath, args, headless: true }));
  return launched;
}

export interface OpenOptions {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

export interface Window {
  readonly page: Page;
  /** Errors of the console, uncaught exceptions and refused resources of what it shows, in order. */
  readonly problems: readonly string[];
  /** As on a first visit. */
  show(url: string, options?: OpenOptions): Promise<void>;
  /** What is shown ends; nothing that it kept, and nothing that was put between it and the net, is left. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/**
 * One page that is used again: a new one costs a process, which is most of what a short test would take.
 *
 * @param host of the pages, without a slash at the end
 */
export async function openWindow(host: string): Promise<Window> {
  const context = await (await theBrowser()).newContext();
  // Shorter than a test's own limit, so that a failure names the step that waited; long enough for a machine that is busy.
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', error => problems.push(error.message));
  return {
    page,
    problems,
    async show(url, { colorScheme = 'light', width = 1440, height = 900 } = {}) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      problems.length = 0;
      await page.goto(url);
    },
    async clear() {
      for (const other of context.pages()) if (other !== page) await other.close();
      await context.unrouteAll({ behavior: 'ignoreErrors' });
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      // A page of the same origin without a script: what was shown cannot write any more.
      await page.goto(`${host}/nothing`);
      await page.evaluate('localStorage.clear(); sessionStorage.clear()');
    },
    close: () => context.close(),
  };
}
