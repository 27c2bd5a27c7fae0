import { isMissing, type Name } from '../../../dsl/ast.ts';
import type { SourceFile, Span } from '../../../dsl/source.ts';
import { nameInstead, removal, seeAlso } from '../fixes.ts';
import type { Report, Rule } from '../rule.ts';
import { entryOf } from '../yaml-edits.ts';

/** Ids are unique, and short and plain enough to be storage keys and parts of URLs. */
export const ids: Rule = {
  name: 'ids',
  program({ items, itemsById, tables, lookup }, report) {
    const firstItems = new Map<string, Place>();
    const before = new Map<string, Place>();
    for (const { file, node } of items) {
      if (!isMissing(node.id)) {
        wellFormed(file, node.id, report);
        unique(firstItems, file, node.id, 'duplicate-item-id', report);
      }
      if (node.was === undefined || isMissing(node.was)) continue;
      wellFormed(file, node.was, report);
      if (!isMissing(node.id) && node.was.text === node.id.text) {
        const { span } = node.was;
        const clause = file.notation === 'yaml' ? entryOf(file, span) : { start: node.id.span.end, end: span.end };
        const fixes = removal(file, clause, 'remove was');
        report(file, node.was.span, 'was-is-itself', { id: node.id.text }, { fixes });
        continue;
      }
      const { text: id, span } = node.was;
      const still = itemsById.get(id)?.node.id;
      const taken = still === undefined ? before.get(id) : { file: itemsById.get(id)!.file, span: still.span };
      if (taken === undefined) before.set(id, { file, span });
      else {
        const related = seeAlso(taken.file, taken.span, 'this one');
        report(file, span, 'was-is-taken', { id, still: still !== undefined }, { related });
      }
    }
    const firstTables = new Map<string, Place>();
    for (const { file, node } of tables) {
      if (node === undefined || isMissing(node.id)) continue;
      wellFormed(file, node.id, report);
      unique(firstTables, file, node.id, 'duplicate-table-id', report);
    }
    // With metadata a name with a hyphen is simply not found, and the nearest one is offered.
    if (lookup === undefined) for (const item of items) noHyphens(item, report);
  },
};

interface Place {
  readonly file: SourceFile;
  readonly span: Span;
}

function unique(
  first: Map<string, Place>,
  file: SourceFile,
  { text: id, span }: Name,
  code: 'duplicate-item-id' | 'duplicate-table-id',
  report: Report,
): void {
  const before = first.get(id);
  if (before === undefined) first.set(id, { file, span });
  else report(file, span, code, { id }, { related: seeAlso(before.file, before.span, 'the first one') });
}

const MAX_LENGTH = 64;

function wellFormed(file: SourceFile, { text: id, span }: Name, report: Report): void {
  const why =
    id.length > MAX_LENGTH
      ? `it has ${id.length} characters, and ${MAX_LENGTH} is the most`
      : // In Bridge a word of other letters is reported where it is read.
        file.notation === 'bridge' || /^[A-Za-z_]\w*(?:-\w+)*$/.test(id)
        ? undefined
        : 'it takes the letters A to Z, digits, `_` and `-`';
  if (why === undefined) return;
  const plain = id
    .normalize('NFKD')
    .replace(/[^\w-]/g, '')
    .slice(0, MAX_LENGTH)
    .replace(/-+$/, '');
  const near = /^[A-Za-z_]/.test(plain) && plain !== id ? [plain] : [];
  report(file, span, 'bad-id', { id, why, near }, { fixes: nameInstead(file, span, ...near) });
}

function noHyphens({ file, clauses, projects, paths }: Parameters<NonNullable<Rule['item']>>[0], report: Report): void {
  const names: (readonly [Name, string])[] = [
    ...clauses.salesforce.flatMap(({ object }) => (isMissing(object) ? [] : [[object, 'API name'] as const])),
    ...projects.map(({ node }) => [node, 'project key'] as const),
    ...paths.flatMap(({ node }) => node.segments.map(segment => [segment, 'API name'] as const)),
  ];
  for (const [{ text: name, span }, what] of names) {
    if (!name.includes('-')) continue;
    const near = [name.replaceAll('-', '_')];
    report(file, span, 'hyphen-in-name', { name, what, near }, { fixes: nameInstead(file, span, ...near) });
  }
}
