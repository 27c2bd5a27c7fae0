import type { Fix } from '../../../dsl/diagnostic.ts';
import type { Span } from '../../../dsl/source.ts';
import {
  type BoundItem,
  type BoundMapping,
  fieldOf,
  jiraFieldOf,
  writesJira,
  writesSalesforce,
} from '../../bind/bound.ts';
import { conversionFor } from '../../conversion/index.ts';
import { removal, seeAlso, turnArrow } from '../fixes.ts';
import type { Report, Rule } from '../rule.ts';
import { samplesFor, shortened } from '../samples.ts';
import { type Ends, endsOf, isSame, type Kind, limitsOf, textOf, type Way, wayOf } from '../travel.ts';
import { enumerated } from '../values.ts';

/**
 * A value that goes there and back is the same value; and it never goes round over several mappings, since each of
 * them has one owner, and every edit would be carried on and put back for ever.
 */
export const pingPong: Rule = {
  name: 'ping-pong',
  items(_, report) {
    const roundTripOf = createRoundTrips();
    return {
      item(item) {
        for (const mapping of item.mappings) if (mapping.arrow === '<->') bothWays(item, mapping, roundTripOf, report);
        if (handsOn(item)) circles(item, report);
      },
    };
  },
};

const spanOf = ({ node }: BoundMapping): Span => ({ start: node.source.span.start, end: node.target.span.end });

interface Change {
  /** From the first value to the last of the first round, as people read them. */
  readonly stops: readonly string[];
  /** It changes again in every round, and not only in the first. */
  readonly endless: boolean;
}

/** Rounds after which a value that still changes will not come to rest. */
const ROUNDS = 4;

type Step = (way: Way, value: unknown) => unknown;
const carrying: Step = (way, value) => way.carry(value);

/** The first value that a round of ways changes. */
function changeBy(ways: readonly Way[], start: Kind, step: Step): Change | undefined {
  for (const sample of samplesFor(ways[0]!)) {
    const first = roundOf(ways, sample, step);
    if (first === undefined || isSame(start, sample, first.at(-1))) continue;
    let value = first.at(-1);
    let rests = false;
    for (let round = 1; round < ROUNDS && !rests; round++) {
      const next = roundOf(ways, value, step)?.at(-1);
      rests = next === undefined || isSame(start, value, next);
      value = next;
    }
    const stops = first.map((at, index) => shortened(textOf(ways[index]!.to, at)));
    return { stops: [shortened(textOf(start, sample)), ...stops], endless: !rests };
  }
  return undefined;
}

