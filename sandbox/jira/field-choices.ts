/** Fields whose values are chosen: options of the field, and lists that the site or the project keeps. */
import { asList, type FieldType, idText, isRecord, listOf, problem } from './field-type.ts';
import type { FieldDefinition, FieldOption, NamedThing } from './model.ts';
import { optionShape, priorityShape, resolutionShape } from './things.ts';
import { sameText, type World } from './world.ts';

function pickOption(options: readonly FieldOption[], value: unknown): string {
  if (!isRecord(value) || (idText(value.id) === undefined && typeof value.value !== 'string')) {
    return problem("Could not find valid 'id' or 'value' in the Parent Option object.");
  }
  const id = idText(value.id);
  if (id !== undefined)
    return options.find(option => option.id === id)?.id ?? problem(`Option id '${id}' is not valid`);
  const text = String(value.value);
  const found = options.find(option => option.value === text) ?? options.find(option => sameText(option.value, text));
  return found?.id ?? problem(`Option value '${text}' is not valid`);
}

const optionText = (world: World, field: FieldDefinition, id: unknown): string =>
  world.option(field, String(id))?.value ?? '';
const readOption = (world: World, field: FieldDefinition, id: unknown): unknown => {
  const option = world.option(field, String(id));
  return option ? optionShape(world, option) : null;
};

export const select: FieldType = {
  schema: { type: 'option' },
  verbs: ['set'],
  empty: null,
  parse: (value, { field }) => pickOption(field.options ?? [], value),
  read: (stored, world, field) => (stored === null ? null : readOption(world, field, stored)),
  change: (stored, world, field) => ({ id: String(stored), text: optionText(world, field, stored) }),
  allowed: (world, field) => (field.options ?? []).map(option => optionShape(world, option)),
};

export const multiselect: FieldType = {
  schema: { type: 'array', items: 'option' },
  verbs: ['add', 'set', 'remove'],
  empty: [],
  parse(value, { field }) {
    const chosen = new Set(listOf(value).map(item => pickOption(field.options ?? [], item)));
    return (field.options ?? []).filter(option => chosen.has(option.id)).map(option => option.id);
  },
  read: (stored, world, field) =>
    asList(stored).length === 0 ? null : asList(stored).map(id => readOption(world, field, id)),
  change: (stored, world, field) => ({
    id: `[${asList(stored).join(', ')}]`,
    text: asList(stored)
      .map(id => optionText(world, field, id))
      .join(','),
  }),
  allowed: select.allowed!,
};

interface Cascade {
  readonly id: string;
  readonly child?: string;
}

export const cascadingSelect: FieldType = {
  schema: { type: 'option-with-child' },
  verbs: ['set'],
  empty: null,
  parse(value, { field }) {
    const id = pickOption(field.options ?? [], value);
    const child = (value as Record<string, unknown>).child;
    if (child === undefined || child === null) return { id };
    const parent = field.options?.find(option => option.id === id);
    return { id, child: pickOption(parent?.children ?? [], child) };
  },
  read(stored, world, field) {
    if (stored === null) return null;
    const { id, child } = stored as Cascade;
    const parent = readOption(world, field, id) as Record<string, unknown>;
    return child === undefined ? parent : { ...parent, child: readOption(world, field, child) };
  },
  change(stored, world, field) {
    const { id, child } = stored as Cascade;
    const parent = `Parent values: ${optionText(world, field, id)}(${id})`;
    if (child === undefined) return { id: parent, text: parent };
    const both = `${parent}Level 1 values: ${optionText(world, field, child)}(${child})`;
    return { id: both, text: both };
  },
  allowed: (world, field) =>
    (field.options ?? []).map(option => ({
      ...optionShape(world, option),
      ...(option.children ? { children: option.children.map(child => optionShape(world, child)) } : {}),
    })),
};

/** One of a list that the site or the project keeps, written as `{id}` or `{name}`. */
function pickNamed(list: readonly NamedThing[], value: unknown, label: string): string {
  if (!isRecord(value)) return problem(`Specify a valid 'id' or 'name' for ${label}`);
  const id = idText(value.id);
  if (id !== undefined) return list.find(item => item.id === id)?.id ?? problem(`${label} id '${id}' is not valid`);
  const name = value.name;
  if (typeof name !== 'string') return problem(`Specify a valid 'id' or 'name' for ${label}`);
  return list.find(item => sameText(item.name, name))?.id ?? problem(`${label} name '${name}' is not valid`);
}

export const priority: FieldType = {
  schema: { type: 'priority' },
  verbs: ['set'],
  empty: null,
  parse: (value, { world, field }) => pickNamed(world.site.priorities, value, field.name),
  read(stored, world) {
    const found = world.priority(String(stored));
    return found ? priorityShape(world, found) : null;
  },
  change: (stored, world) => ({ id: String(stored), text: world.priority(String(stored))?.name ?? '' }),
  allowed: world => world.site.priorities.map(item => priorityShape(world, item)),
};

export const resolution: FieldType = {
  schema: { type: 'resolution' },
  verbs: ['set'],
  empty: null,
  parse: (value, { world, field }) => pickNamed(world.site.resolutions, value, field.name),
  read(stored, world) {
    const found = world.resolution(String(stored));
    return found ? resolutionShape(world, found) : null;
  },
  change: (stored, world) => ({ id: String(stored), text: world.resolution(String(stored))?.name ?? '' }),
  allowed: world => world.site.resolutions.map(item => resolutionShape(world, item)),
};

export function ofProject<T extends NamedThing & { readonly projectId: string }>(
  items: string,
  list: (world: World) => readonly T[],
  shape: (world: World, item: T) => unknown,
): FieldType {
  const find = (world: World, id: string): T | undefined => list(world).find(item => item.id === id);
  return {
    schema: { type: 'array', items },
    verbs: ['add', 'set', 'remove'],
    empty: [],
    parse(value, { world, field, project }) {
      const offered = list(world).filter(item => item.projectId === project.id);
      return [...new Set(listOf(value).map(item => pickNamed(offered, item, field.name)))];
    },
    read: (stored, world) =>
      asList(stored).flatMap(id => {
        const item = find(world, id);
        return item ? [shape(world, item)] : [];
      }),
    change: (stored, world) => ({
      id: asList(stored).join(', '),
      text: asList(stored)
        .map(id => find(world, id)?.name ?? '')
        .join(', '),
    }),
    allowed: (world, _field, project) =>
      list(world)
        .filter(item => item.projectId === project.id)
        .map(item => shape(world, item)),
  };
}
