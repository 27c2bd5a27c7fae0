import { type Fallback, isMissing, type Missing, type Name } from '../../../dsl/ast.ts';
import type { SourceFile } from '../../../dsl/source.ts';
import { conflictWords, createWords, fallbackWords } from '../../../dsl/vocabulary.ts';
import { modes } from '../../bind/bind.ts';
import type { BoundTable } from '../../bind/bound.ts';
import { nearest } from '../../suggest.ts';
import { nameInstead, removal } from '../fixes.ts';
import type { Report, Rule } from '../rule.ts';

const records = Object.keys(createWords);
const states = ['on', 'off'];
const options = ['internal', 'published'];
const choices = Object.keys(conflictWords);
const waysOut = Object.keys(fallbackWords);
/** What people also say. */
const otherWords: Readonly<Record<string, string>> = {
  oneway: 'one-way',
  twoway: 'two-way',
  bidirectional: 'two-way',
  readonly: 'display-only',
  none: 'off',
  yes: 'on',
  no: 'off',
  true: 'on',
  false: 'off',
  ignore: 'skip',
  empty: 'clear',
  newest: 'latest',
};

/** Words that stand where only listed ones can. */
export const unknownWord: Rule = {
  name: 'unknown-word',
  item({ file, clauses, mappings, status }, report) {
    for (const { mode } of clauses.sync) oneOf(file, mode, modes, '`sync` mode', report);
    for (const clause of clauses.create) oneOf(file, clause.records, records, 'choice for `create`', report);
    for (const { state } of clauses.switch) oneOf(file, state, states, 'switch', report);
    for (const { state, options: given } of clauses.comments) {
      oneOf(file, state, states, 'switch', report);
      const seen = new Set<string>();
      for (const option of given) {
        oneOf(file, option, options, 'option of `comments`', report);
        if (seen.has(option.text)) report(file, option.span, 'word-twice', { word: option.text });
        seen.add(option.text);
      }
      if (given.length > 0 && !isMissing(state) && state.text === 'off') {
        const span = { start: given[0]!.span.start, end: given.at(-1)!.span.end };
        const fixes = removal(file, { start: state.span.end, end: span.end }, 'remove the options');
        report(file, span, 'options-of-comments-off', {}, { fixes });
      }
    }
    for (const { node } of mappings) {
      for (const modifier of node.modifiers) {
        if (modifier.kind === 'on-conflict') oneOf(file, modifier.choice, choices, 'way to settle a conflict', report);
        if (modifier.kind === 'or-else') fallback(file, modifier.fallback, report);
      }
    }
    for (const { table } of mappings) if (table !== undefined && table.id === undefined) fallbacks(table, report);
    if (status?.table !== undefined && status.table.id === undefined) fallbacks(status.table, report);
  },
  program({ tables }, report) {
    for (const table of tables) fallbacks(table, report);
  },
};

function fallbacks({ file, table }: BoundTable, report: Report): void {
  for (const row of table.rows) if (row.kind === 'table-otherwise') fallback(file, row.fallback, report);
}

function fallback(file: SourceFile, { action }: Fallback, report: Report): void {
  if (action.kind === 'name') oneOf(file, action, waysOut, 'way out', report);
}

function oneOf(file: SourceFile, name: Name | Missing, words: readonly string[], what: string, report: Report): void {
  if (isMissing(name) || words.includes(name.text)) return;
  const { text: word, span } = name;
  // YAML has more spellings of a switch.
  if (file.notation === 'yaml' && words === states && /^(on|off|yes|no|true|false)$/i.test(word)) return;
  report(file, span, 'unknown-word', () => {
    const other = otherWords[word.toLowerCase()];
    const near = other !== undefined && words.includes(other) ? [other] : nearest(word, words);
    return { holes: { word, what, words, near }, fixes: nameInstead(file, span, ...near) };
  });
}
