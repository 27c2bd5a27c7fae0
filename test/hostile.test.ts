/** Texts that somebody made to hurt: each is read, checked, formatted and converted, or refused with a message. */
import { describe, expect, it } from 'vitest';
import { memoryHost } from '../compiler/cli/kit/memory-host.ts';
import { bridge } from '../compiler/cli/kit/run-bridge.ts';
import { run } from '../compiler/cli/main.ts';
import { parse } from '../dsl/index.ts';
import { MAX_FINDINGS } from '../dsl/limits.ts';
import { fileOf, holdsFor, STEERING } from './fuzz/properties.ts';

const item = (body: string) =>
  `item a "A" {\n  salesforce Case\n  jira SUP / "Incident"\n  sync custom\n  ${body}\n}\n`;
const many = 250;

const BRIDGE = [
  ...[
    '(',
    '[',
    '{',
    '}',
    ',',
    ';',
    '=',
    '->',
    '"',
    "'",
    '“',
    '\\',
    '#',
    '// ',
    '5-',
    'a.',
    '} {',
    '<<<<<<<\n',
    '"\n',
    'a\r\n',
  ],
  ...[
    'item ',
    'item a "A" {',
    'values a {',
    'fields {',
    'when ',
    'not ',
    'or ',
    'is ',
    'show a, ',
    'a -> b\n',
    'at 5m ',
  ],
  ...['\u0000', '\u0007', '\ud800', '\udc00', '\u00a0', '\ufeff', '\u2028', '\r'],
];
const YAML = [
  ...[
    '[',
    '{',
    '- ',
    '? ',
    'a: ',
    '!',
    '&a ',
    '*a ',
    '"',
    "'",
    '|\n',
    '>',
    '--- ',
    '\n---\n',
    '%a\n',
    '#',
    '\t',
    '<<: ',
    '- - ',
  ],
  ...[
    '{a: ',
    'a:\n',
    '- a\n',
    '? a\n',
    ', ',
    ': ',
    '}',
    ']',
    '!a ',
    '\u0000',
    '\u0007',
    '\ud800',
    '\ufeff',
    '\u2028',
    '\r',
  ],
];
const BOMB = `a: &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdefghij']
  .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[index]}`).join(', ')}]`)
  .join('\n')}`;

