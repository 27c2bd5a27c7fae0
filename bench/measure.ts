/**
 * Measures one operation in a process of its own: `node bench/measure.ts OPERATION ENTITIES`. Prints one
 * line of JSON. Time is the process's own CPU time in user mode, collector and compiler threads included,
 * so that a machine that is shared with others still gives figures that can be compared.
 */
import process from 'node:process';
import { operations } from './operations.ts';

export interface Measured {
  readonly lines: number;
  readonly bytes: number;
  /** Median, in milliseconds for one run of the operation. */
  readonly cpu: number;
  /** The same, of the thread that runs the operation alone. */
  readonly thread: number;
  /** The best sample by the clock on the wall. */
  readonly wall: number;
  readonly samples: number;
  /** Slowest sample over fastest. */
  readonly spread: number;
}

const warmUp = 5_000;
const leastSample = 150;
const wanted = 7;

const [name = '', size = '0'] = process.argv.slice(2);
const prepare = operations[name];
if (prepare === undefined) throw new Error(`no operation ${name}`);
const { lines, bytes, run } = await prepare(Number(size));

async function sample(times: number): Promise<Pick<Measured, 'cpu' | 'thread' | 'wall'>> {
  const began = performance.now();
  const all = process.cpuUsage();
  const own = process.threadCpuUsage();
  for (let i = 0; i < times; i++) await run();
  return {
    thread: process.threadCpuUsage(own).user / 1000 / times,
    cpu: process.cpuUsage(all).user / 1000 / times,
    wall: (performance.now() - began) / times,
  };
}

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

// Warm-up, which also finds how many runs fill a sample. V8 compiles in threads of its own, and is busy with
// a large program for seconds: a sample that is taken meanwhile measures the compiler.
let times = 1;
const began = performance.now();
for (let rounds = 0; performance.now() - began < warmUp || rounds < 2; rounds++) {
  const spent = (await sample(times)).cpu * times;
  if (spent < leastSample) times = Math.ceil(Math.min(times * 8, (times * leastSample * 1.2) / Math.max(spent, 1)));
}
const samples = [];
for (let i = 0; i < wanted; i++) samples.push(await sample(times));

const cpus = samples.map(({ cpu }) => cpu);
const measured: Measured = {
  lines,
  bytes,
  cpu: middle(cpus),
  thread: middle(samples.map(({ thread }) => thread)),
  wall: Math.min(...samples.map(({ wall }) => wall)),
  samples: wanted,
  spread: Math.max(...cpus) / Math.min(...cpus),
};
console.log(JSON.stringify(measured));
