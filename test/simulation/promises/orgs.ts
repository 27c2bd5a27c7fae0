/** C-5: a link is of the org that it was made with, and of no other. */
import { type Broken, linksOf, type Promised } from './promise.ts';

/** A list of links lags behind them, here by a minute at most: what was made just before is not seen to be there. */
const lagMs = 60_000;

export const linksStayWithTheirOrg: Promised = seen => {
  const { orgs, startedOver } = seen.people.ledger;
  const broken: Broken[] = [];
  for (const { issueKey, record, createdAt } of linksOf(seen)) {
    const about = [record, issueKey];
    if (orgs.some(({ at }) => at >= createdAt && at - createdAt <= lagMs)) continue;
    // Whatever was connected in between.
    const own = orgs.findLast(({ at }) => at <= createdAt);
    if (own?.org !== orgs.at(-1)?.org)
      broken.push({ promise: 'C-5', what: `the link of ${issueKey} is of another org`, about });
    if (startedOver.some(({ at, sure }) => sure && at > createdAt))
      broken.push({ promise: 'C-5', what: `the link of ${issueKey} outlived the start with another org`, about });
  }
  return broken;
};
