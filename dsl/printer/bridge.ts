/**
 * Lays a program out in Bridge: two blanks a level, keywords, arrows and targets in columns, short blocks on
 * one line if they were written so, blank lines as they were, at most one. One entry for each kind of node
 * that takes lines; what stands within a line is `phrases`.
 */
import type * as ast from '../ast.ts';
import type { Comments } from '../comments.ts';
import { createConditions } from './conditions.ts';
import { WIDTH } from './lines.ts';
import * as phrase from './phrases.ts';
import { columnWidth, createRows } from './rows.ts';
import { braces, createSheet, piece } from './sheet.ts';
import { present, unprintable } from './unprintable.ts';

export function printBridge(program: ast.Program, comments: Comments): string {
  const sheet = createSheet(program, comments);
  const { around, asWritten, blankAbove, block, broken, entry, hasCommentsBetween, list, oneLine, out, ownLines } =
    sheet;
  const condition = createConditions(sheet);
  const { flatMapping, mappings, row, table } = createRows(sheet);

  // ── clauses ───────────────────────────────────────────────────────────────────────────────────

  const setting = (node: ast.Setting): string => `${phrase.jiraField(node.field)} = ${phrase.value(node.value)}`;

  function settings(nodes: readonly ast.Setting[], indent: string): void {
    const cells = nodes.map(({ field }) => phrase.jiraField(field));
    const width = columnWidth(cells, cell => cell.length);
    nodes.forEach((node, index) => {
      const head = `${cells[index]!.padEnd(width)} = `;
      const { value } = node;
      if (value.kind === 'list') {
        const last = value.values.length - 1;
        const pieces = value.values.map((each, at) => piece(phrase.literal(each) + (at < last ? ',' : ']'), each));
        const width = indent.length + head.length + phrase.value(value).length;
        if (width > WIDTH || hasCommentsBetween(node, pieces)) broken(node, indent, `${head}[`, pieces, '');
        else entry(node, indent, head + phrase.value(value));
      } else entry(node, indent, head + phrase.value(value));
    });
  }

  /** The keyword of a clause that is laid out as keyword and value; the others have a shape of their own. */
  function keywordOf(clause: ast.Clause): string | undefined {
    switch (clause.kind) {
      case 'fields':
      case 'new-issue':
      case 'rule':
      case 'otherwise':
        return undefined;
      case 'status':
        return clause.table === undefined ? 'status' : undefined;
      case 'switch':
        return clause.feature;
      default:
        return clause.kind;
    }
  }

  function jira(node: ast.JiraClause): string {
    const projects = node.projects.map(phrase.name).join(', ');
    if (node.issueType === undefined) return projects;
    if (node.projects.length > 1) unprintable(node, 'several projects have no issue type');
    return `${projects} / ${phrase.text(node.issueType)}`;
  }

  /** What stands behind the keyword, on one line. */
  function body(clause: ast.Clause): string {
    switch (clause.kind) {
      case 'salesforce':
        return phrase.name(clause.object);
      case 'where':
        return phrase.condition(clause.condition);
      case 'jira':
        return jira(clause);
      case 'sync':
        return phrase.name(clause.mode);
      case 'create':
        return (
          phrase.name(clause.records) + (clause.since === undefined ? '' : ` since ${phrase.literal(clause.since)}`)
        );
      case 'status':
        return phrase.name(clause.field) + (clause.by === undefined ? '' : ` by ${phrase.name(clause.by)}`);
      case 'comments': {
        const options = clause.options.map(option =>
          option.text === 'internal' ? 'internal too' : phrase.name(option),
        );
        return [phrase.name(clause.state), ...options].join(', ');
      }
      case 'switch':
        return phrase.name(clause.state);
      case 'show':
        return clause.paths.map(phrase.path).join(', ');
      default:
        return '';
    }
  }

  const statusHead = (node: ast.StatusClause): string => `status ${phrase.name(node.field)}`;
  const ruleTail = (node: ast.RuleClause): string => `move to ${phrase.text(node.target)}`;
  function otherwise({ target }: ast.OtherwiseClause): string {
    const found = present(target);
    return found.kind === 'leave' ? 'otherwise leave' : `otherwise move to ${phrase.quoted(found.value)}`;
  }

  /** A clause on one line with others. */
  function flatClause(clause: ast.Clause): string {
    switch (clause.kind) {
      case 'fields':
        return `fields ${braces(clause.mappings.map(flatMapping))}`;
      case 'new-issue':
        return `new issue ${braces(clause.settings.map(setting))}`;
      case 'rule':
        return `when ${phrase.condition(clause.condition)} ${ruleTail(clause)}`;
      case 'otherwise':
        return otherwise(clause);
      case 'status':
        if (clause.table !== undefined) return `${statusHead(clause)} ${braces(clause.table.rows.map(row))}`;
        break;
    }
    return `${keywordOf(clause)} ${body(clause)}`;
  }

  function clause(node: ast.Clause, indent: string, width: number): void {
    const keyword = keywordOf(node);
    if (keyword !== undefined) {
      const head = `${keyword.padEnd(width)} `;
      if (node.kind === 'where') condition(node, indent, head, '');
      else if (node.kind === 'show') list(node, indent, head, node.paths.map(phrase.path), node.paths);
      else entry(node, indent, head + body(node));
      return;
    }
    switch (node.kind) {
      case 'fields': {
        const flat = oneLine(node, node.mappings, () => node.mappings.map(flatMapping));
        block(node, indent, 'fields', '', node.mappings, flat, inner => mappings(node.mappings, inner));
        break;
      }
      case 'new-issue': {
        const flat = oneLine(node, node.settings, () => node.settings.map(setting));
        block(node, indent, 'new issue', '', node.settings, flat, inner => settings(node.settings, inner));
        break;
      }
      case 'status':
        if (node.by !== undefined) unprintable(node, 'a status has a table and the name of one');
        table(node, node.table!, indent, statusHead(node));
        break;
      case 'rule':
        condition(node, indent, 'when ', ruleTail(node));
        break;
      case 'otherwise':
        entry(node, indent, otherwise(node));
        break;
    }
  }

  /** Blocks stand apart where the other notation did not say. */
  function setApart(before: ast.Clause | undefined, node: ast.Clause): boolean {
    if (asWritten || before === undefined) return false;
    const kindOf = (at: ast.Clause) =>
      at.kind === 'rule' || at.kind === 'otherwise' ? 'rules' : keywordOf(at) === undefined ? at : 'line';
    return kindOf(before) !== kindOf(node);
  }

  function clauses(nodes: readonly ast.Clause[], indent: string): void {
    const apart = nodes.map((node, index) => setApart(nodes[index - 1], node) || blankAbove(node));
    for (let i = 0; i < nodes.length; ) {
      let end = i;
      let width = 0;
      // Keywords stand in one column down to the next blank line or block.
      do {
        width = Math.max(width, keywordOf(nodes[end]!)?.length ?? 0);
        end++;
      } while (
        end < nodes.length &&
        !apart[end] &&
        keywordOf(nodes[end]!) !== undefined &&
        keywordOf(nodes[end - 1]!) !== undefined
      );
      for (; i < end; i++) {
        if (apart[i]) out.blank();
        clause(nodes[i]!, indent, width);
      }
    }
  }

  // ── declarations ──────────────────────────────────────────────────────────────────────────────

  function item(node: ast.Item): void {
    const was = node.was === undefined ? '' : ` was ${phrase.name(node.was)}`;
    const head = `item ${phrase.name(node.id)}${was} ${phrase.text(node.name)}`;
    const flat = oneLine(node, node.clauses, () => node.clauses.map(flatClause));
    block(node, '', head, '', node.clauses, flat, inner => clauses(node.clauses, inner));
  }

  function test(node: ast.Test): void {
    const head = `test ${phrase.text(node.name)} for ${phrase.name(node.item)}`;
    const flat = oneLine(node, node.steps, () => node.steps.map(step => flatStep(step)));
    block(node, '', head, '', node.steps, flat, inner => {
      const ats = node.steps.map(atOf);
      const width = Math.max(0, ...ats.map(at => at.length));
      node.steps.forEach((step, index) => {
        const at = ats[index]!;
        stepLines(step, inner, at === '' ? '' : `${at.padEnd(width)} `);
      });
    });
  }

  const atOf = ({ at }: ast.Step): string => (at === undefined ? '' : `at ${present(at).raw}`);

  /** The keyword of a step and what stands behind it, one text for each part of the list. */
  function stepParts(step: ast.Step): readonly [string, readonly string[], readonly ast.Node[]] {
    if (step.kind === 'cycle') return ['cycle', [], []];
    if (step.kind === 'change') return [`${step.side} `, step.assignments.map(phrase.assignment), step.assignments];
    let side: ast.Side = 'jira';
    const texts = step.expectations.map(expected => {
      if (expected.kind === 'expect-created') return expected.negated ? 'not created' : 'created';
      if (expected.kind === 'expect-writes') return `writes to ${expected.side} = ${phrase.literal(expected.count)}`;
      const turn = expected.side === side ? '' : `${expected.side} `;
      side = expected.side;
      return turn + phrase.assignment(expected.assignment);
    });
    return ['expect ', texts, step.expectations];
  }

  function flatStep(step: ast.Step): string {
    const [head, texts] = stepParts(step);
    const at = atOf(step);
    return `${at === '' ? '' : `${at} `}${head}${texts.join(', ')}`;
  }

  function stepLines(step: ast.Step, indent: string, at: string): void {
    const [head, texts, nodes] = stepParts(step);
    if (nodes.length === 0) entry(step, indent, at + head);
    else list(step, indent, at + head, texts, nodes);
  }

  function declaration(node: ast.Declaration): void {
    if (node.kind === 'item') item(node);
    else if (node.kind === 'test') test(node);
    else table(node, node.table, '', `values ${phrase.name(node.id)}`);
  }

  // ── the file ──────────────────────────────────────────────────────────────────────────────────

  const head = around(program, program.declarations, true);
  const chunks: string[] = [];
  let apart = false;
  function chunk(blank: boolean): void {
    const { text, count } = out.take();
    if (count === 0) return;
    // What takes more than one line stands apart.
    if (chunks.length > 0 && (blank || apart || count > 1)) chunks.push('');
    chunks.push(text);
    apart = count > 1;
  }
  ownLines(head.above, '');
  chunk(false);
  apart = chunks.length > 0;
  for (const node of program.declarations) {
    declaration(node);
    chunk(blankAbove(node));
  }
  ownLines(head.dangling, '');
  chunk(head.dangling[0]?.blank ?? false);
  return chunks.length === 0 ? '' : `${chunks.join('\n')}\n`;
}
