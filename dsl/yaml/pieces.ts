/**
 * Reads a YAML text piece by piece and remembers the pieces: an item, a table or a test that did not change since the
 * last time is not read again. What comes out is what `parseYaml` gives; where a text cannot be cut for sure (anchors,
 * flow style at the top, a slip of syntax, one id twice), it is `parseYaml` itself that reads it.
 */
import type { Comment, Declaration, Node } from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Parsed } from '../parsed.ts';
import { createSourceFile, type SourceFile, type Span } from '../source.ts';
import { parseYaml, readYaml } from './read.ts';

export type ParsePieces = (file: SourceFile) => Parsed;

interface Piece {
  /** The key of its section, as it stands there. */
  readonly section: string;
  readonly start: number;
  readonly text: string;
  /** A line that stands for what follows, which says where the piece ends; none at the end of the text. */
  readonly next: string;
}
interface Read {
  readonly declarations: readonly Declaration[];
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
}
interface Known {
  /** As it was read, at a place of its own. */
  readonly read: Read;
  /** Moved to where it stood last. */
  at: number;
  moved: Read;
}

export function createPieces(): ParsePieces {
  let known = new Map<string, Known>();

  return file => {
    const cut = cutInto(file.text);
    if (cut === undefined) return parseYaml(file);
    const now = new Map<string, Known>();
    const declarations: Declaration[] = [];
    const comments: Comment[] = [...cut.comments];
    const diagnostics: Diagnostic[] = [];
    for (const piece of cut.pieces) {
      const key = `${piece.section}\n${piece.text}${piece.next}`;
      const head = piece.section.length + 1;
      let own = now.get(key) ?? known.get(key);
      if (own === undefined) {
        const read = readPiece(file, piece);
        if (read === undefined) return parseYaml(file);
        own = { read, at: head, moved: read };
      }
      const at = piece.start;
      // Two pieces alike are two declarations of one id, which only the whole text can tell of.
      if (now.has(key)) return parseYaml(file);
      if (own.at !== at) own = { read: own.read, at, moved: move(own.read, at - head) };
      now.set(key, own);
      for (const declaration of own.moved.declarations) declarations.push(declaration);
      for (const comment of own.moved.comments) comments.push(comment);
      for (const found of own.moved.diagnostics) diagnostics.push(inFile(found, file));
    }
    if (hasTwins(declarations)) return parseYaml(file);
    known = now;
    const span = { start: 0, end: file.text.length };
    comments.sort((a, b) => a.span.start - b.span.start);
    return { program: { kind: 'program', file, span, declarations, comments }, diagnostics };
  };
}

// ── cutting ─────────────────────────────────────────────────────────────────────────────────────

