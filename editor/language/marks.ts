/** Colours for a program's text, or for a line of it, from the language's own lexer. */
import { lex } from '../../dsl/lexer.ts';
import type { Notation, Span } from '../../dsl/source.ts';

export type MarkKind = 'keyword' | 'text' | 'arrow' | 'comment' | 'number';
export interface Mark extends Span {
  readonly kind: MarkKind;
}

/** In the order of the text; what is between them is plain. */
export const marks = (notation: Notation, text: string): readonly Mark[] =>
  notation === 'bridge' ? bridgeMarks(text) : yamlMarks(text);

const kinds: Readonly<Record<string, MarkKind>> = {
  Text: 'text',
  Arrow: 'arrow',
  Number: 'number',
  Date: 'number',
  DateTime: 'number',
  Duration: 'number',
};

function bridgeMarks(text: string): readonly Mark[] {
  const { tokens, comments } = lex(text);
  const found: Mark[] = comments.map(comment => ({ ...comment.span, kind: 'comment' }));
  tokens.forEach((token, index) => {
    const start = token.startOffset;
    const kind = kinds[token.tokenType.name] ?? (isKeyword(index) ? 'keyword' : undefined);
    if (kind !== undefined) found.push({ start, end: start + token.image.length, kind });
  });
  return found.sort((a, b) => a.start - b.start);

  // No word is reserved: beside an arrow, a dot or an equals sign it is a field's name.
  function isKeyword(index: number): boolean {
    const { tokenType } = tokens[index]!;
    const names = ['Arrow', 'Dot', 'Equals'];
    return (
      tokenType.CATEGORIES?.some(category => category.name === 'Word') === true &&
      !names.includes(tokens[index + 1]?.tokenType.name ?? '') &&
      !names.includes(tokens[index - 1]?.tokenType.name ?? '')
    );
  }
}

/** Comments, quoted texts and keys: enough to read by. */
function yamlMarks(text: string): readonly Mark[] {
  const pattern =
    /(?<comment>(?<=^|\s)#[^\n]*)|(?<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*')|(?<key>[\w-]+(?=\s*:(?:\s|$)))/gm;
  return [...text.matchAll(pattern)].map(match => ({
    start: match.index,
    end: match.index + match[0].length,
    kind: match.groups!.comment !== undefined ? 'comment' : match.groups!.text !== undefined ? 'text' : 'keyword',
  }));
}
