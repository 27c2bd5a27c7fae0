/** The process around a run: arguments in, exit status out. A reader that goes away (`| head`) is no failure. */
import process from 'node:process';
import { run } from './main.ts';
import { nodeHost } from './node-host.ts';

export async function start(): Promise<void> {
  process.stdout.on('error', error => {
    if ('code' in error && error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  // Setting the status instead of exiting lets output that is still under way arrive.
  process.exitCode = await run(process.argv.slice(2), nodeHost());
}
