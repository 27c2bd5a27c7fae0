/**
 * Writes a program in YAML: the keys of `shapes.ts` that `read.ts` reads, one entry here for each. Groups
 * what YAML groups (declarations by kind, rules, rows by direction, expectations by side); none of these
 * orders has a meaning, and within a group the order stays.
 */
import type * as ast from '../ast.ts';
import { type Comments, isBlock, rowKey } from '../comments.ts';
import {
  commentsAround,
  commentsInside,
  isBlankAbove,
  isOnOneLine,
  keepsBlank,
  nothingAround,
} from '../printer/lines.ts';
import { byRank } from '../printer/phrases.ts';
import { present, unprintable } from '../printer/unprintable.ts';
import { fallbackWords } from '../vocabulary.ts';
import {
  entry,
  layoutYaml,
  list,
  map,
  type Style,
  scalar,
  type YamlEntry,
  type YamlMap,
  type YamlScalar,
  type YamlValue,
} from './layout.ts';
import { yamlText } from './scalars.ts';
import { keys } from './shapes.ts';

const PATH = /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*$/;

const OWNERS = { '->': 'salesforce', '<-': 'jira', '<->': 'both' } as const;
const OPERATORS = {
  is: 'is',
  'is-not': 'isNot',
  'is-at-least': 'isAtLeast',
  'is-at-most': 'isAtMost',
  'is-before': 'isBefore',
  'is-after': 'isAfter',
  contains: 'contains',
  'starts-with': 'startsWith',
} as const;

