/**
 * Which way a rule goes, by the one or two tokens that come next. Chevrotain finds out by running every rule once
 * and trying what each can begin with, which is a fifth of a cold `bridge check`. What it finds lies in
 * `lookahead-table.ts`, from which the same functions are made at once; a test holds the table to what Chevrotain
 * finds. Where no alternative fits the text is not a sentence, and nobody needs to hear what else could stand there.
 */
import type { IToken, TokenType } from 'chevrotain';
import * as t from '../tokens.ts';
import type { Construct } from './lookahead-row.ts';
import { lookaheadTable } from './lookahead-table.ts';

/** The parts of a Chevrotain parser that its own analysis writes, and that its rules read. */
interface Analysed {
  selfAnalysisDone: boolean;
  readonly fullRuleNameToShort: Readonly<Record<string, number>>;
  /** By rule, and in it by construct and occurrence. */
  readonly lookAheadFuncsCache: Decide[][];
}
/** Of alternatives the index, and of what may be left out whether it is there. */
type Decide = (this: Ahead) => number | boolean | undefined;
interface Ahead {
  /** Without a look at the end: more end marks follow the last token than anybody looks ahead. */
  LA_FAST(howMuch: number): IToken;
}

/** In the key of a function the occurrence takes the lower eight bits. */
const keys: Readonly<Record<Construct, number>> = {
  OR: 1 << 8,
  OPTION: 2 << 8,
  MANY: 3 << 8,
  AT_LEAST_ONE: 4 << 8,
  MANY_SEP: 5 << 8,
  AT_LEAST_ONE_SEP: 6 << 8,
};

/** Makes a parser whose rules are all defined ready to read. `refuse` ends a reading. */
export function prepare(parser: object, refuse: () => never): void {
  const analysed = parser as Analysed;
  analysed.selfAnalysisDone = true;
  const types = new Map(t.vocabulary.map(type => [type.name, type]));
  for (const [rule, construct, occurrence, ...alternatives] of lookaheadTable) {
    const paths = alternatives.map(each =>
      each.split(' | ').map(path => path.split(' ').map(name => types.get(name)!)),
    );
    const short = analysed.fullRuleNameToShort[rule]!;
    const functions = analysed.lookAheadFuncsCache[short] ?? [];
    functions[keys[construct] | occurrence] = functionOf(construct, choiceOf(paths), refuse);
    analysed.lookAheadFuncsCache[short] = functions;
  }
}

/** The index of an alternative by the next token's type, or what the token after it says. */
type Choice = readonly (number | Second | undefined)[];
interface Second {
  readonly bySecond: (number | undefined)[];
  /** The alternative for which the first token is enough. */
  otherwise: number | undefined;
}

/** Where two alternatives take the same tokens, the first of them has them. */
function choiceOf(alternatives: readonly (readonly (readonly TokenType[])[])[]): Choice {
  const choice: (number | Second | undefined)[] = [];
  for (const [index, paths] of alternatives.entries()) {
    for (const [first, second] of paths) {
      for (const type of matching(first!)) {
        const before = choice[type];
        if (second === undefined) {
          if (before === undefined) choice[type] = index;
          else if (typeof before === 'object') before.otherwise ??= index;
        } else if (before === undefined) choice[type] = { bySecond: bySecond([], second, index), otherwise: undefined };
        else if (typeof before === 'object' && before.otherwise === undefined) bySecond(before.bySecond, second, index);
      }
    }
  }
  return choice;
}

function bySecond(choice: (number | undefined)[], second: TokenType, index: number): (number | undefined)[] {
  for (const type of matching(second)) choice[type] ??= index;
  return choice;
}

/** The types of the tokens that match one: a category's members too. */
const matching = ({ tokenTypeIdx, categoryMatches = [] }: TokenType): readonly number[] => [
  tokenTypeIdx!,
  ...categoryMatches,
];

/** Written out for each case, since one of them runs at every step of a reading. */
function functionOf(construct: Construct, choice: Choice, refuse: () => never): Decide {
  const byOne = isByOne(choice);
  switch (construct) {
    case 'OR':
      return byOne
        ? function () {
            return choice[this.LA_FAST(1).tokenTypeIdx] ?? refuse();
          }
        : function () {
            return byTwo(choice, this) ?? refuse();
          };
    // Asked once, before the first of them.
    case 'AT_LEAST_ONE_SEP':
      return byOne
        ? function () {
            return choice[this.LA_FAST(1).tokenTypeIdx] === 0 || refuse();
          }
        : function () {
            return byTwo(choice, this) === 0 || refuse();
          };
    default:
      return byOne
        ? function () {
            return choice[this.LA_FAST(1).tokenTypeIdx] === 0;
          }
        : function () {
            return byTwo(choice, this) === 0;
          };
  }
}

const isByOne = (choice: Choice): choice is readonly (number | undefined)[] =>
  choice.every(found => typeof found !== 'object');

function byTwo(choice: Choice, ahead: Ahead): number | undefined {
  const found = choice[ahead.LA_FAST(1).tokenTypeIdx];
  return typeof found === 'object' ? (found.bySecond[ahead.LA_FAST(2).tokenTypeIdx] ?? found.otherwise) : found;
}
