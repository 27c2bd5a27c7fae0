/**
 * The documents, behind an interface that a database can implement as well: whole documents are put and
 * replaced, and looked up by id, key, project, time of update and declared property. The one here keeps
 * them in memory; every look-up that it offers is an index, not a scan.
 */
import type { Attachment, Comment, History, Issue, RemoteLink } from './model.ts';

export interface State {
  issue(id: string): Issue | undefined;
  /** Keys are matched without regard to case. */
  issueByKey(key: string): Issue | undefined;
  issues(): Iterable<Issue>;
  issuesOfProject(projectId: string): Iterable<Issue>;
  /** Updated at or after `from`, oldest first. */
  issuesUpdatedSince(from: number): Iterable<Issue>;
  /** By the value at a declared path of an issue property. */
  issuesWithProperty(key: string, path: string, value: string): Iterable<Issue>;
  putIssue(issue: Issue): void;
  /** With everything that hangs on it. */
  removeIssue(id: string): void;

  histories(issueId: string): readonly History[];
  addHistory(issueId: string, history: History): void;

  comments(issueId: string): readonly Comment[];
  comment(id: string): Comment | undefined;
  putComment(comment: Comment): void;
  removeComment(id: string): void;

  attachments(issueId: string): readonly Attachment[];
  attachment(id: string): Attachment | undefined;
  putAttachment(attachment: Attachment): void;
  removeAttachment(id: string): void;

  remoteLinks(issueId: string): readonly RemoteLink[];
  putRemoteLink(link: RemoteLink): void;
  removeRemoteLink(issueId: string, id: string): void;

  /** Counts up per name, from `first`. */
  next(sequence: string, first: number): number;
  clear(): void;
}

/** A path that the app declares with `jira:entityProperty`; only those can be searched. */
export interface DeclaredProperty {
  readonly key: string;
  readonly path: string;
  readonly type: 'string' | 'text' | 'number' | 'date' | 'user';
}

