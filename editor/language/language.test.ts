import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Analysis, analyse } from '../../compiler/analysis.ts';
import { readSnapshot } from '../../compiler/metadata/snapshot.ts';
import { diffPlans } from '../../compiler/plan/diff.ts';
import { createSourceFile, type SourceFile } from '../../dsl/index.ts';
import { convert } from '../../dsl/printer/index.ts';
import { itemWith } from '../../test/kit/check.ts';
import { metadata } from '../../test/kit/metadata.ts';
import {
  complete,
  createAnalyser,
  define,
  findings,
  fold,
  format,
  hints,
  hover,
  lenses,
  outline,
  quickFixes,
  references,
  rename,
  renameable,
  type TextEdit,
} from './index.ts';

const root = fileURLToPath(new URL('../../examples/', import.meta.url));
const snapshot = readSnapshot(readFileSync(join(root, 'metadata.lock.json'), 'utf8'));
const examples = readdirSync(root, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => {
    const paths = readdirSync(join(root, name)).filter(path => /\.bridge(\.yaml)?$/.test(path));
    return { name, files: paths.map(path => createSourceFile(path, readFileSync(join(root, name, path), 'utf8'))) };
  })
  // The cookbook has folders of its own, of what stands in the others too.
  .filter(({ files }) => files.length > 0);

const many = `${itemWith(
  `  where Origin is not "Web" and Account.Type is one of "Prospect", "Customer - Direct"
  create matching since 2026-01-01
  fields {
    Subject -> summary or else "Case {CaseNumber}"
    Priority <-> priority by p on conflict hold
    Notes__c <- "Resolution notes" cut at 255
    "{Account.Name}" -> Customer
  }
  new issue { labels = ["a", "b"] }
  status Status by s
  when Account.Rating is "Hot" move to "Done"
  otherwise leave
  comments on, internal too
  show CaseNumber, Subject`,
  'values p { "High" <-> "Highest" "Medium" <-> "Medium" otherwise keep }\nvalues s { "Working" <-> "Waiting" otherwise keep }\n',
)}
# A test.
# Of two lines.
test "it works" for support {
  salesforce Subject = "x", Account.Rating = "Hot"
  expect created, summary = "x", status = "Done", writes to salesforce = 0
}
`;
const bridge = createSourceFile('a.bridge', many);
const yaml = createSourceFile('a.bridge.yaml', convert(bridge, 'yaml').text!);
const both: readonly [string, SourceFile][] = [
  ['Bridge', bridge],
  ['YAML', yaml],
];
const analysisOf = (...files: readonly SourceFile[]): Analysis => analyse(files, metadata);
/** The place inside the nth mark of a word. */
const at = ({ text }: SourceFile, word: string, nth = 0): number => {
  let found = -1;
  for (let i = 0; i <= nth; i++) found = text.indexOf(word, found + 1);
  expect(found, word).toBeGreaterThanOrEqual(0);
  return found + 1;
};
const textAt = (file: SourceFile, { start, end }: { start: number; end: number }): string =>
  file.text.slice(start, end);

const applied = (files: readonly SourceFile[], edits: readonly TextEdit[]): readonly SourceFile[] =>
  files.map(file => {
    const own = edits.filter(({ path }) => path === file.path).sort((a, b) => b.span.start - a.span.start);
    const text = own.reduce(
      (now, { span, text: put }) => now.slice(0, span.start) + put + now.slice(span.end),
      file.text,
    );
    return createSourceFile(file.path, text, file.notation);
  });

