/** Which notation's completion a place asks for; neither is loaded here. */
import type { Analysis } from '../../../compiler/analysis-of.ts';
import { isConfigFile } from '../../../compiler/config/config.ts';
import type { SourceFile } from '../../../dsl/source.ts';
import type { Completion } from '../types.ts';

type CompleteIn = (analysis: Analysis, file: SourceFile, offset: number) => readonly Completion[];

export interface Completers {
  bridge(): CompleteIn;
  yaml(): CompleteIn;
}

export function completeBy(
  completers: Completers,
  analysis: Analysis,
  path: string,
  offset: number,
): readonly Completion[] {
  const file = analysis.files.find(one => one.path === path);
  if (file === undefined || isConfigFile(file)) return [];
  return completers[file.notation]()(analysis, file, offset);
}
