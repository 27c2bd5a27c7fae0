import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSourceFile, type Parsed, type SourceFile } from '../index.ts';
import { convert } from '../printer/index.ts';
import { EVERYTHING } from '../testing.ts';
import { createPieces } from './pieces.ts';
import { parseYaml } from './read.ts';

const everything = convert(createSourceFile('a.bridge', EVERYTHING), 'yaml').text!;
const sources = [
  everything,
  `# Head.\n\n${everything}\n# Tail.\n`,
  `${everything}  last:\n    name: Last\n    # dangling\n`,
  everything.replace('items:', 'items: # here'),
  'items:\n  a: { name: A, salesforce: Case }\n\n  # above b\n  b:\n    name: B # behind\n\n\nvalues:\n  v:\n    pairs: {}\n',
  'tests:\n  - name: x\n    item: a\n    steps: []\n  - { name: y, item: b }\nitems:\n',
];

/** Without the text itself, which is the same, and with files told by their place alone. */
const plain = ({ program, diagnostics }: Parsed): unknown =>
  JSON.parse(JSON.stringify({ ...program, file: null, diagnostics }, (key, value) => (key === 'file' ? null : value)));
const agrees = (read: (file: SourceFile) => Parsed, text: string): void => {
  const file = createSourceFile('a.bridge.yaml', text);
  expect(plain(read(file))).toEqual(plain(parseYaml(file)));
};

describe('YAML in pieces', () => {
  it.each(sources.map((text, index) => [index, text] as const))(
    'reads text %i as it is read whole, once and again',
    (_, text) => {
      const read = createPieces();
      agrees(read, text);
      agrees(read, text);
    },
  );
  it('A-2 reads as the whole after any edit, with what it remembers of the edits before', () => {
    const snippets = [
      '',
      ' ',
      '\n',
      '#',
      ': ',
      '{',
      '}',
      '[',
      '"',
      "'",
      '- ',
      'x',
      '  y:\n',
      '\n  z:\n    name: Z\n',
      '\nvalues:\n',
      '&a ',
      '*a',
      '\n---\n',
      '    sync: off\n',
      '|',
      '\t',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        fc.array(fc.tuple(fc.nat(), fc.nat(30), fc.constantFrom(...snippets)), { minLength: 1, maxLength: 6 }),
        (source, edits) => {
          const read = createPieces();
          let text = source;
          agrees(read, text);
          for (const [place, length, put] of edits) {
            const at = place % (text.length + 1);
            text = text.slice(0, at) + put + text.slice(at + length);
            agrees(read, text);
          }
        },
      ),
      { numRuns: Number(process.env.PIECES_RUNS ?? 25), ...(process.env.PIECES_RUNS ? {} : { seed: 3 }) },
    );
  }, 120_000);
  it('A-2 does not read again what did not change', () => {
    const many = `items:\n${Array.from({ length: 40 }, (_, i) => `  item-${i}:\n    name: Item ${i}\n    salesforce: Case\n    sync: custom\n`).join('')}`;
    const read = createPieces();
    const before = read(createSourceFile('a.bridge.yaml', many)).program.declarations;
    const after = read(createSourceFile('a.bridge.yaml', many.replace('name: Item 20', 'name: Item twenty'))).program
      .declarations;
    expect(after.slice(0, 20).every((node, index) => node === before[index])).toBe(true);
    expect(after[20]).not.toEqual(before[20]);
  });
});
