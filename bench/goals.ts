/** What has to be reached, read off what was measured. */

import type { LanguageServiceSize } from '../tools/page-sizes.ts';
import type { Bundle } from './bundle.ts';
import type { Cold } from './cold.ts';
import { libraries } from './deciding/libraries.ts';
import type { Screen } from './editor/screen.ts';
import type { Calls, Changed, Memory } from './engine/scenarios.ts';
import type { Measured } from './measure.ts';
import { ruleBy } from './rows.ts';
import type { Cycles, LookUps } from './sandbox.ts';

/** What other programs of this folder measured, as far as they were asked. */
export interface Found {
  idle10?: Calls | undefined;
  idle100000?: Calls | undefined;
  changed?: Changed | undefined;
  memory?: Memory | undefined;
  bundle?: Bundle;
  ready?: number;
  screen?: Screen | undefined;
  /** KB of gzip. */
  pages?: {
    readonly admin: number;
    readonly panel: number;
    readonly monaco: number;
    readonly service: LanguageServiceSize;
  };
  cycles?: Cycles | undefined;
  salesforce?: readonly LookUps[];
  jira?: readonly LookUps[];
}

export interface Taken {
  readonly taken: Readonly<Record<string, Measured>>;
  readonly starts: Readonly<Record<string, Cold>>;
  readonly found: Found;
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
const wide = 'bridge: the same with ten mappings an item';
/** Of both programs the slower. */
const slower = (all: Taken): number => Math.min(rate(all, whole), rate(all, wide));

const ratio = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? undefined : one / other;
const bound = (changed: Changed | undefined, rows: number): number | undefined =>
  changed && Math.ceil(changed.changed / rows);
const jiraCalls = (calls: Calls | undefined): number | undefined => calls && calls.jiraReads + calls.jiraWrites;
const lookUp = (all: readonly LookUps[] | undefined, size: number, what: string): number | undefined =>
  all?.find(one => one.size === size)?.ms[what];

function fastest(all: Taken, needsEval: boolean): number {
  const names = Object.keys(libraries).filter(name => libraries[name]!.eval === needsEval);
  return Math.max(...names.map(name => rate(all, ruleBy(name))).filter(Number.isFinite));
}

export const goals: readonly Goal[] = [
  {
    goal: 'lines/s of parse, bind, check, plan to those of Prisma',
    ...atLeast(1),
    reached: all => slower(all) / rate(all, 'prisma: parse and check'),
  },
  {
    goal: 'the same by the time of its own thread alone',
    ...atLeast(1),
    reached: ({ taken }) => threadRate(taken[whole]) / threadRate(taken['prisma: parse and check']),
  },
  {
    goal: 'lines/s of parse, bind, check, plan to those of OpenFGA',
    ...atLeast(4),
    reached: all => slower(all) / rate(all, 'openfga: parse and check'),
  },
  {
    goal: 'lines/s of parse, bind, check, plan to those of TypeSpec',
    ...atLeast(4),
    reached: all => slower(all) / rate(all, 'typespec: parse and check'),
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
    goal: 'time for a reference in a chain of 10,000, on the usual stack, to one in ten chains of 1,000',
    ...atMost(1.5),
    reached: all =>
      perLine(all, 'bridge: chain of 10,000 references') / perLine(all, 'bridge: ten chains of 1,000 references'),
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
  {
    goal: 'deciding without eval, 12 mappings and a rule, to a function written by hand',
    ...atLeast(0.4),
    reached: all => rate(all, 'deciding: by plan') / rate(all, 'deciding: by hand'),
  },
  {
    goal: 'the rule to the fastest library that needs no eval',
    ...atLeast(1),
    reached: all => rate(all, 'rule: by plan') / fastest(all, false),
  },
  {
    goal: 'the rule to the fastest library that makes code with eval',
    ...atLeast(1),
    reached: all => rate(all, 'rule: by plan') / fastest(all, true),
  },
  {
    goal: 'Salesforce calls of an idle cycle over five objects, 100,000 links',
    ...atMost(1),
    reached: ({ found }) => found.idle100000?.salesforce,
  },
  { goal: 'Jira calls of it', ...atMost(0), reached: ({ found }) => jiraCalls(found.idle100000) },
  {
    goal: 'store reads of it to those with 10 links',
    ...atMost(1),
    reached: ({ found }) => ratio(found.idle100000?.storeReads, found.idle10?.storeReads),
  },
  {
    goal: 'Salesforce reads for 10,000 changed records to the lower bound of 2,000 rows each',
    ...atMost(1.1),
    reached: ({ found }) => ratio(found.changed?.salesforceReads, bound(found.changed, 2000)),
  },
  {
    goal: 'Jira reads for them to changed / 100',
    ...atMost(1.1),
    reached: ({ found }) => ratio(found.changed?.jiraReads, bound(found.changed, 100)),
  },
  {
    goal: 'Jira writes for each changed issue',
    ...atMost(1),
    reached: ({ found }) => ratio(found.changed?.jiraWrites, found.changed?.changed),
  },
  {
    goal: 'writes a second to the 50 that Jira lets through, with latency',
    ...atLeast(0.9),
    reached: ({ found: { changed } }) => ratio(changed?.changed, changed && changed.seconds * 50),
  },
  {
    goal: 'MB resident for a cycle over 100,000 links, 10,000 of them changed',
    ...atMost(128),
    reached: ({ found: { memory } }) => memory?.changed,
  },
  {
    goal: 'the same when nothing changed',
    ...atMost(128),
    reached: ({ found: { memory } }) => memory?.idle,
  },
  {
    goal: 'KB of the functions as they are loaded, minified, platform packages aside',
    ...atMost(400),
    reached: ({ found }) => found.bundle?.atStart,
  },
  {
    goal: 'KB of them with the compiler, which saving loads',
    ...atMost(400),
    reached: ({ found }) => found.bundle?.whole,
  },
  {
    goal: 'loading the functions to an empty Node, CPU',
    ...atMost(3),
    reached: ({ starts }) => ratio(starts.functions?.cpu, starts.empty?.cpu),
  },
  ...(
    [
      ['ms of its thread that a keystroke in 2,000 lines keeps the worker busy', 'keystroke', 16],
      ['the same for one that breaks the text', 'keystroke that breaks the text', 16],
      ['ms of its thread for a completion', 'completion', 30],
    ] as const
  ).flatMap(([goal, operation, most]) =>
    ['editor', 'editor yaml'].map(notation => ({
      goal: notation === 'editor' ? goal : `${goal}, in YAML`,
      ...atMost(most),
      reached: ({ taken }: Taken) => taken[`${notation}: ${operation}`]?.thread,
    })),
  ),
  { goal: 'ms from a key to its findings on screen', ...atMost(50), reached: ({ found }) => found.screen?.key },
  { goal: 's until the table of items can be used', ...atMost(1), reached: ({ found }) => found.screen?.table },
  { goal: 'KB of the admin page, gzip, without Monaco', ...atMost(320), reached: ({ found }) => found.pages?.admin },
  {
    goal: 'KB of the language service as it begins, gzip',
    ...atMost(80),
    reached: ({ found }) => found.pages?.service.atOnce,
  },
  { goal: 's until the sandbox is ready', ...atMost(1), reached: ({ found }) => found.ready },
  {
    goal: 's CPU for 1,000 whole cycles with 1,000 links',
    ...atMost(10),
    reached: ({ found }) => found.cycles?.idle.cpu,
  },
  {
    goal: 'the same by the clock on the wall',
    ...atMost(10),
    reached: ({ found }) => found.cycles?.idle.seconds,
  },
  ...(
    [
      ['salesforce', 'by id'],
      ['salesforce', 'by number'],
      ['salesforce', 'changed since'],
      ['jira', 'by key'],
      ['jira', 'by property'],
      ['jira', 'changed since'],
    ] as const
  ).map(([system, what]) => ({
    goal: `${system === 'jira' ? 'Jira' : 'Salesforce'} ${what}: time among 200,000 to that among 10,000`,
    ...atMost(2),
    reached: ({ found }: Taken) => ratio(lookUp(found[system], 200_000, what), lookUp(found[system], 10_000, what)),
  })),
];
