/** Conditions of a broken text: what people write for `is`, `and` and `or`, and what they leave out. */
import type * as ast from '../ast.ts';
import { MAX_DEPTH } from '../limits.ts';
import { type Cursor, isWord, kind } from './cursor.ts';
import type { Leaves } from './leaves.ts';
import { isLiteral, type Look } from './look.ts';

const COMPARISONS: Readonly<Record<string, { readonly meant: string; readonly kind: ast.Comparison }>> = {
  '=': { meant: 'is', kind: 'is' },
  '==': { meant: 'is', kind: 'is' },
  ':': { meant: 'is', kind: 'is' },
  equals: { meant: 'is', kind: 'is' },
  '!=': { meant: 'is not', kind: 'is-not' },
  '<>': { meant: 'is not', kind: 'is-not' },
  '>=': { meant: 'is at least', kind: 'is-at-least' },
  '=>': { meant: 'is at least', kind: 'is-at-least' },
  '<=': { meant: 'is at most', kind: 'is-at-most' },
  '>': { meant: 'is after', kind: 'is-after' },
  '<': { meant: 'is before', kind: 'is-before' },
};
/** A number is never after another one: the nearest that the language has takes the bound in, which is for a person to judge. */
const OF_NUMBERS: typeof COMPARISONS = { '>': COMPARISONS['>=']!, '<': COMPARISONS['<=']! };
/** The next whole number beyond the bound: the same for fields that hold whole numbers. */
const BEYOND: Readonly<Record<string, (bound: number) => number>> = {
  '>': bound => Math.floor(bound) + 1,
  '<': bound => Math.ceil(bound) - 1,
};
const JOINS: Readonly<Record<string, 'and' | 'or'>> = { '&&': 'and', '||': 'or' };

