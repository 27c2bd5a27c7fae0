/**
 * Resolves the names of a whole program, in time linear in its size: one pass gathers items, tables and
 * tests of all files, a second one looks their names up. Files count in the order of their paths, so the
 * order in which they were read has no effect.
 */
import type * as ast from '../../dsl/ast.ts';
import { isMissing } from '../../dsl/ast.ts';
import type { SourceFile } from '../../dsl/source.ts';
import type { Config } from '../config/config.ts';
import { compare } from '../metadata/json.ts';
import type { MetadataLookup } from '../metadata/lookup.ts';
import type { IssueTypeMetadata, ObjectMetadata } from '../metadata/model.ts';
import type { Mutable } from '../mutable.ts';
import type { Mode } from '../plan/ir.ts';
import type {
  BoundCondition,
  BoundIssueStatus,
  BoundItem,
  BoundJiraField,
  BoundMapping,
  BoundPath,
  BoundProgram,
  BoundProject,
  BoundRule,
  BoundSetting,
  BoundSource,
  BoundStatus,
  BoundTable,
  BoundTest,
  ClausesOf,
} from './bound.ts';
import { createFollow, type Follow } from './path.ts';

/** What names are looked up in. */
interface World {
  readonly lookup?: MetadataLookup;
  readonly follow?: Follow;
  readonly tablesById: ReadonlyMap<string, BoundTable>;
}

export function bind(
  programs: readonly ast.Program[],
  lookup: MetadataLookup | undefined,
  config?: Config,
): BoundProgram {
  const ordered = [...programs].sort((a, b) => compare(a.file.path, b.file.path));
  const tables: BoundTable[] = [];
  const tablesById = new Map<string, BoundTable>();
  for (const { file, declarations } of ordered) {
    for (const node of declarations) {
      if (node.kind !== 'values') continue;
      const table: BoundTable = { ...bindTable(file, node.table), node, ...idOf(node.id) };
      tables.push(table);
      if (table.id !== undefined && !tablesById.has(table.id)) tablesById.set(table.id, table);
    }
  }
  const world: World = lookup === undefined ? { tablesById } : { lookup, follow: createFollow(lookup), tablesById };
  const items: BoundItem[] = [];
  const itemsById = new Map<string, BoundItem>();
  for (const { file, declarations } of ordered) {
    for (const node of declarations) {
      if (node.kind !== 'item') continue;
      const item = bindItem(file, node, world);
      items.push(item);
      if (item.id !== undefined && !itemsById.has(item.id)) itemsById.set(item.id, item);
    }
  }
  const tests = ordered.flatMap(({ file, declarations }) =>
    declarations.flatMap(node => (node.kind === 'test' ? [bindTest(file, node, world, itemsById)] : [])),
  );
  const files = ordered.map(program => program.file);
  const bound = { items, tables, tests, itemsById, tablesById, files };
  return { ...bound, ...(lookup === undefined ? {} : { lookup }), ...(config === undefined ? {} : { config }) };
}

function bindTable(file: SourceFile, table: ast.Table): BoundTable {
  const otherwise = table.rows.find(row => row.kind === 'table-otherwise')?.fallback;
  return otherwise === undefined ? { file, table } : { file, table, otherwise };
}

const idOf = (id: ast.Name | ast.Missing): { readonly id?: string } => (isMissing(id) ? {} : { id: id.text });

export const modes: readonly Mode[] = ['display-only', 'one-way', 'two-way', 'custom'];

/** Looks names up for one item, and remembers each of them. */
function createScope({ lookup, follow }: World, object: ObjectMetadata | undefined, type?: IssueTypeMetadata) {
  const paths: BoundPath[] = [];
  const jiraFields: BoundJiraField[] = [];
  const statuses: BoundIssueStatus[] = [];
  return {
    paths,
    jiraFields,
    statuses,
    path(node: ast.Path): BoundPath {
      const bound = { node, result: follow && object ? follow(object, node) : silent };
      paths.push(bound);
      return bound;
    },
    jiraField(node: ast.JiraField): BoundJiraField {
      const bound = { node, result: resolveJiraField(lookup, type, node) };
      jiraFields.push(bound);
      return bound;
    },
    status(node: ast.Text): BoundIssueStatus | undefined {
      if (lookup === undefined || type === undefined || node.unclosed) return undefined;
      const status = lookup.status(type, node.value);
      const bound = status === undefined ? { node, issueType: type } : { node, issueType: type, status };
      statuses.push(bound);
      return bound;
    },
  };
}
type Scope = ReturnType<typeof createScope>;

const silent = { kind: 'silent' } as const;

