import type { CreateClause } from '../../../dsl/ast.ts';
import type { BoundItem } from '../../bind/bound.ts';
import { headOf, seeAlso } from '../fixes.ts';
import { all, type Formula } from '../formula.ts';
import { type Candidate, firstMeetings, suspectsAmong } from '../pairs.ts';
import type { Proofs } from '../proofs.ts';
import type { Report, Rule } from '../rule.ts';
import { recordWords } from '../words.ts';

/** Two items that create issues for records of one object, where one record can make both create: said at the later one. */
export const overlap: Rule = {
  name: 'overlap',
  items(_, report, proofs) {
    const creating = new Map<string, Candidate<Creating>[]>();
    return {
      item(item) {
        const clause = creates(item);
        const formula = clause && createsFor(item, clause, proofs);
        if (clause === undefined || formula === undefined) return;
        const { name } = item.object!;
        const own = creating.get(name) ?? [];
        creating.set(name, own);
        own.push({ of: { item, clause }, formula });
      },
      end() {
        for (const [object, candidates] of creating) compare(object, candidates, report);
      },
    };
  },
};

function compare(object: string, candidates: readonly Candidate<Creating>[], report: Report): void {
  const { met, unfinished } = firstMeetings(suspectsAmong(candidates));
  for (const { earlier, later, record } of met) {
    const holes = { item: earlier.item.id ?? '', record: recordWords(object, record) };
    const related = seeAlso(earlier.item.file, headOf(earlier.item.file, earlier.clause.span), 'created here too');
    const { file } = later.item;
    report(file, headOf(file, later.clause.span), 'overlap', holes, { related });
  }
  if (unfinished !== undefined) {
    const { file } = unfinished.item;
    report(file, headOf(file, unfinished.clause.span), 'too-many-to-compare', { object, items: candidates.length });
  }
}

interface Creating {
  readonly item: BoundItem;
  readonly clause: CreateClause;
}

function creates({ clauses, mode, object, node }: BoundItem): CreateClause | undefined {
  const [clause] = clauses.create;
  if (clause?.records.kind !== 'name' || mode === 'display-only' || object === undefined || node.broken)
    return undefined;
  return clause.records.text === 'all' || clause.records.text === 'matching' ? clause : undefined;
}

/** The records that the item creates an issue for. */
function createsFor(item: BoundItem, clause: CreateClause, proofs: Proofs): Formula | undefined {
  const where = proofs.where(item);
  if (where === undefined) return undefined;
  if (clause.records.kind === 'name' && clause.records.text === 'all') return where;
  const branches = proofs.branches(item).map(({ formula }) => formula);
  if (branches.length === 0 || branches.includes(undefined)) return undefined;
  return all(where, { kind: 'any', of: branches as readonly Formula[] });
}
