/**
 * What a browser loads of each built page, compressed: everything but what waits for an editor to open; and what the
 * editor's worker loads to check a sound program, and then on demand. A page that is not built yet says so.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const pages = fileURLToPath(new URL('../build/pages/', import.meta.url));

/** Monaco comes with the editor; themes and the frame's resizer only where a host asks. Workers lie in a folder of their own. */
const later = /^(?:setup|code-editor|diff-view|custom-theme|atlassian-|UNSAFE-|iframe-resizer)/;

const sizeOf = (file: string): number => gzipSync(readFileSync(file)).length / 1000;
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter(name => /\.(?:js|css)$/.test(name))
    .map(name => `${folder}${name}`);
const kilobytes = (page: string): number =>
  filesIn(`${pages}${page}/assets/`)
    .filter(file => !later.test(file.slice(file.lastIndexOf('/') + 1)))
    .reduce((sum, file) => sum + sizeOf(file), 0);

/** A file with all that it imports before it runs. */
function withImports(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  for (const [, from] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g))
    withImports(folder + from, seen);
  return seen;
}

describe.skipIf(!existsSync(`${pages}admin/assets`))('the pages, compressed', () => {
  it.each([
    ['admin', 320],
    ['panel', 120],
  ])('%s loads within %i KB', (page, budget) => {
    expect(kilobytes(page)).toBeLessThanOrEqual(budget);
    expect(kilobytes(page)).toBeGreaterThan(40);
  });

  it('the language service checks a sound program with 80 KB; what else it can comes in parts', () => {
    const workers = filesIn(`${pages}admin/assets/workers/`);
    const service = workers.find(file => /\/worker-/.test(file))!;
    const atOnce = withImports(service);
    const sum = (files: Iterable<string>) => [...files].reduce((all, file) => all + sizeOf(file), 0);
    expect(sum(atOnce)).toBeLessThanOrEqual(80);
    const rooms = workers.filter(file => /\/(?:broken|looking|writing|yaml)-/.test(file));
    expect(rooms).toHaveLength(4);
    for (const room of rooms) {
      const more = [...withImports(room)].filter(file => !atOnce.has(file));
      expect(sum(more), room).toBeGreaterThan(5);
      expect(sum(more), room).toBeLessThanOrEqual(80);
    }
  });
});
