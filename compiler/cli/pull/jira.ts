/**
 * Reads a site's metadata over REST: projects with their issue types, create screens, statuses and, for
 * an administrator, the edges of their workflows.
 */
import { jiraMetadata } from '../../metadata/jira.ts';
import { type Json, objectOf, objectsOf, textOf } from '../../metadata/json.ts';
import type { JiraMetadata, TransitionMetadata } from '../../metadata/model.ts';
import { failure } from '../command.ts';
import type { Host } from '../host.ts';
import { type Api, call, Refusal } from './http.ts';
import type { Progress } from './progress.ts';
import type { Scope } from './scope.ts';

export const jiraApi = (base: string, email: string, token: string): Api => ({
  name: 'Jira',
  base: `${base}/rest/api/3`,
  headers: { authorization: `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}` },
});

export async function readJira(api: Api, scope: Scope | 'all', host: Host, progress: Progress): Promise<JiraMetadata> {
  const read = (path: string, init?: RequestInit) => call(api, path, host, init);
  const pages = async (path: string, name: string): Promise<readonly Json[]> => {
    const found: Json[] = [];
    for (;;) {
      const answer = objectOf(await read(`${path}${path.includes('?') ? '&' : '?'}startAt=${found.length}`));
      const entries = objectsOf(answer[name]);
      found.push(...entries);
      const total = typeof answer.total === 'number' ? answer.total : found.length;
      if (entries.length === 0 || answer.isLast === true || found.length >= total) return found;
    }
  };

  try {
    await read('/myself');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw failure(
      `Jira refused the sign-in: ${error.message}.`,
      'Check --email and BRIDGE_JIRA_TOKEN, an API token of that user.',
    );
  }
  const wanted = scope === 'all' ? undefined : new Set(scope.projects?.map(key => key.toUpperCase()));
  const projects = (await pages('/project/search?expand=issueTypes&maxResults=50', 'values')).filter(
    project => wanted === undefined || wanted.has(textOf(project.key).toUpperCase()),
  );
  const createFields: Record<string, Record<string, readonly unknown[]>> = {};
  const projectStatuses: Record<string, readonly unknown[]> = {};
  const edges = new Map<string, readonly TransitionMetadata[]>();
  for (const project of projects) {
    const key = textOf(project.key);
    progress.say(`Jira: ${key}`);
    projectStatuses[key] = objectsOf(await read(`/project/${key}/statuses`));
    const byType: Record<string, readonly unknown[]> = {};
    for (const type of objectsOf(project.issueTypes)) {
      const id = textOf(type.id);
      byType[id] = await pages(`/issue/createmeta/${key}/issuetypes/${id}?maxResults=200`, 'fields');
      const transitions = await transitionsOf(textOf(project.id), id, read);
      if (transitions) edges.set(`${key}/${id}`, transitions);
    }
    createFields[key] = byType;
  }
  const metadata = jiraMetadata({ projects, createFields, projectStatuses, fields: objectsOf(await read('/field')) });
  return withEdges(metadata, edges);
}

/** Nothing where the user may not see workflows. */
async function transitionsOf(
  projectId: string,
  issueTypeId: string,
  read: (path: string, init?: RequestInit) => Promise<unknown>,
): Promise<readonly TransitionMetadata[] | undefined> {
  try {
    const answer = await read('/workflows', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ projectAndIssueTypes: [{ projectId, issueTypeId }] }),
    });
    return transitionsFrom(answer);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Of an answer about one workflow. */
export function transitionsFrom(answer: unknown): readonly TransitionMetadata[] | undefined {
  const { statuses, workflows } = objectOf(answer);
  const workflow = objectsOf(workflows)[0];
  if (workflow === undefined) return undefined;
  const idOf = new Map(objectsOf(statuses).map(status => [textOf(status.statusReference), textOf(status.id)]));
  return objectsOf(workflow.transitions).flatMap(transition => {
    const to = idOf.get(textOf(transition.toStatusReference));
    if (to === undefined) return [];
    const from = objectsOf(transition.links)
      .map(link => idOf.get(textOf(link.fromStatusReference)))
      .filter(id => id !== undefined)
      .sort();
    return [
      {
        id: textOf(transition.id),
        name: textOf(transition.name),
        ...(transition.type === 'DIRECTED' ? { from } : {}),
        to,
        initial: transition.type === 'INITIAL',
      },
    ];
  });
}

function withEdges(metadata: JiraMetadata, edges: ReadonlyMap<string, readonly TransitionMetadata[]>): JiraMetadata {
  return {
    ...metadata,
    projects: metadata.projects.map(project => ({
      ...project,
      issueTypes: project.issueTypes.map(type => {
        const transitions = edges.get(`${project.key}/${type.id}`);
        return transitions === undefined ? type : { ...type, transitions };
      }),
    })),
  };
}
