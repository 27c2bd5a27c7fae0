/**
 * The second reading, of a text that the grammar has refused. What is one declaration by itself is
 * read by the grammar all the same; only the declarations that are broken are read with allowances.
 * The tree is whole, whatever the text was, and every declaration of it is there.
 */
import type { IToken } from 'chevrotain';
import type * as ast from '../ast.ts';
import { readStrictly } from '../grammar/index.ts';
import { limited } from '../limits.ts';
import { createFindings } from '../messages/index.ts';
import { nearest } from '../nearest.ts';
import type { Parsed } from '../parsed.ts';
import type { SourceFile } from '../source.ts';
import { createBlocks } from './blocks.ts';
import { createConditions } from './conditions.ts';
import { createCursor, kind } from './cursor.ts';
import { gather } from './gather.ts';
import { createItems } from './items.ts';
import { createLeaves } from './leaves.ts';
import { createLook } from './look.ts';
import { scan } from './scan.ts';
import { createTests } from './tests.ts';

export function readTolerantly(file: SourceFile, strict: readonly IToken[], unknown: readonly number[]): Parsed {
  const findings = createFindings(file);
  const { tokens, comments } = scan(file, findings);
  const cursor = createCursor(file, tokens, findings);
  for (const finding of findings.list) cursor.claim(file.position(finding.span.start).line);
  const look = createLook(tokens);
  const leaves = createLeaves(cursor, look);
  const conditions = createConditions(cursor, look, leaves);
  const blocks = createBlocks(cursor, look, leaves);
  const items = createItems(cursor, look, leaves, blocks, conditions);
  const tests = createTests(cursor, look, leaves, blocks, items.equals);
  const declarations: ast.Declaration[] = [];
  /** Where the last item stands among them. */
  let lastItem = -1;
  /** Places that the grammar is not asked about, in order. */
  const wrong = [...unknown, ...findings.list.map(finding => finding.span.start)].sort((a, b) => a - b);

  const isHead = look.head;

  function add(...found: readonly ast.Declaration[]): void {
    for (const node of found) {
      if (node.kind === 'item') lastItem = declarations.length;
      declarations.push(node);
    }
  }

  /** Where the next declaration begins, at most. */
  const regionEnd = (from: number): number => look.next.declaration(from + 1);

  /** The declaration at the cursor, if the grammar can read it up to where the next one begins. */
  function sound(to: number): readonly ast.Declaration[] | undefined {
    const start = cursor.peek().start;
    const end = look.at(to).start;
    const problem = wrong[firstAtOrAfter(wrong, start, at => at)];
    if (problem !== undefined && problem < end) return undefined;
    const offset = (token: IToken) => token.startOffset;
    return readStrictly(strict.slice(firstAtOrAfter(strict, start, offset), firstAtOrAfter(strict, end, offset)));
  }

  function values(): ast.Values {
    const { start } = cursor.peek();
    if (look.word(cursor.index, 'values')) cursor.advance();
    const missing = cursor.peek().kind === '{' || look.row(cursor.index);
    if (missing) cursor.lack('the name of the table');
    const id = missing ? cursor.missing() : cursor.name(cursor.take(kind('word'), 'the name of the table'));
    const table = blocks.table(cursor.closeAt(start), () => false);
    return { kind: 'values', span: { start, end: cursor.previousEnd() }, id, table };
  }

  /** What the block on the line of a head says that it is. */
  function kindByContent(): 'item' | 'values' | 'test' | undefined {
    const last = look.lastOfLine(cursor.index);
    let brace = look.next.brace(cursor.index);
    if (!look.kind(brace, '{')) brace = last + 1;
    const inside = brace <= last ? brace + 1 : last + 1;
    if (isHead(inside)) return undefined;
    const content = look.kind(inside, '}')
      ? look.kind(inside - 2, 'text')
        ? 'item'
        : undefined
      : look.content(inside);
    const titled = look.at(last).kind === 'text' || look.at(last - 1).kind === 'text' || look.word(last - 2, 'for');
    if (look.word(cursor.index, 'values') && !titled) return undefined;
    if (content === 'table') return look.head(cursor.index) && titled ? undefined : 'values';
    if (look.next.for(cursor.index) <= last) return 'test';
    return content === 'test' || content === 'item' ? content : undefined;
  }

  /** A head that is right to its brace says what it is, whatever stands in its block. */
  function isWhole(word: string): boolean {
    const at = cursor.index;
    if (word !== 'item' || !look.word(at + 1)) return false;
    const title = look.word(at + 2, 'was') ? at + 4 : at + 2;
    return look.kind(title, 'text') && look.kind(title + 1, '{');
  }

  function headed(word: string): ast.Declaration {
    const meant = kindByContent();
    if (meant === undefined || meant === word || isWhole(word)) return declaration(word);
    const head = cursor.peek();
    cursor.misspelt(head, meant);
    cursor.advance();
    return declaration(meant);
  }

  function declaration(word: string): ast.Declaration {
    if (word === 'item') return items.item();
    return word === 'values' ? values() : tests.test();
  }

  /** A head that says nothing known: its block still tells what it is. */
  function garbled(): ast.Declaration | undefined {
    const first = cursor.peek();
    const last = look.lastOfLine(cursor.index);
    const head = look.next.head(cursor.index);
    if (head <= last && isHead(head)) {
      cursor.unexpected(first);
      cursor.moveTo(head);
      return undefined;
    }
    if (first.kind === '{' && last > cursor.index && look.kind(last, '{')) {
      cursor.drop();
      return undefined;
    }
    const kindOf = kindByContent();
    const near = first.kind === 'word' ? nearest(first.text, ['item', 'values', 'test']) : undefined;
    const owner = lastItem;
    if (owner >= 0 && look.clause(cursor.index) && first.first) {
      complainOutside(undefined);
      cursor.beginEntry();
      cursor.surplus = 0;
      declarations[owner] = items.more(declarations[owner] as ast.Item);
      cursor.accept(kind('}'));
      return undefined;
    }
    if (kindOf === undefined) {
      complainOutside(near);
      cursor.advance();
      cursor.skipLine();
      if (cursor.peek().kind === '}' && !cursor.peek().first) cursor.advance();
      return undefined;
    }
    complainOutside(near);
    if (near !== undefined || first.kind !== 'word' || (look.word(cursor.index + 1) && kindOf !== 'test'))
      cursor.advance();
    return declaration(kindOf);
  }

  function complainOutside(near: string | undefined): void {
    const token = cursor.peek();
    if (token.kind === '}') {
      const fixes = [cursor.edit('take it away', '', token.start, token.end)];
      cursor.complain(cursor.spanOf(token), 'brace-too-many', {}, fixes);
      return;
    }
    const fixes = near === undefined ? [] : [cursor.edit(`write \`${near}\``, near, token.start, token.end)];
    cursor.complain(cursor.spanOf(token), 'outside', { written: token.text, nearest: near }, fixes);
  }

  while (cursor.peek().kind !== 'end') {
    const before = cursor.index;
    cursor.beginEntry();
    const to = regionEnd(cursor.index);
    const readable = isHead(cursor.index) ? sound(to) : undefined;
    if (readable !== undefined) {
      add(...readable);
      cursor.moveTo(to);
      continue;
    }
    cursor.surplus = look.depth(to) - look.depth(cursor.index);
    if (isHead(cursor.index)) add(headed(cursor.peek().text));
    else {
      const found = garbled();
      if (found !== undefined) add(found);
    }
    if (cursor.index === before && !isHead(cursor.index)) cursor.advance();
  }

  const places = findings.list.map(finding => finding.span.start).sort((a, b) => a - b);
  const markBroken = (node: ast.Declaration): ast.Declaration => {
    const place = places[firstAtOrAfter(places, node.span.start, at => at)];
    return node.kind === 'item' && place !== undefined && place <= node.span.end ? { ...node, broken: true } : node;
  };
  const program: ast.Program = {
    kind: 'program',
    file,
    span: { start: 0, end: file.text.length },
    declarations: declarations.map(markBroken),
    comments,
  };
  return { program, diagnostics: limited(file, gather(findings.list)) };
}

/** The index of the first element at a place or behind it; the elements are in order. */
function firstAtOrAfter<T>(sorted: readonly T[], place: number, placeOf: (element: T) => number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placeOf(sorted[middle]!) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
