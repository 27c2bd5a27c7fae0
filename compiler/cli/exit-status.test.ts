/** Every command in every situation: the exit status, which stream is spoken on, and never a stack trace. */
import { describe, expect, it } from 'vitest';
import { itemWith } from '../../test/kit/check.ts';
import { commands, laterCommands } from './commands.ts';
import { FileError } from './host.ts';
import type { MemoryOptions } from './kit/memory-host.ts';
import { memoryHost } from './kit/memory-host.ts';
import { bridge } from './kit/run-bridge.ts';
import { run } from './main.ts';

const test =
  'test "a case becomes an issue" for support {\n  salesforce Subject = "x"\n  expect created, summary = "x"\n}\n';
const good = `${itemWith('  create      all\n\n  fields { Subject -> summary  or else "Case" }')}\n${test}`;
const warned = itemWith('  fields { Description <-> description  or else skip }');
const wrong = itemWith('  fields { Subjekt -> summary }');
const broken = 'item {';

/** Each has the folder `items` with one file, and a second program of the same kind for `diff`. */
const situations: Readonly<Record<string, MemoryOptions & { readonly text?: string | Uint8Array | FileError }>> = {
  'a sound program': { text: good },
  'a program with a warning': { text: warned },
  'a program with an error': { text: wrong },
  'a text that does not read': { text: broken },
  'a file that may not be read': { text: new FileError('EACCES') },
  'a file in another encoding': { text: Uint8Array.of(0xff, 0xfe, 0x69) },
  'a folder without programs': { files: { 'items/readme.md': 'hello' } },
  'no such folder': {},
  'a snapshot that is none': { text: good, files: { 'metadata.lock.json': '{"version": 99}' } },
};

/** By command line: the status in each situation, in their order. */
const expected: Readonly<Record<string, readonly number[]>> = {
  //                                     sound warn error broken unreadable encoding empty none snapshot
  'check items': [0, 0, 1, 1, 2, 2, 2, 2, 2],
  'check items --fail-on warning': [0, 1, 1, 1, 2, 2, 2, 2, 2],
  'check items --format json': [0, 0, 1, 1, 2, 2, 2, 2, 2],
  'check items --format sarif': [0, 0, 1, 1, 2, 2, 2, 2, 2],
  'check items --format junit': [0, 0, 1, 1, 2, 2, 2, 2, 2],
  'check items --format github --fail-on warning': [0, 1, 1, 1, 2, 2, 2, 2, 2],
  'check items/*.bridge': [0, 0, 1, 1, 2, 2, 2, 2, 2],
  'check items/a.bridge': [0, 0, 1, 1, 2, 2, 2, 2, 2],
  'compile items': [0, 0, 1, 1, 2, 2, 2, 2, 2],
  'compile items --fail-on warning -o plan.json': [0, 1, 1, 1, 2, 2, 2, 2, 2],
  'explain support items': [0, 0, 1, 1, 2, 2, 2, 2, 2],
  'explain unknown-field items': [0, 0, 0, 0, 0, 0, 0, 0, 0],
  'diff items items': [0, 0, 1, 1, 2, 2, 2, 2, 2],
  'diff items other --exit-code': [3, 3, 1, 1, 2, 2, 2, 2, 2],
  'fmt items --check': [1, 1, 1, 1, 2, 2, 2, 2, 1],
  'test items': [0, 2, 1, 1, 2, 2, 2, 2, 2],
  'init items/new': [0, 0, 0, 0, 0, 0, 0, 0, 2],
};

const host = (situation: string): MemoryOptions => {
  const { text, files } = situations[situation]!;
  const other = itemWith('  fields { Subject -> Customer }');
  return { files: { 'other/b.bridge': other, ...(text === undefined ? {} : { 'items/a.bridge': text }), ...files } };
};

