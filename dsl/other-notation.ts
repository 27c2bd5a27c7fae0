/**
 * A text of the notation that the name of its file does not say. Its reader could say something of every line, and
 * nothing that helps: what helps is another name.
 */
import type { Notation, SourceFile } from './source.ts';

/** How a text begins, or goes on after another declaration. Only whole lines of the left margin count. */
const heads: Readonly<Record<Notation, RegExp>> = {
  bridge:
    /^(?:item[ \t]+[^\s:]+[ \t]+(?:was[ \t]+[^\s:]+[ \t]+)?"|values[ \t]+[^\s:]+[ \t]*\{|test[ \t]+".*"[ \t]+for\b)/m,
  yaml: /^(?:items|values|tests)[ \t]*:[ \t]*(?:$|[#{[])/m,
};
const others: Readonly<Record<Notation, Notation>> = { bridge: 'yaml', yaml: 'bridge' };

/** YAML has a key of a program at the start of a line, which in Bridge stands nowhere; and the other way round. */
export const hasHeadOf = (notation: Notation, text: string): boolean => heads[notation].test(text);

export interface OtherNotation {
  readonly notation: Notation;
  /** What the file is to be called. */
  readonly path: string;
  /** Where the text says so. */
  readonly at: number;
}

export const notationNames: Readonly<Record<Notation, string>> = { bridge: 'the Bridge language', yaml: 'YAML' };

/** Nothing where the text may well be of the notation that it is read in, however broken it is. */
export function otherNotation({
  path,
  text,
  notation,
}: Pick<SourceFile, 'path' | 'text' | 'notation'>): OtherNotation | undefined {
  const other = others[notation];
  if (!hasHeadOf(other, text) || hasHeadOf(notation, text)) return undefined;
  const renamed =
    other === 'yaml'
      ? path.replace(/(?:\.bridge)?$/i, '.bridge.yaml')
      : path.replace(/(?:\.bridge)?\.ya?ml$/i, '.bridge');
  return { notation: other, path: renamed, at: text.search(heads[other]) };
}
