import { type BoundItem, type BoundMapping, jiraFieldOf, sourceFieldOf } from '../../bind/bound.ts';
import { conversionFor } from '../../conversion/index.ts';
import { sidesOf } from '../fixes.ts';
import { type Change, carrying, changeBy } from '../round.ts';
import type { Report, Rule } from '../rule.ts';
import { type Ends, endsOf, limitsOf, wayOf } from '../travel.ts';
import { enumerated } from '../values.ts';

/** A value that goes there and back over one mapping is the same value, or an edit comes back as something else. */
export const pingPong: Rule = {
  name: 'ping-pong',
  items(_, report) {
    const roundTripOf = createRoundTrips();
    return {
      item(item) {
        for (const mapping of item.mappings) if (mapping.arrow === '<->') bothWays(item, mapping, roundTripOf, report);
      },
    };
  },
};

interface RoundTrip {
  readonly fromSalesforce: boolean;
  readonly change: Change;
}

/** Mappings fare alike where types, lengths, `cut at`, tables and listed values are alike: one of them is tried. */
function createRoundTrips() {
  const known = new Map<string, RoundTrip | undefined>();
  const tables = new Map<BoundMapping['table'], number>([[undefined, 0]]);
  const tableOf = ({ table }: BoundMapping): number => {
    const number = tables.get(table) ?? tables.size;
    tables.set(table, number);
    return number;
  };
  const likenessOf = (mapping: BoundMapping, { salesforce, jira }: Ends): string => {
    const there = limitsOf(mapping, true);
    const back = limitsOf(mapping, false);
    const like = `${salesforce.type} ${back.length} ${jira.type} ${there.length} ${there.cutAt} ${tableOf(mapping)}`;
    const listed = [enumerated(mapping, true), enumerated(mapping, false)];
    return listed.some(Boolean) ? JSON.stringify([like, ...listed]) : like;
  };
  /** Nothing where every value comes back as it was. */
  return (mapping: BoundMapping, ends: Ends): RoundTrip | undefined => {
    const likeness = likenessOf(mapping, ends);
    const before = known.get(likeness);
    if (before !== undefined || known.has(likeness)) return before;
    const trip = roundTrip(mapping, ends);
    known.set(likeness, trip);
    return trip;
  };
}
type RoundTripOf = ReturnType<typeof createRoundTrips>;

function bothWays({ file }: BoundItem, mapping: BoundMapping, roundTripOf: RoundTripOf, report: Report): void {
  const ends = endsOf(mapping);
  const source = sourceFieldOf(mapping);
  if (ends === undefined || source === undefined || source.hops > 0) return;
  const trip = roundTripOf(mapping, ends);
  if (trip === undefined) return;
  const { change, fromSalesforce } = trip;
  const salesforce = source.field.path.join('.');
  const jira = jiraFieldOf(mapping.target)!.field.name;
  const [first, across, last] = change.stops as [string, string, string];
  const [field, other, there] = fromSalesforce
    ? ([salesforce, jira, 'Jira'] as const)
    : ([jira, salesforce, 'Salesforce'] as const);
  const code = mapping.table === undefined ? 'comes-back-changed' : 'comes-back-as-other-row';
  report(file, sidesOf(mapping.node), code, { field, other, there, first, across, last });
}

function roundTrip(mapping: BoundMapping, ends: Ends): RoundTrip | undefined {
  if (isSaid(ends)) return undefined;
  const there = wayOf(mapping, true)!;
  const back = wayOf(mapping, false)!;
  // A value with two rows has its own finding, and nobody knows yet which of them is meant.
  if ([there, back].some(({ rows }) => new Set(rows.map(({ from }) => from)).size < rows.length)) return undefined;
  const outwards = changeBy([there, back], ends.salesforce, carrying);
  if (outwards !== undefined) return { fromSalesforce: true, change: outwards };
  const inwards = changeBy([back, there], ends.jira, carrying);
  return inwards && { fromSalesforce: false, change: inwards };
}

/** That it loses something is said by the conversion itself. */
function isSaid({ salesforce, jira }: Ends): boolean {
  return (['to-jira', 'to-salesforce'] as const).some(
    direction => conversionFor(direction, salesforce.type, jira.type)?.safety === 'lossy',
  );
}