describe.each(Object.entries(expected))('bridge %s', (line, statuses) => {
  it.each(Object.keys(situations).map((situation, index) => [situation, statuses[index]!] as const))(
    'L-3 with %s ends with %i',
    async (situation, due) => {
      const { status, out, err } = await bridge(line, host(situation));
      expect({ status, err: status === due ? '' : err }).toEqual({ status: due, err: '' });
      expect(out + err).not.toMatch(/^\s+at |defect of bridge|undefined|\[object/m);
      if (status === 2) expect({ out, err }).toEqual({ out: '', err: expect.stringMatching(/^bridge: .*\.\n/) });
      if (status !== 0) expect(out + err).not.toBe('');
      if (/json|sarif/.test(line) && !line.includes('-o') && status < 2) expect(() => JSON.parse(out)).not.toThrow();
    },
    20_000,
  );
});

describe('any command', () => {
  const names = Object.keys(commands).filter(name => name !== 'version');
  it.each(names)('L-3 %s with an option that it does not have ends with 2, and says which it has', async name => {
    const { status, out, err } = await bridge(`${name} --no-such-thing`);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toBe(
      `bridge: bridge ${name} has no option --no-such-thing.\nbridge help ${name} lists what it takes.\n`,
    );
  });
  it.each(names)('L-3 help %s shows each option with what it does, and examples', async name => {
    const command = await commands[name]!.load();
    const { status, out } = await bridge(`help ${name}`);
    expect(status).toBe(0);
    for (const [option, { about, value }] of Object.entries(command.options)) {
      expect(out).toContain(`--${option}${value === undefined ? '' : ` ${value}`}`);
      expect(out.replace(/\s+/g, ' ')).toContain(about.replace(/\s+/g, ' '));
    }
    if (name !== 'help') expect(command.examples?.length ?? 0).toBeGreaterThan(0);
    for (const [example] of command.examples ?? []) expect(example).toMatch(new RegExp(`^bridge ${name}\\b`));
    for (const text of out.split('\n')) expect(text.length, text).toBeLessThanOrEqual(130);
  });
  it.each(Object.keys(laterCommands))('L-3 %s says plainly that it is not built yet', async name => {
    const { status, out, err } = await bridge(`${name} items --whatever`);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(new RegExp(`^bridge: bridge ${name} is not built yet\\.\\n.+\\n$`));
    expect((await bridge(`help ${name}`)).out).toContain('It is not built yet.');
    expect((await bridge('help')).out).toContain(`  ${name} `);
  });
});

describe('standard input', () => {
  it.each([
    ['check -', good, 0],
    ['check -', wrong, 1],
    ['compile -', good, 0],
    ['compile -', wrong, 1],
    ['explain support -', good, 0],
    ['fmt -', good, 0],
    ['fmt -', broken, 1],
    ['fmt --check -', good, 1],
    ['convert -', good, 0],
    ['convert -', broken, 1],
    ['test -', good, 0],
    ['diff - other', good, 0],
  ])('L-3 bridge %s', async (line, stdin, due) => {
    const { status, err } = await bridge(line, { ...host('a sound program'), stdin });
    expect({ status, err: status === due ? '' : err }).toEqual({ status: due, err: '' });
  });
});

describe('without a snapshot', () => {
  it.each([
    ['check items', 0],
    ['check items --fail-on warning', 1],
    ['compile items', 2],
    ['explain support items', 2],
    ['diff items other', 2],
    ['test items', 2],
    ['fmt items --check', 1],
  ])('L-3 bridge %s ends with %i', async (line, due) => {
    const machine = memoryHost(host('a sound program'));
    const status = await run(line.split(' '), machine);
    const { out, err } = machine.output;
    expect({ status, err: status === due ? '' : err }).toEqual({ status: due, err: '' });
    if (line.startsWith('check')) expect(out.match(/no-metadata/g)).toHaveLength(1);
    if (due === 2) expect(err).toContain('bridge pull');
  });
});

describe('colour', () => {
  it.each([
    ['check items', 'a program with an error'],
    ['explain support items', 'a sound program'],
    ['diff items other', 'a sound program'],
    ['test items', 'a sound program'],
  ])('L-3 bridge %s has it on a terminal only, and not with NO_COLOR', async (line, situation) => {
    const paint = /\[\d+m/;
    const paints = async (more: MemoryOptions) => {
      const { out, err } = await bridge(line, { ...host(situation), ...more });
      return paint.test(out + err);
    };
    expect(await paints({})).toBe(false);
    expect(await paints({ terminal: true })).toBe(true);
    expect(await paints({ terminal: true, env: { NO_COLOR: '1' } })).toBe(false);
    expect(await paints({ env: { FORCE_COLOR: '1' } })).toBe(true);
  });
});
