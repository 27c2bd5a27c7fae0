/**
 * A document to the HTML that Salesforce's feeds take: only p, a, b, i, u, s, code, ul, ol and li, and no line
 * break but a new paragraph. What else a document shows is told with these.
 */
import type { AdfDocument, AdfNode } from './adf.ts';
import { block, canonicalDocument, document, joinTexts, text } from './adf.ts';
import { adfToText } from './adf-text.ts';
import { adfToHtml } from './adf-to-html.ts';

/** Empty when the document shows nothing. */
export function adfToFeedHtml(raw: unknown): string {
  const root: AdfDocument | null = canonicalDocument(raw);
  return root === null ? '' : adfToHtml(document(root.content.flatMap(simple)));
}

const lists: ReadonlySet<string> = new Set(['bulletList', 'orderedList']);
const wrappers: ReadonlySet<string> = new Set([
  ...['blockquote', 'panel', 'expand', 'nestedExpand', 'layoutSection', 'layoutColumn'],
]);

function simple(node: AdfNode): readonly AdfNode[] {
  const content = node.content ?? [];
  if (node.type === 'paragraph') return linesOf(content);
  if (node.type === 'heading') return linesOf(content.map(part => marked(part, 'strong')));
  if (node.type === 'codeBlock') {
    const code = content.map(part => part.text ?? '').join('');
    return code.split('\n').map(line => block('paragraph', line === '' ? [] : [text(line, [{ type: 'code' }])]));
  }
  if (lists.has(node.type))
    return [{ ...node, content: content.map(item => ({ ...item, content: (item.content ?? []).flatMap(inItem) })) }];
  if (wrappers.has(node.type)) return content.flatMap(simple);
  return asText(node);
}

/** A list's item stays one line: its breaks become blanks. */
function inItem(node: AdfNode): readonly AdfNode[] {
  if (node.type === 'paragraph') {
    const joined = (node.content ?? []).map(part => (part.type === 'hardBreak' ? text(' ') : part));
    return [{ ...node, content: joinTexts(joined) }];
  }
  return simple(node);
}

/** A paragraph for each line. */
function linesOf(content: readonly AdfNode[]): readonly AdfNode[] {
  const lines: AdfNode[][] = [[]];
  for (const node of content) {
    if (node.type === 'hardBreak') lines.push([]);
    else if (node.type === 'text' && node.text!.includes('\n')) {
      node.text!.split('\n').forEach((line, at) => {
        if (at > 0) lines.push([]);
        if (line !== '') lines.at(-1)!.push({ ...node, text: line });
      });
    } else lines.at(-1)!.push(node);
  }
  return lines.map(line => block('paragraph', line));
}

function marked(node: AdfNode, type: string): AdfNode {
  if (node.type !== 'text' || node.marks?.some(mark => mark.type === type)) return node;
  return { ...node, marks: [...(node.marks ?? []), { type }] };
}

const asText = (node: AdfNode): readonly AdfNode[] =>
  adfToText({ type: 'doc', version: 1, content: [node] })
    .split('\n')
    .map(line => block('paragraph', line === '' ? [] : [text(line)]));
