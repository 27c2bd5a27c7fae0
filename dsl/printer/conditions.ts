/** Conditions over several lines: split at the outermost `and` or `or`, and further down where they have to be. */
import type * as ast from '../ast.ts';
import { isOnOneLine, WIDTH } from './lines.ts';
import * as phrase from './phrases.ts';
import { type Piece, piece, type Sheet, STEP } from './sheet.ts';

export function createConditions({ asWritten, broken, comments, entry, file, hasCommentsBetween }: Sheet) {
  /** A condition over several lines, split at its outermost `and`s or `or`s, and further down where it has to be. */
  function conditionPieces(node: ast.Condition, room: number, split: boolean): readonly Piece[] {
    const flat = phrase.condition(node);
    const fits = flat.length <= room && !split;
    if (fits && !comments.within(node)) return [piece(flat, node)];
    const pieces = splitCondition(node, room, flat);
    return fits && !hasCommentsBetween(node, pieces) ? [piece(flat, node)] : pieces;
  }

  function splitCondition(node: ast.Condition, room: number, flat: string): readonly Piece[] {
    if (node.kind === 'all' || node.kind === 'any') {
      const parts = node.of.flatMap((part, index) => {
        const prefix = index === 0 ? '' : node.kind === 'all' ? 'and ' : 'or ';
        const brackets = phrase.needsBrackets(part, node);
        const pieces = conditionPieces(part, room - 6, part.kind === 'all' && !brackets);
        return prefixed(prefix, brackets ? bracketed(pieces) : pieces);
      });
      return spanning(node, parts);
    }
    if (node.kind === 'not') {
      const pieces = conditionPieces(node.of, room - 5, false);
      return spanning(node, prefixed('not ', phrase.needsBrackets(node.of, node) ? bracketed(pieces) : pieces));
    }
    if (node.kind === 'one-of') {
      const last = node.values.length - 1;
      const values = node.values.map((value, index) =>
        piece(STEP + phrase.literal(value) + (index < last ? ',' : ''), value),
      );
      return spanning(node, [{ text: phrase.oneOf(node), above: [], behind: [] }, ...values]);
    }
    return [piece(flat, node)];
  }

  function condition(node: ast.WhereClause | ast.RuleClause, indent: string, head: string, tail: string): void {
    const { condition: given } = node;
    const flat = phrase.condition(given);
    const written = `${head}${flat}${tail === '' ? '' : ` ${tail}`}`;
    const group = given.kind === 'all' || given.kind === 'any';
    const split = group && asWritten && !isOnOneLine(file, given);
    const long = indent.length + written.length > WIDTH;
    if (!split && !long && !comments.within(node)) {
      entry(node, indent, written);
      return;
    }
    const pieces = conditionPieces(given, WIDTH - indent.length - head.length, split || (long && group));
    if (pieces.length < 2) entry(node, indent, written);
    else broken(node, indent, head, pieces, tail);
  }

  return condition;
}

/** What belongs to the whole goes above the first piece and behind the last. */
function spanning(node: ast.Node, pieces: readonly Piece[]): readonly Piece[] {
  const last = pieces.length - 1;
  return pieces.map(({ text, above, behind }, index) => ({
    text,
    above: index === 0 ? [node, ...above] : above,
    behind: index === last ? [...behind, node] : behind,
  }));
}

function prefixed(prefix: string, pieces: readonly Piece[]): readonly Piece[] {
  const hang = ' '.repeat(prefix.length);
  return pieces.map((each, index) => ({ ...each, text: (index === 0 ? prefix : hang) + each.text }));
}

function bracketed(pieces: readonly Piece[]): readonly Piece[] {
  return prefixed('(', pieces).map((each, index) =>
    index === pieces.length - 1 ? { ...each, text: `${each.text})` } : each,
  );
}
