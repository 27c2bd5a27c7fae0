/**
 * Says of every comment of a program which node it belongs to: the one it stands above, behind, or in
 * the block of. Comments are no part of the tree, so printing, converting and moving nodes ask here.
 * Works on places alone and for both notations; every comment has exactly one node.
 */
import type { Comment, Node, Program, TableOtherwise, TableRow } from './ast.ts';
import type { SourceFile } from './source.ts';

/**
 * - `leading`: on lines of its own above the node
 * - `open`: behind the `{` or the YAML key that opens the node
 * - `trailing`: behind the node, on its last line
 * - `below`: on lines of its own below the node, indented as it is (YAML)
 * - `inside`: between the words of the node
 * - `dangling`: in the node's block, after everything else in it
 * - `section`, `section-line`: above, or behind, the YAML key (`rules:`, `pairs:`, `items:` …) of the list or
 *   map that the node is the first member of; such a key is no node itself
 */
export type Place = 'leading' | 'open' | 'trailing' | 'below' | 'inside' | 'dangling' | 'section' | 'section-line';

export interface PlacedComment {
  readonly place: Place;
  readonly comment: Comment;
}

/** What a node has of comments. */
export interface Held {
  /** In the order of the text. */
  readonly own: PlacedComment[];
  /** Whether a comment belongs to something inside the node. */
  within: boolean;
}

export interface Comments {
  /** Most nodes have none, neither of their own nor inside. */
  held(node: Node): Readonly<Held> | undefined;
  of(node: Node): readonly PlacedComment[];
  within(node: Node): boolean;
  /** Where a node begins, with the YAML key of its section if it is the first in it. */
  begin(node: Node): number;
  /** A node that lies outside of what it is part of, because an alias stands for it. */
  readonly aliased: Node | undefined;
}

const none: readonly PlacedComment[] = [];

