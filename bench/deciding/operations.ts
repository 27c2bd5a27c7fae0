/** Deciding and its rule alone: by plan, by hand, and by the libraries. All of them have to agree before any is timed. */
import { isDeepStrictEqual } from 'node:util';
import { compileItem } from '../../runtime/engine/index.ts';
import type { Prepared } from '../prepared.ts';
import { type ByHand, decideByHand, ruleByHand } from './by-hand.ts';
import { itemPlan, type Pair, pairs } from './corpus.ts';
import { libraries } from './libraries.ts';

/** Agreement is asked for with many pairs; what is timed is two pages of a cycle, which the processor keeps at hand. */
const tried = 2000;
const timed = 200;

function decideByPlan(): (pair: Pair) => ByHand {
  const item = compileItem(itemPlan());
  return pair => {
    const { fields, toJira, toSalesforce, status } = item.reconcile(pair);
    // The engine remembers more of a conflict than both values.
    const values = ({ salesforce, jira }: { readonly salesforce: unknown; readonly jira: unknown }) => ({
      salesforce,
      jira,
    });
    const bases = Object.fromEntries(fields.map(({ mapping, base }) => [mapping, values(base!)]));
    return { toJira, toSalesforce, bases, moveTo: status.move?.to.name };
  };
}

function agreed(name: string, one: unknown, other: unknown): void {
  if (!isDeepStrictEqual(one, other)) {
    throw new Error(`${name} decides otherwise: ${JSON.stringify(one)} instead of ${JSON.stringify(other)}`);
  }
}

function prepared(run: () => unknown): Prepared {
  return { lines: timed, bytes: 0, run };
}

const deciding = (decide: (pair: Pair) => unknown): Prepared => {
  const plan = decideByPlan();
  for (const pair of pairs(tried)) agreed('the plan', plan(pair), decideByHand(pair));
  const some = pairs(timed);
  return prepared(() => {
    for (const pair of some) decide(pair);
  });
};

type Rule = (fields: Pair['record']['fields']) => unknown;

async function ruling(name: string, rule: Rule): Promise<Prepared> {
  for (const { record } of pairs(tried)) agreed(name, await rule(record.fields), ruleByHand(record.fields).name);
  const some = pairs(timed).map(({ record }) => record.fields);
  const waits = rule(some[0]!) instanceof Promise;
  // One run is many rounds, so that what it costs to begin one does not count.
  const rounds = 50;
  const run = waits
    ? async () => {
        for (const fields of some) await rule(fields);
      }
    : () => {
        for (let round = 0; round < rounds; round++) for (const fields of some) rule(fields);
      };
  return { ...prepared(run), lines: waits ? timed : timed * rounds };
}

function ruleByPlan(): Rule {
  const { rule } = compileItem(itemPlan());
  return fields => rule!(fields).moveTo?.name;
}

export const decidingOperations: Readonly<Record<string, () => Prepared | Promise<Prepared>>> = {
  'decide by plan': () => {
    const item = compileItem(itemPlan());
    return deciding(pair => item.reconcile(pair));
  },
  'decide by hand': () => deciding(decideByHand),
  'rule by plan': () => ruling('the plan', ruleByPlan()),
  'rule by hand': () => ruling('the hand', fields => ruleByHand(fields).name),
  ...Object.fromEntries(
    Object.entries(libraries).map(([name, { load }]) => [`rule by ${name}`, async () => ruling(name, await load())]),
  ),
};
