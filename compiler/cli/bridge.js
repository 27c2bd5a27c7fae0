#!/usr/bin/env node
/**
 * Starts the command line. Its own code needs Node 24; under an older one it runs itself again with the
 * Node 24 that `npm install` brings along. Plain JavaScript, so that an older Node can read this far.
 */
const needed = 24;
const current = Number(process.versions.node.split('.')[0]);

if (current >= needed) {
  const bundle = freshBundle();
  const { start } = bundle === undefined ? await sources() : load(bundle);
  await start();
} else await startNewer();

/** What `npm run build` made of these sources; nothing once one of them is another than it was then. */
function freshBundle() {
  // What runs the product itself runs it from its sources, and is explained from them.
  if (process.argv.slice(2, 4).some(word => ['sandbox', 'test', 'lsp'].includes(word))) return undefined;
  // Whoever wants to see where something went wrong wants to see it in the sources.
  if (process.env.BRIDGE_TRACE) return undefined;
  const { readFileSync, statSync } = process.getBuiltinModule('node:fs');
  const { join } = process.getBuiltinModule('node:path');
  const root = join(import.meta.dirname, '../..');
  const folder = join(root, 'build/cli');
  try {
    for (const [path, time, size] of JSON.parse(readFileSync(join(folder, 'inputs.json'), 'utf8'))) {
      const found = statSync(join(root, path));
      if (found.mtimeMs !== time || found.size !== size) return undefined;
    }
  } catch {
    return undefined;
  }
  return folder;
}

/** V8 takes what it compiled when the bundle was built, unless it is another V8 or runs in another way. */
function load(folder) {
  const { createRequire } = process.getBuiltinModule('node:module');
  const { readFileSync } = process.getBuiltinModule('node:fs');
  const { join } = process.getBuiltinModule('node:path');
  const { Script } = process.getBuiltinModule('node:vm');
  const filename = join(folder, 'bridge.script');
  const cachedData = readFileSync(join(folder, 'bridge.cache'));
  const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData });
  const bundle = {};
  script.runInThisContext()(createRequire(import.meta.url), bundle);
  return bundle.exports;
}

function sources() {
  process.getBuiltinModule('node:module').enableCompileCache();
  return import('./start.ts');
}

async function startNewer() {
  const [{ existsSync }, { fileURLToPath }] = await Promise.all([import('node:fs'), import('node:url')]);
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  const newer = fileURLToPath(new URL(`../../node_modules/node/bin/${executable}`, import.meta.url));
  if (existsSync(newer)) await rerun(newer, fileURLToPath(import.meta.url));
  else {
    console.error(
      `bridge needs Node ${needed} or newer, and this is ${process.version}. Run npm install in the project, which brings it along.`,
    );
    process.exitCode = 2;
  }
}

async function rerun(node, script) {
  const { spawn } = await import('node:child_process');
  const child = spawn(node, [script, ...process.argv.slice(2)], { stdio: 'inherit' });
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
