/**
 * Runs every rule of the list over a bound program. An item meets all rules at once, while it is at hand: a walk
 * over a large program by each rule would fetch all of it from memory as many times.
 */
import type { Diagnostic } from '../../dsl/diagnostic.ts';
import type { BoundProgram } from '../bind/bound.ts';
import { createFindings } from './findings.ts';
import { createProofs } from './proofs.ts';
import { rules } from './rules/index.ts';

export function check(program: BoundProgram): readonly Diagnostic[] {
  const { report, all } = createFindings();
  const proofs = createProofs();
  for (const rule of rules) rule.program?.(program, report, proofs);
  const itemRules = rules.flatMap(rule => rule.item ?? []);
  const watches = rules.flatMap(rule => rule.items?.(program, report, proofs) ?? []);
  for (const item of program.items) {
    for (const rule of itemRules) rule(item, report, program, proofs);
    for (const watch of watches) watch.item(item);
  }
  for (const watch of watches) watch.end?.();
  return all();
}
