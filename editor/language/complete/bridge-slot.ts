/** What kind of name or value is due where a trial put one: read off the tree, from the inside out. */
import type { Analysis } from '../../../compiler/analysis.ts';
import { type BoundItem, type BoundPath, jiraFieldOf } from '../../../compiler/bind/bound.ts';
import type { Mapping, Node, Path } from '../../../dsl/ast.ts';
import { conflictWords, createWords, fallbackWords, modeWords } from '../../../dsl/vocabulary.ts';
import type { Slot } from './slot.ts';
import type { Window } from './window.ts';

const switches = { on: 'It is on.', off: 'It is off.' };
const optionWords = {
  'internal too': 'Internal Jira comments travel too, as unpublished ones.',
  published: 'Public Jira comments arrive published.',
};

export function bridgeSlot(
  analysis: Analysis,
  item: BoundItem | undefined,
  window: Window,
  nodes: readonly Node[],
): Slot | undefined {
  const [last, parent, above] = [nodes.at(-1), nodes.at(-2), nodes.at(-3)];
  if (last === undefined || parent === undefined) return undefined;
  const words = (list: Readonly<Record<string, string>>): Slot => ({ kind: 'words', words: list });
  switch (last.kind) {
    case 'name':
      switch (parent.kind) {
        case 'salesforce':
          return { kind: 'object' };
        case 'jira':
          return { kind: 'project' };
        case 'sync':
          return words(modeWords);
        case 'create':
          return words(createWords);
        case 'switch':
          return words(switches);
        case 'comments':
          return words(parent.state === last ? switches : optionWords);
        case 'on-conflict':
          return words(conflictWords);
        case 'fallback':
          return words(fallbackWords);
        case 'by':
          return { kind: 'table' };
        case 'status':
          return parent.by === last ? { kind: 'table' } : { kind: 'path', before: [], only: 'status' };
        case 'test':
          return { kind: 'item' };
        case 'path':
          return pathSlot(parent, last, above);
        default:
          return undefined;
      }
    case 'path':
      return pathSlot(last, undefined, parent);
    case 'jira-field':
      if (parent.kind === 'mapping') return targetSlot(item, window, parent);
      return { kind: 'jira-field', ...(window.block === 'new-issue' ? { of: 'setting' } : {}) };
    case 'text':
      return textSlot(analysis, item, window, last, parent, above);
    default:
      return undefined;
  }
}

function targetSlot(item: BoundItem | undefined, { replaced }: Window, { source, arrow }: Mapping): Slot | undefined {
  if (arrow.kind === 'missing') return undefined;
  const from = source.kind === 'path' ? pathLike(item, source) : source.kind === 'template' ? 'text' : undefined;
  return { kind: 'jira-field', of: { source: from, arrow: arrow.arrow, at: replaced.start } };
}

function pathSlot(path: Path, segment: Node | undefined, parent: Node | undefined): Slot {
  const index =
    segment === undefined ? path.segments.length - 1 : path.segments.indexOf(segment as Path['segments'][number]);
  const isTarget = parent?.kind === 'mapping' && parent.arrow.kind === 'arrow' && parent.arrow.arrow !== '->';
  const before = path.segments.slice(0, index).map(({ text }) => text);
  return { kind: 'path', before, ...(isTarget ? { only: 'single' as const } : {}) };
}

function textSlot(
  analysis: Analysis,
  item: BoundItem | undefined,
  window: Window,
  text: Node,
  parent: Node,
  above: Node | undefined,
): Slot | undefined {
  switch (parent.kind) {
    case 'jira':
      return { kind: 'issue-type' };
    case 'rule':
    case 'otherwise':
      return window.before.at(-1)?.image === 'to' ? { kind: 'status' } : undefined;
    case 'compare':
    case 'one-of':
      return parent.path.kind === 'path' ? { kind: 'salesforce-value', field: pathLike(item, parent.path) } : undefined;
    case 'row':
      return rowSlot(analysis, item, window, parent.left === text);
    case 'setting':
    case 'assignment':
      return valueSlot(analysis, item, parent);
    case 'list':
      return above?.kind === 'setting' || above?.kind === 'assignment' ? valueSlot(analysis, item, above) : undefined;
    default:
      return undefined;
  }
}

/** A path of the item that is spelled alike: the trial's own tree knows no metadata. */
function pathLike(item: BoundItem | undefined, { segments }: Path): BoundPath | undefined {
  const spelled = segments.map(({ text }) => text.toLowerCase()).join('.');
  return item?.paths.find(({ node }) => node.segments.map(({ text }) => text.toLowerCase()).join('.') === spelled);
}

function valueSlot(
  { bound }: Analysis,
  item: BoundItem | undefined,
  { field }: Extract<Node, { kind: 'setting' | 'assignment' }>,
): Slot | undefined {
  if (field.kind === 'path')
    return { kind: 'salesforce-value', field: pathLike(item, field) ?? pathInTests(bound, field) };
  if (field.kind !== 'jira-field') return undefined;
  if (field.name.toLowerCase() === 'status') return { kind: 'status' };
  const [known] = bound.lookup?.jiraFields(field.name) ?? [];
  return { kind: 'jira-value', field: known };
}

const pathInTests = ({ tests }: Analysis['bound'], path: Path): BoundPath | undefined =>
  tests
    .flatMap(({ paths }) => paths)
    .find(
      ({ node }) =>
        node.segments.length === path.segments.length &&
        node.segments.every((segment, index) => segment.text === path.segments[index]!.text),
    );

/** Of the mapping, status clause or named table that the place lies in. */
function rowSlot(
  { bound }: Analysis,
  item: BoundItem | undefined,
  { block, span, replaced }: Window,
  left: boolean,
): Slot | undefined {
  const within = (node: Node) => node.span.start <= replaced.start && replaced.end <= node.span.end;
  const inStatus = block === 'status-table' || (item?.status !== undefined && within(item.status.node));
  if (inStatus) return left ? { kind: 'salesforce-value', field: item?.status?.field } : { kind: 'status' };
  const table = bound.tables.find(
    ({ node }) => node !== undefined && node.span.start <= span.start && replaced.end <= node.span.end,
  );
  const byStatus = table && bound.items.find(({ status }) => status?.table === table);
  if (byStatus?.status !== undefined)
    return left ? { kind: 'salesforce-value', field: byStatus.status.field } : { kind: 'status' };
  const mapping = bound.items
    .flatMap(({ mappings }) => mappings)
    .find(one => (table === undefined ? within(one.node) : one.table === table));
  if (mapping === undefined) return undefined;
  if (left)
    return { kind: 'salesforce-value', field: mapping.source.kind === 'path' ? mapping.source.path : undefined };
  return { kind: 'jira-value', field: jiraFieldOf(mapping.target)?.field };
}
