import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { FieldMetadata, Metadata, ObjectMetadata } from '../metadata/model.ts';
import { writeSnapshot } from '../metadata/snapshot.ts';
import { commands } from './commands.ts';
import { FileError } from './host.ts';
import type { MemoryOptions } from './kit/memory-host.ts';
import { memoryHost } from './kit/memory-host.ts';
import { run } from './main.ts';

// ── a small org and site ────────────────────────────────────────────────────────────────────────

const field = (name: string, more: Partial<FieldMetadata> = {}): FieldMetadata => ({
  name,
  label: name,
  type: 'string',
  length: 255,
  nillable: true,
  createable: true,
  updateable: true,
  defaultedOnCreate: false,
  filterable: true,
  calculated: false,
  nameField: false,
  unique: false,
  externalId: false,
  ...more,
});
const caseObject: ObjectMetadata = {
  name: 'Case',
  label: 'Case',
  keyPrefix: '500',
  custom: false,
  queryable: true,
  createable: true,
  updateable: true,
  searchable: true,
  feedEnabled: true,
  fields: [field('Subject'), field('Description', { type: 'textarea', length: 32000 })],
  children: [],
};
const metadata: Metadata = {
  salesforce: { apiVersion: '67.0', objects: [caseObject] },
  jira: {
    projects: [
      {
        id: '1',
        key: 'SUP',
        name: 'Support',
        type: 'service_desk',
        issueTypes: [
          {
            id: '2',
            name: 'Incident',
            subtask: false,
            fields: [
              { id: 'summary', required: true, hasDefault: false },
              { id: 'description', required: false, hasDefault: false },
            ],
            statuses: ['3'],
          },
        ],
      },
    ],
    fields: [
      { id: 'summary', name: 'Summary', custom: false, type: 'text', length: 255 },
      { id: 'description', name: 'Description', custom: false, type: 'rich-text' },
    ],
    statuses: [{ id: '3', name: 'To Do', category: 'new' }],
  },
};
const snapshot = writeSnapshot(metadata);
const item = (id: string, target = 'summary') => `item ${id} "Cases" {
  salesforce Case
  jira SUP / "Incident"
  sync one-way
  fields { Subject -> ${target} or else "Case" }
}
`;
const yaml = `items:
  beta:
    name: Cases
    salesforce: Case
    jira: { project: SUP, issueType: Incident }
    sync: one-way
    fields: [{ salesforce: Subject, jira: summary, owner: salesforce, orElse: { text: Case } }]
`;

const good = { 'items/a.bridge': item('alpha'), 'metadata.lock.json': snapshot };

async function bridge(line: string, options: MemoryOptions = {}) {
  const host = memoryHost({ files: good, ...options });
  const status = await run(line.split(' ').filter(Boolean), host);
  return { status, ...host.output, disk: host.disk };
}
const json = async (line: string, options?: MemoryOptions) => {
  const result = await bridge(`${line} --format json`, options);
  return { ...result, report: JSON.parse(result.out) };
};

// ── check ───────────────────────────────────────────────────────────────────────────────────────

