/**
 * The text of a program as it is written, with its comments: entries on a line, blocks with their braces, and
 * lists that are broken into lines. What the lines say is given by those who write on it.
 */
import type * as ast from '../ast.ts';
import { type Comments, partsOf } from '../comments.ts';
import {
  type Around,
  commentsAround,
  commentsInside,
  createLines,
  isBlankAbove,
  isOnOneLine,
  nothingAround,
  WIDTH,
} from './lines.ts';

/** Comments behind a line begin here, or, where the line is longer, at the next multiple of eight. */
const COMMENT_COLUMN = 40;
export const STEP = '  ';

/** A piece of a broken line, and the nodes whose comments go above it and behind it. */
export interface Piece {
  readonly text: string;
  readonly above: readonly ast.Node[];
  readonly behind: readonly ast.Node[];
}
export const piece = (text: string, node: ast.Node): Piece => ({ text, above: [node], behind: [node] });

export type Sheet = ReturnType<typeof createSheet>;

export function createSheet(program: ast.Program, comments: Comments) {
  const { file } = program;
  const asWritten = file.notation === 'bridge';
  const out = createLines();

  // ── comments and blank lines ──────────────────────────────────────────────────────────────────

  /** `own` are the nodes inside that are laid out, with their comments, by themselves. */
  function around(node: ast.Node, own: readonly ast.Node[], hasBlock: boolean): Around {
    const held = comments.held(node);
    if (held === undefined) return nothingAround;
    const inside = held.within && partsOf(node) !== own ? commentsInside(comments, node, oneOf(own)) : [];
    return commentsAround(file, held.own, inside, hasBlock);
  }

  /** Whether a blank line stands above a node and its comments. */
  function blankAbove(node: ast.Node): boolean {
    const [first] = comments.of(node);
    const above = first?.place === 'leading' || first?.place === 'section';
    return isBlankAbove(file, above ? first.comment.span.start : comments.begin(node));
  }

  function ownLines(lines: Around['above'], indent: string): void {
    for (const { text, blank } of lines) {
      if (blank) out.blank();
      out.add(indent + text);
    }
  }

  /** Blank lines and comments above a node. */
  function open(node: ast.Node, indent: string, { section, sectionLine, above, lifted }: Around): void {
    ownLines(section, indent);
    const begin = comments.begin(node);
    if (begin !== node.span.start && isBlankAbove(file, begin)) out.blank();
    for (const text of sectionLine) out.add(indent + text);
    ownLines(above, indent);
    if (isBlankAbove(file, node.span.start)) out.blank();
    for (const text of lifted) out.add(indent + text);
  }

  function withComment(line: string, comment: string | undefined): string {
    if (comment === undefined) return line;
    const column = line.length < COMMENT_COLUMN - 1 ? COMMENT_COLUMN : Math.ceil((line.length + 2) / 8) * 8;
    return line.padEnd(column) + comment;
  }

  /** Something that is written in one line, or in lines that `rest` gives. */
  function entry(node: ast.Node, indent: string, line: string): void {
    const lines = around(node, [], false);
    open(node, indent, lines);
    out.add(withComment(indent + line, lines.trailing));
    ownLines(lines.below, indent);
  }

  // ── blocks ────────────────────────────────────────────────────────────────────────────────────

  /** A block on one line, if it was written so and has the room; an empty one always is. */
  function oneLine(node: ast.Node, parts: readonly ast.Node[], write: () => readonly string[]): string | undefined {
    if (parts.length === 0) return '{}';
    if (!asWritten || !isOnOneLine(file, node) || comments.within(node)) return undefined;
    if (comments.of(node).some(({ place }) => place === 'open' || place === 'dangling')) return undefined;
    const written = braces(write());
    return written.length > WIDTH ? undefined : written;
  }

  function block(
    node: ast.Node,
    indent: string,
    head: string,
    tail: string,
    parts: readonly ast.Node[],
    flat: string | undefined,
    write: (indent: string) => void,
  ): void {
    const lines = around(node, parts, true);
    open(node, indent, lines);
    const fits = flat !== undefined && indent.length + head.length + flat.length + tail.length + 1 <= WIDTH;
    if ((fits || parts.length === 0) && lines.open === undefined && lines.dangling.length === 0) {
      out.add(withComment(`${indent}${head} ${flat}${tail}`, lines.trailing));
    } else {
      out.add(withComment(`${indent}${head} {`, lines.open));
      out.begin();
      write(indent + STEP);
      ownLines(lines.dangling, indent + STEP);
      out.add(withComment(`${indent}}${tail}`, lines.trailing));
    }
    ownLines(lines.below, indent);
  }

  // ── lists and conditions over several lines ───────────────────────────────────────────────────

  /** Pieces on lines of their own; the first goes on behind `head`. */
  function broken(node: ast.Node, indent: string, head: string, pieces: readonly Piece[], tail: string): void {
    const hang = indent + ' '.repeat(head.length);
    const own = ownNodes(pieces);
    const whole = around(node, own, false);
    const above = pieces.map(each =>
      each.above
        .map(at => around(at, own, false))
        .flatMap(({ section, sectionLine, above: lines, lifted }) => [
          ...[...section.map(({ text }) => text), ...sectionLine],
          ...[...lines.map(({ text }) => text), ...lifted],
        ]),
    );
    const below = [...new Set(own)].flatMap(at => around(at, own, false).below);
    const behind = pieces.map(each => {
      const found = each.behind.map(at => around(at, own, false).trailing).filter(text => text !== undefined);
      if (tail === '' && each === pieces.at(-1) && whole.trailing !== undefined) found.push(whole.trailing);
      return found;
    });
    const crowded = behind.flatMap(texts => texts.slice(0, -1));
    const lifted = [...whole.lifted, ...below.map(({ text }) => text), ...crowded, ...above[0]!];
    open(node, indent, { ...whole, lifted });
    pieces.forEach(({ text }, index) => {
      if (index > 0) for (const comment of above[index]!) out.add(hang + comment);
      out.add(withComment((index === 0 ? indent + head : hang) + text, behind[index]!.at(-1)));
    });
    if (tail !== '') out.add(withComment(hang + tail, whole.trailing));
    ownLines(whole.below, indent);
  }

  function list(node: ast.Node, indent: string, head: string, texts: readonly string[], nodes: readonly ast.Node[]) {
    const flat = texts.join(', ');
    const last = texts.length - 1;
    const pieces = texts.map((text, index) => piece(index < last ? `${text},` : text, nodes[index]!));
    if (indent.length + head.length + flat.length > WIDTH || hasCommentsBetween(node, pieces)) {
      broken(node, indent, head, pieces, '');
    } else entry(node, indent, head + flat);
  }

  /** Whether a comment holds the pieces apart. One above the first or behind the last does not. */
  function hasCommentsBetween(node: ast.Node, pieces: readonly Piece[]): boolean {
    if (!comments.within(node)) return false;
    const own = ownNodes(pieces);
    const last = pieces.length - 1;
    return pieces.some(({ above, behind }, index) => {
      const isAbove = (at: ast.Node) => {
        const found = around(at, own, false);
        return found.above.length + found.lifted.length + found.section.length + found.sectionLine.length > 0;
      };
      return (
        (index > 0 && above.some(isAbove)) ||
        (index < last && behind.some(at => around(at, own, false).trailing !== undefined))
      );
    });
  }

  return {
    file,
    asWritten,
    comments,
    out,
    around,
    blankAbove,
    ownLines,
    open,
    withComment,
    entry,
    oneLine,
    block,
    broken,
    list,
    hasCommentsBetween,
  };
}

export const braces = (parts: readonly string[]): string => (parts.length === 0 ? '{}' : `{ ${parts.join('  ')} }`);

/** Whether a node is one of these; of a few it is faster to look at each. */
function oneOf(nodes: readonly ast.Node[]): (node: ast.Node) => boolean {
  if (nodes.length < 16) return node => nodes.includes(node);
  const set = new Set(nodes);
  return node => set.has(node);
}

const ownNodes = (pieces: readonly Piece[]): readonly ast.Node[] =>
  pieces.flatMap(({ above, behind }) => [...above, ...behind]);