/** The scalars at a dotted path; arrays give their elements. */
export function scalarsAt(value: unknown, path: string): readonly string[] {
  let here: unknown = value;
  for (const step of path.split('.')) {
    if (typeof here !== 'object' || here === null || Array.isArray(here)) return [];
    here = Object.hasOwn(here, step) ? (here as Record<string, unknown>)[step] : undefined;
  }
  const list = Array.isArray(here) ? here : [here];
  return list
    .filter(item => typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean')
    .map(String);
}

export function memoryState(declared: readonly DeclaredProperty[]): State {
  const byId = new Map<string, Issue>();
  const byKey = new Map<string, string>();
  const byProject = new Map<string, Set<string>>();
  const byProperty = new Map<string, Set<string>>();
  const byUpdated = timeIndex((id, at) => byId.get(id)?.updated === at);
  const histories = new Map<string, History[]>();
  const comments = children<Comment>();
  const attachments = children<Attachment>();
  const links = children<RemoteLink>();
  const sequences = new Map<string, number>();

  const propertyKeys = (issue: Issue): string[] =>
    declared.flatMap(({ key, path }) =>
      scalarsAt(issue.properties[key], path).map(value => JSON.stringify([key, path, value])),
    );
  const live = function* (ids: Iterable<string>): Iterable<Issue> {
    for (const id of ids) {
      const issue = byId.get(id);
      if (issue) yield issue;
    }
  };

  return {
    issue: id => byId.get(id),
    issueByKey: key => byId.get(byKey.get(key.toUpperCase()) ?? ''),
    issues: () => byId.values(),
    issuesOfProject: projectId => live(byProject.get(projectId) ?? []),
    *issuesUpdatedSince(from) {
      yield* live(byUpdated.since(from));
    },
    issuesWithProperty: (key, path, value) => live(byProperty.get(JSON.stringify([key, path, value])) ?? []),
    putIssue(issue) {
      const before = byId.get(issue.id);
      if (before?.properties !== issue.properties) {
        if (before) for (const entry of propertyKeys(before)) byProperty.get(entry)?.delete(issue.id);
        for (const entry of propertyKeys(issue)) getOrMake(byProperty, entry, () => new Set()).add(issue.id);
      }
      if (before && before.projectId !== issue.projectId) byProject.get(before.projectId)?.delete(issue.id);
      byId.set(issue.id, issue);
      byKey.set(issue.key.toUpperCase(), issue.id);
      getOrMake(byProject, issue.projectId, () => new Set()).add(issue.id);
      if (before?.updated !== issue.updated) byUpdated.add(issue.id, issue.updated, before !== undefined);
    },
    removeIssue(id) {
      const issue = byId.get(id);
      if (!issue) return;
      for (const entry of propertyKeys(issue)) byProperty.get(entry)?.delete(id);
      byId.delete(id);
      byKey.delete(issue.key.toUpperCase());
      byProject.get(issue.projectId)?.delete(id);
      byUpdated.stale();
      histories.delete(id);
      comments.removeAll(id);
      attachments.removeAll(id);
      links.removeAll(id);
    },
    histories: issueId => histories.get(issueId) ?? [],
    addHistory: (issueId, history) => void getOrMake(histories, issueId, () => []).push(history),
    comments: comments.of,
    comment: comments.get,
    putComment: comments.put,
    removeComment: comments.remove,
    attachments: attachments.of,
    attachment: attachments.get,
    putAttachment: attachments.put,
    removeAttachment: attachments.remove,
    remoteLinks: links.of,
    putRemoteLink: links.put,
    removeRemoteLink: (_issueId, id) => links.remove(id),
    next(sequence, first) {
      const value = sequences.get(sequence) ?? first;
      sequences.set(sequence, value + 1);
      return value;
    },
    clear() {
      for (const map of [byId, byKey, byProject, byProperty, histories, sequences]) map.clear();
      byUpdated.clear();
      for (const table of [comments, attachments, links]) table.clear();
    },
  };
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** Documents that belong to an issue, in the order they were made. */
function children<T extends { readonly id: string; readonly issueId: string }>() {
  const byId = new Map<string, T>();
  const byIssue = new Map<string, Map<string, T>>();
  return {
    of: (issueId: string): readonly T[] => [...(byIssue.get(issueId)?.values() ?? [])],
    get: (id: string): T | undefined => byId.get(id),
    put(item: T): void {
      byId.set(item.id, item);
      getOrMake(byIssue, item.issueId, () => new Map()).set(item.id, item);
    },
    remove(id: string): void {
      const item = byId.get(id);
      if (!item) return;
      byId.delete(id);
      byIssue.get(item.issueId)?.delete(id);
    },
    removeAll(issueId: string): void {
      for (const id of byIssue.get(issueId)?.keys() ?? []) byId.delete(id);
      byIssue.delete(issueId);
    },
    clear(): void {
      byId.clear();
      byIssue.clear();
    },
  };
}

/**
 * Ids by time, as a log sorted by time: a change appends (time rarely goes back) and leaves the old
 * entry stale, which readers skip; the log is rebuilt when more than half of it is stale.
 */
function timeIndex(isLive: (id: string, at: number) => boolean) {
  let log: { readonly id: string; readonly at: number }[] = [];
  let stale = 0;
  const firstFrom = (at: number): number => {
    let low = 0;
    let high = log.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (log[middle]!.at < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const compact = (): void => {
    if (stale < 64 || stale * 2 < log.length) return;
    log = log.filter(entry => isLive(entry.id, entry.at));
    stale = 0;
  };
  return {
    add(id: string, at: number, replaces: boolean): void {
      if (replaces) stale += 1;
      compact();
      const last = log.at(-1);
      if (last === undefined || last.at <= at) log.push({ id, at });
      else log.splice(firstFrom(at + 1), 0, { id, at });
    },
    *since(from: number) {
      for (let place = firstFrom(from); place < log.length; place += 1) {
        const { id, at } = log[place]!;
        if (isLive(id, at)) yield id;
      }
    },
    stale(): void {
      stale += 1;
    },
    clear(): void {
      log = [];
      stale = 0;
    },
  };
}
