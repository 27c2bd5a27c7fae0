/** Runs every rule of the list over a bound program: an item meets all rules at once, while it is at hand. */
import type { Diagnostic } from '../../dsl/diagnostic.ts';
import type { BoundItem, BoundProgram } from '../bind/bound.ts';
import { compilerDiagnostics } from '../messages.ts';
import type { Report, Rule } from './rule.ts';
import { rules } from './rules/index.ts';

export function check(program: BoundProgram): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const report: Report = (file, span, code, holes, options) => {
    found.push(compilerDiagnostics.diagnostic(file, span, code, holes, options));
  };
  for (const rule of rules) rule.program?.(program, report);
  const itemRules = rules.flatMap(rule => rule.item ?? []);
  for (const item of program.items) meet(item, itemRules, report, program);
  return found;
}

/** A function of its own, so that V8 compiles it once and not, with all rules in it, at every run of the loop. */
function meet(item: BoundItem, rules: readonly NonNullable<Rule['item']>[], report: Report, program: BoundProgram) {
  for (const rule of rules) rule(item, report, program);
}