export function createConditions(cursor: Cursor, look: Look, leaves: Leaves) {
  const { complain, edit } = cursor;

  /** What ends a text without quotes inside a condition. */
  const stop = (index: number): boolean =>
    look.word(index, 'and', 'or', 'move', 'then') || look.kind(index, ',', ')', '}', '{') || look.clause(index);

  function condition(depth = 0): ast.Condition {
    const start = cursor.peek().start;
    const of: ast.Condition[] = [];
    let several = false;
    do {
      const from = cursor.peek().start;
      const parts: ast.Condition[] = [];
      do parts.push(negation(depth));
      while (joined('and'));
      several ||= parts.length > 1;
      of.push(
        parts.length === 1 ? parts[0]! : { kind: 'all', span: { start: from, end: cursor.previousEnd() }, of: parts },
      );
    } while (joined('or'));
    if (of.length === 1) return of[0]!;
    const span = cursor.closeAt(start);
    return several ? { kind: 'any', span, of, mixed: true } : { kind: 'any', span, of };
  }

  /** Consumes `and` or `or`, or what stands for it. A conjunction that is left out counts as `and`. */
  function joined(word: 'and' | 'or'): boolean {
    const token = cursor.peek();
    if (!cursor.reachable(token)) return false;
    if (isWord(token, word)) {
      cursor.advance();
      return true;
    }
    const slip = token.kind === 'slip' ? JOINS[token.text] : undefined;
    const capitals = token.kind === 'word' && token.text !== word && token.text.toLowerCase() === word;
    if (slip === word || capitals) {
      complain(cursor.spanOf(token), 'wrong-word', { written: token.text, meant: word }, [
        edit(`write \`${word}\``, word, token.start, token.end),
      ]);
      cursor.advance();
      return true;
    }
    const leftOut =
      word === 'and' &&
      token.kind === 'word' &&
      !token.first &&
      look.word(look.pathEnd(cursor.index), 'is', 'contains', 'starts') &&
      !look.word(cursor.index, 'or', 'and', 'move');
    if (leftOut) {
      complain(cursor.spanOf(token), 'missing', { what: '`and` or `or`', found: token.text }, [
        edit('write `and`', ' and', cursor.previousEnd(), cursor.previousEnd()),
        edit('write `or`', ' or', cursor.previousEnd(), cursor.previousEnd()),
      ]);
    }
    return leftOut;
  }

  function negation(depth: number): ast.Condition {
    const start = cursor.peek().start;
    if (depth > MAX_DEPTH) {
      complain(cursor.spanOf(cursor.peek()), 'nested-too-deep', {});
      cursor.skipLine();
      return cursor.missing();
    }
    if (cursor.accept(token => isWord(token, 'not')) !== undefined) {
      const of = negation(depth + 1);
      return { kind: 'not', span: cursor.closeAt(start), of };
    }
    const open = cursor.accept(kind('('));
    if (open !== undefined) {
      const inner = condition(depth + 1);
      leaves.close(open, ')');
      return inner;
    }
    return comparison();
  }

  function comparison(): ast.Condition {
    const token = cursor.peek();
    const start = token.start;
    const isOperator =
      look.word(cursor.index, 'is') && !look.word(cursor.index + 1, 'is') && !look.kind(cursor.index + 1, '.');
    const begins = token.first && (look.clause(cursor.index) || look.declaration(cursor.index));
    let path: ast.Path | ast.Missing;
    if (isOperator || begins || look.word(cursor.index, 'and', 'or', 'move')) {
      cursor.lack('a field');
      path = cursor.missing();
    } else path = leaves.path('a field');
    if (path.kind === 'missing' && !isOperator) return path;
    return predicate(start, path);
  }

  const value = () => leaves.one(stop);

  function predicate(start: number, path: ast.Path | ast.Missing): ast.Condition {
    const close = () => cursor.closeAt(start);
    const compare = (comparison: ast.Comparison, value: ast.Literal | ast.Missing): ast.Condition => ({
      kind: 'compare',
      span: close(),
      path,
      comparison,
      value,
    });
    const token = cursor.peek();
    if (cursor.reachable(token)) {
      if (isWord(token, 'contains')) {
        cursor.advance();
        return compare('contains', leaves.quoted('a text', stop));
      }
      if (isWord(token, 'starts')) {
        cursor.advance();
        cursor.keyword('with');
        return compare('starts-with', leaves.quoted('a text', stop));
      }
      const slip = (cursor.peek(1).kind === 'number' && OF_NUMBERS[token.text]) || COMPARISONS[token.text];
      if (slip !== undefined && token.kind !== 'text') {
        cursor.advance();
        const words = spaced(token.start, token.end, slip.meant);
        const beyond = OF_NUMBERS[token.text] === slip ? BEYOND[token.text]!(Number(cursor.peek().text)) : undefined;
        const fixes = [edit(`write \`${slip.meant}\``, words, token.start, token.end)];
        if (beyond !== undefined) {
          const whole = `${words.trimEnd()} ${beyond}`;
          const title = `write \`${slip.meant} ${beyond}\`: the same for whole numbers`;
          fixes.push(edit(title, whole, token.start, cursor.peek().end));
        }
        complain(cursor.spanOf(token), 'wrong-word', { written: token.text, meant: slip.meant }, fixes);
        return compare(slip.kind, value());
      }
      if (isWord(token, 'does') && look.word(cursor.index + 1, 'not') && look.word(cursor.index + 2, 'equal')) {
        const last = cursor.peek(2);
        complain({ start: token.start, end: last.end }, 'wrong-word', { written: 'does not equal', meant: 'is not' }, [
          edit('write `is not`', 'is not', token.start, last.end),
        ]);
        cursor.moveTo(cursor.index + 3);
        return compare('is-not', value());
      }
    }
    const implied =
      cursor.reachable(token) &&
      !token.first &&
      (isLiteral(token) || isWord(token, 'not', 'empty', 'one', 'at', 'before', 'after'));
    if (implied) cursor.lack('`is`', [edit('write `is`', ' is', cursor.previousEnd(), cursor.previousEnd())]);
    else if (cursor.take(next => isWord(next, 'is'), '`is`, `contains` or `starts with`') === undefined) {
      return compare('is', cursor.missing());
    }
    return afterIs(compare, path, close);
  }

  function afterIs(
    compare: (comparison: ast.Comparison, value: ast.Literal | ast.Missing) => ast.Condition,
    path: ast.Path | ast.Missing,
    close: () => { start: number; end: number },
  ): ast.Condition {
    const negated = cursor.accept(next => isWord(next, 'not')) !== undefined;
    const token = cursor.peek();
    const one = isWord(token, 'one') || (isWord(token, 'of') && !token.first);
    if (cursor.reachable(token)) {
      if (isWord(token, 'empty')) {
        cursor.advance();
        return { kind: 'is-empty', span: close(), path, negated };
      }
      if (one) {
        cursor.keyword('one');
        cursor.keyword('of');
        const values = list();
        return { kind: 'one-of', span: close(), path, negated, values };
      }
      if (isWord(token, 'at') && !negated) {
        cursor.advance();
        const most = cursor.accept(next => isWord(next, 'most')) !== undefined;
        if (!most) cursor.keyword('least');
        return compare(most ? 'is-at-most' : 'is-at-least', value());
      }
      if (isWord(token, 'least', 'most') && !token.first) {
        cursor.lack('`at`', [edit('write `at`', ' at', cursor.previousEnd(), cursor.previousEnd())]);
        cursor.advance();
        return compare(token.text === 'most' ? 'is-at-most' : 'is-at-least', value());
      }
      if (isWord(token, 'before', 'after') && !negated) {
        cursor.advance();
        return compare(token.text === 'before' ? 'is-before' : 'is-after', value());
      }
    }
    const first = value();
    return alternatives(first) ?? compare(negated ? 'is-not' : 'is', first);

    /** `is "a" or "b"`: the list that was meant. */
    function alternatives(first: ast.Literal | ast.Missing): ast.Condition | undefined {
      const start = cursor.index;
      const values = [first];
      while (isWord(cursor.peek(), 'or') || cursor.peek().kind === ',') {
        if (!isLiteral(cursor.peek(1))) break;
        cursor.advance();
        values.push(leaves.literal('a value', stop));
      }
      if (values.length === 1) return undefined;
      const separators = look.at(start);
      const texts = values.map(value => cursor.file.text.slice(value.span.start, value.span.end)).join(', ');
      complain(cursor.spanOf(separators), 'alternatives', { written: separators.text }, [
        edit('write `one of`', `one of ${texts}`, first.span.start, cursor.previousEnd()),
      ]);
      return { kind: 'one-of', span: close(), path, negated, values };
    }
  }

  function list(): readonly (ast.Literal | ast.Missing)[] {
    const values: (ast.Literal | ast.Missing)[] = [];
    do {
      values.push(leaves.literal('a value', stop));
      const or = cursor.peek();
      if (isWord(or, 'or') && isLiteral(cursor.peek(1)) && cursor.reachable(or)) {
        complain(cursor.spanOf(or), 'alternatives', { written: 'or' }, [
          edit('write a comma', ',', cursor.previousEnd(), or.end),
        ]);
        cursor.advance();
        values.push(leaves.literal('a value', stop));
      }
    } while (leaves.separated(() => false, isLiteral));
    return values;
  }

  function spaced(start: number, end: number, word: string): string {
    const before = /\s/.test(cursor.file.text[start - 1] ?? ' ') ? '' : ' ';
    const after = /\s/.test(cursor.file.text[end] ?? ' ') ? '' : ' ';
    return `${before}${word}${after}`;
  }

  return { condition, stop };
}
