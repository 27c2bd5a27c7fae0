/** What a browser loads of the built pages, in KB of gzip: at once, when an editor opens, and when something asks for it. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

export const pagesFolder = fileURLToPath(new URL('../build/pages/', import.meta.url));

/** Monaco comes with the editor; themes and the frame's resizer only where a host asks. Workers lie in a folder of their own. */
const later = /^(?:setup|code-editor|diff-view|custom-theme|atlassian-|UNSAFE-|iframe-resizer)/;
const parts = ['broken', 'looking', 'writing', 'yaml'] as const;

const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1);
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter(name => /\.(?:js|css)$/.test(name))
    .map(name => `${folder}${name}`);
const sum = (files: Iterable<string>): number =>
  [...files].reduce((all, file) => all + gzipSync(readFileSync(file)).length / 1000, 0);

/** A page with all of its code but the editor's. */
export const pageSize = (page: string): number =>
  sum(filesIn(`${pagesFolder}${page}/assets/`).filter(file => !later.test(nameOf(file))));

/** Monaco and what ties the page to it, without the page. */
export const monacoSize = (): number =>
  sum([
    ...filesIn(`${pagesFolder}admin/assets/`).filter(file => /^(?:setup|code-editor|diff-view)/.test(nameOf(file))),
    ...filesIn(`${pagesFolder}admin/assets/workers/`).filter(file => nameOf(file).startsWith('editor.worker')),
  ]);

export interface LanguageServiceSize {
  /** What checks a sound Bridge program; everything else is loaded by the first question that needs it. */
  readonly atOnce: number;
  /** Each by itself, on top of what is there at once; where two share a file it counts for both. */
  readonly parts: Readonly<Record<(typeof parts)[number], number>>;
  /** All of it. */
  readonly whole: number;
}

export function languageServiceSize(): LanguageServiceSize {
  const files = filesIn(`${pagesFolder}admin/assets/workers/`);
  const named = (name: string): string => {
    const found = files.find(file => nameOf(file).startsWith(`${name}-`));
    if (found === undefined) throw new Error(`the admin page has no file ${name}`);
    return found;
  };
  const atOnce = withImports(named('worker'));
  const more = parts.map(part => [part, [...withImports(named(part))].filter(file => !atOnce.has(file))] as const);
  return {
    atOnce: sum(atOnce),
    parts: Object.fromEntries(more.map(([part, own]) => [part, sum(own)])) as LanguageServiceSize['parts'],
    whole: sum(new Set([...atOnce, ...more.flatMap(([, own]) => own)])),
  };
}

/** A file with all that it imports before it runs. */
function withImports(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  for (const [, from] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g))
    withImports(folder + from, seen);
  return seen;
}
