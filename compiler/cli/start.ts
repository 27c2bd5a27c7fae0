/** The process around a run: arguments in, exit status out. */
import process from 'node:process';
import { run } from './main.ts';
import { nodeHost } from './node-host.ts';

export async function start(): Promise<void> {
  // Setting the status instead of exiting lets output that is still under way arrive.
  process.exitCode = await run(process.argv.slice(2), nodeHost());
}
