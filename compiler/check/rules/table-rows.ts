import type { TableRow } from '../../../dsl/ast.ts';
import type { BoundTable } from '../../bind/bound.ts';
import { writesJira, writesSalesforce } from '../../bind/bound.ts';
import { spelled } from '../../bind/literal.ts';
import { foldText } from '../../conversion/index.ts';
import { removal, seeAlso, turnRow } from '../fixes.ts';
import type { Report, Rule } from '../rule.ts';

/** In one direction a value occurs once, so that every table is a function each way. */
export const tableRows: Rule = {
  name: 'table-rows',
  item({ mappings, status }, report) {
    for (const { table } of mappings) if (isOwn(table)) checkTable(table, report);
    if (isOwn(status?.table)) checkTable(status.table, report);
  },
  program({ tables }, report) {
    for (const table of tables) checkTable(table, report);
  },
};

/** Those with a name are shown once for all that use them. */
const isOwn = (table: BoundTable | undefined): table is BoundTable => table !== undefined && table.id === undefined;

const sides = [
  { name: 'Jira', counts: writesJira, key: 'left', other: 'right', arrow: '<-' },
  { name: 'Salesforce', counts: writesSalesforce, key: 'right', other: 'left', arrow: '->' },
] as const;

function checkTable({ file, table }: BoundTable, report: Report): void {
  const otherwise = table.rows.filter(row => row.kind === 'table-otherwise');
  for (const second of otherwise.slice(1)) {
    const fixes = removal(file, second.span, 'remove this one');
    const related = seeAlso(file, otherwise[0]!.span, 'the first one');
    report(file, second.span, 'second-table-otherwise', {}, { related, fixes });
  }
  for (const side of sides) {
    const first = new Map<string, TableRow>();
    for (const row of table.rows) {
      if (row.kind !== 'row' || row.arrow.kind !== 'arrow' || !side.counts(row.arrow.arrow)) continue;
      const value = row[side.key];
      const other = row[side.other];
      if (value.kind === 'missing' || other.kind === 'missing') continue;
      const key = foldText(spelled(value));
      const before = first.get(key);
      if (before === undefined) {
        first.set(key, row);
        continue;
      }
      const related = seeAlso(file, before.span, 'the first one');
      const bothWays = row.arrow.arrow === '<->' && before.arrow.kind === 'arrow' && before.arrow.arrow === '<->';
      const otherBefore = before[side.other];
      const same = otherBefore.kind !== 'missing' && foldText(spelled(otherBefore)) === foldText(spelled(other));
      if (bothWays && !same) {
        report(file, row.span, 'two-way-table-not-reversible', () => {
          const others = [otherBefore, other].flatMap(literal =>
            literal.kind === 'missing' ? [] : [spelled(literal)],
          );
          const fixes = [turnRow(file, table, row, side.arrow)];
          return { holes: { value: spelled(value), others }, related, fixes };
        });
      } else if (!(bothWays && same && side.name === 'Salesforce')) {
        const fixes = removal(file, row.span, 'remove this row');
        report(file, row.span, 'row-twice', { value: spelled(value), side: side.name }, { related, fixes });
      }
    }
  }
}
