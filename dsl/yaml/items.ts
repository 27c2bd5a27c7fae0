/** Items: their clauses, each under its key. */
import { isMap, isSeq, type ParsedNode } from 'yaml';
import type * as ast from '../ast.ts';
import * as leaf from '../leaves.ts';
import type { Findings } from '../messages/index.ts';
import { nearest } from '../nearest.ts';
import { type Access, type Entry, list } from './access.ts';
import type { YamlConditions } from './conditions.ts';
import { forms } from './forms.ts';
import { gone, nameOf, textNode, type YamlLeaves } from './leaves.ts';
import { createMappings } from './mappings.ts';
import { keys } from './shapes.ts';
import type { YamlTables } from './tables.ts';

export function createItems(
  yaml: Access,
  leaves: YamlLeaves,
  tables: YamlTables,
  condition: YamlConditions,
  findings: Findings,
) {
  const { report } = yaml;
  const { keyText, flag, name, path, switchOf, text, value } = leaves;
  const { table, tableEntries } = tables;
  const mapping = createMappings(yaml, leaves, tables);

  function jiraClause({ value: node, keySpan, span }: Entry): ast.JiraClause {
    const shape = yaml.shape(node, '`jira`', keys.jira, keySpan);
    const one = shape.get('project');
    const several = shape.get('projects');
    if ((one === undefined) === (several === undefined)) {
      const found = one === undefined ? 0 : 2;
      const at = several?.keySpan ?? shape.span;
      if (found > 0 || shape.entries.length > 0 || yaml.isBlank(node) || isMap(yaml.resolve(node))) {
        yaml.oneOf(at, '`jira`', list(['project', 'projects']), found);
      }
    }
    const type = shape.get('issueType');
    const projects: (ast.Name | ast.Missing)[] = [];
    if (one !== undefined) projects.push(name(one, '`project`', keySpan));
    else if (several !== undefined) {
      for (const item of yaml.items(several.value, '`projects`', forms.projects)) {
        const written = yaml.text(item, 'a project', several.keySpan);
        projects.push(written === undefined ? gone(yaml.spanOf(item)) : nameOf(written));
      }
      if (projects.length === 0)
        report(several.keySpan, 'yaml-no-text', { place: '`projects`', hint: 'list projects in it' });
    }
    if (projects.length === 0) projects.push(gone(shape.span));
    if (type === undefined) return { kind: 'jira', span, projects };
    return { kind: 'jira', span, projects, issueType: text(type.value, '`issueType`', type.keySpan) };
  }

  function createClause(entry: Entry): ast.CreateClause {
    const { span, keySpan } = entry;
    if (!isMap(yaml.resolve(entry.value))) {
      const records = name(entry, '`create`', keySpan);
      const off = records.kind === 'name' && /^(?:false|off|no)$/i.test(records.text);
      return { kind: 'create', span, records: off ? { ...records, text: 'off' } : records };
    }
    const shape = yaml.shape(entry.value, '`create`', keys.create, keySpan);
    const which = shape.get('records');
    if (which === undefined) yaml.missingKey(shape.span, '`create`', 'records');
    const records = name(which, '`records`', shape.span);
    const since = shape.get('since');
    if (since === undefined) return { kind: 'create', span, records };
    const written = yaml.text(since.value, '`since`', since.keySpan);
    if (written === undefined) return { kind: 'create', span, records, since: gone(since.keySpan) };
    if (leaf.isDay(written.value)) {
      return { kind: 'create', span, records, since: { kind: 'date', span: written.span, value: written.value } };
    }
    const found = `\`${written.value}\``;
    report(written.span, 'yaml-wrong-kind', { place: '`since`', expected: 'a day as in `2026-01-31`', found });
    return { kind: 'create', span, records, since: gone(written.span) };
  }

  function statusClause({ value: node, keySpan, span }: Entry): ast.StatusClause {
    const shape = yaml.shape(node, '`status`', keys.status, keySpan);
    const field = shape.get('field');
    if (field === undefined && (yaml.isBlank(node) || isMap(yaml.resolve(node)))) {
      yaml.missingKey(shape.span, '`status`', 'field');
    }
    const by = shape.get('by');
    const rows = tableEntries(shape);
    if (by !== undefined && rows.length > 0) {
      yaml.oneOf(by.keySpan, '`status`', '`by` and the rows of a table', 2);
    }
    return {
      kind: 'status',
      span,
      field: name(field, '`field`', shape.span),
      ...(by === undefined ? {} : { by: name(by, '`by`', by.keySpan) }),
      ...(rows.length === 0 ? {} : { table: table(rows, shape.span) }),
    };
  }

  function rule(node: ParsedNode): ast.RuleClause | ast.OtherwiseClause | undefined {
    const shape = yaml.shape(node, 'a rule', keys.rule, yaml.spanOf(node));
    const { span } = shape;
    const when = shape.get('when');
    const move = shape.get('moveTo');
    const otherwise = shape.get('otherwise');
    if (otherwise !== undefined) {
      const extra = when ?? move;
      if (extra !== undefined) {
        yaml.oneOf(extra.keySpan, 'a rule', list(['when', 'otherwise']), 2);
      }
      return { kind: 'otherwise', span, target: otherwiseTarget(otherwise) };
    }
    if (when === undefined && move === undefined) {
      if (yaml.entries(node, 'a rule').length === 0) {
        yaml.oneOf(span, 'a rule', list(['when', 'otherwise']), 0);
      }
      return undefined;
    }
    if (when === undefined) yaml.missingKey(span, 'a rule', 'when');
    if (move === undefined) yaml.missingKey(span, 'a rule', 'moveTo');
    return {
      kind: 'rule',
      span,
      condition: when === undefined ? gone(span) : condition(when.value, '`when`', when.keySpan),
      target: move === undefined ? gone(span) : text(move.value, '`moveTo`', move.keySpan),
    };
  }

  function otherwiseTarget(entry: Entry): ast.OtherwiseClause['target'] {
    if (isMap(yaml.resolve(entry.value))) {
      const shape = yaml.shape(entry.value, '`otherwise`', keys.move, entry.keySpan);
      const move = shape.get('moveTo');
      if (move !== undefined) return text(move.value, '`moveTo`', move.keySpan);
      if (shape.entries.length === 0) yaml.missingKey(shape.span, '`otherwise`', 'moveTo');
      return gone(shape.span);
    }
    const written = yaml.text(entry.value, '`otherwise`', entry.keySpan);
    if (written === undefined) return gone(entry.keySpan);
    if (written.value === 'leave') return { kind: 'leave', span: written.span };
    const near = nearest(written.value, ['leave']);
    const map = yaml.mapOf('moveTo', written);
    report(
      written.span,
      'yaml-move-text',
      { map, nearest: near },
      { fixes: yaml.writeInstead(written.span, near, map) },
    );
    return near === undefined ? textNode(written) : gone(entry.keySpan);
  }

  function commentsClause(entry: Entry): ast.CommentsClause {
    const { span, keySpan } = entry;
    if (!isMap(yaml.resolve(entry.value))) {
      return { kind: 'comments', span, state: switchOf(entry, '`comments`'), options: [] };
    }
    const shape = yaml.shape(entry.value, '`comments`', keys.comments, keySpan);
    const options = shape.entries
      .filter(option => flag(option, `\`${option.key}\``))
      .map((option): ast.Name => ({ kind: 'name', span: option.keySpan, text: option.key }));
    return { kind: 'comments', span, state: { kind: 'name', span: shape.span, text: 'on' }, options };
  }

  function clauses(entry: Entry & { readonly key: (typeof keys.item)[number] }): readonly ast.Clause[] {
    const { key, span, keySpan, value: node } = entry;
    switch (key) {
      case 'salesforce':
        return [{ kind: 'salesforce', span, object: name(entry, '`salesforce`', keySpan) }];
      case 'where':
        return [{ kind: 'where', span, condition: condition(node, '`where`', keySpan) }];
      case 'jira':
        return [jiraClause(entry)];
      case 'sync':
        return [{ kind: 'sync', span, mode: name(entry, '`sync`', keySpan) }];
      case 'create':
        return [createClause(entry)];
      case 'fields':
        return [{ kind: 'fields', span, mappings: yaml.items(node, '`fields`').map(mapping), closed: true }];
      case 'newIssue': {
        const settings = yaml.entries(node, '`newIssue`', forms.settings).map(
          (setting): ast.Setting => ({
            kind: 'setting',
            span: setting.span,
            field: { kind: 'jira-field', span: setting.keySpan, name: setting.key },
            value: value(setting.value, `\`${setting.key}\``, setting.keySpan),
          }),
        );
        return [{ kind: 'new-issue', span, settings, closed: true }];
      }
      case 'status':
        return [statusClause(entry)];
      case 'rules':
        return yaml
          .items(node, '`rules`')
          .map(rule)
          .filter(clause => clause !== undefined);
      case 'comments':
        return [commentsClause(entry)];
      case 'attachments':
      case 'associations':
        return [{ kind: 'switch', span, feature: key, state: switchOf(entry, `\`${key}\``) }];
      case 'show': {
        const paths = yaml.items(node, '`show`', forms.show).map(item => path(item, 'a field', yaml.spanOf(item)));
        if (paths.length === 0 && (yaml.isBlank(node) || isSeq(yaml.resolve(node))))
          report(keySpan, 'yaml-no-text', { place: '`show`', hint: 'list fields in it' });
        return [{ kind: 'show', span, paths: paths.length === 0 ? [gone(keySpan)] : paths }];
      }
      default:
        return [];
    }
  }

  /** Runs a reader and says whether it found an error. */
  function watch<T>(read: () => T): readonly [T, boolean] {
    const before = findings.list.length;
    const result = read();
    return [result, findings.list.slice(before).some(finding => finding.severity === 'error')];
  }

  function item(entry: Entry): ast.Item {
    const [node, broken] = watch((): ast.Item => {
      const shape = yaml.shape(entry.value, 'an item', keys.item, entry.keySpan);
      const title = shape.get('name');
      if (title === undefined) yaml.missingKey(entry.keySpan, 'an item', 'name');
      const was = shape.get('was');
      return {
        kind: 'item',
        span: entry.span,
        id: nameOf(keyText(entry)),
        ...(was === undefined ? {} : { was: name(was, '`was`', was.keySpan) }),
        name: title === undefined ? gone(entry.keySpan) : text(title.value, '`name`', title.keySpan),
        clauses: shape.entries.flatMap(clauses),
        closed: true,
      };
    });
    return broken ? { ...node, broken } : node;
  }

  return item;
}
