/** Items: a key for each clause, the rules under that of the first. */
import type * as ast from '../../ast.ts';
import { byRank } from '../../printer/phrases.ts';
import { present, unprintable } from '../../printer/unprintable.ts';
import { yamlText } from '../scalars.ts';
import { keys } from '../shapes.ts';
import { createConditions } from './conditions.ts';
import type { Entries } from './entries.ts';
import { entry, list, map, scalar, type YamlEntry } from './layout.ts';
import type { Leaves } from './leaves.ts';
import type { TableEntries } from './tables.ts';

const OWNERS = { '->': 'salesforce', '<-': 'jira', '<->': 'both' } as const;

export function createItems(entries: Entries, leaves: Leaves, tableEntries: TableEntries) {
  const { of, once, style, section } = entries;
  const { word, state, text, path, literal, value, fallback } = leaves;
  const condition = createConditions(entries, leaves);

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

  return item;
}