const sectionLine = /^(items|values|tests):[ \t]*(#.*)?$/;
/** Anchors, aliases and tags, several documents, tabs, and what is not a plain line end. */
const uncertain = /(?:^|[\s[{,])[&*!][^\s]|^(?:---|\.\.\.|%)|\t|\r|\ufeff|\u0085|[\u2028\u2029]/m;

function cutInto(
  text: string,
): { readonly pieces: readonly Piece[]; readonly comments: readonly Comment[] } | undefined {
  if (uncertain.test(text)) return undefined;
  const pieces: Piece[] = [];
  const comments: Comment[] = [];
  const seen = new Set<string>();
  let section: string | undefined;
  let indent: number | undefined;
  let start: number | undefined;
  const close = (end: number, next: string) => {
    if (section !== undefined && start !== undefined)
      pieces.push({ section, start, text: text.slice(start, end), next });
    start = undefined;
  };
  for (let at = 0; at <= text.length; ) {
    const next = text.indexOf('\n', at);
    const end = next < 0 ? text.length : next;
    const line = text.slice(at, end);
    const blanks = /^ */.exec(line)![0].length;
    const isComment = line[blanks] === '#';
    if (line.length > blanks && !isComment) {
      if (blanks === 0) {
        const found = sectionLine.exec(line);
        if (found === null || seen.has(found[1]!)) return undefined;
        seen.add(found[1]!);
        close(at, 'zz-next:\n');
        section = `${found[1]}:`;
        indent = undefined;
        if (found[2] !== undefined) comments.push(commentAt(at + line.indexOf('#'), found[2], false));
      } else {
        if (section === undefined) return undefined;
        indent ??= blanks;
        if (blanks < indent) return undefined;
        if (blanks === indent) {
          close(at, `${' '.repeat(indent)}${section === 'tests:' ? '- {}' : 'zz-next: {}'}\n`);
          start = at;
        }
      }
    } else if (isComment && start === undefined) comments.push(commentAt(at + blanks, line.slice(blanks), true));
    at = end + 1;
  }
  close(text.length, '');
  return { pieces, comments };
}

const commentAt = (start: number, text: string, ownLine: boolean): Comment => ({
  span: { start, end: start + text.length },
  text: text.slice(1).trimEnd(),
  ownLine,
});

// ── reading and moving ──────────────────────────────────────────────────────────────────────────

/** Nothing where the text of the piece is no sound YAML: then it may well go on in the next. */
function readPiece(file: SourceFile, { section, text, next }: Piece): Read | undefined {
  const own = `${section}\n${text}`;
  const { program, diagnostics } = readYaml(createSourceFile(file.path, own + next, 'yaml'));
  if (diagnostics.some(({ code }) => whole.has(code))) return undefined;
  const isOwn = ({ span }: { readonly span: Span }) => next === '' || span.start < own.length;
  return {
    declarations: program.declarations.filter(isOwn),
    comments: program.comments,
    diagnostics: diagnostics.filter(isOwn),
  };
}
const whole: ReadonlySet<string> = new Set([
  'yaml-syntax',
  'yaml-several-documents',
  'nested-too-deep',
  'yaml-wrong-kind',
  'yaml-duplicate-key',
  'file-too-large',
]);

function move(read: Read, by: number): Read {
  return {
    declarations: moved(read.declarations, by),
    comments: moved(read.comments, by),
    diagnostics: read.diagnostics.map(found => ({
      ...found,
      span: movedSpan(found.span, by),
      related: found.related.map(one => ({ ...one, span: movedSpan(one.span, by) })),
      fixes: found.fixes.map(fix => ({
        ...fix,
        edits: fix.edits.map(edit => ({ ...edit, span: movedSpan(edit.span, by) })),
      })),
    })),
  };
}

const movedSpan = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

/**
 * A copy of plain nodes with every span moved. At each key half a program is moved, so the nodes that there are
 * most of are made at once, of the shape that reading gives them; the others are copied whole and then mended.
 */
function moved<T>(value: T, by: number): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(each => moved(each, by)) as T;
  const leaf = movedLeaf(value as unknown as Node, by);
  if (leaf !== undefined) return leaf as T;
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  for (const key in copy) {
    const part = copy[key];
    if (typeof part === 'object' && part !== null)
      copy[key] = key === 'span' ? movedSpan(part as Span, by) : moved(part, by);
  }
  return copy as T;
}

function movedLeaf(node: Node, by: number): Node | undefined {
  switch (node.kind) {
    case 'name':
      return { kind: 'name', span: movedSpan(node.span, by), text: node.text };
    case 'jira-field':
      return node.unclosed ? undefined : { kind: 'jira-field', span: movedSpan(node.span, by), name: node.name };
    case 'arrow':
      return { kind: 'arrow', span: movedSpan(node.span, by), arrow: node.arrow };
    default:
      return undefined;
  }
}

const inFile = (found: Diagnostic, file: SourceFile): Diagnostic => ({
  ...found,
  file,
  related: found.related.map(one => ({ ...one, file })),
  fixes: found.fixes.map(fix => ({ ...fix, edits: fix.edits.map(edit => ({ ...edit, file })) })),
});

/** Two of one id, or one that has none: the whole text says where they stand. */
function hasTwins(declarations: readonly Declaration[]): boolean {
  const seen = new Set<string>();
  for (const node of declarations) {
    if (node.kind === 'test' || node.id.kind === 'missing') continue;
    const key = `${node.kind} ${node.id.text}`;
    if (node.id.text === '' || seen.has(key)) return true;
    seen.add(key);
  }
  return false;
}
