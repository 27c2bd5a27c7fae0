/**
 * Applies what can be mended without asking: of each finding the one fix that it offers. Pure: files and
 * findings in, files out; the command line and the editor share it. A finding with several fixes is a
 * choice, and a fix that takes away what somebody wrote is one too: both stay for a person. A text that does
 * not read is mended before what it means, and a fix after which it read worse is not applied.
 */
import type { Diagnostic, Fix, TextEdit } from '../../dsl/diagnostic.ts';
import { createSourceFile, parse, type SourceFile } from '../../dsl/index.ts';
import { syntax } from '../../dsl/messages.ts';
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
  const chosen: Applied[] = [];
  const taken: TextEdit[] = [];
  for (const diagnostic of diagnostics) {
    const fix = mechanicalFix(diagnostic);
    if (fix === undefined || (broken.has(diagnostic.file) && !isSyntaxError(diagnostic))) continue;
    const edits = fix.edits.filter(edit => !taken.some(other => isSame(edit, other)));
    const inside = fix.edits.every(edit => files.includes(edit.file));
    if (!inside || edits.some((edit, index) => [...taken, ...edits.slice(index + 1)].some(o => touches(edit, o))))
      continue;
    chosen.push({ diagnostic, fix });
    taken.push(...edits);
  }
  const together = written(files, taken);
  if (soundAfter(files, together)) return { files: together, applied: chosen };
  return oneByOne(files, chosen);
}

const isSyntaxError = ({ code, severity }: Diagnostic): boolean =>
  severity === 'error' && Object.hasOwn(syntax.table, code);

/** Something among the fixes breaks a text: each that does not, alone and beside those before it, is kept. */
function oneByOne(files: readonly SourceFile[], chosen: readonly Applied[]): Fixed {
  const applied: Applied[] = [];
  let edits: readonly TextEdit[] = [];
  let now = files;
  for (const each of chosen) {
    const more = [...edits, ...each.fix.edits.filter(edit => !edits.some(other => isSame(edit, other)))];
    const next = written(files, more);
    if (!soundAfter(now, next)) continue;
    applied.push(each);
    edits = more;
    now = next;
  }
  return { files: now, applied };
}

const isSame = (a: TextEdit, b: TextEdit): boolean =>
  a.file === b.file && a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text;

/** Neighbours touch as well: what the one writes could grow together with what the other does. */
const touches = (a: TextEdit, b: TextEdit): boolean =>
  a.file === b.file && a.span.start <= b.span.end && b.span.start <= a.span.end;

function written(files: readonly SourceFile[], edits: readonly TextEdit[]): readonly SourceFile[] {
  return files.map(file => {
    const own = edits.filter(edit => edit.file === file).sort((a, b) => a.span.start - b.span.start);
    if (own.length === 0) return file;
    let text = '';
    let at = 0;
    for (const { span, text: put } of own) {
      text += file.text.slice(at, span.start) + put;
      at = span.end;
    }
    return createSourceFile(file.path, text + file.text.slice(at), file.notation);
  });
}

const soundAfter = (before: readonly SourceFile[], after: readonly SourceFile[]): boolean =>
  after.every((file, index) => file === before[index] || syntaxErrors(file) <= syntaxErrors(before[index]!));

const syntaxErrors = (file: SourceFile): number =>
  parse(file).diagnostics.filter(({ severity }) => severity === 'error').length;
