/** The clauses of a broken item, behind the word that each begins with. */
import type * as ast from '../ast.ts';
import type { Span } from '../source.ts';
import type { Blocks } from './blocks.ts';
import type { createConditions } from './conditions.ts';
import { type Cursor, isWord, kind } from './cursor.ts';
import type { Leaves } from './leaves.ts';
import type { Look } from './look.ts';
import type { Mappings } from './mappings.ts';
import type { Settings } from './settings.ts';

export const CLAUSES = [
  ...['salesforce', 'where', 'jira', 'sync', 'create', 'fields', 'new', 'status', 'when', 'otherwise'],
  ...['comments', 'attachments', 'associations', 'show'],
] as const satisfies readonly string[];
export type ClauseWord = (typeof CLAUSES)[number];

export type Clauses = Readonly<Record<ClauseWord, (start: number) => readonly ast.Clause[]>>;

/** What people put between a project and an issue type. */
const SEPARATORS: ReadonlySet<string> = new Set([',', ':', '-', '–', '—', '|', '\\', '>', '->', '.', ';']);
const isIssueType = kind('text');

export function createClauses(
  cursor: Cursor,
  look: Look,
  leaves: Leaves,
  blocks: Blocks,
  conditions: ReturnType<typeof createConditions>,
  { fields }: Mappings,
  { newIssueBlock }: Settings,
): Clauses {
  const { closeAt, complain, edit, lackName } = cursor;
  const { leavesBlock, nextLine, rowsBehind } = blocks;

  /** Does a clause or a declaration begin where an operand is due? */
  const begins = (index: number): boolean => look.at(index).first && (look.clause(index) || look.declaration(index));
  function operand(what: string): ast.Name | ast.Missing {
    return begins(cursor.index) ? lackName(what) : cursor.name(cursor.take(kind('word'), what));
  }

  const clauses: Clauses = {
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
    const sign = cursor.peek();
    if (SEPARATORS.has(sign.text) && cursor.reachable(sign) && !sign.first && isIssueType(cursor.peek(1))) {
      complain(cursor.spanOf(sign), 'wrong-word', { written: sign.text, meant: '/' }, [
        edit('write `/`', sign.start === cursor.previousEnd() ? ' /' : '/', sign.start, sign.end),
      ]);
      cursor.advance();
      const issueType = leaves.quoted('an issue type', () => false);
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

  return clauses;
}
