import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lex } from './lexer.ts';
import { applied, bridge, codes, EVERYTHING, EVERYTHING_YAML, entriesOf, meaning, yaml } from './testing.ts';

const item = (body: string) => `item a "A" {\n  salesforce Case\n  ${body}\n  sync custom\n}\n`;
const fields = (line: string) => item(`fields {\n    ${line}\n    Description <-> description\n  }`);

describe('a valid text', () => {
  test('every construct reads without a finding, and as the same tree in both notations', () => {
    const [text, document] = [bridge(EVERYTHING), yaml(EVERYTHING_YAML)];
    expect(text.diagnostics).toEqual([]);
    expect(document.diagnostics).toEqual([]);
    expect(meaning(document.program.declarations)).toEqual(meaning(text.program.declarations));
  });

  test('comments are kept with their places', () => {
    const { comments } = bridge('# one\nvalues a { # two\n}\n').program;
    expect(comments).toEqual([
      { span: { start: 0, end: 5 }, text: ' one', ownLine: true },
      { span: { start: 17, end: 22 }, text: ' two', ownLine: false },
    ]);
    expect(yaml('# one\nvalues: # two\n').program.comments).toEqual([
      { span: { start: 0, end: 5 }, text: ' one', ownLine: true },
      { span: { start: 14, end: 19 }, text: ' two', ownLine: false },
    ]);
  });

  test.each([
    ['a keyword as a field', fields('status -> comments by by')],
    ['keywords as the fields of a test', 'test "t" for a { expect created = 1, not = 2, writes = 3, jira jira = "x" }'],
    ['blanks and lines as they come', 'item\na\n"A"{salesforce Case fields{Subject->summary\nor\nelse\nskip}}'],
    ['a byte order mark, a no-break space and CRLF', '\ufeffvalues\u00a0a {\r\n"x" <-> 1\r}\r\n'],
    ['a negative number next to an arrow', 'values a { "x"<--5 }'],
    ['nothing at all', ''],
  ])('%s is read', (_, text) => {
    expect(bridge(text).diagnostics).toEqual([]);
  });

  test('spans of a template lie in the text, escapes or not', () => {
    const text = fields(String.raw`"\"{Account.Name}\" {Type}" -> x`);
    const holes = JSON.stringify(bridge(text).program.declarations, (_, node) =>
      node?.kind === 'hole' ? text.slice(node.span.start, node.span.end) : node,
    );
    expect(holes).toContain('"{Account.Name}"');
    expect(holes).toContain('"{Type}"');
  });
});

