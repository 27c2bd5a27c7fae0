/**
 * What every browser test stands on: a sandbox and a browser for the file, and one page at a time. Called once at
 * the top of a test file; what it answers is filled in before the first test.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import type { SandboxOptions } from '../../sandbox/server.ts';
import { launchBrowser, type OpenOptions, type OpenPage, openPage } from './browser.ts';
import { type Outside, openOutside } from './outside.ts';

export interface Stage {
  readonly outside: Outside;
  readonly browser: Browser;
  /** The page that was opened last. */
  readonly page: Page;
  /** Errors of its console, uncaught exceptions and refused resources. */
  readonly problems: readonly string[];
  /** `/app/admin#/edit`, …; the page before it is closed. */
  open(path: string, options?: OpenOptions): Promise<Page>;
  /** A function of the app's admin resolver, as the admin; a refusal is thrown. */
  admin<T>(name: string, payload?: object): Promise<T>;
  reset(files?: Readonly<Record<string, string>>): Promise<void>;
  advance(by: string): Promise<void>;
}

export function setStage(options: Partial<SandboxOptions> = {}): Stage {
  // A story of many steps, on a machine that is busy with others.
  vi.setConfig({ testTimeout: 90_000 });
  let outside: Outside;
  let browser: Browser;
  let open: OpenPage | undefined;
  beforeAll(async () => {
    [outside, browser] = await Promise.all([openOutside({ empty: true, ...options }), launchBrowser()]);
  });
  const close = async () => {
    await open?.close();
    open = undefined;
  };
  afterEach(close);
  afterAll(async () => {
    await browser?.close();
    await outside?.stop();
  });
  const shown = () => {
    if (open === undefined) throw new Error('no page is open');
    return open;
  };
  return {
    get outside() {
      return outside;
    },
    get browser() {
      return browser;
    },
    get page() {
      return shown().page;
    },
    get problems() {
      return shown().problems;
    },
    async open(path, how) {
      await close();
      open = await openPage(browser, `${outside.sandbox.host}${path}`, how);
      return open.page;
    },
    async admin<T>(name: string, payload: object = {}) {
      const { accountId } = outside.sandbox.jiraUsers.find(({ role }) => role === 'admin')!;
      const body = { module: 'admin', function: name, payload, accountId };
      const answer = await outside.control<{ ok: boolean; result: T }>('POST', '/control/invoke', body);
      if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`);
      return answer.result;
    },
    async reset(files) {
      await outside.control('POST', '/control/reset', {});
      await outside.control('POST', '/control/connect', {});
      // A clock that a test moved by a day has ended the session.
      await outside.signIn();
      if (files !== undefined) await outside.control('PUT', '/control/program', { files });
    },
    async advance(by) {
      await outside.control('POST', '/control/clock', { advance: by });
    },
  };
}
