/** Reads the Bridge notation, with both of its readers at hand. */
import type { Parsed } from './parsed.ts';
import { readBridge } from './read-bridge.ts';
import type { SourceFile } from './source.ts';
import { readTolerantly } from './tolerant/read.ts';

export const parseBridge = (file: SourceFile): Parsed => readBridge(file, readTolerantly);
