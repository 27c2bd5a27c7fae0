/**
 * The parts of the language that are not needed to check a sound Bridge program. Each is a file of its own, loaded by
 * the first question that needs it: that question ends in `NotHereYet`, and is asked again once the part is there.
 * Questions change nothing before they have what they need, so asking again is safe.
 */
import type * as broken from './broken.ts';
import type * as looking from './looking.ts';
import type * as writing from './writing.ts';
import type * as yaml from './yaml.ts';

export interface Rooms {
  yaml(): typeof yaml;
  broken(): typeof broken;
  looking(): typeof looking;
  writing(): typeof writing;
}

export class NotHereYet extends Error {
  readonly coming: Promise<unknown>;
  constructor(coming: Promise<unknown>) {
    super('this part of the language is not loaded yet');
    this.name = 'NotHereYet';
    this.coming = coming;
  }
}

/** A browser may remember for good that a file did not come, so a new worker has to ask again. */
export class NotLoaded extends Error {
  constructor() {
    super('a part of the language could not be loaded');
    this.name = 'NotLoaded';
  }
}

export const roomsOnDemand = (): Rooms => ({
  yaml: later(() => import('./yaml.ts')),
  broken: later(() => import('./broken.ts')),
  looking: later(() => import('./looking.ts')),
  writing: later(() => import('./writing.ts')),
});

export function later<Room>(load: () => Promise<Room>): () => Room {
  let room: Room | undefined;
  return () => {
    if (room !== undefined) return room;
    throw new NotHereYet(
      load().then(
        loaded => {
          room = loaded;
        },
        () => {
          throw new NotLoaded();
        },
      ),
    );
  };
}

/** Asks as often as it takes until everything is there. */
export async function withRooms<T>(ask: () => T): Promise<T> {
  for (;;) {
    try {
      return ask();
    } catch (error) {
      if (!(error instanceof NotHereYet)) throw error;
      await error.coming;
    }
  }
}
