/** What is told of a run: its survivors as a person reads them, and a row of counts for each file. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Mutant } from './mutants.ts';

export interface Outcome {
  readonly mutant: Mutant;
  /** `untried`: read but once, when the file is loaded. */
  readonly how: 'noticed' | 'survived' | 'not run' | 'untried';
}

const lives = ({ how }: Outcome) => how === 'survived' || how === 'not run';

function cutOut(source: string, { start, end }: Mutant['location']): string {
  const lines = source.split('\n').slice(start.line, end.line + 1);
  lines[lines.length - 1] = lines.at(-1)!.slice(0, end.column);
  lines[0] = lines[0]!.slice(start.column);
  return lines.join('\n');
}

const short = (code: string): string => {
  const line = code.replace(/\s+/g, ' ');
  return line.length > 100 ? `${line.slice(0, 60)} … ${line.slice(-35)}` : line;
};

export const survivors = (root: string, outcomes: readonly Outcome[]): readonly string[] =>
  outcomes.filter(lives).map(({ mutant, how }) => {
    const { fileName, location, replacement } = mutant;
    const was = short(cutOut(readFileSync(fileName, 'utf8'), location));
    const place = `${relative(root, fileName)}:${location.start.line + 1}:${location.start.column + 1}`;
    return `${place}  ${was}  →  ${short(replacement)}${how === 'not run' ? '  (no test comes by)' : ''}`;
  });

const head = '| file | changes | noticed | not noticed | what those are |\n|---|---|---|---|---|\n';

/** The table with a new row for each file; what people wrote beside a row stays. */
export function withScores(table: string, root: string, outcomes: readonly Outcome[]): string {
  const at = table.indexOf(head);
  const intro = at < 0 ? table : table.slice(0, at);
  const rows = new Map<string, string>();
  if (at >= 0) {
    for (const row of table
      .slice(at + head.length)
      .trimEnd()
      .split('\n'))
      rows.set(row.split(' | ')[0]!, row);
  }
  for (const [file, all] of Map.groupBy(outcomes, ({ mutant }) => relative(root, mutant.fileName))) {
    const tried = all.filter(({ how }) => how !== 'untried');
    const alive = tried.filter(lives).length;
    const name = `| \`${file}\``;
    const said = rows.get(name)?.split(' | ').slice(4).join(' | ') ?? '|';
    rows.set(name, `${name} | ${tried.length} | ${tried.length - alive} | ${alive} | ${said}`);
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => `${row}\n`);
  return `${intro}${head}${sorted.join('')}`;
}
