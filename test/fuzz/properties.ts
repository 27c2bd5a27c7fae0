/**
 * What holds of any text at all, in either notation: nothing throws, every place that is named lies in the
 * text, what can be written is written without a change of meaning, and what the grammar refuses is said.
 */
import { analyse } from '../../compiler/index.ts';
import type { Metadata } from '../../compiler/metadata/model.ts';
import { encodePlan } from '../../compiler/plan/encode.ts';
import { formats } from '../../compiler/render/index.ts';
import { readStrictly } from '../../dsl/grammar/index.ts';
import { createSourceFile, type Diagnostic, type Notation, parse, type SourceFile } from '../../dsl/index.ts';
import { lex } from '../../dsl/lexer.ts';
import { MAX_FILE } from '../../dsl/limits.ts';
import { convert, format, notFormatted, type Printed } from '../../dsl/printer/index.ts';
import { difference } from '../../dsl/printer/same.ts';

export const other = (notation: Notation): Notation => (notation === 'yaml' ? 'bridge' : 'yaml');
export const fileOf = (text: string, notation: Notation): SourceFile =>
  createSourceFile(notation === 'yaml' ? 'fuzz.bridge.yaml' : 'fuzz.bridge', text, notation);

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are looked for.
export const STEERING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

function fail(what: string, ...details: readonly unknown[]): never {
  throw new Error([what, ...details.map(detail => JSON.stringify(detail))].join('\n'));
}

/** Throws where one of them does not hold. */
export function holdsFor(text: string, notation: Notation, metadata?: Metadata): void {
  const file = fileOf(text, notation);
  const { program, diagnostics } = parse(file);
  liesInside(diagnostics);
  const sound = !diagnostics.some(isError);
  if (notation === 'bridge' && text.length <= MAX_FILE) saysWhatIsRefused(text, sound);

  const analysis = analyse([file], metadata);
  liesInside(analysis.diagnostics);
  if (analysis.plan !== undefined) encodePlan(analysis.plan);
  for (const [name, render] of Object.entries(formats)) {
    const rendered = render({ files: [file], items: 1, diagnostics: analysis.diagnostics }, { colour: false });
    // People read these two on a terminal or in a log, which no program may steer.
    if (['text', 'github'].includes(name) && STEERING.test(rendered))
      fail(`a report as ${name} has a control character`);
  }

  const formatted = format(file);
  const laidOut = written(formatted, sound);
  notFormatted(file, formatted);
  if (laidOut !== undefined && format(fileOf(laidOut, notation)).text !== laidOut) {
    fail('formatting twice is not formatting once', laidOut, format(fileOf(laidOut, notation)).text);
  }
  const converted = written(convert(file, other(notation)), sound);
  if (converted === undefined) return;
  const back = written(convert(fileOf(converted, other(notation)), notation), true);
  if (back === undefined) fail('what was converted does not come back', converted);
  const again = parse(fileOf(back, notation)).program;
  if (difference(program.declarations, again.declarations) !== undefined)
    fail('the way back changed it', converted, back);
}

function liesInside(diagnostics: readonly Diagnostic[]): void {
  for (const { code, file, span, message, reason = '', help = '', related, fixes } of diagnostics) {
    const spans = [span, ...related.map(one => one.span), ...fixes.flatMap(fix => fix.edits.map(edit => edit.span))];
    for (const { start, end } of spans) {
      if (!(start >= 0 && start <= end && end <= file.text.length))
        fail(`${code} names a place outside`, { start, end });
    }
    if (
      message === '' ||
      (/\bundefined\b|\[object /.test(message + reason + help) && !/undefined|object/.test(file.text))
    ) {
      fail(`${code} has a hole`, message, reason, help);
    }
  }
}

/** A text without an error is one of the grammar's, and the allowances for broken ones had no part in it. */
function saysWhatIsRefused(text: string, sound: boolean): void {
  const { tokens, unknown } = lex(text);
  const isSentence = unknown.length === 0 && readStrictly(tokens) !== undefined;
  if (isSentence !== sound) fail(isSentence ? 'a sentence has an error' : 'what the grammar refuses has no error');
}

function written({ text, diagnostics }: Printed, sound: boolean): string | undefined {
  liesInside(diagnostics);
  if (diagnostics.some(({ code }) => code === 'not-proven')) fail('what was written could not be proven');
  if (text !== undefined && !sound) fail('a broken text was written anew');
  if (text === undefined && diagnostics.length === 0) fail('nothing was written, and nothing was said');
  return text;
}
