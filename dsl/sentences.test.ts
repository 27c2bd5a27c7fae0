/** Sentences of the grammar that say of one spelling what it is: what is read, shown by what is written of it. */
import { describe, expect, it } from 'vitest';
import { convert, format } from './printer/index.ts';
import { createSourceFile } from './source.ts';

const head =
  'items:\n  a:\n    name: A\n    salesforce: Case\n    jira: { project: SUP, issueType: Incident }\n    sync: custom\n';
const usual = 'item a "A" { salesforce Case jira SUP / "Incident" sync custom ';

/** What an item in YAML is in Bridge, with single blanks and without what all have; the codes of what is wrong with it. */
function inBridge(clauses: string, more = ''): string {
  const { text, diagnostics } = convert(createSourceFile('a.yaml', `${head}${clauses}\n${more}`), 'bridge');
  if (text === undefined) return diagnostics.map(({ code }) => code).join(', ');
  const line = text.replace(/\s+/g, ' ').trim();
  expect(line.startsWith(usual)).toBe(true);
  return line.slice(usual.length).replace(/^\} | ?\}$/, '');
}

describe('a scalar of YAML', () => {
  it.each([
    ['NO', '"NO"'],
    ['on', '"on"'],
    ['yes', '"yes"'],
    ['a b', '"a b"'],
    ["'5'", '"5"'],
    ['"true"', '"true"'],
    ['"2026-01-01"', '"2026-01-01"'],
    ['"null"', '"null"'],
    ['!!str 5', '"5"'],
    ['true', 'true'],
    ['5', '5'],
    ['-5', '-5'],
    ['007', '007'],
    ['1.10', '1.10'],
    ['2026-01-01', '2026-01-01'],
    ['2026-01-01T10:00Z', '2026-01-01T10:00Z'],
    ['2026-01-01T10:00:00.5+01:00', '2026-01-01T10:00:00.5+01:00'],
    // No number, date or time as the grammar has them.
    ['+5', '"+5"'],
    ['.5', '".5"'],
    ['1e3', '"1e3"'],
    ['0x10', '"0x10"'],
    ['1_000', '"1_000"'],
    ['5m', '"5m"'],
    ['2026-02-30', '"2026-02-30"'],
    ['2026-01-01T10:00', '"2026-01-01T10:00"'],
  ])('L-1 `%s` is the literal `%s`', (written, literal) => {
    expect(inBridge(`    where: { field: Subject, is: ${written} }`)).toBe(`where Subject is ${literal}`);
  });
  it.each(['NO', 'on', '007', '1.10', '2026-01-01', 'TRUE', '+5'])('L-1 `%s` is the text that is written', written => {
    expect(inBridge('', `values: { t: { otherwise: { text: ${written} } } }`)).toBe(
      `values t { otherwise "${written}" }`,
    );
  });
  it.each(['', '~', 'null'])('L-1 `%s` is an error where a text or a literal is due', written => {
    expect(inBridge(`    where: { field: Subject, is: ${written} }`)).toBe('yaml-no-text');
    expect(inBridge(`    where: { field: ${written}, is: a }`)).toBe('yaml-no-text');
  });
});

describe('YAML', () => {
  it.each([
    [
      'a condition that has one member is that member',
      'where: { any: [{ all: [{ field: A, is: b }] }] }',
      'where A is "b"',
    ],
    ['a blank where a map is due is an empty one', 'newIssue:', 'new issue {}'],
    ['a blank where a list is due is an empty one', 'fields:', 'fields {}'],
    ['a switch takes any capitals', 'attachments: YES', 'attachments on'],
    ['a switch takes quotes', 'associations: "off"', 'associations off'],
    ['`create: false` is off', 'create: false', 'create off'],
    ['a word may be quoted', 'create: "all"', 'create all'],
    [
      '`comments` with a map is on',
      'comments: { internal: true, published: true }',
      'comments on, internal too, published',
    ],
    [
      'a text beside words stands in a map',
      'fields: [{ salesforce: A, jira: b, owner: salesforce, orElse: { text: skip } }]',
      'fields { A -> b or else "skip" }',
    ],
    [
      'the order of keys is free',
      'fields: [{ orElse: skip, owner: both, jira: b, salesforce: A }]',
      'fields { A <-> b or else skip }',
    ],
    [
      'the key of a row is the side that it comes from',
      'status: { field: S, toSalesforce: { Done: Closed } }',
      'status S { "Closed" <- "Done" }',
    ],
    ['`null` written out is empty', 'newIssue: { duedate: null }', 'new issue { duedate = empty }'],
    ['a list is several values', 'newIssue: { labels: [a, 1] }', 'new issue { labels = ["a", 1] }'],
  ])('L-1 %s', (_, clause, written) => expect(inBridge(`    ${clause}`)).toBe(written));

  it('L-1 takes `project` and a `projects` of one for the same', () => {
    const of = (jira: string) => convert(createSourceFile('a.yaml', head.replace('project: SUP', jira)), 'bridge').text;
    expect(of('projects: [SUP]')).toBe(of('project: SUP'));
  });
});

describe('the layout', () => {
  const fields = (mapping: string) => `item a "A" { fields { ${mapping} } }\n`;
  it.each([
    ['a Jira field that has the shape of an id stands bare', 'Subject -> "summary"', 'Subject -> summary'],
    ['any other one stands in quotes', 'Subject -> Customer', 'Subject -> "Customer"'],
    [
      'modifiers stand in one order',
      'A <-> b on conflict hold or else skip cut at 5 by t',
      'A <-> b by t cut at 5 or else skip on conflict hold',
    ],
    ['a no-break space is a blank', 'A\u00a0->\u00a0b', 'A -> b'],
    ['nothing but what a comment or text says keeps its spelling', 'A->b cut at 05', 'A -> b cut at 05'],
  ])('L-1 %s', (_, written, laidOut) => {
    expect(
      format(createSourceFile('a.bridge', fields(written)))
        .text?.replace(/\s+/g, ' ')
        .trim(),
    ).toBe(fields(laidOut).trim());
  });
  it('L-1 keeps the order of the clauses', () => {
    const text = 'item a "A" {\n  show       B\n  sync       custom\n  salesforce Case\n}\n';
    expect(format(createSourceFile('a.bridge', text)).text).toBe(text);
  });
  it.each([
    'NO',
    'yes',
    'null',
    '~',
    '1.10',
    '2026-01-01',
    '0x1F',
    '.inf',
    '{Name}',
    '- a',
    'a: b',
    'a #b',
    '@a',
    ' a',
    '',
  ])('L-1 in YAML the text `%s` stands in quotes, since another reader could take it for something else', text => {
    const bridge = `item a ${JSON.stringify(text)} {\n  salesforce Case\n}\n`;
    expect(convert(createSourceFile('a.bridge', bridge), 'yaml').text).toContain(`name: ${JSON.stringify(text)}\n`);
  });
});
