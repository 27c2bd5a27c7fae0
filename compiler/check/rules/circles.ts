import type { Fix } from '../../../dsl/diagnostic.ts';
import { type BoundItem, type BoundMapping, type BoundPath, fieldOf, jiraFieldOf } from '../../bind/bound.ts';
import type { FieldMetadata, JiraFieldMetadata } from '../../metadata/model.ts';
import { removal, seeAlso, sidesOf, turnArrow } from '../fixes.ts';
import { changeBy, roundOf, type Step } from '../round.ts';
import type { Report, Rule } from '../rule.ts';
import { samplesFor, shortened } from '../samples.ts';
import { type Kind, textOf, type Way, wayOf } from '../travel.ts';

/**
 * No value goes round over several mappings: each of them has one owner, and an edit would be carried on while the
 * field that was edited is put back, for ever.
 */
export const circles: Rule = {
  name: 'circles',
  item(item, report) {
    if (!handsOn(item)) return;
    for (const hops of circlesIn(writersOf(item))) tryCircle(item, hops.map(edgeOf), report);
  },
};

/** A field of the record or the issue. The metadata has one object for each, which is its own key: texts would be hashed. */
type Field = FieldMetadata | JiraFieldMetadata;

/** That a mapping carries a value on from one field. */
interface Hop {
  readonly mapping: BoundMapping;
  readonly toJira: boolean;
  readonly source: Field;
  /** Another one that writes the same field: next to none has any, and lists of one are most of what this would make. */
  next: Hop | undefined;
}
/** The first hop that writes a field. */
type Writers = ReadonlyMap<Field, Hop>;

/** A hop that values are sent along: next to none of them is part of a circle, so ways are made for those alone. */
interface Edge extends Way {
  readonly source: Field;
}
const edgeOf = ({ mapping, toJira, source }: Hop): Edge => ({ ...wayOf(mapping, toJira)!, source });

/** A circle leads through a Jira field that more than one mapping touches. */
function handsOn({ mappings }: BoundItem): boolean {
  const seen = new Set<Field>();
  for (const { target } of mappings) {
    const field = jiraFieldOf(target)?.field;
    if (field === undefined) continue;
    if (seen.has(field)) return true;
    seen.add(field);
  }
  return false;
}

/**
 * By field, what writes it: several ways where a template reads several fields. A field that both sides own can
 * only be part of a circle if it has a second writer, which is an error of its own.
 */
function writersOf({ mappings }: BoundItem): Writers {
  const writers = new Map<Field, Hop>();
  const last = new Map<Field, Hop>();
  const add = (target: Field, hop: Hop) => {
    const first = writers.get(target);
    if (first === undefined) writers.set(target, hop);
    else {
      (last.get(target) ?? first).next = hop;
      last.set(target, hop);
    }
  };
  for (const mapping of mappings) {
    const { arrow } = mapping;
    const jira = jiraFieldOf(mapping.target)?.field;
    if (jira === undefined || (arrow !== '->' && arrow !== '<-')) continue;
    const toJira = arrow === '->';
    const { source } = mapping;
    if (source.kind === 'path') {
      const own = ownField(source.path);
      if (own !== undefined && toJira) add(jira, { mapping, toJira, source: own, next: undefined });
      else if (own !== undefined) add(own, { mapping, toJira, source: jira, next: undefined });
    } else if (source.kind === 'template' && toJira) {
      for (const hole of source.holes) {
        const own = ownField(hole);
        if (own !== undefined) add(jira, { mapping, toJira, source: own, next: undefined });
      }
    }
  }
  return writers;
}

/** A field of the record itself. */
function ownField(path: BoundPath): FieldMetadata | undefined {
  const field = fieldOf(path);
  return field?.hops === 0 ? field.metadata : undefined;
}

/**
 * Circles that share no mapping, each in the order in which a value travels. Follows who writes what, backwards and
 * without recursion, so that a chain may be as long as it likes; each way is taken once.
 */