describe('bridge check', () => {
  it('L-3 is quiet about a program without faults and ends with 0', async () => {
    expect(await bridge('check items')).toMatchObject({ status: 0, out: 'no problems: 1 item in 1 file\n', err: '' });
  });

  it('L-3 shows a fault with its place and ends with 1', async () => {
    const { status, out } = await bridge('check items', {
      files: { ...good, 'items/a.bridge': item('alpha', 'sumary') },
    });
    expect(status).toBe(1);
    expect(out).toContain('items/a.bridge:5:');
    expect(out).toContain('sumary');
    expect(out).toContain('│');
  });

  it('L-3 reads all .bridge, .bridge.yaml and .bridge.yml files below a folder as one program', async () => {
    const files = {
      ...good,
      'items/deep/b.bridge.yaml': yaml,
      'items/c.bridge.yml': yaml.replace('beta', 'gamma'),
      'items/notes.yaml': 'not: ours',
      'items/node_modules/x/d.bridge': 'broken',
      'items/.git/e.bridge': 'broken',
    };
    const { status, report } = await json('check items', { files });
    expect(status).toBe(0);
    expect(report.summary).toEqual({ files: 3, items: 3, errors: 0, warnings: 0 });
  });

  it('L-3 checks the folder that it runs in when no path is given, and several paths as one program', async () => {
    expect((await json('check')).report.summary.files).toBe(1);
    const files = { 'metadata.lock.json': snapshot, 'a.bridge': item('same'), 'b.bridge': item('same') };
    expect((await json('check a.bridge', { files })).status).toBe(0);
    const both = await json('check a.bridge b.bridge', { files });
    expect(both.status).toBe(1);
    expect(both.report.diagnostics[0].file).toBe('b.bridge');
  });

  it('L-3 takes a folder with a bridge.config.yaml as a program of its own', async () => {
    const files = {
      'metadata.lock.json': snapshot,
      'all/one/a.bridge': item('same'),
      'all/one/bridge.config.yaml': '',
      'all/two/a.bridge': item('same'),
      'all/two/bridge.config.yaml': '',
    };
    expect((await json('check all', { files })).report.summary).toEqual({ files: 2, items: 2, errors: 0, warnings: 0 });
  });

  it('L-3 understands a pattern that the shell handed on, and never reads a file twice', async () => {
    const files = { ...good, 'items/b.bridge': item('beta') };
    expect((await json('check items/*.bridge items items/a.bridge', { files })).report.summary.files).toBe(2);
  });

  it('L-3 reads standard input', async () => {
    const { status, report } = await json('check -', { stdin: item('alpha', 'sumary') });
    expect(status).toBe(1);
    expect(report.diagnostics[0].file).toBe('<stdin>');
    const asYaml = await json('check - --stdin-path new.bridge.yaml', { stdin: yaml });
    expect(asYaml).toMatchObject({ status: 0, report: { summary: { items: 1 } } });
  });

  it.each([
    ['a key of a program in YAML at the start of a line', yaml, []],
    ['the same in a flow map', 'items: { }', []],
    ['the same below comments, without a value', '# Ours.\r\ntests:\r\n', []],
    ['a Bridge program', item('alpha'), []],
    ['a colon too many in Bridge', 'values: severity { "High" <-> "Highest" }', ['unexpected']],
    ['such a key under another one', `${item('alpha')}  items:`, ['outside']],
    ['YAML that is said to be Bridge', 'items:', ['other-notation'], ' --stdin-path a.bridge'],
  ])('L-3 tells the notation of standard input by %s', async (_, stdin, codes, options = '') => {
    const { report } = await json(`check - --metadata m.json${options}`, { stdin, files: { 'm.json': snapshot } });
    expect(report.diagnostics.map((found: { code: string }) => found.code)).toEqual(codes);
  });

  it('L-3 finds the nearest snapshot upward, and takes another when it is named', async () => {
    const other = writeSnapshot({ ...metadata, salesforce: { ...metadata.salesforce, objects: [] } });
    const files = { ...good, 'items/metadata.lock.json': other };
    expect((await bridge('check items', { files })).status).toBe(1);
    expect((await bridge('check items --metadata metadata.lock.json', { files })).status).toBe(0);
  });

  it('L-3 checks what can be checked without a snapshot, and says so once', async () => {
    const files = { 'a.bridge': item('alpha', 'sumary'), 'b.bridge': item('beta') };
    const { status, report } = await json('check', { files });
    expect(status).toBe(0);
    expect(report.diagnostics.map((one: { code: string }) => one.code)).toEqual(['no-metadata']);
    expect((await bridge('check --fail-on warning', { files })).status).toBe(1);
  });

  it('L-3 colours for a terminal only, and not when NO_COLOR is set', async () => {
    const files = { ...good, 'items/a.bridge': item('alpha', 'sumary') };
    expect((await bridge('check items', { files })).out).not.toContain('\u001b');
    expect((await bridge('check items', { files, terminal: true })).out).toContain('\u001b[31m');
    expect((await bridge('check items', { files, terminal: true, env: { NO_COLOR: '1' } })).out).not.toContain(
      '\u001b',
    );
  });

  it.each(['sarif', 'junit', 'github'])('L-3 writes %s', async format => {
    const files = { ...good, 'items/a.bridge': item('alpha', 'sumary') };
    const { status, out } = await bridge(`check items --format ${format}`, { files });
    expect(status).toBe(1);
    expect(out).toContain('items/a.bridge');
  });
});

// ── compile ─────────────────────────────────────────────────────────────────────────────────────

