/**
 * A program's texts with one item taken out or put back, in either notation, by the places that the parser gives.
 * Whole lines go; the others stay as they are.
 */
import { createSourceFile, type Declaration, parse } from '../../dsl/index.ts';
import type { Files } from './files.ts';

/** With its tests, wherever they stand, since a test of nothing is an error. Files that hold nothing any more go. */
export const withoutItem = (files: Files, id: string): Files =>
  cutAll(files, declaration => nameOf(declaration) === `item ${id}` || nameOf(declaration) === `test ${id}`);

/**
 * The item's file as it once was. What stood beside the item there, and stands elsewhere now, stays where it is;
 * so does what stands beside the item where it is now.
 */
export function withItemBack(files: Files, id: string, path: string, text: string): Files {
  const others = Object.fromEntries(Object.entries(files).filter(([name]) => name !== path));
  const rest = cutAll(others, declaration => nameOf(declaration) === `item ${id}`);
  const taken = new Set(
    Object.entries(rest)
      .flatMap(([name, other]) => declarationsOf(name, other))
      .filter(({ kind }) => kind !== 'test')
      .map(nameOf),
  );
  return { ...rest, [path]: cut(path, text, declaration => taken.has(nameOf(declaration))) ?? text };
}

/** `item support-cases`, `values severity`, and of a test the item that it is for. */
function nameOf(declaration: Declaration): string | undefined {
  const named = declaration.kind === 'test' ? declaration.item : declaration.id;
  return named.kind === 'name' ? `${declaration.kind} ${named.text}` : undefined;
}

const declarationsOf = (path: string, text: string): readonly Declaration[] =>
  parse(createSourceFile(path, text)).program.declarations;

const cutAll = (files: Files, isGone: (declaration: Declaration) => boolean): Files =>
  Object.fromEntries(
    Object.entries(files).flatMap(([path, text]) => {
      const left = cut(path, text, isGone);
      return left === undefined ? [] : [[path, left]];
    }),
  );

/** Nothing when nothing is left that a file would be kept for. */
function cut(path: string, text: string, isGone: (declaration: Declaration) => boolean): string | undefined {
  const file = createSourceFile(path, text);
  const { declarations } = parse(file).program;
  const gone = declarations.filter(isGone);
  if (gone.length === 0) return text;
  if (gone.length === declarations.length) return undefined;
  let left = text;
  for (const { span } of gone.toSorted((a, b) => b.span.start - a.span.start)) {
    const first = file.line(file.position(span.start).line).start;
    const line = file.position(Math.max(span.start, span.end - 1)).line;
    const after = line < file.lineCount ? file.line(line + 1).start : text.length;
    left = `${left.slice(0, first)}${left.slice(after).replace(/^(?:[ \t]*\r?\n)+/, '')}`;
  }
  return left;
}
