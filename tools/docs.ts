/**
 * `npm run docs`: writes what the parser looks ahead for, then the generated pages of the documentation, and
 * removes those of codes that are gone. Says what is other than it was.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lookaheadTablePath, lookaheadTableText } from '../dsl/grammar/learn-lookahead.ts';
import { withRefusals } from './refusals.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
let changes = 0;
const told = (words: string) => {
  changes++;
  console.log(words);
};
function write(path: string, text: string): void {
  const target = join(root, path);
  if (existsSync(target) && readFileSync(target, 'utf8') === text) return;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  told(`wrote ${path}`);
}
write(lookaheadTablePath, lookaheadTableText());

// They are compiled, with the table as it is now.
const { documents } = await import('../compiler/pages/markdown.ts');
const { play } = await import('./play.ts');
const { referencePages } = await import('./reference.ts');
const pages = new Map(documents());
const folder = 'docs/diagnostics';
mkdirSync(join(root, folder), { recursive: true });
for (const name of readdirSync(join(root, folder))) {
  if (pages.has(`${folder}/${name}`)) continue;
  rmSync(join(root, folder, name));
  told(`removed ${folder}/${name}`);
}
for (const [path, text] of await referencePages()) pages.set(path, text);
// Of pages that people write, what is not theirs to write.
pages.set('docs/deploy.md', withRefusals(readFileSync(join(root, 'docs/deploy.md'), 'utf8')));
pages.set('docs/tutorial.md', await play(readFileSync(join(root, 'docs/tutorial.md'), 'utf8'), root));
for (const [path, text] of pages) write(path, text);
if (changes === 0) console.log('all that is generated is as it should be');
