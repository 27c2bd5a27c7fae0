/**
 * What every rule of the grammar builds on: a Chevrotain parser that records nothing but places, and the
 * leaves that a token makes. The rules lie in one class on top of the other, so that each file is one part
 * of the grammar and may name only what stands below it: values, conditions, items, tests, programs.
 */
import { EmbeddedActionsParser, type IOrAlt, type IToken, type ParserMethod, type TokenType } from 'chevrotain';
import type * as ast from '../ast.ts';
import * as leaf from '../leaves.ts';
import type { Span } from '../source.ts';
import * as t from '../tokens.ts';

/** Thrown where the text is not a sentence; the reading that finds out why is another one. */
export class NotASentence extends Error {}

export const giveUp = (): never => {
  throw new NotASentence();
};

export type Alts<T> = IOrAlt<T>[];

// ── leaves ──────────────────────────────────────────────────────────────────────────────────────

export const startOf = (token: IToken): number => token.startOffset;
const endOf = (token: IToken): number => token.startOffset + token.image.length;
export const spanOf = (token: IToken): Span => ({
  start: token.startOffset,
  end: token.startOffset + token.image.length,
});
export const name = (token: IToken): ast.Name => ({ kind: 'name', span: spanOf(token), text: token.image });
export const text = (token: IToken): ast.Text => leaf.textLeaf(token.image, token.startOffset, giveUp);
export const template = (token: IToken): ast.Template => leaf.templateFromText(token.image, token.startOffset, giveUp);
export const number = (token: IToken): ast.NumberLiteral => leaf.numberLeaf(token.image, token.startOffset);
export const boolean = (token: IToken): ast.BooleanLiteral => leaf.booleanLeaf(token.image, token.startOffset);
export const arrow = (token: IToken): ast.ArrowNode => ({
  kind: 'arrow',
  span: spanOf(token),
  arrow: arrows[token.image as ast.Arrow],
});
/** One text for each, instead of a piece of the file for each arrow. */
const arrows = { '->': '->', '<-': '<-', '<->': '<->' } as const;
export const jiraName = (token: IToken): ast.JiraField => ({
  kind: 'jira-field',
  span: spanOf(token),
  name: token.image,
});
export const jiraText = (token: IToken): ast.JiraField => ({
  kind: 'jira-field',
  span: spanOf(token),
  name: leaf.plainText(token.image) ?? text(token).value,
});

// ── the parser ──────────────────────────────────────────────────────────────────────────────────

export abstract class Rules extends EmbeddedActionsParser {
  constructor(validate: boolean) {
    super([...t.vocabulary], { maxLookahead: 2, recoveryEnabled: false, skipValidations: !validate });
  }

  /** Where the token that was read last ends. */
  protected get end(): number {
    return endOf(this.LA(0));
  }
  protected get start(): number {
    return startOf(this.LA(1));
  }
  /** Runs only on real tokens: while the grammar records itself they are dummies. */
  protected leaf<T>(make: (token: IToken) => T, token: IToken): T {
    return this.RECORDING_PHASE ? (undefined as T) : make(token);
  }

  /**
   * A rule that is one choice. Its alternatives are made once: a list that is made anew for each reading is
   * most of what a parser allocates. So they hold nothing of one reading, and neither do the other lists.
   */
  protected choice<T>(rule: string, alternatives: Alts<T>): ParserMethod<[], T> {
    return this.RULE(rule, (): T => this.OR(alternatives));
  }

  /** A keyword is a name where the sign that goes with a name there, or a dot, comes next. */
  protected isName(sign: TokenType): boolean {
    const { tokenTypeIdx } = this.LA(2);
    return tokenTypeIdx === sign.tokenTypeIdx || tokenTypeIdx === t.Dot.tokenTypeIdx;
  }
}
