/**
 * A real Chromium, straight from npm: no system package and no download. One a test file; each test
 * opens its own context. What a page logs as an error fails the test that opened it.
 */
import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';

/**
 * Our own, not the package's: those are for small cloud functions (one process, web security off) and would
 * hide what a page is refused. A closed network would otherwise make Chromium's look-ups stall each start.
 */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

export async function launchBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args,
    headless: true,
  });
}

export interface OpenOptions {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

export interface OpenPage {
  readonly page: Page;
  /** Errors of the console, uncaught exceptions and refused resources, in order. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

export async function openPage(browser: Browser, url: string, options: OpenOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({
    colorScheme: options.colorScheme ?? 'light',
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
  });
  // Shorter than a test's own limit, so that a failure names the step that waited; long enough for a machine that is busy.
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', error => problems.push(error.message));
  await page.goto(url);
  return { page, problems, close: () => context.close() };
}
