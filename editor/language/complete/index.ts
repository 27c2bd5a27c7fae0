/** What may be written at a place. Never throws, and nothing that is offered makes a text read worse than before. */
import type { Analysis } from '../../../compiler/analysis.ts';
import { isConfigFile } from '../../../compiler/config/config.ts';
import type { Completion } from '../types.ts';
import { completeBridge } from './bridge.ts';
import { completeYaml } from './yaml.ts';

export function complete(analysis: Analysis, path: string, offset: number): readonly Completion[] {
  const file = analysis.files.find(one => one.path === path);
  if (file === undefined || isConfigFile(file)) return [];
  return file.notation === 'yaml' ? completeYaml(analysis, file, offset) : completeBridge(analysis, file, offset);
}