describe.each(both)('in %s', (_, file) => {
  const analysis = analysisOf(file);
  it('A-2 the program of these tests is sound', () => {
    expect(findings(analysis).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
  it.each([
    ['Subject', 0, 'Subject', 'a field of Case in Salesforce: string, 255 characters'],
    ['Subject', 0, 'Subject', 'Salesforce owns it: Summary gets the value of Subject.'],
    ['Account.Type', 0, 'Account.Type', 'It holds `Customer - Direct`, `Customer - Channel` or `Prospect`.'],
    ['summary', 0, 'Summary', 'a field of Jira: text'],
    ['Resolution notes', 0, 'Resolution notes', 'Jira owns it: Notes__c gets the value of Resolution notes.'],
    ['CaseNumber', 0, 'CaseNumber', 'It is read-only.'],
    ['Account.Name', 0, 'Account.Name', 'Account Name'],
    ['Incident', 0, 'Incident', 'An issue type with'],
    ['SUP', 0, 'SUP', 'a project in Jira'],
    ['matching', 0, 'matching', 'New records that meet the rule get an issue.'],
    ['Done', 0, 'Done', 'A status of the issue: done.'],
    ['hold', 0, 'hold', 'Both values stay, and a person decides.'],
    ['Hot', 0, undefined, 'When Account.Rating is "Hot", the issue is moved to "Done".'],
    ['Waiting', 0, 'Waiting', 'A status of the issue'],
  ])('A-2 hover over %s (%i) says %s', (word, nth, title, said) => {
    const found = hover(analysis, file.path, at(file, word, nth));
    if (title !== undefined) expect(found?.title).toBe(title);
    expect(found?.lines.join(' ')).toContain(said);
  });
  it('A-2 hover over the head of an item says what it links and what it costs', () => {
    const lines = hover(analysis, file.path, at(file, 'support'))!.lines.join(' ');
    expect(lines).toContain('Links each record of Case with at most one issue of SUP / "Incident"');
    expect(lines).toContain('A cycle asks Salesforce for Case');
  });
  it('A-2 ids lead to where they are defined, and to all that name them', () => {
    const tests = references(analysis, file.path, at(file, 'support'));
    expect(tests.map(({ span }) => textAt(file, span))).toEqual(['support', 'support']);
    for (const { span } of tests)
      expect(define(analysis, file.path, span.start).map(place => place.span)).toEqual([tests[0]!.span]);
    const subject = references(analysis, file.path, at(file, 'Subject'));
    expect(subject.length).toBe(3);
    expect(define(analysis, file.path, at(file, 'Subject'))).toEqual([]);
    const done = references(analysis, file.path, at(file, 'Done'));
    expect(done.map(({ span }) => textAt(file, span).replaceAll('"', ''))).toEqual(['Done', 'Done']);
  });
  it('A-2 the outline names items, tables, tests and what stands in them', () => {
    const symbols = outline(analysis, file.path);
    expect(symbols.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'item support',
      'values p',
      'values s',
      'test it works',
    ]);
    const clauses = symbols[0]!.children.map(({ name }) => name);
    expect(clauses).toEqual(
      expect.arrayContaining(['where', 'fields', 'new issue', 'status', 'when', 'otherwise', 'show']),
    );
    expect(symbols[0]!.children.find(({ name }) => name === 'fields')!.children.map(({ name }) => name)).toContain(
      'Subject -> summary',
    );
    const inside = (outer: { start: number; end: number }, inner: { start: number; end: number }) =>
      outer.start <= inner.start && inner.end <= outer.end;
    for (const symbol of symbols) expect(inside(symbol.span, symbol.selection)).toBe(true);
  });
  it('A-2 blocks and comments of several lines can be folded', () => {
    const folds = fold(analysis, file.path);
    expect(folds.filter(({ kind }) => kind === 'comment')).toHaveLength(1);
    const lines = folds.map(({ span }) => file.position(span.start).line);
    expect(lines).toContain(file.position(at(file, 'support')).line);
  });
  it('A-2 ids stand beside the labels that hide them', () => {
    const shown = hints(analysis, file.path).map(
      ({ offset, text }) =>
        `${file.text
          .slice(0, offset)
          .split(/[\n:{]/)
          .at(-1)!
          .trim()}: ${text}`,
    );
    expect(shown.join('\n')).toContain('Resolution notes');
    expect(shown.every(text => /: customfield_\d+$/.test(text))).toBe(true);
  });
  it('A-2 above an item stand its cost and its last run', () => {
    const [lens] = lenses(analysis, file.path, new Map([['support', 'ran well']]));
    expect(lens).toMatchObject({ item: 'support', lastRun: 'ran well' });
    expect(lens!.cost!.queries).toContain('Case');
    expect(lens!.cost!.callsPerCycle).toBe(1);
    expect(lenses(analysis, file.path)[0]).not.toHaveProperty('lastRun');
  });
});

describe('renaming', () => {
  const ids = (analysis: Analysis) => [...analysis.bound.itemsById.keys(), ...analysis.bound.tablesById.keys()];
  const id = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,6}(-[a-z0-9]{1,4}){0,2}$/);
  const word = fc.constantFrom('was', 'item', 'values', 'by', 'on', 'null', 'true', 'no', 'otherwise', 'for');
  it.each(both)('A-2 any id, anywhere, leaves findings and plan as they were but for the id, in %s', (_, file) => {
    const analysis = analysisOf(file);
    fc.assert(
      fc.property(fc.constantFrom(...ids(analysis)), fc.oneof(id, word), (from, to) => {
        fc.pre(!ids(analysis).includes(to));
        const of = analysis.bound.itemsById.get(from)?.node ?? analysis.bound.tablesById.get(from)!.node!;
        const result = rename(analysis, file.path, of.id.span.start, to);
        if (!('edits' in result)) throw new Error(result.refused);
        const after = analysisOf(...applied([file], result.edits));
        const codes = ({ diagnostics }: Analysis) => diagnostics.map(({ code }) => code);
        expect(codes(after)).toEqual(codes(analysis));
        const renamed = JSON.parse(JSON.stringify(analysis.plan), (key, value) =>
          key === 'id' && value === from && of.kind === 'item' ? to : value,
        );
        expect(diffPlans(renamed, after.plan!).items).toEqual([]);
      }),
      { numRuns: 80, seed: 5 },
    );
  });
  it.each(both)('A-2 can keep the links of an item, in %s', (_, file) => {
    const analysis = analysisOf(file);
    const result = rename(analysis, file.path, at(file, 'support'), 'cases', { keepLinks: true });
    const after = analysisOf(...applied([file], 'edits' in result ? result.edits : []));
    expect(diffPlans(analysis.plan!, after.plan!).items).toMatchObject([
      { id: 'cases', kind: 'renamed', was: 'support' },
    ]);
  });
  it('A-2 refuses what would not be an id, or is one already', () => {
    const analysis = analysisOf(bridge);
    const refused = (word: string, to: string) => rename(analysis, bridge.path, at(bridge, word), to);
    expect(refused('support', 'a b')).toHaveProperty('refused', expect.stringContaining('is no id'));
    expect(refused('p {', 's')).toHaveProperty('refused', 'there is a table `s` already');
    expect(refused('Subject', 'x')).toHaveProperty('refused', 'only ids of items and tables can be renamed');
    expect(renameable(analysis, bridge.path, at(bridge, 'support', 1))).toMatchObject({ id: 'support', of: 'item' });
  });
});

