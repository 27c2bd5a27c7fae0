import { type BoundItem, type BoundMapping, jiraFieldOf, sourceFieldOf } from '../../bind/bound.ts';
import type { IssueTypeMetadata } from '../../metadata/model.ts';
import { seeAlso, sidesOf } from '../fixes.ts';
import type { Proofs } from '../proofs.ts';
import type { Report, Rule } from '../rule.ts';
import { budgetOf, satisfyBoth, type Witness } from '../satisfy.ts';
import { recordWords } from '../words.ts';

/**
 * Two items of one issue type that own the same two fields in opposite directions. Where one record and one issue are
 * linked by both, that is a circle over two items: one puts back what the other one carries on.
 */
export const oppositeOwners: Rule = {
  name: 'opposite-owners',
  items(_, report, proofs) {
    const byType = new Map<IssueTypeMetadata, BoundItem[]>();
    return {
      item(item) {
        const { issueType, object, mode, node, mappings } = item;
        if (issueType === undefined || object === undefined || mode === 'display-only') return;
        if (node.broken || mappings.length === 0) return;
        const own = byType.get(issueType);
        if (own === undefined) byType.set(issueType, [item]);
        else own.push(item);
      },
      end() {
        for (const items of byType.values()) if (items.length > 1) lookAmong(items, proofs, report);
      },
    };
  },
};

interface Use {
  readonly item: BoundItem;
  readonly mapping: BoundMapping;
}

/** Of as many items nobody reads more than the first finding each. */
const MOST_COMPARED = 50;

function lookAmong(items: readonly BoundItem[], proofs: Proofs, report: Report): void {
  const uses = new Map<string, { readonly forth: Use[]; readonly back: Use[] }>();
  for (const item of items) {
    for (const mapping of item.mappings) {
      const { arrow, target } = mapping;
      const jira = jiraFieldOf(target)?.field.id;
      const salesforce = sourceFieldOf(mapping);
      if (jira === undefined || salesforce?.hops !== 0 || (arrow !== '->' && arrow !== '<-')) continue;
      const key = `${item.object!.name} ${salesforce.metadata.name} ${jira}`;
      const use = uses.get(key) ?? { forth: [], back: [] };
      uses.set(key, use);
      (arrow === '->' ? use.forth : use.back).push({ item, mapping });
    }
  }
  for (const { forth, back } of uses.values()) {
    let compared = 0;
    for (const one of back) {
      const meeting = forth
        .filter(other => other.item !== one.item && compared++ < MOST_COMPARED)
        .flatMap(other => {
          const record = sharedRecord(one.item, other.item, proofs);
          return record === undefined ? [] : [{ other, record }];
        })[0];
      if (meeting !== undefined) tell(one, meeting.other, meeting.record, report);
    }
  }
}

function sharedRecord(a: BoundItem, b: BoundItem, proofs: Proofs): Witness | undefined {
  const [first, second] = [proofs.where(a), proofs.where(b)];
  if (first === undefined || second === undefined) return undefined;
  const verdict = satisfyBoth(first, second, budgetOf(5000));
  return verdict.kind === 'met' ? verdict.record : undefined;
}

/** At the later one. */
function tell(a: Use, b: Use, record: Witness, report: Report): void {
  const isLater =
    a.item.file === b.item.file
      ? a.mapping.node.span.start > b.mapping.node.span.start
      : a.item.file.path > b.item.file.path;
  const [earlier, later] = isLater ? [b, a] : [a, b];
  const holes = {
    field: sourceFieldOf(later.mapping)!.metadata.name,
    other: jiraFieldOf(later.mapping.target)!.field.name,
    item: earlier.item.id ?? '',
    record: recordWords(later.item.object!.name, record),
  };
  const related = seeAlso(earlier.item.file, sidesOf(earlier.mapping.node), 'the other way there');
  report(later.item.file, sidesOf(later.mapping.node), 'opposite-owners', holes, { related });
}
