/** Jira as the rest of the app sees it. */
export { createJira, type JiraClient } from './client.ts';
export { type Permission, permissionsIn, permissionsOf } from './permissions.ts';
export type { RequestJira } from './request.ts';