function circlesIn(writers: Writers): readonly (readonly Hop[])[] {
  const found: (readonly Hop[])[] = [];
  const used = new Set<BoundMapping>();
  /** Of a field on the path how deep it lies; of one that was left, `done`. */
  const depth = new Map<Field, number>();
  const done = -1;
  for (const start of writers.keys()) {
    if (depth.has(start)) continue;
    /** From the start, each field, and the way to the next one that is being tried. */
    const fields: Field[] = [start];
    const ways: (Hop | undefined)[] = [writers.get(start)];
    depth.set(start, 0);
    while (fields.length > 0) {
      const top = fields.length - 1;
      const hop = ways[top];
      if (hop === undefined) {
        depth.set(fields.pop()!, done);
        ways.pop();
        if (top > 0) ways[top - 1] = ways[top - 1]!.next;
        continue;
      }
      const back = depth.get(hop.source);
      if (back === undefined) {
        depth.set(hop.source, fields.length);
        fields.push(hop.source);
        ways.push(writers.get(hop.source));
        continue;
      }
      if (back !== done) {
        const round = ways.slice(back) as Hop[];
        if (!round.some(({ mapping }) => used.has(mapping))) {
          for (const { mapping } of round) used.add(mapping);
          found.push(fromFirst(round.reverse()));
        }
      }
      ways[top] = hop.next;
    }
  }
  return found;
}

/** Begins where the record's value is read first in the text. */
function fromFirst(ways: readonly Hop[]): readonly Hop[] {
  const starts = ways.flatMap(({ toJira, mapping }, at) => (toJira ? [{ at, from: mapping.node.span.start }] : []));
  const { at } = starts.reduce((first, other) => (other.from < first.from ? other : first));
  return [...ways.slice(at), ...ways.slice(0, at)];
}

/** As many places of a long circle as anybody looks at. */
const MOST_RELATED = 8;

function tryCircle(item: BoundItem, ways: readonly Edge[], report: Report): void {
  const start = kindBefore(ways[0]!);
  if (start === undefined) return;
  // What never gets round disturbs nobody.
  const traveller = samplesFor(ways[0]!).find(sample => roundOf(ways, sample, fillingIn) !== undefined);
  if (traveller === undefined) return;
  const change = changeBy(ways, start, fillingIn);
  const mappings = ways.map(({ mapping }) => mapping).sort((a, b) => a.node.span.start - b.node.span.start);
  const last = mappings.at(-1)!;
  const related = mappings
    .slice(0, -1)
    .slice(0, MOST_RELATED)
    .flatMap(mapping => seeAlso(item.file, sidesOf(mapping.node), 'part of the circle'));
  if (change?.endless) {
    const field = ways[0]!.source.name;
    report(item.file, sidesOf(last.node), 'circle-changes-value', { field, stops: change.stops }, { related });
    return;
  }
  const fields = ways.map(({ source }) => source.name);
  const value = shortened(textOf(start, traveller));
  report(
    item.file,
    sidesOf(last.node),
    'circle-of-owners',
    { fields, value },
    { related, fixes: asOne(item, mappings) },
  );
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
  const field = source.holes.map(fieldOf).find(found => found?.metadata === read);
  return field && { side: 'salesforce', type: field.field.type };
}

/** Carries a value through a template by filling it in where the template names its field. */
const fillingIn: Step<Edge> = (edge, value) => {
  const { source } = edge.mapping;
  if (source.kind !== 'template' || !edge.toJira) return edge.carry(value);
  const kind = kindBefore(edge);
  let at = 0;
  const text = source.template.parts.map(part => {
    if (part.kind === 'literal') return part.value;
    const field = part.path.kind === 'path' ? fieldOf(source.holes[at++]) : undefined;
    return kind && field?.metadata === edge.source ? textOf(kind, value) : '';
  });
  return edge.carry(text.join(''));
};