function resolveJiraField(
  lookup: MetadataLookup | undefined,
  type: IssueTypeMetadata | undefined,
  node: ast.JiraField,
): BoundJiraField['result'] {
  if (lookup === undefined || node.unclosed) return silent;
  const fields = lookup.jiraFields(node.name);
  const field = fields[0];
  if (field === undefined) return { kind: 'unknown' };
  if (fields.length > 1) return { kind: 'ambiguous', fields };
  const screen = type === undefined ? undefined : lookup.screenField(type, field.id);
  return screen === undefined ? { kind: 'field', field } : { kind: 'field', field, screen };
}

function bindItem(file: SourceFile, node: ast.Item, world: World): BoundItem {
  const { lookup, tablesById } = world;
  const clauses = clausesOf(node);
  const [salesforce] = clauses.salesforce;
  const named = salesforce && !isMissing(salesforce.object) ? lookup?.object(salesforce.object.text) : undefined;
  const object = named?.fields === undefined ? undefined : named;
  const [sync] = clauses.sync;
  const word = sync && !isMissing(sync.mode) ? sync.mode.text : undefined;
  const mode = modes.find(known => known === word);

  const [jira] = clauses.jira;
  const projects: BoundProject[] = [];
  for (const name of jira?.projects ?? []) {
    if (isMissing(name)) continue;
    const project = lookup?.project(name.text);
    projects.push(project === undefined ? { node: name } : { node: name, project });
  }
  const typeName = jira?.issueType;
  const project = projects[0]?.project;
  const issueType =
    lookup && project && typeName && !isMissing(typeName) ? lookup.issueType(project, typeName.value) : undefined;

  const scope = createScope(world, object, issueType);
  const mappings: BoundMapping[] = [];
  for (const clause of clauses.fields) {
    for (const mapping of clause.mappings) mappings.push(bindMapping(file, mapping, scope, tablesById));
  }
  const settings: BoundSetting[] = [];
  for (const clause of clauses['new-issue']) {
    for (const setting of clause.settings) {
      const { field } = setting;
      settings.push(isMissing(field) ? { node: setting } : { node: setting, target: scope.jiraField(field) });
    }
  }
  const conditions: BoundCondition[] = [];
  for (const clause of clauses.where) bindCondition(clause.condition, scope, conditions);
  for (const clause of clauses.rule) bindCondition(clause.condition, scope, conditions);
  const rules: BoundRule[] = [];
  for (const clause of node.clauses) {
    if (clause.kind !== 'rule' && clause.kind !== 'otherwise') continue;
    const target = clause.target.kind === 'text' ? scope.status(clause.target) : undefined;
    rules.push(target === undefined ? { node: clause } : { node: clause, target });
  }
  const status = clauses.status.map(clause => bindStatus(file, clause, scope, tablesById))[0];
  const show: BoundPath[] = [];
  for (const clause of clauses.show) {
    for (const path of clause.paths) if (!isMissing(path)) show.push(scope.path(path));
  }

  const { paths, jiraFields, statuses } = scope;
  const bound: Mutable<BoundItem> = {
    file,
    node,
    clauses,
    projects,
    mappings,
    settings,
    conditions,
    rules,
    show,
    paths,
    jiraFields,
    statuses,
  };
  if (!isMissing(node.id)) bound.id = node.id.text;
  if (mode !== undefined) bound.mode = mode;
  if (object !== undefined) bound.object = object;
  if (issueType !== undefined) bound.issueType = issueType;
  if (status !== undefined) bound.status = status;
  return bound;
}

const none: readonly never[] = [];
const noClauses: ClausesOf = {
  salesforce: none,
  where: none,
  jira: none,
  sync: none,
  create: none,
  fields: none,
  'new-issue': none,
  status: none,
  rule: none,
  otherwise: none,
  comments: none,
  switch: none,
  show: none,
};

function clausesOf(node: ast.Item): ClausesOf {
  const clauses = { ...noClauses } as unknown as Record<ast.Clause['kind'], ast.Clause[]>;
  for (const clause of node.clauses) {
    const before = clauses[clause.kind];
    if (before.length === 0) clauses[clause.kind] = [clause];
    else before.push(clause);
  }
  return clauses as unknown as ClausesOf;
}

const noModifiers: BoundMapping['modifiers'] = {};

