/**
 * The tree back into text, in either notation. `print` writes; `format` and `convert` also prove what was
 * written: they read it again and compare trees and comments, and rather give back nothing than a text
 * that says something else.
 */
import type { Program } from '../ast.ts';
import { attachComments, type Comments } from '../comments.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { parse } from '../parse.ts';
import type { Notation, SourceFile } from '../source.ts';
import { printYaml } from '../yaml/write/index.ts';
import { printBridge } from './bridge.ts';
import { printing } from './messages.ts';
import { hasErrors, type Printed, proven } from './proof.ts';

export type { Printed };

export interface ConvertOptions {
  /** What a YAML editor is told to check the text with: an address, or a path from where the text will stand. */
  readonly schema?: string;
}

/** The canonical text of a program that was read without errors. Throws `Unprintable` where there is none. */
export const print = (program: Program, notation: Notation = program.file.notation): string =>
  printWith(program, attachComments(program), notation);

const printWith = (program: Program, comments: Comments, notation: Notation): string =>
  notation === 'yaml' ? printYaml(program, comments) : printBridge(program, comments);

/** The same notation, laid out canonically. */
export function format(file: SourceFile): Printed {
  const { program, diagnostics } = parse(file);
  if (hasErrors(diagnostics)) return { program, diagnostics };
  const comments = attachComments(program);
  if (comments.aliased !== undefined) {
    return { program, diagnostics: [printing.diagnostic(file, comments.aliased.span, 'has-aliases', {})] };
  }
  return proven(program, file.notation, () => printWith(program, comments, file.notation));
}

/** Says so, at the first line that differs, where a file is not what `format` made of it. */
export function notFormatted(file: SourceFile, { text }: Printed): Diagnostic | undefined {
  if (text === undefined || text === file.text) return undefined;
  let at = 0;
  while (at < text.length && text[at] === file.text[at]) at++;
  const span = file.line(file.position(Math.min(at, file.text.length)).line);
  const onlyLineEnds = text === file.text.replace(/\r\n?/g, '\n');
  return printing.diagnostic(file, span, 'not-formatted', { onlyLineEnds });
}

/** The other notation. */
export function convert(file: SourceFile, to: Notation, options: ConvertOptions = {}): Printed {
  const { program, diagnostics } = parse(file);
  if (hasErrors(diagnostics)) return { program, diagnostics };
  // A line for YAML editors has nothing to say in Bridge, and is written anew in YAML.
  const plain = { ...program, comments: program.comments.filter(({ text }) => !MODELINE.test(text)) };
  const { schema } = options;
  return proven(plain, to, () => {
    const text = print(plain, to);
    return to === 'yaml' && schema !== undefined ? modeline(schema) + (text.startsWith('#') ? '' : '\n') + text : text;
  });
}

const MODELINE = /^\s*yaml-language-server\s*:/;
const modeline = (schema: string): string => `# yaml-language-server: $schema=${schema}\n`;
