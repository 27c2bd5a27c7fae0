/** What an item costs, in plain sentences: the queries of a cycle, shared or its own, and the most that a change takes. */
import { limits } from '../catalogue/limits.ts';
import { type ChangeKind, costingOf, costOf, priceOf } from './cost.ts';
import type { Section } from './explanation.ts';
import type { ItemPlan, Plan } from './ir.ts';
import { listText } from './words.ts';

/** Within the program that it belongs to, since items share queries. */
export function explainCost(item: ItemPlan, { items }: Plan): Section {
  const costing = costingOf(item);
  if (!costing.synchronized) {
    return {
      title: 'Cost',
      sentences: [{ text: 'Nothing on the schedule: a card reads its record when somebody looks at the issue.' }],
    };
  }
  const { queries, callsPerCycle, callsPerDay } = costOf(items.map(costingOf));
  const own = queries.filter(query => query.items.includes(item.id));
  const asked = own.map(({ of, items: all }) => {
    const others = all.filter(id => id !== item.id);
    return others.length === 0 ? of : `${of} (together with ${listText(others, 'and', 3)})`;
  });
  const prices = kinds.flatMap(({ kind, what }) => {
    if (kind === 'created' && !costing.creates) return [];
    const { calls, points } = priceOf(costing, kind);
    return [`${what} costs ${few(calls, 'Salesforce call')} and ${few(points, 'Jira point')}`];
  });
  return {
    title: 'Cost',
    sentences: [
      { text: `A cycle asks Salesforce for ${listText(asked, 'and', 6)}.` },
      {
        text: `The whole program makes ${few(queries.length, 'query', 'queries')} in a cycle, ${limits.queriesPerCall.value} to a call: ${few(callsPerCycle, 'call')} every five minutes, ${few(callsPerDay, 'call')} a day.`,
      },
      { text: `Beside that, at most: ${prices.join('; ')}.` },
      {
        text: "Once an hour a search of Jira for events that got lost, and once a day a look at every link, 250 in a cycle: each takes at most 5 % of Jira's points of the hour, so beyond 72,000 links that look takes more than a day.",
      },
    ],
  };
}

const kinds: readonly { readonly kind: ChangeKind; readonly what: string }[] = [
  { kind: 'record', what: 'a changed record' },
  { kind: 'issue', what: 'a changed issue' },
  { kind: 'created', what: 'a new issue' },
];

const few = (number: number, one: string, many = `${one}s`): string =>
  `${number === 0 ? 'no' : number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;
