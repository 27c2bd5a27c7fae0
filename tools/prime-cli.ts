/**
 * Checks the examples with a bundled command line and keeps what V8 compiled for it, once everything has been
 * called that a check calls: `node tools/prime-cli.ts FOLDER`. V8 looks whether it fits, and does without where it
 * does not. Node's own compile cache would hold only what is called while a file loads.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { Script } from 'node:vm';

const folder = process.argv[2]!;
const filename = join(folder, 'bridge.script');
const script = new Script(readFileSync(filename, 'latin1'), { filename });
const bundle = { exports: {} as { start(): Promise<void> } };
script.runInThisContext()(createRequire(import.meta.url), bundle);
process.argv.splice(2, 1, 'check', 'examples');
process.on('exit', () => writeFileSync(join(folder, 'bridge.cache'), script.createCachedData()));
await bundle.exports.start();
