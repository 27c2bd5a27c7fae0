/**
 * Programs with marks: `~~text~~` is what a finding underlines. `expectFindings` checks a program and asks
 * for exactly the findings that are named, each at its mark, in the order of the text.
 */
import { expect } from 'vitest';
import { type Analysis, analyse } from '../../compiler/analysis.ts';
import type { Metadata } from '../../compiler/metadata/model.ts';
import { createSourceFile, type Diagnostic, type Fix, type SourceFile, type Span } from '../../dsl/index.ts';
import { metadata as org } from './metadata.ts';

export interface Marked {
  readonly text: string;
  readonly marks: readonly Span[];
}

export function readMarks(source: string): Marked {
  const pieces = source.split('~~');
  if (pieces.length % 2 === 0) throw new Error('a mark is not closed');
  let text = '';
  const marks: Span[] = [];
  pieces.forEach((piece, index) => {
    if (index % 2 === 1) marks.push({ start: text.length, end: text.length + piece.length });
    text += piece;
  });
  return { text, marks };
}

export const fileOf = (text: string, path = 'test.bridge'): SourceFile => createSourceFile(path, text);

export const analyseText = (text: string, metadata: Metadata | undefined = org): Analysis =>
  analyse([fileOf(text)], metadata);

/** A whole item around some clauses; a clause that is given replaces the usual one. */
export function itemWith(clauses: string, rest = ''): string {
  const has = (word: string) => new RegExp(`^\\s*~*${word}\\b`, 'm').test(clauses);
  const usual = [
    has('salesforce') ? '' : '  salesforce Case\n',
    has('jira') ? '' : '  jira SUP / "Incident"\n',
    has('sync') ? '' : '  sync custom\n',
  ].join('');
  return `item support "Support" {\n${usual}${clauses}\n}\n${rest}`;
}

/**
 * `codes`: one for each mark, in order. Findings that `besides` names are left out of sight, so that a test
 * of one rule does not break when another one learns something.
 */
export function expectFindings(
  source: string,
  codes: readonly string[],
  options: { readonly besides?: readonly string[]; readonly metadata?: Metadata | undefined } = {},
): readonly Diagnostic[] {
  const { text, marks } = readMarks(source);
  const { diagnostics } = analyse([fileOf(text)], 'metadata' in options ? options.metadata : org);
  const seen = diagnostics.filter(found => !options.besides?.includes(found.code));
  const shown = (code: string, span: Span) => `${code}: ${text.slice(span.start, span.end)}`;
  expect(seen.map(found => shown(found.code, found.span))).toEqual(
    codes.map((code, index) => shown(code, marks[index] ?? { start: 0, end: 0 })),
  );
  return seen;
}

/** The text after a fix. */
export function applyFix(text: string, fix: Fix): string {
  return [...fix.edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((result, edit) => result.slice(0, edit.span.start) + edit.text + result.slice(edit.span.end), text);
}

/** Every fix of a finding, applied, makes that finding go away. */
export function expectFixesToHelp(source: string, code: string, metadata: Metadata = org): readonly string[] {
  const { text } = readMarks(source);
  const found = analyseText(text, metadata).diagnostics.filter(diagnostic => diagnostic.code === code);
  expect(found.length).toBeGreaterThan(0);
  const count = found.length;
  return found[0]!.fixes.map(fix => {
    const fixed = applyFix(text, fix);
    const left = analyseText(fixed, metadata).diagnostics.filter(diagnostic => diagnostic.code === code);
    expect(left.length, `after "${fix.title}":\n${fixed}`).toBeLessThan(count);
    return fixed;
  });
}
