/** Conditions: a map each. */
import type * as ast from '../../ast.ts';
import { present, unprintable } from '../../printer/unprintable.ts';
import type { Entries } from './entries.ts';
import { entry, list, map, scalar, type YamlMap } from './layout.ts';
import type { Leaves } from './leaves.ts';

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

export function createConditions({ of, style }: Entries, { path, literal, literals }: Leaves) {
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

  return condition;
}
