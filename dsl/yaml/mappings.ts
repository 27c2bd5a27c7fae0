/** Mappings: a field or template, a Jira field, who owns it, and what modifies it. */
import { isMap, type ParsedNode } from 'yaml';
import type * as ast from '../ast.ts';
import { type Access, list, type Shape } from './access.ts';
import { gone, type YamlLeaves } from './leaves.ts';
import { keys } from './shapes.ts';
import type { YamlTables } from './tables.ts';

export function createMappings(
  yaml: Access,
  { jiraField, name, number, path, template }: YamlLeaves,
  { fallback, table }: YamlTables,
) {
  const ARROW_OF_OWNER = { salesforce: '->', jira: '<-', both: '<->' } as const;

  function mapping(node: ParsedNode): ast.Mapping {
    const shape = yaml.shape(node, 'a mapping', keys.mapping, yaml.spanOf(node));
    const { span } = shape;
    const field = shape.get('salesforce');
    const written = shape.get('template');
    if (field === undefined && written === undefined) {
      yaml.oneOf(span, 'a mapping', list(['salesforce', 'template']), 0);
    } else if (field !== undefined && written !== undefined) {
      const at = written.keySpan;
      yaml.oneOf(at, 'a mapping', list(['salesforce', 'template']), 2);
    }
    let source: ast.Mapping['source'] = gone(span);
    if (field !== undefined) source = path(field.value, '`salesforce`', field.keySpan);
    else if (written !== undefined) {
      const value = yaml.text(written.value, '`template`', written.keySpan);
      source = value === undefined ? gone(written.keySpan) : template(value);
    }
    const to = shape.get('jira');
    if (to === undefined) yaml.missingKey(span, 'a mapping', 'jira');
    const target = to === undefined ? gone(span) : jiraField(to.value, '`jira`', to.keySpan);
    const owner = shape.get('owner');
    if (owner === undefined) yaml.missingKey(span, 'a mapping', 'owner');
    const owned =
      owner &&
      yaml.word(owner.value, '`owner`', Object.keys(ARROW_OF_OWNER) as (keyof typeof ARROW_OF_OWNER)[], owner.keySpan);
    const arrow: ast.Mapping['arrow'] =
      owned === undefined
        ? gone(owner?.keySpan ?? span)
        : { kind: 'arrow', span: owned.span, arrow: ARROW_OF_OWNER[owned.word] };
    return { kind: 'mapping', span, source, arrow, target, modifiers: modifiers(shape) };
  }

  function modifiers(shape: Shape<(typeof keys.mapping)[number]>): readonly ast.Modifier[] {
    const found: ast.Modifier[] = [];
    for (const entry of shape.entries) {
      const { span, keySpan } = entry;
      if (entry.key === 'by') {
        const node = yaml.resolve(entry.value);
        if (isMap(node)) {
          const rows = yaml.shape(node, 'a table', keys.table, keySpan);
          found.push({ kind: 'inline-table', span, table: table(rows.entries, rows.span) });
        } else found.push({ kind: 'by', span, table: name(entry, '`by`', keySpan) });
      } else if (entry.key === 'cutAt') found.push({ kind: 'cut-at', span, length: number(entry, '`cutAt`') });
      else if (entry.key === 'orElse')
        found.push({ kind: 'or-else', span, fallback: fallback(entry, '`orElse`', true) });
      else if (entry.key === 'onConflict') {
        found.push({ kind: 'on-conflict', span, choice: name(entry, '`onConflict`', keySpan) });
      }
    }
    return found;
  }

  return mapping;
}
