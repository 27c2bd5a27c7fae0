import type { SourceFile } from '../../../dsl/source.ts';
import {
  type BoundMapping,
  type BoundTable,
  fieldOf,
  jiraFieldOf,
  writesJira,
  writesSalesforce,
} from '../../bind/bound.ts';
import { spelled } from '../../bind/literal.ts';
import { foldText } from '../../conversion/index.ts';
import { otherwiseRow } from '../fixes.ts';
import type { Report, Rule } from '../rule.ts';
import { enumerated } from '../values.ts';

/** Values that can occur, and have neither a row nor an `otherwise` or `or else` to answer for them. */
export const tableCovers: Rule = {
  name: 'table-covers',
  items(_, report) {
    // Items share tables.
    const known = new Map<BoundTable, Covered>();
    const coveredBy = (table: BoundTable): Covered => {
      const covered = known.get(table) ?? { toJira: rowsOf(table, true), toSalesforce: rowsOf(table, false) };
      known.set(table, covered);
      return covered;
    };
    return {
      item({ file, mappings }) {
        for (const mapping of mappings) {
          const { table, modifiers, arrow } = mapping;
          if (table === undefined || table.otherwise !== undefined || modifiers['or-else'] !== undefined) continue;
          const { toJira, toSalesforce } = coveredBy(table);
          if (writesJira(arrow)) lookFor(file, mapping, true, toJira, report);
          if (writesSalesforce(arrow)) lookFor(file, mapping, false, toSalesforce, report);
        }
      },
    };
  },
};

/** The values that a table has rows for, folded. */
interface Covered {
  readonly toJira: ReadonlySet<string>;
  readonly toSalesforce: ReadonlySet<string>;
}

function rowsOf({ table }: BoundTable, toJira: boolean): ReadonlySet<string> {
  const rows = new Set<string>();
  for (const row of table.rows) {
    if (row.kind !== 'row' || row.arrow.kind !== 'arrow') continue;
    const counts = toJira ? writesJira(row.arrow.arrow) : writesSalesforce(row.arrow.arrow);
    const from = toJira ? row.left : row.right;
    if (counts && from.kind !== 'missing') rows.add(foldText(spelled(from)));
  }
  return rows;
}

function lookFor(
  file: SourceFile,
  mapping: BoundMapping,
  toJira: boolean,
  covered: ReadonlySet<string>,
  report: Report,
): void {
  const { source, target, modifiers, node } = mapping;
  const values = enumerated(mapping, toJira)?.filter(value => !covered.has(foldText(value)));
  if (values === undefined || values.length === 0) return;
  const path = source.kind === 'path' ? fieldOf(source.path)?.field.path : undefined;
  const field = toJira ? path?.join('.') : jiraFieldOf(target)?.field.name;
  const { span } = modifiers.by ?? modifiers['inline-table'] ?? node;
  const side = toJira ? 'Jira' : 'Salesforce';
  const { file: home, table } = mapping.table!;
  const fixes = ['skip', 'keep'].flatMap(word => otherwiseRow(home, table, word));
  report(file, span, 'table-value-not-covered', { field: field ?? '', values, side }, { fixes });
}
