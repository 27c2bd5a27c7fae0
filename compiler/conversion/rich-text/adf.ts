/**
 * Atlassian Document Format, as far as a value needs it: a tree that may hold nodes that nobody here has
 * heard of. `canonicalDocument` gives equal documents one spelling, whatever came in, and null for one
 * that shows nothing.
 */
export interface AdfNode {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly marks?: readonly AdfMark[];
  readonly content?: readonly AdfNode[];
  readonly text?: string;
}
export interface AdfMark {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
}
export interface AdfDocument extends AdfNode {
  readonly type: 'doc';
  readonly version: 1;
  readonly content: readonly AdfNode[];
}

export const text = (value: string, marks: readonly AdfMark[] = []): AdfNode =>
  marks.length === 0 ? { type: 'text', text: value } : { type: 'text', text: value, marks };
export const hardBreak: AdfNode = { type: 'hardBreak' };
export const block = (type: string, content: readonly AdfNode[], attrs?: Readonly<Record<string, unknown>>): AdfNode =>
  attrs === undefined ? { type, content } : { type, attrs, content };
export const document = (content: readonly AdfNode[]): AdfDocument => ({ type: 'doc', version: 1, content });

/** Deeper than any editor goes; what lies below is left out, so that no input can exhaust the stack. */
export const maxDepth = 60;

/** Given by the editor to every node anew, so not part of what a document says. */
const volatile = new Set(['localId']);
const blocks = new Set(['paragraph', 'heading']);

export function canonicalDocument(raw: unknown): AdfDocument | null {
  const root = canonicalNode(raw, 0);
  const content = trimEnd(root?.type === 'doc' ? (root.content ?? []) : []);
  return content.length === 0 ? null : document(content);
}

function canonicalNode(raw: unknown, depth: number): AdfNode | undefined {
  if (!isRecord(raw) || typeof raw.type !== 'string' || depth > maxDepth) return undefined;
  const type = raw.type;
  if (type === 'text') {
    const value = raw.text;
    if (typeof value !== 'string' || value === '') return undefined;
    return text(value.replace(/\r\n?/g, '\n'), canonicalMarks(raw.marks));
  }
  const attrs = canonicalAttributes(raw.attrs, depth);
  const content = Array.isArray(raw.content)
    ? joinTexts(raw.content.map(child => canonicalNode(child, depth + 1)).filter(child => child !== undefined))
    : [];
  return {
    type,
    ...(attrs === undefined || type === 'hardBreak' ? {} : { attrs }),
    ...(content.length === 0 && !blocks.has(type) ? {} : { content }),
  };
}

function canonicalMarks(raw: unknown): readonly AdfMark[] {
  if (!Array.isArray(raw)) return [];
  const marks = raw.flatMap((mark): AdfMark[] => {
    if (!isRecord(mark) || typeof mark.type !== 'string') return [];
    const attrs = canonicalAttributes(mark.attrs, 0);
    return [attrs === undefined ? { type: mark.type } : { type: mark.type, attrs }];
  });
  return sortedMarks(marks);
}

/** One of each type, in the order of their names. */
export const sortedMarks = (marks: readonly AdfMark[]): readonly AdfMark[] =>
  [...new Map(marks.map(mark => [mark.type, mark])).values()].sort((a, b) => (a.type < b.type ? -1 : 1));

function canonicalAttributes(raw: unknown, depth: number): Readonly<Record<string, unknown>> | undefined {
  if (!isRecord(raw)) return undefined;
  const entries = Object.keys(raw)
    .filter(key => raw[key] !== null && raw[key] !== undefined && !volatile.has(key))
    .sort()
    .map(key => [key, canonicalJson(raw[key], depth)] as const);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Any JSON value with its keys in order; below `maxDepth` it is left out. */
export function canonicalJson(raw: unknown, depth = 0): unknown {
  if (typeof raw !== 'object' || raw === null) return raw === undefined ? null : raw;
  if (depth > maxDepth) return null;
  if (Array.isArray(raw)) return raw.map(one => canonicalJson(one, depth + 1));
  const record = raw as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.keys(record)
      .sort()
      .map(key => [key, canonicalJson(record[key], depth + 1)]),
  );
}

/** Neighbouring texts with the same marks become one. */
export function joinTexts(nodes: readonly AdfNode[]): readonly AdfNode[] {
  const joined: AdfNode[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (node.type === 'text' && last?.type === 'text' && sameMarks(last.marks, node.marks)) {
      joined[joined.length - 1] = { ...last, text: `${last.text}${node.text}` };
    } else joined.push(node);
  }
  return joined;
}

const sameMarks = (a: readonly AdfMark[] = [], b: readonly AdfMark[] = []) => JSON.stringify(a) === JSON.stringify(b);

/** Without blank paragraphs at the end, nor blanks and breaks at the end of the last one. */
function trimEnd(nodes: readonly AdfNode[]): readonly AdfNode[] {
  const kept = [...nodes];
  for (;;) {
    const last = kept.at(-1);
    if (last === undefined || !blocks.has(last.type)) return kept;
    const content = [...(last.content ?? [])];
    while (content.length > 0) {
      const end = content.at(-1)!;
      const trimmed = end.type === 'text' ? end.text!.trimEnd() : end.type === 'hardBreak' ? '' : undefined;
      if (trimmed === undefined) break;
      if (trimmed === '') content.pop();
      else {
        content[content.length - 1] = { ...end, text: trimmed };
        break;
      }
    }
    kept.pop();
    if (content.length > 0) return [...kept, { ...last, content }];
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