export function printYaml(program: ast.Program, comments: Comments): string {
  const { file } = program;
  const asWritten = file.notation === 'yaml';
  const hasComments = program.comments.length > 0;

  // ── entries with their comments ───────────────────────────────────────────────────────────────

  /** Nodes that are entries of their own, each once. Comments of the others go above what they are in. */
  const written = new Set<ast.Node>();

  /** An entry that stands for `node`. Call it after the entries of its parts are made. */
  function of(node: ast.Node, key: string | undefined, value: YamlValue): YamlEntry {
    written.add(node);
    const blank = keepsBlank(node) && isBlankAbove(file, node.span.start);
    if (!hasComments) return { ...entry(key, value), blank, blankBelowComments: false };
    const isList = key === undefined;
    const inside = commentsInside(comments, node, part => written.has(part));
    const found = commentsAround(file, comments.of(node), inside, hasRoom(node));
    const { dangling, section, sectionLine } = found;
    const lifted = [...found.lifted];
    let { open, trailing } = found;
    // Behind a list's `-` there is no room, and a map or list ends on no line of its own.
    if (isList && open !== undefined) {
      lifted.push(open);
      open = undefined;
    }
    if (open !== undefined && trailing !== undefined) {
      lifted.push(trailing);
      trailing = undefined;
    }
    const around = { ...found, section, sectionLine, lifted, open, trailing, dangling: [] };
    const [first] = comments.of(node);
    const above = first?.place === 'leading';
    return {
      ...entry(key, value.kind === 'scalar' || dangling.length === 0 ? value : { ...value, dangling }, around),
      room: hasRoom(node),
      blank: above ? isBlankAbove(file, first.comment.span.start) : blank,
      blankBelowComments: found.above.length > 0 && blank,
    };
  }

  /** Whether comments can stand behind its key, and below what is in it. */
  const hasRoom = (node: ast.Node): boolean => isBlock(node) || node.kind === 'show' || node.kind === 'where';

  /** Each key once, as a map has it. */
  function once(entries: readonly YamlEntry[], node: ast.Node): readonly YamlEntry[] {
    const seen = new Set<string>();
    for (const { key } of entries) {
      const bare = key!.startsWith('"') ? (JSON.parse(key!) as string) : key!;
      if (seen.has(bare)) unprintable(node, `\`${bare}\` stands twice, and a map holds each key once`);
      seen.add(bare);
    }
    return entries;
  }

  /** What was written over several lines stays so. */
  const style = (node: Pick<ast.Node, 'span'>): Style => (asWritten && !isOnOneLine(file, node) ? 'block' : 'either');

  /** The entries of a section under its key, which has the comments and the blank line of the first. */
  function section(key: string, first: ast.Node, entries: readonly YamlEntry[], kind: 'map' | 'list', how: Style) {
    const [head, ...rest] = entries;
    const { section: above, sectionLine, ...around } = head!.around;
    const [open, ...more] = sectionLine;
    const begin = comments.begin(first);
    const blank = keepsBlank(first) && (begin === first.span.start ? head!.blank : isBlankAbove(file, begin));
    const under = [{ ...head!, blank: false, around: { ...around, section: [], sectionLine: [] } }, ...rest];
    const value = (kind === 'map' ? map : list)(under, how);
    const bare = above.length === 0 && open === undefined;
    return {
      ...entry(key, value, bare ? nothingAround : { ...nothingAround, above, lifted: more, open, trailing: undefined }),
      blank: above.length > 0 ? above[0]!.blank : blank,
      blankBelowComments: above.length > 0 && blank,
    };
  }

  // ── leaves ────────────────────────────────────────────────────────────────────────────────────

  const word = (node: ast.Name | ast.Missing): YamlScalar => scalar(yamlText(present(node).text));
  /** `on` and `off` stand as they are. */
  const state = (node: ast.Name | ast.Missing): YamlScalar => {
    const { text } = present(node);
    return scalar(text === 'on' || text === 'off' ? text : yamlText(text));
  };
  const text = (node: ast.Text | ast.Missing): YamlScalar => scalar(yamlText(present(node).value));

  function spelt(node: ast.Path | ast.Missing): string {
    const found = present(node);
    const path = found.segments.map(segment => segment.text).join('.');
    if (!PATH.test(path)) unprintable(found, `\`${path}\` is not the API name of a field`);
    return yamlText(path);
  }
  const path = (node: ast.Path | ast.Missing): YamlScalar => scalar(spelt(node));

  function literalText(node: ast.Literal | ast.Missing): string {
    const found = present(node);
    if (found.kind === 'text') return yamlText(found.value);
    return found.kind === 'number' || found.kind === 'boolean' ? found.raw : found.value;
  }
  const literal = (node: ast.Literal | ast.Missing): YamlScalar => scalar(literalText(node));

  const literals = (nodes: readonly (ast.Literal | ast.Missing)[]): YamlValue =>
    list(nodes.map(node => of(present(node), undefined, literal(node))));

  function value(node: ast.Value | ast.Missing): YamlValue {
    const found = present(node);
    if (found.kind === 'empty') return scalar('null');
    return found.kind === 'list' ? literals(found.values) : literal(found);
  }

  function fallback({ action }: ast.Fallback): YamlValue {
    const found = present(action);
    if (found.kind !== 'name') return map([entry('text', scalar(yamlText(found.value)))]);
    if (!Object.hasOwn(fallbackWords, found.text)) {
      unprintable(found, `\`${found.text}\` is neither \`skip\`, \`keep\` nor \`clear\``);
    }
    return scalar(found.text);
  }

  // ── tables and conditions ─────────────────────────────────────────────────────────────────────

  function row(node: ast.TableRow): YamlEntry {
    const [from, to] = rowKey(node) === 'toSalesforce' ? [node.right, node.left] : [node.left, node.right];
    return of(node, literalText(from), literal(to));
  }

  function tableEntries(table: ast.Table, node: ast.Node): readonly YamlEntry[] {
    const sections = Map.groupBy(table.rows, at => (at.kind === 'row' ? (rowKey(at) ?? present(at.arrow).arrow) : at));
    if (sections.size === 0) return [entry('pairs', map([]))];
    return [...sections].map(([key, rows]) => {
      const [first] = rows;
      if (typeof key !== 'string') return of(key, 'otherwise', fallback((key as ast.TableOtherwise).fallback));
      const span = { start: comments.begin(first!), end: rows.at(-1)!.span.end };
      return section(key, first!, once((rows as ast.TableRow[]).map(row), node), 'map', style({ span }));
    });
  }

  function condition(node: ast.Condition): YamlMap {
    const found = present(node);
    switch (found.kind) {
      case 'all':
      case 'any':
        if (found.kind === 'any' && found.mixed) {
          unprintable(found, '`and` beside `or` needs brackets that say which of them comes first');
        }
        return map(
          [
            entry(
              found.kind,
              list(
                found.of.map(part => of(part, undefined, condition(part))),
                'inner',
              ),
            ),
          ],
          style(found),
        );
      case 'not':
        return map([entry('not', condition(found.of))], style(found));
      case 'compare':
        return map([entry('field', path(found.path)), entry(OPERATORS[found.comparison], literal(found.value))]);
      case 'one-of':
        return map([
          entry('field', path(found.path)),
          entry(found.negated ? 'isNotOneOf' : 'isOneOf', literals(found.values)),
        ]);
      case 'is-empty':
        return map([entry('field', path(found.path)), entry(found.negated ? 'isNotEmpty' : 'isEmpty', scalar('true'))]);
    }
  }

  // ── items ─────────────────────────────────────────────────────────────────────────────────────

  function mapping(node: ast.Mapping): YamlEntry {
    const source = present(node.source);
    const arrow = present(node.arrow);
    const from =
      source.kind === 'path'
        ? of(source, 'salesforce', path(source))
        : of(source, 'template', scalar(yamlText(source.value)));
    const target = present(node.target);
    const ordered = node.modifiers.length < 2 ? node.modifiers : [...node.modifiers].sort(byRank);
    const entries = [
      from,
      of(target, 'jira', scalar(yamlText(target.name))),
      of(arrow, 'owner', scalar(OWNERS[arrow.arrow])),
      ...ordered.map(modifier),
    ];
    return of(node, undefined, map(once(entries, node), style(node)));
  }

  function modifier(node: ast.Modifier): YamlEntry {
    switch (node.kind) {
      case 'by':
        return of(node, 'by', word(node.table));
      case 'inline-table': {
        return of(node, 'by', map(once(tableEntries(node.table, node), node), style(node)));
      }
      case 'cut-at':
        return of(node, 'cutAt', literal(node.length));
      case 'or-else':
        return of(node, 'orElse', fallback(node.fallback));
      case 'on-conflict':
        return of(node, 'onConflict', word(node.choice));
    }
  }

  function jira(node: ast.JiraClause): YamlEntry {
    const [only, ...more] = node.projects;
    const projects =
      more.length === 0 && only !== undefined
        ? of(present(only), 'project', word(only))
        : entry('projects', list(node.projects.map(project => of(present(project), undefined, word(project)))));
    const type = node.issueType;
    const entries = type === undefined ? [projects] : [projects, of(present(type), 'issueType', text(type))];
    return of(node, 'jira', map(entries, style(node)));
  }

  function create(node: ast.CreateClause): YamlEntry {
    if (node.since === undefined) return of(node, 'create', state(node.records));
    const since = present(node.since);
    const entries = [
      of(present(node.records), 'records', state(node.records)),
      of(since, 'since', scalar(since.value)),
    ];
    return of(node, 'create', map(entries, style(node)));
  }

  function commentsClause(node: ast.CommentsClause): YamlEntry {
    if (node.options.length === 0) return of(node, 'comments', state(node.state));
    const on = present(node.state).text === 'on';
    if (!on || node.options.some(option => !(keys.comments as readonly string[]).includes(option.text))) {
      unprintable(node, 'only `on` goes with `internal too` and `published`');
    }
    const entries = node.options.map(option => entry(option.text, scalar('true')));
    return of(node, 'comments', map(once(entries, node), style(node)));
  }

  function status(node: ast.StatusClause): YamlEntry {
    const field = of(present(node.field), 'field', word(node.field));
    const by = node.by === undefined ? [] : [of(present(node.by), 'by', word(node.by))];
    const rows = node.table === undefined ? [] : tableEntries(node.table, node);
    return of(node, 'status', map(once([field, ...by, ...rows], node), style(node)));
  }

  function rule(node: ast.RuleClause | ast.OtherwiseClause): YamlEntry {
    if (node.kind === 'rule') {
      const target = present(node.target);
      const entries = [of(node.condition, 'when', condition(node.condition)), of(target, 'moveTo', text(target))];
      return of(node, undefined, map(entries, style(node)));
    }
    const target = present(node.target);
    const to = target.kind === 'leave' ? scalar('leave') : map([entry('moveTo', text(target))]);
    return of(node, undefined, map([of(target, 'otherwise', to)], style(node)));
  }

  function clause(node: Exclude<ast.Clause, ast.RuleClause | ast.OtherwiseClause>): YamlEntry {
    switch (node.kind) {
      case 'salesforce':
        return of(node, 'salesforce', word(node.object));
      case 'where':
        return of(node, 'where', condition(node.condition));
      case 'jira':
        return jira(node);
      case 'sync':
        return of(node, 'sync', word(node.mode));
      case 'create':
        return create(node);
      case 'fields':
        return of(node, 'fields', list(node.mappings.map(mapping), 'block'));
      case 'new-issue': {
        const settings = node.settings.map(setting =>
          of(setting, yamlText(present(setting.field).name), value(setting.value)),
        );
        return of(node, 'newIssue', map(once(settings, node), style(node)));
      }
      case 'status':
        return status(node);
      case 'comments':
        return commentsClause(node);
      case 'switch':
        return of(node, node.feature, state(node.state));
      case 'show':
        return of(
          node,
          'show',
          list(
            node.paths.map(each => of(present(each), undefined, path(each))),
            style(node),
          ),
        );
    }
  }

  function item(node: ast.Item): YamlEntry {
    const title = of(present(node.name), 'name', text(node.name));
    const was = node.was === undefined ? [] : [of(present(node.was), 'was', word(node.was))];
    const rules = node.clauses.filter(each => each.kind === 'rule' || each.kind === 'otherwise');
    const clauses = node.clauses.flatMap((each): YamlEntry[] => {
      if (each.kind !== 'rule' && each.kind !== 'otherwise') return [clause(each)];
      return each === rules[0] ? [section('rules', each, rules.map(rule), 'list', 'block')] : [];
    });
    // Nothing stands above the name: the first clause keeps its distance only from what is above it.
    return of(node, word(node.id).text, map(once([title, ...was, ...clauses], node), 'block'));
  }

  // ── value tables and tests ────────────────────────────────────────────────────────────────────

  function values(node: ast.Values): YamlEntry {
    return of(node, word(node.id).text, map(once(tableEntries(node.table, node), node), style(node)));
  }

  function assignment(node: ast.Assignment, as: ast.Node = node): YamlEntry {
    const field = present(node.field);
    return of(as, field.kind === 'path' ? spelt(field) : yamlText(field.name), value(node.value));
  }

  function expectations(node: ast.ExpectStep): YamlMap {
    type Group = 'created' | 'writes' | ast.Side;
    const groupOf = (each: ast.Expectation): Group =>
      each.kind === 'expect-created' ? 'created' : each.kind === 'expect-writes' ? 'writes' : each.side;
    const entries = [...Map.groupBy(node.expectations, groupOf)].map(([group, each]): YamlEntry => {
      if (group === 'created') {
        const [first, second] = each as ast.CreatedExpectation[];
        if (second !== undefined) unprintable(second, '`created` stands twice, and a map holds each key once');
        return of(first!, 'created', scalar(first!.negated ? 'false' : 'true'));
      }
      const members = each.map(one =>
        one.kind === 'expect-writes'
          ? of(one, one.side, literal(one.count))
          : assignment((one as ast.ValueExpectation).assignment, one),
      );
      return section(group, each[0]!, once(members, node), 'map', 'either');
    });
    return map(entries);
  }

  function action(node: ast.Step): YamlEntry {
    if (node.kind === 'cycle') return entry('cycle', scalar('true'));
    if (node.kind === 'expect') return entry('expect', expectations(node));
    const [first] = node.assignments;
    const members = node.assignments.map(each => assignment(each));
    return section(node.side, first!, once(members, node), 'map', 'either');
  }

  function step(node: ast.Step): YamlEntry {
    const at = node.at === undefined ? [] : [of(present(node.at), 'at', scalar(present(node.at).raw))];
    const what = action(node);
    return of(node, undefined, map([...at, what], at.length === 0 ? 'block' : style(node)));
  }

  function test(node: ast.Test): YamlEntry {
    const [first] = node.steps;
    return of(
      node,
      undefined,
      map(
        [
          of(present(node.name), 'name', text(node.name)),
          of(present(node.item), 'item', word(node.item)),
          ...(first === undefined ? [] : [section('steps', first, node.steps.map(step), 'list', 'block')]),
        ],
        'block',
      ),
    );
  }

  // ── the file ──────────────────────────────────────────────────────────────────────────────────

  const groups = Map.groupBy(program.declarations, ({ kind }) => kind);
  const sections = [...groups].map(([kind, nodes]) => {
    const [first] = nodes;
    if (kind === 'item')
      return section('items', first!, once((nodes as ast.Item[]).map(item), program), 'map', 'block');
    if (kind === 'test') return section('tests', first!, (nodes as ast.Test[]).map(test), 'list', 'block');
    return section('values', first!, once((nodes as ast.Values[]).map(values), program), 'map', 'block');
  });
  const { above, dangling } = commentsAround(file, comments.of(program), [], true);
  return layoutYaml(map(sections, 'block'), above, dangling);
}
