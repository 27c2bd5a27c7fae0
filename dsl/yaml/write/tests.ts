/** Tests: their steps, and expectations by what they are about. */
import type * as ast from '../../ast.ts';
import { present, unprintable } from '../../printer/unprintable.ts';
import { yamlText } from '../scalars.ts';
import type { Entries } from './entries.ts';
import { entry, map, scalar, type YamlEntry, type YamlMap } from './layout.ts';
import type { Leaves } from './leaves.ts';

export function createTests({ of, once, style, section }: Entries, { word, text, spelt, literal, value }: Leaves) {
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

  return test;
}
