/**
 * The form's edits: a text and the tree that is wanted in place of one of its items or tables in, the smallest
 * edits out that get there, comments and layout around them kept. Every answer is proven: applied and read
 * again it says what was wanted, or the item alone is written anew. Nothing of another declaration is touched.
 */
import type { Declaration, Item, Program, Values } from '../../dsl/ast.ts';
import { createSourceFile, parse, type SourceFile } from '../../dsl/index.ts';
import { print } from '../../dsl/printer/index.ts';
import { difference } from '../../dsl/printer/same.ts';
import { editBridge, rankOf } from './bridge.ts';
import { applyChanges, beginsLine, type Change, endsLine, lineBreak, lineStart, nextLine } from './text.ts';
import { editYaml } from './yaml.ts';

export { applyChanges, type Change } from './text.ts';

export interface Edited {
  readonly changes: readonly Change[];
  /** The declaration had to be written anew: what somebody noted inside it may stand elsewhere now. */
  readonly anew?: true;
}

/** `undefined` where the wanted tree cannot be said in the notation of the file. */
export function editDeclaration(file: SourceFile, old: Item | Values, next: Item | Values): Edited | undefined {
  const { program } = parse(file);
  const wanted = program.declarations.map(each => (each.span.start === old.span.start ? next : each));
  const proves = (changes: readonly Change[]): boolean => {
    const again = parse(createSourceFile(file.path, applyChanges(file.text, changes), file.notation));
    return (
      difference(wanted.map(inOrder), again.program.declarations.map(inOrder)) === undefined &&
      again.diagnostics.every(({ severity }) => severity !== 'error')
    );
  };
  try {
    const changes = (file.notation === 'yaml' ? editYaml : editBridge)(program, old, next);
    if (proves(changes)) return { changes };
  } catch {
    // Some shape that the small edits do not know; the larger one below is tried.
  }
  try {
    const changes = file.notation === 'yaml' ? wholeFile(program, wanted) : wholeItem(program, old, next);
    return proves(changes) ? { changes, anew: true } : undefined;
  } catch {
    return undefined;
  }
}

/** Clauses come in any order; where a new one went has no meaning. */
const inOrder = (declaration: Declaration): Declaration =>
  declaration.kind === 'item'
    ? { ...declaration, clauses: [...declaration.clauses].sort((a, b) => rankOf(a) - rankOf(b)) }
    : declaration;

const wholeItem = (program: Program, old: Item | Values, next: Item | Values): readonly Change[] => [
  { span: old.span, text: print({ ...program, declarations: [next], comments: [] }).trimEnd() },
];
const wholeFile = (program: Program, declarations: readonly Declaration[]): readonly Change[] => [
  { span: { start: 0, end: program.file.text.length }, text: print({ ...program, declarations }) },
];

/** A new declaration at the end of the file, or of its section. */
export function addDeclaration(file: SourceFile, added: Item | Values): readonly Change[] {
  const { program } = parse(file);
  const end = lineBreak(file.text);
  if (file.notation === 'bridge' || program.declarations.length === 0) {
    // As another notation's tree, so that blocks stand on lines of their own.
    const text = print(
      {
        ...program,
        file: createSourceFile('', '', file.notation === 'yaml' ? 'bridge' : 'yaml'),
        declarations: [added],
        comments: [],
      },
      file.notation,
    );
    const gap =
      file.text.trim() === '' ? '' : /\n\s*\n$/.test(file.text) ? '' : /\n$/.test(file.text) ? end : end + end;
    const at = file.text.length;
    return [{ span: { start: at, end: at }, text: gap + text.replaceAll('\n', end) }];
  }
  return wholeFile(program, [...program.declarations, added]);
}

/** Its lines go, and the comment lines that stand right above it. */
export function removeDeclaration(file: SourceFile, gone: Declaration): readonly Change[] {
  const { program } = parse(file);
  if (program.declarations.length === 1) return [{ span: { start: 0, end: file.text.length }, text: '' }];
  const { text } = file;
  const { span } = gone;
  if (file.notation === 'yaml')
    return wholeFile(
      program,
      program.declarations.filter(each => each.span.start !== span.start),
    );
  if (!beginsLine(text, span.start) || !endsLine(text, span.end)) return [{ span, text: '' }];
  let start = lineStart(text, span.start);
  for (;;) {
    const above = lineStart(text, Math.max(0, start - 1));
    if (start === 0 || !/^\s*#/.test(text.slice(above, start))) break;
    start = above;
  }
  let stop = nextLine(text, span.end);
  while (stop < text.length && text.slice(stop, nextLine(text, stop)).trim() === '') stop = nextLine(text, stop);
  return [{ span: { start, end: stop }, text: '' }];
}
