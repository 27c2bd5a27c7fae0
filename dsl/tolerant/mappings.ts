/** Mappings of a broken text, with their modifiers in any order and whatever stands between them. */
import type * as ast from '../ast.ts';
import type { BlockReader, Blocks } from './blocks.ts';
import { type Cursor, isWord, kind } from './cursor.ts';
import type { Leaves } from './leaves.ts';
import { arrowLike, isLiteral, type Look } from './look.ts';
import { wrongNumber } from './numbers.ts';
import type { Token } from './scan.ts';

export type Mappings = ReturnType<typeof createMappings>;

export function createMappings(cursor: Cursor, look: Look, leaves: Leaves, blocks: Blocks) {
  const { closeAt, complain, edit, lackName } = cursor;
  const { leavesBlock, rowsBehind } = blocks;

  function fields(start: number): ast.FieldsClause {
    const mappings: ast.Mapping[] = [];
    const reader: BlockReader = {
      begins: look.mapping,
      surely: index => look.mapping(index) && !textRow(index),
      holdsTables: true,
      leaves: leavesBlock,
      entry: () => mapping(mappings),
    };
    const head = closeAt(start);
    blocks.open(reader);
    const closed = blocks.read(head, reader);
    return { kind: 'fields', span: closeAt(start), mappings, closed };
  }

  function mapping(into: ast.Mapping[]): void {
    const token = cursor.peek();
    const { start } = token;
    const previous = into.at(-1);
    const rows = token.kind === '{' ? rowsBehind(cursor.index) : cursor.surplus < 0 && textRow(cursor.index);
    if (previous !== undefined && rows) {
      const modifiers = [...previous.modifiers, inlineTable(start)];
      into[into.length - 1] = { ...previous, modifiers, span: closeAt(previous.span.start) };
      return;
    }
    if (token.kind === '{') {
      cursor.unexpected(token);
      cursor.advance();
      return;
    }
    let source: ast.Mapping['source'];
    if (arrowLike(token)) {
      cursor.lack('a Salesforce field');
      source = cursor.missing();
    } else if (token.kind === 'text') {
      cursor.advance();
      source = leaves.template(token);
    } else if (token.kind === 'word') source = leaves.path('a Salesforce field');
    else {
      complain(cursor.spanOf(token), 'missing', { what: 'a Salesforce field', found: token.text });
      source = cursor.missing();
      while (!cursor.peek(1).first && !arrowLike(cursor.peek()) && !look.kind(cursor.index, '}')) cursor.advance();
      if (!arrowLike(cursor.peek())) return;
    }
    const arrow = leaves.arrow();
    const target = leaves.jiraField(
      index => look.modifier(index) || (look.at(index).first && (look.mapping(index) || look.clause(index))),
    );
    const modifiers = readModifiers();
    into.push({ kind: 'mapping', span: closeAt(start), source, arrow, target, modifiers });
  }

  const nextEntry = (index: number): boolean => look.mapping(index) || look.clause(index) || look.declaration(index);

  function readModifiers(): readonly ast.Modifier[] {
    const found: ast.Modifier[] = [];
    for (;;) {
      const token = cursor.peek();
      const { start } = token;
      const tooMany = token.kind === '}' && cursor.surplus < 0 && !token.first;
      if (tooMany && cursor.peek(1).kind === '{' && !cursor.peek(1).first && rowsBehind(cursor.index + 1)) {
        cursor.drop();
        continue;
      }
      if (token.kind === '{') {
        if (cursor.surplus > 0 && !blocks.wordyRow(cursor.index + 1) && !look.kind(cursor.index + 1, '}')) {
          cursor.drop();
          continue;
        }
        found.push(inlineTable(start));
        continue;
      }
      if (cursor.surplus < 0 && textRow(cursor.index)) {
        found.push(inlineTable(start));
        continue;
      }
      if (look.isName(cursor.index)) return found;
      if (isWord(token, 'by') && (cursor.reachable(token) || look.modifier(cursor.index))) {
        cursor.advance();
        const missing = cursor.peek().first && nextEntry(cursor.index);
        const table = missing
          ? lackName('the name of a table')
          : cursor.name(cursor.take(kind('word'), 'the name of a table'));
        found.push({ kind: 'by', span: closeAt(start), table });
      } else if (isWord(token, 'cut') || (isWord(token, 'at') && !token.first && cursor.peek(1).kind === 'number')) {
        if (isWord(token, 'cut')) cursor.advance();
        else cursor.lack('`cut`', [edit('write `cut`', 'cut ', start, start)]);
        cursor.keyword('at');
        found.push({ kind: 'cut-at', span: closeAt(start), length: length() });
      } else if (isWord(token, 'or') || (isWord(token, 'else') && !token.first)) {
        if (isWord(token, 'or')) cursor.advance();
        else cursor.lack('`or`', [edit('write `or`', 'or ', start, start)]);
        cursor.keyword('else');
        const fallback = blocks.fallback(true, nextEntry);
        found.push({ kind: 'or-else', span: closeAt(start), fallback });
      } else if (isWord(token, 'on') || (isWord(token, 'conflict') && !token.first)) {
        if (isWord(token, 'on')) cursor.advance();
        else cursor.lack('`on`', [edit('write `on`', 'on ', start, start)]);
        cursor.keyword('conflict');
        const missing = cursor.peek().first && nextEntry(cursor.index);
        const what = '`latest`, `salesforce`, `jira` or `hold`';
        const choice = missing ? lackName(what) : cursor.name(cursor.take(kind('word'), what));
        found.push({ kind: 'on-conflict', span: closeAt(start), choice });
      } else if (!junk(token)) return found;
    }
  }

  /** Something between the modifiers; what comes behind it may still be one. */
  function junk(token: Token): boolean {
    if (token.first || token.kind === 'end' || token.kind === '}' || nextEntry(cursor.index)) return false;
    cursor.unexpected(token);
    cursor.advance();
    while (
      !cursor.peek().first &&
      !look.kind(cursor.index, '{', '}') &&
      !look.modifier(cursor.index) &&
      !nextEntry(cursor.index)
    ) {
      cursor.advance();
    }
    return look.modifier(cursor.index) || look.kind(cursor.index, '{') || (cursor.surplus < 0 && textRow(cursor.index));
  }

  /** `"High" <-> "Highest"` among mappings: a row of a table whose brace is missing. */
  function textRow(index: number): boolean {
    const left = look.at(index);
    if (!isLiteral(left) || !arrowLike(look.at(index + 1))) return false;
    return left.kind !== 'text' || (isLiteral(look.at(index + 2)) && !left.text.includes('{'));
  }

  function inlineTable(start: number): ast.TableModifier {
    const leaves = (index: number): boolean =>
      look.at(index).first &&
      (leavesBlock(index) ||
        (cursor.surplus > 0 &&
          look.mapping(index) &&
          ((look.word(index) && !isLiteral(look.at(index))) || look.at(index).text.includes('{'))));
    const table = blocks.table({ start, end: start + 1 }, leaves);
    return { kind: 'inline-table', span: closeAt(start), table };
  }

  function length(): ast.NumberLiteral | ast.Missing {
    const other = wrongNumber(cursor, true);
    if (other !== undefined) return other;
    const token = cursor.take(kind('number'), 'a number');
    if (token === undefined) return cursor.missing();
    return { kind: 'number', span: cursor.spanOf(token), value: Number(token.text), raw: token.text };
  }

  return { fields, mapping };
}