/** What the value is after each of the ways; nothing where one of them does not pass it on. */
function roundOf(ways: readonly Way[], sample: unknown, step: Step): readonly unknown[] | undefined {
  const values: unknown[] = [];
  let value = sample;
  for (const way of ways) {
    value = step(way, value);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

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
  const source = mapping.source.kind === 'path' ? fieldOf(mapping.source.path) : undefined;
  if (ends === undefined || source === undefined || source.hops > 0) return;
  const trip = roundTripOf(mapping, ends);
  if (trip === undefined) return;
  const { change, fromSalesforce } = trip;
  const salesforce = source.field.path.join('.');
  const jira = jiraFieldOf(mapping.target)!.field.name;
  const [first, across, last] = change.stops as [string, string, string];
  const [field, other] = fromSalesforce ? [salesforce, jira] : [jira, salesforce];
  const code = mapping.table === undefined ? 'comes-back-changed' : 'comes-back-as-other-row';
  report(file, spanOf(mapping), code, { field, other, first, across, last });
}

function roundTrip(mapping: BoundMapping, ends: Ends): RoundTrip | undefined {
  if (isSaid(ends)) return undefined;
  const there = wayOf(mapping, true)!;
  const back = wayOf(mapping, false)!;
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

// ── several mappings in a circle ────────────────────────────────────────────────────────────────

interface Edge extends Way {
  /** The field that it reads. */
  readonly source: string;
}

/** A circle of fewer mappings is one mapping; a longer one is beyond what anybody wrote. */
const LONGEST = 12;

/** A circle of several mappings leads through a Jira field that more than one of them touches. */
function handsOn({ mappings }: BoundItem): boolean {
  const seen = new Set<string>();
  for (const { target } of mappings) {
    const id = jiraFieldOf(target)?.field.id;
    if (id === undefined) continue;
    if (seen.has(id)) return true;
    seen.add(id);
  }
  return false;
}

function circles(item: BoundItem, report: Report): void {
  const writers = new Map<string, Edge[]>();
  for (const mapping of item.mappings) {
    const jira = jiraFieldOf(mapping.target)?.field.id;
    if (jira === undefined || mapping.source.kind === 'missing') continue;
    const target = `jira ${jira}`;
    const sources = readBy(mapping);
    const [there, back] = [wayOf(mapping, true), wayOf(mapping, false)];
    if (there === undefined || back === undefined) continue;
    if (writesJira(mapping.arrow)) for (const source of sources) add(writers, target, { ...there, source });
    const isField = mapping.source.kind === 'path' && sources.length === 1;
    if (writesSalesforce(mapping.arrow) && isField) add(writers, sources[0]!, { ...back, source: target });
  }
  const seen = new Set<string>();
  for (const start of writers.keys()) {
    if (!start.startsWith('salesforce ')) continue;
    for (const ways of roundsTo(start, writers)) {
      const key = [...new Set(ways.map(({ mapping }) => mapping.node.span.start))].sort((a, b) => a - b).join();
      if (seen.has(key)) continue;
      seen.add(key);
      tryCircle(item, ways, report);
    }
  }
}

/** The record's own fields that a mapping reads. */
function readBy({ source }: BoundMapping): readonly string[] {
  const paths = source.kind === 'path' ? [source.path] : source.kind === 'template' ? source.holes : [];
  return paths.flatMap(path => {
    const field = fieldOf(path);
    return field?.hops === 0 ? [`salesforce ${field.metadata.name}`] : [];
  });
}

function add(writers: Map<string, Edge[]>, target: string, edge: Edge): void {
  const own = writers.get(target);
  if (own === undefined) writers.set(target, [edge]);
  else own.push(edge);
}

/** Backwards along who writes what, in the order in which the values travel; of more than one mapping each. */
function roundsTo(start: string, writers: ReadonlyMap<string, readonly Edge[]>): readonly (readonly Edge[])[] {
  const rounds: (readonly Edge[])[] = [];
  const walk = (node: string, ways: readonly Edge[]): void => {
    for (const edge of writers.get(node) ?? []) {
      if (ways.some(({ mapping }) => mapping === edge.mapping)) continue;
      const round = [edge, ...ways];
      if (edge.source === start) {
        if (round.length > 1) rounds.push(round);
      } else if (round.length < LONGEST && !ways.some(({ source }) => source === edge.source)) walk(edge.source, round);
    }
  };
  walk(start, []);
  return rounds;
}

function tryCircle(item: BoundItem, ways: readonly Edge[], report: Report): void {
  const start = kindBefore(ways[0]!);
  if (start === undefined) return;
  const step = fillingIn(ways);
  // What never gets round disturbs nobody.
  const traveller = samplesFor(ways[0]!).find(sample => roundOf(ways, sample, step) !== undefined);
  if (traveller === undefined) return;
  const change = changeBy(ways, start, step);
  const mappings = ways.map(({ mapping }) => mapping).sort((a, b) => a.node.span.start - b.node.span.start);
  const last = mappings.at(-1)!;
  const related = mappings.slice(0, -1).flatMap(mapping => seeAlso(item.file, spanOf(mapping), 'part of the circle'));
  const field = ways[0]!.source.replace(/^salesforce /, '');
  if (change?.endless) {
    report(item.file, spanOf(last), 'circle-changes-value', { field, stops: change.stops }, { related });
    return;
  }
  // Each of these mappings has one owner, so every field is put back to what the one before it had.
  const fields = [...new Set(ways.map(({ source }) => nameOf(item, source)))];
  const value = shortened(textOf(start, traveller));
  report(item.file, spanOf(last), 'circle-of-owners', { fields, value }, { related, fixes: asOne(item, mappings) });
}

/** A field as people call it. */
function nameOf({ mappings }: BoundItem, node: string): string {
  const id = node.replace(/^(jira|salesforce) /, '');
  if (!node.startsWith('jira ')) return id;
  return mappings.map(({ target }) => jiraFieldOf(target)?.field).find(field => field?.id === id)?.name ?? id;
}

/** Two plain mappings of the same two fields are one that both sides own. */
function asOne({ file }: BoundItem, mappings: readonly BoundMapping[]): readonly Fix[] {
  const [first, second] = mappings;
  const isPlain = ({ node, source }: BoundMapping) => node.modifiers.length === 0 && source.kind === 'path';
  if (mappings.length !== 2 || first === undefined || second === undefined) return [];
  if (!mappings.every(isPlain) || first.node.arrow.kind !== 'arrow') return [];
  const turned = turnArrow(file, first.node.arrow.span, '<->');
  return removal(file, second.node.span, 'write one mapping with <->').map(fix => ({
    ...fix,
    edits: [...turned.edits, ...fix.edits],
  }));
}

/** A template reads fields of its own types, whatever it is as a whole. */
function kindBefore({ mapping, toJira, from, source: read }: Edge): Kind | undefined {
  const { source } = mapping;
  if (source.kind !== 'template' || !toJira) return from;
  const field = source.holes.map(fieldOf).find(found => found && `salesforce ${found.metadata.name}` === read);
  return field && { side: 'salesforce', type: field.field.type };
}

/** Carries a value through a template by filling it in where the template names its field. */
const fillingIn =
  (ways: readonly Edge[]): Step =>
  (way, value) => {
    const { source } = way.mapping;
    if (source.kind !== 'template' || !way.toJira) return way.carry(value);
    const edge = ways.find(one => one.mapping === way.mapping)!;
    const kind = kindBefore(edge);
    let at = 0;
    const text = source.template.parts.map(part => {
      if (part.kind === 'literal') return part.value;
      const field = part.path.kind === 'path' ? fieldOf(source.holes[at++]) : undefined;
      return kind && field && `salesforce ${field.metadata.name}` === edge.source ? textOf(kind, value) : '';
    });
    return way.carry(text.join(''));
  };
