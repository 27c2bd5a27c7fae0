/** The lines of a text that is being written, with its comments. Both notations write through this. */
import type { Comment, Node } from '../ast.ts';
import { type Comments, type PlacedComment, partsOf } from '../comments.ts';
import type { SourceFile } from '../source.ts';

/** What does not fit into this many columns is broken into lines, where it can be. */
export const WIDTH = 120;

export interface Lines {
  add(line: string): void;
  /** A blank line, if something stands above in the same block. */
  blank(): void;
  /** What follows is the first in its block. */
  begin(): void;
  /** What was written since the last time, without its last line end, and how many lines it has. */
  take(): { readonly text: string; readonly count: number };
}

export function createLines(): Lines {
  let lines: string[] = [];
  let fresh = true;
  return {
    add(line) {
      lines.push(line);
      fresh = false;
    },
    blank() {
      if (!fresh) lines.push('');
      fresh = true;
    },
    begin() {
      fresh = true;
    },
    take() {
      const taken = lines;
      lines = [];
      fresh = true;
      return { text: taken.join('\n'), count: taken.length };
    },
  };
}

/** A carriage return alone ends a comment in Bridge, but not in YAML. */
export const commentText = ({ text }: Comment): string => `#${text.includes('\r') ? text.replaceAll('\r', ' ') : text}`;

/** Whether a blank line stands above what begins at the offset. The `-` of a YAML list counts as a blank. */
export function isBlankAbove({ text, notation }: SourceFile, offset: number): boolean {
  let breaks = 0;
  for (let i = offset - 1; i >= 0; i--) {
    const code = text.charCodeAt(i);
    if (code === 10) {
      breaks++;
      if (text.charCodeAt(i - 1) === 13) i--;
    } else if (code === 13) breaks++;
    else if (code !== 32 && code !== 9 && code !== 0xa0 && code !== 0xfeff && !(code === 45 && notation === 'yaml')) {
      return false;
    }
    if (breaks > 1) return true;
  }
  return false;
}

const STARTS_LINE: ReadonlySet<string> = new Set([
  ...['item', 'values', 'test', 'salesforce', 'where', 'jira', 'sync', 'create', 'fields', 'new-issue', 'status'],
  ...['rule', 'otherwise', 'comments', 'switch', 'show', 'mapping', 'row', 'table-otherwise', 'setting'],
  ...['change', 'cycle', 'expect'],
]);

/** Whether a blank line above a node is kept: above those that begin a line in both notations. */
export const keepsBlank = ({ kind }: Node): boolean => STARTS_LINE.has(kind);

export const isOnOneLine = (file: SourceFile, { span }: Pick<Node, 'span'>): boolean =>
  file.position(span.start).line === file.position(span.end).line;

/** A comment for a line of its own, and whether a blank line goes above it. */
export interface OwnLine {
  readonly text: string;
  readonly blank: boolean;
}

/** The comments of something that is written in one piece. */
export interface Around {
  readonly above: readonly OwnLine[];
  /** What stood somewhere inside and has no room there: it goes directly above. */
  readonly lifted: readonly string[];
  /** Those of its YAML section. */
  readonly section: readonly OwnLine[];
  readonly sectionLine: readonly string[];
  readonly open: string | undefined;
  readonly trailing: string | undefined;
  readonly below: readonly OwnLine[];
  readonly dangling: readonly OwnLine[];
}

export const nothingAround: Around = {
  above: [],
  lifted: [],
  section: [],
  sectionLine: [],
  open: undefined,
  trailing: undefined,
  below: [],
  dangling: [],
};

const ownLine = (file: SourceFile, comment: Comment): OwnLine => ({
  text: commentText(comment),
  blank: isBlankAbove(file, comment.span.start),
});

/** The comments of everything in a node that is not written by itself. */
export function commentsInside(
  comments: Comments,
  node: Node,
  isOwn: (part: Node) => boolean,
): readonly PlacedComment[] {
  const inside: PlacedComment[] = [];
  const gather = (at: Node): void => {
    if (!comments.within(at)) return;
    for (const part of partsOf(at)) {
      if (isOwn(part)) continue;
      inside.push(...comments.of(part));
      gather(part);
    }
  };
  gather(node);
  return inside;
}

/**
 * The comments of a node and of what is inside it, as they go around it. A line has room for one comment
 * behind it; what more there is goes above.
 */
export function commentsAround(
  file: SourceFile,
  own: readonly PlacedComment[],
  inside: readonly PlacedComment[],
  hasBlock: boolean,
): Around {
  if (own.length + inside.length === 0) return nothingAround;
  // One alone is the rule.
  if (own.length === 1 && inside.length === 0) {
    const [{ place, comment }] = own as readonly [PlacedComment];
    if (place === 'trailing') return { ...nothingAround, trailing: commentText(comment) };
    if (place === 'leading') return { ...nothingAround, above: [ownLine(file, comment)] };
  }
  const above: OwnLine[] = [];
  const lifted: string[] = [];
  const section: OwnLine[] = [];
  const below: OwnLine[] = [];
  const dangling: OwnLine[] = [];
  const sectionLine: string[] = [];
  const open: string[] = [];
  const trailing: string[] = [];
  for (const { place, comment } of own) {
    if (place === 'leading') above.push(ownLine(file, comment));
    else if (place === 'section') section.push(ownLine(file, comment));
    else if (place === 'section-line') sectionLine.push(commentText(comment));
    else if (place === 'below') below.push(ownLine(file, comment));
    else if (place === 'dangling' && hasBlock) dangling.push(ownLine(file, comment));
    else if (place === 'open' && hasBlock) open.push(commentText(comment));
    else if (place === 'trailing') trailing.push(commentText(comment));
    else lifted.push(commentText(comment));
  }
  for (const { place, comment } of inside) {
    if (place === 'trailing' && !hasBlock) trailing.push(commentText(comment));
    else lifted.push(commentText(comment));
  }
  while (open.length > 1) lifted.push(open.shift()!);
  while (trailing.length > 1) lifted.push(trailing.shift()!);
  return { above, lifted, section, sectionLine, open: open[0], trailing: trailing[0], below, dangling };
}
