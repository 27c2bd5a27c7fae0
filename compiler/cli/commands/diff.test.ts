import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemWith } from '../../../test/kit/check.ts';
import { memoryHost } from '../kit/memory-host.ts';
import { bridge, snapshot } from '../kit/run-bridge.ts';
import { run } from '../main.ts';
import { nodeHost } from '../node-host.ts';

const one = itemWith('  fields { Subject -> summary or else skip }');
const two = itemWith('  fields { Subject <-> summary or else skip }');

describe('two programs', () => {
  const files = { 'old/a.bridge': one, 'new/deep/b.bridge': `# moved\n${two}`, 'same/c.bridge': `\n\n${one}` };
  it('L-3 says what is written more, and what becomes of the links', async () => {
    const { status, out, err } = await bridge('diff old new', { files });
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toBe(`Support (support) changed, new/deep/b.bridge:2
  written in Jira
    ~ Summary: it belongs to both sides, before to Salesforce (line 6)
  written in Salesforce
    + Subject: Subject <-> Summary or else skip (line 6)
  links
      All its links are looked at again in the first cycle, and what differs is written; if that
      would move or blank too much, the item pauses and asks.

1 item: 1 changed
`);
  });
  it.each([
    ['diff old new', 0],
    ['diff old new --exit-code', 3],
    ['diff old same --exit-code', 0],
    ['diff old/a.bridge new/deep/b.bridge --exit-code', 3],
    ['diff old plan.json --exit-code', 0],
    ['diff plan.json new --exit-code', 3],
    ['diff old - --exit-code', 3],
  ])('L-3 bridge %s ends with %i', async (line, status) => {
    const plan = (await bridge('compile old', { files })).out;
    expect((await bridge(line, { files: { ...files, 'plan.json': plan }, stdin: two })).status).toBe(status);
  });
  it('L-3 writes JSON', async () => {
    const { out } = await bridge('diff old new --format json', { files });
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      items: [
        {
          id: 'support',
          kind: 'changed',
          changes: [
            { group: 'jira', effect: 'other', part: 'fields.summary.owner', before: 'to Salesforce' },
            { group: 'salesforce', effect: 'more', part: 'fields.summary', origin: { line: 6 } },
          ],
        },
      ],
      summary: { added: 0, removed: 0, renamed: 0, changed: 1 },
    });
    expect(JSON.parse((await bridge('diff old same --format json', { files })).out).items).toEqual([]);
  });
  it('L-3 colours on a terminal only', async () => {
    expect((await bridge('diff old new', { files })).out).not.toContain('\u001b');
    expect((await bridge('diff old new', { files, terminal: true })).out).toContain('\u001b[32m');
  });
  it.each([
    ['diff old gone', 2, 'there is no file or folder gone.'],
    ['diff old new same', 2, 'diff compares two programs, and these are 3 paths.'],
    ['diff old broken', 1, 'broken has errors, so there is nothing to compare.'],
    ['diff old not-a-plan.json', 2, 'not-a-plan.json is no plan that can be compared: the plan is not JSON.'],
    ['diff - -', 2, 'standard input can be read once, and both sides are -.'],
    ['diff', 2, 'git could not read HEAD'],
    ['diff main..topic', 2, 'git knows no revision main here.'],
  ])('L-3 bridge %s ends with %i and says why', async (line, status, said) => {
    const more = { 'broken/a.bridge': itemWith('  fields { Subjekt -> summary }'), 'not-a-plan.json': 'no' };
    const git = async () => ({
      status: 128,
      out: new Uint8Array(),
      err: 'fatal: not a git repository (or any …): .git\n',
    });
    const found = await bridge(line, { files: { ...files, ...more }, git });
    expect(found).toMatchObject({ status, out: '' });
    expect(found.err).toContain(said);
  });
  it('L-3 says so where there is no git', async () => {
    expect((await bridge('diff', { files })).err).toMatch(/^bridge: git cannot be started\.\n/);
  });
});

