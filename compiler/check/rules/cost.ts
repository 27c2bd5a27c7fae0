import type { BoundItem } from '../../bind/bound.ts';
import { type Cost, costOf, costWith } from '../../plan/cost.ts';
import { costingOf } from '../costing.ts';
import { headOf, seeAlso } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** What the program costs, against the budget that its configuration declares and what the org allows. */
export const cost: Rule = {
  name: 'cost',
  program({ items, config, lookup }, report) {
    const limit = lookup?.metadata.salesforce.dailyApiRequests;
    const { salesforceCallsPerDay, jiraPointsPerHour, changesPerHour } = config?.budget ?? {};
    if (salesforceCallsPerDay === undefined && jiraPointsPerHour === undefined && limit === undefined) return;
    const whole = costOf(items.flatMap(item => costingOf(item) ?? []));
    const changes = changesPerHour?.value ?? 0;
    const { callsPerDay, pointsPerHour } = costWith(whole, changes);
    const queries = whole.queries.map(({ of }) => of);
    const spent = { spent: callsPerDay, queries, callsPerCycle: whole.callsPerCycle, changes };

    if (salesforceCallsPerDay !== undefined && callsPerDay > salesforceCallsPerDay.value) {
      const holes = { ...spent, allowed: salesforceCallsPerDay.value };
      report(config!.file, salesforceCallsPerDay.span, 'over-call-budget', holes, { related: askers(items, whole) });
    }
    if (jiraPointsPerHour !== undefined && pointsPerHour > jiraPointsPerHour.value) {
      const each = pointsPerHour / changes;
      const holes = { spent: pointsPerHour, allowed: jiraPointsPerHour.value, changes, each };
      report(config!.file, jiraPointsPerHour.span, 'over-point-budget', holes);
    }
    if (limit === undefined || callsPerDay <= limit) return;
    const holes = { ...spent, allowed: limit };
    const related = askers(items, whole);
    if (changesPerHour !== undefined && whole.callsPerDay <= limit) {
      report(config!.file, changesPerHour.span, 'over-daily-limit', holes, { related });
    } else report(related[0]!.file, related[0]!.span, 'over-daily-limit', holes, { related: related.slice(1) });
  },
};

/** The first items that ask for what a cycle asks for, as many as anybody reads. */
function askers(items: readonly BoundItem[], { queries }: Cost) {
  const byId = new Map(items.map(item => [item.id, item]));
  return queries.slice(0, 5).flatMap(({ of, items: [first] }) => {
    const item = byId.get(first);
    if (item === undefined) return [];
    const [clause] = item.clauses.salesforce;
    return seeAlso(item.file, headOf(item.file, (clause ?? item.node).span), `asks for \`${of}\``);
  });
}
