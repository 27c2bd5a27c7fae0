/**
 * What can be searched and sorted by: one row per field, with the names that JQL knows it by, the operators
 * that it takes, how a literal is read and which values an issue has there. Comparable values are texts
 * in lower case, or numbers (moments as epoch milliseconds, priorities by rank).
 */
import { plainText } from '../adf.ts';
import type { Jira } from '../context.ts';
import type { FieldDefinition, Issue, User } from '../model.ts';
import { sameText } from '../world.ts';
import { readMoment } from './dates.ts';

export type Comparable = string | number;

export type OperatorGroup = 'equality' | 'order' | 'match' | 'empty';

export interface JqlField {
  /** As messages name it. */
  readonly name: string;
  readonly takes: readonly OperatorGroup[];
  readonly moments?: 'day' | 'time';
  /** Which functions it takes. */
  readonly holds?: 'people' | 'issues' | 'projects' | 'versions' | 'types';
  /** Ids that a literal stands for; none refuses the query as "does not exist". */
  resolve(literal: string): readonly Comparable[];
  values(issue: Issue): readonly Comparable[];
  /** For `~`. */
  text?(issue: Issue): string;
  /** For `ORDER BY`; absent where Jira cannot sort. */
  sort?(issue: Issue): Comparable | null;
}

const equality = ['equality', 'empty'] as const;
const ordered = ['equality', 'order', 'empty'] as const;
const match = ['match', 'empty'] as const;
const lower = (text: string): string => text.toLowerCase();
const list = (value: unknown): readonly string[] =>
  Array.isArray(value) ? (value as string[]) : typeof value === 'string' ? [value] : [];

interface Named {
  readonly id: string;
  readonly name: string;
}

