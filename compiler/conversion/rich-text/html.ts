/**
 * Reads the HTML that Salesforce's rich text areas hold into a small tree: elements, texts, nothing else.
 * It forgives what a browser forgives (tags that are not closed, stray `<`), keeps no script or style, and
 * takes any text at all.
 */
import { maxDepth } from './adf.ts';

export type HtmlNode = HtmlElement | HtmlText;
export interface HtmlElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly HtmlNode[];
}
export interface HtmlText {
  readonly text: string;
}
export const isText = (node: HtmlNode): node is HtmlText => 'text' in node;

interface OpenElement extends HtmlElement {
  readonly children: HtmlNode[];
}

const attributePattern = /([^\s=/"'>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const empty = new Set(['br', 'hr', 'img', 'wbr', 'input', 'col', 'meta', 'link']);
const silent = new Set(['script', 'style', 'head', 'title', 'template', 'noscript']);
/** An opening tag closes these when one of them is open right above it. */
const closes: Readonly<Record<string, readonly string[]>> = {
  li: ['li', 'p'],
  tr: ['tr', 'td', 'th', 'p'],
  td: ['td', 'th', 'p'],
  th: ['td', 'th', 'p'],
  p: ['p'],
  div: ['p'],
  ul: ['p'],
  ol: ['p'],
  h1: ['p'],
  h2: ['p'],
  h3: ['p'],
  h4: ['p'],
  h5: ['p'],
  h6: ['p'],
  blockquote: ['p'],
  pre: ['p'],
  table: ['p'],
  hr: ['p'],
};

export function parseHtml(source: string): readonly HtmlNode[] {
  const root: OpenElement = { tag: '', attributes: {}, children: [] };
  const open = [root];
  for (const token of tokensOf(source.replace(/\r\n?/g, '\n'))) {
    const top = open.at(-1)!;
    if (token.kind === 'text') {
      const before = top.children.at(-1);
      const text = decodeEntities(token.text);
      if (before && isText(before)) top.children[top.children.length - 1] = { text: before.text + text };
      else top.children.push({ text });
    } else if (token.kind === 'close') {
      const at = open.findLastIndex(element => element.tag === token.tag);
      if (at > 0) open.length = at;
    } else {
      const { tag, rest } = token;
      const closing = Object.hasOwn(closes, tag) ? closes[tag]! : [];
      while (open.length > 1 && closing.includes(open.at(-1)!.tag)) open.pop();
      const element: OpenElement = { tag, attributes: attributesOf(rest), children: [] };
      open.at(-1)!.children.push(element);
      if (!empty.has(tag) && !rest.endsWith('/') && open.length < deepest) open.push(element);
    }
  }
  return visible(root.children);
}

/** Elements further in become neighbours, so that a document of them stays within what is kept. */
const deepest = maxDepth - 10;

type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'open'; readonly tag: string; readonly rest: string }
  | { readonly kind: 'close'; readonly tag: string };

const tagStart = /<(\/?)([A-Za-z][A-Za-z0-9:-]*)/y;

/** In time proportional to the text, whatever is wrong with it. */
function* tokensOf(html: string): Generator<Token> {
  const end = tagEnds(html);
  let at = 0;
  while (at < html.length) {
    if (html.startsWith('<!--', at)) {
      const close = html.indexOf('-->', at + 4);
      at = close < 0 ? html.length : close + 3;
      continue;
    }
    tagStart.lastIndex = at;
    const match = html[at] === '<' ? tagStart.exec(html) : null;
    const close = match ? end(tagStart.lastIndex) : -1;
    if (match && close >= 0) {
      const tag = match[2]!.toLowerCase();
      if (match[1]) yield { kind: 'close', tag };
      else yield { kind: 'open', tag, rest: html.slice(at + match[0].length, close) };
      at = close + 1;
      continue;
    }
    const next = html.indexOf('<', at + 1);
    const stop = next < 0 ? html.length : next;
    yield { kind: 'text', text: html.slice(at, stop) };
    at = stop;
  }
}

/** Quotes that do not add up are given up on after a few tries, or a bad text would be read again and again. */
const tries = 20;

/** Where the tag that begins before an offset ends: at the first `>` outside quotes, or the first one at all; -1 without any. */
function tagEnds(html: string): (from: number) => number {
  const last = html.lastIndexOf('>');
  let failures = 0;
  return from => {
    if (from > last) return -1;
    for (let at = from; failures < tries && at <= last; at++) {
      const character = html[at]!;
      if (character === '>') return at;
      if (character !== '"' && character !== "'") continue;
      const close = html.indexOf(character, at + 1);
      if (close < 0) break;
      at = close;
    }
    failures++;
    return html.indexOf('>', from);
  };
}

const visible = (nodes: readonly HtmlNode[]): readonly HtmlNode[] =>
  nodes
    .filter(node => isText(node) || !silent.has(node.tag))
    .map(node => (isText(node) ? node : { ...node, children: visible(node.children) }));

function attributesOf(source: string): Readonly<Record<string, string>> {
  const entries = [...source.matchAll(attributePattern)].map(
    match => [match[1]!.toLowerCase(), decodeEntities(match[2] ?? match[3] ?? match[4] ?? '')] as const,
  );
  return Object.fromEntries(entries);
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  middot: '·',
  euro: '€',
  pound: '£',
  copy: '©',
  reg: '®',
  trade: '™',
  deg: '°',
  times: '×',
  laquo: '«',
  raquo: '»',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  ntilde: 'ñ',
};

/** Numeric references and the names above; others stay as they are written. */
export function decodeEntities(source: string): string {
  return source.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]+));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return Object.hasOwn(named, name) ? named[name]! : whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    const usable = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return usable ? String.fromCodePoint(code) : '\ufffd';
  });
}

export const encodeEntities = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\u00a0', '&nbsp;');
