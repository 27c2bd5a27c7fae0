/**
 * Blocks of a broken text: opened although their brace is missing, left when a clause or a
 * declaration begins, kept open when a brace is one too many. Which of two braces is wrong follows
 * from the surplus of the declaration and from what stands behind.
 */
import type * as ast from '../ast.ts';
import type { Span } from '../source.ts';
import { type Cursor, kind } from './cursor.ts';
import type { Leaves } from './leaves.ts';
import { arrowLike, isLiteral, type Look } from './look.ts';
import type { Token } from './scan.ts';

export interface BlockReader {
  /** Does an entry of this block begin at the index? */
  readonly begins: (index: number) => boolean;
  /** Is it an entry of this block without doubt? */
  readonly surely?: (index: number) => boolean;
  /** Does what begins here belong to the block around, so that this one is not closed? */
  readonly leaves: (index: number) => boolean;
  /** Tables stand in its entries. */
  readonly holdsTables?: true;
  /** Nothing but a declaration may follow its end. */
  readonly outermost?: true;
  /** Reads one entry; moves the cursor at least one token on. */
  readonly entry: () => void;
}

export type Blocks = ReturnType<typeof createBlocks>;

export function createBlocks(cursor: Cursor, look: Look, leaves: Leaves) {
  const { complain, edit } = cursor;

  /** Passes the `{`, or says that it is missing and goes on as if it were there. */
  function open(reader: BlockReader): void {
    if (cursor.accept(kind('{')) !== undefined) return;
    if (cursor.peek().kind === '{' && !cursor.peek().first) {
      cursor.advance();
      return;
    }
    const at = cursor.previousEnd();
    if (cursor.peek().text === ':' && cursor.peek(1).kind === '{') {
      const colon = cursor.peek();
      complain(cursor.spanOf(colon), 'colon', {}, [edit('take it away', '', colon.start, colon.end)]);
      cursor.moveTo(cursor.index + 2);
      return;
    }
    const token = cursor.peek();
    const next = cursor.peek(1);
    if (token.kind !== 'end' && !token.first && next.kind === '{' && !next.first) {
      cursor.drop();
      cursor.advance();
      return;
    }
    cursor.lack('`{`', [edit('open the block', ' {', at, at)]);
    cursor.surplus++;
    cursor.skipLine(index => reader.begins(index) || look.kind(index, '{'));
    if (cursor.peek().kind === '{' && !cursor.peek().first) {
      cursor.advance();
      cursor.surplus--;
    }
  }

  /** Reads entries up to the end of the block; says whether it was closed. */
  function read(head: Span, reader: BlockReader): boolean {
    for (;;) {
      const token = cursor.peek();
      if (token.kind === 'end' || look.declaration(cursor.index) || leavesHere(reader)) {
        cursor.beginEntry();
        complain(head, 'not-closed', { sign: '}' });
        cursor.surplus--;
        return false;
      }
      if (token.kind === '}') {
        if (cursor.surplus >= 0 || !goesOn(reader)) {
          cursor.advance();
          return true;
        }
        cursor.beginEntry();
        complain(cursor.spanOf(token), 'brace-too-many', {}, [edit('take it away', '', token.start, token.end)]);
        cursor.surplus++;
        cursor.advance();
        continue;
      }
      if (isRest(token, reader)) {
        cursor.claim(token.line);
        cursor.advance();
        cursor.skipLine();
        continue;
      }
      const before = cursor.index;
      cursor.beginEntry();
      if (token.kind === '{' && cursor.surplus > 0) {
        cursor.drop();
        continue;
      }
      if (reader.begins(cursor.index) || !skipsToEntry(reader)) reader.entry();
      if (cursor.index === before) {
        cursor.unexpected(cursor.peek());
        cursor.advance();
      }
      if (cursor.complained) cursor.skipLine(index => reader.begins(index) || look.kind(index, '{'));
    }
  }

  /** A clause begins, and no entry of the block stands between it and the end of a block that is closed. */
  function leavesHere(reader: BlockReader): boolean {
    if (!reader.leaves(cursor.index)) return false;
    const below = nextLine(cursor.index);
    return cursor.surplus > 0 || !(look.kind(below, '}') || (reader.surely ?? reader.begins)(below));
  }

  /** The rest of an entry that has had its message on the line above. */
  const isRest = (token: Token, reader: BlockReader): boolean =>
    token.first &&
    cursor.index > 0 &&
    cursor.isClaimed(look.at(cursor.index - 1).line) &&
    !reader.begins(cursor.index) &&
    look.continuation(cursor.index);

  /** Do entries of this block stand behind the brace at the cursor? */
  function goesOn(reader: BlockReader): boolean {
    let index = cursor.index + 1;
    if (reader.outermost && !look.kind(index, '}')) {
      const below = look.lastOfLine(index) + 1;
      const table = look.content(below) === 'table' && !reader.begins(index);
      return look.at(index).kind !== 'end' && !look.head(index) && !table;
    }
    const isEntry = reader.surely ?? reader.begins;
    // A row right behind the brace is one of this block; one farther on may be the next block's.
    if (reader.holdsTables && look.row(index)) return true;
    for (;;) {
      if (look.at(index).kind === 'end' || look.kind(index, '}') || look.head(index) || look.clause(index))
        return false;
      if (isEntry(index)) return true;
      if (look.kind(index, '{')) {
        index = look.next.brace(index + 1);
        if (!look.kind(index, '}')) return false;
        index++;
        continue;
      }
      if ((look.mapping(index) && !look.row(index)) || look.assignment(index)) return false;
      do index++;
      while (!look.at(index).first && !look.kind(index, '{', '}') && !isEntry(index));
    }
  }

  /** Something that does not belong stands in front of an entry on the same line: it alone is dropped. */
  function skipsToEntry(reader: BlockReader): boolean {
    const end = look.lastOfLine(cursor.index);
    for (let index = cursor.index + 1; index <= Math.min(end, cursor.index + 2); index++) {
      if (look.kind(index, '{', '}')) return false;
      if (reader.begins(index)) {
        cursor.unexpected(cursor.peek());
        cursor.moveTo(index);
        return true;
      }
    }
    return false;
  }

  // ── tables ──────────────────────────────────────────────────────────────────────────────────

  /** A row, also one without quotes (`Working <-> Done`), which a mapping may look like. */
  const wordyRow = (index: number): boolean => {
    if (look.row(index)) return true;
    if (isLiteral(look.at(index))) return true;
    if (look.word(index, 'otherwise')) return true;
    let next = index;
    while (look.kind(next, 'word', 'number') && (next === index || !look.at(next).first)) next++;
    return next > index && (arrowLike(look.at(next)) || look.at(next).kind === '=');
  };

  function table(head: Span, leavesTable: (index: number) => boolean): ast.Table {
    const start = cursor.peek().start;
    const rows: (ast.TableRow | ast.TableOtherwise)[] = [];
    const reader: BlockReader = {
      begins: wordyRow,
      surely: look.row,
      leaves: leavesTable,
      entry: () => {
        rows.push(look.word(cursor.index, 'otherwise') && !arrowLike(cursor.peek(1)) ? otherwise() : row());
      },
    };
    open(reader);
    const closed = read(head, reader);
    return { kind: 'table', span: cursor.closeAt(start), rows, closed };
  }

  const stopLeft = (index: number) => arrowLike(look.at(index)) || look.kind(index, '=', 'text', '}', '{');
  const stopRight = (index: number) => look.kind(index, '}', ',', '{') || look.at(index).first;

  function row(): ast.TableRow {
    const start = cursor.peek().start;
    const left = arrowLike(cursor.peek()) ? cursor.lackName('a value') : leaves.literal('a value', stopLeft, true);
    const arrow = leaves.arrow();
    const next = cursor.peek();
    const due = next.first && (look.row(cursor.index) || wordyRow(cursor.index));
    const right =
      due && arrowLike(look.at(cursor.index + 1)) ? cursor.lackName('a value') : leaves.literal('a value', stopRight);
    const span = cursor.closeAt(start);
    return { kind: 'row', span, left, arrow, right };
  }

  function otherwise(): ast.TableOtherwise {
    const start = cursor.peek().start;
    cursor.advance();
    const result = fallback(
      false,
      index => look.row(index) || look.mapping(index) || look.clause(index) || look.declaration(index),
    );
    return { kind: 'table-otherwise', span: { start, end: cursor.previousEnd() }, fallback: result };
  }

  /** `begins` says that a word here is the beginning of the next entry, not the fallback. */
  function fallback(template: boolean, begins: (index: number) => boolean): ast.Fallback {
    let action: ast.Fallback['action'];
    if (cursor.peek().first && begins(cursor.index)) {
      cursor.lack('`skip`, `keep`, `clear` or a text');
      action = cursor.missing();
    } else {
      const token = cursor.take(kind('word', 'text'), '`skip`, `keep`, `clear` or a text');
      if (token === undefined) action = cursor.missing();
      else if (token.kind === 'word') action = cursor.name(token);
      else action = template ? leaves.template(token) : leaves.text(token);
    }
    return { kind: 'fallback', span: action.span, action };
  }

  // ── where blocks begin and end ──────────────────────────────────────────────────────────────

  /** Does a clause begin here, so that a block of the item ends? */
  const leavesBlock = (index: number): boolean =>
    look.at(index).first &&
    look.clause(index) &&
    !look.mapping(index + 1) &&
    !look.setting(index + 1) &&
    !look.row(index + 1);

  /** Does a table stand behind the brace? */
  const rowsBehind = (brace: number): boolean =>
    wordyRow(brace + 1) || look.kind(brace + 1, '}') || look.row(nextLine(brace + 1));
  const nextLine = (index: number): number => look.lastOfLine(index) + 1;

  return { open, read, table, fallback, wordyRow, leavesBlock, rowsBehind, nextLine };
}
