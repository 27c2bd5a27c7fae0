/**
 * What no test is needed for: lint and format, the types of programs and of pages, and what nobody uses. Side by side,
 * since each leaves a core idle for a part of its time; what one says is printed in one piece when it ends.
 */
import { spawn } from 'node:child_process';
import process from 'node:process';

const checks = ['biome check --error-on-warnings .', 'tsc', 'tsc -p tsconfig.pages.json', 'knip --no-progress'];

/** Whether it found nothing. A shell finds the command, on Windows as well; npm put the tools onto its path. */
function holds(command: string): Promise<boolean> {
  return new Promise(resolve => {
    const said: Buffer[] = [];
    const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
    const child = spawn(command, { shell: true, env: { ...process.env, ...colours } });
    child.stdout.on('data', (data: Buffer) => said.push(data));
    child.stderr.on('data', (data: Buffer) => said.push(data));
    child.on('close', status => {
      process.stdout.write(Buffer.concat(said));
      if (status !== 0) process.stdout.write(`\`${command}\` found the above\n`);
      resolve(status === 0);
    });
  });
}

const held = await Promise.all(checks.map(holds));
process.exitCode = held.every(Boolean) ? 0 : 1;
