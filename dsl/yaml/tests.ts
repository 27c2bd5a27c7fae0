/** Tests: steps with their times, changes on either side, and what is expected of them. */
import { isMap, type ParsedNode } from 'yaml';
import type * as ast from '../ast.ts';
import * as leaf from '../leaves.ts';
import { type Access, type Entry, list } from './access.ts';
import { forms } from './forms.ts';
import { gone, type YamlLeaves } from './leaves.ts';
import { keys } from './shapes.ts';

export function createTests(
  yaml: Access,
  { flag, keyText, mustBeTrue, name, number, pathOf, text, value }: YamlLeaves,
) {
  const { report } = yaml;

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
    const fields = yaml.entries(entry.value, place, side === 'jira' ? forms.issue : forms.record);
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

  return test;
}
