/**
 * Every slip of every example: each token taken away, and each piece put in its place and before it, as
 * `dsl/recovery.test.ts` tries some of. `npm run fuzz:slips [-- PART_OF_A_NAME]`; ends with 1 if a promise is broken.
 */
import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { createSourceFile, parse } from '../../dsl/index.ts';
import { complaint, slipsOf } from '../../dsl/slips.ts';
import { EVERYTHING, entriesOf } from '../../dsl/testing.ts';

const folder = new URL('../../examples/', import.meta.url);
const texts = [
  ['every-construct.bridge', EVERYTHING] as const,
  ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.bridge'))
    .map(path => [path, readFileSync(new URL(path, folder), 'utf8')] as const),
];
const [part = ''] = process.argv.slice(2);
for (const [path, text] of texts.filter(([path]) => path.includes(part))) {
  const file = createSourceFile(path, text);
  const entries = entriesOf(parse(file));
  let tried = 0;
  let broken = 0;
  for (const slip of slipsOf(file)) {
    tried++;
    const said = complaint(entries, parse(createSourceFile(path, slip.text)), slip);
    if (said === undefined) continue;
    broken++;
    console.log(`${path}: ${said}`);
  }
  console.log(`${path}: ${tried} slips, ${broken} break a promise`);
  if (broken > 0) process.exitCode = 1;
}
