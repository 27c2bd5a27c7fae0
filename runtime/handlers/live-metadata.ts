/**
 * The metadata that a program is checked against, read live: the objects that it names, the parents that
 * its paths reach, the projects that it names, and the names of everything else for suggestions. Answers
 * are kept for an hour, since a describe is large and changes rarely.
 */
import { createHash } from 'node:crypto';
import { jiraMetadata } from '../../compiler/metadata/jira.ts';
import type { JiraMetadata, Metadata, ObjectMetadata } from '../../compiler/metadata/model.ts';
import { objectFromDescribe, objectFromGlobal } from '../../compiler/metadata/salesforce.ts';
import type { Path, Program } from '../../dsl/index.ts';
import { PortError } from '../ports.ts';
import { apiVersion } from '../salesforce/index.ts';
import type { AppDeps } from './app-deps.ts';

export const hour = 60 * 60 * 1000;

export async function liveMetadata(deps: AppDeps, programs: readonly Program[], maxAgeMs = hour): Promise<Metadata> {
  const { projects, reads } = namesIn(programs);
  const [objects, jira] = await Promise.all([objectsFor(deps, reads, maxAgeMs), jiraFor(deps, projects, maxAgeMs)]);
  return { salesforce: { apiVersion, objects }, jira };
}

/** One described object, or nothing when the org has none of that name. */
export async function describedObject(
  deps: AppDeps,
  name: string,
  maxAgeMs = hour,
): Promise<ObjectMetadata | undefined> {
  return kept(deps, 'salesforce', `object.${name}`, maxAgeMs, async () => {
    try {
      const [describe, closed] = await Promise.all([deps.salesforce.describe(name), closedStatuses(deps, name)]);
      return objectFromDescribe(describe, closed);
    } catch (problem) {
      if (problem instanceof PortError && problem.failure.kind === 'gone') return undefined;
      throw problem;
    }
  });
}

/** Every object of the org by name, without fields. */
export const objectNames = (deps: AppDeps, maxAgeMs = hour): Promise<readonly ObjectMetadata[]> =>
  kept(deps, 'salesforce', 'names', maxAgeMs, async () => {
    const { sobjects } = ((await deps.salesforce.describeGlobal()) ?? {}) as { sobjects?: unknown };
    return (Array.isArray(sobjects) ? sobjects : []).map(objectFromGlobal);
  });

/** With the screens and statuses of these projects; every project is named. */
export const jiraFor = (deps: AppDeps, projects: readonly string[], maxAgeMs = hour): Promise<JiraMetadata> => {
  const keys = [...new Set(projects.map(key => key.toUpperCase()))].sort();
  const name = createHash('sha256').update(keys.join(' ')).digest('hex').slice(0, 32);
  return kept(deps, 'jira', name, maxAgeMs, async () => jiraMetadata(await deps.jira.metadata(keys)));
};

/** The objects that say which of another's statuses are closed, and the column with the status' value. */
const statusObjects: Readonly<Record<string, readonly [object: string, value: string]>> = {
  Case: ['CaseStatus', 'ApiName'],
  Task: ['TaskStatus', 'ApiName'],
  Opportunity: ['OpportunityStage', 'ApiName'],
};

/** S-5: what the org marks as closed. An org that hides it has no closed statuses that we know of. */
async function closedStatuses({ salesforce, log }: AppDeps, name: string): Promise<readonly string[]> {
  const [object, value] = statusObjects[name] ?? [];
  if (object === undefined || value === undefined) return [];
  try {
    const { answers } = await salesforce.query([{ soql: `SELECT ${value} FROM ${object} WHERE IsClosed = true` }]);
    return (answers[0]?.rows ?? []).map(row => row[value]).filter(status => typeof status === 'string');
  } catch (problem) {
    if (!(problem instanceof PortError) || !['refused', 'gone', 'forbidden'].includes(problem.failure.kind))
      throw problem;
    log.warn('closed statuses cannot be read', { object, code: problem.failure.code });
    return [];
  }
}

type Reads = ReadonlyMap<string, readonly (readonly string[])[]>;

async function objectsFor(deps: AppDeps, reads: Reads, maxAgeMs: number): Promise<readonly ObjectMetadata[]> {
  const known = new Map((await objectNames(deps, maxAgeMs)).map(object => [fold(object.name), object]));
  const described = new Set<string>();
  /** Works outwards from the items' objects along the relationships that the paths name. */
  let open: readonly (readonly [object: string, paths: readonly (readonly string[])[]])[] = [...reads];
  while (open.length > 0) {
    const next: (readonly [string, readonly (readonly string[])[]])[] = [];
    for (const [name, paths] of open) {
      const listed = known.get(fold(name));
      if (listed === undefined) continue;
      if (!described.has(fold(name))) {
        described.add(fold(name));
        const object = await describedObject(deps, listed.name, maxAgeMs);
        if (object !== undefined) known.set(fold(name), object);
      }
      const fields = known.get(fold(name))?.fields ?? [];
      for (const [first, ...rest] of paths.filter(path => path.length > 1)) {
        const lookup = fields.find(field => fold(field.relationship ?? '') === fold(first!));
        for (const target of lookup?.referenceTo?.slice(0, 3) ?? []) next.push([target, [rest]]);
      }
    }
    open = next;
  }
  return [...known.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const fold = (name: string) => name.toLowerCase();

/** Every project key, and per Salesforce object the paths that are read of it. */
export function namesIn(programs: readonly Program[]): { readonly projects: readonly string[]; readonly reads: Reads } {
  const projects = new Set<string>();
  const reads = new Map<string, (readonly string[])[]>();
  for (const declaration of programs.flatMap(program => program.declarations)) {
    if (declaration.kind !== 'item') continue;
    const paths: (readonly string[])[] = [];
    visit(declaration.clauses, node => {
      if (node.kind === 'path') paths.push((node as unknown as Path).segments.map(({ text }) => text));
    });
    for (const clause of declaration.clauses) {
      if (clause.kind === 'jira') for (const key of clause.projects) if (key.kind === 'name') projects.add(key.text);
      if (clause.kind === 'salesforce' && clause.object.kind === 'name')
        reads.set(clause.object.text, [...(reads.get(clause.object.text) ?? []), ...paths]);
    }
  }
  return { projects: [...projects], reads };
}

function visit(value: unknown, look: (node: { readonly kind: string }) => void): void {
  if (Array.isArray(value)) {
    for (const one of value) visit(one, look);
  } else if (typeof value === 'object' && value !== null) {
    if ('kind' in value && typeof value.kind === 'string') look(value as { kind: string });
    for (const [name, child] of Object.entries(value)) if (name !== 'span') visit(child, look);
  }
}

async function kept<T>(
  { store }: AppDeps,
  system: 'salesforce' | 'jira',
  what: string,
  maxAgeMs: number,
  read: () => Promise<T>,
): Promise<T> {
  const found = await store.cached(system, what, maxAgeMs);
  // Written by this very code into the app's own storage; the compiler reads it with care all the same.
  if (found !== undefined) return found as T;
  const value = await read();
  if (value !== undefined) await store.saveCached(system, what, value);
  return value;
}
