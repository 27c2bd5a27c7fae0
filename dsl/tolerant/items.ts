/** Items of a broken text: clauses in any order, also misspelt ones and blocks without a head. */
import type * as ast from '../ast.ts';
import { nearest } from '../nearest.ts';
import type { Span } from '../source.ts';
import type { BlockReader, Blocks } from './blocks.ts';
import type { createConditions } from './conditions.ts';
import { type Cursor, isWord, kind } from './cursor.ts';
import type { Leaves } from './leaves.ts';
import type { Look } from './look.ts';
import { createMappings } from './mappings.ts';
import type { Token } from './scan.ts';
import { createSettings } from './settings.ts';

const CLAUSES = [
  ...['salesforce', 'where', 'jira', 'sync', 'create', 'fields', 'new', 'status', 'when', 'otherwise'],
  ...['comments', 'attachments', 'associations', 'show'],
] as const satisfies readonly string[];
type ClauseWord = (typeof CLAUSES)[number];
/** What other languages say, and what it is here. */
const BORROWED: Readonly<Record<string, ClauseWord>> = { if: 'when', else: 'otherwise', elseif: 'when' };

export function createItems(
  cursor: Cursor,
  look: Look,
  leaves: Leaves,
  blocks: Blocks,
  conditions: ReturnType<typeof createConditions>,
) {
  const { complain, edit } = cursor;
  const { leavesBlock, nextLine, rowsBehind } = blocks;
  const { fields, mapping } = createMappings(cursor, look, leaves, blocks);
  const { newIssueBlock, equals } = createSettings(cursor, look, leaves, blocks);
  const closeAt = (start: number): Span => ({ start, end: Math.max(start, cursor.previousEnd()) });

  // ── the item ────────────────────────────────────────────────────────────────────────────────

  function item(): ast.Item {
    const start = cursor.peek().start;
    if (look.word(cursor.index, 'item')) cursor.advance();
    const id =
      cursor.peek().kind === 'text' || look.declaration(cursor.index)
        ? lackName('an id')
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

  function lackName(what: string): ast.Missing {
    cursor.lack(what);
    return cursor.missing();
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
      const table = blocks.table(closeAt(start), leavesBlock);
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

  // ── clauses ─────────────────────────────────────────────────────────────────────────────────

  /** Does a clause or a declaration begin where an operand is due? */
  const begins = (index: number): boolean => look.at(index).first && (look.clause(index) || look.declaration(index));
  function operand(what: string): ast.Name | ast.Missing {
    return begins(cursor.index) ? lackName(what) : cursor.name(cursor.take(kind('word'), what));
  }

  const readers: Readonly<Record<ClauseWord, (start: number) => readonly ast.Clause[]>> = {
    salesforce: start => {
      const object = operand('the object, such as `Case`');
      return [{ kind: 'salesforce', span: closeAt(start), object }];
    },
    where: start => {
      const condition = begins(cursor.index) ? lackName('a condition') : conditions.condition();
      return [{ kind: 'where', span: closeAt(start), condition }];
    },
    jira: start => [jira(start)],
    sync: start => {
      const mode = hyphenated(operand('`display-only`, `one-way`, `two-way` or `custom`'));
      return [{ kind: 'sync', span: closeAt(start), mode }];
    },
    create: start => {
      const records = look.word(cursor.index, 'since')
        ? lackName('`matching` or `all`')
        : operand('`off`, `matching` or `all`');
      if (cursor.accept(token => isWord(token, 'since')) === undefined && !isDateHere()) {
        return [{ kind: 'create', span: closeAt(start), records }];
      }
      const previous = look.word(cursor.index - 1, 'since');
      if (!previous)
        cursor.lack('`since`', [edit('write `since`', ' since', cursor.previousEnd(), cursor.previousEnd())]);
      const date = cursor.take(kind('date'), 'a date, such as `2026-01-31`');
      const since =
        date === undefined ? cursor.missing() : { kind: 'date' as const, span: cursor.spanOf(date), value: date.text };
      return [{ kind: 'create', span: closeAt(start), records, since }];
    },
    fields: start => [fields(start)],
    new: start => {
      cursor.keyword('issue');
      return [newIssueBlock(start)];
    },
    status: start => [status(start)],
    when: start => {
      const condition = begins(cursor.index) ? lackName('a condition') : conditions.condition();
      dropThen();
      const target = moveTo('`move to`', { start, end: start + 'when'.length });
      return [{ kind: 'rule', span: closeAt(start), condition, target }];
    },
    otherwise: start => {
      dropThen();
      const leave = cursor.accept(token => isWord(token, 'leave'));
      const target: ast.OtherwiseClause['target'] =
        leave === undefined ? moveTo('`move to` or `leave`') : { kind: 'leave', span: cursor.spanOf(leave) };
      return [{ kind: 'otherwise', span: closeAt(start), target }];
    },
    comments: start => [comments(start)],
    attachments: start => [
      { kind: 'switch', feature: 'attachments', state: operand('`on` or `off`'), span: closeAt(start) },
    ],
    associations: start => [
      { kind: 'switch', feature: 'associations', state: operand('`on` or `off`'), span: closeAt(start) },
    ],
    show: start => {
      const paths: (ast.Path | ast.Missing)[] = [];
      do {
        if (begins(cursor.index)) {
          const comma = look.at(cursor.index - 1);
          if (comma.kind === ',')
            complain(cursor.spanOf(comma), 'comma-too-many', {}, [edit('take it away', '', comma.start, comma.end)]);
          else cursor.lack('a field');
          if (paths.length === 0) paths.push(cursor.missing());
          break;
        }
        paths.push(leaves.path('a field'));
      } while (leaves.separated(kind('}'), token => token.kind === 'word' && !look.clause(cursor.index)));
      return [{ kind: 'show', span: closeAt(start), paths }];
    },
  };

  const isDateHere = (): boolean => cursor.peek().kind === 'date' && !cursor.peek().first;

  /** `two way` for `two-way`. */
  function hyphenated(mode: ast.Name | ast.Missing): ast.Name | ast.Missing {
    const next = cursor.peek();
    if (mode.kind === 'missing' || next.kind !== 'word' || next.first || look.clause(cursor.index)) return mode;
    const meant = `${mode.text}-${next.text}`.toLowerCase();
    if (!['two-way', 'one-way', 'display-only'].includes(meant)) return mode;
    const span = { start: mode.span.start, end: next.end };
    cursor.advance();
    complain(span, 'misspelt', { written: `${mode.text} ${next.text}`, meant }, [
      edit(`write \`${meant}\``, meant, span.start, span.end),
    ]);
    return { kind: 'name', span, text: meant };
  }

  function jira(start: number): ast.JiraClause {
    const projects = [operand('a project')];
    if (cursor.accept(kind('/')) !== undefined) {
      const issueType = leaves.quoted(
        'an issue type, in quotes',
        index => look.at(index).first || look.clause(index) || look.kind(index, '}'),
      );
      return { kind: 'jira', span: closeAt(start), projects, issueType };
    }
    if (cursor.peek().kind === 'text' && !cursor.peek().first) {
      cursor.lack('`/`', [edit('write `/`', ' /', cursor.previousEnd(), cursor.previousEnd())]);
      const issueType = leaves.quoted('an issue type', () => false);
      return { kind: 'jira', span: closeAt(start), projects, issueType };
    }
    while (leaves.separated(kind('}'), token => token.kind === 'word' && !look.clause(cursor.index))) {
      projects.push(operand('a project'));
    }
    return { kind: 'jira', span: closeAt(start), projects };
  }

  function status(start: number): ast.StatusClause {
    const field = look.kind(cursor.index, '{')
      ? lackName('the field of the status')
      : operand('the field of the status');
    if (cursor.accept(token => isWord(token, 'by')) !== undefined) {
      const rows = cursor.surplus < 0 && cursor.peek().first && look.row(cursor.index);
      if (!rows) return { kind: 'status', span: closeAt(start), field, by: operand('the name of a table') };
    }
    const head = closeAt(start);
    const stray = look.kind(cursor.index + 1, '{') && !cursor.peek().first && !look.at(cursor.index + 1).first;
    if (stray && look.content(cursor.index + 2) === 'table') cursor.drop();
    const next = cursor.peek();
    const opens = next.kind === '{' && (cursor.surplus <= 0 || rowsBehind(cursor.index));
    const rowsFollow = cursor.surplus < 0 && (look.row(cursor.index) || look.row(nextLine(cursor.index)));
    if (!opens && !rowsFollow) return { kind: 'status', span: head, field };
    const table = blocks.table(head, leavesBlock);
    return { kind: 'status', span: closeAt(start), field, table };
  }
  function dropThen(): void {
    const then = cursor.peek();
    if (!isWord(then, 'then') || then.first) return;
    complain(cursor.spanOf(then), 'unexpected', { written: then.text }, [
      edit('take it away', '', cursor.previousEnd(), then.end),
    ]);
    cursor.advance();
  }

  /** What a rule of many lines lacks is told at its head. */
  function moveTo(what: string, head?: Span): ast.Text | ast.Missing {
    const stop = (index: number) => look.at(index).first || look.kind(index, '}') || look.clause(index);
    const found = cursor.accept(token => isWord(token, 'move'));
    if (found === undefined) {
      const last = look.lastOfLine(cursor.index);
      const index = look.next.move(cursor.index);
      if (index <= last && !cursor.peek().first && look.word(index, 'move')) {
        if (index > cursor.index) cursor.unexpected(cursor.peek());
        cursor.moveTo(index + 1);
      } else if (look.word(cursor.index, 'to') && !cursor.peek().first) cursor.lack('`move`');
      else if (cursor.peek().kind === 'word' && !cursor.peek().first && look.word(cursor.index + 1, 'to')) {
        cursor.misspelt(cursor.peek(), 'move');
        cursor.advance();
      } else if (head !== undefined && cursor.isOver(head)) complain(head, 'missing', { what });
      else cursor.lack(what);
    }
    if (cursor.accept(token => isWord(token, 'to')) === undefined) {
      if (cursor.peek().kind === 'text' || !look.word(cursor.index + 1, 'to')) {
        if (!cursor.complained) cursor.lack('`to`');
      } else cursor.keyword('to');
    }
    return leaves.quoted('a status, in quotes', stop);
  }

  function comments(start: number): ast.CommentsClause {
    const state = operand('`on` or `off`');
    const options: ast.Name[] = [];
    while (leaves.separated(kind('}'), token => isWord(token, 'internal', 'published'))) {
      if (begins(cursor.index)) {
        cursor.lack('`internal too` or `published`');
        break;
      }
      const option = cursor.name(cursor.take(kind('word'), '`internal too` or `published`'));
      if (option.kind === 'missing') break;
      options.push(option);
      if (option.text === 'internal') cursor.keyword('too');
      else if (look.word(cursor.index, 'too') && !cursor.peek().first) {
        cursor.unexpected(cursor.peek());
        cursor.advance();
      }
    }
    return { kind: 'comments', span: closeAt(start), state, options };
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
