/**
 * Makes a whole program of an example: what the snippet leaves out is put around it, so that the page can
 * show three words and the compiler can still be asked what it says of them.
 */
import type { Example } from '../../dsl/diagnostic.ts';
import { createSourceFile, type Diagnostic, type SourceFile } from '../../dsl/index.ts';
import { convert, format, notFormatted } from '../../dsl/printer/index.ts';
import { analyse } from '../analysis.ts';
import { configName, isConfigFile } from '../config/config.ts';
import { exampleWorld } from './world.ts';

export type Side = 'wrong' | 'right';

export const findingsOf = (example: Example, side: Side): readonly Diagnostic[] =>
  analyse(programOf(example, side), exampleWorld).diagnostics;

/** What the wrong text earns. Some findings are only made where there is no metadata to ask, or by who writes. */
export function findingOf(code: string, example: Example): Diagnostic | undefined {
  for (const found of saidOf(programOf(example, 'wrong'))) if (found.code === code) return found;
  return undefined;
}

/** By everybody who says something, in turn. */
export function* saidOf(files: readonly SourceFile[]): Generator<Diagnostic> {
  yield* analyse(files, exampleWorld).diagnostics;
  yield* analyse(files).diagnostics;
  for (const file of files) if (!isConfigFile(file)) yield* written(file);
}

/** The configuration bounds a program, so there is one. */
export function programOf(example: Example, side: Side): readonly SourceFile[] {
  const file = wholeExample(example, side);
  return example.within === 'config' ? [file, createSourceFile('example.bridge', bridgeItem('comments on'))] : [file];
}

function written(file: SourceFile): readonly Diagnostic[] {
  const formatted = format(file);
  const { diagnostics } = convert(file, file.notation === 'yaml' ? 'bridge' : 'yaml');
  const layout = notFormatted(file, formatted);
  return [...formatted.diagnostics, ...diagnostics, ...(layout === undefined ? [] : [layout])];
}

export function wholeExample({ within = 'item', notation = 'bridge', ...snippets }: Example, side: Side): SourceFile {
  if (within === 'config') return createSourceFile(configName, `${snippets[side]}\n`);
  const around = notation === 'yaml' ? aroundYaml : aroundBridge;
  const text = `${around[within](snippets[side])}\n`;
  return createSourceFile(notation === 'yaml' ? 'example.bridge.yaml' : 'example.bridge', text, notation);
}

type Around = Readonly<Record<Exclude<Example['within'], 'config' | undefined>, (snippet: string) => string>>;

const indented = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));

const usual = { salesforce: 'Case', jira: 'SUP / "Incident"', sync: 'custom' };
/** A clause that the snippet has, or was meant to have, is not written a second time. */
function bridgeItem(clauses: string): string {
  const missing = Object.entries(usual).filter(([word]) => !new RegExp(`^\\s*${word}\\b`, 'm').test(clauses));
  const first = missing.map(([word, rest]) => `  ${word} ${rest}\n`).join('');
  return `item support-cases "Support cases" {\n${first}${indented(clauses, 2)}\n}`;
}

const aroundBridge: Around = {
  // Tests speak of an item, so that there is one.
  file: text => (/^item\b/m.test(text) || !/^test\b/m.test(text) ? text : `${text}\n${bridgeItem('')}`),
  item: bridgeItem,
  fields: text => bridgeItem(`fields {\n${indented(text, 2)}\n}`),
  test: text => `${bridgeItem('')}\ntest "an example" for support-cases {\n${indented(text, 2)}\n}`,
};

const usualYaml = {
  name: 'Support cases',
  salesforce: 'Case',
  jira: '{ project: SUP, issueType: Incident }',
  sync: 'custom',
};
function yamlItem(keys: string): string {
  const missing = Object.entries(usualYaml).filter(([key]) => !new RegExp(`^${key}:`, 'm').test(keys));
  const first = missing.map(([key, value]) => `    ${key}: ${value}\n`).join('');
  return `items:\n  support-cases:\n${first}${indented(keys, 4)}`;
}
const aroundYaml: Around = {
  file: text => text,
  item: yamlItem,
  fields: text => yamlItem(`fields:\n${indented(text, 2)}`),
  test: text =>
    `${yamlItem('')}\ntests:\n  - name: an example\n    item: support-cases\n    steps:\n${indented(text, 6)}`,
};
