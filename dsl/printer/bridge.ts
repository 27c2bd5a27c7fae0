/**
 * Lays a program out in Bridge: two blanks a level, keywords, arrows and targets in columns, short blocks on
 * one line if they were written so, blank lines as they were, at most one. One entry for each kind of node
 * that takes lines; what stands within a line is `phrases`.
 */
import type * as ast from '../ast.ts';
import { type Comments, partsOf } from '../comments.ts';
import { type Around, commentsAround, createLines, isBlankAbove, isOnOneLine, nothingAround, WIDTH } from './lines.ts';
import * as phrase from './phrases.ts';
import { present, unprintable } from './unprintable.ts';

/** Comments behind a line begin here, or, where the line is longer, at the next multiple of eight. */
const COMMENT_COLUMN = 40;
/** A cell longer than this sticks out of its column and does not widen it. */
const MAX_CELL = 40;

const STEP = '  ';

/** A piece of a broken line, and the nodes whose comments go above it and behind it. */
interface Piece {
  readonly text: string;
  readonly above: readonly ast.Node[];
  readonly behind: readonly ast.Node[];
}
const piece = (text: string, node: ast.Node): Piece => ({ text, above: [node], behind: [node] });

export function printBridge(program: ast.Program, comments: Comments): string {
  const { file } = program;
  const asWritten = file.notation === 'bridge';
  const hasComments = program.comments.length > 0;
  const out = createLines();

  // ── comments and blank lines ──────────────────────────────────────────────────────────────────

  const isOwn = (own: readonly ast.Node[]): ((node: ast.Node) => boolean) => {
    if (own.length === 0) return () => false;
    const set = new Set(own);
    return node => set.has(node);
  };

  /** `own` are the nodes inside that are laid out, with their comments, by themselves. */
  function around(node: ast.Node, own: readonly ast.Node[], hasBlock: boolean): Around {
    if (!hasComments || (comments.of(node).length === 0 && !comments.within(node))) return nothingAround;
    const inside: ast.Node[] = [];
    const skip = isOwn(own);
    const gather = (at: ast.Node): void => {
      if (!comments.within(at)) return;
      for (const part of partsOf(at)) {
        if (skip(part)) continue;
        inside.push(part);
        gather(part);
      }
    };
    gather(node);
    return commentsAround(comments, file, node, inside, hasBlock);
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
    if (comments.within(node) || comments.of(node).some(({ place }) => place === 'open' || place === 'dangling')) {
      return undefined;
    }
    if (!asWritten || !isOnOneLine(file, node)) return undefined;
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

  /** A condition over several lines, split at its outermost `and`s or `or`s, and further down where it has to be. */
  function conditionPieces(node: ast.Condition, room: number, split: boolean): readonly Piece[] {
    const flat = phrase.condition(node);
    const fits = flat.length <= room && !split;
    if (fits && !comments.within(node)) return [piece(flat, node)];
    const pieces = splitCondition(node, room, flat);
    return fits && !hasCommentsBetween(node, pieces) ? [piece(flat, node)] : pieces;
  }

  function splitCondition(node: ast.Condition, room: number, flat: string): readonly Piece[] {
    if (node.kind === 'all' || node.kind === 'any') {
      const parts = node.of.flatMap((part, index) => {
        const prefix = index === 0 ? '' : node.kind === 'all' ? 'and ' : 'or ';
        const brackets = phrase.needsBrackets(part, node);
        const pieces = conditionPieces(part, room - 6, part.kind === 'all' && !brackets);
        return prefixed(prefix, brackets ? bracketed(pieces) : pieces);
      });
      return spanning(node, parts);
    }
    if (node.kind === 'not') {
      const pieces = conditionPieces(node.of, room - 5, false);
      return spanning(node, prefixed('not ', phrase.needsBrackets(node.of, node) ? bracketed(pieces) : pieces));
    }
    if (node.kind === 'one-of') {
      const last = node.values.length - 1;
      const values = node.values.map((value, index) =>
        piece(STEP + phrase.literal(value) + (index < last ? ',' : ''), value),
      );
      return spanning(node, [{ text: phrase.oneOf(node), above: [], behind: [] }, ...values]);
    }
    return [piece(flat, node)];
  }

  function condition(node: ast.WhereClause | ast.RuleClause, indent: string, head: string, tail: string): void {
    const { condition: given } = node;
    const flat = phrase.condition(given);
    const written = `${head}${flat}${tail === '' ? '' : ` ${tail}`}`;
    const group = given.kind === 'all' || given.kind === 'any';
    const split = group && asWritten && !isOnOneLine(file, given);
    const long = indent.length + written.length > WIDTH;
    if (!split && !long && !comments.within(node)) {
      entry(node, indent, written);
      return;
    }
    const pieces = conditionPieces(given, WIDTH - indent.length - head.length, split || (long && group));
    if (pieces.length < 2) entry(node, indent, written);
    else broken(node, indent, head, pieces, tail);
  }

  // ── tables ────────────────────────────────────────────────────────────────────────────────────

  type Row = ast.TableRow | ast.TableOtherwise;

  const arrowOf = (node: ast.ArrowNode | ast.Missing): ast.Arrow => present(node).arrow;
  const row = (node: Row): string =>
    node.kind === 'row'
      ? `${phrase.literal(node.left)} ${arrowOf(node.arrow)} ${phrase.literal(node.right)}`
      : `otherwise ${phrase.fallback(node.fallback)}`;

  function rows(nodes: readonly Row[], indent: string): void {
    const cells = nodes.map(node => (node.kind === 'row' ? phrase.literal(node.left) : undefined));
    const width = columnWidth(cells);
    const arrows = nodes.some(node => node.kind === 'row' && arrowOf(node.arrow) === '<->') ? 3 : 2;
    nodes.forEach((node, index) => {
      if (node.kind !== 'row') entry(node, indent, row(node));
      else {
        const cell = cells[index]!;
        const arrow = arrowOf(node.arrow);
        const left = cell.length > width ? `${cell} ${arrow}` : `${cell.padEnd(width)} ${arrow.padEnd(arrows)}`;
        entry(node, indent, `${left} ${phrase.literal(node.right)}`);
      }
    });
  }

  /** The rows of a table that belongs to `node`, which also has the comments at its braces. */
  function table(node: ast.Node, at: ast.Table, indent: string, head: string, tail = ''): void {
    const flat = oneLine(node, at.rows, () => at.rows.map(row));
    block(node, indent, head, tail, at.rows, flat, inner => rows(at.rows, inner));
  }

  // ── mappings ──────────────────────────────────────────────────────────────────────────────────

  interface Cells {
    readonly left: string;
    readonly template: boolean;
    readonly arrow: ast.Arrow;
    readonly target: string;
    readonly table: ast.TableModifier | undefined;
    /** Behind the target, or behind the table. */
    readonly modifiers: string;
  }

  function cellsOf(node: ast.Mapping): Cells {
    const source = present(node.source);
    const ordered = node.modifiers.length < 2 ? node.modifiers : [...node.modifiers].sort(phrase.byRank);
    let found: ast.TableModifier | undefined;
    let modifiers = '';
    for (const modifier of ordered) {
      if (modifier.kind === 'inline-table') {
        if (found !== undefined || modifiers !== '') unprintable(modifier, 'a mapping has two tables');
        found = modifier;
      } else modifiers = modifiers === '' ? phrase.modifier(modifier) : `${modifiers} ${phrase.modifier(modifier)}`;
    }
    return {
      left: source.kind === 'path' ? phrase.path(source) : phrase.quoted(source.value),
      template: source.kind === 'template',
      arrow: arrowOf(node.arrow),
      target: phrase.jiraField(node.target),
      table: found,
      modifiers,
    };
  }

  function flatMapping(node: ast.Mapping): string {
    const { left, arrow, target, table: inline, modifiers } = cellsOf(node);
    const rest = inline === undefined ? '' : ` ${braces(inline.table.rows.map(row))}`;
    return `${left} ${arrow} ${target}${rest}${modifiers === '' ? '' : ` ${modifiers}`}`;
  }

  function mappings(nodes: readonly ast.Mapping[], indent: string): void {
    const all = nodes.map(cellsOf);
    const width = columnWidth(all.map(({ left, template }) => (template ? undefined : left)));
    const arrows = all.some(({ arrow }) => arrow === '<->') ? 3 : 2;
    const targets = columnWidth(all.map(({ target, left }) => (left.length > width ? undefined : target)));
    all.forEach(({ left, arrow, target, table: inline, modifiers }, index) => {
      const node = nodes[index]!;
      const out = left.length > width;
      const head = out ? `${left} ${arrow} ${target}` : `${left.padEnd(width)} ${arrow.padEnd(arrows)} ${target}`;
      if (inline !== undefined) tableMapping(node, inline, indent, head, modifiers === '' ? '' : ` ${modifiers}`);
      else if (modifiers === '') entry(node, indent, head);
      else entry(node, indent, `${out ? head : head.padEnd(head.length - target.length + targets)}  ${modifiers}`);
    });
  }

  /** The comments at the braces belong to the table, the others to the mapping. */
  function tableMapping(node: ast.Mapping, inline: ast.TableModifier, indent: string, head: string, tail: string) {
    const { rows: parts } = inline.table;
    const outer = around(node, [inline, ...parts], false);
    const inner = around(inline, parts, true);
    const trailing = outer.trailing ?? inner.trailing;
    const crowded = outer.trailing !== undefined && inner.trailing !== undefined ? [inner.trailing] : [];
    const above = [...inner.above, ...inner.below].map(({ text }) => text);
    open(node, indent, { ...outer, lifted: [...outer.lifted, ...above, ...inner.lifted, ...crowded] });
    const flat = oneLine(inline, parts, () => parts.map(row));
    const fits = flat !== undefined && indent.length + head.length + flat.length + tail.length + 1 <= WIDTH;
    if ((fits || parts.length === 0) && inner.open === undefined && inner.dangling.length === 0) {
      out.add(withComment(`${indent}${head} ${flat}${tail}`, trailing));
    } else {
      out.add(withComment(`${indent}${head} {`, inner.open));
      out.begin();
      rows(parts, indent + STEP);
      ownLines(inner.dangling, indent + STEP);
      out.add(withComment(`${indent}}${tail}`, trailing));
    }
    ownLines(outer.below, indent);
  }

  // ── clauses ───────────────────────────────────────────────────────────────────────────────────

  const setting = (node: ast.Setting): string => `${phrase.jiraField(node.field)} = ${phrase.value(node.value)}`;

  function settings(nodes: readonly ast.Setting[], indent: string): void {
    const cells = nodes.map(({ field }) => phrase.jiraField(field));
    const width = columnWidth(cells);
    nodes.forEach((node, index) => {
      const head = `${cells[index]!.padEnd(width)} = `;
      const { value } = node;
      if (value.kind === 'list') {
        const last = value.values.length - 1;
        const pieces = value.values.map((each, at) => piece(phrase.literal(each) + (at < last ? ',' : ']'), each));
        const width = indent.length + head.length + phrase.value(value).length;
        if (width > WIDTH || hasCommentsBetween(node, pieces)) broken(node, indent, `${head}[`, pieces, '');
        else entry(node, indent, head + phrase.value(value));
      } else entry(node, indent, head + phrase.value(value));
    });
  }

  /** The keyword of a clause that is laid out as keyword and value; the others have a shape of their own. */
  const keywordOf = (clause: ast.Clause): string | undefined =>
    ['fields', 'new-issue', 'rule', 'otherwise'].includes(clause.kind) ||
    (clause.kind === 'status' && clause.table !== undefined)
      ? undefined
      : clause.kind === 'switch'
        ? clause.feature
        : clause.kind;

  function jira(node: ast.JiraClause): string {
    const projects = node.projects.map(phrase.name).join(', ');
    if (node.issueType === undefined) return projects;
    if (node.projects.length > 1) unprintable(node, 'several projects have no issue type');
    return `${projects} / ${phrase.text(node.issueType)}`;
  }

  /** What stands behind the keyword, on one line. */
  function body(clause: ast.Clause): string {
    switch (clause.kind) {
      case 'salesforce':
        return phrase.name(clause.object);
      case 'where':
        return phrase.condition(clause.condition);
      case 'jira':
        return jira(clause);
      case 'sync':
        return phrase.name(clause.mode);
      case 'create':
        return (
          phrase.name(clause.records) + (clause.since === undefined ? '' : ` since ${phrase.literal(clause.since)}`)
        );
      case 'status':
        return phrase.name(clause.field) + (clause.by === undefined ? '' : ` by ${phrase.name(clause.by)}`);
      case 'comments': {
        const options = clause.options.map(option =>
          option.text === 'internal' ? 'internal too' : phrase.name(option),
        );
        return [phrase.name(clause.state), ...options].join(', ');
      }
      case 'switch':
        return phrase.name(clause.state);
      case 'show':
        return clause.paths.map(phrase.path).join(', ');
      default:
        return '';
    }
  }

  const statusHead = (node: ast.StatusClause): string => `status ${phrase.name(node.field)}`;
  const ruleTail = (node: ast.RuleClause): string => `move to ${phrase.text(node.target)}`;
  function otherwise({ target }: ast.OtherwiseClause): string {
    const found = present(target);
    return found.kind === 'leave' ? 'otherwise leave' : `otherwise move to ${phrase.quoted(found.value)}`;
  }

  /** A clause on one line with others. */
  function flatClause(clause: ast.Clause): string {
    switch (clause.kind) {
      case 'fields':
        return `fields ${braces(clause.mappings.map(flatMapping))}`;
      case 'new-issue':
        return `new issue ${braces(clause.settings.map(setting))}`;
      case 'rule':
        return `when ${phrase.condition(clause.condition)} ${ruleTail(clause)}`;
      case 'otherwise':
        return otherwise(clause);
      case 'status':
        if (clause.table !== undefined) return `${statusHead(clause)} ${braces(clause.table.rows.map(row))}`;
        break;
    }
    return `${keywordOf(clause)} ${body(clause)}`;
  }

  function clause(node: ast.Clause, indent: string, width: number): void {
    const keyword = keywordOf(node);
    if (keyword !== undefined) {
      const head = `${keyword.padEnd(width)} `;
      if (node.kind === 'where') condition(node, indent, head, '');
      else if (node.kind === 'show') list(node, indent, head, node.paths.map(phrase.path), node.paths);
      else entry(node, indent, head + body(node));
      return;
    }
    switch (node.kind) {
      case 'fields': {
        const flat = oneLine(node, node.mappings, () => node.mappings.map(flatMapping));
        block(node, indent, 'fields', '', node.mappings, flat, inner => mappings(node.mappings, inner));
        break;
      }
      case 'new-issue': {
        const flat = oneLine(node, node.settings, () => node.settings.map(setting));
        block(node, indent, 'new issue', '', node.settings, flat, inner => settings(node.settings, inner));
        break;
      }
      case 'status':
        if (node.by !== undefined) unprintable(node, 'a status has a table and the name of one');
        table(node, node.table!, indent, statusHead(node));
        break;
      case 'rule':
        condition(node, indent, 'when ', ruleTail(node));
        break;
      case 'otherwise':
        entry(node, indent, otherwise(node));
        break;
    }
  }

  /** Blocks stand apart where the other notation did not say. */
  function setApart(before: ast.Clause | undefined, node: ast.Clause): boolean {
    if (asWritten || before === undefined) return false;
    const kindOf = (at: ast.Clause) =>
      at.kind === 'rule' || at.kind === 'otherwise' ? 'rules' : keywordOf(at) === undefined ? at : 'line';
    return kindOf(before) !== kindOf(node);
  }

  function clauses(nodes: readonly ast.Clause[], indent: string): void {
    const apart = nodes.map((node, index) => setApart(nodes[index - 1], node) || blankAbove(node));
    for (let i = 0; i < nodes.length; ) {
      let end = i;
      let width = 0;
      // Keywords stand in one column down to the next blank line or block.
      do {
        width = Math.max(width, keywordOf(nodes[end]!)?.length ?? 0);
        end++;
      } while (
        end < nodes.length &&
        !apart[end] &&
        keywordOf(nodes[end]!) !== undefined &&
        keywordOf(nodes[end - 1]!) !== undefined
      );
      for (; i < end; i++) {
        if (apart[i]) out.blank();
        clause(nodes[i]!, indent, width);
      }
    }
  }

  // ── declarations ──────────────────────────────────────────────────────────────────────────────

  function item(node: ast.Item): void {
    const was = node.was === undefined ? '' : ` was ${phrase.name(node.was)}`;
    const head = `item ${phrase.name(node.id)}${was} ${phrase.text(node.name)}`;
    const flat = oneLine(node, node.clauses, () => node.clauses.map(flatClause));
    block(node, '', head, '', node.clauses, flat, inner => clauses(node.clauses, inner));
  }

  function test(node: ast.Test): void {
    const head = `test ${phrase.text(node.name)} for ${phrase.name(node.item)}`;
    const flat = oneLine(node, node.steps, () => node.steps.map(step => flatStep(step)));
    block(node, '', head, '', node.steps, flat, inner => {
      const ats = node.steps.map(atOf);
      const width = Math.max(0, ...ats.map(at => at.length));
      node.steps.forEach((step, index) => {
        const at = ats[index]!;
        stepLines(step, inner, at === '' ? '' : `${at.padEnd(width)} `);
      });
    });
  }

  const atOf = ({ at }: ast.Step): string => (at === undefined ? '' : `at ${present(at).raw}`);

  /** The keyword of a step and what stands behind it, one text for each part of the list. */
  function stepParts(step: ast.Step): readonly [string, readonly string[], readonly ast.Node[]] {
    if (step.kind === 'cycle') return ['cycle', [], []];
    if (step.kind === 'change') return [`${step.side} `, step.assignments.map(phrase.assignment), step.assignments];
    let side: ast.Side = 'jira';
    const texts = step.expectations.map(expected => {
      if (expected.kind === 'expect-created') return expected.negated ? 'not created' : 'created';
      if (expected.kind === 'expect-writes') return `writes to ${expected.side} = ${phrase.literal(expected.count)}`;
      const turn = expected.side === side ? '' : `${expected.side} `;
      side = expected.side;
      return turn + phrase.assignment(expected.assignment);
    });
    return ['expect ', texts, step.expectations];
  }

  function flatStep(step: ast.Step): string {
    const [head, texts] = stepParts(step);
    const at = atOf(step);
    return `${at === '' ? '' : `${at} `}${head}${texts.join(', ')}`;
  }

  function stepLines(step: ast.Step, indent: string, at: string): void {
    const [head, texts, nodes] = stepParts(step);
    if (nodes.length === 0) entry(step, indent, at + head);
    else list(step, indent, at + head, texts, nodes);
  }

  function declaration(node: ast.Declaration): void {
    if (node.kind === 'item') item(node);
    else if (node.kind === 'test') test(node);
    else table(node, node.table, '', `values ${phrase.name(node.id)}`);
  }

  // ── the file ──────────────────────────────────────────────────────────────────────────────────

  const head = around(program, program.declarations, true);
  const chunks: string[] = [];
  let apart = false;
  function chunk(blank: boolean): void {
    const { text, count } = out.take();
    if (count === 0) return;
    // What takes more than one line stands apart.
    if (chunks.length > 0 && (blank || apart || count > 1)) chunks.push('');
    chunks.push(text);
    apart = count > 1;
  }
  ownLines(head.above, '');
  chunk(false);
  apart = chunks.length > 0;
  for (const node of program.declarations) {
    declaration(node);
    chunk(blankAbove(node));
  }
  ownLines(head.dangling, '');
  chunk(head.dangling[0]?.blank ?? false);
  return chunks.length === 0 ? '' : `${chunks.join('\n')}\n`;
}

const braces = (parts: readonly string[]): string => (parts.length === 0 ? '{}' : `{ ${parts.join('  ')} }`);

const ownNodes = (pieces: readonly Piece[]): readonly ast.Node[] =>
  pieces.flatMap(({ above, behind }) => [...above, ...behind]);

/** What belongs to the whole goes above the first piece and behind the last. */
function spanning(node: ast.Node, pieces: readonly Piece[]): readonly Piece[] {
  const last = pieces.length - 1;
  return pieces.map(({ text, above, behind }, index) => ({
    text,
    above: index === 0 ? [node, ...above] : above,
    behind: index === last ? [...behind, node] : behind,
  }));
}

function prefixed(prefix: string, pieces: readonly Piece[]): readonly Piece[] {
  const hang = ' '.repeat(prefix.length);
  return pieces.map((each, index) => ({ ...each, text: (index === 0 ? prefix : hang) + each.text }));
}

function bracketed(pieces: readonly Piece[]): readonly Piece[] {
  return prefixed('(', pieces).map((each, index) =>
    index === pieces.length - 1 ? { ...each, text: `${each.text})` } : each,
  );
}

/** The longest of the cells that do not stick out. */
function columnWidth(cells: readonly (string | undefined)[]): number {
  let width = 0;
  for (const cell of cells) {
    if (cell !== undefined && cell.length > width && cell.length <= MAX_CELL) width = cell.length;
  }
  return width;
}
