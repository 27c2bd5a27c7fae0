/**
 * Applies what can be mended without asking: of each finding the one fix that it offers. Pure: files and
 * findings in, files out; the command line and the editor share it. A finding with several fixes is a
 * choice, and a fix that takes away what somebody wrote is one too: both stay for a person. A text that does
 * not read is mended before what it means, and a fix after which it read worse is not applied.
 */
import type { Diagnostic, Fix, TextEdit } from '../../dsl/diagnostic.ts';
import { createSourceFile, parse, type SourceFile } from '../../dsl/index.ts';
import { syntax } from '../../dsl/messages/index.ts';
import { mechanicalFix } from './mechanical-fix.ts';

export interface Applied {
  readonly diagnostic: Diagnostic;
  readonly fix: Fix;
}

export interface Fixed {
  /** In the order that they came in; those without a change are the very same. */
  readonly files: readonly SourceFile[];
  readonly applied: readonly Applied[];
}

/** One pass. Of fixes that touch the same text the first counts; the others can come with the next pass. */
export function applyFixes(files: readonly SourceFile[], diagnostics: readonly Diagnostic[]): Fixed {
  const broken = new Set(diagnostics.filter(isSyntaxError).map(({ file }) => file));
  const taken = new Map(files.map((file): [SourceFile, TextEdit[]] => [file, []]));
  const chosen: Applied[] = [];
  for (const diagnostic of diagnostics) {
    const fix = mechanicalFix(diagnostic);
    if (fix === undefined || (broken.has(diagnostic.file) && !isSyntaxError(diagnostic))) continue;
    if (claim(fix, taken)) chosen.push({ diagnostic, fix });
  }
  const touched = new Set(chosen.flatMap(({ fix }) => fix.edits.map(({ file }) => file)));
  const drafts = new Map(
    [...touched].map(file => [file, { now: file, edits: [], errors: syntaxErrors(file) }] as const),
  );
  const kept = withHarmless({ drafts, applied: [] }, chosen);
  return { files: files.map(file => kept.drafts.get(file)?.now ?? file), applied: kept.applied };
}

const isSyntaxError = ({ code, severity }: Diagnostic): boolean =>
  severity === 'error' && Object.hasOwn(syntax.table, code);

/** Takes the places that a fix writes to, by file; false where one of them is taken, or in no file that was given. */
function claim(fix: Fix, taken: ReadonlyMap<SourceFile, TextEdit[]>): boolean {
  const own: TextEdit[] = [];
  for (const edit of fix.edits) {
    const others = taken.get(edit.file);
    if (others === undefined) return false;
    if (others.some(other => isSame(edit, other))) continue;
    if ([...others, ...own].some(other => touches(edit, other))) return false;
    own.push(edit);
  }
  for (const edit of own) taken.get(edit.file)!.push(edit);
  return true;
}

const isSame = (a: TextEdit, b: TextEdit): boolean =>
  a.file === b.file && a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text;

/** Neighbours touch as well: what the one writes could grow together with what the other does. */
const touches = (a: TextEdit, b: TextEdit): boolean =>
  a.file === b.file && a.span.start <= b.span.end && b.span.start <= a.span.end;

/** What has become of the files that fixes touch, each by the file that was given. */
interface State {
  readonly drafts: ReadonlyMap<SourceFile, Draft>;
  readonly applied: readonly Applied[];
}

interface Draft {
  readonly now: SourceFile;
  /** Of the file that was given; two findings may share one. */
  readonly edits: readonly TextEdit[];
  readonly errors: number;
}

/**
 * Adds the fixes after which no text reads worse. All are tried at once, and where that fails each half by
 * itself, so that a harmful one among hundreds costs a few readings and not hundreds.
 */
function withHarmless(state: State, fixes: readonly Applied[]): State {
  const next = withAll(state, fixes);
  if (next !== undefined) return next;
  if (fixes.length === 1) return state;
  const half = fixes.length >> 1;
  return withHarmless(withHarmless(state, fixes.slice(0, half)), fixes.slice(half));
}

function withAll({ drafts, applied }: State, fixes: readonly Applied[]): State | undefined {
  const next = new Map(drafts);
  for (const [file, edits] of Map.groupBy(
    fixes.flatMap(({ fix }) => fix.edits),
    edit => edit.file,
  )) {
    const before = drafts.get(file)!;
    const all = [...before.edits, ...edits];
    const now = written(file, all);
    const errors = syntaxErrors(now);
    if (errors > before.errors) return undefined;
    next.set(file, { now, edits: all, errors });
  }
  return { drafts: next, applied: [...applied, ...fixes] };
}

function written(file: SourceFile, edits: readonly TextEdit[]): SourceFile {
  let text = '';
  let at = 0;
  let last: TextEdit | undefined;
  for (const edit of edits.toSorted((a, b) => a.span.start - b.span.start)) {
    if (last !== undefined && isSame(edit, last)) continue;
    text += file.text.slice(at, edit.span.start) + edit.text;
    at = edit.span.end;
    last = edit;
  }
  return createSourceFile(file.path, text + file.text.slice(at), file.notation);
}

const syntaxErrors = (file: SourceFile): number =>
  parse(file).diagnostics.filter(({ severity }) => severity === 'error').length;
