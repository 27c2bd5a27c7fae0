/**
 * What bundles leave out of Chevrotain, of `yaml` and of the findings' texts is never missed: sound and broken programs get the
 * trees and findings that the whole gives, out of a bundle that is made as the functions are.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyse } from '../compiler/analysis.ts';
import { createSourceFile } from '../dsl/source.ts';
import { leanEsbuild } from '../tools/lean.ts';
import { metadata } from './kit/metadata.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'bridge-lean-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Whole = typeof import('../compiler/analysis.ts') & typeof import('../dsl/source.ts');
let slim: Whole;
let bytes: { readonly whole: number; readonly lean: number };
beforeAll(async () => {
  const bundle = async (leave: boolean): Promise<string> => {
    const { outputFiles } = await build({
      stdin: {
        contents: "export * from './compiler/analysis.ts'; export * from './dsl/source.ts';",
        resolveDir: root,
        loader: 'ts',
      },
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'node',
      write: false,
      plugins: leave ? [leanEsbuild()] : [],
    });
    return outputFiles[0]!.text;
  };
  const [whole, text] = [await bundle(false), await bundle(true)];
  bytes = { whole: whole.length, lean: text.length };
  const file = join(folder, 'lean.mjs');
  writeFileSync(file, text);
  slim = (await import(pathToFileURL(file).href)) as Whole;
});

const said = (from: Pick<Whole, 'analyse' | 'createSourceFile'>, path: string, text: string): string => {
  const { programs, diagnostics } = from.analyse([from.createSourceFile(path, text)], metadata);
  const plain = (key: string, value: unknown) => (key === 'file' ? undefined : value);
  return JSON.stringify([programs, diagnostics], plain);
};
const example = (path: string) => readFileSync(`${root}examples/${path}`, 'utf8');

const puts = ['', '"', '}', '{', ' is ', '->', '9x', 'é', '\n'];
/** What YAML has beside. */
const yamlPuts = [
  '!!set ',
  '!!binary ',
  '!mine ',
  '&a ',
  '*a',
  '%YAML 1.1\n---\n',
  '---\n',
  '? ',
  '<<: ',
  '|',
  '>-\n',
  '[',
  ', ',
  ': ',
  '- ',
];

describe('a lean bundle', () => {
  it('is a good deal smaller', () => {
    expect(bytes.lean).toBeLessThan(bytes.whole * 0.85);
  });

  it.each(['customer-desk/customer-desk.bridge', 'customer-desk-yaml/customer-desk.bridge.yaml'])(
    'L-1 L-2 says of %s, sound and broken anywhere, what the whole says',
    path => {
      const text = example(path);
      expect(said(slim, path, text)).toBe(said({ analyse, createSourceFile }, path, text));
      const broken = fc
        .tuple(fc.nat(text.length), fc.nat(12), fc.constantFrom(...puts))
        .map(([at, length, put]) => text.slice(0, at) + put + text.slice(at + length));
      fc.assert(
        fc.property(broken, each => {
          expect(said(slim, path, each)).toBe(said({ analyse, createSourceFile }, path, each));
        }),
        { numRuns: path.endsWith('.yaml') ? 40 : 100 },
      );
    },
    120_000,
  );

  it.each(yamlPuts)('L-1 L-2 says of YAML with %j anywhere what the whole says', put => {
    const text = 'items:\n  - item: a\n    salesforce: Case\n    map:\n      - jira: Summary\n        <-: Subject\n';
    for (let at = 0; at < text.length; at += 3) {
      const broken = text.slice(0, at) + put + text.slice(at);
      expect(said(slim, 'a.yaml', broken)).toBe(said({ analyse, createSourceFile }, 'a.yaml', broken));
    }
  });
});
