/** Conditions: groups of conditions, or a field with exactly one operator. */
import { isMap } from 'yaml';
import type * as ast from '../ast.ts';
import { MAX_DEPTH } from '../limits.ts';
import type { Span } from '../source.ts';
import { type Access, list, type Shape, type YamlNode } from './access.ts';
import { formOf } from './forms.ts';
import { gone, type YamlLeaves } from './leaves.ts';
import { keys } from './shapes.ts';

export type YamlConditions = ReturnType<typeof createConditions>;

export function createConditions(yaml: Access, { literal, mustBeTrue, path, text }: YamlLeaves) {
  const { report } = yaml;

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
      yaml.wrongKind(map, place, 'map', formOf(keys.condition));
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

  return condition;
}