describe('a broken text', () => {
  const SLIPS: readonly (readonly [text: string, code: string, fixed?: false])[] = [
    ['item a "Customer {\n  salesforce Case\n}', 'unclosed-text'],
    [fields('A -> b { \'New\' -> "x" }'), 'wrong-quotes'],
    [fields('A -> b { “New” -> "x" }'), 'wrong-quotes'],
    ...['=>', '<=>', '-->', '=', ':', '→', '↔', '—>'].map(sign => [fields(`A ${sign} b`), 'not-an-arrow'] as const),
    [fields('Subject summary'), 'missing'],
    ...['-', '--', '–', '—'].map(sign => [fields(`Subject ${sign} summary`), 'not-an-arrow'] as const),
    [fields('Account.Name - "Customer" or else skip'), 'not-an-arrow'],
    ['item "Support cases" {\n  salesforce Case\n}', 'missing'],
    ['item {\n  salesforce Case\n}', 'missing', false],
    ...[',', ':', '-', '|'].map(sign => [item(`jira SUP ${sign} "Incident"`), 'wrong-word'] as const),
    [item('jira SUP, "Incident"'), 'wrong-word'],
    ...['=', '==', 'equals', '!=', '<>', 'does not equal', '>=', '<=', '>', '<'].map(
      sign => [item(`where A ${sign} 5`), 'wrong-word'] as const,
    ),
    ...['>', '<'].map(sign => [item(`where A ${sign} 2026-01-31`), 'wrong-word'] as const),
    [item('new issue { status is "Done" }'), 'wrong-word'],
    ['test "t" for a {\n  expect status is "Done"\n}', 'wrong-word'],
    [item('where A is "a" or "b"'), 'alternatives'],
    [item('where A is one of "a" or "b"'), 'alternatives'],
    [item('where A is Hot'), 'unquoted'],
    [item('when A is "x" move to In Progress'), 'unquoted'],
    [item('jira SUP / Service request'), 'unquoted'],
    [item('status Status {\n    Working <-> "Done"\n  }'), 'unquoted'],
    [item('show A, B,'), 'comma-too-many'],
    [item('show A B'), 'missing'],
    [item('sync: custom'), 'colon'],
    [item('fields: {\n  A -> b\n  }'), 'colon'],
    [item('jira SUP;\n  create off;\n  show A;'), 'separator'],
    [item('// a remark'), 'slash-comment'],
    [item('if A is 5 move to "x"'), 'misspelt'],
    [item('when A is 5 then move to "x"'), 'unexpected'],
    [item('where A is 5 && B is 6'), 'wrong-word'],
    [item('sync two way'), 'misspelt'],
    [item('filds {\n  A -> b\n  }'), 'misspelt'],
    [item('When A is 5 move to "x"'), 'misspelt'],
    [fields('A -> b cut at 10,000'), 'wrong-digits'],
    ['test "t" for a {\n  at 5 m cycle\n}', 'wrong-digits'],
    ['test "t" for a {\n  at 5min cycle\n}', 'wrong-digits'],
    [item('create all since 01.02.2026'), 'wrong-digits'],
    [item('create all since 2026-02-30'), 'wrong-digits', false],
    [item('where A is after 2026-01-01T10:00'), 'wrong-digits'],
    [fields('??? -> summary'), 'missing', false],
    [item('<<<<<<< ours\n  create all\n=======\n  create off\n>>>>>>> theirs'), 'merge-conflict', false],
    [fields('"{A" -> b'), 'lone-brace'],
    [fields('"{}" -> b'), 'bad-hole', false],
    [item(String.raw`jira SUP / "a\qb"`), 'bad-escape'],
    [item('salesforce Fäll'), 'wrong-letters', false],
    ['itm a "A" {\n}', 'outside'],
    ['values a {\n} }', 'brace-too-many'],
    ['values a {\n', 'not-closed', false],
  ];

  test.each(SLIPS)('%j is %s, once', (text, code) => {
    expect(codes(bridge(text as string))).toEqual([code]);
  });

  test.each(SLIPS.filter(([, , fixed]) => fixed !== false))('the fixes of %j leave nothing to say', written => {
    const text = written as string;
    const [finding] = bridge(text).diagnostics;
    expect(finding!.fixes.length).toBeGreaterThan(0);
    for (const fix of finding!.fixes) expect(codes(bridge(applied(text, fix)))).toEqual([]);
  });

  test.each([
    [
      fields('Priority - priority'),
      ['write `->`: Salesforce owns', 'write `<-`: Jira owns', 'write `<->`: both own'],
      'write the arrow that says who owns the field: `->` Salesforce, `<-` Jira, `<->` both',
    ],
    [
      'item "Support cases" {\n}',
      ['write `support-cases`'],
      'write one behind `item`: it keeps its links when the name changes',
    ],
    ['item "Fälle 2" {\n}', ['write `f-lle-2`'], 'write one behind `item`: it keeps its links when the name changes'],
    ['item {\n}', [], 'write one behind `item`: it keeps its links when the name changes'],
    [item('jira SUP, "Incident"'), ['write `/`'], undefined],
  ])('L-2 %j is offered a way out', (text, titles, help) => {
    const [finding] = bridge(text).diagnostics;
    expect(finding!.fixes.map(({ title }) => title)).toEqual(titles);
    expect(finding!.help).toBe(help);
  });
  test('L-2 an id that is made of the name is for a person to choose', () => {
    expect(bridge('item "Support cases" {\n}').diagnostics[0]!.fixes).toEqual([
      expect.objectContaining({ asks: true }),
    ]);
  });

  test('the same slip on many lines is one message with a count and one fix', () => {
    const [finding] = bridge(item('jira SUP;\n  create off;\n  show A;')).diagnostics;
    expect(finding!.message).toContain('2 more');
    expect(finding!.fixes[0]!.edits).toHaveLength(3);
  });

  test.each(['', '-> ', '"text" ', 'word '])(
    'L-1 a block whose head is %j is read as mappings, though the first is a template',
    head => {
      const body = `${head}{\n    "Visit to {Account.Name}" -> summary or else "Visit"\n    Subject -> description\n  }`;
      const read = bridge(item(body));
      expect(codes(read)).toHaveLength(1);
      expect(entriesOf(read).filter(({ kind }) => kind === 'mapping')).toHaveLength(2);
    },
  );

  test('what is sound in it is read as if nothing had happened', () => {
    const broken = bridge(`${EVERYTHING}\nitem broken "B" { sync = custom }\n`);
    const sound = bridge(EVERYTHING).program.declarations;
    expect(meaning(broken.program.declarations.slice(0, sound.length))).toEqual(meaning(sound));
    expect(broken.program.declarations.at(-1)).toMatchObject({ kind: 'item', broken: true });
  });

  test('a line that begins with `at` behind a broken mapping ends the mapping', () => {
    expect(codes(bridge('"\nfields{s\nat 7 '))).toContain('unclosed-text');
  });
});

