/**
 * The permissions that Jira knows, and who holds them here: the site's grants, which a test may take away
 * or hand out one by one.
 */
import { refusal, texts } from './errors.ts';
import type { Issue, Project, User } from './model.ts';
import type { World } from './world.ts';

export interface PermissionDefinition {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly type: 'GLOBAL' | 'PROJECT';
}

const global = (id: number, key: string, name: string): PermissionDefinition => ({
  id: String(id),
  key,
  name,
  type: 'GLOBAL',
});
const project = (id: number, key: string, name: string): PermissionDefinition => ({
  id: String(id),
  key,
  name,
  type: 'PROJECT',
});

export const permissions: readonly PermissionDefinition[] = [
  global(0, 'ADMINISTER', 'Administer Jira'),
  global(44, 'SYSTEM_ADMIN', 'Jira System Administrators'),
  global(27, 'USER_PICKER', 'Browse Users'),
  global(33, 'BULK_CHANGE', 'Make bulk changes'),
  project(23, 'ADMINISTER_PROJECTS', 'Administer Projects'),
  project(10, 'BROWSE_PROJECTS', 'Browse Projects'),
  project(11, 'CREATE_ISSUES', 'Create Issues'),
  project(12, 'EDIT_ISSUES', 'Edit Issues'),
  project(16, 'DELETE_ISSUES', 'Delete Issues'),
  project(13, 'ASSIGN_ISSUES', 'Assign Issues'),
  project(17, 'ASSIGNABLE_USER', 'Assignable User'),
  project(46, 'TRANSITION_ISSUES', 'Transition Issues'),
  project(14, 'RESOLVE_ISSUES', 'Resolve Issues'),
  project(18, 'CLOSE_ISSUES', 'Close Issues'),
  project(25, 'MOVE_ISSUES', 'Move Issues'),
  project(28, 'SCHEDULE_ISSUES', 'Schedule Issues'),
  project(21, 'LINK_ISSUES', 'Link Issues'),
  project(26, 'SET_ISSUE_SECURITY', 'Set Issue Security'),
  project(30, 'MODIFY_REPORTER', 'Modify Reporter'),
  project(15, 'ADD_COMMENTS', 'Add Comments'),
  project(34, 'EDIT_ALL_COMMENTS', 'Edit All Comments'),
  project(35, 'EDIT_OWN_COMMENTS', 'Edit Own Comments'),
  project(36, 'DELETE_ALL_COMMENTS', 'Delete All Comments'),
  project(37, 'DELETE_OWN_COMMENTS', 'Delete Own Comments'),
  project(19, 'CREATE_ATTACHMENTS', 'Create Attachments'),
  project(38, 'DELETE_ALL_ATTACHMENTS', 'Delete All Attachments'),
  project(39, 'DELETE_OWN_ATTACHMENTS', 'Delete Own Attachments'),
  project(20, 'WORK_ON_ISSUES', 'Work On Issues'),
  project(31, 'VIEW_VOTERS_AND_WATCHERS', 'View Voters and Watchers'),
  project(32, 'MANAGE_WATCHERS', 'Manage Watchers'),
  project(29, 'VIEW_DEV_TOOLS', 'View Development Tools'),
];

const byKey = new Map(permissions.map(permission => [permission.key, permission]));

export interface Access {
  definition(key: string): PermissionDefinition | undefined;
  /** A project permission without a project holds if it is held in any. */
  has(user: User, key: string, project?: Project): boolean;
  sees(user: User, project: Project): boolean;
  /** Answers 404 as Jira does, so that nobody learns what exists. */
  requireBrowse(user: User, issue: Issue | undefined): Issue;
  require(user: User, key: string, project: Project, message: string, status?: number): void;
  /** Overrides the site's grants for one person and permission, in one project or globally. */
  set(accountId: string, key: string, allowed: boolean, projectKey?: string): void;
  reset(): void;
}

/** In the place of a project. */
const everywhere = '';

export function makeAccess(world: World): Access {
  const overrides = new Map<string, boolean>();
  const slot = (accountId: string, key: string, projectKey: string): string => `${accountId} ${key} ${projectKey}`;

  const hasIn = (user: User, key: string, item: Project): boolean => {
    const override =
      overrides.get(slot(user.accountId, key, item.key)) ?? overrides.get(slot(user.accountId, key, everywhere));
    if (override !== undefined) return override;
    const granted = world.site.projectGrants[item.key]?.[user.accountId] ?? [];
    return granted.includes('*') || granted.includes(key);
  };
  const has = (user: User, key: string, item?: Project): boolean => {
    if (byKey.get(key)?.type === 'GLOBAL') {
      const override = overrides.get(slot(user.accountId, key, everywhere));
      return override ?? world.site.globalGrants[user.accountId]?.includes(key) ?? false;
    }
    if (!byKey.has(key)) return false;
    return item ? hasIn(user, key, item) : world.site.projects.some(each => hasIn(user, key, each));
  };
  const sees = (user: User, item: Project): boolean => has(user, 'BROWSE_PROJECTS', item);

  return {
    definition: key => byKey.get(key),
    has,
    sees,
    requireBrowse(user, issue) {
      if (!issue || !sees(user, world.projectOf(issue))) throw refusal(404, texts.noIssue);
      return issue;
    },
    require(user, key, item, message, status = 403) {
      if (!has(user, key, item)) throw refusal(status, message);
    },
    set: (accountId, key, allowed, projectKey = everywhere) =>
      void overrides.set(slot(accountId, key, projectKey), allowed),
    reset: () => overrides.clear(),
  };
}
