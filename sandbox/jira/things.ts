/** The REST shapes of what issues point at: users, statuses, priorities, projects, options and the like. */
import type {
  Component,
  FieldOption,
  Group,
  IssueType,
  NamedThing,
  Priority,
  Project,
  Status,
  User,
  Version,
} from './model.ts';
import type { World } from './world.ts';

type Shape = Record<string, unknown>;

const avatarSizes = ['48x48', '24x24', '16x16', '32x32'] as const;
const avatars = (world: World, path: string): Shape =>
  Object.fromEntries(avatarSizes.map(size => [size, world.url(`/avatars/${path}?size=${size}`)]));

/** As `viewer` sees this user: an address shows only where its owner lets it, and to its owner. */
export function userShape(world: World, user: User, viewer?: User): Shape {
  const mayReadEmail = user.email !== undefined && (user.emailVisible || viewer?.accountId === user.accountId);
  return {
    self: world.url(`/rest/api/3/user?accountId=${encodeURIComponent(user.accountId)}`),
    accountId: user.accountId,
    accountType: user.accountType,
    ...(mayReadEmail ? { emailAddress: user.email } : {}),
    avatarUrls: avatars(world, `user/${encodeURIComponent(user.accountId)}`),
    displayName: user.displayName,
    active: user.active,
    timeZone: user.timeZone,
  };
}

export function accountShape(world: World, accountId: string, viewer?: User): Shape {
  const user = world.user(accountId);
  if (user) return userShape(world, user, viewer);
  return {
    self: world.url(`/rest/api/3/user?accountId=${accountId}`),
    accountId,
    displayName: 'Former user',
    active: false,
  };
}

const categories = {
  new: { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  indeterminate: { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  done: { id: 3, key: 'done', colorName: 'green', name: 'Done' },
} as const;

export const statusCategories = Object.values(categories);

export const statusCategoryShape = (world: World, key: keyof typeof categories): Shape => ({
  self: world.url(`/rest/api/3/statuscategory/${categories[key].id}`),
  ...categories[key],
});

export const statusShape = (world: World, status: Status): Shape => ({
  self: world.url(`/rest/api/3/status/${status.id}`),
  description: status.description,
  iconUrl: world.url('/images/icons/statuses/generic.png'),
  name: status.name,
  id: status.id,
  statusCategory: statusCategoryShape(world, status.category),
});

export const issueTypeShape = (world: World, type: IssueType): Shape => ({
  self: world.url(`/rest/api/3/issuetype/${type.id}`),
  id: type.id,
  description: type.description,
  iconUrl: world.url(`/images/icons/issuetypes/${type.id}.svg`),
  name: type.name,
  subtask: type.subtask,
  hierarchyLevel: type.subtask ? -1 : 0,
});

export const priorityShape = (world: World, priority: Priority): Shape => ({
  self: world.url(`/rest/api/3/priority/${priority.id}`),
  iconUrl: world.url(`/images/icons/priorities/${priority.name.toLowerCase()}.svg`),
  name: priority.name,
  id: priority.id,
});

export const resolutionShape = (world: World, resolution: NamedThing): Shape => ({
  self: world.url(`/rest/api/3/resolution/${resolution.id}`),
  id: resolution.id,
  description: resolution.description,
  name: resolution.name,
});

export const projectShape = (world: World, project: Project): Shape => ({
  self: world.url(`/rest/api/3/project/${project.id}`),
  id: project.id,
  key: project.key,
  name: project.name,
  projectTypeKey: project.kind,
  simplified: false,
  avatarUrls: avatars(world, `project/${project.id}`),
});

export const optionShape = (world: World, option: FieldOption): Shape => ({
  self: world.url(`/rest/api/3/customFieldOption/${option.id}`),
  value: option.value,
  id: option.id,
});

export const componentShape = (world: World, component: Component): Shape => ({
  self: world.url(`/rest/api/3/component/${component.id}`),
  id: component.id,
  name: component.name,
  ...(component.description === '' ? {} : { description: component.description }),
});

export const versionShape = (world: World, version: Version): Shape => ({
  self: world.url(`/rest/api/3/version/${version.id}`),
  id: version.id,
  ...(version.description === '' ? {} : { description: version.description }),
  name: version.name,
  archived: false,
  released: version.released,
  ...(version.releaseDate === undefined ? {} : { releaseDate: version.releaseDate }),
});

export const groupShape = (world: World, group: Group): Shape => ({
  name: group.name,
  groupId: group.groupId,
  self: world.url(`/rest/api/3/group?groupId=${group.groupId}`),
});
