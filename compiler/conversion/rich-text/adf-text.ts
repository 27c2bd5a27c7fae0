/**
 * Documents and plain text. A text becomes paragraphs where it has blank lines and hard breaks where it
 * has line ends, and comes back letter by letter; what else a document shows is spelled in characters.
 */
import type { AdfDocument, AdfNode } from './adf.ts';
import { block, canonicalDocument, document, hardBreak, text } from './adf.ts';

/** `lines` has LF line ends. */
export function textToAdf(lines: string): AdfDocument {
  return document(
    lines.split('\n\n').map(paragraph =>
      block(
        'paragraph',
        paragraph
          .split('\n')
          .flatMap((line, index) => [...(index === 0 ? [] : [hardBreak]), ...(line === '' ? [] : [text(line)])]),
      ),
    ),
  );
}

export function adfToText(raw: unknown): string {
  const root = canonicalDocument(raw);
  return root === null ? '' : blocksText(root.content, '\n\n');
}

type Spell = (node: AdfNode) => string;
const attribute = (node: AdfNode, ...names: readonly string[]): string => {
  for (const name of names) {
    const value = node.attrs?.[name];
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return '';
};
const indented = (lines: string, first: string): string =>
  first + lines.replaceAll('\n', `\n${' '.repeat(first.length)}`);
const items = (node: AdfNode, bullet: (item: AdfNode, index: number) => string): string =>
  (node.content ?? [])
    .map((item, index) =>
      item.type === node.type ? spell(item) : indented(blocksText(item.content ?? [], '\n'), bullet(item, index)),
    )
    .join('\n');
const checked = (item: AdfNode) => (item.attrs?.state === 'DONE' ? '[x] ' : '[ ] ');

/** How a node reads as text. A type without a row reads as what is in it. */
const spellings: Readonly<Record<string, Spell>> = {
  text: node => linked(node),
  hardBreak: () => '\n',
  rule: () => '---',
  bulletList: node => items(node, () => '- '),
  decisionList: node => items(node, () => '- '),
  taskList: node => items(node, checked),
  orderedList: node => items(node, (_, index) => `${Number(node.attrs?.order ?? 1) + index}. `),
  blockquote: node => `> ${blocksText(node.content ?? [], '\n\n').replaceAll('\n', '\n> ')}`,
  table: node => (node.content ?? []).map(spell).join('\n'),
  tableRow: node => (node.content ?? []).map(cell => blocksText(cell.content ?? [], ' ')).join(' | '),
  mention: node => attribute(node, 'text', 'id'),
  emoji: node => attribute(node, 'text', 'shortName'),
  status: node => attribute(node, 'text'),
  date: node => dayOf(attribute(node, 'timestamp')),
  inlineCard: node => attribute(node, 'url'),
  blockCard: node => attribute(node, 'url'),
  embedCard: node => attribute(node, 'url'),
  media: node => attribute(node, 'alt', 'url'),
  mediaInline: node => attribute(node, 'alt', 'url'),
};

const inline = new Set(['text', 'hardBreak', 'mention', 'emoji', 'status', 'date', 'inlineCard', 'mediaInline']);

function spell(node: AdfNode): string {
  const spelling = Object.hasOwn(spellings, node.type) ? spellings[node.type] : undefined;
  return spelling === undefined ? blocksText(node.content ?? [], '\n\n') : spelling(node);
}

/** Inline neighbours run on; blocks stand apart. */
function blocksText(nodes: readonly AdfNode[], between: string): string {
  let result = '';
  nodes.forEach((node, index) => {
    if (index > 0 && !(inline.has(node.type) && inline.has(nodes[index - 1]!.type))) result += between;
    result += spell(node);
  });
  return result;
}

/** A link reads as its text, and as its address where that says something else. */
function linked(node: AdfNode): string {
  const href = node.marks?.find(mark => mark.type === 'link')?.attrs?.href;
  const shown = node.text ?? '';
  return typeof href !== 'string' || shown.includes(href) || href === `mailto:${shown}` ? shown : `${shown} (${href})`;
}

/** Of a date node: epoch milliseconds in a text. */
function dayOf(timestamp: string): string {
  const at = new Date(Number(timestamp));
  return timestamp === '' || Number.isNaN(at.getTime()) ? timestamp : at.toISOString().slice(0, 10);
}
