/**
 * What the org and the site offer, read as it is asked for and kept while the page is open: the names of
 * everything first, then the fields of the objects and the screens of the projects that the program names.
 */
import type { JiraMetadata, Metadata, ObjectMetadata, ProjectMetadata } from '../../../compiler/metadata/model.ts';
import type { AppError } from '../../bridge/invoke.ts';
import type { Wanted } from '../../monaco/protocol.ts';
import { call } from '../call.ts';

export interface MetadataStore {
  current(): Metadata | undefined;
  /** What could not be read; it is tried again by itself. */
  lacking(): Wanted;
  /** Why something could not be read. */
  failure(): AppError | undefined;
  /** Reads what is not there yet; each is asked for once. */
  want(objects: readonly string[], projects: readonly string[]): void;
  subscribe(changed: () => void): () => void;
}

/** A page's version of the API has no part in what it checks. */
const apiVersion = '';

const firstPauseMs = 5000;
const longestPauseMs = 60_000;

export function createMetadataStore(): MetadataStore {
  let objects: ReadonlyMap<string, ObjectMetadata> | undefined;
  let jira: JiraMetadata | undefined;
  let metadata: Metadata | undefined;
  const failures = new Map<string, AppError>();
  const asked = new Set<string>();
  const heard = new Set<() => void>();

  const changed = () => {
    metadata =
      objects === undefined || jira === undefined
        ? undefined
        : { salesforce: { apiVersion, objects: [...objects.values()] }, jira };
    for (const each of heard) each();
  };
  const once = async (what: string, read: () => Promise<void>) => {
    if (asked.has(what)) return;
    asked.add(what);
    await attempt(what, read, firstPauseMs);
  };
  const attempt = async (what: string, read: () => Promise<void>, pauseMs: number): Promise<void> => {
    try {
      await read();
      failures.delete(what);
    } catch (error) {
      failures.set(what, error as AppError);
      if ((error as AppError).code !== 'gone')
        setTimeout(() => heard.size > 0 && void attempt(what, read, Math.min(2 * pauseMs, longestPauseMs)), pauseMs);
    }
    changed();
  };
  const readObject = (name: string) =>
    once(`object ${name}`, async () => {
      const object = (await call('metadata.salesforce', { object: name })) as ObjectMetadata;
      objects = new Map(objects).set(object.name, object);
    });
  const readProject = (key: string) =>
    once(`project ${key}`, async () => {
      const found = await call('metadata.jira', { project: key });
      jira = jira === undefined ? found : merged(jira, found, key);
    });

  void once('names', async () => {
    const all = (await call('metadata.salesforce', {})) as readonly ObjectMetadata[];
    objects = new Map([...all.map(object => [object.name, object] as const), ...(objects ?? [])]);
  });
  void once('projects', async () => {
    const all = await call('metadata.jira', {});
    jira = jira === undefined ? all : merged(all, jira, undefined);
  });

  const failed = (kind: string) =>
    [...failures.keys()].flatMap(what => (what.startsWith(kind) ? [what.slice(kind.length)] : []));

  return {
    current: () => metadata,
    lacking: () => ({ objects: failed('object '), projects: failed('project ') }),
    failure: () => [...failures.values()].at(-1),
    want(names, keys) {
      for (const name of names) void readObject(name);
      for (const key of keys) void readProject(key);
    },
    subscribe(listener) {
      heard.add(listener);
      return () => heard.delete(listener);
    },
  };
}

/** `more` adds the screens of its project, and the fields and statuses that these bring. */
function merged(all: JiraMetadata, more: JiraMetadata, key: string | undefined): JiraMetadata {
  const byId = <T extends { readonly id: string }>(a: readonly T[], b: readonly T[]) => [
    ...new Map([...a, ...b].map(one => [one.id, one])).values(),
  ];
  const screens = new Map<string, ProjectMetadata>(
    more.projects
      .filter(project =>
        key === undefined ? project.issueTypes.some(({ fields }) => fields.length > 0) : project.key === key,
      )
      .map(project => [project.key, project]),
  );
  return {
    projects: all.projects.map(project => screens.get(project.key) ?? project),
    fields: byId(all.fields, more.fields),
    statuses: byId(all.statuses, more.statuses),
  };
}
