/**
 * In the worker this stands for the reader with allowances (`tools/build.ts`): whoever reads again what it wrote, or what
 * somebody else did, waits for that reader only where a text is broken.
 */
import type { ReadTolerantly } from '../../../dsl/read-bridge.ts';
import { later } from './index.ts';

const broken = later(() => import('./broken.ts'));

export const readTolerantly: ReadTolerantly = (...given) => broken().readTolerantly(...given);
