/**
 * Every slip of every example: each token taken away, and each piece put in its place and before it, as
 * `dsl/recovery.test.ts` tries some of. `npm run fuzz:slips [-- PART_OF_A_NAME]`; ends with 1 if a promise is broken.
 */
import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { createSourceFile, parse } from '../../dsl/index.ts';
import { complaint, slipsOf, underIn, yamlSlipsOf } from '../../dsl/slips.ts';
import { EVERYTHING, EVERYTHING_YAML, entriesOf } from '../../dsl/testing.ts';

const folder = new URL('../../examples/', import.meta.url);
const texts = [
  ['every-construct.bridge', EVERYTHING] as const,
  ['every-construct.bridge.yaml', EVERYTHING_YAML] as const,
  ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.bridge(\.yaml)?$/.test(path))
    .map(path => [path, readFileSync(new URL(path, folder), 'utf8')] as const),
];
const [part = ''] = process.argv.slice(2);
for (const [path, text] of texts.filter(([path]) => path.includes(part))) {
  const file = createSourceFile(path, text);
  const entries = entriesOf(parse(file));
  let tried = 0;
  let broken = 0;
  const yaml = file.notation === 'yaml';
  const under = underIn(text);
  for (const slip of yaml ? yamlSlipsOf(file) : slipsOf(file)) {
    tried++;
    const said = complaint(
      entries,
      parse(createSourceFile(path, slip.text)),
      slip,
      yaml ? under(slip.line) : undefined,
    );
    if (said === undefined) continue;
    broken++;
    console.log(`${path}: ${said}`);
  }
  console.log(`${path}: ${tried} slips, ${broken} break a promise`);
  if (broken > 0) process.exitCode = 1;
}
