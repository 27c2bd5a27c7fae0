/**
 * A database file of the sandbox. What is written in one turn of the process is one transaction, so a request is on
 * disk as a whole or not at all; a file belongs to one sandbox at a time, and to one version of its form.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** A folder or file that this sandbox must leave alone; the message says why and what to do. */
export class DataRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DataRefused';
  }
}

export interface DataFile {
  prepare(sql: string): StatementSync;
  /** Does the work inside the transaction of this turn; after `close` nothing, as after the end of the process. */
  write(work: () => void): void;
  /** With all that was written before. */
  close(): void;
}

/** `tables` makes what is missing; a file of another `version` is refused, not guessed at. */
export function openDataFile(file: string, tables: string, version: number): DataFile {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    const { user_version: found } = database.prepare('PRAGMA user_version').get() as { user_version: number };
    if (found !== 0 && found !== version)
      throw new DataRefused(
        `${file} was written by another version of the sandbox (format ${found}); remove it to start anew.`,
      );
    database.exec(`PRAGMA user_version = ${version}; ${tables}`);
  } catch (error) {
    database.close();
    if (!/database is locked/.test(String(error))) throw error;
    throw new DataRefused(`${file} is in use by another sandbox; stop that one, or take another folder.`);
  }

  let open = false;
  let closed = false;
  const commit = (): void => {
    if (!open) return;
    open = false;
    database.exec('COMMIT');
  };
  return {
    prepare: sql => database.prepare(sql),
    write(work) {
      if (closed) return;
      if (!open) {
        database.exec('BEGIN');
        open = true;
        queueMicrotask(commit);
      }
      work();
    },
    close() {
      if (closed) return;
      commit();
      closed = true;
      database.close();
    },
  };
}
