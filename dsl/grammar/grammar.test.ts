import { describe, expect, it } from 'vitest';
import { lex } from '../lexer.ts';
import { EVERYTHING } from '../testing.ts';
import { vocabulary } from '../tokens.ts';
import { readStrictly } from './index.ts';
import { learnLookahead } from './learn-lookahead.ts';
import { lookaheadTable } from './lookahead-table.ts';
import { NotASentence } from './parser.ts';
import { Grammar } from './program.ts';

describe('what Chevrotain holds of the grammar', () => {
  it('finds no ambiguity, no loop and no unreachable alternative in the grammar', () => {
    expect(() => new Grammar(true)).not.toThrow();
  });
  it('finds in the rules what the table says of them', () => {
    expect(lookaheadTable, 'npm run docs writes the table').toEqual(learnLookahead());
  });
  it('goes, whatever two tokens come next, the way that the table goes', () => {
    const [own, prepared] = [waysOf(new Grammar(true)), waysOf(new Grammar())];
    expect(own.size).toBe(lookaheadTable.length);
    expect(prepared).toEqual(own);
  });
});

type Ahead = { LA_FAST(howMuch: number): unknown };
type Kept = { lookAheadFuncsCache: ((this: Ahead) => number | boolean | undefined)[][] };

/** What a parser does at each of its constructs before any two tokens of the vocabulary, where it does not give up. */
function waysOf(parser: Grammar): Map<string, readonly string[]> {
  const types = vocabulary.map(({ tokenTypeIdx }) => ({ tokenTypeIdx }));
  const ways = new Map<string, readonly string[]>();
  for (const [rule, constructs] of (parser as unknown as Kept).lookAheadFuncsCache.entries()) {
    for (const [key, decide] of Object.entries(constructs ?? [])) {
      const goes = (ahead: Ahead) => {
        try {
          return decide.call(ahead);
        } catch (error) {
          if (error instanceof NotASentence) return undefined;
          throw error;
        }
      };
      ways.set(
        `${rule} ${key}`,
        types.flatMap((first, one) =>
          types.flatMap((second, two) => {
            const way = goes({ LA_FAST: howMuch => (howMuch === 1 ? first : second) });
            return way === undefined || way === false ? [] : [`${one} ${two}: ${way}`];
          }),
        ),
      );
    }
  }
  return ways;
}

const fields = (lines: string) => `item a "A" { fields { ${lines} } }`;
const steps = (lines: string) => `test "t" for a { ${lines} }`;

/** Read without allowances, which would let it pass as well, and hide that the grammar does not. */
const isSentence = (text: string) => readStrictly(lex(text).tokens) !== undefined;

describe('the grammar takes a word as a name wherever one can stand', () => {
  it.each(['by', 'cut', 'or', 'on'])('L-1 `%s` is a field after a mapping, and a modifier', word => {
    expect(isSentence(fields(`A -> b ${word} -> c`))).toBe(true);
    expect(isSentence(fields(`A -> b ${word}.x -> c`))).toBe(true);
    expect(isSentence(fields(`${word} -> ${word} by ${word} or else ${word} on conflict ${word} ${word} <- b`))).toBe(
      true,
    );
  });
  it.each(['created', 'not', 'writes', 'salesforce', 'jira', 'expect', 'cycle', 'at'])(
    'L-1 `%s` is a field in an expectation, and what it says',
    word => {
      expect(isSentence(steps(`expect ${word} = 1, ${word}.x = 2, created, not created`))).toBe(true);
      expect(isSentence(steps(`expect salesforce ${word} = 1, jira ${word} = 2, writes to jira = 0`))).toBe(true);
      expect(isSentence(steps(`jira ${word} = 1 salesforce ${word}.a = 2`))).toBe(true);
    },
  );
  it('L-1 `not` alone is never a field at the start of a condition', () => {
    expect(isSentence('item a "A" { where not is 1 }')).toBe(false);
    expect(isSentence('item a "A" { where a.not is 1 and or is 2 }')).toBe(true);
  });
  it('L-1 every construct is a sentence', () => {
    expect(isSentence(EVERYTHING)).toBe(true);
  });
});
