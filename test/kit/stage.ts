/**
 * What every browser test stands on: a sandbox and a window for the file, and one page at a time. Called once at
 * the top of a test file; what it answers is filled in before the first test.
 */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import type { SandboxOptions } from '../../sandbox/server.ts';
import { type OpenOptions, openWindow, type Window } from './browser.ts';
import { type Outside, openOutside } from './outside.ts';

export interface Stage {
  readonly outside: Outside;
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
  let window: Window | undefined;
  let isOpen = false;
  beforeAll(async () => {
    outside = await openOutside({ empty: true, ...options });
  });
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    try {
      await window?.clear();
    } catch {
      // It hangs or is gone: the next test gets another.
      await window?.close();
      window = undefined;
    }
  };
  afterEach(close);
  afterAll(async () => {
    await window?.close();
    await outside?.stop();
  });
  const shown = () => {
    if (window === undefined || !isOpen) throw new Error('no page is open');
    return window;
  };
  return {
    get outside() {
      return outside;
    },
    get page() {
      return shown().page;
    },
    get problems() {
      return shown().problems;
    },
    async open(path, how) {
      await close();
      window ??= await openWindow(outside.sandbox.host);
      isOpen = true;
      await window.show(`${outside.sandbox.host}${path}`, how);
      return window.page;
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
