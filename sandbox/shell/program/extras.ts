/** One click that turns a part of the first item on or off, so that a visitor can try it without knowing the language. */

export const extras = [
  ['comments', 'Comments both ways'],
  ['attachments', 'Files both ways'],
  ['associations', 'Related records'],
] as const;
export type Extra = (typeof extras)[number][0];

const lineOf = (extra: Extra) => new RegExp(`^[ \\t]*${extra}[ \\t]+(.*)\\n`, 'm');
const syncLine = /^([ \t]*)(sync[ \t]+)(?!display-only).*\n/m;

/** Where the first item that is more than shown begins and ends; its brace closes at the beginning of a line. */
function itemIn(text: string): readonly [from: number, to: number] | undefined {
  const at = syncLine.exec(text)?.index;
  if (at === undefined) return undefined;
  const end = text.indexOf('\n}', at);
  return [Math.max(0, text.lastIndexOf('\nitem ', at)), end < 0 ? text.length : end + 1];
}

/** Whether it is on; nothing where the text is not in the DSL or has no item that could have it. */
export function hasExtra(path: string, text: string, extra: Extra): boolean | undefined {
  const item = itemIn(text);
  if (!path.endsWith('.bridge') || item === undefined) return undefined;
  const said = lineOf(extra).exec(text.slice(...item))?.[1];
  return said !== undefined && !/^off\b/.test(said);
}

export function withExtra(text: string, extra: Extra, on: boolean): string {
  const item = itemIn(text);
  if (item === undefined) return text;
  const without = text.slice(...item).replace(lineOf(extra), '');
  const changed = on
    ? without.replace(
        syncLine,
        // In the columns of its neighbours.
        (line, indent: string, column: string) => `${line}${indent}${extra.padEnd(column.length - 1)} on\n`,
      )
    : without;
  return text.slice(0, item[0]) + changed + text.slice(item[1]);
}
