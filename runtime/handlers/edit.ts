/** Cutting an item out of its text, in either notation, by the place that the parser gives it. */
import { createSourceFile, parse } from '../../dsl/index.ts';
import { Refused } from './reply.ts';

/** `undefined` when nothing is left that a file would be kept for. */
export function withoutItem(path: string, text: string, id: string): string | undefined {
  const file = createSourceFile(path, text);
  const { program } = parse(file);
  const item = program.declarations.find(one => one.kind === 'item' && one.id.kind === 'name' && one.id.text === id);
  if (item === undefined) throw new Refused('gone', `There is no item \`${id}\` in ${path}. Reload the list.`);
  if (program.declarations.length === 1) return undefined;
  const first = file.line(file.position(item.span.start).line).start;
  const line = file.position(Math.max(item.span.start, item.span.end - 1)).line;
  const after = line < file.lineCount ? file.line(line + 1).start : text.length;
  return `${text.slice(0, first)}${text.slice(after).replace(/^(?:[ \t]*\r?\n)+/, '')}`;
}
