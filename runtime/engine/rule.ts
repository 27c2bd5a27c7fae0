/** The Conditional Sync Rule: which branch a record meets, and the sentence for it. */
import type { Condition, JiraStatus, Origin, RulesPlan } from '../../compiler/plan/ir.ts';
import { compileCondition, type Predicate } from './condition.ts';
import type { Fields } from './values.ts';

export interface RuleVerdict {
  /** A `when` holds, not the `otherwise`. */
  readonly met: boolean;
  /** Nothing: leave the status alone. */
  readonly moveTo: JiraStatus | undefined;
  readonly reason: string;
  readonly origin: Origin;
}

export function compileRules(rules: RulesPlan): (record: Fields) => RuleVerdict {
  const { moveTo, origin } = rules.otherwise;
  const otherwise: RuleVerdict = { met: false, moveTo, reason: 'no “when” of the rule holds', origin };
  const branches = rules.branches.map(({ when, moveTo, origin }) => {
    const verdict: RuleVerdict = { met: true, moveTo, reason: `the rule “when ${conditionText(when)}” holds`, origin };
    return { holds: compileCondition(when), verdict };
  });
  const [one, two, ...more] = branches;
  if (one === undefined) return () => otherwise;
  if (two === undefined) return record => (one.holds(record) ? one.verdict : otherwise);
  const rest = more.length === 0 ? () => otherwise : compileRest(more, otherwise);
  return record => (one.holds(record) ? one.verdict : two.holds(record) ? two.verdict : rest(record));
}

/** Nearly all rules have one branch or two, which need no loop. */
function compileRest(
  branches: readonly { readonly holds: Predicate; readonly verdict: RuleVerdict }[],
  otherwise: RuleVerdict,
): (record: Fields) => RuleVerdict {
  return record => {
    for (const { holds, verdict } of branches) if (holds(record)) return verdict;
    return otherwise;
  };
}

/** As a person would say it. */
export function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'all':
      return condition.of.map(part => inBrackets(part, 'any')).join(' and ');
    case 'any':
      return condition.of.map(part => inBrackets(part, 'all')).join(' or ');
    case 'not':
      return `not (${conditionText(condition.of)})`;
    case 'is-empty':
      return `${condition.field.path.join('.')} is ${condition.negated ? 'not ' : ''}empty`;
    case 'one-of':
      return `${condition.field.path.join('.')} is ${condition.negated ? 'not ' : ''}one of ${condition.values.map(literal).join(', ')}`;
    case 'compare':
      return `${condition.field.path.join('.')} ${condition.comparison.replaceAll('-', ' ')} ${literal(condition.value)}`;
  }
}

const inBrackets = (part: Condition, kind: Condition['kind']) =>
  part.kind === kind ? `(${conditionText(part)})` : conditionText(part);
const literal = (value: unknown) => (typeof value === 'string' ? `"${value}"` : String(value));
