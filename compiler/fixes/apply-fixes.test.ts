import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSourceFile, type Diagnostic, parse, type SourceFile } from '../../dsl/index.ts';
import { EVERYTHING } from '../../dsl/testing.ts';
import { itemWith } from '../../test/kit/check.ts';
import { metadata } from '../../test/kit/metadata.ts';
import { analyse } from '../analysis.ts';
import { codes, pageOf } from '../pages/page.ts';
import { applyFixes } from './apply-fixes.ts';
import { fixAll } from './fix-all.ts';

const findings = (files: readonly SourceFile[]) => analyse(files, metadata).diagnostics;
const fixedText = (text: string, path = 'a.bridge'): string =>
  fixAll([createSourceFile(path, text)], findings).files[0]!.text;

describe('what is mended without asking', () => {
  it.each([
    ['a name with one near', '  fields { Subjekt -> sumary }', '  fields { Subject -> summary }'],
    ['a slip behind a slip', '  where Origin = "Wep"', '  where Origin is "Web"'],
    ['many slips of one kind', '  create off;\n  show Subject;', '  create off\n  show Subject'],
    ['a sign of a number', '  where Score__c is at least - 5', '  where Score__c is at least -5'],
    ['a point of a number', '  where Score__c is at least .5', '  where Score__c is at least 0.5'],
    ['a comma of a number', '  where Score__c is at least 1.000,5', '  where Score__c is at least 1000.5'],
    ['a sign that looks like an arrow', '  fields { Subject => Customer }', '  fields { Subject -> Customer }'],
  ])('L-2 %s', (_, wrong, right) => {
    expect(fixedText(itemWith(wrong))).toBe(itemWith(right));
  });

  it('L-2 in YAML as well', () => {
    const yaml = (object: string) =>
      `items:\n  a: { name: A, salesforce: ${object}, jira: { project: SUP, issueType: Incident }, sync: custom }\n`;
    expect(fixedText(yaml('Csae'), 'a.bridge.yaml')).toBe(yaml('Case'));
  });
});

describe('what stays for a person', () => {
  it.each([
    ['two ways out', '  sync one-way\n  fields { Subject <-> summary }', 'wrong-arrow'],
    ['what may belong to a number', '  where Score__c is at least 5%', 'unexpected'],
    ['a dash between two numbers', '  where Score__c is one of 5 - 10', 'unexpected'],
    ['a time zone that nobody said', '  where CreatedDate is after 2026-01-31T09:00', 'wrong-digits'],
    ['more records than were asked for', '  create matching', 'create-matching-without-rule'],
    ['an arrow turned round', '  fields { CaseNumber <- Customer cut at 30 }', 'read-only-target'],
    ['an arrow turned round over a relationship', '  fields { Account.Name <- Customer }', 'path-needs-arrow-to-jira'],
    ['an arrow turned round to a template', '  fields { "{Subject}" <- Customer }', 'template-needs-arrow-to-jira'],
    ['a text that would be cut', '  fields { Notes__c -> Customer }', 'too-long-for-target'],
    ['a fix that takes away what was written', '  create all\n  create off', 'duplicate-clause'],
    [
      'a display-only item with mappings',
      '  sync display-only\n  fields { Subject -> Customer }\n  show Subject',
      'fields-in-display-only',
    ],
  ])('%s', (_, clauses, code) => {
    const text = itemWith(clauses.includes('display-only') ? `  jira SUP\n${clauses}` : clauses);
    const files = [createSourceFile('a.bridge', text)];
    expect(findings(files).find(found => found.code === code)?.fixes.length).toBeGreaterThan(0);
    expect(fixedText(text)).toBe(text);
  });
});

it('what only warns is mended unasked where the text can hardly be meant as it stands, and nowhere else', () => {
  const unasked = codes().filter(code => {
    const { severity, fixes } = pageOf(code)!;
    return severity !== 'error' && fixes.some(fix => fix.unasked);
  });
  expect(unasked).toEqual(['template-without-holes', 'yaml-unquoted-braces']);
});

