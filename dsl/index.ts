/**
 * The language: text in, tree out, in both notations. `parse` never throws and always returns a
 * whole tree; what was wrong with the text stands in the diagnostics.
 */
import { type Parsed, parseBridge } from './bridge.ts';
import type { SourceFile } from './source.ts';
import { parseYaml } from './yaml/read.ts';

export * from './ast.ts';
export * from './diagnostic.ts';
export * from './source.ts';
export { type Parsed, parseBridge, parseYaml };

export function parse(file: SourceFile): Parsed {
  return file.notation === 'yaml' ? parseYaml(file) : parseBridge(file);
}
