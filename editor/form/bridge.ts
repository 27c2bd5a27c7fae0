/**
 * Edits of a Bridge text that turn one item or table into another: clause by clause, row by row, word by word.
 * What is new is taken from a canonical printing of the wanted tree, read again for its places; what did not
 * change is not touched.
 */
import type {
  Clause,
  Declaration,
  FieldsClause,
  Item,
  Mapping,
  Modifier,
  NewIssueClause,
  Node,
  Program,
  Table,
  TableOtherwise,
  TableRow,
  Values,
} from '../../dsl/ast.ts';
import { createSourceFile, parse, type Span } from '../../dsl/index.ts';
import { print } from '../../dsl/printer/index.ts';
import { difference } from '../../dsl/printer/same.ts';
import { align } from './align.ts';
import { beginsLine, type Change, endsLine, indentAt, lineBreak, lineEnd, nextLine, reindented } from './text.ts';

const same = (a: unknown, b: unknown): boolean => difference(a, b) === undefined;

/** A wanted node with its canonical text. */
interface Canonical {
  readonly text: string;
  readonly declaration: Declaration;
}

function canonical(program: Program, declaration: Declaration): Canonical {
  // As another notation's tree, so that what is new stands in lines of its own, not in one.
  const file = createSourceFile('', program.file.text, 'yaml');
  const text = print({ ...program, file, declarations: [declaration], comments: [] }, 'bridge');
  return { text, declaration: parse(createSourceFile('canonical.bridge', text)).program.declarations[0]! };
}

/** Where clauses go that were not there: behind the last one of a lower or equal rank. */
const ranks: Readonly<Record<Clause['kind'], number>> = {
  salesforce: 0,
  where: 1,
  jira: 2,
  sync: 3,
  create: 4,
  fields: 5,
  'new-issue': 6,
  status: 7,
  rule: 8,
  otherwise: 9,
  comments: 10,
  switch: 11,
  show: 12,
};
export const rankOf = (clause: Clause): number =>
  ranks[clause.kind] + (clause.kind === 'switch' && clause.feature === 'associations' ? 0.5 : 0);
const keyOf = (clause: Clause): string => (clause.kind === 'switch' ? clause.feature : clause.kind);

