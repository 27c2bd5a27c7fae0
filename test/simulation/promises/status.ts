/** S-4, S-6, S-7: the status is the rule's, or paired with the record's, or the move is one that the workflow does not have. */
import { covers, ruleTarget } from '../program.ts';
import { activeLinks, type Broken, itemOfLink, journalOf, type Promised } from './promise.ts';

/** Done goes only to In Progress; every other status goes to every status. */
const canMove = (from: string, to: string): boolean => from !== 'Done' || to === 'In Progress';

export const statusFollows: Promised = seen => {
  const { issues } = seen;
  const broken: Broken[] = [];
  for (const link of activeLinks(seen)) {
    const issue = issues.get(link.issueId);
    const record = seen.records.get(link.record);
    const item = itemOfLink(seen, link);
    if (issue === undefined || record === undefined || !item || !covers(item, record)) continue;
    const now = issue.fields.status.name;
    const wanted =
      item.rule === undefined
        ? item.status?.find(([salesforce]) => salesforce === record.Status)?.[1]
        : ruleTarget(item, record);
    if (wanted === undefined || wanted === now) continue;
    const blocked = !canMove(now, wanted);
    const told = journalOf(seen).some(entry => entry.issueKey === link.issueKey && entry.outcome === 'blocked');
    if (blocked && told) continue;
    broken.push({
      about: [link.record, link.issueKey],
      promise: blocked ? 'P10' : 'P5',
      what: `${link.issueKey} stands in ${now}, and should in ${wanted}${blocked ? ': blocked, and nobody says so' : ''}`,
    });
  }
  return broken;
};
