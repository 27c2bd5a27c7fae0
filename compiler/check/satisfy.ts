/**
 * Finds a record that meets a condition, or proves that there is none. The search takes comparisons that
 * leave no choice first and tries the rest in turn; each field keeps the comparisons it must meet, and a field
 * that has no value left ends the branch. A record is only handed out after the whole condition was evaluated
 * for it; with the budget spent, or a field too long-winded to decide, nothing is claimed.
 */
import type { SalesforceField } from '../plan/ir.ts';
import type { Value } from './domain.ts';
import { type Found, valueFor } from './field-values.ts';
import { type Atom, all, evaluate, type Formula } from './formula.ts';

export interface Given {
  readonly field: SalesforceField;
  readonly value: Value;
}
/** The fields that matter, in the order that they were met; all others may hold anything. */
export type Witness = readonly Given[];

export type Verdict =
  | { readonly kind: 'met'; readonly record: Witness }
  | { readonly kind: 'never' }
  | { readonly kind: 'unknown' };

/** Comparisons that may still be looked at; shared by questions that belong together. */
export interface Budget {
  left: number;
}
export const budgetOf = (steps = 20_000): Budget => ({ left: steps });

export function satisfy(formula: Formula, budget: Budget = budgetOf()): Verdict {
  const search = createSearch(budget);
  const record = search.run([formula]);
  if (record !== undefined) {
    const values = new Map(record.map(({ field, value }) => [field.path.join('.'), value]));
    const met = evaluate(formula, key => values.get(key) ?? null);
    return met ? { kind: 'met', record } : { kind: 'unknown' };
  }
  return search.certain && budget.left > 0 ? { kind: 'never' } : { kind: 'unknown' };
}

/** A record that meets both. */
export const satisfyBoth = (a: Formula, b: Formula, budget?: Budget): Verdict => satisfy(all(a, b), budget);

interface Known {
  readonly atoms: readonly Atom[];
  readonly found: Found;
}
type Fields = ReadonlyMap<string, Known>;
type Choice = Extract<Formula, { kind: 'any' }>;

function createSearch(budget: Budget) {
  let certain = true;

  /** The field with one more comparison to meet; nothing if it has no value left. */
  function narrowed(fields: Fields, atom: Atom): Known | undefined {
    const before = fields.get(atom.key);
    if (before?.atoms.includes(atom)) return before;
    const atoms = before === undefined ? [atom] : [...before.atoms, atom];
    budget.left -= atoms.length;
    // What was found for fewer comparisons often meets the new one too.
    if (before?.found.kind === 'value' && atom.holds(before.found.value)) return { atoms, found: before.found };
    const found = valueFor(atoms);
    if (found.kind === 'none') return undefined;
    return { atoms, found };
  }

  function search(goals: readonly Formula[], known: Fields, open: readonly Choice[]): Witness | undefined {
    const fields = new Map(known);
    const choices = [...open];
    const waiting = [...goals];
    while (waiting.length > 0 || choices.length > 0) {
      if (budget.left <= 0) return undefined;
      const goal = waiting.pop();
      if (goal === undefined) {
        const next = narrowest(choices, fields);
        if (next.parts.length === 0) return undefined;
        choices.splice(choices.indexOf(next.choice), 1);
        if (next.parts.length > 1) {
          for (const part of next.parts) {
            const record = search([part], fields, choices);
            if (record !== undefined || budget.left <= 0) return record;
          }
          return undefined;
        }
        waiting.push(next.parts[0]!);
      } else if (goal.kind === 'all') {
        for (let i = goal.of.length - 1; i >= 0; i--) waiting.push(goal.of[i]!);
      } else if (goal.kind === 'any') choices.push(goal);
      else {
        const field = narrowed(fields, goal);
        if (field === undefined) return undefined;
        fields.set(goal.key, field);
      }
    }
    return recordOf(fields);
  }

  /** The choice with the fewest ways left open; one with a single way is no choice any more. */
  function narrowest(choices: readonly Choice[], fields: Fields): { choice: Choice; parts: readonly Formula[] } {
    let best: { choice: Choice; parts: readonly Formula[] } | undefined;
    for (const choice of choices) {
      const parts = choice.of.filter(part => part.kind !== 'atom' || narrowed(fields, part) !== undefined);
      if (best === undefined || parts.length < best.parts.length) best = { choice, parts };
      if (parts.length < 2 || budget.left <= 0) break;
    }
    return best!;
  }

  function recordOf(fields: Fields): Witness | undefined {
    const record: Given[] = [];
    for (const { atoms, found } of fields.values()) {
      if (found.kind !== 'value') {
        certain = false;
        return undefined;
      }
      record.push({ field: atoms[0]!.field, value: found.value });
    }
    if (isPossible(fields)) return record;
    certain = false;
    return undefined;
  }

  return {
    run: (goals: readonly Formula[]) => search(goals, new Map(), []),
    get certain() {
      return certain;
    },
  };
}

/** A record without a parent has no value of the parent's fields. */
function isPossible(fields: Fields): boolean {
  const missing: (readonly string[])[] = [];
  const there: (readonly string[])[] = [];
  for (const { atoms, found } of fields.values()) {
    const { field, domain } = atoms[0]!;
    const isEmpty = found.kind === 'value' && found.value === null;
    if (domain.parent !== undefined) (isEmpty ? missing : there).push(domain.parent);
    if (!isEmpty && field.path.length > 1) there.push(field.path.slice(0, -1));
  }
  return !missing.some(gone => there.some(path => gone.every((step, index) => path[index] === step)));
}
