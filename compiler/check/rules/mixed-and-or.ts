import type { AnyCondition, Condition } from '../../../dsl/ast.ts';
import type { Fix, TextEdit } from '../../../dsl/diagnostic.ts';
import type { SourceFile } from '../../../dsl/source.ts';
import type { Rule } from '../rule.ts';

/** `and` beside `or`: both readings are offered. Only Bridge can be written so. */
export const mixedAndOr: Rule = {
  name: 'mixed-and-or',
  item({ file, clauses }, report) {
    const waiting: Condition[] = [...clauses.where, ...clauses.rule].map(clause => clause.condition);
    while (waiting.length > 0) {
      const node = waiting.pop()!;
      if (node.kind === 'not') waiting.push(node.of);
      if (node.kind !== 'all' && node.kind !== 'any') continue;
      for (const part of node.of) waiting.push(part);
      if (node.kind === 'any' && node.mixed)
        report(file, node.span, 'mixed-and-or', () => ({ holes: {}, fixes: readings(file, node) }));
    }
  },
};

function readings(file: SourceFile, node: AnyCondition): readonly Fix[] {
  // Groups of the level that `and` joins; one that stands in brackets is a single part.
  const groups = node.of.map(part => (part.kind === 'all' && !inBrackets(file, part) ? part.of : [part]));
  const andFirst = groups.filter(group => group.length > 1).flatMap(group => brackets(file, group[0]!, group.at(-1)!));
  const orFirst: TextEdit[] = [];
  let run: Condition[] = [];
  const close = () => {
    if (run.length > 1) orFirst.push(...brackets(file, run[0]!, run.at(-1)!));
    run = [];
  };
  for (const group of groups) {
    run.push(group[0]!);
    if (group.length === 1) continue;
    close();
    run = [group.at(-1)!];
  }
  close();
  return [
    { title: 'put brackets around `and`', edits: andFirst },
    { title: 'put brackets around `or`', edits: orFirst },
  ];
}

/** A bracket that opens before the part and closes behind it, with nothing but blanks between. */
const opens = (file: SourceFile, at: number) => /\(\s*$/.test(file.text.slice(Math.max(0, at - 200), at));
const closes = (file: SourceFile, at: number) => /^\s*\)/.test(file.text.slice(at, at + 200));
const inBrackets = (file: SourceFile, { span }: Condition): boolean =>
  file.text[span.start] === '(' || (opens(file, span.start) && closes(file, span.end));

/** Around the parts and the brackets that they have. */
function brackets(file: SourceFile, first: Condition, last: Condition): readonly TextEdit[] {
  let { start } = first.span;
  let { end } = last.span;
  if (file.text[start] !== '(' && opens(file, start) && inBrackets(file, first))
    start = file.text.lastIndexOf('(', start - 1);
  if (file.text[end - 1] !== ')' && closes(file, end) && inBrackets(file, last)) end = file.text.indexOf(')', end) + 1;
  return [
    { file, span: { start, end: start }, text: '(' },
    { file, span: { start: end, end }, text: ')' },
  ];
}
