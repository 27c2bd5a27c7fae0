import { describe, expect, it } from 'vitest';
import { validateGrammar } from './grammar.ts';
import { validateLexer } from './lexer.ts';

describe('what Chevrotain holds of the tables', () => {
  it('finds no ambiguity, no loop and no unreachable alternative in the grammar', () => {
    expect(validateGrammar).not.toThrow();
  });
  it('finds no pattern that another hides', () => {
    expect(validateLexer).not.toThrow();
  });
});
