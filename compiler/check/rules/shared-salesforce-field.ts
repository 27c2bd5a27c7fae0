import type { Span } from '../../../dsl/source.ts';
import { type BoundItem, writtenFieldOf, writtenStatusOf } from '../../bind/bound.ts';
import { seeAlso } from '../fixes.ts';
import { type Candidate, firstMeetings, type Suspect, suspectsAmong } from '../pairs.ts';
import type { Report, Rule } from '../rule.ts';
import { recordWords } from '../words.ts';

/** Two items that write the same Salesforce field of a record that both see: said at the later one. */
export const sharedSalesforceField: Rule = {
  name: 'shared-salesforce-field',
  items(_, report, proofs) {
    const byObject = new Map<string, Candidate<BoundItem>[]>();
    return {
      item(item) {
        const { object, mode, node } = item;
        if (object === undefined || mode === 'display-only' || node.broken || !writesAny(item)) return;
        const formula = proofs.where(item);
        if (formula === undefined) return;
        const own = byObject.get(object.name);
        if (own === undefined) byObject.set(object.name, [{ of: item, formula }]);
        else own.push({ of: item, formula });
      },
      end() {
        for (const [object, writers] of byObject) compare(object, suspectsAmong(writers), report);
      },
    };
  },
};

function compare(object: string, suspects: readonly Suspect<BoundItem>[], report: Report): void {
  for (const [field, writers] of byField(suspects)) {
    const { met, unfinished } = firstMeetings(writers);
    for (const { earlier, later, record } of met) {
      const holes = { field, item: earlier.item.id ?? '', record: recordWords(object, record) };
      const related = seeAlso(earlier.item.file, earlier.span, 'written here too');
      report(later.item.file, later.span, 'shared-salesforce-field', holes, { related });
    }
    if (unfinished !== undefined) {
      const { item, span } = unfinished;
      report(item.file, span, 'too-many-to-compare', { object, items: writers.length });
    }
  }
}

interface Writer {
  readonly item: BoundItem;
  /** Where it writes the field. */
  readonly span: Span;
}

function byField(suspects: readonly Suspect<BoundItem>[]): ReadonlyMap<string, readonly Suspect<Writer>[]> {
  const groups = new Map<string, Suspect<Writer>[]>();
  for (const suspect of suspects) {
    for (const [field, span] of writesOf(suspect.of)) {
      const writer = { ...suspect, of: { item: suspect.of, span } };
      const own = groups.get(field);
      if (own === undefined) groups.set(field, [writer]);
      else own.push(writer);
    }
  }
  return groups;
}

function writesOf(item: BoundItem): ReadonlyMap<string, Span> {
  const writes = new Map<string, Span>();
  for (const mapping of item.mappings) {
    const field = writtenFieldOf(mapping);
    if (field !== undefined) writes.set(field.metadata.name, mapping.node.source.span);
  }
  const status = writtenStatusOf(item);
  if (status !== undefined) writes.set(status.metadata.name, item.status!.node.field.span);
  return writes;
}

const writesAny = (item: BoundItem): boolean =>
  item.mappings.some(mapping => writtenFieldOf(mapping) !== undefined) || writtenStatusOf(item) !== undefined;
