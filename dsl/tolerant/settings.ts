/** Settings of a broken text: what `new issue` holds, and the `=` that it shares with tests. */
import type * as ast from '../ast.ts';
import type { BlockReader, Blocks } from './blocks.ts';
import { type Cursor, isWord, kind } from './cursor.ts';
import type { Leaves } from './leaves.ts';
import { arrowLike, type Look } from './look.ts';

export type Settings = ReturnType<typeof createSettings>;

export function createSettings(cursor: Cursor, look: Look, leaves: Leaves, blocks: Blocks) {
  const { closeAt, complain, edit } = cursor;

  function newIssueBlock(start: number): ast.NewIssueClause {
    const settings: ast.Setting[] = [];
    const stop = (index: number) => look.at(index).first || look.kind(index, '}', ',') || look.setting(index);
    const reader: BlockReader = {
      begins: index =>
        look.setting(index) ||
        (look.kind(index, 'word', 'text') && (look.word(index + 1, 'is') || look.kind(index + 1, 'slip'))),
      leaves: blocks.leavesBlock,
      entry: () => {
        const from = cursor.peek().start;
        const missing = cursor.peek().kind === '=';
        if (missing) cursor.lack('a Jira field');
        const field = missing ? cursor.missing() : leaves.jiraField(() => false);
        equals();
        const due = cursor.peek().first && look.setting(cursor.index);
        if (due) cursor.lack('a value');
        const value = due ? cursor.missing() : leaves.value(stop);
        settings.push({ kind: 'setting', span: closeAt(from), field, value });
      },
    };
    const head = closeAt(start);
    blocks.open(reader);
    const closed = blocks.read(head, reader);
    return { kind: 'new-issue', span: closeAt(start), settings, closed };
  }

  /** `=`, or what is written for it. */
  function equals(): void {
    const token = cursor.peek();
    const meant = isWord(token, 'is') || token.text === ':' || token.text === '==' || arrowLike(token);
    if (meant && !token.first && cursor.peek(1).kind !== '=') {
      cursor.advance();
      complain(cursor.spanOf(token), 'wrong-word', { written: token.text, meant: '=' }, [
        edit('write `=`', '=', token.start, token.end),
      ]);
      return;
    }
    cursor.take(kind('='), '`=`');
  }

  return { newIssueBlock, equals };
}
