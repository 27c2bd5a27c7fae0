/** The app's functions: as they stand in the sources, or as they are deployed. Both are what the manifest names. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Handlers } from './host.ts';

export const sourceHandlers = async (): Promise<Handlers> =>
  (await import('../../runtime/handlers/index.ts')) as unknown as Handlers;

export const builtFunctions: string = fileURLToPath(new URL('../../build/functions/index.js', import.meta.url));

/** Nothing when they have not been built. */
export function builtHandlers(): (() => Promise<Handlers>) | undefined {
  if (!existsSync(builtFunctions)) return undefined;
  return async () => createRequire(import.meta.url)(builtFunctions) as Handlers;
}
