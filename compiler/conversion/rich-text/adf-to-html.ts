/**
 * A document to the HTML that Salesforce's rich text areas keep. Nodes that HTML there cannot show
 * (panels, mentions, cards, media) become their text.
 */
import type { AdfMark, AdfNode } from './adf.ts';
import { canonicalDocument } from './adf.ts';
import { adfToText } from './adf-text.ts';
import { encodeEntities } from './html.ts';
import { safeHref } from './html-to-adf.ts';

/** Empty when the document shows nothing. */
export const adfToHtml = (raw: unknown): string => (canonicalDocument(raw)?.content ?? []).map(nodeHtml).join('');

type Write = (node: AdfNode, inside: string) => string;
const wrapped =
  (tag: string): Write =>
  (_, inside) =>
    `<${tag}>${inside}</${tag}>`;

const tags: Readonly<Record<string, Write>> = {
  paragraph: (_, inside) => `<p>${inside === '' ? '&nbsp;' : inside}</p>`,
  heading: (node, inside) => {
    const level = Number(node.attrs?.level);
    const tag = level >= 1 && level <= 6 ? `h${Math.floor(level)}` : 'p';
    return `<${tag}>${inside}</${tag}>`;
  },
  bulletList: wrapped('ul'),
  orderedList: wrapped('ol'),
  listItem: (node, inside) => `<li>${node.content?.[0]?.type === 'paragraph' ? itemHtml(node.content) : inside}</li>`,
  blockquote: wrapped('blockquote'),
  codeBlock: wrapped('pre'),
  rule: () => '<hr>',
  hardBreak: () => '<br>',
  doc: (_, inside) => inside,
  panel: (_, inside) => inside,
  expand: (_, inside) => inside,
  nestedExpand: (_, inside) => inside,
  layoutSection: (_, inside) => inside,
  layoutColumn: (_, inside) => inside,
};

const marks: Readonly<Record<string, (mark: AdfMark, inside: string) => string>> = {
  strong: (_, inside) => `<b>${inside}</b>`,
  em: (_, inside) => `<i>${inside}</i>`,
  underline: (_, inside) => `<u>${inside}</u>`,
  strike: (_, inside) => `<s>${inside}</s>`,
  code: (_, inside) => `<code>${inside}</code>`,
  link: (mark, inside) => {
    const href = safeHref(String(mark.attrs?.href ?? ''));
    return href === undefined ? inside : `<a href="${encodeEntities(href)}" target="_blank">${inside}</a>`;
  },
};

function nodeHtml(node: AdfNode): string {
  if (node.type === 'text') {
    return (node.marks ?? []).reduce(
      (inside, mark) => (Object.hasOwn(marks, mark.type) ? marks[mark.type]!(mark, inside) : inside),
      encodeEntities(node.text ?? '').replaceAll('\n', '<br>'),
    );
  }
  if (node.type === 'codeBlock') {
    const code = encodeEntities((node.content ?? []).map(part => part.text ?? '').join(''));
    // A reader drops the first line end in it.
    return `<pre>${code.startsWith('\n') ? '\n' : ''}${code}</pre>`;
  }
  if (Object.hasOwn(tags, node.type)) return tags[node.type]!(node, (node.content ?? []).map(nodeHtml).join(''));
  return encodeEntities(adfToText({ type: 'doc', content: [node] })).replaceAll('\n', '<br>');
}

/** The first paragraph of a list item stands without a tag of its own, as editors write it. */
function itemHtml(content: readonly AdfNode[]): string {
  const [first, ...rest] = content;
  return (first!.content ?? []).map(nodeHtml).join('') + rest.map(nodeHtml).join('');
}
