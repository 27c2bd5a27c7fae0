/** One click that turns a part of the first item on or off, so that a visitor can try it without knowing the language. */

export const extras = [
  ['comments on', 'Comments both ways'],
  ['attachments on', 'Files both ways'],
  ['associations on', 'Related records'],
] as const;

const lineOf = (clause: string) => new RegExp(`^[ \\t]*${clause.replace(' ', '[ \\t]+')}[ \\t]*(?:#.*)?\\n`, 'm');

/** Whether the text has the clause; nothing where the text is not in the DSL or has no item to put it in. */
export function hasExtra(path: string, text: string, clause: string): boolean | undefined {
  if (!path.endsWith('.bridge') || !/^[ \t]*sync[ \t]+(?!display-only)/m.test(text)) return undefined;
  return lineOf(clause).test(text);
}

export function withExtra(text: string, clause: string, on: boolean): string {
  if (!on) return text.replace(lineOf(clause), '');
  const [word = '', rest = ''] = clause.split(' ');
  return text.replace(
    /^([ \t]*)(sync[ \t]+).*\n/m,
    // In the columns of its neighbours.
    (line, indent: string, column: string) => `${line}${indent}${word.padEnd(column.length - 1)} ${rest}\n`,
  );
}
