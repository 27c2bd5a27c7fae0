/** Reads a text in the notation of its file. Never throws, and the tree is always whole. */
import { parseBridge } from './bridge.ts';
import type { Parsed } from './parsed.ts';
import type { SourceFile } from './source.ts';
import { parseYaml } from './yaml/read.ts';

export const parse = (file: SourceFile): Parsed => (file.notation === 'yaml' ? parseYaml(file) : parseBridge(file));