describe('hostile text', () => {
  test('a file of more than 10 MB is refused with a message', () => {
    expect(codes(bridge('# '.padEnd(10 * 1024 * 1024 + 1, 'x')))).toEqual(['file-too-large']);
    expect(codes(yaml('# '.padEnd(10 * 1024 * 1024 + 1, 'x')))).toEqual(['file-too-large']);
  });
  test('a text of more than 64 KB is reported', () => {
    const long = 'x'.repeat(64 * 1024 + 1);
    expect(codes(bridge(`item a "${long}" {}`))).toEqual(['text-too-long']);
    expect(codes(yaml(`items: { a: { name: "${long}" } }`))).toEqual(['text-too-long']);
  });
  test.each(['(', 'not '])('%j nested 50 deep is read, deeper is reported and overflows nothing', open => {
    const close = open === '(' ? ')' : '';
    const nested = (depth: number) => item(`where ${open.repeat(depth)}A is 1${close.repeat(depth)}`);
    expect(codes(bridge(nested(50)))).toEqual([]);
    expect(codes(bridge(nested(51)))).toEqual(['nested-too-deep']);
    expect(codes(bridge(nested(100_000)))).toEqual(['nested-too-deep']);
  });
  test('YAML nested without end is reported and overflows nothing', () => {
    expect(codes(yaml('['.repeat(50_000)))).toContain('nested-too-deep');
  });

  const words = [
    ...new Set(lex(EVERYTHING).tokens.map(({ image }) => image)),
    '\n',
    '#',
    '"',
    "'",
    '\u0000',
    '﻿',
    '<<<<<<<',
    '\ud800',
    ';',
  ];
  test('any heap of tokens is read without a throw, in time, into spans within the text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), tokens => {
        const text = tokens.join(' ');
        for (const { span } of bridge(text).diagnostics) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1500 },
    );
  });
  test('any characters at all are read without a throw, in both notations', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        bridge(text);
        yaml(text);
      }),
      { numRuns: 1500 },
    );
  });
  test('a program with pieces cut out is read without a throw, in both notations', () => {
    fc.assert(
      fc.property(fc.nat(EVERYTHING.length), fc.nat(400), fc.nat(EVERYTHING_YAML.length), (from, length, at) => {
        bridge(EVERYTHING.slice(0, from) + EVERYTHING.slice(from + length));
        yaml(EVERYTHING_YAML.slice(0, at) + EVERYTHING_YAML.slice(at + length));
      }),
      { numRuns: 80 },
    );
  }, 120_000);
});
