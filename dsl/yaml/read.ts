/**
 * Reads the YAML notation: one document in, the same tree as Bridge out, with spans that point into
 * the YAML. Every key of the notation appears in exactly one place here. Blanks are empty maps and
 * lists, what is missing is a node with a place, and nothing throws.
 */
import { isMap, isScalar, isSeq, type ParsedNode, type Scalar } from 'yaml';
import type * as ast from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';
import * as leaf from '../leaves.ts';
import { isTooLarge, limited, MAX_DEPTH } from '../limits.ts';
import { createFindings } from '../messages.ts';
import { nearest } from '../nearest.ts';
import type { Parsed } from '../parsed.ts';
import { emptySpan, type SourceFile, type Span } from '../source.ts';
import { fallbackWords } from '../vocabulary.ts';
import { createAccess, type Entry, list, type Shape, type YamlNode, type YamlText } from './access.ts';
import { emptyDocument, loadDocument } from './document.ts';
import { keys } from './shapes.ts';

const waysOut = Object.keys(fallbackWords);

type TableKey = (typeof keys.table)[number];

export function parseYaml(file: SourceFile): Parsed {
  const findings = createFindings(file);
  const { report } = findings;
  const document = isTooLarge(file, findings) ? emptyDocument : loadDocument(file, findings);
  const yaml = createAccess(file, document, findings);
  const { missing } = leaf;

  // ── leaves ──────────────────────────────────────────────────────────────────────────────────

  const gone = (at: Span): ast.Missing => missing(at.start);
  const nameOf = (text: YamlText): ast.Name => ({ kind: 'name', span: text.span, text: text.value });
  const textNode = (text: YamlText): ast.Text => ({ kind: 'text', span: text.span, value: text.value });

  function name(entry: Entry | undefined, place: string, at: Span): ast.Name | ast.Missing {
    if (entry === undefined) return gone(at);
    const text = yaml.text(entry.value, place, entry.keySpan);
    return text === undefined ? gone(entry.keySpan) : nameOf(text);
  }
  function text(node: YamlNode, place: string, at: Span): ast.Text | ast.Missing {
    const found = yaml.text(node, place, at);
    return found === undefined ? gone(at) : textNode(found);
  }
  function pathOf(written: YamlText): ast.Path {
    const path = leaf.pathLeaf(written.value, written.at);
    if (path !== undefined) return path;
    report(written.span, 'yaml-not-a-path', { written: written.value });
    return { kind: 'path', span: written.span, segments: [nameOf(written)] };
  }
  function path(node: YamlNode, place: string, at: Span): ast.Path | ast.Missing {
    const written = yaml.text(node, place, at);
    return written === undefined ? gone(at) : pathOf(written);
  }
  function jiraField(node: YamlNode, place: string, at: Span): ast.JiraField | ast.Missing {
    const written = yaml.text(node, place, at);
    return written === undefined ? gone(at) : { kind: 'jira-field', span: written.span, name: written.value };
  }
  const keyText = (entry: Entry): YamlText => yaml.textOf(entry.keyNode);
  const template = (written: YamlText): ast.Template =>
    leaf.templateLeaf(written.value, written.span, written.at, problem => {
      const { code, span, ...holes } = problem;
      if (code !== 'unclosed-text') report(span, code, holes as never);
    });

  function literalOf(scalar: Scalar): ast.Literal {
    const written = yaml.textOf(scalar as ParsedNode & Scalar);
    if (!written.quoted) {
      if (/^(?:true|false)$/i.test(written.value)) {
        return { kind: 'boolean', span: written.span, value: /^true$/i.test(written.value), raw: written.value };
      }
      if (/^-?\d/.test(written.value)) {
        const digits = leaf.digitsLeaf(written.value, written.span.start);
        if (digits !== undefined) return { ...digits, span: written.span };
      }
    }
    return textNode(written);
  }
  function literal(node: YamlNode, place: string, at: Span, hint?: string): ast.Literal | ast.Missing {
    const scalar = yaml.resolve(node);
    if (isScalar(scalar) && !yaml.isNull(scalar)) {
      yaml.text(scalar, place, at, hint);
      return literalOf(scalar);
    }
    const written = yaml.text(node, place, at, hint);
    return written === undefined ? gone(at) : textNode(written);
  }
  function value(node: YamlNode, place: string, at: Span): ast.Value | ast.Missing {
    const found = yaml.resolve(node);
    if (found !== undefined && yaml.isNull(found) && !yaml.isBlank(found)) {
      return { kind: 'empty', span: yaml.spanOf(found) };
    }
    if (!isSeq(found)) return literal(node, place, at, 'write `null` if it is to be empty');
    const span = yaml.spanOf(found);
    const values = (found.items as ParsedNode[]).map(item => literal(item, place, span));
    if (values.length > 0) return { kind: 'list', span, values };
    report(span, 'yaml-no-text', { place, hint: 'write `null` if it is to be empty' });
    return gone(span);
  }

  /** `on off yes no true false`, in any capitals, as `on` or `off`; another word is for the checks. */
  function switchOf(entry: Entry, place: string): ast.Name | ast.Missing {
    const written = yaml.text(entry.value, place, entry.keySpan);
    if (written === undefined) return gone(entry.keySpan);
    const lower = written.value.toLowerCase();
    const state = ['on', 'yes', 'true'].includes(lower) ? 'on' : ['off', 'no', 'false'].includes(lower) ? 'off' : lower;
    return { kind: 'name', span: written.span, text: state };
  }
  /** Only `true` and `false` in any capitals. */
  function flag(entry: Entry, place: string): boolean {
    const written = yaml.text(entry.value, place, entry.keySpan);
    const lower = written?.value.toLowerCase();
    if (written !== undefined && lower !== 'true' && lower !== 'false') {
      report(written.span, 'yaml-unknown-word', { word: written.value, place, known: '`true` or `false`' });
    }
    return lower === 'true';
  }
  /** A key that has nothing but `true` to say. */
  function mustBeTrue(entry: Entry, place: string): void {
    const written = yaml.text(entry.value, place, entry.keySpan);
    if (written !== undefined && written.value.toLowerCase() !== 'true') {
      report(written.span, 'yaml-unknown-word', { word: written.value, place, known: '`true`' });
    }
  }
  function number(entry: Entry, place: string): ast.NumberLiteral | ast.Missing {
    const written = yaml.text(entry.value, place, entry.keySpan);
    if (written === undefined) return gone(entry.keySpan);
    if (!written.quoted && leaf.classifyDigits(written.value) === 'number') {
      return { ...leaf.numberLeaf(written.value, written.span.start), span: written.span };
    }
    report(written.span, 'yaml-wrong-kind', { place, expected: 'a number', found: `\`${written.value}\`` });
    return gone(written.span);
  }

  // ── tables and fallbacks ────────────────────────────────────────────────────────────────────

  function fallback(entry: Entry, place: string, asTemplate: boolean): ast.Fallback {
    const node = yaml.resolve(entry.value);
    const make = (action: ast.Fallback['action'], span: Span): ast.Fallback => ({ kind: 'fallback', span, action });
    const asText = (written: YamlText) => (asTemplate ? template(written) : textNode(written));
    if (isMap(node)) {
      const shape = yaml.shape(node, place, keys.text, entry.keySpan);
      const inner = shape.get('text');
      if (inner === undefined) {
        if (shape.entries.length === 0) yaml.missingKey(shape.span, place, 'text');
        return make(gone(shape.span), shape.span);
      }
      const written = yaml.text(inner.value, '`text`', inner.keySpan);
      return make(written === undefined ? gone(inner.keySpan) : asText(written), shape.span);
    }
    const written = yaml.text(entry.value, place, entry.keySpan);
    if (written === undefined) return make(gone(entry.keySpan), entry.keySpan);
    if (waysOut.includes(written.value)) return make(nameOf(written), written.span);
    const source = file.text.slice(written.span.start, written.span.end);
    const quoted = written.quoted ? source : JSON.stringify(written.value);
    const fixes = [
      { title: 'make it a text', edits: [{ file, span: written.span, text: `{ text: ${quoted} }` }] },
      ...[nearest(written.value, waysOut)]
        .filter(near => near !== undefined)
        .map(near => ({ title: `write \`${near}\``, edits: [{ file, span: written.span, text: near }] })),
    ];
    report(written.span, 'yaml-fallback-text', { word: written.value }, { fixes });
    return make(asText(written), written.span);
  }

  const ARROW_OF = { pairs: '<->', toJira: '->', toSalesforce: '<-' } as const;

  function table(entries: readonly (Entry & { readonly key: TableKey })[], span: Span): ast.Table {
    const rows: (ast.TableRow | ast.TableOtherwise)[] = [];
    for (const entry of entries) {
      if (entry.key === 'otherwise') {
        rows.push({ kind: 'table-otherwise', span: entry.span, fallback: fallback(entry, '`otherwise`', false) });
        continue;
      }
      const arrow = ARROW_OF[entry.key];
      for (const row of yaml.entries(entry.value, `\`${entry.key}\``)) {
        const from = yaml.isNull(row.keyNode as never)
          ? literal(row.keyNode as never, 'the left side of a row', row.keySpan)
          : literalOf(row.keyNode);
        const to = literal(row.value, `the value of \`${row.key}\``, row.keySpan);
        const [left, right] = arrow === '<-' ? [to, from] : [from, to];
        const at = { start: row.keySpan.end, end: Math.max(row.keySpan.end, to.span.start) };
        rows.push({ kind: 'row', span: row.span, left, arrow: { kind: 'arrow', span: at, arrow }, right });
      }
    }
    return { kind: 'table', span, rows, closed: true };
  }

  const tableEntries = (shape: Shape): readonly (Entry & { readonly key: TableKey })[] =>
    shape.entries.filter((entry): entry is Entry & { readonly key: TableKey } =>
      (keys.table as readonly string[]).includes(entry.key),
    );

  // ── conditions ──────────────────────────────────────────────────────────────────────────────

  function condition(node: YamlNode, place: string, at: Span, depth = 0): ast.Condition {
    if (depth > MAX_DEPTH) {
      report(at, 'nested-too-deep', {});
      return gone(at);
    }
    if (yaml.isBlank(node)) {
      report(at, 'yaml-no-text', { place, hint: 'write a condition, such as `{ field: Status, is: New }`' });
      return gone(at);
    }
    const map = yaml.resolve(node);
    if (map !== undefined && !isMap(map)) {
      yaml.wrongKind(map, place, 'a map');
      return gone(at);
    }
    const shape = yaml.shape(node, 'a condition', keys.condition, at);
    const span = shape.span;
    const heads = shape.entries.filter(entry => ['all', 'any', 'not', 'field'].includes(entry.key));
    const operators = shape.entries.filter(entry => (keys.operators as readonly string[]).includes(entry.key));
    const head = heads[0] ?? operators[0];
    if (map === undefined || head === undefined) {
      if (map !== undefined && yaml.entries(node, place).length === 0) {
        report(span, 'yaml-one-of-keys', {
          place: 'a condition',
          keys: list(['field', 'all', 'any', 'not']),
          found: 0,
        });
      }
      return gone(span);
    }
    const extra = heads[1] ?? (head.key === 'field' || heads.length === 0 ? undefined : operators[0]);
    if (extra !== undefined) {
      const all = list(['field', 'all', 'any', 'not']);
      yaml.oneOf(extra.keySpan, 'a condition', all, 2);
    }
    if (head.key === 'not') {
      return { kind: 'not', span, of: condition(head.value, '`not`', head.keySpan, depth + 1) };
    }
    if (head.key === 'all' || head.key === 'any') {
      const parts = yaml.items(head.value, `\`${head.key}\``);
      const of = parts.map(part => condition(part, 'a condition', yaml.spanOf(part), depth + 1));
      if (of.length === 0)
        report(head.keySpan, 'yaml-no-text', { place: `\`${head.key}\``, hint: 'list conditions in it' });
      if (of.length < 2) return of[0] ?? gone(head.keySpan);
      return { kind: head.key, span, of };
    }
    return comparison(shape, operators, span);
  }

  function comparison(
    shape: Shape<(typeof keys.condition)[number]>,
    operators: Shape<(typeof keys.condition)[number]>['entries'],
    span: Span,
  ): ast.Condition {
    const field = shape.get('field');
    const operator = operators[0];
    if (field === undefined) yaml.missingKey(span, 'a condition', 'field');
    if (operator === undefined || operators.length > 1) {
      const at = operators[1]?.keySpan ?? span;
      yaml.oneOf(at, 'a condition', list(keys.operators), operators.length);
    }
    const subject = field === undefined ? gone(span) : path(field.value, '`field`', field.keySpan);
    if (operator === undefined) return { kind: 'compare', span, path: subject, comparison: 'is', value: gone(span) };
    const at = operator.keySpan;
    const place = `\`${operator.key}\``;
    switch (operator.key) {
      case 'isEmpty':
      case 'isNotEmpty':
        mustBeTrue(operator, place);
        return { kind: 'is-empty', span, path: subject, negated: operator.key === 'isNotEmpty' };
      case 'isOneOf':
      case 'isNotOneOf': {
        const values = yaml
          .items(operator.value, place)
          .map(item => literal(item, place, at, 'ask for it with `isEmpty`'));
        if (values.length === 0) report(at, 'yaml-no-text', { place, hint: 'list values in it' });
        return { kind: 'one-of', span, path: subject, negated: operator.key === 'isNotOneOf', values };
      }
      case 'contains':
      case 'startsWith': {
        const kind = operator.key === 'contains' ? 'contains' : 'starts-with';
        return { kind: 'compare', span, path: subject, comparison: kind, value: text(operator.value, place, at) };
      }
      default: {
        const kinds = {
          is: 'is',
          isNot: 'is-not',
          isAtLeast: 'is-at-least',
          isAtMost: 'is-at-most',
          isBefore: 'is-before',
          isAfter: 'is-after',
        } as const;
        const kind = kinds[operator.key as keyof typeof kinds];
        const hint = kind === 'is-not' ? 'ask for it with `isNotEmpty: true`' : 'ask for it with `isEmpty: true`';
        const wanted = literal(operator.value, place, at, hint);
        return { kind: 'compare', span, path: subject, comparison: kind, value: wanted };
      }
    }
  }

  // ── items ───────────────────────────────────────────────────────────────────────────────────

  const ARROW_OF_OWNER = { salesforce: '->', jira: '<-', both: '<->' } as const;

  function mapping(node: ParsedNode): ast.Mapping {
    const shape = yaml.shape(node, 'a mapping', keys.mapping, yaml.spanOf(node));
    const { span } = shape;
    const field = shape.get('salesforce');
    const written = shape.get('template');
    if (field === undefined && written === undefined) {
      yaml.oneOf(span, 'a mapping', list(['salesforce', 'template']), 0);
    } else if (field !== undefined && written !== undefined) {
      const at = written.keySpan;
      yaml.oneOf(at, 'a mapping', list(['salesforce', 'template']), 2);
    }
    let source: ast.Mapping['source'] = gone(span);
    if (field !== undefined) source = path(field.value, '`salesforce`', field.keySpan);
    else if (written !== undefined) {
      const value = yaml.text(written.value, '`template`', written.keySpan);
      source = value === undefined ? gone(written.keySpan) : template(value);
    }
    const to = shape.get('jira');
    if (to === undefined) yaml.missingKey(span, 'a mapping', 'jira');
    const target = to === undefined ? gone(span) : jiraField(to.value, '`jira`', to.keySpan);
    const owner = shape.get('owner');
    if (owner === undefined) yaml.missingKey(span, 'a mapping', 'owner');
    const owned =
      owner &&
      yaml.word(owner.value, '`owner`', Object.keys(ARROW_OF_OWNER) as (keyof typeof ARROW_OF_OWNER)[], owner.keySpan);
    const arrow: ast.Mapping['arrow'] =
      owned === undefined
        ? gone(owner?.keySpan ?? span)
        : { kind: 'arrow', span: owned.span, arrow: ARROW_OF_OWNER[owned.word] };
    return { kind: 'mapping', span, source, arrow, target, modifiers: modifiers(shape) };
  }

  function modifiers(shape: Shape<(typeof keys.mapping)[number]>): readonly ast.Modifier[] {
    const found: ast.Modifier[] = [];
    for (const entry of shape.entries) {
      const { span, keySpan } = entry;
      if (entry.key === 'by') {
        const node = yaml.resolve(entry.value);
        if (isMap(node)) {
          const rows = yaml.shape(node, 'a table', keys.table, keySpan);
          found.push({ kind: 'inline-table', span, table: table(rows.entries, rows.span) });
        } else found.push({ kind: 'by', span, table: name(entry, '`by`', keySpan) });
      } else if (entry.key === 'cutAt') found.push({ kind: 'cut-at', span, length: number(entry, '`cutAt`') });
      else if (entry.key === 'orElse')
        found.push({ kind: 'or-else', span, fallback: fallback(entry, '`orElse`', true) });
      else if (entry.key === 'onConflict') {
        found.push({ kind: 'on-conflict', span, choice: name(entry, '`onConflict`', keySpan) });
      }
    }
    return found;
  }

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
      for (const item of yaml.items(several.value, '`projects`')) {
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
    const word = yaml.word(entry.value, '`otherwise`', ['leave'], entry.keySpan);
    return word === undefined ? gone(entry.keySpan) : { kind: 'leave', span: word.span };
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
        const settings = yaml.entries(node, '`newIssue`').map(
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
        const paths = yaml.items(node, '`show`').map(item => path(item, 'a field', yaml.spanOf(item)));
        if (paths.length === 0) report(keySpan, 'yaml-no-text', { place: '`show`', hint: 'list fields in it' });
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

  // ── value tables and tests ──────────────────────────────────────────────────────────────────

  function values(entry: Entry): ast.Values {
    const shape = yaml.shape(entry.value, 'a table', keys.table, entry.keySpan);
    if (shape.entries.length === 0 && (yaml.isBlank(entry.value) || isMap(yaml.resolve(entry.value)))) {
      yaml.oneOf(entry.keySpan, 'a table', list(keys.table), 0);
    }
    return { kind: 'values', span: entry.span, id: nameOf(keyText(entry)), table: table(shape.entries, shape.span) };
  }

  function test(node: ParsedNode): ast.Test {
    const shape = yaml.shape(node, 'a test', keys.test, yaml.spanOf(node));
    const { span } = shape;
    const title = shape.get('name');
    const of = shape.get('item');
    if (title === undefined) yaml.missingKey(span, 'a test', 'name');
    if (of === undefined) yaml.missingKey(span, 'a test', 'item');
    const steps = shape.get('steps');
    return {
      kind: 'test',
      span,
      name: title === undefined ? gone(span) : text(title.value, '`name`', title.keySpan),
      item: name(of, '`item`', span),
      steps:
        steps === undefined
          ? []
          : yaml
              .items(steps.value, '`steps`')
              .map(step)
              .filter(found => found !== undefined),
      closed: true,
    };
  }

  function assignments(entry: Entry, side: ast.Side): readonly ast.Assignment[] {
    const place = `\`${entry.key}\``;
    const fields = yaml.entries(entry.value, place);
    const isMapOrBlank = yaml.isBlank(entry.value) || isMap(yaml.resolve(entry.value));
    if (fields.length === 0 && isMapOrBlank)
      report(entry.keySpan, 'yaml-no-text', { place, hint: 'name fields in it' });
    return fields.map(
      (field): ast.Assignment => ({
        kind: 'assignment',
        span: field.span,
        field:
          side === 'salesforce' ? pathOf(keyText(field)) : { kind: 'jira-field', span: field.keySpan, name: field.key },
        value: value(field.value, `\`${field.key}\``, field.keySpan),
      }),
    );
  }

  function step(node: ParsedNode): ast.Step | undefined {
    const shape = yaml.shape(node, 'a step', keys.step, yaml.spanOf(node));
    const { span } = shape;
    const kinds = shape.entries.filter(entry => entry.key !== 'at');
    const [what, extra] = kinds;
    if (what === undefined || extra !== undefined) {
      const names = list(['salesforce', 'jira', 'cycle', 'expect']);
      yaml.oneOf(extra?.keySpan ?? span, 'a step', names, kinds.length);
    }
    const time = shape.get('at');
    const at = time === undefined ? {} : { at: duration(time) };
    if (what === undefined) return undefined;
    if (what.key === 'cycle') {
      mustBeTrue(what, '`cycle`');
      return { kind: 'cycle', span, ...at };
    }
    if (what.key === 'expect') return { kind: 'expect', span, ...at, expectations: expectations(what) };
    const side = what.key as ast.Side;
    return { kind: 'change', span, ...at, side, assignments: assignments(what, side) };
  }

  function duration(entry: Entry): ast.Duration | ast.Missing {
    const written = yaml.text(entry.value, '`at`', entry.keySpan);
    if (written === undefined) return gone(entry.keySpan);
    if (leaf.durationOf(written.value) !== undefined) {
      return { ...leaf.durationLeaf(written.value, written.span.start), span: written.span };
    }
    const found = `\`${written.value}\``;
    report(written.span, 'yaml-wrong-kind', { place: '`at`', expected: 'a duration as in `5m`', found });
    return gone(written.span);
  }

  function expectations(entry: Entry): readonly ast.Expectation[] {
    const shape = yaml.shape(entry.value, '`expect`', keys.expect, entry.keySpan);
    if (shape.entries.length === 0 && (yaml.isBlank(entry.value) || isMap(yaml.resolve(entry.value)))) {
      yaml.oneOf(entry.keySpan, '`expect`', list(keys.expect), 0);
    }
    return shape.entries.flatMap((expected): ast.Expectation[] => {
      const { span } = expected;
      if (expected.key === 'created') {
        return [{ kind: 'expect-created', span, negated: !flag(expected, '`created`') }];
      }
      if (expected.key === 'writes') {
        const sides = yaml.shape(expected.value, '`writes`', keys.writes, expected.keySpan);
        if (sides.entries.length === 0 && (yaml.isBlank(expected.value) || isMap(yaml.resolve(expected.value)))) {
          yaml.oneOf(expected.keySpan, '`writes`', list(keys.writes), 0);
        }
        return sides.entries.map(side => ({
          kind: 'expect-writes',
          span: side.span,
          side: side.key,
          count: number(side, `\`${side.key}\``),
        }));
      }
      const side = expected.key;
      return assignments(expected, side).map(assignment => ({
        kind: 'expect-value',
        span: assignment.span,
        side,
        assignment,
      }));
    });
  }

  // ── the file ────────────────────────────────────────────────────────────────────────────────

  const whole = { start: 0, end: file.text.length };
  const top = yaml.shape(document.contents, 'a program', keys.program, emptySpan(0));
  const declarations = top.entries.flatMap((entry): ast.Declaration[] => {
    if (entry.key === 'items') return yaml.entries(entry.value, '`items`').map(item);
    if (entry.key === 'values') return yaml.entries(entry.value, '`values`').map(values);
    return yaml.items(entry.value, '`tests`').map(test);
  });
  const program: ast.Program = { kind: 'program', file, span: whole, declarations, comments: document.comments };
  return { program, diagnostics: limited(file, once(findings.list)) };
}

/** In the order of the text, and each once: what an alias stands for is read wherever it stands. */
function once(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return findings
    .filter(({ code, span, message }) => {
      const key = `${code} ${span.start} ${message}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => a.span.start - b.span.start);
}
