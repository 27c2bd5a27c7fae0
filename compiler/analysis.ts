/** Everything that can be known of a set of files, each read as its notation asks. */
import { type Parsed, parse, type SourceFile } from '../dsl/index.ts';
import { type Analysis, analysisOf } from './analysis-of.ts';
import { readConfig } from './config/read-config.ts';
import type { Metadata } from './metadata/model.ts';

export type { Analysis } from './analysis-of.ts';

/** `read` stands for reading a file: whoever analyses a program again and again may remember what did not change. */
export const analyse = (
  files: readonly SourceFile[],
  metadata?: Metadata,
  read: (file: SourceFile) => Parsed = parse,
): Analysis => analysisOf(files, metadata, { read, readConfig });
