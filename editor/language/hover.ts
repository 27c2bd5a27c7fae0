/** What stands under the cursor, in a few sentences: metadata of names, and what the line does, from its own plan. */
import type { Analysis } from '../../compiler/analysis.ts';
import { type BoundItem, type BoundTest, fieldOf, jiraFieldOf } from '../../compiler/bind/bound.ts';
import { explainItem } from '../../compiler/plan/explain.ts';
import { explainCost } from '../../compiler/plan/explain-cost.ts';
import type { Explanation, Sentence } from '../../compiler/plan/explanation.ts';
import { type ItemPlan, planVersion } from '../../compiler/plan/ir.ts';
import type { Node } from '../../dsl/ast.ts';
import type { SourceFile } from '../../dsl/index.ts';
import {
  arrowWords,
  clauseWords,
  conflictWords,
  createWords,
  fallbackWords,
  lineWords,
  modeWords,
} from '../../dsl/vocabulary.ts';
import { fieldLines, issueTypeLine, jiraFieldLines, objectLines, projectLine, statusLine } from './describe.ts';
import { planOfItem } from './item-plan.ts';
import { holds, nodesAt, programAt } from './tree.ts';
import type { Hover } from './types.ts';

export function hover(analysis: Analysis, path: string, offset: number): Hover | undefined {
  const program = programAt(analysis, path);
  if (program === undefined) return undefined;
  const nodes = nodesAt(program, offset);
  const node = nodes.at(-1)!;
  if (node.kind === 'program' || isInComment(program.comments, offset)) return undefined;
  const said = metadataOf(analysis, program.file, nodes, offset) ?? wordOf(nodes);
  const does = whatItDoes(analysis, program.file, nodes);
  if (said === undefined && does.length === 0) return undefined;
  const title =
    said?.title ??
    program.file.text
      .slice(node.span.start, node.span.end)
      .split(/[\r\n]/, 1)[0]!
      .slice(0, 80);
  return { span: said?.span ?? node.span, title, lines: [...new Set([...(said?.lines ?? []), ...does])] };
}

const isInComment = (comments: readonly { readonly span: Hover['span'] }[], offset: number): boolean =>
  comments.some(({ span }) => span.start < offset && offset <= span.end);

const scopeOf = ({ bound }: Analysis, nodes: readonly Node[]): BoundItem | BoundTest | undefined =>
  bound.items.find(({ node }) => nodes.includes(node)) ?? bound.tests.find(({ node }) => nodes.includes(node));

// ── names ───────────────────────────────────────────────────────────────────────────────────────

function metadataOf(analysis: Analysis, file: SourceFile, nodes: readonly Node[], offset: number): Hover | undefined {
  const scope = scopeOf(analysis, nodes);
  const shared = nodes.some(({ kind }) => kind === 'values');
  const { bound } = analysis;
  const at = (node: Node) => holds(node.span, offset);
  if (scope === undefined) return shared ? statusHover(bound.items, file, at) : undefined;

  for (const path of scope.paths) {
    const found = fieldOf(path);
    if (found === undefined || !at(path.node)) continue;
    return {
      span: path.node.span,
      title: [...found.field.path].join('.'),
      lines: fieldLines(found.object, found.metadata),
    };
  }
  for (const field of scope.jiraFields) {
    const found = jiraFieldOf(field);
    if (found !== undefined && at(field.node))
      return { span: field.node.span, title: found.field.name, lines: jiraFieldLines(found.field, found.screen) };
  }
  const status = statusHover([scope], file, at);
  if (status !== undefined || !('clauses' in scope)) return status;

  const named = scope.clauses.salesforce[0]?.object;
  if (scope.object !== undefined && named !== undefined && at(named))
    return { span: named.span, title: scope.object.name, lines: objectLines(scope.object) };
  for (const { node, project } of scope.projects)
    if (project !== undefined && at(node))
      return { span: node.span, title: project.key, lines: [`${projectLine(project)}, a project in Jira.`] };
  const type = scope.clauses.jira[0]?.issueType;
  if (scope.issueType !== undefined && type !== undefined && at(type))
    return {
      span: type.span,
      title: scope.issueType.name,
      lines: [`An issue type with ${issueTypeLine(scope.issueType)}.`],
    };
  return undefined;
}

function statusHover(
  scopes: readonly (BoundItem | BoundTest)[],
  file: SourceFile,
  at: (node: Node) => boolean,
): Hover | undefined {
  for (const { statuses, file: own } of scopes) {
    if (own !== file) continue;
    for (const { node, status } of statuses)
      if (status !== undefined && at(node))
        return { span: node.span, title: status.name, lines: [`A status of the issue: ${statusLine(status)}.`] };
  }
  return undefined;
}

// ── words ───────────────────────────────────────────────────────────────────────────────────────

/** The innermost word of the language that the place belongs to. */
function wordOf(nodes: readonly Node[]): Hover | undefined {
  for (const node of nodes.toReversed()) {
    const parent = nodes[nodes.indexOf(node) - 1];
    if (node.kind === 'arrow') return { span: node.span, title: node.arrow, lines: [arrowWords[node.arrow]] };
    if (node.kind === 'name' && parent !== undefined) {
      const about = listedWords[parent.kind]?.[node.text];
      if (about !== undefined) return { span: node.span, title: node.text, lines: [about] };
    }
    const about = lineWords[node.kind] ?? (node.kind === 'switch' ? clauseWords[node.feature] : undefined);
    if (about !== undefined) {
      const title = node.kind === 'switch' ? node.feature : (titles[node.kind] ?? node.kind.replace('-', ' '));
      return { span: node.span, title, lines: [about] };
    }
  }
  return undefined;
}

const titles: Readonly<Record<string, string>> = { rule: 'when', 'inline-table': 'table' };
const listedWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sync: modeWords,
  create: createWords,
  fallback: fallbackWords,
  'on-conflict': conflictWords,
};

// ── what the line does ──────────────────────────────────────────────────────────────────────────

/** Sentences of the explanation that come from the innermost clause or mapping; of an item's head, its scope and cost. */
function whatItDoes(analysis: Analysis, file: SourceFile, nodes: readonly Node[]): readonly string[] {
  const item = analysis.bound.items.find(({ node }) => nodes.includes(node));
  const plan = item && planOfItem(analysis, item);
  if (plan === undefined) return [];
  const explanation = explainItem(plan);
  for (const node of nodes.toReversed()) {
    // In YAML an item begins with its id.
    if (node.span.start === item!.node.span.start)
      return nodes.length <= 3 ? [...sentencesAt(explanation, file, node), ...costLines(analysis, plan)] : [];
    const said = sentencesAt(explanation, file, node);
    if (said.length > 0) return said;
  }
  return [];
}

const costLines = ({ plan: whole }: Analysis, item: ItemPlan): readonly string[] =>
  explainCost(item, whole ?? { version: planVersion, items: [item] }).sentences.map(({ text }) => text);

function sentencesAt(explanation: Explanation, file: SourceFile, { span }: Node): readonly string[] {
  const { line, column } = file.position(span.start);
  const from = ({ origin }: Sentence) =>
    origin !== undefined && origin.file === file.path && origin.line === line && origin.column === column;
  return explanation.sections.flatMap(({ sentences }) => sentences.filter(from).map(({ text }) => text));
}
