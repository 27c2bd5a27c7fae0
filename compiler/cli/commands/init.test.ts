import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createSourceFile } from '../../../dsl/index.ts';
import { format } from '../../../dsl/printer/index.ts';
import { memoryHost } from '../kit/memory-host.ts';
import { bridge, snapshot } from '../kit/run-bridge.ts';
import { run } from '../main.ts';

/** A machine with nothing but what is given; several command lines, one after the other. */
async function fresh(lines: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const host = memoryHost({ files });
  const results: { status: number; out: string; err: string }[] = [];
  for (const line of lines) {
    host.output.out = '';
    host.output.err = '';
    results.push({ status: await run(line.split(' '), host), ...host.output });
  }
  const paths = [...host.disk.keys()].map(path => path.replace('/desk/', ''));
  const read = (path: string) => host.disk.get(`/desk/${path}`) as string;
  return { results, last: results.at(-1)!, paths, read };
}
const withSnapshot = { 'metadata.lock.json': snapshot };

describe.each([
  ['in Bridge', 'init', '.bridge'],
  ['in YAML', 'init --yaml', '.bridge.yaml'],
])('bridge init, %s', (_, line, ending) => {
  it('L-3 makes a folder that passes the check with a snapshot', async () => {
    const { results, last } = await fresh([line, 'check --fail-on warning'], withSnapshot);
    expect(results[0]).toMatchObject({ status: 0, err: '' });
    expect(last).toMatchObject({ status: 0, out: 'no problems: 1 item in 2 files\n' });
  });
  it('L-3 gives exactly the warning of a missing snapshot without one', async () => {
    const { last } = await fresh([line, 'check --format json']);
    const { diagnostics, summary } = JSON.parse(last.out);
    expect(diagnostics.map(({ code }: { code: string }) => code)).toEqual(['no-metadata']);
    expect(summary).toMatchObject({ items: 1, errors: 0, warnings: 1 });
    expect(last.status).toBe(0);
  });
  it('L-3 writes what fmt would write', async () => {
    const { paths, read } = await fresh([line]);
    const programs = paths.filter(path => path.endsWith(ending));
    expect(programs).toHaveLength(2);
    for (const path of programs) expect(format(createSourceFile(path, read(path))).text).toBe(read(path));
  });
});

describe('bridge init', () => {
  it('L-3 says what it made and what to do next', async () => {
    const { last, paths } = await fresh(['init support']);
    for (const path of paths) expect(last.out).toContain(`  ${path}\n`);
    expect(paths).toContain('support/.github/workflows/bridge.yml');
    expect(last.out).toMatch(
      /1\. bridge pull support .*\n.*\n {2}2\. bridge check support\n.*\n {2}3\. bridge test support\n/,
    );
    expect((await fresh(['init'], withSnapshot)).last.out).not.toContain('bridge pull');
  });
  it('L-3 tells an editor where the schema of the YAML notation is, and the schema takes the starter', async () => {
    const { read } = await fresh(['init --yaml']);
    const schemas = JSON.parse(read('.vscode/settings.json'))['yaml.schemas'];
    const [path] = Object.keys(schemas);
    expect(schemas[path!]).toContain('*.bridge.yaml');
    const valid = new Ajv({ strict: false }).compile(JSON.parse(read(path!)));
    for (const name of ['items/support-cases.bridge.yaml', 'items/support-cases.tests.bridge.yaml']) {
      expect(valid(parse(read(name))), JSON.stringify(valid.errors)).toBe(true);
      expect(read(name)).toMatch(/^# yaml-language-server: \$schema=\.\.\/\.vscode\/bridge\.schema\.json\n/);
    }
  });
  it('L-3 never touches what is there', async () => {
    const own = {
      'bridge.config.yaml': '# mine\n',
      'items/mine.bridge': '# mine\n',
      '.github/workflows/bridge.yml': '# mine\n',
    };
    const { last, paths, read } = await fresh(['init'], own);
    expect(last.status).toBe(0);
    for (const [path, text] of Object.entries(own)) expect(read(path)).toBe(text);
    expect(paths).not.toContain('items/support-cases.bridge');
    expect(last.out).toContain('The folder has items, so no other one was made.');
    const twice = await fresh(['init', 'init']);
    expect(twice.last.out).toContain('Nothing to make: everything is there.');
  });
  it.each([
    ['init', 'SUP / "Incident"', withSnapshot],
    ['init --project help --issue-type Task', 'HELP / "Task"', {}],
    ['init --issue-type Bug', 'SUP / "Bug"', withSnapshot],
  ])('I-3 %s names %s', async (line, scope, files) => {
    expect((await fresh([line], files)).read('items/support-cases.bridge')).toContain(scope);
  });
  it.each([
    ['init --project NOPE', 'metadata.lock.json knows no project NOPE on the site: it has OPS, SUP.'],
    ['init --issue-type Bgu', 'metadata.lock.json knows no issue type "Bgu" in SUP: it has "'],
    ['init --project OPS --issue-type Incident', 'metadata.lock.json knows no issue type "Incident" in OPS: it has "'],
  ])('L-3 bridge %s makes what was asked for, and warns', async (line, warning) => {
    const { last } = await fresh([line], withSnapshot);
    expect(last).toMatchObject({ status: 0, err: expect.stringContaining(warning) });
    expect(last.err).toMatch(/\nChange it in .*items\/support-cases\.bridge, or run bridge pull if it is new\.\n$/);
  });
  it.each(['init --project sup', 'init', 'init --project OPS'])('L-3 bridge %s has nothing to warn of', async line => {
    const { results } = await fresh([line, 'check'], withSnapshot);
    expect(results.map(({ status, err }) => ({ status, err }))).toEqual([
      { status: 0, err: '' },
      { status: 0, err: '' },
    ]);
  });
  it('I-3 names a project and a type that the site has', async () => {
    const other = snapshot.replaceAll('"SUP"', '"ZZZ"');
    const { read } = await fresh(['init'], { 'metadata.lock.json': other });
    expect(read('items/support-cases.bridge')).toContain('OPS / "Task"');
  });
  it.each([
    ['init a b', 'init makes one folder, and b would be a second one.'],
    ['init metadata.lock.json', 'metadata.lock.json is a file, not a folder.'],
    ['init --project My-Project', '--project needs the key of a project, such as SUP, and this is My-Project.'],
  ])('L-3 bridge %s', async (line, said) => {
    expect(await bridge(line)).toMatchObject({ status: 2, out: '', err: expect.stringContaining(said) });
  });
});
