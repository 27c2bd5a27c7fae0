/** C-5: a link is of the org that it was made with, and of no other. */
import { type Broken, linksOf, type Promised } from './promise.ts';

export const linksStayWithTheirOrg: Promised = seen => {
  const { orgs, startedOver } = seen.people.ledger;
  const broken: Broken[] = [];
  for (const { issueKey, record, createdAt } of linksOf(seen)) {
    const about = [record, issueKey];
    const later = orgs.findIndex(({ at }) => at > createdAt);
    // Whatever was connected in between: it is the org of its time again.
    const isOther = later >= 0 && (orgs.length - later) % 2 === 1;
    if (isOther) broken.push({ promise: 'C-5', what: `the link of ${issueKey} is of another org`, about });
    if (startedOver.some(({ at, sure }) => sure && at > createdAt))
      broken.push({ promise: 'C-5', what: `the link of ${issueKey} outlived the start with another org`, about });
  }
  return broken;
};
