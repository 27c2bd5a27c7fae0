/**
 * Asks Chevrotain what tells the alternatives of the grammar apart, and writes it down as `lookahead-table.ts`:
 * `npm run docs` does that after a change of a rule, and a test says when it is due.
 */
import {
  Alternation,
  type BaseParser,
  getLookaheadPaths,
  type IProduction,
  type LookaheadProductionType,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  type Rule,
  Terminal,
} from 'chevrotain';
import type { Construct, LookaheadRow } from './lookahead-row.ts';
import { Grammar } from './program.ts';

export const lookaheadTablePath = 'dsl/grammar/lookahead-table.ts';

const constructs: readonly (readonly [new (...args: never) => IProduction, Construct, LookaheadProductionType])[] = [
  [Alternation, 'OR', 'Alternation'],
  [Option, 'OPTION', 'Option'],
  [Repetition, 'MANY', 'Repetition'],
  [RepetitionMandatory, 'AT_LEAST_ONE', 'RepetitionMandatory'],
  [RepetitionWithSeparator, 'MANY_SEP', 'RepetitionWithSeparator'],
  [RepetitionMandatoryWithSeparator, 'AT_LEAST_ONE_SEP', 'RepetitionMandatoryWithSeparator'],
];

export function learnLookahead(parser: BaseParser = new Grammar(true)): readonly LookaheadRow[] {
  return Object.values(parser.getGAstProductions()).flatMap(rule => [...rowsOf(rule, rule.definition)]);
}

function* rowsOf(rule: Rule, productions: readonly IProduction[]): Generator<LookaheadRow> {
  for (const production of productions) {
    if (production instanceof NonTerminal || production instanceof Terminal) continue;
    const found = constructs.find(([of]) => production instanceof of);
    const { definition, idx = 0 } = production as IProduction & { definition: IProduction[]; idx?: number };
    if (found !== undefined) {
      const [, construct, prodType] = found;
      const paths = getLookaheadPaths({ occurrence: idx, rule, prodType, maxLookahead: 2 });
      const alternatives = paths.map(each => each.map(path => path.map(({ name }) => name).join(' ')).join(' | '));
      // Of what is optional Chevrotain also tells what follows instead.
      yield [rule.name, construct, idx, ...(construct === 'OR' ? alternatives : alternatives.slice(0, 1))];
    }
    yield* rowsOf(rule, definition);
  }
}

export function lookaheadTableText(): string {
  const rows = learnLookahead().map(
    row => `  [${row.map(cell => JSON.stringify(cell).replaceAll('"', "'")).join(', ')}],\n`,
  );
  return `/** What tells the alternatives of each rule apart. Written by \`npm run docs\`, out of the rules. */
import type { LookaheadRow } from './lookahead-row.ts';

// biome-ignore format: a row a construct
export const lookaheadTable: readonly LookaheadRow[] = [
${rows.join('')}];
`;
}
