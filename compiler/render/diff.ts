/** The difference of two programs for people: item by item, `+` for more, `-` for less, `~` for otherwise. */
import { type Change, changeGroups, type ItemDiff, isEmptyDiff, type PlanDiff } from '../plan/diff.ts';
import { painter, type TerminalOptions } from './paint.ts';
import { wrap } from './prose.ts';
import { counted } from './report.ts';
import { tame } from './width.ts';

const width = 100;

export function renderDiff(diff: PlanDiff, options: TerminalOptions): string {
  const paint = painter(options);
  if (isEmptyDiff(diff)) return 'no difference\n';

  const lines = (sign: string, text: string): readonly string[] =>
    wrap(tame(text), width - 6).map((line, index) => `    ${index === 0 ? sign : ' '} ${line}`);
  const changeLines = (change: Change): readonly string[] => {
    const before = change.before === undefined ? '' : `, before ${change.before}`;
    const place = change.origin === undefined ? '' : ` (line\u00a0${change.origin.line})`;
    return lines(signs[change.effect], `${change.text}${before}${place}`).map(line =>
      paint(change.effect, line.replaceAll('\u00a0', ' ')),
    );
  };
  const block = (item: ItemDiff): string => {
    const groups = Map.groupBy(item.changes, ({ group }) => group);
    const { file, line } = item.origin;
    return [
      `${paint('bold', tame(`${item.name} (${item.id})`))} ${tame(`${kinds[item.kind](item)}, ${file}`)}:${line}`,
      ...[...groups].flatMap(([group, changes]) => [
        `  ${paint('bold', changeGroups[group])}`,
        ...changes.flatMap(changeLines),
      ]),
      `  ${paint('bold', 'links')}`,
      ...item.links.flatMap(sentence => lines(' ', sentence)),
    ].join('\n');
  };
  const limits =
    diff.limits.length === 0
      ? []
      : [[paint('bold', changeGroups.limits), ...diff.limits.flatMap(changeLines)].join('\n')];
  return `${[...diff.items.map(block), ...limits].join('\n\n')}\n\n${summaryText(diff)}\n`;
}

const signs: Readonly<Record<Change['effect'], string>> = { more: '+', less: '-', other: '~' };
const kinds: Readonly<Record<ItemDiff['kind'], (item: ItemDiff) => string>> = {
  added: () => 'is new',
  removed: () => 'is gone',
  renamed: ({ was }) => `was ${was}`,
  changed: () => 'changed',
};

export interface DiffSummary {
  readonly added: number;
  readonly removed: number;
  readonly renamed: number;
  readonly changed: number;
}
export function summaryOf({ items }: PlanDiff): DiffSummary {
  const count = (kind: ItemDiff['kind']) => items.filter(item => item.kind === kind).length;
  return { added: count('added'), removed: count('removed'), renamed: count('renamed'), changed: count('changed') };
}

function summaryText(diff: PlanDiff): string {
  const { added, removed, renamed, changed } = summaryOf(diff);
  const said = [
    [added, 'new'],
    [removed, 'gone'],
    [renamed, 'renamed'],
    [changed, 'changed'],
  ] as const;
  if (diff.items.length === 0) return 'no item changed';
  return `${counted(diff.items.length, 'item')}: ${said.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : [])).join(', ')}`;
}

/** Versioned, for programs; lines and columns count from 1. */
export const diffJson = (diff: PlanDiff): string =>
  `${JSON.stringify({ version: 1, items: diff.items, limits: diff.limits, summary: summaryOf(diff) }, null, 2)}\n`;