describe('bridge compile', () => {
  it('L-2 writes the same plan for the same program, to standard output or a file', async () => {
    const first = await bridge('compile items');
    expect(first).toMatchObject({ status: 0, err: '' });
    expect(JSON.parse(first.out).items[0]).toMatchObject({ id: 'alpha', origin: { file: 'items/a.bridge', line: 1 } });
    const second = await bridge('compile items/a.bridge -o out/plan.json');
    expect(second).toMatchObject({ status: 0, out: '' });
    expect(second.disk.get('/desk/out/plan.json')).toBe(first.out);
  });

  it('L-2 writes no plan for a program with errors', async () => {
    const { status, out, err, disk } = await bridge('compile items -o plan.json', {
      files: { ...good, 'items/a.bridge': item('alpha', 'sumary') },
    });
    expect(status).toBe(1);
    expect(out).toBe('');
    expect(err).toContain('sumary');
    expect(disk.has('/desk/plan.json')).toBe(false);
  });
});

// ── what a user can get wrong ───────────────────────────────────────────────────────────────────

describe('mistakes end with 2, a sentence and no stack', () => {
  const unreadable = new FileError('EACCES');
  it.each<[string, string, MemoryOptions?]>([
    ['chekc', 'bridge: there is no command chekc.\nDid you mean bridge check? bridge help lists the commands.\n'],
    ['--verbose', 'bridge: there is no option --verbose before a command.\nbridge help lists the commands.\n'],
    [
      'check --fomat json',
      'bridge: bridge check has no option --fomat.\nDid you mean --format? bridge help check lists what it takes.\n',
    ],
    ['check --format xml', 'bridge: --format cannot be xml.\nIt is one of text, json, sarif, junit, github.\n'],
    ['check --format', 'bridge: --format needs a value: --format FORMAT.\nbridge help check lists what it takes.\n'],
    [
      'check --metadata --format json',
      'bridge: --metadata needs a value: --metadata FILE.\nbridge help check lists what it takes.\n',
    ],
    [
      'check nowhere',
      'bridge: there is no file or folder nowhere.\nPaths are relative to the folder that the command runs in.\n',
    ],
    [
      'check empty',
      'bridge: there is no .bridge or .bridge.yaml file under empty.\nbridge init makes a folder to start from.\n',
      { files: { 'empty/readme.md': '' } },
    ],
    [
      'check',
      'bridge: there is no .bridge or .bridge.yaml file in this folder.\nbridge init makes a folder to start from.\n',
      { files: { 'readme.md': '' } },
    ],
    [
      'check a.bridge',
      'bridge: could not read a.bridge: you have no permission to.\n',
      { files: { 'a.bridge': unreadable } },
    ],
    [
      'check a.bridge',
      'bridge: could not read a.bridge: it is not a text in UTF-8.\nSave it in that encoding and try again.\n',
      { files: { 'a.bridge': Uint8Array.of(0x69, 0xff) } },
    ],
    ['check items --metadata no.json', 'bridge: there is no snapshot no.json.\nbridge pull writes one.\n'],
    ['compile items -o items', 'bridge: could not write items: it is a folder.\n'],
    ['help chekc', 'bridge: there is no command chekc.\nDid you mean check? bridge help lists the commands.\n'],
    [
      'compile items',
      'bridge: a plan cannot be made without knowing the org and the site.\nRun bridge pull first, or name a snapshot with --metadata FILE.\n',
      { files: { 'items/a.bridge': item('a') } },
    ],
    [
      'pull --salesforce https://acme.my.salesforce.com --jira http://example.com --client-id x --email y',
      'bridge: --jira needs an address that begins with https://, and this is http://example.com.\n',
    ],
    [
      'pull --jira x',
      'bridge: --salesforce, --client-id and --email are missing.\nbridge help pull shows what it needs.\n',
    ],
    [
      'version items',
      'bridge: bridge version takes nothing but options, and items is more.\nbridge help version lists what it takes.\n',
    ],
    ['help check fmt', 'bridge: bridge help takes one word, and fmt is more.\nbridge help help lists what it takes.\n'],
    [
      'check metadata.lock.json',
      "bridge: metadata.lock.json is no program: the name of a program's file ends in .bridge or .bridge.yaml.\nA snapshot is named with --metadata FILE.\n",
    ],
    [
      'fmt bridge.config.yaml',
      'bridge: bridge.config.yaml is the configuration, which has no other layout or notation.\nbridge check checks it.\n',
      { files: { 'bridge.config.yaml': 'budget: { changesPerHour: 5 }' } },
    ],
    ['test items --min-coverage %', 'bridge: --min-coverage needs a number from 0 to 100, and this is %.\n'],
    ['sandbox --port 1e3', 'bridge: --port needs a number from 0 to 65533, and this is 1e3.\n'],
    ['sandbox --port many', 'bridge: --port needs a number from 0 to 65533, and this is many.\n'],
  ])('L-3 bridge %s', async (line, said, options) => {
    const { status, out, err } = await bridge(line, options);
    expect({ status, out, err }).toEqual({ status: 2, out: '', err: said });
  });

  it.each([
    ['not json', /^bridge: \/desk\/metadata\.lock\.json cannot be used: .*JSON/],
    ['{"version": 99}', /cannot be used: .*99/],
    ['{"version": 1}', /cannot be used: /],
  ])('L-3 a snapshot that is %s', async (text, said) => {
    const { status, out, err } = await bridge('check items', { files: { ...good, 'metadata.lock.json': text } });
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(said);
    expect(err).not.toMatch(/^\s+at /m);
  });

  it('L-3 a snapshot that an editor began with a byte order mark is one all the same', async () => {
    const marked = `\ufeff${good['metadata.lock.json']}`;
    expect((await bridge('check items', { files: { ...good, 'metadata.lock.json': marked } })).status).toBe(0);
  });

  it('a defect of its own is one line that asks for a report', async () => {
    const host = memoryHost({ files: good });
    const broken = { ...host, files: { ...host.files, kind: () => Promise.reject(new TypeError('no\nsuch thing')) } };
    expect(await run(['check', 'items'], broken)).toBe(2);
    expect(host.output.err).toBe(
      'bridge: this is a defect of bridge itself, please report it with the command that you ran: TypeError: no such thing\n',
    );
  });
});