describe('formatting and ways out', () => {
  it('A-2 changes no more of the text than it has to', () => {
    const loose = createSourceFile('a.bridge', itemWith('  create     off\n  show Subject'));
    const result = format(analysisOf(loose), 'a.bridge');
    const edits = 'edits' in result ? result.edits : [];
    const [after] = applied([loose], edits);
    expect('edits' in format(analysisOf(after!), 'a.bridge') && format(analysisOf(after!), 'a.bridge')).toEqual({
      edits: [],
    });
    expect(edits[0]!.span.start).toBeGreaterThan(0);
  });
  it('A-2 leaves the configuration alone, and tells what is wrong with it', () => {
    const config = createSourceFile('bridge.config.yaml', '# mine\n\n\nbudgt:\n');
    const analysis = analysisOf(bridge, config);
    expect(format(analysis, config.path)).toHaveProperty('refused');
    expect(complete(analysis, config.path, 8)).toEqual([]);
    expect(findings(analysis, config.path).map(({ code }) => code)).toEqual(['yaml-unknown-key']);
    expect(quickFixes(analysis, config.path, 10).map(({ title }) => title)).toEqual(['write `budget`']);
    expect(hover(analysis, config.path, 10)).toBeUndefined();
  });
  it('A-2 refuses a text that does not read', () => {
    expect(format(analysisOf(createSourceFile('a.bridge', 'item {')), 'a.bridge')).toHaveProperty('refused');
  });
  it('A-2 offers the ways out of what is under the cursor', () => {
    const file = createSourceFile('a.bridge', itemWith('  sync one-way\n  fields { Subject <-> Customer }'));
    const analysis = analysisOf(file);
    const fixes = quickFixes(analysis, file.path, at(file, '<->'));
    expect(fixes.map(({ code, preferred }) => `${code} ${preferred}`)).toEqual([
      'wrong-arrow false',
      'wrong-arrow false',
    ]);
    for (const { edits } of fixes)
      expect(findings(analysisOf(...applied([file], edits))).map(({ code }) => code)).not.toContain('wrong-arrow');
    expect(quickFixes(analysis, file.path, at(file, 'Support'))).toEqual([]);
  });
});

