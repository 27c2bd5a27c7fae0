/** How the command starts: from the bundle while it is fresh, else from the sources, with the same outcome. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleCli } from '../../tools/bundle-cli.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bridge-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('which code runs', () => {
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const runs = (...args: readonly string[]) =>
    execFileSync(process.execPath, [join(folder, 'compiler/cli/bridge.js'), ...args], { encoding: 'utf8' }).trim();

  beforeEach(() => {
    put('package.json', '{ "type": "module" }');
    put('compiler/cli/start.ts', "export const start = async (): Promise<void> => console.log('sources');");
    put('compiler/input.ts', '1');
    copyFileSync(join(root, 'compiler/cli/bridge.js'), join(folder, 'compiler/cli/bridge.js'));
  });
  const bundle = () => {
    const { mtimeMs, size } = statSync(join(folder, 'compiler/input.ts'));
    put('build/cli/inputs.json', JSON.stringify([['compiler/input.ts', mtimeMs, size]]));
    put('build/cli/bridge.cjs', "exports.start = async () => console.log('bundle');");
  };

  it('is the sources where nothing was built', () => {
    expect(runs('check')).toBe('sources');
  });
  it('is the bundle until one of its inputs changes or goes', () => {
    bundle();
    expect(runs('check')).toBe('bundle');
    utimesSync(join(folder, 'compiler/input.ts'), 0, 0);
    expect(runs('check')).toBe('sources');
    bundle();
    expect(runs('check')).toBe('bundle');
    rmSync(join(folder, 'compiler/input.ts'));
    expect(runs('check')).toBe('sources');
  });
  it('is the sources for the sandbox, which the bundle leaves out', () => {
    bundle();
    expect(runs('sandbox')).toBe('sources');
    expect(runs('help', 'test')).toBe('sources');
  });
});

describe('the bundle', () => {
  it('says of the examples what the sources say', async () => {
    await bundleCli(folder);
    const run = (code: string) =>
      execFileSync(process.execPath, ['-e', code, 'bridge', 'check', 'examples', '--format', 'json'], {
        encoding: 'utf8',
        cwd: root,
      });
    const bundled = run(`require(${JSON.stringify(join(folder, 'bridge.cjs'))}).start()`);
    expect(JSON.parse(bundled).summary.items).toBeGreaterThan(0);
    expect(bundled).toBe(run(`import(${JSON.stringify(join(root, 'compiler/cli/start.ts'))}).then(m => m.start())`));
  }, 60_000);
});
