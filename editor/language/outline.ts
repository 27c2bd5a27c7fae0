/** What a file declares, as a tree for an outline, and the parts of it that can be folded. */
import type { Analysis } from '../../compiler/analysis.ts';
import type {
  Clause,
  Declaration,
  Item,
  Literal,
  Mapping,
  Missing,
  Name,
  Node,
  Program,
  Step,
  Table,
  Test,
  Text,
} from '../../dsl/ast.ts';
import type { SourceFile } from '../../dsl/index.ts';
import { programAt, walk } from './tree.ts';
import type { Fold, OutlineSymbol } from './types.ts';

export function outline(analysis: Analysis, path: string): readonly OutlineSymbol[] {
  const program = programAt(analysis, path);
  return program === undefined ? [] : program.declarations.map(node => declaration(node, program.file));
}

const wordOf = (node: Name | Text | Missing): string =>
  node.kind === 'name' ? node.text : node.kind === 'text' ? node.value : '…';

function symbol(
  kind: OutlineSymbol['kind'],
  name: string,
  detail: string,
  node: Node,
  selected: Node = node,
  children: readonly OutlineSymbol[] = [],
): OutlineSymbol {
  const selection = selected.kind === 'missing' ? { start: node.span.start, end: node.span.start } : selected.span;
  return { kind, name: name || '…', detail, span: node.span, selection, children };
}

function declaration(node: Declaration, file: SourceFile): OutlineSymbol {
  switch (node.kind) {
    case 'item':
      return symbol('item', wordOf(node.id), wordOf(node.name), node, node.id, clauses(node, file));
    case 'values':
      return symbol('values', wordOf(node.id), 'values', node, node.id, rows(node.table, file));
    case 'test':
      return symbol('test', wordOf(node.name), wordOf(node.item), node, node.name, steps(node, file));
  }
}

/** One line of the text, as it is written. */
function excerpt(file: SourceFile, { span }: Node): string {
  const text = file.text
    .slice(span.start, span.end)
    .split(/[\r\n]/, 1)[0]!
    .trim()
    .replace(/\s+/g, ' ');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function clauses(item: Item, file: SourceFile): readonly OutlineSymbol[] {
  return item.clauses.map(clause => {
    const kind = clause.kind === 'rule' || clause.kind === 'otherwise' ? 'rule' : 'clause';
    return symbol(kind, nameOf(clause), excerpt(file, clause), clause, clause, parts(clause, file));
  });
}

const nameOf = (clause: Clause): string =>
  clause.kind === 'switch'
    ? clause.feature
    : (({ 'new-issue': 'new issue', rule: 'when' } as Record<string, string>)[clause.kind] ?? clause.kind);

function parts(clause: Clause, file: SourceFile): readonly OutlineSymbol[] {
  if (clause.kind === 'fields') return clause.mappings.map(mapping => mappingSymbol(mapping, file));
  if (clause.kind === 'status' && clause.table !== undefined) return rows(clause.table, file);
  if (clause.kind === 'new-issue')
    return clause.settings.map(({ field, ...setting }) =>
      symbol(
        'row',
        field.kind === 'missing' ? '…' : field.name,
        excerpt(file, { field, ...setting }),
        { field, ...setting },
        field,
      ),
    );
  return [];
}

function mappingSymbol(mapping: Mapping, file: SourceFile): OutlineSymbol {
  const { source, arrow, target } = mapping;
  const left = source.kind === 'missing' ? '…' : excerpt(file, source);
  const right = target.kind === 'missing' ? '…' : target.name;
  return symbol('mapping', `${left} ${arrow.kind === 'arrow' ? arrow.arrow : '?'} ${right}`, '', mapping, source);
}

const literalText = (literal: Literal | Missing): string =>
  literal.kind === 'missing' ? '…' : 'raw' in literal ? literal.raw : String(literal.value);
const rows = ({ rows: all }: Table, file: SourceFile): readonly OutlineSymbol[] =>
  all.map(row =>
    row.kind === 'row'
      ? symbol(
          'row',
          `${literalText(row.left)} ${row.arrow.kind === 'arrow' ? row.arrow.arrow : '?'} ${literalText(row.right)}`,
          '',
          row,
        )
      : symbol('row', 'otherwise', excerpt(file, row), row),
  );

const stepNames: Readonly<Record<Step['kind'], (step: Step) => string>> = {
  change: step => (step.kind === 'change' ? step.side : ''),
  cycle: () => 'cycle',
  expect: () => 'expect',
};
const steps = (test: Test, file: SourceFile): readonly OutlineSymbol[] =>
  test.steps.map(step => symbol('step', stepNames[step.kind](step), excerpt(file, step), step));

// ── folding ─────────────────────────────────────────────────────────────────────────────────────

const blocks: ReadonlySet<string> = new Set([
  ...['item', 'values', 'test', 'fields', 'new-issue', 'status', 'inline-table', 'where', 'rule', 'show', 'jira'],
]);

/** Blocks and runs of comments of more than one line, sorted, each once. */
export function fold(analysis: Analysis, path: string): readonly Fold[] {
  const program = programAt(analysis, path);
  if (program === undefined) return [];
  const folds = new Map<string, Fold>();
  const add = (kind: Fold['kind'], start: number, end: number) => {
    const { file } = program;
    if (file.position(start).line < file.position(end).line)
      folds.set(`${start} ${end}`, { kind, span: { start, end } });
  };
  for (const node of walk(program)) if (blocks.has(node.kind)) add('block', node.span.start, node.span.end);
  for (const run of commentRuns(program)) add('comment', run.start, run.end);
  return [...folds.values()].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

/** Comments on lines of their own that follow each other. */
function commentRuns({ comments, file }: Program): readonly { start: number; end: number }[] {
  const runs: { start: number; end: number; line: number }[] = [];
  for (const { span, ownLine } of comments) {
    if (!ownLine) continue;
    const { line } = file.position(span.start);
    const last = runs.at(-1);
    if (last !== undefined && last.line === line - 1) {
      last.end = span.end;
      last.line = line;
    } else runs.push({ start: span.start, end: span.end, line });
  }
  return runs;
}