describe('at every place of every example', () => {
  it.each(examples)('A-2 $name: nothing throws, and what is shown lies around the place', ({ files }) => {
    const analysis = analyse(files, snapshot);
    for (const { path, text } of files) {
      for (let offset = 0; offset <= text.length; offset++) {
        const found = hover(analysis, path, offset);
        if (found !== undefined) {
          expect(found.span.start).toBeLessThanOrEqual(offset);
          expect(found.span.end).toBeGreaterThanOrEqual(offset);
          expect(found.lines.length).toBeGreaterThan(0);
          expect(found.lines.join()).not.toMatch(/undefined|\[object/);
        }
        define(analysis, path, offset);
        references(analysis, path, offset);
        renameable(analysis, path, offset);
        quickFixes(analysis, path, offset);
      }
    }
  });
  it.each(examples)(
    'A-2 $name: nothing throws where the text breaks off',
    ({ files }) => {
      const [file] = files;
      // A hundred and fifty places of each; seven letters apart in a short one.
      const step = Math.max(7, Math.ceil(file!.text.length / 150));
      for (let length = 0; length <= file!.text.length; length += step) {
        const broken = createSourceFile(file!.path, file!.text.slice(0, length), file!.notation);
        const analysis = analyse([broken], snapshot);
        hover(analysis, broken.path, length);
        outline(analysis, broken.path);
        fold(analysis, broken.path);
        hints(analysis, broken.path);
        lenses(analysis, broken.path);
        format(analysis, broken.path);
      }
    },
    120_000,
  );
});

describe('analysing again and again', () => {
  it.each(both)('A-2 says after each edit what a fresh analysis says, in %s', (_, file) => {
    const analyser = createAnalyser();
    const told = ({ diagnostics, plan }: Analysis) => ({
      findings: diagnostics.map(({ code, span, message }) => ({ code, span, message })),
      plan,
    });
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(6), fc.constantFrom('', 'x', '\n', ' ', '"', '{', '  #')), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(edits, steps => {
        let { text } = file;
        for (const [place, length, put] of steps) {
          const at = place % text.length;
          text = text.slice(0, at) + put + text.slice(at + length);
          const now = createSourceFile(file.path, text);
          expect(told(analyser([now], metadata))).toEqual(told(analysisOf(now)));
        }
      }),
      { numRuns: 25, seed: 9 },
    );
  });
  it('A-2 reads a file once while its text stays the same', () => {
    const analyser = createAnalyser();
    const [a, b] = [createSourceFile('a.bridge', many), createSourceFile('b.bridge', '# other\n')];
    const [first, second] = analyser([a, b], metadata).programs;
    const after = analyser([createSourceFile('a.bridge', many), createSourceFile('b.bridge', '# changed\n')], metadata);
    expect(after.programs[0]).toBe(first);
    expect(after.programs[1]).not.toBe(second);
  });
});
