/**
 * What a Forge keeps for an app, in a database file: stored values, events and jobs that wait or run, the time, and
 * the world's id.
 * Work is kept until it has ended, so what a crash interrupted runs again, as Forge delivers at least once.
 */
import { openDataFile } from '../data-file.ts';
import type { StoredRow } from './stored-row.ts';

/** Raised when the stored form changes. */
const formatVersion = 1;

export interface KeptWork {
  readonly id: number;
  readonly at: number;
  readonly work: unknown;
}

export interface HostFile {
  /** Nothing was in the file. */
  readonly fresh: boolean;
  readonly rows: readonly StoredRow[];
  readonly works: readonly KeptWork[];
  /** The latest time at which something was kept. */
  readonly time: number | undefined;
  /** Of the world that was kept last. */
  readonly world: string | undefined;
  putRow(row: StoredRow): void;
  dropRow(space: string, key: string): void;
  /** Answers what to end it with. */
  putWork(at: number, work: unknown): number;
  endWork(id: number): void;
  keepTime(time: number): void;
  keepWorld(id: string): void;
  clearRows(): void;
  clearWorks(): void;
  close(): void;
}

export function openHostFile(file: string): HostFile {
  const data = openDataFile(
    file,
    `CREATE TABLE IF NOT EXISTS value (
       space TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL,
       expires INTEGER, PRIMARY KEY (space, key)
     );
     CREATE TABLE IF NOT EXISTS work (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL);
     CREATE TABLE IF NOT EXISTS clock (id INTEGER PRIMARY KEY CHECK (id = 1), time INTEGER NOT NULL);
     CREATE TABLE IF NOT EXISTS world (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL);`,
    formatVersion,
  );
  const putRow = data.prepare('INSERT OR REPLACE INTO value VALUES (?, ?, ?, ?, ?, ?)');
  const dropRow = data.prepare('DELETE FROM value WHERE space = ? AND key = ?');
  const putWork = data.prepare('INSERT INTO work (id, at, body) VALUES (?, ?, ?)');
  const endWork = data.prepare('DELETE FROM work WHERE id = ?');
  const putTime = data.prepare('INSERT OR REPLACE INTO clock VALUES (1, ?)');
  const putWorld = data.prepare('INSERT OR REPLACE INTO world VALUES (1, ?)');
  const clearRows = data.prepare('DELETE FROM value');
  const clearWorks = data.prepare('DELETE FROM work');

  const rows = data
    .prepare('SELECT * FROM value')
    .all()
    .map(
      ({ space, key, json, created, updated, expires }): StoredRow => ({
        space: String(space),
        key: String(key),
        json: String(json),
        createdAt: Number(created),
        updatedAt: Number(updated),
        ...(expires === null ? {} : { expiresAt: Number(expires) }),
      }),
    );
  const works = data
    .prepare('SELECT id, at, body FROM work ORDER BY at, id')
    .all()
    .map(({ id, at, body }): KeptWork => ({ id: Number(id), at: Number(at), work: JSON.parse(String(body)) }));
  const kept = data.prepare('SELECT time FROM clock').get();
  const keptWorld = data.prepare('SELECT name FROM world').get();
  let serial = Math.max(0, ...works.map(({ id }) => id));

  return {
    fresh: kept === undefined,
    rows,
    works,
    time: kept === undefined ? undefined : Number(kept.time),
    world: keptWorld === undefined ? undefined : String(keptWorld.name),
    putRow: row =>
      data.write(() => putRow.run(row.space, row.key, row.json, row.createdAt, row.updatedAt, row.expiresAt ?? null)),
    dropRow: (space, key) => data.write(() => dropRow.run(space, key)),
    putWork(at, work) {
      const id = ++serial;
      data.write(() => putWork.run(id, Math.round(at), JSON.stringify(work)));
      return id;
    },
    endWork: id => data.write(() => endWork.run(id)),
    keepWorld: id => data.write(() => putWorld.run(id)),
    keepTime: time => data.write(() => putTime.run(Math.round(time))),
    clearRows: () => data.write(() => clearRows.run()),
    clearWorks: () => data.write(() => clearWorks.run()),
    close: () => data.close(),
  };
}
