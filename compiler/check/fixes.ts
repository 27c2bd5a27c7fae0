/** Makers of the edits that rules offer, in the notation of the file. */
import type { Arrow, Mapping, Table } from '../../dsl/ast.ts';
import type { Fix, Related } from '../../dsl/diagnostic.ts';
import type { SourceFile, Span } from '../../dsl/source.ts';

export const replace = (file: SourceFile, span: Span, text: string, title: string): Fix => ({
  title,
  edits: [{ file, span, text }],
});

/** `did you mean` as an edit; nothing without a suggestion. */
export const writeInstead = (file: SourceFile, span: Span, text: string | undefined): readonly Fix[] =>
  text === undefined ? [] : [replace(file, span, text, `write ${text}`)];

/** A word of a list or a name: written the same in both notations. */
export const nameInstead = (file: SourceFile, span: Span, name: string | undefined): readonly Fix[] =>
  writeInstead(file, span, name);

const plainInYaml = /^[A-Za-z][\w .@/-]*$/;

/** A text with its quotes. In YAML a plain one stays plain where no reader could take it for something else. */
export function textFor(file: SourceFile, span: Span, value: string): string {
  const quoted = `"${value.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t')}"`;
  if (file.notation === 'bridge') return quoted;
  const wasQuoted = /["']/.test(file.text[span.start] ?? '');
  return !wasQuoted &&
    plainInYaml.test(value) &&
    value === value.trimEnd() &&
    !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value)
    ? value
    : quoted;
}

export const textInstead = (file: SourceFile, span: Span, value: string | undefined): readonly Fix[] =>
  value === undefined ? [] : writeInstead(file, span, textFor(file, span, value));

/** Bare where it has the shape of an id. */
export function jiraFieldInstead(file: SourceFile, span: Span, name: string | undefined): readonly Fix[] {
  if (name === undefined) return [];
  return /^[a-z][A-Za-z0-9_]*$/.test(name) ? nameInstead(file, span, name) : textInstead(file, span, name);
}

const ownerWords: Readonly<Record<Arrow, string>> = { '->': 'salesforce', '<-': 'jira', '<->': 'both' };
export const arrowFor = (file: SourceFile, arrow: Arrow): string =>
  file.notation === 'bridge' ? arrow : ownerWords[arrow];
export const turnArrow = (file: SourceFile, span: Span, arrow: Arrow): Fix =>
  replace(file, span, arrowFor(file, arrow), `write ${arrowFor(file, arrow)}`);

/** Bridge only: in YAML a removal or an insertion would have to mind the layout. */
export function removal(file: SourceFile, span: Span, title: string): readonly Fix[] {
  if (file.notation !== 'bridge') return [];
  const { text } = file;
  let { start, end } = span;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[ \t]*(\r\n?|\n|$)/.exec(text.slice(end));
  const alone = text.slice(lineStart, start).trim() === '';
  if (alone && rest) {
    start = lineStart;
    end += rest[0].length;
  } else while (/[ \t]/.test(text[end] ?? '')) end++;
  return [{ title, edits: [{ file, span: { start, end }, text: '' }], drops: true }];
}

export const insertion = (file: SourceFile, at: number, text: string, title: string): readonly Fix[] =>
  file.notation === 'bridge' ? [replace(file, { start: at, end: at }, text, title)] : [];

/** A last row of a table in braces, laid out as its others are. */
export function lastRow(file: SourceFile, { span, closed }: Table, row: string): readonly Fix[] {
  if (!closed) return [];
  const { text } = file;
  const brace = span.end - 1;
  const before = /[ \t]*$/.exec(text.slice(span.start, brace))![0];
  const at = brace - before.length;
  const alone = /[\r\n]/.test(text[at - 1] ?? '');
  return alone
    ? insertion(file, at, `${before}  ${row}\n`, `add \`${row}\``)
    : insertion(file, brace, `${before === '' ? ' ' : ''}${row} `, `add \`${row}\``);
}

export const seeAlso = (file: SourceFile, span: Span, message: string): readonly Related[] => [{ file, span, message }];

/** Both sides of a mapping, without its modifiers. */
export const sidesOf = ({ source, target }: Mapping): Span => ({ start: source.span.start, end: target.span.end });

/** A clause's own words, without what follows them. */
export function headOf(file: SourceFile, span: Span): Span {
  const words = /^(new\s+issue|[A-Za-z]+)/.exec(file.text.slice(span.start, Math.min(span.end, span.start + 80)));
  return words === null ? span : { start: span.start, end: span.start + words[0].length };
}
