/**
 * HTML of a rich text area to a document that Jira takes: paragraphs, headings, lists, quotes, code, rules,
 * links and the marks strong, em, underline, strike, code. Colours, sizes, images and table lines are left
 * behind; their texts stay.
 */
import type { AdfDocument, AdfMark, AdfNode } from './adf.ts';
import { block, canonicalDocument, hardBreak, joinTexts, sortedMarks, text } from './adf.ts';
import type { HtmlElement, HtmlNode } from './html.ts';
import { isText, parseHtml } from './html.ts';

/** Null when the HTML shows nothing. */
export function htmlToAdf(html: string): AdfDocument | null {
  return canonicalDocument({ type: 'doc', content: blocksOf(parseHtml(html), [], topLevel) });
}

const marksOfTags: Readonly<Record<string, string>> = {
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  u: 'underline',
  ins: 'underline',
  s: 'strike',
  strike: 'strike',
  del: 'strike',
  code: 'code',
  tt: 'code',
};
const breaksAround = new Set(
  'p div h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr table thead tbody tfoot tr section article header footer dl dt dd'.split(
    ' ',
  ),
);

/** What may stand in the block that is being filled, as Jira's schema has it. */
interface Room {
  readonly headings: boolean;
  readonly quotes: boolean;
}
const topLevel: Room = { headings: true, quotes: true };
const inItem: Room = { headings: false, quotes: false };

/** Collects blocks; runs of inline nodes between them become paragraphs. */
function blocksOf(nodes: readonly HtmlNode[], marks: readonly AdfMark[], room: Room): readonly AdfNode[] {
  const blocks: AdfNode[] = [];
  let run: AdfNode[] = [];
  const flush = () => {
    const content = tidyInline(run);
    if (content.some(node => !isSpace(node))) blocks.push(block('paragraph', content));
    else if (content.length > 0 && room.headings) blocks.push(block('paragraph', []));
    run = [];
  };
  const walk = (children: readonly HtmlNode[], current: readonly AdfMark[]) => {
    for (const node of children) {
      if (isText(node)) run.push(text(node.text, current));
      else if (!breaksAround.has(node.tag))
        inlineElement(node, current, run, inner => walk(inner, marksWith(node, current)));
      else {
        flush();
        blockElement(node, current);
        flush();
      }
    }
  };
  const blockElement = (node: HtmlElement, current: readonly AdfMark[]) => {
    const heading = /^h([1-6])$/.exec(node.tag);
    if (node.tag === 'ul' || node.tag === 'ol') blocks.push(...listOf(node, current));
    else if (node.tag === 'hr') {
      if (room.headings) blocks.push({ type: 'rule' });
    } else if (node.tag === 'pre') {
      const code = plainText(node.children).replace(/^\n/, '').trimEnd();
      if (code !== '') blocks.push(block('codeBlock', [text(code)]));
    } else if (node.tag === 'blockquote' && room.quotes) {
      const content = blocksOf(node.children, current, { headings: false, quotes: false });
      if (content.length > 0) blocks.push(block('blockquote', content));
    } else if (heading && room.headings) {
      const inner = blocksOf(node.children, current, inItem);
      const content = inner.every(part => part.type === 'paragraph') ? joinParagraphs(inner) : undefined;
      if (content === undefined) blocks.push(...inner);
      else if (content.length > 0) blocks.push(block('heading', content, { level: Number(heading[1]) }));
    } else if (node.tag === 'tr') {
      const cells = node.children.filter(cell => !isText(cell) || cell.text.trim() !== '');
      cells.forEach((cell, index) => {
        if (index > 0) run.push(text(' | '));
        run.push(...joinParagraphs(blocksOf([cell], current, inItem).flatMap(paragraphsOf)));
      });
    } else if (node.tag === 'p' && isBlank(node)) {
      if (room.headings) blocks.push(block('paragraph', []));
    } else walk(node.children, current);
  };
  walk(nodes, marks);
  flush();
  return blocks;
}

