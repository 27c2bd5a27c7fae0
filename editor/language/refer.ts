/** From a name to where it is defined, and to every other place that names the same thing. */
import type { Analysis } from '../../compiler/analysis.ts';
import { nameAt, namesOf } from './names.ts';
import type { Location, Rename, Renaming, TextEdit } from './types.ts';

/** Ids lead to the item or table; names of an org or a site are defined outside, and lead nowhere. */
export function define(analysis: Analysis, path: string, offset: number): readonly Location[] {
  const name = nameAt(analysis, path, offset);
  return name === undefined ? [] : places(analysis, name.of, true);
}

/** All places that name what is named here, this one included. */
export function references(analysis: Analysis, path: string, offset: number): readonly Location[] {
  const name = nameAt(analysis, path, offset);
  return name === undefined ? [] : places(analysis, name.of);
}

const places = (analysis: Analysis, of: string, definitionsOnly = false): readonly Location[] =>
  namesOf(analysis)
    .filter(name => name.of === of && (name.isDefinition || !definitionsOnly))
    .map(({ path, span }) => ({ path, span }));

/** The id that can be renamed here, if there is one. */
export function renameable(analysis: Analysis, path: string, offset: number): Renaming | undefined {
  const name = nameAt(analysis, path, offset);
  const [, of, id] = /^(item|values) (.+)$/.exec(name?.of ?? '') ?? [];
  return name === undefined || id === undefined ? undefined : { span: name.span, id, of: of as Renaming['of'] };
}

/**
 * `keepLinks`: of an item, adds `was` with the id that it had, so that its links move along; without it the new id
 * starts with none. An item that already has a `was` keeps that one.
 */
export function rename(
  analysis: Analysis,
  path: string,
  offset: number,
  to: string,
  options: { readonly keepLinks?: boolean } = {},
): Rename {
  const found = renameable(analysis, path, offset);
  if (found === undefined) return { refused: 'only ids of items and tables can be renamed' };
  if (!isId(to))
    return { refused: `\`${to}\` is no id: letters, digits, _ and single hyphens, beginning with a letter` };
  const { bound } = analysis;
  const taken = found.of === 'item' ? bound.itemsById.has(to) : bound.tablesById.has(to);
  if (to !== found.id && taken)
    return { refused: `there is ${found.of === 'item' ? 'an item' : 'a table'} \`${to}\` already` };
  const edits: TextEdit[] = places(analysis, `${found.of} ${found.id}`).map(place => ({
    ...place,
    text: written(analysis, place, to),
  }));
  const item = found.of === 'item' && options.keepLinks ? bound.itemsById.get(found.id) : undefined;
  if (item !== undefined && item.node.was === undefined && to !== found.id) {
    const { file, node } = item;
    edits.push(...wasEdit(file.notation, file.path, node.id.span, node.name.span, found.id, file.text));
  }
  return { edits };
}

function wasEdit(
  notation: 'bridge' | 'yaml',
  path: string,
  id: Location['span'],
  name: Location['span'],
  was: string,
  text: string,
): readonly TextEdit[] {
  if (notation === 'bridge') return [{ path, span: { start: id.end, end: id.end }, text: ` was ${was}` }];
  // Before the key `name`, at its indentation or in its braces.
  const key = /name["']?[ \t]*:[ \t]*$/.exec(text.slice(0, name.start));
  if (key === null) return [];
  const at = key.index - (/["']$/.test(text.slice(0, key.index)) ? 1 : 0);
  const line = text.lastIndexOf('\n', at - 1) + 1;
  const before = text.slice(line, at);
  const separator = /^[ \t]*$/.test(before) ? `\n${before}` : ', ';
  return [{ path, span: { start: at, end: at }, text: `was: ${was}${separator}` }];
}

const isId = (text: string): boolean => text.length <= 64 && /^[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*$/.test(text);

/** In YAML a few words would be read as nothing. */
function written(analysis: Analysis, { path }: Location, id: string): string {
  const file = analysis.files.find(one => one.path === path);
  return file?.notation === 'yaml' && /^null$/i.test(id) ? JSON.stringify(id) : id;
}
