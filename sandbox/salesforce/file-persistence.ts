/** The org's rows, files and counters in a database file: every put is written, reads come from memory. */
import { openDataFile } from '../data-file.ts';
import type { Persistence, Row } from './state.ts';

/** Raised when the stored form changes. */
const formatVersion = 1;

export interface FilePersistence extends Persistence {
  close(): void;
}

export function filePersistence(file: string): FilePersistence {
  const data = openDataFile(
    file,
    `CREATE TABLE IF NOT EXISTS record (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
     CREATE TABLE IF NOT EXISTS blob (id TEXT PRIMARY KEY, bytes BLOB NOT NULL);
     CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);`,
    formatVersion,
  );
  // A row keeps its position when it changes, since scans go in the order of creation.
  const putRow = data.prepare(
    'INSERT INTO record (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
  );
  const dropRow = data.prepare('DELETE FROM record WHERE id = ?');
  const putBlob = data.prepare('INSERT OR REPLACE INTO blob (id, bytes) VALUES (?, ?)');
  const putCounter = data.prepare('INSERT OR REPLACE INTO counter (name, value) VALUES (?, ?)');
  const empty = ['record', 'blob', 'counter'].map(table => data.prepare(`DELETE FROM ${table}`));

  return {
    load: () => ({
      rows: data
        .prepare('SELECT body FROM record ORDER BY position')
        .all()
        .map(({ body }) => JSON.parse(String(body)) as Row),
      blobs: data
        .prepare('SELECT id, bytes FROM blob')
        .all()
        .map(({ id, bytes }) => [String(id), new Uint8Array(bytes as Uint8Array)] as const),
      counters: data
        .prepare('SELECT name, value FROM counter')
        .all()
        .map(({ name, value }) => [String(name), Number(value)] as const),
    }),
    saveRow: row => data.write(() => putRow.run(row.id, JSON.stringify(row))),
    dropRow: id => data.write(() => dropRow.run(id)),
    saveBlob: (id, bytes) => data.write(() => putBlob.run(id, bytes)),
    saveCounter: (name, value) => data.write(() => putCounter.run(name, value)),
    clear: () => data.write(() => empty.forEach(statement => void statement.run())),
    close: () => data.close(),
  };
}
