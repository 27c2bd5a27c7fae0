/** Value tables become rows by direction, in the spelling that the org and the site use. */
import type * as ast from '../../dsl/ast.ts';
import {
  type BoundMapping,
  type BoundTable,
  fieldOf,
  jiraFieldOf,
  writesJira,
  writesSalesforce,
} from '../bind/bound.ts';
import { scalarOf } from '../bind/literal.ts';
import { offeredSpelling, picklistSpelling } from '../bind/spelling.ts';
import type { FallbackPlan, TableRow, ValueTable } from './ir.ts';
import { originOf } from './origin.ts';

export type LowerTable = (bound: BoundTable, mapping: BoundMapping) => ValueTable;

/** Mappings of the same two fields share the rows of a table that has a name, or a large one would be there for each. */
export function createLowerTable(): LowerTable {
  const known = new Map<BoundTable, { source: unknown; target: unknown; screen: unknown; table: ValueTable }[]>();
  return (bound, mapping) => {
    if (bound.node === undefined) return lowerTable(bound, mapping);
    const source = mapping.source.kind === 'path' ? fieldOf(mapping.source.path)?.field : undefined;
    const { field: target, screen } = jiraFieldOf(mapping.target) ?? {};
    const own = known.get(bound) ?? [];
    known.set(bound, own);
    const before = own.find(one => one.source === source && one.target === target && one.screen === screen);
    if (before !== undefined) return before.table;
    const table = lowerTable(bound, mapping);
    own.push({ source, target, screen, table });
    return table;
  };
}

function lowerTable(bound: BoundTable, mapping: BoundMapping): ValueTable {
  const source = mapping.source.kind === 'path' ? fieldOf(mapping.source.path) : undefined;
  const target = jiraFieldOf(mapping.target);
  const toJira: TableRow[] = [];
  const toSalesforce: TableRow[] = [];
  let otherwise: FallbackPlan | undefined;
  for (const row of bound.table.rows) {
    if (row.kind === 'table-otherwise') {
      otherwise ??= plainFallback(row.fallback);
      continue;
    }
    if (row.left.kind === 'missing' || row.right.kind === 'missing' || row.arrow.kind === 'missing') continue;
    const left = picklistSpelling(source?.metadata, scalarOf(row.left, source?.field.type ?? 'string'));
    const right = offeredSpelling(target?.screen, scalarOf(row.right, target?.field.type ?? 'text'));
    if (left === undefined || right === undefined) throw new Error('the checks let through a value of the wrong type');
    const origin = originOf(bound.file, row.span);
    const { arrow } = row.arrow;
    if (writesJira(arrow)) toJira.push({ from: left, to: right, origin });
    if (writesSalesforce(arrow)) toSalesforce.push({ from: right, to: left, origin });
  }
  return { toJira, toSalesforce, ...(otherwise === undefined ? {} : { otherwise }) };
}

function plainFallback({ action }: ast.Fallback): FallbackPlan | undefined {
  if (action.kind === 'name') return { kind: action.text as 'skip' | 'keep' | 'clear' };
  if (action.kind === 'missing') return undefined;
  return { kind: 'text', parts: [{ kind: 'literal', value: action.value }] };
}
