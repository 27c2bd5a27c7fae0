/** How the command starts: from the bundle while it is fresh, else from the sources, with the same outcome. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleCli } from '../../tools/bundle-cli.ts';
import { definitions } from '../codes.ts';
import { wholeExample } from '../pages/example.ts';

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
    put(
      'build/cli/bridge.script',
      "(function (_, module) { module.exports = { start: async () => console.log('bundle') }; })",
    );
    put('build/cli/bridge.cache', 'of another V8');
  };

  it('is the sources where nothing was built', () => {
    expect(runs('check')).toBe('sources');
  });
  it('is the bundle, whatever V8 thinks of its cache, until one of its inputs changes or goes', () => {
    bundle();
    expect(runs('check')).toBe('bundle');
    utimesSync(join(folder, 'compiler/input.ts'), 0, 0);
    expect(runs('check')).toBe('sources');
    bundle();
    expect(runs('check')).toBe('bundle');
    rmSync(join(folder, 'compiler/input.ts'));
    expect(runs('check')).toBe('sources');
  });
  it('is the sources for whoever wants to see a trace', () => {
    bundle();
    expect(runs('check')).toBe('bundle');
    const env = { ...process.env, BRIDGE_TRACE: '1' };
    const path = join(folder, 'compiler/cli/bridge.js');
    expect(execFileSync(process.execPath, [path, 'check'], { encoding: 'utf8', env }).trim()).toBe('sources');
  });
  it('is the sources for the sandbox, which the bundle leaves out', () => {
    bundle();
    expect(runs('sandbox')).toBe('sources');
    expect(runs('help', 'test')).toBe('sources');
  });
});

describe('the bundle', () => {
  it('says what the sources say, of the examples and of every slip that has a page', async () => {
    await bundleCli(folder);
    const slips = join(folder, 'slips');
    mkdirSync(slips);
    for (const [code, { example }] of definitions) {
      if (example === undefined || example.within === 'config') continue;
      const { path, text } = wholeExample(example, 'wrong');
      writeFileSync(join(slips, path.replace('example', code)), text);
    }
    const run = (code: string, ...paths: readonly string[]) => {
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ['-e', code, 'bridge', 'check', ...paths, '--format', 'json'],
        { encoding: 'utf8', cwd: root },
      );
      expect(stderr).toBe('');
      return stdout;
    };
    const script = JSON.stringify(join(folder, 'bridge.script'));
    const bundled = `const bundle = {}; eval(fs.readFileSync(${script}, 'latin1'))(require, bundle); bundle.exports.start()`;
    const sources = `import(${JSON.stringify(join(root, 'compiler/cli/start.ts'))}).then(m => m.start())`;
    for (const paths of [['examples'], [slips, '--metadata', 'examples/metadata.lock.json']]) {
      const said = run(bundled, ...paths);
      expect(JSON.parse(said).diagnostics.length).toBeGreaterThan(10);
      expect(said).toBe(run(sources, ...paths));
    }
  }, 60_000);
});
