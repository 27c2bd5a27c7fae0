/** Where an editor begins: which texts, and what of them is open. */
import type { Files, ItemsTable } from '../../bridge/contract.ts';
import type { Place } from '../../parts/router.ts';
import { kinds } from '../items/no-items.tsx';
import type { Base } from './working-copy.ts';

export interface Beginning {
  readonly files: Files;
  readonly path: string;
  readonly item?: string;
  readonly line?: number;
}

/** What is open first: a new item, the item or the line that was asked for, or the first file. */
export function beginning(
  { page, query }: Place,
  { files }: Base,
  table: ItemsTable,
  old: Files | undefined,
): Beginning {
  const all = old ?? files;
  if (page === 'new') return newItem(all, query.kind ?? 'one-way');
  const [file, line] = splitSource(query.at);
  if (file !== undefined && all[file] !== undefined) return { files: all, path: file, line };
  const [path] = splitSource(table.items.find(({ id }) => id === query.item)?.source);
  if (path !== undefined && all[path] !== undefined) return { files: all, path, item: query.item! };
  const [first] = Object.keys(all).sort();
  return first === undefined ? newItem(all, 'one-way') : { files: all, path: first };
}

const splitSource = (source: string | undefined): readonly [file: string | undefined, line: number] => {
  const found = /^(.*):(\d+)$/.exec(source ?? '');
  return [found?.[1], Number(found?.[2] ?? 1)];
};

function newItem(files: Files, kind: string): Beginning {
  let id = 'new-item';
  for (let count = 2; files[`${id}.bridge`] !== undefined; count++) id = `new-item-${count}`;
  const path = `${id}.bridge`;
  const content = `item ${id} "New item" {\n  sync ${kinds.some(each => each.kind === kind) ? kind : 'one-way'}\n}\n`;
  return { files: { ...files, [path]: content }, path, item: id };
}
