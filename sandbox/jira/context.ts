/** What every route works with: the site, the documents, who may do what, the time, and where events go. */
import type { AdfCheck } from './adf.ts';
import { refusal, texts } from './errors.ts';
import type { Issue, Project, User } from './model.ts';
import type { Access } from './permissions.ts';
import type { ProductEvent } from './product-event.ts';
import type { SearchIndex } from './search-index.ts';
import type { DeclaredProperty, State } from './state.ts';
import type { World } from './world.ts';

export interface Jira {
  readonly world: World;
  readonly state: State;
  readonly access: Access;
  readonly adf: AdfCheck;
  readonly declared: readonly DeclaredProperty[];
  readonly index: SearchIndex;
  now(): number;
  emit(event: ProductEvent): void;
}

/** The issue by id or key, or 404 where the caller cannot see it. */
export const findIssue = (jira: Jira, caller: User, idOrKey: string): Issue =>
  jira.access.requireBrowse(caller, lookUp(jira, idOrKey));

export const lookUp = (jira: Jira, idOrKey: string): Issue | undefined =>
  jira.state.issue(idOrKey) ?? jira.state.issueByKey(idOrKey);

export function findProject(jira: Jira, caller: User, idOrKey: string): Project {
  const project = jira.world.project(idOrKey);
  if (!project || !jira.access.sees(caller, project)) {
    throw refusal(
      404,
      /^\d+$/.test(idOrKey)
        ? `No project could be found with id '${idOrKey}'.`
        : `No project could be found with key '${idOrKey}'.`,
    );
  }
  return project;
}

/** Every change of an issue goes this way, so that the search index learns of it. */
export function saveIssue(jira: Jira, issue: Issue): void {
  jira.index.note(issue.id, jira.state.issue(issue.id), jira.now());
  jira.state.putIssue(issue);
}

/** The body as an object, where `known` is given with no other keys; whatever else it is gets Jira's two complaints. */
export async function bodyOf(request: Request, known?: readonly string[]): Promise<Record<string, unknown>> {
  let body: unknown;
  try {
    body = await request.json();
  } catch {
    throw refusal(400, texts.badJson);
  }
  if (!isRecord(body)) throw refusal(400, texts.badPayload);
  if (known && Object.keys(body).some(key => !known.includes(key))) throw refusal(400, texts.badPayload);
  return body;
}

/** What was sent as text; an object stands for no text, and is not asked to make one. */
export const asText = (value: unknown): string => (typeof value === 'object' ? '' : String(value));

export const isText = (value: unknown): value is string => typeof value === 'string';

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list of different things of one kind, or nothing; anything else is not what the document asks for. */
export function listOf<T>(value: unknown, isOne: (item: unknown) => item is T): readonly T[] {
  if (value === undefined) return [];
  if (
    !Array.isArray(value) ||
    !value.every(isOne) ||
    new Set(value.map(item => JSON.stringify(item))).size < value.length
  )
    throw refusal(400, texts.badPayload);
  return value;
}
