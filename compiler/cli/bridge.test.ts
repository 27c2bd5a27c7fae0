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
  /** Beside the script that starts it, as in a checkout, and fresh whatever the sources are. */
  let start: string;
  beforeEach(async () => {
    await bundleCli(join(folder, 'build/cli'));
    writeFileSync(join(folder, 'build/cli/inputs.json'), '[]');
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    mkdirSync(join(folder, 'compiler/cli'), { recursive: true });
    start = join(folder, 'compiler/cli/bridge.js');
    copyFileSync(join(root, 'compiler/cli/bridge.js'), start);
  }, 60_000);
  const run = (cwd: string, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd });
    return { status, stdout, stderr };
  };

  it('says what the sources say, of the examples and of every slip that has a page', () => {
    const slips = join(folder, 'slips');
    mkdirSync(slips);
    for (const [code, { example }] of definitions) {
      if (example === undefined || example.within === 'config') continue;
      const { path, text } = wholeExample(example, 'wrong');
      writeFileSync(join(slips, path.replace('example', code)), text);
    }
    const sources = `import(${JSON.stringify(join(root, 'compiler/cli/start.ts'))}).then(m => m.start())`;
    for (const paths of [['examples'], [slips, '--metadata', 'examples/metadata.lock.json']]) {
      const line = ['check', ...paths, '--format', 'json'];
      const said = run(root, start, ...line);
      expect(said.stderr).toBe('');
      expect(JSON.parse(said.stdout).diagnostics.length).toBeGreaterThan(10);
      expect(said).toEqual(run(root, '-e', sources, 'bridge', ...line));
    }
  }, 60_000);

  it('L-3 asks git for a revision, which it starts as the sources do', () => {
    const desk = join(folder, 'desk');
    const program = (subject: string) =>
      `item a "A" {\n  salesforce Case\n  jira SUP / "Incident"\n  sync custom\n  fields { ${subject} -> summary or else skip }\n}\n`;
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], { cwd: desk });
    mkdirSync(desk);
    copyFileSync(join(root, 'examples/metadata.lock.json'), join(desk, 'metadata.lock.json'));
    git('init', '-q', '-b', 'main');
    writeFileSync(join(desk, 'a.bridge'), program('Subject'));
    git('add', '-A');
    git('commit', '-qm', 'one');
    writeFileSync(join(desk, 'a.bridge'), program('CaseNumber'));

    const changed = run(desk, start, 'diff', 'HEAD');
    expect(changed).toEqual({ status: 0, stdout: expect.stringContaining('CaseNumber'), stderr: '' });
    const nowhere = run(desk, start, 'diff', 'nope', 'a.bridge');
    expect(nowhere).toMatchObject({ status: 2, stderr: expect.stringContaining('nope') });
    expect(nowhere.stderr).not.toContain('defect');
  }, 60_000);
});
