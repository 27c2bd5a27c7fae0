/** What a browser loads of each built page, and of the editor's worker, stays within its budget. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languageServiceSize, pageSize, pagesFolder } from '../tools/page-sizes.ts';

describe.skipIf(!existsSync(`${pagesFolder}admin/assets`))('the pages, compressed', () => {
  it.each([
    ['admin', 320],
    ['panel', 120],
    // The sandbox's own.
    ['shell', 130],
  ])('%s loads within %i KB', (page, budget) => {
    expect(pageSize(page)).toBeLessThanOrEqual(budget);
    expect(pageSize(page)).toBeGreaterThan(40);
  });

  it('the language service checks a sound program with 80 KB; what else it can comes in parts', () => {
    const { atOnce, parts, whole } = languageServiceSize();
    expect(atOnce).toBeLessThanOrEqual(80);
    expect(whole).toBeGreaterThan(atOnce * 1.5);
    for (const [part, size] of Object.entries(parts)) {
      expect(size, part).toBeGreaterThan(5);
      expect(size, part).toBeLessThanOrEqual(80);
    }
  });
});
