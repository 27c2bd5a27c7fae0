/**
 * Bugs that are planted to see whether the simulation sees them: each a small change of one source, put in while the
 * functions are bundled for a test, never in the product. What a change no longer finds is an error, so that the
 * list stays true to the code. Each names a scene that catches it, and one that is not caught fails the build. How often
 * random worlds meet each: `caught.md`.
 */
import { beside } from './bugs/beside.ts';
import type { Bug } from './bugs/bug.ts';
import { looks } from './bugs/looks.ts';
import { making } from './bugs/making.ts';
import { orgs } from './bugs/orgs.ts';
import { told } from './bugs/told.ts';
import { values } from './bugs/values.ts';

export const bugs: readonly Bug[] = [...making, ...looks, ...values, ...beside, ...told, ...orgs];