function bindMapping(
  file: SourceFile,
  node: ast.Mapping,
  scope: Scope,
  tablesById: ReadonlyMap<string, BoundTable>,
): BoundMapping {
  const modifiers = node.modifiers.length === 0 ? noModifiers : firstOfEach(node.modifiers);
  const bound: Mutable<BoundMapping> = { node, source: bindSource(node.source, scope), modifiers };
  const orElse = modifiers['or-else']?.fallback.action;
  if (orElse?.kind === 'template') holesOf(orElse, scope);
  if (!isMissing(node.arrow)) bound.arrow = node.arrow.arrow;
  if (!isMissing(node.target)) bound.target = scope.jiraField(node.target);
  const by = modifiers.by?.table;
  const table = modifiers['inline-table']
    ? bindTable(file, modifiers['inline-table'].table)
    : by && !isMissing(by)
      ? tablesById.get(by.text)
      : undefined;
  if (table !== undefined) bound.table = table;
  return bound;
}

function firstOfEach(modifiers: readonly ast.Modifier[]): BoundMapping['modifiers'] {
  const first: Partial<Record<ast.Modifier['kind'], ast.Modifier>> = {};
  for (const modifier of modifiers) first[modifier.kind] ??= modifier;
  return first as BoundMapping['modifiers'];
}

function bindSource(source: ast.Mapping['source'], scope: Scope): BoundSource {
  if (isMissing(source)) return { kind: 'missing' };
  if (source.kind === 'path') return { kind: 'path', path: scope.path(source) };
  return { kind: 'template', template: source, holes: holesOf(source, scope) };
}

const holesOf = (template: ast.Template, scope: Scope): readonly BoundPath[] =>
  template.parts.flatMap(part => (part.kind === 'hole' && !isMissing(part.path) ? [scope.path(part.path)] : []));

function bindStatus(
  file: SourceFile,
  node: ast.StatusClause,
  scope: Scope,
  tablesById: ReadonlyMap<string, BoundTable>,
): BoundStatus {
  const field = isMissing(node.field)
    ? undefined
    : scope.path({ kind: 'path', span: node.field.span, segments: [node.field] });
  const table = node.table
    ? bindTable(file, node.table)
    : node.by && !isMissing(node.by)
      ? tablesById.get(node.by.text)
      : undefined;
  for (const row of table?.table.rows ?? []) {
    if (row.kind === 'row' && row.right.kind === 'text') scope.status(row.right);
  }
  return { node, ...(field === undefined ? {} : { field }), ...(table === undefined ? {} : { table }) };
}

/** The comparisons of a condition, in the order of the text, added to `found`. */
function bindCondition(condition: ast.Condition, scope: Scope, found: BoundCondition[]): void {
  const waiting: ast.Condition[] = [condition];
  while (waiting.length > 0) {
    const node = waiting.pop()!;
    if (node.kind === 'all' || node.kind === 'any') {
      for (let i = node.of.length - 1; i >= 0; i--) waiting.push(node.of[i]!);
    } else if (node.kind === 'not') waiting.push(node.of);
    else if (node.kind !== 'missing' && !isMissing(node.path)) {
      const given = node.kind === 'compare' ? [node.value] : node.kind === 'one-of' ? node.values : [];
      found.push({ node, path: scope.path(node.path), literals: given.filter(literal => !isMissing(literal)) });
    }
  }
}

function bindTest(
  file: SourceFile,
  node: ast.Test,
  world: World,
  itemsById: ReadonlyMap<string, BoundItem>,
): BoundTest {
  const item = isMissing(node.item) ? undefined : itemsById.get(node.item.text);
  const scope = createScope(item === undefined ? nowhere : world, item?.object, item?.issueType);
  const values: BoundTest['values'][number][] = [];
  const assign = ({ field, value }: ast.Assignment) => {
    if (isMissing(field)) return;
    const bound = field.kind === 'path' ? scope.path(field) : scope.jiraField(field);
    const literals = literalsOf(value);
    const isStatus = bound.node.kind === 'jira-field' && statusName(bound as BoundJiraField);
    if (!isStatus) values.push({ field: bound, literals });
    else for (const literal of literals) if (literal.kind === 'text') scope.status(literal);
  };
  for (const step of node.steps) {
    if (step.kind === 'change') step.assignments.forEach(assign);
    if (step.kind !== 'expect') continue;
    for (const expectation of step.expectations) {
      if (expectation.kind === 'expect-value') assign(expectation.assignment);
    }
  }
  const { paths, jiraFields, statuses } = scope;
  return { file, node, ...(item === undefined ? {} : { item }), paths, jiraFields, statuses, values };
}

const nowhere: World = { tablesById: new Map() };

const statusName = ({ node, result }: BoundJiraField): boolean =>
  result.kind === 'field' ? result.field.id === 'status' : node.name === 'status';

export function literalsOf(value: ast.Value | ast.Missing): readonly ast.Literal[] {
  if (value.kind === 'missing' || value.kind === 'empty') return [];
  return value.kind === 'list' ? value.values.filter(literal => !isMissing(literal)) : [value];
}
