/**
 * The same documents, kept in a database file as well: every write goes to both, reads come from memory,
 * and a start reads the file back. A site's documents fit in memory; what must survive is the writing.
 */
import { openDataFile } from '../data-file.ts';
import type { Attachment, Comment, History, Issue, RemoteLink } from './model.ts';
import { type DeclaredProperty, memoryState, type State } from './state.ts';

export interface PersistentState extends State {
  /** Nothing was in the file. */
  readonly fresh: boolean;
  close(): void;
}

type Kind = 'issue' | 'history' | 'comment' | 'attachment' | 'link';

/** Raised when the stored form changes. */
const formatVersion = 1;

export function persistentState(file: string, declared: readonly DeclaredProperty[]): PersistentState {
  const data = openDataFile(
    file,
    `CREATE TABLE IF NOT EXISTS document (
       kind TEXT NOT NULL, id TEXT NOT NULL, issue TEXT NOT NULL, body TEXT NOT NULL, bytes BLOB,
       PRIMARY KEY (kind, id)
     );
     CREATE INDEX IF NOT EXISTS document_issue ON document (issue);
     CREATE TABLE IF NOT EXISTS sequence (name TEXT PRIMARY KEY, next INTEGER NOT NULL);`,
    formatVersion,
  );
  const insert = data.prepare(
    `INSERT INTO document (kind, id, issue, body, bytes) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body, bytes = excluded.bytes`,
  );
  const remove = data.prepare('DELETE FROM document WHERE kind = ? AND id = ?');
  const removeAll = data.prepare('DELETE FROM document WHERE issue = ?');
  const count = data.prepare(
    'INSERT INTO sequence (name, next) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET next = excluded.next',
  );
  const forgetDocuments = data.prepare('DELETE FROM document');
  const forgetSequences = data.prepare('DELETE FROM sequence');
  const keep = (kind: Kind, id: string, issueId: string, body: unknown, bytes: Uint8Array | null = null): void =>
    data.write(() => insert.run(kind, id, issueId, JSON.stringify(body), bytes));

  const memory = memoryState(declared);
  const rows = data.prepare('SELECT kind, issue, body, bytes FROM document ORDER BY rowid').all();
  const documents = rows.map(row => ({
    kind: row.kind as Kind,
    issueId: String(row.issue),
    body: JSON.parse(String(row.body)) as unknown,
    bytes: row.bytes,
  }));
  // In the order of time, since the index by time takes those without moving anything.
  const issues = documents.filter(item => item.kind === 'issue').map(item => item.body as Issue);
  for (const issue of issues.sort((one, other) => one.updated - other.updated)) memory.putIssue(issue);
  for (const item of documents) restore(memory, item.kind, item.issueId, item.body, item.bytes);
  const sequences = new Map(
    data
      .prepare('SELECT name, next FROM sequence')
      .all()
      .map(row => [String(row.name), Number(row.next)]),
  );

  return {
    ...memory,
    fresh: rows.length === 0 && sequences.size === 0,
    close: () => data.close(),
    putIssue(issue) {
      memory.putIssue(issue);
      keep('issue', issue.id, issue.id, issue);
    },
    removeIssue(id) {
      memory.removeIssue(id);
      data.write(() => removeAll.run(id));
    },
    addHistory(issueId, history) {
      memory.addHistory(issueId, history);
      keep('history', history.id, issueId, history);
    },
    putComment(comment) {
      memory.putComment(comment);
      keep('comment', comment.id, comment.issueId, comment);
    },
    removeComment(id) {
      memory.removeComment(id);
      data.write(() => remove.run('comment', id));
    },
    putAttachment(attachment) {
      memory.putAttachment(attachment);
      const { bytes, ...rest } = attachment;
      keep('attachment', attachment.id, attachment.issueId, rest, bytes);
    },
    removeAttachment(id) {
      memory.removeAttachment(id);
      data.write(() => remove.run('attachment', id));
    },
    putRemoteLink(link) {
      memory.putRemoteLink(link);
      keep('link', link.id, link.issueId, link);
    },
    removeRemoteLink(issueId, id) {
      memory.removeRemoteLink(issueId, id);
      data.write(() => remove.run('link', id));
    },
    next(name, first) {
      const value = sequences.get(name) ?? first;
      sequences.set(name, value + 1);
      data.write(() => count.run(name, value + 1));
      return value;
    },
    clear() {
      memory.clear();
      sequences.clear();
      data.write(() => {
        forgetDocuments.run();
        forgetSequences.run();
      });
    },
  };
}

function restore(state: State, kind: Kind, issueId: string, body: unknown, bytes: unknown): void {
  if (kind === 'history') state.addHistory(issueId, body as History);
  else if (kind === 'comment') state.putComment(body as Comment);
  else if (kind === 'link') state.putRemoteLink(body as RemoteLink);
  else if (kind === 'attachment')
    state.putAttachment({ ...(body as Omit<Attachment, 'bytes'>), bytes: new Uint8Array(bytes as Uint8Array) });
}
