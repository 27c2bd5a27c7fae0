/**
 * `npm run docs`: writes what the parser looks ahead for, then the generated pages of the documentation, and
 * removes those of codes that are gone.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lookaheadTablePath, lookaheadTableText } from '../dsl/grammar/learn-lookahead.ts';
import { withRefusals } from './refusals.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
writeFileSync(join(root, lookaheadTablePath), lookaheadTableText());

// They are compiled, with the table as it is now.
const { documents } = await import('../compiler/pages/markdown.ts');
const { play } = await import('./play.ts');
const { referencePages } = await import('./reference.ts');
const pages = new Map(documents());
const folder = 'docs/diagnostics';
mkdirSync(join(root, folder), { recursive: true });
for (const name of readdirSync(join(root, folder))) {
  if (!pages.has(`${folder}/${name}`)) rmSync(join(root, folder, name));
}
for (const [path, text] of await referencePages()) pages.set(path, text);
// Of pages that people write, what is not theirs to write.
pages.set('docs/deploy.md', withRefusals(readFileSync(join(root, 'docs/deploy.md'), 'utf8')));
pages.set('docs/tutorial.md', await play(readFileSync(join(root, 'docs/tutorial.md'), 'utf8'), root));
for (const [path, text] of pages) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
