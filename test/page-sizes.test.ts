/**
 * What a browser loads of each built page, compressed: everything but what waits for an editor to open. A page
 * that is not built yet says so.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const pages = fileURLToPath(new URL('../build/pages/', import.meta.url));

/** Monaco, its worker and ours come with the editor; themes and the frame's resizer only where a host asks. */
const later = /^(?:setup|code-editor|diff-view|editor\.worker|worker|custom-theme|atlassian-|UNSAFE-|iframe-resizer)/;

const kilobytes = (page: string): number => {
  const folder = `${pages}${page}/assets/`;
  const files = readdirSync(folder).filter(name => /\.(?:js|css)$/.test(name) && !later.test(name));
  return files.reduce((sum, name) => sum + gzipSync(readFileSync(folder + name)).length, 0) / 1000;
};

describe.skipIf(!existsSync(`${pages}admin/assets`))('the pages, compressed', () => {
  it.each([
    ['admin', 320],
    ['panel', 120],
  ])('%s loads within %i KB', (page, budget) => {
    expect(kilobytes(page)).toBeLessThanOrEqual(budget);
    expect(kilobytes(page)).toBeGreaterThan(40);
  });
});
