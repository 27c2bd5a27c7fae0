/** An analyser with every reader at hand. */
import { readConfig } from '../../compiler/config/read-config.ts';
import { parseBridge } from '../../dsl/bridge.ts';
import { createPieces } from '../../dsl/yaml/pieces.ts';
import { type Analyser, createAnalyserOf } from './analyser-of.ts';

export const createAnalyser = (): Analyser => createAnalyserOf({ bridge: parseBridge, yaml: createPieces, readConfig });
