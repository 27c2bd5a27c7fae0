import { isMissing } from '../../../dsl/ast.ts';
import type { SourceFile } from '../../../dsl/source.ts';
import {
  type BoundMapping,
  type BoundTable,
  jiraFieldOf,
  rowsOneWay,
  sourceFieldOf,
  writesJira,
  writesSalesforce,
} from '../../bind/bound.ts';
import { spelled } from '../../bind/literal.ts';
import { conversionFor, foldText } from '../../conversion/index.ts';
import { otherwiseRow } from '../fixes.ts';
import type { Report, Rule } from '../rule.ts';
import { endsOf } from '../travel.ts';
import { valuesToCover } from '../values.ts';

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

function rowsOf(table: BoundTable, toJira: boolean): ReadonlySet<string> {
  const rows = new Set<string>();
  for (const { from } of rowsOneWay(table, toJira)) if (!isMissing(from)) rows.add(foldText(spelled(from)));
  return rows;
}

function lookFor(
  file: SourceFile,
  mapping: BoundMapping,
  toJira: boolean,
  covered: ReadonlySet<string>,
  report: Report,
): void {
  const { target, modifiers, node } = mapping;
  const field = toJira ? sourceFieldOf(mapping)?.field.path.join('.') : jiraFieldOf(target)?.field.name;
  const values = valuesToCover(mapping, toJira)?.filter(value => !covered.has(foldText(value)));
  if (field === undefined || (values === undefined ? !alwaysConverts(mapping, toJira) : values.length === 0)) return;
  const { span } = modifiers.by ?? modifiers['inline-table'] ?? node;
  const side = toJira ? 'Jira' : 'Salesforce';
  const { file: home, table } = mapping.table!;
  const fixes = ['skip', 'keep'].flatMap(word => otherwiseRow(home, table, word));
  report(file, span, 'table-value-not-covered', { field, values: values ?? [], side }, { fixes });
}

/** Types of which a value may fail ask for an `or else` by themselves. */
function alwaysConverts(mapping: BoundMapping, toJira: boolean): boolean {
  const ends = endsOf(mapping);
  const found = ends && conversionFor(toJira ? 'to-jira' : 'to-salesforce', ends.salesforce.type, ends.jira.type);
  return found !== undefined && found.safety !== 'fallible';
}
