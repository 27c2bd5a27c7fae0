/** JQL's functions that answer values: one row each, with the fields that take it. Moments are in `dates.ts`. */
import type { Jira } from '../context.ts';
import { refusal } from '../errors.ts';
import type { Issue, User } from '../model.ts';
import { permissions } from '../permissions.ts';
import { sameText } from '../world.ts';
import type { Comparable, JqlField } from './fields.ts';

interface JqlFunction {
  /** What the fields hold that take it. */
  readonly of: NonNullable<JqlField['holds']>;
  values(jira: Jira, caller: User, args: readonly string[]): readonly Comparable[];
}

const idOf = (issue: Issue): number => Number(issue.id);

/** Issues that the caller sees and that meet the test. */
function issuesThat(jira: Jira, caller: User, test: (issue: Issue) => boolean): readonly number[] {
  return jira.world.site.projects
    .filter(project => jira.access.sees(caller, project))
    .flatMap(project => [...jira.state.issuesOfProject(project.id)].filter(test).map(idOf));
}

function versions(released: boolean): JqlFunction {
  return {
    of: 'versions',
    values: ({ world }, _caller, args) => {
      const projects = args.map(name => world.project(name)?.id);
      return world.site.versions
        .filter(version => version.released === released)
        .filter(version => projects.length === 0 || projects.includes(version.projectId))
        .map(version => version.id);
    },
  };
}

const types = (subtask: boolean): JqlFunction => ({
  of: 'types',
  values: ({ world }) => world.site.issueTypes.filter(type => type.subtask === subtask).map(type => type.id),
});

export const jqlFunctions: Readonly<Record<string, JqlFunction>> = {
  currentuser: { of: 'people', values: (_jira, caller) => [caller.accountId] },
  membersof: {
    of: 'people',
    values({ world }, _caller, [name = '']) {
      const group = world.group(name);
      if (!group)
        throw refusal(
          400,
          `Function 'membersOf' can not generate a list of usernames for group '${name}'; the group does not exist.`,
        );
      return world.users().flatMap(user => (user.groups.includes(group.name) ? [user.accountId] : []));
    },
  },
  releasedversions: versions(true),
  unreleasedversions: versions(false),
  standardissuetypes: types(false),
  subtaskissuetypes: types(true),
  projectsleadbyuser: {
    of: 'projects',
    values: ({ world }, caller, [who = caller.accountId]) =>
      world.site.projects.filter(project => project.lead === who).map(project => project.id),
  },
  projectswhereuserhaspermission: {
    of: 'projects',
    values: ({ world, access }, caller, [name = '']) =>
      world.site.projects
        .filter(project => permissionsNamed(name).some(key => access.has(caller, key, project)))
        .map(project => project.id),
  },
  updatedby: {
    of: 'issues',
    values: (jira, caller, [who = '']) =>
      issuesThat(jira, caller, issue => {
        const wanted = accountNamed(jira, who);
        return (
          issue.creator === wanted ||
          jira.state.histories(issue.id).some(history => history.author === wanted) ||
          jira.state.comments(issue.id).some(comment => [comment.author, comment.updateAuthor].includes(wanted))
        );
      }),
  },
  issueswithremotelinksbyglobalid: {
    of: 'issues',
    values: (jira, caller, globalIds) =>
      issuesThat(jira, caller, issue =>
        jira.state.remoteLinks(issue.id).some(link => globalIds.includes(link.globalId ?? '')),
      ),
  },
};

/** By name, `Edit Issues`, or by key. */
const permissionsNamed = (name: string): readonly string[] =>
  permissions.filter(one => one.key === name || sameText(one.name, name)).map(one => one.key);

function accountNamed({ world }: Jira, who: string): string {
  const found = world.users().find(user => user.accountId === who || user.displayName === who);
  if (!found) throw refusal(400, `The user '${who}' does not exist and cannot be used in the 'updatedBy' function.`);
  return found.accountId;
}

/** A live site has these; here they are refused rather than called unknown. */
export const unmodelledFunctions = new Set(
  `approved approver breached cascadeOption choiceOption closedSprints completed componentsLeadByUser currentLogin
  earliestUnreleasedVersion elapsed everBreached futureSprints issueHistory lastLogin latestReleasedVersion linkedIssues
  myApproval myPending openSprints organizationMembers parentEpic paused pending pendingBy projectsWhereUserHasRole
  recentProjectIssues remaining running votedIssues watchedIssues withinCalendarHours`
    .toLowerCase()
    .split(/\s+/),
);