describe('a hostile text', () => {
  it.each(BRIDGE)('L-1 of %j again and again, by itself and in an item', piece => {
    holdsFor(piece.repeat(many), 'bridge');
    holdsFor(item(piece.repeat(many)), 'bridge');
  });
  it.each(YAML)('L-1 of %j again and again, in YAML', piece => {
    holdsFor(piece.repeat(many), 'yaml');
    holdsFor(`items:\n  a:\n    name: ${piece.repeat(many)}`, 'yaml');
  });

  it.each([
    ['brackets', item(`where ${'('.repeat(100_000)}A is 1${')'.repeat(100_000)}`), 'bridge', 'nested-too-deep'],
    ['nots', item(`where ${'not '.repeat(100_000)}A is 1`), 'bridge', 'nested-too-deep'],
    ['lists in YAML', '['.repeat(100_000), 'yaml', 'nested-too-deep'],
    ['maps in YAML', '{a: '.repeat(30_000), 'yaml', 'nested-too-deep'],
    ['lines in YAML', '- '.repeat(30_000), 'yaml', 'nested-too-deep'],
    [
      'nots in YAML',
      `items: { a: { where: ${'{ not: '.repeat(60)}{ field: A, is: 1 }${'}'.repeat(60)} } }`,
      'yaml',
      'nested-too-deep',
    ],
    ['aliases that grow', BOMB, 'yaml', 'yaml-alias'],
    ['an alias in itself', 'items: &a { a: *a }', 'yaml', 'yaml-alias'],
    ['more than 10 MB', '#'.repeat(10 * 1024 * 1024 + 1), 'bridge', 'file-too-large'],
    ['more than 10 MB of YAML', '#'.repeat(10 * 1024 * 1024 + 1), 'yaml', 'file-too-large'],
    ['a text of more than 64 KB', item(`jira SUP / "${'x'.repeat(65_537)}"`), 'bridge', 'text-too-long'],
  ] as const)('L-1 of %s is refused with a message by every command', async (_, text, notation, code) => {
    expect(parse(fileOf(text, notation)).diagnostics.map(found => found.code)).toContain(code);
    const path = notation === 'yaml' ? 'a.bridge.yaml' : 'a.bridge';
    for (const command of ['check', 'fmt', 'convert']) {
      const host = memoryHost({ files: { [path]: text } });
      const status = await run([command, path], host);
      const said = host.output.out + host.output.err;
      expect({ command, status, said: said.slice(0, 2000) }).toMatchObject({
        status: 1,
        said: expect.stringContaining(`[${code}]`),
      });
      expect(said).not.toMatch(/\n\s+at .*:\d+:\d+|defect/);
    }
  });

  it('L-1 with a byte order mark, CRLF, no-break spaces and a text of 64 KB is a program like any other', () => {
    const text = `\ufeff${item(`create\u00a0off\n  when A is "${'x'.repeat(65_000)}" move to "y"\n  otherwise leave`)}`;
    expect(parse(fileOf(text.replaceAll('\n', '\r\n'), 'bridge')).diagnostics).toEqual([]);
    holdsFor(text.replaceAll('\n', '\r\n'), 'bridge');
    const yaml = '\ufeffitems:\r\n  a:\r\n    name: "A\u00a0b"\r\n';
    expect(parse(fileOf(yaml, 'yaml')).diagnostics).toEqual([]);
    holdsFor(yaml, 'yaml');
  });

  it('L-1 with very many slips has the first of them listed, and how many there are', () => {
    const { diagnostics } = parse(fileOf('x\n'.repeat(5000), 'bridge'));
    expect(diagnostics).toHaveLength(MAX_FINDINGS + 1);
    expect(diagnostics.at(-1)).toMatchObject({ code: 'too-many-findings' });
    expect(diagnostics.at(-1)!.message).toContain('5000');
  });
});

/** More than one call takes as arguments. */
const crowd = 140_000;
describe('a text of very many pieces', () => {
  const numbers = Array.from({ length: crowd }, (_, at) => at).join(', ');
  it.each([
    ['lines of comment', `${'#\n'.repeat(crowd)}${item('show Subject')}`, ['check', 'convert']],
    ['lines of comment in YAML', `items: {}\n${'#\n'.repeat(crowd)}`, ['check', 'fmt --check']],
    [
      'comparisons beside one more',
      item(`where Subject is "a" or ${Array(crowd).fill('Vip__c is true').join(' and ')}`),
      ['check'],
    ],
    ['numbers', item(`create all\n  where Score__c is one of ${numbers}`), ['check']],
  ] as const)(
    'L-1 of %s is read like any other',
    async (what, text, commands) => {
      const path = what.includes('YAML') ? 'a.bridge.yaml' : 'a.bridge';
      for (const command of commands) {
        const { status, out, err } = await bridge(`${command} ${path}`, { files: { [path]: text } });
        expect({ status, said: (out + err).slice(0, 1000) }).toMatchObject({
          status: expect.toSatisfy(found => found < 2),
          said: expect.not.stringContaining('defect'),
        });
      }
    },
    120_000,
  );
});

