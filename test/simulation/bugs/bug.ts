/** A bug that is planted: a small change of one source. */
import { join } from 'node:path';

export interface Bug {
  readonly name: string;
  /** The promises that it breaks, any of which may be the one that is seen. */
  readonly breaks: readonly string[];
  readonly file: string;
  readonly find: string;
  readonly put: string;
  /** The name of one that shows it. */
  readonly scene: string;
}

export const bug = (name: string, breaks: string, file: string, find: string, put: string, scene: string): Bug => ({
  name,
  breaks: breaks.split(' '),
  file: join('runtime', file),
  find,
  put,
  scene,
});