it('what looks like a comment in YAML, and may be one, stays for a person', () => {
  const tail = 'x'.repeat(300);
  const yaml = (name: string) =>
    `items:\n  a: { salesforce: Case, jira: { project: SUP, issueType: Incident }, sync: custom,\n    name: ${name}\n  }\n`;
  const file = createSourceFile('a.bridge.yaml', yaml(`Case #1 ${tail}`));
  const [found, ...more] = findings([file]);
  expect(more).toEqual([]);
  expect(found?.code).toBe('yaml-lost-tail');
  expect(found?.fixes.map(fix => applyFixes([file], [{ ...found, fixes: [fix] }]).files[0]!.text)).toEqual([
    yaml(`"Case #1 ${tail}"`),
    yaml(`Case # 1 ${tail}`),
  ]);
  expect(fixedText(file.text, file.path)).toBe(file.text);
});

describe('one pass', () => {
  const file = createSourceFile('a.bridge', 'item a "A" {}\n');
  const at = (start: number, end: number, text: string, more: Partial<Diagnostic> = {}, of = file): Diagnostic => ({
    code: 'made-up',
    severity: 'error',
    file: of,
    span: { start, end },
    message: 'made up',
    related: [],
    fixes: [{ title: 'write it', edits: [{ file: of, span: { start, end }, text }] }],
    ...more,
  });
  const after = (...found: readonly Diagnostic[]) => {
    const { files, applied } = applyFixes([file], found);
    return { text: files[0]!.text, applied: applied.length };
  };

  it('lets the first of two fixes of one place through, and counts an edit that two findings share for both', () => {
    expect(after(at(5, 6, 'b'), at(5, 6, 'c'))).toEqual({ text: 'item b "A" {}\n', applied: 1 });
    expect(after(at(6, 6, ' was b'), at(6, 6, ' was c'))).toEqual({ text: 'item a was b "A" {}\n', applied: 1 });
    expect(after(at(5, 6, 'b'), at(5, 6, 'b'))).toEqual({ text: 'item b "A" {}\n', applied: 2 });
    expect(after(at(5, 6, 'b'), at(7, 10, '"B"'))).toEqual({ text: 'item b "B" {}\n', applied: 2 });
  });
  it('mends a text that does not read before what it means', () => {
    const syntax = at(7, 10, '"B"', { code: 'unexpected' });
    expect(after(at(5, 6, 'b'), syntax)).toEqual({ text: 'item a "B" {}\n', applied: 1 });
  });
  it('leaves out a fix that would break the text, and keeps the others', () => {
    expect(after(at(5, 6, 'b'), at(11, 12, '"'))).toEqual({ text: 'item b "A" {}\n', applied: 1 });
  });
  it('L-2 keeps of many fixes all but those that would break the text, wherever these stand', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), harmful => {
        const names = harmful.map((_, index) => `a${index}`);
        const many = createSourceFile('b.bridge', names.map(name => `values ${name} {}\n`).join(''));
        const fixes = harmful.map((breaks, index) => {
          const start = many.text.indexOf(`${names[index]} `);
          return at(start, start + names[index]!.length, breaks ? '}' : `b${index}`, {}, many);
        });
        const { files, applied } = applyFixes([many], fixes);
        expect(files[0]!.text).toBe(names.map((name, n) => `values ${harmful[n] ? name : `b${n}`} {}\n`).join(''));
        expect(applied.map(({ diagnostic }) => diagnostic)).toEqual(fixes.filter((_, index) => !harmful[index]));
      }),
    );
  });
  it('gives files without a change back as they are', () => {
    const other = createSourceFile('b.bridge', '# quiet\n');
    expect(applyFixes([other, file], [at(5, 6, 'b')]).files[0]).toBe(other);
  });
});

describe('whatever the text', () => {
  const errors = (text: string) =>
    parse(createSourceFile('a.bridge', text)).diagnostics.filter(({ severity }) => severity === 'error').length;
  const words = ['=>', '=', '==', ';', '//', ':', "'x'", 'Fields', 'two way', '10,000', ',', '&&', 'sync', '{', '}'];

  it('L-2 fixing ends, breaks nothing, and a second time has nothing to do', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(EVERYTHING.length), fc.nat(12), fc.constantFrom(...words)), { maxLength: 4 }),
        slips => {
          const text = slips.reduce(
            (now, [start, length, word]) => `${now.slice(0, start)} ${word} ${now.slice(start + length)}`,
            EVERYTHING,
          );
          const once = fixedText(text);
          expect(errors(once)).toBeLessThanOrEqual(errors(text));
          expect(fixedText(once)).toBe(once);
        },
      ),
      { numRuns: Number(process.env.FIX_RUNS ?? 60), ...(process.env.FIX_RUNS ? {} : { seed: 7 }) },
    );
  });
});