export function editBridge(program: Program, old: Item | Values, next: Item | Values): readonly Change[] {
  const { text } = program.file;
  const wanted = canonical(program, next);
  const end = lineBreak(text);
  const changes: Change[] = [];
  const put = (span: Span, put: string) => changes.push({ span, text: put });
  const insert = (at: number, what: string) => put({ start: at, end: at }, what);

  /** A wanted node's text, as it stands at the indentation of the line of `at`. */
  const textOf = (node: Node, indent: string) =>
    reindented(wanted.text.slice(node.span.start, node.span.end), indentAt(wanted.text, node.span.start), indent, end);
  /** In place of another: what somebody noted inside it is kept above. */
  const replace = (from: Node, to: Node) => {
    const notes = program.comments
      .filter(({ span }) => span.start >= from.span.start && span.end <= from.span.end)
      .map(note => `#${note.text}`);
    const indent = indentAt(text, from.span.start);
    const what = to.kind in ranks ? beside(textOf(to, indent), from) : textOf(to, indent);
    if (notes.length === 0) put(from.span, what);
    else if (beginsLine(text, from.span.start)) put(from.span, [...notes, what].join(end + indent));
    else put(from.span, `${what} ${notes.join(end + indent)}${end}${indent}`);
  };

  function remove({ span }: Node): void {
    if (beginsLine(text, span.start) && endsLine(text, span.end)) {
      put({ start: span.start - indentAt(text, span.start).length, end: nextLine(text, span.end) }, '');
      return;
    }
    let { start, end: stop } = span;
    while (/[ \t\u00a0]/.test(text[stop] ?? '')) stop++;
    // At the end of its line or block the blank before it goes, else the one behind it.
    if (/[}\n\r#]|^$/.test(text[stop] ?? '')) {
      stop = span.end;
      while (/[ \t\u00a0]/.test(text[start - 1] ?? '')) start--;
    }
    put({ start, end: stop }, '');
  }

  /** A new line's second word stands under its neighbour's, where that one is set apart; else one blank apart. */
  function beside(what: string, neighbour: Node | undefined): string {
    const [, first, rest] = /^("(?:[^"\\]|\\.)*"|\S+)[ ]+([\s\S]*)$/.exec(what) ?? [];
    if (first === undefined || rest === undefined) return what;
    const close = rest.replace(/^(<?->?)[ ]+/, '$1 ');
    const column = /^(?:"(?:[^"\\]|\\.)*"|\S+)([ ]{2,})/.exec(
      neighbour === undefined ? '' : text.slice(neighbour.span.start, lineEnd(text, neighbour.span.start)),
    );
    const at = column?.[0].length ?? 0;
    return first.length < at ? first.padEnd(at) + close : `${first} ${close}`;
  }

  /** Behind an entry of a block, or at the block's beginning. */
  function add(node: Node, after: Node | undefined, before: Node | undefined, block: Node, blank = false): void {
    const above = blank ? end : '';
    if (after !== undefined) {
      const indent = indentAt(text, after.span.start);
      if (endsLine(text, after.span.end))
        insert(lineEnd(text, after.span.end), `${above}${end}${indent}${beside(textOf(node, indent), after)}`);
      else insert(after.span.end, `  ${beside(textOf(node, indent), undefined)}`);
      return;
    }
    if (before !== undefined) {
      const indent = indentAt(text, before.span.start);
      const alone = beginsLine(text, before.span.start);
      insert(before.span.start, `${beside(textOf(node, indent), before)}${alone ? end + indent : '  '}`);
      return;
    }
    const outer = indentAt(text, block.span.start);
    const indent = outer + (outer.includes('\t') ? '\t' : '  ');
    const brace = block.span.end - 1;
    if (beginsLine(text, brace))
      insert(
        brace,
        `${indent.slice(indentAt(text, brace).length)}${beside(textOf(node, indent), undefined)}${end}${outer}`,
      );
    else {
      // `{}` or `{ }`: the blanks between go.
      let start = brace;
      while (/[ \t\u00a0]/.test(text[start - 1] ?? '')) start--;
      put({ start, end: brace }, `${end}${indent}${beside(textOf(node, indent), undefined)}${end}${outer}`);
    }
  }

  function list<T extends Node>(
    old: readonly T[],
    next: readonly T[],
    canonicalNodes: readonly T[],
    block: Node,
    change: (old: T, next: T, to: T) => void,
    alike: (a: T, b: T) => boolean = () => true,
  ): void {
    const steps = align(old, next, same, alike);
    const gone = new Set(steps.flatMap(step => (step.kind === 'delete' ? [step.old] : [])));
    const stays = (at: number) => old[at] !== undefined && !gone.has(at);
    for (const step of steps) {
      if (step.kind === 'delete') remove(old[step.old]!);
      else if (step.kind === 'change') change(old[step.old]!, next[step.next]!, canonicalNodes[step.next]!);
      else if (step.kind === 'insert') {
        let after = step.after;
        while (after >= 0 && !stays(after)) after--;
        let before = step.after + 1;
        while (before < old.length && !stays(before)) before++;
        add(canonicalNodes[step.next]!, old[after], old[before], block);
      }
    }
  }

  function rows(old: Table, next: Table, to: Table): void {
    list<TableRow | TableOtherwise>(old.rows, next.rows, to.rows, old, (from, wants, node) => {
      if (from.kind !== 'row' || wants.kind !== 'row' || node.kind !== 'row') {
        replace(from, node);
        return;
      }
      if (!same(from.left, wants.left)) replace(from.left, node.left);
      if (!same(from.arrow, wants.arrow)) replace(from.arrow, node.arrow);
      if (!same(from.right, wants.right)) replace(from.right, node.right);
    });
  }

  function modifiers(from: Mapping, wants: Mapping, to: Mapping): void {
    const one = (nodes: readonly Modifier[], kind: Modifier['kind']) => nodes.find(node => node.kind === kind);
    const kinds = new Set([...from.modifiers, ...wants.modifiers].map(({ kind }) => kind));
    for (const kind of kinds) {
      const [was, now, node] = [one(from.modifiers, kind), one(wants.modifiers, kind), one(to.modifiers, kind)];
      if (was !== undefined && now === undefined) remove(was);
      else if (was === undefined && node !== undefined) {
        const last =
          from.modifiers.filter(each => wants.modifiers.some(other => other.kind === each.kind)).at(-1) ?? from.target;
        insert(last.span.end, ` ${textOf(node, indentAt(text, from.span.start))}`);
      } else if (was !== undefined && node !== undefined && !same(was, now)) {
        if (was.kind === 'inline-table' && now?.kind === 'inline-table' && node.kind === 'inline-table')
          rows(was.table, now.table, node.table);
        else replace(was, node);
      }
    }
  }

  function mapping(from: Mapping, wants: Mapping, to: Mapping): void {
    if (from.source.kind === 'missing' || from.arrow.kind === 'missing' || from.target.kind === 'missing') {
      replace(from, to);
      return;
    }
    if (!same(from.source, wants.source)) replace(from.source, to.source);
    if (!same(from.arrow, wants.arrow)) replace(from.arrow, to.arrow);
    if (!same(from.target, wants.target)) replace(from.target, to.target);
    modifiers(from, wants, to);
  }

  function clause(from: Clause, wants: Clause, to: Clause): void {
    const mended = (was: Node, _: Node, node: Node) => replace(was, node);
    if (from.kind === 'fields')
      list(from.mappings, (wants as FieldsClause).mappings, (to as FieldsClause).mappings, from, mapping);
    else if (from.kind === 'new-issue')
      list(from.settings, (wants as NewIssueClause).settings, (to as NewIssueClause).settings, from, mended);
    else if (!tableOfStatus(from, wants, to)) replace(from, to);
  }

  /** Row by row, where both are tables over the same field or another one. */
  function tableOfStatus(from: Clause, wants: Clause, to: Clause): boolean {
    if (from.kind !== 'status' || wants.kind !== 'status' || to.kind !== 'status') return false;
    if (from.table === undefined || wants.table === undefined || to.table === undefined) return false;
    if (from.by !== undefined || wants.by !== undefined) return false;
    if (!same(from.field, wants.field)) replace(from.field, to.field);
    rows(from.table, wants.table, to.table);
    return true;
  }

  function item(from: Item, wants: Item, to: Item): void {
    if (!same(from.id, wants.id)) replace(from.id, to.id);
    if (!same(from.was, wants.was)) {
      if (from.was === undefined) insert(from.id.span.end, ` was ${textOf(to.was!, '')}`);
      else if (wants.was === undefined) put({ start: from.id.span.end, end: from.was.span.end }, '');
      else replace(from.was, to.was!);
    }
    if (!same(from.name, wants.name)) replace(from.name, to.name);

    const isRule = ({ kind }: Clause) => kind === 'rule' || kind === 'otherwise';
    const rulesOf = (clauses: readonly Clause[]) => clauses.filter(isRule);
    const seen = new Map<string, number>();
    const numbered = (clauses: readonly Clause[]) => {
      seen.clear();
      return clauses
        .filter(each => !isRule(each))
        .map(each => {
          const count = seen.get(keyOf(each)) ?? 0;
          seen.set(keyOf(each), count + 1);
          return { key: `${keyOf(each)} ${count}`, clause: each };
        });
    };
    const [was, now, nodes] = [numbered(from.clauses), numbered(wants.clauses), numbered(to.clauses)];
    const find = (all: typeof was, key: string) => all.find(each => each.key === key)?.clause;
    const [oldRules, nextRules, ruleNodes] = [rulesOf(from.clauses), rulesOf(wants.clauses), rulesOf(to.clauses)];
    const alike = (a: Clause, b: Clause) => a.kind === b.kind;
    const stay = align(oldRules, nextRules, same, alike).flatMap(step =>
      'old' in step && step.kind !== 'delete' ? [oldRules[step.old]!] : [],
    );
    const kept: Clause[] = [...stay];
    for (const { key, clause: each } of was) {
      const wanted = find(now, key);
      if (wanted === undefined) remove(each);
      else {
        kept.push(each);
        if (!same(each, wanted)) clause(each, wanted, find(nodes, key)!);
      }
    }
    kept.sort((a, b) => a.span.start - b.span.start);
    const placed = (node: Clause) => {
      const after = kept
        .filter(each => rankOf(each) <= rankOf(node))
        .sort((a, b) => rankOf(a) - rankOf(b) || a.span.start - b.span.start)
        .at(-1);
      add(
        node,
        after,
        after === undefined ? kept[0] : undefined,
        from,
        node.span.end - node.span.start > 0 && textOf(node, '').includes(end),
      );
    };
    for (const { key, clause: node } of nodes) if (find(was, key) === undefined) placed(node);

    if (stay.length === 0) {
      for (const rule of oldRules) remove(rule);
      for (const node of ruleNodes) placed(node);
      return;
    }
    const rule = (from: Clause, wants: Clause, to: Clause) => {
      if (from.kind === 'rule' && wants.kind === 'rule' && to.kind === 'rule') {
        if (!same(from.condition, wants.condition)) replace(from.condition, to.condition);
        if (!same(from.target, wants.target)) replace(from.target, to.target);
      } else replace(from, to);
    };
    list(oldRules, nextRules, ruleNodes, from, rule, alike);
  }

  if (old.kind === 'item' && next.kind === 'item') item(old, next, wanted.declaration as Item);
  else if (old.kind === 'values' && next.kind === 'values') {
    const to = wanted.declaration as Values;
    if (!same(old.id, next.id)) replace(old.id, to.id);
    rows(old.table, next.table, to.table);
  }
  return changes;
}