export function attachComments(program: Program): Comments {
  const { file, comments } = program;
  const { text } = file;
  const yaml = file.notation === 'yaml';
  const held = new Map<Node, Held>();
  const ordered = new Map<Node, readonly Node[]>();
  const sections = new Map<Node, Section>();
  let aliased: Node | undefined;

  const partsInOrder = (node: Node): readonly Node[] => {
    // Of Bridge each node is asked for its parts once.
    if (!yaml) return inOrder(node, partsOf(node));
    let parts = ordered.get(node);
    if (parts === undefined) {
      parts = inOrder(node, partsOf(node));
      ordered.set(node, parts);
    }
    return parts;
  };

  /** What an alias stands for lies elsewhere and is left out: its comments belong to where they are written. */
  function inOrder(node: Node, parts: readonly Node[]): readonly Node[] {
    if (areNext(node, parts)) return parts;
    let end = start(node);
    const kept = [...parts]
      .sort((a, b) => start(a) - start(b))
      .filter(part => {
        const isNext = start(part) >= end && part.span.end <= node.span.end;
        if (isNext) end = part.span.end;
        return isNext;
      });
    if (kept.length < parts.length) aliased ??= node;
    return kept;
  }

  function holding(node: Node): Held {
    const known = held.get(node);
    if (known !== undefined) return known;
    const made: Held = { own: [], within: false };
    held.set(node, made);
    return made;
  }

  function put(node: Node, place: Place, comment: Comment): void {
    holding(node).own.push({ place, comment });
  }

  /** Of all comments those of one container, which lie behind each other: its parts are gone through once. */
  function place(container: Node, parts: readonly Node[], first: number, end: number): void {
    let next = 0;
    for (let index = first; index < end; ) {
      const comment = comments[index]!;
      while (next < parts.length && start(parts[next]!) <= comment.span.start) next++;
      const before = parts[next - 1];
      const after = parts[next];
      if (before === undefined || !goesInto(before, after, comment)) {
        const [node, where] = comment.ownLine
          ? above(comment, container, before, after)
          : behind(comment, container, before, after);
        if (node !== container) holding(container).within = true;
        put(node, where, comment);
        index++;
        continue;
      }
      holding(container).within = true;
      const from = index++;
      while (index < end && isBefore(comments[index]!, after) && goesInto(before, after, comments[index]!)) index++;
      const inner = partsInOrder(before);
      if (inner.length > 0 || isBlock(before)) place(before, inner, from, index);
      else for (const each of comments.slice(from, index)) put(before, placeInLeaf(before, each), each);
    }
  }

  /** Inside by place, or, below the last line of a YAML block, by indentation. */
  function goesInto(before: Node, after: Node | undefined, comment: Comment): boolean {
    const at = comment.span.start;
    if (at < before.span.end) return !isBelowBlock(before, comment);
    if (!yaml || !comment.ownLine || isUnderSection(after, at)) return false;
    if (columnOf(file, at) <= indentOf(file, start(before))) return false;
    const last = partsInOrder(before).at(-1);
    return last === undefined ? isBlock(before) || after === undefined : lineOf(start(last)) > lineOf(start(before));
  }

  /** A blank value reaches over the comments below it, also over those of what comes next. */
  function isBelowBlock(node: Node, { span, ownLine }: Comment): boolean {
    if (!yaml || !ownLine || columnOf(file, span.start) > indentOf(file, start(node))) return false;
    const last = partsInOrder(node).at(-1);
    return last === undefined || start(last) < span.start;
  }

  const lineOf = (offset: number): number => file.position(offset).line;

  /** Its section's key is already above. */
  const isUnderSection = (node: Node | undefined, at: number): boolean =>
    node !== undefined && (sections.get(node)?.begin ?? at) < at;

  function above(comment: Comment, container: Node, before?: Node, after?: Node): readonly [Node, Place] {
    const at = comment.span.start;
    if (after === undefined) return [container, 'dangling'];
    const section = sections.get(after);
    if (section !== undefined) return [after, at < section.begin ? 'section' : 'leading'];
    if (yaml && before !== undefined && !isHead(before)) {
      const column = columnOf(file, at);
      const belongs = column > indentOf(file, start(after)) && column >= indentOf(file, start(before));
      if (belongs) return [before, 'below'];
    }
    return [after, 'leading'];
  }

  function behind(comment: Comment, container: Node, before?: Node, after?: Node): readonly [Node, Place] {
    const at = comment.span.start;
    const section = after === undefined ? undefined : sections.get(after);
    if (section !== undefined && section.begin < at) return [after!, 'section-line'];
    const gap = text.slice(before?.span.end ?? start(container), at);
    const opens = before === undefined || (!yaml && gap.includes('{'));
    if (opens) return container.kind === 'program' ? [after ?? container, 'leading'] : [container, 'open'];
    // Behind the brackets of a node that stands on one line: the YAML of a list's entry reaches to the line's end.
    const closes = yaml && after === undefined && /[}\]]/.test(gap) && lineOf(start(container)) === lineOf(at);
    if (closes && container.kind !== 'program') return [container, 'trailing'];
    if (!/[\r\n]/.test(gap)) return [yaml ? lastOf(before) : before, 'trailing'];
    if (after !== undefined) return [after, 'leading'];
    return [container.kind === 'program' ? before : container, 'trailing'];
  }

  /** The innermost node that ends where this one does. */
  function lastOf(node: Node): Node {
    const last = partsInOrder(node).at(-1);
    if (last === undefined || last.span.end !== node.span.end) return node;
    holding(node).within = true;
    return lastOf(last);
  }

  if (yaml) {
    for (const section of sectionsOf(program, partsInOrder, text)) sections.set(section.first, section);
  }
  const head = headOf(program, sections);
  for (const comment of comments.slice(0, head)) put(program, 'leading', comment);
  place(program, partsInOrder(program), head, comments.length);
  if (yaml) walk(program, partsInOrder);

  return {
    held: node => held.get(node),
    of: node => held.get(node)?.own ?? none,
    within: node => held.get(node)?.within ?? false,
    begin: node => (yaml ? (sections.get(node)?.begin ?? start(node)) : start(node)),
    get aliased() {
      return aliased;
    },
  };
}

/** Whether they lie in the node, one behind the other. */
function areNext(node: Node, parts: readonly Node[]): boolean {
  let end = start(node);
  for (const { span } of parts) {
    if (span.start < end || span.end > node.span.end) return false;
    end = span.end;
  }
  return true;
}

const isBefore = ({ span }: Comment, node: Node | undefined): boolean => node === undefined || span.start < start(node);

/** Of a node in which nothing else can have a comment. */
const placeInLeaf = ({ span }: Node, comment: Comment): Place =>
  comment.span.start >= span.end ? 'below' : comment.ownLine ? 'inside' : 'trailing';

const start = (node: Node): number => node.span.start;
function walk(node: Node, parts: (node: Node) => readonly Node[]): void {
  for (const part of parts(node)) walk(part, parts);
}

/** Comments at the start of a file, up to the last blank line above what comes first, are the file's own. */
function headOf(program: Program, sections: ReadonlyMap<Node, Section>): number {
  const [first] = program.declarations;
  if (first === undefined) return 0;
  const { text } = program.file;
  const begin = sections.get(first)?.begin ?? start(first);
  let head = 0;
  for (let i = 0; i < program.comments.length && program.comments[i]!.span.start < begin; i++) {
    const { span, ownLine } = program.comments[i]!;
    if (ownLine && /^[^\S\r\n]*(?:\r\n?|\n)[^\S\r\n]*(?:\r|\n)/.test(text.slice(span.end, span.end + 500)))
      head = i + 1;
  }
  return head;
}

