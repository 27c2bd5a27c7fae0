/** Items of a broken text: clauses in any order, also misspelt ones and blocks without a head. */
import type * as ast from '../ast.ts';
import { nearest } from '../nearest.ts';
import type { BlockReader, Blocks } from './blocks.ts';
import { CLAUSES, type ClauseWord, createClauses } from './clauses.ts';
import type { createConditions } from './conditions.ts';
import { type Cursor, isWord, kind } from './cursor.ts';
import type { Leaves } from './leaves.ts';
import type { Look } from './look.ts';
import { createMappings } from './mappings.ts';
import type { Token } from './scan.ts';
import { createSettings } from './settings.ts';

/** What other languages say, and what it is here. */
const BORROWED: Readonly<Record<string, ClauseWord>> = { if: 'when', else: 'otherwise', elseif: 'when' };

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '');

export function createItems(
  cursor: Cursor,
  look: Look,
  leaves: Leaves,
  blocks: Blocks,
  conditions: ReturnType<typeof createConditions>,
) {
  const { closeAt, complain, edit, lackName } = cursor;
  const mappings = createMappings(cursor, look, leaves, blocks);
  const settings = createSettings(cursor, look, leaves, blocks);
  const readers = createClauses(cursor, look, leaves, blocks, conditions, mappings, settings);
  const { fields, mapping } = mappings;
  const { newIssueBlock, equals } = settings;

  // ── the item ────────────────────────────────────────────────────────────────────────────────

  function item(): ast.Item {
    const start = cursor.peek().start;
    if (look.word(cursor.index, 'item')) cursor.advance();
    const id =
      cursor.peek().kind === 'text' || cursor.peek().kind === '{' || look.declaration(cursor.index)
        ? lackId()
        : cursor.name(cursor.take(kind('word'), 'an id'));
    let was: ast.Name | ast.Missing | undefined;
    if (cursor.accept(token => isWord(token, 'was')) !== undefined) {
      was =
        cursor.peek().kind === 'text'
          ? lackName('the id that it had')
          : cursor.name(cursor.take(kind('word'), 'the id that it had'));
    }
    const title = leaves.quoted(
      'the name of the item, in quotes',
      index => look.kind(index, '{') || look.at(index).first,
    );
    const head = closeAt(start);
    const clauses: ast.Clause[] = [];
    const reader: BlockReader = {
      begins: index => look.clause(index) || (look.at(index).first && clauseWord(look.at(index)) !== undefined),
      leaves: () => false,
      outermost: true,
      entry: () => clause(clauses),
    };
    blocks.open(reader);
    const closed = blocks.read(head, reader);
    const rest = { id, name: title, clauses, closed };
    return { kind: 'item', span: closeAt(start), ...(was === undefined ? {} : { was }), ...rest };
  }

  /** What the item's name would be as an id is offered: which one it gets is for a person to say, since it stays. */
  function lackId(): ast.Missing {
    const title = cursor.peek();
    const name = title.kind === 'text' ? leaves.text(title).value : '';
    const id = /^[A-Za-z][\w-]*$/.exec(slug(name))?.[0].slice(0, 64);
    const help = 'write one behind `item`: it keeps its links when the name changes';
    const at = cursor.previousEnd();
    return lackName(
      'an id',
      id === undefined ? [] : [{ ...edit(`write \`${id}\``, ` ${id}`, at, at), asks: true }],
      help,
    );
  }

  /** The clause that a word begins, also in other capitals or misspelt. */
  function clauseWord(token: Token): ClauseWord | undefined {
    if (token.kind !== 'word') return undefined;
    const exact = CLAUSES.find(word => word === token.text.toLowerCase());
    return exact ?? (Object.hasOwn(BORROWED, token.text) ? BORROWED[token.text] : undefined);
  }

  function clause(into: ast.Clause[]): void {
    const token = cursor.peek();
    const found = clauseWord(token) ?? guessed(token);
    if (found === undefined || look.isName(cursor.index)) {
      garbled(into);
      return;
    }
    if (mistaken(found, into)) return;
    if (found !== token.text) cursor.misspelt(token, found);
    cursor.advance();
    const colon = cursor.peek();
    if (colon.text === ':' && !colon.first) {
      complain(cursor.spanOf(colon), 'colon', {}, [edit('take it away', '', colon.start, colon.end)]);
      cursor.advance();
    }
    into.push(...readers[found](token.start));
  }

  function braceOnLine(): number {
    const brace = look.next.brace(cursor.index);
    return brace <= look.lastOfLine(cursor.index) && look.kind(brace, '{') ? brace : -1;
  }

  /** `fields issue {` above settings, `fields Status {` above rows, `status {` above mappings: what the block holds decides. */
  function mistaken(found: ClauseWord, into: ast.Clause[]): boolean {
    if (found !== 'fields' && found !== 'new' && found !== 'status') return false;
    const token = cursor.peek();
    const brace = braceOnLine();
    if (brace < 0) return false;
    const next = cursor.index + 1;
    const content = look.content(brace + 1);
    if (found === 'status') {
      // Beside a field, rows without their quotes look like mappings too, and a `=` in them is meant as an arrow.
      if (content === 'fields' ? brace !== next && !look.word(next, 'fields') : !look.word(next, 'issue')) return false;
    } else if (found === 'fields' ? brace === next : look.word(next, 'issue')) return false;
    if (content === { fields: 'fields', new: 'settings', status: 'table' }[found]) return false;
    const before = look.at(brace - 1);
    const meant = content === 'fields' && brace === next ? 'fields' : content === 'settings' ? 'new' : undefined;
    if (found === 'status' && meant !== undefined) cursor.misspelt(token, meant);
    else cursor.unexpected(token);
    cursor.moveTo(brace);
    return block(content, token.start, before.kind === 'word' ? cursor.name(before) : cursor.missing(), into);
  }

  /** A misspelt clause: near enough, and what follows fits. */
  function guessed(token: Token): ClauseWord | undefined {
    if (token.kind !== 'word' || look.isName(cursor.index)) return undefined;
    const near = nearest(token.text, CLAUSES);
    return token.text.length > 2 ? (near as ClauseWord | undefined) : undefined;
  }

  /** A line that is no clause: a block behind it is still read for what it holds. */
  function garbled(into: ast.Clause[]): void {
    const first = cursor.peek();
    const last = look.lastOfLine(cursor.index);
    const brace = braceOnLine();
    if (brace < 0) {
      const previous = into.at(-1);
      if (reopens(previous, into)) return;
      const next = last + 1;
      const below = look.clause(next) || look.declaration(next) ? undefined : look.content(next);
      if (cursor.surplus < 0 && below !== undefined) {
        complain(cursor.spanOf(first), 'unknown-clause', { written: first.text, nearest: undefined });
        cursor.moveTo(next);
        if (block(below, first.start, cursor.missing(), into)) return;
      }
      const near = first.kind === 'word' ? nearest(first.text, CLAUSES) : undefined;
      if (first.kind === 'word')
        complain(cursor.spanOf(first), 'unknown-clause', { written: first.text, nearest: near });
      else cursor.unexpected(first);
      cursor.advance();
      cursor.skipLine();
      return;
    }
    const content = look.content(brace + 1);
    const start = first.start;
    const before = brace > cursor.index ? look.at(brace - 1) : undefined;
    complain(cursor.spanOf(first), 'unknown-clause', { written: first.text, nearest: undefined });
    cursor.moveTo(brace);
    const field = before?.kind === 'word' ? cursor.name(before) : cursor.missing();
    if (!block(content, start, field, into)) cursor.advance();
  }

  /** Reads a block by what it holds, whatever its head says. */
  function block(
    content: ReturnType<Look['content']>,
    start: number,
    field: ast.Name | ast.Missing,
    into: ast.Clause[],
  ): boolean {
    if (content === 'fields') into.push(fields(start));
    else if (content === 'settings') into.push(newIssueBlock(start));
    else if (content === 'table') {
      const table = blocks.table(closeAt(start), blocks.leavesBlock);
      into.push({ kind: 'status', field, table, span: closeAt(start) });
    } else return false;
    return true;
  }

  /** Entries behind a brace that was one too many go on in the block that it closed. */
  function reopens(previous: ast.Clause | undefined, into: ast.Clause[]): boolean {
    if (previous?.kind === 'fields' && look.mapping(cursor.index)) {
      const more: ast.Mapping[] = [];
      complain(cursor.spanOf(cursor.peek()), 'outside-block', {});
      while (look.mapping(cursor.index)) {
        cursor.beginEntry();
        mapping(more);
      }
      into[into.length - 1] = {
        ...previous,
        mappings: [...previous.mappings, ...more],
        span: closeAt(previous.span.start),
      };
      return true;
    }
    return false;
  }

  /** Clauses that stand behind the end of their item. */
  function more(item: ast.Item): ast.Item {
    const clauses = [...item.clauses];
    while (look.clause(cursor.index)) {
      cursor.beginEntry();
      clause(clauses);
      if (cursor.complained) cursor.skipLine();
    }
    cursor.beginEntry();
    return { ...item, clauses, span: closeAt(item.span.start) };
  }

  return { item, more, equals };
}