describe('revisions of git', () => {
  let folder: string;
  const put = (files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], {
      cwd: folder,
      stdio: 'pipe',
    });
  const commit = (message: string) => {
    git('add', '-A');
    git('commit', '-qm', message);
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bridge-diff-'));
    git('init', '-q', '-b', 'main');
    put({ 'metadata.lock.json': snapshot, 'readme.md': 'hello' });
    commit('no program');
    put({ 'items/a b.bridge': one });
    commit('one');
    git('checkout', '-q', '-b', 'topic');
    put({ 'items/a b.bridge': two });
    commit('two');
    git('checkout', '-q', 'main');
    put({ 'items/a b.bridge': one, 'items/c.bridge': one.replace('item support', 'item other') });
    commit('another');
    put({ 'items/c.bridge': one.replace('item support', 'item third') });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const diff = async (line: string, below = '.') => {
    const output = memoryHost();
    const host = { ...nodeHost(join(folder, below)), out: output.out, err: output.err, env: {} };
    const status = await run(['diff', '--format', 'json', '--exit-code', ...line.split(' ').filter(Boolean)], host);
    const { out, err } = output.output;
    const items = out === '' ? [] : (JSON.parse(out).items as { id: string; kind: string }[]);
    return { status, err, said: items.map(({ id, kind }) => `${id} ${kind}`) };
  };

  it.each<[string, readonly string[]]>([
    ['', ['other removed', 'third added']],
    ['items', ['other removed', 'third added']],
    ['HEAD items', ['other removed', 'third added']],
    ['HEAD..', ['other removed', 'third added']],
    ['main~1..main', ['other added']],
    ['main~1 main items', ['other added']],
    ['main..topic', ['other removed', 'support changed']],
    ['main...topic', ['support changed']],
    ['main~2..main~1', ['support added']],
    ['main~1..main~2', ['support removed']],
    ['topic..topic', []],
    ['topic:items items', ['support changed', 'third added']],
    ['topic:items', ['support changed', 'third added']],
  ])('L-3 bridge diff %s', async (line, said) => {
    expect(await diff(line)).toEqual({ status: said.length > 0 ? 3 : 0, err: '', said });
  });
  it('L-3 from a folder below, by paths as seen from there', async () => {
    expect((await diff('main...topic .', 'items')).said).toEqual(['support changed']);
    expect((await diff('topic:. .', 'items')).said).toEqual(['support changed', 'third added']);
  });
  it('L-3 reads a revision with the snapshot that it holds, else with the present one', async () => {
    git('rm', '-q', '--cached', 'metadata.lock.json');
    git('commit', '-qm', 'no snapshot');
    expect((await diff('HEAD~1..HEAD')).said).toEqual([]);
    git('reset', '-q', 'HEAD~1');
  });
  it('L-3 reads what a link of the revision leads to, as it does in a folder', async () => {
    git('checkout', '-q', '--orphan', 'links');
    put({ 'plain/real.bridge': one, 'linked/readme.md': '' });
    symlinkSync('../plain/real.bridge', join(folder, 'linked/a.bridge'));
    symlinkSync('nowhere', join(folder, 'linked/b.bridge'));
    commit('links');
    expect(await diff('links:linked linked')).toEqual({ status: 0, err: '', said: [] });
    git('checkout', '-qf', 'main');
  });
  it.each([
    [
      'nowhere',
      'there is no program under nowhere, neither in HEAD nor now.\nIt is no revision that git knows, either.',
    ],
    ['HEAD items nowhere', 'there is no program under nowhere, neither in HEAD nor now.'],
    ['topic:nowhere items', 'there is no file or folder nowhere in topic.'],
    ['items topic', 'topic is a revision, and the other side is a path.'],
  ])('L-3 bridge diff %s tells of what is nowhere', async (line, said) => {
    expect(await diff(line)).toMatchObject({ status: 2, err: expect.stringContaining(`bridge: ${said}\n`) });
  });
  it('L-3 says so where nothing has been committed yet', async () => {
    git('checkout', '-q', '--orphan', 'bare');
    expect((await diff('')).err).toMatch(/^bridge: nothing has been committed here yet/);
    git('checkout', '-qf', 'main');
  });
});