// ── the parts of a node ─────────────────────────────────────────────────────────────────────────

/** The nodes inside another that a comment can belong to. Leaves that make one thing together have none. */
export function partsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'program':
      return node.declarations;
    case 'item':
      return there(node.was, node.name, ...node.clauses);
    case 'where':
      return there(node.condition);
    case 'jira':
      return there(...node.projects, node.issueType);
    case 'create':
      return there(node.records, node.since);
    case 'fields':
      return node.mappings;
    case 'mapping':
      return there(node.source, node.arrow, node.target, ...node.modifiers);
    case 'new-issue':
      return node.settings;
    case 'status':
      return there(node.field, node.by, ...(node.table?.rows ?? []));
    case 'rule':
      return there(node.condition, node.target);
    case 'otherwise':
      return there(node.target);
    case 'show':
      return there(...node.paths);
    case 'inline-table':
    case 'values':
      return node.table.rows;
    case 'setting':
    case 'assignment':
      return node.value.kind === 'list' ? there(...node.value.values) : [];
    case 'all':
    case 'any':
      return there(...node.of);
    case 'not':
      return there(node.of);
    case 'one-of':
      return there(...node.values);
    case 'test':
      return there(node.name, node.item, ...node.steps);
    case 'change':
      return there(node.at, ...node.assignments);
    case 'cycle':
      return there(node.at);
    case 'expect':
      return there(node.at, ...node.expectations);
    case 'expect-value':
      return partsOf(node.assignment);
    default:
      return [];
  }
}

const there = (...nodes: readonly (Node | undefined)[]): readonly Node[] =>
  nodes.filter((node): node is Node => node !== undefined && node.kind !== 'missing');

/** What has room for comments even when nothing else stands in it. */
export const isBlock = ({ kind }: Node): boolean =>
  ['item', 'fields', 'new-issue', 'status', 'inline-table', 'values', 'test'].includes(kind);

/** A single piece, which has no lines below it. */
const isHead = ({ kind }: Node): boolean =>
  ['name', 'text', 'duration', 'path', 'template', 'jira-field', 'arrow', 'date'].includes(kind);

// ── YAML's keys without a node ──────────────────────────────────────────────────────────────────

interface Section {
  readonly first: Node;
  /** Where its key begins. */
  readonly begin: number;
}

/** The key that a node stands under in YAML, where that key makes no node. */
function sectionKey(node: Node, parent: Node): string | undefined {
  switch (node.kind) {
    case 'item':
      return 'items';
    case 'values':
      return 'values';
    case 'test':
      return 'tests';
    case 'rule':
    case 'otherwise':
      return 'rules';
    case 'change':
    case 'cycle':
    case 'expect':
      return 'steps';
    case 'row':
      return rowKey(node);
    case 'assignment':
      return parent.kind === 'change' ? parent.side : undefined;
    case 'expect-value':
      return node.side;
    case 'expect-writes':
      return 'writes';
    default:
      return undefined;
  }
}

export const rowKey = (row: TableRow | TableOtherwise): 'pairs' | 'toJira' | 'toSalesforce' | undefined =>
  row.kind === 'table-otherwise' || row.arrow.kind === 'missing'
    ? undefined
    : ({ '<->': 'pairs', '->': 'toJira', '<-': 'toSalesforce' } as const)[row.arrow.arrow];

function* sectionsOf(node: Node, partsInOrder: (node: Node) => readonly Node[], text: string): Generator<Section> {
  const seen = new Set<string>();
  let from = start(node);
  for (const part of partsInOrder(node)) {
    const key = sectionKey(part, node);
    if (key !== undefined && !seen.has(key)) {
      seen.add(key);
      const begin = findKey(text.slice(from, start(part)), key);
      if (begin !== undefined) yield { first: part, begin: from + begin };
    }
    yield* sectionsOf(part, partsInOrder, text);
    from = part.span.end;
  }
}

/** Where the key stands at the start of a line. */
function findKey(text: string, key: string): number | undefined {
  const found = new RegExp(`(^|[\\r\\n])([ \\t-]*)(["']?)${key}\\3[ \\t]*:`).exec(text);
  return found === null ? undefined : found.index + found[1]!.length + found[2]!.length;
}

// ── places in a text ────────────────────────────────────────────────────────────────────────────

const columnOf = (file: SourceFile, offset: number): number => file.position(offset).column;

/** The column of the first character on the line, be it the `-` of a list. */
function indentOf(file: SourceFile, offset: number): number {
  const line = file.line(file.position(offset).line);
  let at = line.start;
  while (at < line.end && ' \t'.includes(file.text[at]!)) at++;
  return at - line.start + 1;
}