describe('bridge help and version', () => {
  it('L-3 lists every command and explains each of its options', async () => {
    const overview = (await bridge('help')).out;
    expect((await bridge('')).out).toBe(overview);
    expect((await bridge('--help')).out).toBe(overview);
    for (const [name, entry] of Object.entries(commands)) {
      expect(overview).toContain(`  ${name.padEnd(7)}`);
      const command = await entry.load();
      const { status, out } = await bridge(`help ${name}`);
      expect(status).toBe(0);
      for (const option of Object.keys(command.options)) expect(out).toContain(`--${option}`);
      expect((await bridge(`${name} --help`)).out).toBe(out);
    }
  });

  it('L-3 says its version', async () => {
    expect((await bridge('--version')).out).toMatch(/^bridge \d+\.\d+\.\d+\n$/);
  });
});

describe('bridge sandbox', () => {
  it('L-3 says where it runs in one line of JSON, and stops when it is told to', async () => {
    const { status, out, err } = await bridge('sandbox --port 0 --empty --json --clock manual');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const ready = JSON.parse(out);
    expect(ready).toMatchObject({ ready: true, host: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
    await expect(fetch(ready.host)).rejects.toThrow();
  }, 30_000);
});

// ── the real process ────────────────────────────────────────────────────────────────────────────

describe('as a process', () => {
  const script = fileURLToPath(new URL('./bridge.js', import.meta.url));
  const start = (args: readonly string[], input = '') =>
    new Promise<{ status: number | null; out: string; err: string }>((resolve, reject) => {
      const child = spawn(process.execPath, [script, ...args], { env: { ...process.env, FORCE_COLOR: '' } });
      let out = '';
      let err = '';
      child.stdout.on('data', chunk => {
        out += chunk;
      });
      child.stderr.on('data', chunk => {
        err += chunk;
      });
      child.on('error', reject);
      child.on('close', status => resolve({ status, out, err }));
      child.stdin.end(input);
    });

  it('L-3 reads standard input, writes its report, and ends with the status', async () => {
    const { status, out, err } = await start(['check', '-', '--format', 'json'], 'item a "A" {');
    expect(status).toBe(1);
    expect(JSON.parse(out).summary.errors).toBeGreaterThan(0);
    expect(err).not.toMatch(/ExperimentalWarning|^\s+at /m);
  });

  it('L-3 tells of a missing path', async () => {
    expect(await start(['check', 'no/such/folder'])).toMatchObject({
      status: 2,
      out: '',
      err: expect.stringContaining('there is no file or folder no/such/folder.'),
    });
  });
});
