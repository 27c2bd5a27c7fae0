import type { Span } from '../../../dsl/source.ts';
import { type BoundItem, fieldOf, writesSalesforce } from '../../bind/bound.ts';
import { seeAlso } from '../fixes.ts';
import { firstMeetings, type Suspect, suspectsAmong } from '../pairs.ts';
import type { Rule } from '../rule.ts';
import { recordWords } from '../words.ts';

/** Two items that write the same Salesforce field of a record that both see: said at the later one. */
export const sharedSalesforceField: Rule = {
  name: 'shared-salesforce-field',
  program({ items }, report, proofs) {
    for (const [object, writers] of writersByObject(items)) {
      if (writers.length < 2) continue;
      const candidates = writers.flatMap(writer => {
        const formula = proofs.where(writer.item);
        return formula === undefined ? [] : [{ of: writer, formula }];
      });
      for (const [field, suspects] of byField(suspectsAmong(candidates))) {
        const { met, unfinished } = firstMeetings(suspects);
        for (const { earlier, later, record } of met) {
          const { file } = later.item;
          const holes = { field, item: earlier.item.id ?? '', record: recordWords(object, record) };
          const related = seeAlso(earlier.item.file, earlier.writes.get(field)!, 'written here too');
          report(file, later.writes.get(field)!, 'shared-salesforce-field', holes, { related });
        }
        if (unfinished !== undefined) {
          const span = unfinished.writes.get(field)!;
          report(unfinished.item.file, span, 'too-many-to-compare', { object, items: suspects.length });
        }
      }
    }
  },
};

interface Writer {
  readonly item: BoundItem;
  readonly writes: ReadonlyMap<string, Span>;
}
function writersByObject(items: readonly BoundItem[]): ReadonlyMap<string, readonly Writer[]> {
  const byObject = new Map<string, Writer[]>();
  for (const item of items) {
    const { object, mode, node } = item;
    if (object === undefined || mode === 'display-only' || node.broken) continue;
    const writes = writesOf(item);
    if (writes.size === 0) continue;
    const own = byObject.get(object.name);
    if (own === undefined) byObject.set(object.name, [{ item, writes }]);
    else own.push({ item, writes });
  }
  return byObject;
}

function writesOf({ mappings, status, rules }: BoundItem): ReadonlyMap<string, Span> {
  const writes = new Map<string, Span>();
  for (const { node, source, arrow } of mappings) {
    if (source.kind !== 'path' || !writesSalesforce(arrow)) continue;
    const field = fieldOf(source.path);
    if (field?.hops === 0) writes.set(field.metadata.name, node.source.span);
  }
  const statusField = rules.length === 0 ? fieldOf(status?.field) : undefined;
  if (statusField !== undefined) writes.set(statusField.metadata.name, status!.node.field.span);
  return writes;
}

function byField(suspects: readonly Suspect<Writer>[]): ReadonlyMap<string, readonly Suspect<Writer>[]> {
  const groups = new Map<string, Suspect<Writer>[]>();
  for (const suspect of suspects) {
    for (const field of suspect.of.writes.keys()) {
      const own = groups.get(field);
      if (own === undefined) groups.set(field, [suspect]);
      else own.push(suspect);
    }
  }
  return groups;
}