/** As many as make a third of a megabyte: what takes time by their square takes minutes. */
const crowdOf = (piece: (n: number) => string, between = '\n') => {
  const pieces: string[] = [];
  for (let size = 0; size < 330_000; size += pieces.at(-1)!.length + between.length) pieces.push(piece(pieces.length));
  return pieces.join(between);
};
describe('a text with very many findings about what it means', () => {
  it.each([
    ['values that are not listed', item(`where Origin is one of ${crowdOf(n => `"v${n}"`, ', ')}`)],
    ['fields that there are not', item(`fields {\n${crowdOf(n => `Wrong${n} -> wrong${n}`)}\n}`)],
    ['paths that lead nowhere', item(`show ${crowdOf(() => 'a', ',')}`)],
    ['second writers', item(`fields {\n${crowdOf(() => 'Subject <-> summary')}\n}`)],
    ['equal items', crowdOf(n => item('create all').replace('item a', `item a${n}`))],
    ['rules', item(`${crowdOf(n => `when Subject is "${n % 9}" move to "Nowhere ${n}"`)}\notherwise leave`)],
    ['rows', `${item('fields { Subject <-> Customer by t }')}values t {\n${crowdOf(n => `"a${n}" <-> "b"`)}\n}`],
    [
      'texts for a picklist',
      `${item('fields { Priority <-> priority by t }')}values t {\n${crowdOf(n => `"a${n}" <-> "b${n}"`)}\n}`,
    ],
    ['tests of no item', crowdOf(n => `test "${n}" for b { expect created }`)],
    ['slips in YAML', `items:\n  a:\n    salesforce: Case\n    show:\n${crowdOf(n => `      - Wrong${n}`)}\n`],
  ])('L-1 for %s is checked within seconds, and says how many more there are', async (what, text) => {
    const path = what.includes('YAML') ? 'a.bridge.yaml' : 'a.bridge';
    const started = process.cpuUsage();
    const { out } = await bridge(`check ${path}`, { files: { [path]: text } });
    expect(out).toMatch(/[\d,]+ more findings about this file are not listed/);
    expect(out.length).toBeLessThan(5_000_000);
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(10);
  });
});

it('L-1 a large table that many items use is walked once, and makes no plan that nobody could hold', async () => {
  const rows = Array.from({ length: 3000 }, (_, n) => `"a${n}" <-> "b${n}"`).join('\n');
  const uses = Array.from({ length: 400 }, (_, n) =>
    item('fields { Subject <-> Customer by t }').replace('item a', `item a${n}`),
  );
  const files = { 'a.bridge': `${uses.join('')}values t {\n${rows}\n}` };
  for (const command of ['compile a.bridge', 'explain a0 a.bridge', 'diff a.bridge a.bridge'])
    expect(await bridge(command, { files })).toMatchObject({
      status: 2,
      err: expect.stringContaining('the plan would hold 2,400,000 rows of value tables, and 1,000,000 is the most.'),
    });
});

/** Turns a terminal red, clears it, and turns the words behind it around. */
const evil = '\\u{1b}[31m\\u{7}\\u{9b}2J\\u{202e}';
const steering = `item a "A ${evil}" {
  salesforce Case
  jira SUP / "Incident"
  sync custom
  create all
  fields { "{Subject} ${evil}" -> summary or else "x${evil}" }
  new issue { labels = "x" }
}
test "t ${evil}" for a {
  salesforce Subject = "S${evil}"
  expect summary = "T${evil}"
}
`;
describe('what a program says', () => {
  it.each([
    ['check', steering.replace('Subject}', `Sub${evil}}`).replace('"Incident"', `"In${evil}"`), 1],
    ['check --fix', steering.replace('"Incident"', `"In${evil}" create of`), 1],
    ['compile -o plan.json', steering.replace('"Incident"', `"In${evil}"`), 1],
    ['explain a', steering, 0],
    ['explain summary', steering, 0],
    ['test --verbose --coverage', steering, 1],
    ['test --format github', steering, 1],
    ['diff a.bridge b.bridge', steering, 0],
  ])('L-3 never steers the terminal that bridge %s writes to', async (line, text, status) => {
    const other: Record<string, string> = line.startsWith('diff') ? { 'b.bridge': '' } : {};
    const run = await bridge(line, { files: { 'a.bridge': text, ...other } });
    expect(run.status).toBe(status);
    expect(run.out + run.err).toContain('\u241b[31m');
    expect((run.out + run.err).replaceAll('\n', '')).not.toMatch(STEERING);
  });

  it('L-3 steers it no more where a path, an option or a name on the command line does', async () => {
    for (const line of [
      ['check', 'x\u001b[31m'],
      ['check', '--x\u001b[31m'],
      ['\u001b[31m'],
      ['explain', 'x\u001b[31m'],
    ]) {
      const run = await bridge(line, { files: { 'a.bridge': steering } });
      expect(run).toMatchObject({ status: 2, err: expect.stringContaining('\u241b[31m') });
      expect(run.err).not.toMatch(STEERING);
    }
  });
});
