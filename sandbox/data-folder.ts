/** The folder of `--data`: a database file for each of the three. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DataRefused } from './data-file.ts';
import { openHostFile } from './forge/host-file.ts';

/** Step by step, since Node's own recursion never ends where a file system refuses to make any. */
function makeFolder(folder: string): void {
  try {
    if (existsSync(folder)) {
      if (!statSync(folder).isDirectory()) throw new Error('it is a file');
      return;
    }
    makeFolder(dirname(folder));
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (error instanceof DataRefused) throw error;
    throw new DataRefused(`${folder} cannot be a folder of data: ${(error as Error).message}; give --data another.`);
  }
}

/** Only its owner may look into it: a client's secret is stored there as Forge stores it. */
export function openFolder(folder: string) {
  makeFolder(resolve(folder));
  return {
    forge: openHostFile(join(folder, 'forge.sqlite')),
    jira: join(folder, 'jira.sqlite'),
    salesforce: join(folder, 'salesforce.sqlite'),
  };
}
