/** Texts by chance: programs out of the grammar and the examples, whole or with a few slips, and heaps of pieces. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Notation } from '../../dsl/index.ts';
import { anyProgram } from '../../dsl/printer/arbitrary.ts';
import { print } from '../../dsl/printer/index.ts';
import { EVERYTHING, EVERYTHING_YAML } from '../../dsl/testing.ts';

export interface FuzzCase {
  readonly text: string;
  readonly notation: Notation;
}

const folder = new URL('../../examples/', import.meta.url);
const written = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(path => /\.bridge(\.yaml)?$/.test(path))
  .map(
    (path): FuzzCase => ({
      text: readFileSync(new URL(path, folder), 'utf8'),
      notation: path.endsWith('.yaml') ? 'yaml' : 'bridge',
    }),
  );

const seeds: fc.Arbitrary<FuzzCase> = fc.oneof(
  fc.constantFrom(
    ...written,
    { text: EVERYTHING, notation: 'bridge' as const },
    { text: EVERYTHING_YAML, notation: 'yaml' as const },
  ),
  fc
    .tuple(anyProgram, fc.constantFrom<Notation>('bridge', 'yaml'))
    .map(([program, notation]): FuzzCase => ({ text: print(program, notation), notation })),
);

/** What people and programs put into a text that does not belong there. */
const PIECES = [
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ',',
    '.',
    '/',
    '=',
    ':',
    ';',
    '"',
    "'",
    '\\',
    '#',
    '# c',
    '//',
    '-',
    '->',
    '<-',
    '<->',
  ],
  ...[
    '=>',
    '==',
    '!=',
    '<>',
    '>=',
    '&&',
    '||',
    '“',
    '”',
    '—',
    '→',
    '???',
    '<<<<<<<',
    '=======',
    '>>>>>>>',
    '&a',
    '*a',
    '!t',
  ],
  ...[
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '  ',
    '\u00a0',
    '\ufeff',
    '\u0000',
    '\u0007',
    '\u2028',
    '\ud800',
    '\udc00',
    '😀',
    'ä',
  ],
  ...[
    'item',
    'values',
    'test',
    'fields',
    'when',
    'otherwise',
    'status',
    'new',
    'issue',
    'show',
    'by',
    'cut',
    'at',
    'or',
  ],
  ...[
    'else',
    'on',
    'conflict',
    'is',
    'not',
    'one',
    'of',
    'empty',
    'and',
    'move',
    'to',
    'expect',
    'cycle',
    'salesforce',
  ],
  ...[
    'jira',
    'true',
    'null',
    '~',
    '5',
    '5m',
    '10,000',
    '2026-01-01',
    '01.02.2026',
    '1h30',
    '"x"',
    '"{A}"',
    '{{',
    '}}',
    'x:',
  ],
  ...[
    '- ',
    '? ',
    '| ',
    '> ',
    '--- ',
    '...',
    '<<: ',
    '%YAML',
    'items:',
    'pairs:',
    '{ text: x }',
    '[]',
    '{}',
    'Subject -> x',
  ],
];

const slip = fc.record({
  at: fc.nat(),
  length: fc.oneof({ weight: 3, arbitrary: fc.nat(6) }, { weight: 1, arbitrary: fc.nat(200) }),
  kind: fc.constantFrom('insert', 'replace', 'delete', 'word', 'repeat', 'line', 'swap', 'cut'),
  piece: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...PIECES) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
  ),
});
type Slip = typeof slip extends fc.Arbitrary<infer S> ? S : never;

function slipped(text: string, { at: chance, length, kind, piece }: Slip): string {
  const at = chance % (text.length + 1);
  const [before, after] = [text.slice(0, at), text.slice(at)];
  switch (kind) {
    case 'insert':
      return before + piece + after;
    case 'replace':
      return before + piece + after.slice(length);
    case 'delete':
      return before + after.slice(length);
    case 'word':
      return before + after.replace(/[\w"<>-]+/, piece);
    case 'repeat':
      return before + after.slice(0, length) + after;
    case 'cut':
      return before;
    default: {
      const lines = text.split('\n');
      const line = chance % lines.length;
      const [removed] = lines.splice(line, 1);
      if (kind === 'swap') lines.splice((line + length) % (lines.length + 1), 0, removed!);
      return lines.join('\n');
    }
  }
}

const programs: fc.Arbitrary<FuzzCase> = fc
  .tuple(seeds, fc.array(slip, { maxLength: 4 }))
  .map(([seed, slips]) => ({ ...seed, text: slips.reduce(slipped, seed.text) }));

const heaps: fc.Arbitrary<FuzzCase> = fc.record({
  text: fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map(pieces => pieces.join(' ')),
  notation: fc.constantFrom<Notation>('bridge', 'yaml'),
});

export const anyText: fc.Arbitrary<FuzzCase> = fc.oneof(
  { weight: 9, arbitrary: programs },
  { weight: 1, arbitrary: heaps },
);