function listOf(node: HtmlElement, marks: readonly AdfMark[]): readonly AdfNode[] {
  const rows: AdfNode[][] = [];
  for (const child of node.children) {
    if (isText(child) && child.text.trim() === '') continue;
    const content = blocksOf(isText(child) || child.tag !== 'li' ? [child] : child.children, marks, inItem);
    if (content.length === 0) continue;
    const nested = !isText(child) && (child.tag === 'ul' || child.tag === 'ol') ? rows.at(-1) : undefined;
    if (nested) nested.push(...content);
    else rows.push([...content]);
  }
  if (rows.length === 0) return [];
  const items = rows.map(content =>
    block('listItem', content[0]!.type === 'paragraph' ? content : [block('paragraph', []), ...content]),
  );
  return [block(node.tag === 'ol' ? 'orderedList' : 'bulletList', items)];
}

/** A no-break space on its own holds a line open. */
const isSpace = (node: AdfNode): boolean =>
  node.type === 'hardBreak' || (node.type === 'text' && node.text!.trim() === '');

/** A paragraph that holds a blank place open: `<p>&nbsp;</p>`, `<p><br></p>`. */
const isBlank = (node: HtmlElement): boolean =>
  /^[\s\u00a0]*$/.test(plainText(node.children)) && node.children.every(child => isText(child) || child.tag === 'br');

function inlineElement(
  node: HtmlElement,
  marks: readonly AdfMark[],
  run: AdfNode[],
  inside: (children: readonly HtmlNode[]) => void,
): void {
  if (node.tag === 'br') run.push(hardBreak);
  else if (node.tag === 'img') {
    if (node.attributes.alt) run.push(text(node.attributes.alt, marks));
  } else inside(node.children);
}

function marksWith(node: HtmlElement, marks: readonly AdfMark[]): readonly AdfMark[] {
  if (node.tag === 'a') {
    const href = safeHref(node.attributes.href ?? '');
    return href === undefined ? marks : allowed([...marks, { type: 'link', attrs: { href } }]);
  }
  const type = Object.hasOwn(marksOfTags, node.tag) ? marksOfTags[node.tag] : undefined;
  return type === undefined ? marks : allowed([...marks, { type }]);
}

/** `code` stands alone or with a link. */
const allowed = (marks: readonly AdfMark[]): readonly AdfMark[] =>
  sortedMarks(
    marks.some(mark => mark.type === 'code')
      ? marks.filter(mark => mark.type === 'code' || mark.type === 'link')
      : marks,
  );

export const safeHref = (href: string): string | undefined =>
  /^(https?:\/\/|mailto:)\S+$/i.test(href.trim()) ? href.trim() : undefined;

const plainText = (nodes: readonly HtmlNode[]): string =>
  nodes.map(node => (isText(node) ? node.text : node.tag === 'br' ? '\n' : plainText(node.children))).join('');

/** Blocks as paragraphs, for places that hold nothing else. */
const paragraphsOf = (node: AdfNode): readonly AdfNode[] =>
  node.type === 'paragraph'
    ? [node]
    : node.type === 'text'
      ? [block('paragraph', [node])]
      : (node.content ?? []).flatMap(paragraphsOf);

const joinParagraphs = (paragraphs: readonly AdfNode[]): readonly AdfNode[] =>
  tidyInline(paragraphs.flatMap((part, index) => [...(index === 0 ? [] : [hardBreak]), ...(part.content ?? [])]));

/** Blanks run together as a browser shows them, none at either end nor around a break. */
function tidyInline(nodes: readonly AdfNode[]): readonly AdfNode[] {
  const tidy: AdfNode[] = [];
  let blank = true;
  for (const node of nodes) {
    if (node.type !== 'text') {
      trimLast(tidy);
      tidy.push(node);
      blank = true;
      continue;
    }
    let value = node.text!.replace(/[ \t\n\r\f]+/g, ' ');
    if (blank) value = value.replace(/^ /, '');
    if (value === '') continue;
    blank = value.endsWith(' ');
    tidy.push({ ...node, text: value });
  }
  trimLast(tidy);
  while (tidy.at(-1)?.type === 'hardBreak') tidy.pop();
  return joinTexts(tidy);
}

function trimLast(nodes: AdfNode[]): void {
  const last = nodes.at(-1);
  if (last?.type !== 'text' || !last.text!.endsWith(' ')) return;
  const value = last.text!.slice(0, -1);
  if (value === '') nodes.pop();
  else nodes[nodes.length - 1] = { ...last, text: value };
}
