/**
 * What a site offers, read from Jira as it answers: projects, what their create screens take, their
 * statuses, and the site's fields. The compiler's own code turns the answers into its model.
 */
import { route } from '@forge/api';
import type { JiraMetadataAnswers } from '../ports.ts';
import type { JiraCall } from './request.ts';

/** Jira refuses a larger page of create fields. */
const page = 200;

type Call = (what: JiraCall) => Promise<unknown>;
type Answer = Readonly<Record<string, unknown>>;

export function createMetadata(call: Call) {
  /** All entries of a list that Jira pages by `startAt`. */
  const paged = async (name: string, path: (startAt: number) => JiraCall['path']): Promise<readonly unknown[]> => {
    const found: unknown[] = [];
    for (;;) {
      const answer = ((await call({ path: path(found.length) })) ?? {}) as Answer;
      const entries = Array.isArray(answer[name]) ? answer[name] : [];
      found.push(...entries);
      const total = typeof answer.total === 'number' ? answer.total : found.length;
      if (entries.length === 0 || answer.isLast === true || found.length >= total) return found;
    }
  };

  return async (projectKeys?: readonly string[]): Promise<JiraMetadataAnswers> => {
    const [projects, fields] = await Promise.all([
      paged('values', startAt => route`/rest/api/3/project/search?expand=issueTypes&maxResults=50&startAt=${startAt}`),
      call({ path: route`/rest/api/3/field` }),
    ]);
    const wanted = projectKeys && new Set(projectKeys.map(key => key.toUpperCase()));
    const createFields: Record<string, Record<string, readonly unknown[]>> = {};
    const projectStatuses: Record<string, readonly unknown[]> = {};

    for (const { key, issueTypes } of projects as readonly Answer[]) {
      if (typeof key !== 'string' || wanted?.has(key.toUpperCase()) === false) continue;
      const statuses = await call({ path: route`/rest/api/3/project/${key}/statuses` });
      projectStatuses[key] = Array.isArray(statuses) ? statuses : [];
      const types = Array.isArray(issueTypes)
        ? issueTypes
        : await paged(
            'issueTypes',
            startAt => route`/rest/api/3/issue/createmeta/${key}/issuetypes?maxResults=${page}&startAt=${startAt}`,
          );
      const byType: Record<string, readonly unknown[]> = {};
      for (const { id } of types as readonly Answer[]) {
        if (typeof id !== 'string') continue;
        byType[id] = await paged(
          'fields',
          startAt => route`/rest/api/3/issue/createmeta/${key}/issuetypes/${id}?maxResults=${page}&startAt=${startAt}`,
        );
      }
      createFields[key] = byType;
    }
    return { projects, createFields, projectStatuses, fields: Array.isArray(fields) ? fields : [] };
  };
}
