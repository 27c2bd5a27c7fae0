#!/usr/bin/env node
/**
 * Starts the command line. Its own code needs Node 24; under an older one it runs itself again with the
 * Node 24 that `npm install` brings along. Plain JavaScript, so that an older Node can read this far.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const needed = 24;
const current = Number(process.versions.node.split('.')[0]);

if (current >= needed) {
  const { start } = await import('./start.ts');
  await start();
} else {
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  const newer = fileURLToPath(new URL(`../../node_modules/node/bin/${executable}`, import.meta.url));
  if (existsSync(newer)) rerun(newer);
  else {
    console.error(
      `bridge needs Node ${needed} or newer, and this is ${process.version}. Run npm install in the project, which brings it along.`,
    );
    process.exitCode = 2;
  }
}

function rerun(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  // The terminal sends them to the child as well; staying alive lets it end in its own way.
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', error => {
    console.error(`bridge could not start Node ${needed}: ${error.message}`);
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === 'SIGINT' ? 2 : 15);
  });
}
