import type { BoundItem } from '../../bind/bound.ts';
import type { Scalar } from '../../plan/ir.ts';
import type { Value } from '../domain.ts';
import { headOf, seeAlso } from '../fixes.ts';
import { type Atom, all, denied, type Formula } from '../formula.ts';
import type { Branch, Part, Proofs } from '../proofs.ts';
import type { Report, Rule } from '../rule.ts';
import { type Budget, budgetOf, satisfy } from '../satisfy.ts';
import { conditionWords } from '../words.ts';

/** A `where` or a `when` that no record meets or none misses, and branches that are never reached. */
export const ruleConditions: Rule = {
  name: 'rule-conditions',
  item(item, report, _, proofs) {
    const { clauses, mode, node } = item;
    if (mode === 'display-only' || node.broken || (clauses.where.length === 0 && clauses.rule.length === 0)) return;
    const where = proofs.where(item);
    if (where === undefined || (clauses.rule.length === 0 && isPlain(where))) return;
    const prove = createProver(budgetOf(100_000));
    const [clause] = clauses.where;
    if (clause !== undefined && prove.never(where)) {
      const core = prove.core(proofs.parts(proofs.whereCondition(item)));
      report(item.file, headOf(item.file, clause.span), 'where-never-true', { core });
      return;
    }
    checkBranches(item, where, proofs, prove, report);
  },
};

/** One listed value, or any text that fits: most conditions say no more, and some record always meets that. */
const isPlain = (formula: Formula): boolean =>
  formula.kind === 'atom' &&
  !formula.negated &&
  formula.operation.kind === 'equals' &&
  formula.domain.kind === 'listed';

function createProver(budget: Budget) {
  const never = (...formulas: readonly Formula[]): boolean => satisfy(all(...formulas), budget).kind === 'never';
  return {
    never,
    /** From here on nothing is decided, and so nothing is asked: hundreds of branches have spent it. */
    get isSpent() {
      return budget.left <= 0;
    },
    /** As few of the parts as already contradict each other, in words; none where all are needed to tell. */
    core(parts: readonly Part[]): readonly string[] {
      let kept = parts;
      for (const part of parts) {
        const fewer = kept.filter(other => other !== part);
        if (never(...fewer.map(({ formula }) => formula))) kept = fewer;
      }
      return kept.map(({ condition }) => conditionWords(condition));
    },
    /** As few of the formulas as already leave nothing of `of`. */
    needed<T extends { readonly formula: Formula }>(of: Formula, others: readonly T[]): readonly T[] {
      let kept = others;
      for (const other of others) {
        const fewer = kept.filter(one => one !== other);
        if (never(of, ...fewer.map(({ formula }) => denied(formula)))) kept = fewer;
      }
      return kept;
    },
  };
}
type Prover = ReturnType<typeof createProver>;
type Decided = Branch & { readonly formula: Formula };

function checkBranches(item: BoundItem, where: Formula, proofs: Proofs, prove: Prover, report: Report): void {
  const { file } = item;
  const before: Decided[] = [];
  const denials: Formula[] = [];
  for (const branch of proofs.branches(item)) {
    const { formula, condition, node } = branch;
    if (formula === undefined || prove.isSpent) return;
    const at = headOf(file, node.span);
    if (prove.never(where, formula)) {
      const core = prove.core([...proofs.parts(proofs.whereCondition(item)), ...proofs.parts(condition)]);
      report(file, at, 'rule-never-true', { core });
    } else if (prove.never(where, denied(formula))) {
      const byWhere = !prove.never(denied(formula));
      report(file, at, 'rule-always-true', { byWhere });
      return;
    } else if (before.length > 0 && prove.never(where, formula, { kind: 'all', of: denials })) {
      const culprits = prove.needed(all(where, formula), before);
      const related = culprits.flatMap(({ node }) => seeAlso(file, headOf(file, node.span), 'decided here'));
      const lines = culprits.map(({ node }) => file.position(node.span.start).line);
      report(file, at, 'rule-shadowed', { lines }, { related });
    } else {
      before.push({ ...branch, formula });
      denials.push(denied(formula));
    }
  }
  leftOver(item, where, before, prove, report);
}

/** Branches that go by one picklist, and the few values of it that fall to `otherwise`. */
function leftOver({ file }: BoundItem, where: Formula, branches: readonly Decided[], prove: Prover, report: Report) {
  const [first] = branches;
  if (first === undefined || branches.length < 2) return;
  const named = new Set<Scalar>();
  const atoms = branches.flatMap(({ formula }) => equalities(formula));
  const [sample] = atoms;
  if (sample?.domain.kind !== 'listed' || !sample.domain.whole || sample.field.type !== 'picklist') return;
  if (atoms.some(atom => atom === undefined || atom.key !== sample.key)) return;
  for (const atom of atoms) {
    if (atom?.operation.kind !== 'equals') return;
    for (const value of atom.operation.values) named.add(sample.domain.keyOf(value));
  }
  const isLeft = (value: Value) =>
    value !== null &&
    !named.has(sample.domain.keyOf(value)) &&
    !prove.never(where, {
      ...sample,
      negated: false,
      operation: { kind: 'equals', values: [value] },
      holds: one => one === value,
    });
  const values = sample.domain.values.filter(isLeft).map(String);
  if (values.length === 0 || values.length > named.size) return;
  report(file, headOf(file, first.node.span), 'rule-not-exhaustive', { field: sample.key, values });
}

/** Nothing stands for a part that says something else than which values a field may have. */
function equalities(formula: Formula): readonly (Atom | undefined)[] {
  if (formula.kind === 'any') return formula.of.flatMap(equalities);
  return [formula.kind === 'atom' && !formula.negated && formula.operation.kind === 'equals' ? formula : undefined];
}