export function jqlFields(jira: Jira, caller: User): (name: string) => JqlField | undefined {
  const { world, state } = jira;
  const named =
    (things: readonly Named[]) =>
    (literal: string): string[] => {
      const byName = things.filter(thing => sameText(thing.name, literal));
      return (byName.length > 0 ? byName : things.filter(thing => thing.id === literal)).map(thing => thing.id);
    };
  const account = (literal: string): readonly string[] => {
    const found = world
      .users()
      .filter(
        user =>
          user.accountId === literal ||
          sameText(user.displayName, literal) ||
          (user.email !== undefined && user.emailVisible && sameText(user.email, literal)),
      );
    return found.map(user => user.accountId);
  };
  const keyParts = (key: string): readonly [string, number] => {
    const dash = key.lastIndexOf('-');
    return [key.slice(0, dash), Number(key.slice(dash + 1))];
  };
  const visible = world.site.projects.filter(project => jira.access.sees(caller, project));
  const summary = (issue: Issue): string => String(issue.values.summary ?? '');
  const comments = (issue: Issue): string =>
    state
      .comments(issue.id)
      .map(comment => plainText(comment.body))
      .join('\n');
  const texts = (field: FieldDefinition, issue: Issue): string => {
    const value = issue.values[field.id];
    return field.type === 'textarea' || field.type === 'description' ? plainText(value) : String(value ?? '');
  };
  const everything = (issue: Issue): string =>
    [...world.site.fields]
      .filter(field => ['summary', 'description', 'textfield', 'textarea'].includes(field.type))
      .map(field => texts(field, issue))
      .concat(comments(issue))
      .join('\n');

  const moment = (name: string, of: (issue: Issue) => number | null): JqlField => ({
    name,
    takes: ordered,
    moments: 'time',
    resolve: literal => present(readMoment(literal, jira.now())),
    values: issue => present(of(issue)),
    sort: of,
  });
  const person = (name: string, of: (issue: Issue) => unknown): JqlField => ({
    name,
    holds: 'people',
    takes: equality,
    resolve: account,
    values: issue => list(of(issue)),
    sort: issue => world.user(String(of(issue) ?? ''))?.displayName.toLowerCase() ?? null,
  });
  const thing = (name: string, things: readonly Named[], of: (issue: Issue) => unknown): JqlField => ({
    name,
    takes: equality,
    resolve: named(things),
    values: issue => list(of(issue)),
    sort: issue => {
      const place = things.findIndex(item => item.id === list(of(issue))[0]);
      return place < 0 ? null : place;
    },
  });
  const categories = [
    { id: 'new', name: 'To Do' },
    { id: 'indeterminate', name: 'In Progress' },
    { id: 'done', name: 'Done' },
  ];
  const rank = (id: unknown): number | null => {
    const place = world.site.priorities.findIndex(item => item.id === id);
    return place < 0 ? null : world.site.priorities.length - place;
  };

  const system: Readonly<Record<string, JqlField>> = {
    project: {
      ...thing('project', visible, issue => issue.projectId),
      holds: 'projects',
      resolve: literal => {
        const found = visible.find(
          item => item.id === literal || sameText(item.key, literal) || sameText(item.name, literal),
        );
        return found ? [found.id] : [];
      },
    },
    key: {
      name: 'key',
      holds: 'issues',
      takes: ordered,
      resolve: literal => {
        const issue = state.issueByKey(literal) ?? state.issue(literal);
        return issue && jira.access.sees(caller, world.projectOf(issue)) ? [Number(issue.id)] : [];
      },
      values: issue => [Number(issue.id)],
      sort: issue => {
        const [project, number] = keyParts(issue.key);
        return `${project} ${String(number).padStart(12, '0')}`;
      },
    },
    summary: {
      name: 'summary',
      takes: match,
      resolve: literal => [literal],
      values: issue => [summary(issue)],
      text: summary,
      sort: issue => lower(summary(issue)),
    },
    description: {
      name: 'description',
      takes: match,
      resolve: literal => [literal],
      values: issue => present(issue.values.description === undefined ? null : 'set'),
      text: issue => plainText(issue.values.description),
      sort: issue => lower(plainText(issue.values.description)),
    },
    text: { name: 'text', takes: ['match'], resolve: literal => [literal], values: () => [], text: everything },
    comment: { name: 'comment', takes: ['match'], resolve: literal => [literal], values: () => [], text: comments },
    attachments: {
      name: 'attachments',
      takes: ['empty'],
      resolve: () => [],
      values: issue => state.attachments(issue.id).map(file => file.id),
    },
    status: thing('status', world.site.statuses, issue => issue.statusId),
    statuscategory: thing('statusCategory', categories, issue => world.status(issue.statusId).category),
    issuetype: { ...thing('issuetype', world.site.issueTypes, issue => issue.typeId), holds: 'types' },
    priority: {
      name: 'priority',
      takes: ordered,
      resolve: literal => present(rank(named(world.site.priorities)(literal)[0])),
      values: issue => present(rank(issue.values.priority)),
      sort: issue => rank(issue.values.priority),
    },
    resolution: {
      ...thing('resolution', world.site.resolutions, issue => issue.values.resolution),
      resolve: literal => (sameText(literal, 'Unresolved') ? [unresolved] : named(world.site.resolutions)(literal)),
      values: issue => list(issue.values.resolution ?? unresolved),
    },
    assignee: person('assignee', issue => issue.values.assignee),
    reporter: person('reporter', issue => issue.values.reporter),
    creator: person('creator', issue => issue.creator),
    created: moment('created', issue => issue.created),
    updated: moment('updated', issue => issue.updated),
    resolved: moment('resolved', issue => issue.resolved),
    statuscategorychangeddate: moment('statusCategoryChangedDate', issue => issue.statusChanged),
    labels: {
      name: 'labels',
      takes: equality,
      resolve: literal => [lower(literal)],
      values: issue => list(issue.values.labels).map(lower),
      sort: issue => lower(list(issue.values.labels).join(' ')) || null,
    },
    duedate: day('duedate', issue => issue.values.duedate),
    component: thing('component', world.site.components, issue => issue.values.components),
    fixversion: { ...thing('fixVersion', world.site.versions, issue => issue.values.fixVersions), holds: 'versions' },
  };

  function day(name: string, of: (issue: Issue) => unknown): JqlField {
    const time = (issue: Issue): number | null => {
      const value = of(issue);
      return typeof value === 'string' ? Date.parse(value) : null;
    };
    return {
      name,
      takes: ordered,
      moments: 'day',
      resolve: literal => present(readMoment(literal, jira.now())),
      values: issue => present(time(issue)),
      sort: time,
    };
  }

  function customField(field: FieldDefinition): JqlField {
    const { name } = field;
    const of = (issue: Issue): unknown => issue.values[field.id] ?? null;
    const flat = (field.options ?? []).flatMap(option => [option, ...(option.children ?? [])]);
    const optionNames = flat.map(option => ({ id: option.id, name: option.value }));
    switch (field.type) {
      case 'textfield':
      case 'textarea':
        return {
          name,
          takes: match,
          resolve: literal => [literal],
          values: issue => present(of(issue) === null ? null : 'set'),
          text: issue => texts(field, issue),
          sort: issue => lower(texts(field, issue)) || null,
        };
      case 'float':
        return {
          name,
          takes: ordered,
          resolve: literal => (literal.trim() !== '' && Number.isFinite(Number(literal)) ? [Number(literal)] : []),
          values: issue => present(of(issue) as number | null),
          sort: issue => of(issue) as number | null,
        };
      case 'datepicker':
        return day(name, of);
      case 'datetime':
        return moment(name, issue => of(issue) as number | null);
      case 'select':
      case 'radiobuttons':
      case 'multiselect':
      case 'multicheckboxes':
        return thing(name, optionNames, of);
      case 'cascadingselect':
        return thing(name, optionNames, issue => {
          const value = of(issue) as { id: string; child?: string } | null;
          return value ? [value.id, ...(value.child === undefined ? [] : [value.child])] : null;
        });
      case 'userpicker':
      case 'multiuserpicker':
        return person(name, of);
      case 'grouppicker':
        return thing(
          name,
          world.site.groups.map(({ groupId, name: group }) => ({ id: groupId, name: group })),
          of,
        );
      default:
        return {
          name,
          takes: equality,
          resolve: literal => [lower(literal)],
          values: issue => list(of(issue)).map(lower),
          sort: issue => lower(list(of(issue)).join(' ')) || null,
        };
    }
  }

  const aliases: Readonly<Record<string, string>> = {
    issue: 'key',
    issuekey: 'key',
    id: 'key',
    type: 'issuetype',
    'issue type': 'issuetype',
    due: 'duedate',
    createddate: 'created',
    updateddate: 'updated',
    resolutiondate: 'resolved',
    components: 'component',
    fixversions: 'fixversion',
  };

  return name => {
    const wanted = lower(name);
    const known = system[aliases[wanted] ?? wanted];
    if (known) return known;
    const id = /^cf\[(\d+)\]$/.exec(wanted)?.[1];
    const field = id
      ? world.field(`customfield_${id}`)
      : (world.field(wanted) ?? world.fieldsNamed(name.replace(/\[[^\]]*\]$/, ''))[0]);
    return field?.custom ? customField(field) : undefined;
  };
}

export const unresolved = 'unresolved';

function present<T>(value: T | null | undefined): T[] {
  return value === null || value === undefined ? [] : [value];
}
