/**
 * The conditions of a program as formulas, each made once, for the rules that prove something about them.
 * Where a name or a value is wrong there is no formula: that finding comes first, and nothing is proved.
 */
import type * as ast from '../../dsl/ast.ts';
import { type BoundItem, fieldOf } from '../bind/bound.ts';
import type { FieldMetadata } from '../metadata/model.ts';
import type { Condition, SalesforceField } from '../plan/ir.ts';
import { lowerCondition } from '../plan/lower-condition.ts';
import { type Domain, domainOf } from './domain.ts';
import { all, type Formula, formulaOf } from './formula.ts';

export interface Proofs {
  /** Met by every record where there is no `where`. */
  where(item: BoundItem): Formula | undefined;
  whereCondition(item: BoundItem): Condition | undefined;
  branches(item: BoundItem): readonly Branch[];
  /** The parts of a condition that must all hold, with their words. */
  parts(condition: Condition | undefined): readonly Part[];
}

export interface Branch {
  readonly node: ast.RuleClause;
  readonly condition?: Condition;
  readonly formula?: Formula;
}
export interface Part {
  readonly condition: Condition;
  readonly formula: Formula;
}

interface Conditions {
  readonly where: Branch['condition'];
  readonly formula: Formula | undefined;
  readonly branches: readonly Branch[];
}

export const always: Formula = all();

export function createProofs(): Proofs {
  const known = new Map<BoundItem, Conditions>();
  const domains = new Map<SalesforceField, Domain>();
  const described = new Map<SalesforceField, FieldMetadata>();

  const domain = (field: SalesforceField): Domain => {
    let found = domains.get(field);
    if (found === undefined) {
      found = domainOf(field, described.get(field));
      domains.set(field, found);
    }
    return found;
  };

  function conditionsOf(item: BoundItem): Conditions {
    let found = known.get(item);
    if (found === undefined) {
      found = read(item);
      known.set(item, found);
    }
    return found;
  }

  function read(item: BoundItem): Conditions {
    const { clauses, conditions } = item;
    const [clause] = clauses.where;
    if (clause === undefined && clauses.rule.length === 0) return { where: undefined, formula: always, branches: [] };
    for (const { path } of conditions) {
      const bound = fieldOf(path);
      if (bound !== undefined) described.set(bound.field, bound.metadata);
    }
    // The tree is read in the order in which its comparisons were bound.
    let next = 0;
    const pathOf = (node: ast.Path) => {
      while (next < conditions.length && conditions[next]!.path.node !== node) next++;
      return conditions[next++]?.path;
    };
    const lowered = (condition: ast.Condition) => (isMixed(condition) ? undefined : lowerCondition(condition, pathOf));
    const where = clause && lowered(clause.condition);
    const branches = clauses.rule.map((node): Branch => {
      const condition = lowered(node.condition);
      const formula = condition && formulaOf(condition, domain);
      return { node, ...(condition === undefined ? {} : { condition }), ...(formula === undefined ? {} : { formula }) };
    });
    const formula = clause === undefined ? always : where && formulaOf(where, domain);
    return { where, formula, branches };
  }

  return {
    where: item => conditionsOf(item).formula,
    whereCondition: item => conditionsOf(item).where,
    branches: item => conditionsOf(item).branches,
    parts(condition) {
      if (condition === undefined) return [];
      const flat = condition.kind === 'all' ? condition.of : [condition];
      return flat.flatMap(part => {
        const formula = formulaOf(part, domain);
        return formula === undefined ? [] : [{ condition: part, formula }];
      });
    },
  };
}

/** `and` beside `or` without brackets: nobody knows yet what is meant. */
function isMixed(condition: ast.Condition): boolean {
  if (condition.kind === 'not') return isMixed(condition.of);
  if (condition.kind !== 'all' && condition.kind !== 'any') return false;
  return (condition.kind === 'any' && condition.mixed === true) || condition.of.some(isMixed);
}
