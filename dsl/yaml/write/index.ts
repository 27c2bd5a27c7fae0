/**
 * Writes a program in YAML: the keys of `shapes.ts` that `read.ts` reads, one entry here for each. Groups
 * what YAML groups (declarations by kind, rules, rows by direction, expectations by side); none of these
 * orders has a meaning, and within a group the order stays.
 */
import type * as ast from '../../ast.ts';
import type { Comments } from '../../comments.ts';
import { commentsAround } from '../../printer/lines.ts';
import { createEntries } from './entries.ts';
import { createItems } from './items.ts';
import { layoutYaml, map, type YamlEntry } from './layout.ts';
import { createLeaves } from './leaves.ts';
import { createTables } from './tables.ts';
import { createTests } from './tests.ts';

export function printYaml(program: ast.Program, comments: Comments): string {
  const { file } = program;
  const entries = createEntries(program, comments);
  const { of, once, style, section } = entries;
  const leaves = createLeaves(entries);
  const tableEntries = createTables(entries, leaves);
  const item = createItems(entries, leaves, tableEntries);
  const test = createTests(entries, leaves);

  function values(node: ast.Values): YamlEntry {
    return of(node, leaves.word(node.id).text, map(once(tableEntries(node.table, node), node), style(node)));
  }

  const groups = Map.groupBy(program.declarations, ({ kind }) => kind);
  const sections = [...groups].map(([kind, nodes]) => {
    const [first] = nodes;
    if (kind === 'item')
      return section('items', first!, once((nodes as ast.Item[]).map(item), program), 'map', 'block');
    if (kind === 'test') return section('tests', first!, (nodes as ast.Test[]).map(test), 'list', 'block');
    return section('values', first!, once((nodes as ast.Values[]).map(values), program), 'map', 'block');
  });
  const { above, dangling } = commentsAround(file, comments.of(program), [], true);
  return layoutYaml(map(sections, 'block'), above, dangling);
}
