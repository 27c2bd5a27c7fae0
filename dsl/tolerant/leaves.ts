/** The small pieces of a broken text: literals, texts without quotes, paths, Jira fields, arrows. */
import type * as ast from '../ast.ts';
import * as leaf from '../leaves.ts';
import { type Cursor, kind, shorten } from './cursor.ts';
import { arrowLike, isLiteral, type Look } from './look.ts';
import { wrongNumber } from './numbers.ts';
import type { Token } from './scan.ts';

/** The scanner has said what is wrong inside a text. */
const silent = () => {};

export type Leaves = ReturnType<typeof createLeaves>;

export function createLeaves(cursor: Cursor, look: Look) {
  const { complain, edit, file } = cursor;

  const text = (token: Token): ast.Text => {
    const node = leaf.textLeaf(token.text, token.start, silent);
    return { ...node, span: { start: token.start, end: token.end } };
  };

  function template(token: Token): ast.Template {
    const { value, at } = leaf.readText(token.text, token.start, silent);
    return leaf.templateLeaf(value, { start: token.start, end: token.end }, at, problem => {
      const fixes =
        problem.code === 'lone-brace'
          ? [edit(`write \`${problem.brace}${problem.brace}\``, problem.brace, problem.span.start, problem.span.start)]
          : [];
      if (problem.code === 'lone-brace') complain(problem.span, 'lone-brace', { brace: problem.brace }, fixes);
      if (problem.code === 'bad-hole') complain(problem.span, 'bad-hole', { written: problem.written });
    });
  }

  function wordsEnd(from: number, stop: (index: number) => boolean): number {
    let to = from;
    while (['word', 'number', 'duration', 'date', 'wrong', '/', '.'].includes(look.at(to).kind)) {
      if (to > from && (look.at(to).first || stop(to))) break;
      to++;
    }
    return to;
  }

  /** Words where a text is due, up to where `stop` says that something else begins. */
  function unquoted(stop: (index: number) => boolean): ast.Text | undefined {
    const first = cursor.peek();
    if (first.kind !== 'word' || !cursor.reachable(first)) return undefined;
    const to = wordsEnd(cursor.index, stop);
    const end = look.at(to - 1).end;
    const value = file.text.slice(first.start, end);
    cursor.moveTo(to);
    const title = 'put it in quotes';
    const fix = edit(title, `"${value}"`, first.start, end);
    // The other side of a row has no message of its own, and is mended with this one.
    const other = look.at(to + 1);
    if (arrowLike(look.at(to)) && other.kind === 'word' && !other.first && !isLiteral(other)) {
      const otherEnd = look.at(wordsEnd(to + 1, index => look.kind(index, '}')) - 1).end;
      const quoted = `"${file.text.slice(other.start, otherEnd)}"`;
      const both = [...fix.edits, ...edit(title, quoted, other.start, otherEnd).edits];
      complain({ start: first.start, end }, 'unquoted', { written: shorten(value) }, [{ title, edits: both }]);
    } else complain({ start: first.start, end }, 'unquoted', { written: shorten(value) }, [fix]);
    return { kind: 'text', span: { start: first.start, end }, value };
  }

  function literalOf(token: Token): ast.Literal | ast.Missing {
    if (token.kind === 'text') return text(token);
    if (token.kind === 'word') return leaf.booleanLeaf(token.text, token.start);
    return leaf.digitsLeaf(token.text, token.start) ?? leaf.missing(token.start);
  }

  function literal(what: string, stop: (index: number) => boolean, opens = false): ast.Literal | ast.Missing {
    const number = wrongNumber(cursor, false);
    if (number !== undefined) return number;
    const found = cursor.accept(isLiteral);
    if (found !== undefined) return literalOf(found);
    const begins = cursor.peek();
    if (begins.kind === 'word' && (opens || !begins.first) && !stop(cursor.index)) {
      const meant = unquoted(stop);
      if (meant !== undefined) return meant;
    }
    const token = cursor.take(isLiteral, what);
    return token === undefined ? cursor.missing() : literalOf(token);
  }

  /** A text, with the words that were meant to be one taken for it. */
  function quoted(what: string, stop: (index: number) => boolean): ast.Text | ast.Missing {
    const found = cursor.accept(kind('text'));
    if (found !== undefined) return text(found);
    if (!cursor.peek().first && !stop(cursor.index)) {
      const meant = unquoted(stop);
      if (meant !== undefined) return meant;
    }
    const token = cursor.take(kind('text'), what);
    return token === undefined ? cursor.missing() : text(token);
  }

  /** A literal that stands alone, so that `10,000` is one number and no list. */
  const one = (stop: (index: number) => boolean): ast.Literal | ast.Missing =>
    wrongNumber(cursor, true) ?? literal('a value', stop);

  /** A value in a setting or a test. */
  function value(stop: (index: number) => boolean): ast.Value | ast.Missing {
    const empty = cursor.accept(token => token.kind === 'word' && token.text === 'empty');
    if (empty !== undefined) return { kind: 'empty', span: cursor.spanOf(empty) };
    const open = cursor.accept(kind('['));
    if (open === undefined) return one(stop);
    const values: (ast.Literal | ast.Missing)[] = [];
    const stopInside = (index: number) => stop(index) || look.kind(index, ',', ']');
    do {
      if (cursor.peek().first && look.assignment(cursor.index)) break;
      values.push(literal('a value', stopInside));
    } while (separated(kind(']'), isLiteral));
    close(open, ']');
    return { kind: 'list', span: { start: open.start, end: cursor.previousEnd() }, values };
  }

  /** A bracket over several lines without its end is told where it begins: the slip may be on any of them. */
  function close(open: Token, sign: ')' | ']'): void {
    if (cursor.accept(kind(sign)) !== undefined) return;
    const end = cursor.previousEnd();
    const inFront = look.kind(cursor.index + 1, sign) && !look.at(cursor.index + 1).first;
    if (inFront || look.at(cursor.index - 1).line === open.line) cursor.take(kind(sign), `\`${sign}\``);
    else complain(cursor.spanOf(open), 'not-closed', { sign }, [edit(`write \`${sign}\``, sign, end, end)]);
  }

  /** Where a comma was missed last, so that a piece that is not read does not ask again. */
  let separatedAt = -1;

  /** Is there another one? A comma that is missing between two, or stands before the end, is said. */
  function separated(closes: (token: Token) => boolean, next: (token: Token) => boolean): boolean {
    const comma = cursor.accept(kind(','));
    const token = cursor.peek();
    if (comma !== undefined) {
      if (!closes(token)) return true;
      complain(cursor.spanOf(comma), 'comma-too-many', {}, [edit('take it away', '', comma.start, comma.end)]);
      return false;
    }
    if (!next(token) || token.first || cursor.index === separatedAt) return false;
    separatedAt = cursor.index;
    complain(cursor.spanOf(token), 'missing', { what: 'a comma', found: shorten(token.text) }, [
      edit('write a comma', ',', cursor.previousEnd(), cursor.previousEnd()),
    ]);
    return true;
  }

  function path(what: string): ast.Path | ast.Missing {
    const first = cursor.take(kind('word'), what);
    if (first === undefined) return cursor.missing();
    const segments = [cursor.name(first) as ast.Name];
    while (cursor.accept(kind('.')) !== undefined) {
      const next = cursor.peek();
      const other = look.isName(cursor.index) || look.declaration(cursor.index) || look.clause(cursor.index);
      const missing = next.kind !== 'word' || (next.first && other);
      const token = missing ? undefined : cursor.accept(kind('word'));
      if (token === undefined) {
        cursor.lack('a field after the dot');
        break;
      }
      segments.push(cursor.name(token) as ast.Name);
    }
    return { kind: 'path', span: { start: first.start, end: cursor.previousEnd() }, segments };
  }

  function jiraField(begins: (index: number) => boolean): ast.JiraField | ast.Missing {
    if (begins(cursor.index)) {
      cursor.lack('a Jira field');
      return cursor.missing();
    }
    const token = cursor.take(kind('word', 'text'), 'a Jira field');
    if (token === undefined) return cursor.missing();
    const span = cursor.spanOf(token);
    if (token.kind === 'text') {
      const { value, unclosed } = text(token);
      return { kind: 'jira-field', span, name: value, ...(unclosed && { unclosed }) };
    }
    const name = cursor.name(token);
    return name.kind === 'missing' ? name : { kind: 'jira-field', span, name: name.text };
  }

  const ARROWS = { '->': 'Salesforce owns', '<-': 'Jira owns', '<->': 'both own' } as const;
  /** It joins two sides, and does not say which of them owns. */
  const DASH = /^[-‐-―−~|]+$/;

  const isSide = kind('word', 'text');

  /** An arrow, or the one that a sign between two sides resembles. */
  function arrow(): ast.ArrowNode | ast.Missing {
    const token = cursor.peek();
    if (token.kind === 'arrow' && cursor.reachable(token)) {
      cursor.advance();
      return { kind: 'arrow', span: cursor.spanOf(token), arrow: token.text as ast.Arrow };
    }
    const resembles = token.kind === 'slip' || (token.kind === '=' && !arrowLike(cursor.peek(1)));
    if (resembles && cursor.reachable(token) && !arrowLike(cursor.peek(1))) {
      const back = /^[<←⇐⟵↔⇔⟷]/.test(token.text);
      const forth = /[>→⇒⟶➔↔⇔⟷]$/.test(token.text) || ['=', '==', ':'].includes(token.text);
      const meant: ast.Arrow = back ? (forth ? '<->' : '<-') : '->';
      cursor.advance();
      complain(cursor.spanOf(token), 'not-an-arrow', { written: token.text, meant }, [
        edit(`write \`${meant}\``, meant, token.start, token.end),
      ]);
      return { kind: 'arrow', span: cursor.spanOf(token), arrow: meant };
    }
    const next = cursor.peek(1);
    if (!token.first && token.kind !== 'end' && !next.first && arrowLike(next)) {
      cursor.drop();
      return arrow();
    }
    if (DASH.test(token.text) && !token.first && cursor.reachable(token) && !next.first && isSide(next)) {
      cursor.advance();
      const fixes = Object.entries(ARROWS).map(([sign, owner]) =>
        edit(`write \`${sign}\`: ${owner}`, sign, token.start, token.end),
      );
      complain(cursor.spanOf(token), 'not-an-arrow', { written: token.text, meant: undefined }, fixes);
      return cursor.missing();
    }
    const at = cursor.previousEnd();
    const joined = token.start === at;
    const fixes = Object.entries(ARROWS).map(([sign, owner]) =>
      edit(`write \`${sign}\`: ${owner}`, joined ? ` ${sign} ` : ` ${sign}`, at, at),
    );
    const here = !token.first && ['word', 'text', 'number'].includes(token.kind);
    cursor.lack('an arrow', here ? fixes : []);
    return cursor.missing();
  }

  return { text, template, literal, one, quoted, value, close, separated, path, jiraField, arrow, unquoted };
}
