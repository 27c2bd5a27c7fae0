/**
 * Scenes for what random people meet too seldom: an answer that is lost in the one wrong second, an index that lags, a
 * transaction that is open just when the bridge looks. Each is a promise of its own, and the place where a planted bug
 * is caught.
 */
import type { Scene } from './scene.ts';
import { making } from './scenes/making.ts';
import { moves } from './scenes/moves.ts';
import { orgs } from './scenes/orgs.ts';
import { programs } from './scenes/programs.ts';
import { talk } from './scenes/talk.ts';
import { values } from './scenes/values.ts';

export const scenes: readonly Scene[] = [...making, ...values, ...talk, ...moves, ...programs, ...orgs];
