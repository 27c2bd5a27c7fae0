/** What the tokens at a place look like the beginning of. Looking only; nothing is read or said here. */
import type { Token } from './scan.ts';

const FAT_ARROWS = new Set(['=>', '<=>', '-->', '<--', '<-->', '==>', '<==', '<==>']);
const ARROW_SIGNS = /^(?:[—–−]>|<[—–−]|[→⇒⟶➔↔⇔⟷←⇐⟵])$/;

export const arrowLike = (token: Token): boolean =>
  token.kind === 'arrow' || (token.kind === 'slip' && (FAT_ARROWS.has(token.text) || ARROW_SIGNS.test(token.text)));

export const isLiteral = (token: Token): boolean =>
  ['text', 'number', 'date', 'datetime', 'wrong'].includes(token.kind) ||
  (token.kind === 'word' && (token.text === 'true' || token.text === 'false'));

export type Look = ReturnType<typeof createLook>;

export function createLook(tokens: readonly Token[]) {
  const end = tokens.at(-1)!;
  const at = (index: number): Token => tokens[index] ?? end;
  const word = (index: number, ...texts: readonly string[]): boolean =>
    at(index).kind === 'word' && (texts.length === 0 || texts.includes(at(index).text));
  const kind = (index: number, ...kinds: readonly string[]): boolean => kinds.includes(at(index).kind);

  /** Where the path that begins here ends; where it began if there is none. */
  function pathEnd(index: number): number {
    if (!word(index)) return index;
    let next = index + 1;
    while (kind(next, '.') && word(next + 1)) next += 2;
    return next;
  }
  const operandEnd = (index: number): number => (kind(index, 'text') ? index + 1 : pathEnd(index));

  const mapping = (index: number): boolean =>
    !word(index, 'true', 'false') && operandEnd(index) > index && arrowLike(at(operandEnd(index)));
  const row = (index: number): boolean =>
    (isLiteral(at(index)) && arrowLike(at(index + 1))) ||
    (word(index, 'otherwise') && (word(index + 1, 'skip', 'keep', 'clear') || kind(index + 1, 'text')));
  const setting = (index: number): boolean => kind(index, 'word', 'text') && kind(index + 1, '=');
  const assignment = (index: number): boolean => operandEnd(index) > index && kind(operandEnd(index), '=');

  /** A name that stands as an operand is followed by one of these, a keyword is not. */
  const isName = (index: number): boolean =>
    !at(index + 1).first && (arrowLike(at(index + 1)) || kind(index + 1, '.', '='));

  const comparison = (index: number): boolean =>
    kind(index, '(') ||
    word(index, 'not') ||
    word(pathEnd(index), 'is', 'contains', 'starts', 'equals', 'does') ||
    (word(index) && kind(pathEnd(index), 'slip', '='));

  function clause(index: number): boolean {
    if (!word(index) || isName(index)) return false;
    switch (at(index).text) {
      case 'salesforce':
        return word(index + 1) && (at(index + 2).first || !kind(index + 2, '=', '.'));
      case 'jira':
        return word(index + 1) && (at(index + 2).first || !kind(index + 2, '=', '.'));
      case 'sync':
      case 'create':
        return word(index + 1);
      case 'status':
        return word(index + 1) && !word(index + 1, 'is');
      case 'where':
      case 'when':
        return comparison(index + 1);
      case 'fields':
        return kind(index + 1, '{') || mapping(index + 1);
      case 'new':
        return word(index + 1, 'issue');
      case 'otherwise':
        return word(index + 1, 'move', 'leave');
      case 'comments':
      case 'attachments':
      case 'associations':
        return word(index + 1, 'on', 'off');
      case 'show':
        return word(index + 1) && !word(index + 1, 'on', 'off');
      default:
        return false;
    }
  }

  function step(index: number): boolean {
    if (!word(index) || isName(index)) return false;
    switch (at(index).text) {
      case 'at':
        return kind(index + 1, 'duration', 'wrong') || word(index + 1, 'cycle', 'expect');
      case 'cycle':
        return at(index + 1).first || kind(index + 1, '}');
      case 'expect':
        return kind(index + 1, 'word', 'text');
      case 'salesforce':
      case 'jira':
        return (
          (assignment(index + 1) && !at(operandEnd(index + 1)).first) ||
          (word(index + 1) && kind(index + 2, 'text') && !at(index + 2).first)
        );
      default:
        return false;
    }
  }

  function modifier(index: number): boolean {
    if (isName(index)) return false;
    return (
      (word(index, 'or') && word(index + 1, 'else')) ||
      (word(index, 'cut') && (word(index + 1, 'at') || kind(index + 1, 'number'))) ||
      (word(index, 'on') && word(index + 1, 'conflict')) ||
      (word(index, 'by') && word(index + 1) && !isName(index + 1))
    );
  }

  /**
   * Where the next token that fits stands, at the index or behind it; the end where there is none. Found for all
   * places in one pass, when it is first asked for, so that no text makes looking cost more than its length.
   */
  function next(fits: (index: number) => boolean): (index: number) => number {
    const last = tokens.length - 1;
    let found: Int32Array | undefined;
    return index => {
      if (found === undefined) {
        found = new Int32Array(tokens.length);
        for (let i = last, near = last; i >= 0; i--) {
          if (fits(i)) near = i;
          found[i] = near;
        }
      }
      return found[Math.min(index, last)]!;
    };
  }
  const nextLine = next(index => at(index).first);
  const lastOfLine = (index: number): number => (index >= tokens.length - 1 ? index : nextLine(index + 1) - 1);

  /** A line that can only go on with what the line above began: a condition, a list, what a rule moves to. */
  function continuation(index: number): boolean {
    if (word(index, 'and', 'or', 'not', 'move', 'to') || kind(index, '(', ')', '[', ']', ',')) return true;
    const behind = operandEnd(index);
    if (isLiteral(at(index))) return !arrowLike(at(index + 1)) && !kind(index + 1, '=');
    return behind > index && (kind(behind, ',') || (kind(index - 1, ',') && at(behind).first));
  }

  let depths: Int32Array | undefined;
  /** How many `{` there are more than `}` in front of the index. */
  function depth(index: number): number {
    if (depths === undefined) {
      depths = new Int32Array(tokens.length);
      for (let i = 1; i < tokens.length; i++) {
        depths[i] = depths[i - 1]! + (kind(i - 1, '{') ? 1 : kind(i - 1, '}') ? -1 : 0);
      }
    }
    return depths[Math.min(index, tokens.length - 1)]!;
  }

  /** A word that begins a declaration where one can stand. */
  const head = (index: number): boolean => word(index, 'item', 'values', 'test') && !isName(index);

  /** A declaration's head, recognised inside whatever is still open. */
  function declaration(index: number): boolean {
    if (!word(index, 'item', 'values', 'test') || isName(index)) return false;
    const token = at(index);
    if (!token.first && !kind(index - 1, '}')) return false;
    if (token.text === 'item') {
      // Without a brace `item to "Done"` may stand in the midst of a rule: then it is no head.
      const outermost = token.flush || depth(index) <= 0;
      if (kind(index + 1, 'text')) return kind(index + 2, '{') || (outermost && at(index + 2).first);
      if (!word(index + 1) || at(index + 1).first) return false;
      if (word(index + 2, 'was') && word(index + 3)) return true;
      return kind(index + 2, 'text') && (outermost || kind(index + 3, '{'));
    }
    if (token.text === 'values') {
      if (!word(index + 1) || at(index + 1).first) return false;
      if (kind(index + 2, '{')) return kind(index + 3, '}') || content(index + 3) === 'table';
      return at(index + 2).first && row(index + 2);
    }
    return kind(index + 1, 'text') && (word(index + 2, 'for') || kind(lastOfLine(index), '{'));
  }

  /** What a block with this content is, when its head does not say so. */
  function content(index: number): 'item' | 'fields' | 'settings' | 'table' | 'test' | undefined {
    // A template whose line stands above mappings of fields is one of them, and no row.
    const below = nextLine(index + 1);
    const template = kind(index, 'text') && /\{\w/.test(at(index).text);
    if (template && mapping(below) && !row(below)) return 'fields';
    if (row(index)) return 'table';
    if (step(index)) return 'test';
    if (clause(index)) return 'item';
    if (mapping(index)) return 'fields';
    if (setting(index)) return 'settings';
    return undefined;
  }

  return {
    at,
    word,
    kind,
    pathEnd,
    operandEnd,
    mapping,
    row,
    setting,
    assignment,
    clause,
    step,
    modifier,
    head,
    declaration,
    content,
    isName,
    lastOfLine,
    continuation,
    depth,
    next: {
      head: next(head),
      declaration: next(declaration),
      brace: next(index => kind(index, '{', '}')),
      for: next(index => word(index, 'for')),
      move: next(index => word(index, 'move')),
    },
  };
}
