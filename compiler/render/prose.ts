/** Explanations for people: headings, sentences below them, each with the line of the program that it comes from. */
import type { Section } from '../plan/explanation.ts';
import type { Origin } from '../plan/ir.ts';
import { painter, type TerminalOptions } from './paint.ts';
import { tame } from './width.ts';

const width = 100;

/** Places in `file` are told by their line alone. */
export function renderSections(
  sections: readonly Section[],
  options: TerminalOptions & { readonly file: string; readonly indent?: string },
): string {
  const { file, indent = '' } = options;
  const paint = painter(options);
  return sections
    .map(({ title, sentences }) => {
      let before = '';
      const lines = sentences.flatMap(({ text, origin }) => {
        const place = placeOf(origin, file);
        // Sentences of one line name it once.
        const shown = place === before ? '' : place;
        if (place !== '') before = place;
        const wrapped = wrap(tame(shown === '' ? text : `${text} ${shown}`), width - indent.length - 2);
        return wrapped.map(line => `${indent}  ${line.replaceAll(joint, ' ')}`);
      });
      return [`${indent}${paint('bold', tame(title))}`, ...lines].join('\n');
    })
    .join('\n\n');
}

/** Stands for a blank at which no line is broken. */
const joint = '\u00a0';

function placeOf(origin: Origin | undefined, file: string): string {
  if (origin === undefined) return '';
  return origin.file === file
    ? `(line${joint}${origin.line})`
    : `(${origin.file.replaceAll(' ', joint)}:${origin.line})`;
}

export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \n]+/)) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
