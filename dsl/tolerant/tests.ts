/** Tests of a broken text: steps with their times, changes and expectations. */
import type * as ast from '../ast.ts';
import * as leaf from '../leaves.ts';
import type { BlockReader, Blocks } from './blocks.ts';
import { type Cursor, isWord, kind, shorten } from './cursor.ts';
import type { Leaves } from './leaves.ts';
import type { Look } from './look.ts';

export function createTests(cursor: Cursor, look: Look, leaves: Leaves, blocks: Blocks, equals: () => void) {
  const { closeAt, complain, edit } = cursor;

  function test(): ast.Test {
    const start = cursor.peek().start;
    if (look.word(cursor.index, 'test')) cursor.advance();
    const title = leaves.quoted(
      'the name of the test, in quotes',
      index => look.word(index, 'for') || look.kind(index, '{'),
    );
    cursor.keyword('for');
    const item = cursor.name(cursor.take(kind('word'), 'the id of an item'));
    const head = closeAt(start);
    const steps: ast.Step[] = [];
    const reader: BlockReader = {
      begins: look.step,
      leaves: () => false,
      outermost: true,
      entry: () => step(steps),
    };
    blocks.open(reader);
    const closed = blocks.read(head, reader);
    return { kind: 'test', span: closeAt(start), name: title, item, steps, closed };
  }

  function step(into: ast.Step[]): void {
    const { start } = cursor.peek();
    const at = time();
    const when = at === undefined ? {} : { at };
    const token = cursor.peek();
    const behindSlip = token.first && cursor.isClaimed(look.at(cursor.index - 1).line);
    if (at !== undefined && behindSlip) return;
    if (at === undefined && token.first && look.assignment(cursor.index)) {
      goOn(into, behindSlip);
      return;
    }
    if (
      !look.isName(cursor.index) &&
      cursor.reachable(token) &&
      !(at !== undefined && token.first && look.word(cursor.index, 'at'))
    ) {
      if (isWord(token, 'salesforce', 'jira')) {
        cursor.advance();
        const side = token.text as ast.Side;
        into.push({ kind: 'change', ...when, side, assignments: assignments(side), span: closeAt(start) });
        return;
      }
      if (isWord(token, 'cycle')) {
        cursor.advance();
        into.push({ kind: 'cycle', span: closeAt(start), ...when });
        return;
      }
      if (isWord(token, 'expect')) {
        cursor.advance();
        into.push({ kind: 'expect', ...when, expectations: expectations(), span: closeAt(start) });
        return;
      }
    }
    if (look.assignment(cursor.index) && !token.first) {
      cursor.lack('`expect`, `salesforce` or `jira`');
      into.push({ kind: 'expect', ...when, expectations: expectations(), span: closeAt(start) });
      return;
    }
    const near = token.kind === 'word' && !token.first && at !== undefined ? look.at(cursor.index + 1) : undefined;
    if (near !== undefined && !near.first && look.step(cursor.index + 1)) {
      cursor.unexpected(token);
      cursor.advance();
      const steps: ast.Step[] = [];
      step(steps);
      const [only] = steps;
      if (only !== undefined) into.push({ ...only, ...when });
      return;
    }
    if (token.kind === 'word' && !look.isName(cursor.index) && at === undefined) {
      complain(cursor.spanOf(token), 'unknown-step', { written: token.text });
      cursor.advance();
    } else if (at === undefined) {
      cursor.unexpected(token);
      cursor.advance();
    } else cursor.lack('`cycle`, `expect`, `salesforce` or `jira`');
    cursor.skipLine();
  }

  /** A line of assignments alone: the list of the last step goes on behind a line that broke it off, or lacks its comma. */
  function goOn(into: ast.Step[], behindSlip: boolean): void {
    const last = into.at(-1);
    const { start, text } = cursor.peek();
    if (last === undefined || last.kind === 'cycle') {
      if (!behindSlip) cursor.lack('`salesforce`, `jira` or `expect`');
      into.push({ kind: 'change', side: 'salesforce', assignments: assignments('salesforce'), span: closeAt(start) });
      return;
    }
    if (!behindSlip) {
      const end = cursor.previousEnd();
      const fixes = [edit('write a comma', ',', end, end)];
      complain({ start: end - 1, end }, 'missing', { what: 'a comma', found: shorten(text) }, fixes);
      cursor.beginEntry();
    }
    into[into.length - 1] =
      last.kind === 'change'
        ? { ...last, assignments: [...last.assignments, ...assignments(last.side)], span: closeAt(last.span.start) }
        : { ...last, expectations: [...last.expectations, ...expectations()], span: closeAt(last.span.start) };
  }

  /** `at 5m`, also without `at`, or with a blank in the duration. */
  function time(): ast.Duration | ast.Missing | undefined {
    const token = cursor.peek();
    if (token.kind === 'duration') {
      complain(cursor.spanOf(token), 'missing', { what: '`at`', found: token.text }, [
        edit('write `at`', 'at ', token.start, token.start),
      ]);
      cursor.advance();
      return leaf.durationLeaf(token.text, token.start);
    }
    if (!isWord(token, 'at') || look.isName(cursor.index)) return undefined;
    cursor.advance();
    const amount = cursor.peek();
    const unit = cursor.peek(1);
    if (amount.kind === 'number' && isWord(unit) && /^(?:s|m|h|d)/i.test(unit.text) && !look.step(cursor.index + 1)) {
      const raw = `${amount.text}${unit.text[0]!.toLowerCase()}`;
      complain(
        { start: amount.start, end: unit.end },
        'wrong-digits',
        { written: `${amount.text} ${unit.text}`, kind: 'duration', zone: false },
        [edit(`write \`${raw}\``, raw, amount.start, unit.end)],
      );
      cursor.moveTo(cursor.index + 2);
      return { ...leaf.durationLeaf(raw, amount.start), span: { start: amount.start, end: unit.end } };
    }
    if (amount.kind === 'wrong') {
      cursor.advance();
      return leaf.missing(amount.start);
    }
    const found = cursor.take(kind('duration'), 'a duration, such as `5m`');
    return found === undefined ? cursor.missing() : leaf.durationLeaf(found.text, found.start);
  }

  const isOperand = (token: { kind: string }): boolean => token.kind === 'word' || token.kind === 'text';
  /** Does the next step begin where an operand is due? */
  const begins = (): boolean => cursor.peek().first && (look.step(cursor.index) || look.declaration(cursor.index));
  const stop = (index: number): boolean =>
    look.at(index).first || look.kind(index, ',', '}', ']') || look.step(index) || look.assignment(index);

  function lackAfterComma(what: string): void {
    const comma = look.at(cursor.index - 1);
    if (comma.kind !== ',') cursor.lack(what);
    else complain(cursor.spanOf(comma), 'comma-too-many', {}, [edit('take it away', '', comma.start, comma.end)]);
  }

  function assignment(side: ast.Side): ast.Assignment {
    const { start, kind: first } = cursor.peek();
    let field: ast.Assignment['field'];
    if (first === '=') {
      cursor.lack('a field');
      field = cursor.missing();
    } else if (first === 'text') {
      const token = cursor.peek();
      cursor.advance();
      const text = leaves.text(token);
      field = side === 'salesforce' ? leaf.pathOfText(text) : { kind: 'jira-field', span: text.span, name: text.value };
    } else {
      const path = leaves.path('a field');
      field = path.kind === 'missing' || side === 'salesforce' ? path : leaf.jiraFieldOfPath(path);
    }
    equals();
    if (begins()) cursor.lack('a value');
    const value = begins() ? cursor.missing() : leaves.value(stop);
    return { kind: 'assignment', span: closeAt(start), field, value };
  }

  function assignments(side: ast.Side): readonly ast.Assignment[] {
    const found: ast.Assignment[] = [];
    do {
      if (begins()) {
        lackAfterComma('a field');
        break;
      }
      found.push(assignment(side));
    } while (leaves.separated(kind('}'), next => isOperand(next) && !look.step(cursor.index)));
    return found;
  }

  function expectations(): readonly ast.Expectation[] {
    const found: ast.Expectation[] = [];
    let side: ast.Side = 'jira';
    do {
      if (begins()) {
        lackAfterComma('an expectation');
        break;
      }
      const expectation = expect(side);
      if (expectation === undefined) break;
      if (expectation.kind === 'expect-value') side = expectation.side;
      found.push(expectation);
    } while (leaves.separated(kind('}'), token => isOperand(token) && !look.step(cursor.index)));
    return found;
  }

  function expect(current: ast.Side): ast.Expectation | undefined {
    const token = cursor.peek();
    const { start } = token;
    if (!look.isName(cursor.index)) {
      if (isWord(token, 'not') || isWord(token, 'created')) {
        const negated = cursor.accept(next => isWord(next, 'not')) !== undefined;
        cursor.keyword('created');
        return { kind: 'expect-created', span: closeAt(start), negated };
      }
      if (isWord(token, 'writes') && look.word(cursor.index + 1, 'to', 'salesforce', 'jira')) return writes(start);
    }
    const named = isWord(token, 'salesforce', 'jira') && !look.isName(cursor.index);
    if (named) cursor.advance();
    const side = named ? (token.text as ast.Side) : current;
    if (token.kind === '}' || (token.first && look.step(cursor.index))) {
      cursor.lack('an expectation');
      return undefined;
    }
    const node = assignment(side);
    return { kind: 'expect-value', span: closeAt(start), side, assignment: node };
  }

  function writes(start: number): ast.WritesExpectation {
    cursor.advance();
    cursor.keyword('to');
    const side = cursor.take(next => isWord(next, 'salesforce', 'jira'), '`salesforce` or `jira`');
    equals();
    const count = cursor.take(kind('number'), 'a number');
    return {
      kind: 'expect-writes',
      span: closeAt(start),
      side: (side?.text as ast.Side | undefined) ?? 'salesforce',
      count: count === undefined ? cursor.missing() : leaf.numberLeaf(count.text, count.start),
    };
  }

  return { test };
}
