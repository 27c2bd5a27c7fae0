/** The table's rows, and the goals that are read off them. Adding a row adds the measurement. */
import type { Cold } from './cold.ts';
import type { Measured } from './measure.ts';

export interface Row {
  readonly label: string;
  /** One of `operations`. */
  readonly operation: string;
  readonly entities: number;
}

const row = (label: string, operation: string, entities = 2000): Row => ({ label, operation, entities });

/** Six items of ours, and nine or ten entities of theirs, are a file of about 120 lines. */
export const rows: readonly Row[] = [
  row('bridge: parse', 'bridge parse'),
  row('bridge: parse, bind, check, plan', 'bridge plan'),
  row('bridge: the same, and the plan as text', 'bridge plan as text'),
  row('prisma: parse and check', 'prisma check'),
  row('graphql: parse', 'graphql parse'),
  row('graphql: parse and check', 'graphql check'),
  row('openfga: parse', 'openfga parse'),
  row('openfga: parse and check', 'openfga check'),
  row('typespec: parse', 'typespec parse'),
  row('typespec: parse and check', 'typespec check'),

  row('bridge: one small file, warm', 'bridge plan', 6),
  row('prisma: one small file, warm', 'prisma check', 9),

  row('bridge: ten times as much', 'bridge plan', 20_000),
  row('bridge: chain of 1,000 references', 'bridge chain', 1_000),
  row('bridge: chain of 10,000 references', 'bridge chain', 10_000),

  row('bridge: parse and print', 'bridge print'),
  row('bridge: fmt, with its proof', 'bridge fmt'),
  row('graphql: parse and print', 'graphql print'),

  row('yaml: parseDocument', 'yaml parseDocument'),
  row('bridge yaml: parse', 'yaml parse'),
  row('bridge yaml: parse, bind, check, plan', 'yaml plan'),
];

export interface Taken {
  readonly taken: Readonly<Record<string, Measured>>;
  readonly starts: Readonly<Record<string, Cold>>;
}

interface Goal {
  readonly goal: string;
  readonly wanted: string;
  /** Not a number where a row is missing. */
  reached(all: Taken): number | undefined;
  holds(value: number): boolean;
}

const rate = ({ taken }: Taken, label: string): number => {
  const found = taken[label];
  return found === undefined ? Number.NaN : found.lines / found.cpu;
};
const threadRate = (found: Measured | undefined): number =>
  found === undefined ? Number.NaN : found.lines / found.thread;
const perLine = (all: Taken, label: string): number => 1 / rate(all, label);
const cost = ({ taken }: Taken, label: string): number => taken[label]?.cpu ?? Number.NaN;

const atLeast = (least: number) => ({ wanted: `≥ ${least}`, holds: (value: number) => value >= least });
const atMost = (most: number) => ({ wanted: `≤ ${most}`, holds: (value: number) => value <= most });

const whole = 'bridge: parse, bind, check, plan';

export const goals: readonly Goal[] = [
  {
    goal: 'lines/s of parse, bind, check, plan to those of Prisma',
    ...atLeast(1),
    reached: all => rate(all, whole) / rate(all, 'prisma: parse and check'),
  },
  {
    goal: 'the same by the time of its own thread alone',
    ...atLeast(1),
    reached: ({ taken }) => threadRate(taken[whole]) / threadRate(taken['prisma: parse and check']),
  },
  {
    goal: 'lines/s of parse, bind, check, plan to those of OpenFGA',
    ...atLeast(4),
    reached: all => rate(all, whole) / rate(all, 'openfga: parse and check'),
  },
  {
    goal: 'lines/s of parse, bind, check, plan to those of TypeSpec',
    ...atLeast(4),
    reached: all => rate(all, whole) / rate(all, 'typespec: parse and check'),
  },
  {
    goal: 'time for one small file, warm, line by line, to Prisma',
    ...atMost(1),
    reached: all => perLine(all, 'bridge: one small file, warm') / perLine(all, 'prisma: one small file, warm'),
  },
  {
    goal: 'time for a line at 20,000 items to one at 2,000',
    ...atMost(1.25),
    reached: all => perLine(all, 'bridge: ten times as much') / perLine(all, whole),
  },
  {
    goal: 'time for a reference in a chain of 10,000, on the usual stack, to one in 1,000',
    ...atMost(2),
    reached: all =>
      perLine(all, 'bridge: chain of 10,000 references') / perLine(all, 'bridge: chain of 1,000 references'),
  },
  { goal: 'k lines/s of fmt', ...atLeast(250), reached: all => rate(all, 'bridge: fmt, with its proof') },
  {
    goal: 'lines/s of parse and print to those of graphql-js, which drops comments',
    ...atLeast(0.4),
    reached: all => rate(all, 'bridge: parse and print') / rate(all, 'graphql: parse and print'),
  },
  {
    goal: 'time to read YAML to `parseDocument` alone',
    ...atMost(1.15),
    reached: all => cost(all, 'bridge yaml: parse') / cost(all, 'yaml: parseDocument'),
  },
  {
    goal: 'cold bridge check to an empty Node, CPU',
    ...atMost(3),
    reached: ({ starts }) => (starts.check?.cpu ?? Number.NaN) / (starts.empty?.cpu ?? Number.NaN),
  },
  {
    goal: 'cold bridge check to an empty Node, wall',
    ...atMost(3),
    reached: ({ starts }) => (starts.check?.wall ?? Number.NaN) / (starts.empty?.wall ?? Number.NaN),
  },
];
