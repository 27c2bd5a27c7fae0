/**
 * The grammar of Bridge, as one Chevrotain parser that builds the tree while it reads. It accepts
 * exactly the sentences of the language: at the first token that does not fit it gives up, and
 * `tolerant/` reads the text again with its allowances. So no allowance can change what a valid text
 * means, and the common case pays for none of them. Two tokens decide everywhere.
 */
import type { IToken } from 'chevrotain';
import type * as ast from '../ast.ts';
import { NotASentence } from './parser.ts';
import { Grammar } from './program.ts';

const grammar = new Grammar();

/** The declarations of a valid text, or `undefined` where it is not a sentence of the language. */
export function readStrictly(tokens: IToken[]): readonly ast.Declaration[] | undefined {
  try {
    grammar.input = tokens;
    const declarations = grammar.program();
    return grammar.errors.length === 0 ? declarations : undefined;
  } catch (error) {
    if (error instanceof NotASentence) return undefined;
    throw error;
  } finally {
    grammar.input = [];
  }
}
