/**
 * How a page looks as it stands: what is serious for assistive technology, in light and, as it follows the system while
 * it stands open, in dark. `PICTURES` names a folder that gets a picture of each, for people to look at.
 */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { colours, seriousFaults } from './axe.ts';

/** Fails the test that calls it on what is found. */
export async function looksSound(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    // Nothing is half-way between two colours.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate('new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
    await page.evaluate(`Promise.allSettled(
      document.getAnimations().filter(each => each instanceof CSSTransition).map(each => each.finished),
    )`);
    expect(await page.evaluate('document.documentElement.dataset.colorMode ?? ""')).toMatch(
      new RegExp(`^(${colorScheme})?$`),
    );
    await picture(page, `${name}-${colorScheme}`);
    // What the theme cannot change is asked once.
    const look = () => seriousFaults(page, colorScheme === 'dark' ? colours : undefined);
    let found = await look();
    // What is there for a moment only, while an editor lays itself out, nobody reads.
    if (found.length > 0) {
      await page.waitForTimeout(500);
      found = await look();
    }
    expect(found, `${name} in ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
}

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
