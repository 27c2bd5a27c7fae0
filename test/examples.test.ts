/** The examples are what a user starts from: they check clean, mean the same in both notations, and their snapshot is that of the sandbox. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { memoryHost } from '../compiler/cli/kit/memory-host.ts';
import { run } from '../compiler/cli/main.ts';
import { analyse } from '../compiler/index.ts';
import { readSnapshot } from '../compiler/metadata/snapshot.ts';
import { encodePlan } from '../compiler/plan/encode.ts';
import { createSourceFile } from '../dsl/index.ts';
import { demoSnapshot } from '../tools/snapshot.ts';

const examples = fileURLToPath(new URL('../examples/', import.meta.url));
const read = (path: string) => readFileSync(examples + path, 'utf8');
const metadata = readSnapshot(read('metadata.lock.json'));
const foldersIn = (path: string): readonly string[] =>
  readdirSync(examples + path, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name);
const folders = foldersIn('').filter(name => name !== 'cookbook');
const recipes = foldersIn('cookbook');

function analysed(folder: string) {
  const names = readdirSync(examples + folder).filter(name => /\.bridge(\.ya?ml)?$/.test(name));
  expect(names).not.toEqual([]);
  return analyse(
    names.map(name => createSourceFile(name, read(`${folder}/${name}`))),
    metadata,
  );
}

/** The plan as data, without the places that it came from. */
function meaning(folder: string): unknown {
  const { plan } = analysed(folder);
  if (plan === undefined) return undefined;
  return JSON.parse(encodePlan(plan), (key, value) => (key === 'origin' ? undefined : value));
}

describe('the examples', () => {
  it.each(folders)('L-2 %s compiles without an error, and says what it is in a README', folder => {
    const { diagnostics, plan } = analysed(folder);
    expect(diagnostics.filter(found => found.severity === 'error').map(found => found.message)).toEqual([]);
    expect(plan?.items.length).toBeGreaterThan(0);
    expect(read(`${folder}/README.md`)).toContain(`npx bridge check examples/${folder}`);
  });

  it.each(folders.filter(folder => folders.includes(`${folder}-yaml`)))('L-1 %s means the same in YAML', folder => {
    expect(meaning(folder)).toBeDefined();
    expect(meaning(`${folder}-yaml`)).toEqual(meaning(folder));
  });

  it('L-1 L-2 the one with every construct is laid out as `fmt` does, and each notation converts to the other to the letter', async () => {
    const names = ['customer-desk', 'customer-desk.tests'].map(name => [
      `customer-desk/${name}.bridge`,
      `customer-desk-yaml/${name}.bridge.yaml`,
    ]);
    const files = Object.fromEntries(names.flat().map(path => [path, read(path)]));
    const said = async (...args: readonly string[]) => {
      const host = memoryHost({ files });
      expect({ status: await run(args, host), err: host.output.err }).toEqual({ status: 0, err: '' });
      return host.output.out;
    };
    await said('fmt', '--check', '.');
    for (const [bridge, yaml] of names) {
      expect(await said('convert', bridge!, '--schema', '../../docs/schema.json')).toBe(read(yaml!));
      expect(await said('convert', yaml!)).toBe(read(bridge!));
    }
  });

  it.each(folders)('L-3 %s has tests, which pass and reach all of it', async folder => {
    const names = readdirSync(examples + folder).filter(name => name.includes('.bridge'));
    const files = Object.fromEntries(names.map(name => [`${folder}/${name}`, read(`${folder}/${name}`)]));
    const host = memoryHost({ files: { ...files, 'metadata.lock.json': read('metadata.lock.json') } });
    const status = await run(['test', folder, '--min-coverage', '100'], host);
    expect({ status, said: host.output }).toMatchObject({ status: 0 });
    expect(host.output.out).toContain('coverage: 100 %');
  });

  it.each(recipes)('L-2 L-3 the recipe %s stands alone, is laid out, and its tests reach all of it', async recipe => {
    const folder = `cookbook/${recipe}`;
    const { diagnostics, plan } = analysed(folder);
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
    expect(plan?.items.map(({ id }) => id)).toEqual([recipe]);
    const files = Object.fromEntries(readdirSync(examples + folder).map(name => [name, read(`${folder}/${name}`)]));
    expect(Object.keys(files).sort()).toEqual(['bridge.config.yaml', `${recipe}.bridge`].sort());
    const said = async (...args: readonly string[]) => {
      const host = memoryHost({ files: { ...files, 'metadata.lock.json': read('metadata.lock.json') } });
      expect({ status: await run(args, host), said: host.output }).toMatchObject({ status: 0 });
      return host.output.out;
    };
    await said('fmt', '--check', '.');
    expect(await said('test', '.', '--min-coverage', '100')).toContain('coverage: 100 %');
  });

  it('L-2 the cookbook’s page shows each recipe as it is, and says what its findings mean', () => {
    const page = readFileSync(new URL('../docs/cookbook.md', import.meta.url), 'utf8');
    const blocks = [...page.matchAll(/^```bridge\n([\s\S]*?)^```/gm)].map(([, block]) => block);
    expect(recipes.length).toBeGreaterThanOrEqual(10);
    expect(blocks).toEqual(
      [...page.matchAll(/^\[`examples\/cookbook\/([\w-]+)`\]/gm)].map(([, recipe]) => {
        const text = read(`cookbook/${recipe}/${recipe}.bridge`);
        return text.slice(0, text.indexOf('\n}\n') + 3);
      }),
    );
    expect(blocks).toHaveLength(recipes.length);
    const found = recipes.flatMap(recipe => analysed(`cookbook/${recipe}`).diagnostics.map(({ code }) => code));
    for (const code of new Set(found)) expect(page).toContain(`(diagnostics/${code}.md)`);
  });

  it('O-2 their snapshot is what `bridge pull --all` reads from the sandbox', async () => {
    const fresh = (await demoSnapshot()) === read('metadata.lock.json');
    expect(fresh, 'the demo world changed: run `node tools/snapshot.ts`').toBe(true);
  });

  it('P8 their snapshot holds no person, no secret and no address', () => {
    expect(read('metadata.lock.json')).not.toMatch(/@example\.com|token|secret|https?:\/\//i);
  });
});
