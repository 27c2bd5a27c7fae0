/** What may be written at a place. Never throws, and nothing that is offered makes a text read worse than before. */
import type { Analysis } from '../../../compiler/analysis.ts';
import type { Completion } from '../types.ts';
import { completeBridge } from './bridge.ts';
import { completeBy } from './complete-by.ts';
import { completeYaml } from './yaml.ts';

export const complete = (analysis: Analysis, path: string, offset: number): readonly Completion[] =>
  completeBy({ bridge: () => completeBridge, yaml: () => completeYaml }, analysis, path, offset);
