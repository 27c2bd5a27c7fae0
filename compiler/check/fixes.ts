/** Makers of the edits that rules offer, in the notation of the file. */
import type { Arrow, Mapping, Table, TableRow } from '../../dsl/ast.ts';
import type { Fix, Related } from '../../dsl/diagnostic.ts';
import { lineStart, type SourceFile, type Span } from '../../dsl/source.ts';
import { behindEntry, withEntry, withoutEntry } from './yaml-edits.ts';

export const replace = (file: SourceFile, span: Span, text: string, title: string): Fix => ({
  title,
  edits: [{ file, span, text }],
});

/** `did you mean` as edits: several are a choice. A word of a list or a name is written the same in both notations. */
export const nameInstead = (file: SourceFile, span: Span, ...names: readonly string[]): readonly Fix[] =>
  names.map(name => replace(file, span, name, `write ${name}`));

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

export const textInstead = (file: SourceFile, span: Span, ...values: readonly string[]): readonly Fix[] =>
  nameInstead(file, span, ...values.map(value => textFor(file, span, value)));

/** Bare where it has the shape of an id. */
export const jiraFieldInstead = (file: SourceFile, span: Span, ...names: readonly string[]): readonly Fix[] =>
  names.flatMap(name =>
    /^[a-z][A-Za-z0-9_]*$/.test(name) ? nameInstead(file, span, name) : textInstead(file, span, name),
  );

const ownerWords: Readonly<Record<Arrow, string>> = { '->': 'salesforce', '<-': 'jira', '<->': 'both' };
export const arrowFor = (file: SourceFile, arrow: Arrow): string =>
  file.notation === 'bridge' ? arrow : ownerWords[arrow];
export const turnArrow = (file: SourceFile, span: Span, arrow: Arrow): Fix =>
  replace(file, span, arrowFor(file, arrow), `write ${arrowFor(file, arrow)}`);

/** Only `->` can stand there. From `<-` that turns the mapping round, which may not be meant: it can be taken away instead. */
export function towardsJira(file: SourceFile, { arrow, span }: Mapping): readonly Fix[] {
  if (arrow.kind !== 'arrow') return [];
  const turned = turnArrow(file, arrow.span, '->');
  return arrow.arrow === '<-' ? [turned, ...removal(file, span, 'remove the mapping')] : [turned];
}

const rowKeys: Readonly<Record<Arrow, string>> = { '->': 'toJira', '<-': 'toSalesforce', '<->': 'pairs' };

/** A row of a table with another arrow; in YAML it goes to the rows of that kind, under its key or a new one. */
export function turnRow(file: SourceFile, table: Table, row: TableRow, arrow: Arrow): Fix {
  if (file.notation === 'bridge') return turnArrow(file, row.arrow.span, arrow);
  const [left, right] = [row.left, row.right].map(({ span }) => file.text.slice(span.start, span.end));
  const pair = arrow === '<-' ? `${right}: ${left}` : `${left}: ${right}`;
  const others = table.rows.filter(
    each => each.kind === 'row' && each.arrow.kind === 'arrow' && each.arrow.arrow === arrow,
  );
  const last = others.at(-1)?.span;
  const key = rowKeys[arrow];
  const put = last === undefined ? withEntry(file, table.span, `${key}: { ${pair} }`) : behindEntry(file, last, pair);
  return { title: `move it to \`${key}\``, edits: [withoutEntry(file, row.span), put] };
}

/** Takes away what stands there, with the lines or commas that only it needs. */
export function removal(file: SourceFile, span: Span, title: string): readonly Fix[] {
  if (file.notation === 'yaml') return [{ title, edits: [withoutEntry(file, span)], asks: true }];
  const { text } = file;
  let { start, end } = span;
  const first = lineStart(file, start);
  const rest = /^[ \t]*(\r\n?|\n|$)/.exec(text.slice(end));
  const alone = text.slice(first, start).trim() === '';
  if (alone && rest) {
    start = first;
    end += rest[0].length;
  } else while (/[ \t]/.test(text[end] ?? '')) end++;
  return [{ title, edits: [{ file, span: { start, end }, text: '' }], asks: true }];
}

/** A modifier at the end of a mapping: `at` and `words` in Bridge, a key and its value in YAML. */
export function modifier(
  file: SourceFile,
  mapping: Mapping,
  {
    at,
    words,
    key,
    value,
  }: { readonly at: number; readonly words: string; readonly key: string; readonly value: string },
): Fix {
  if (file.notation === 'bridge') return replace(file, { start: at, end: at }, ` ${words}`, `add \`${words}\``);
  const pair = `${key}: ${value}`;
  return { title: `add \`${pair}\``, edits: [withEntry(file, mapping.span, pair)] };
}

const insertion = (file: SourceFile, at: number, text: string, title: string): readonly Fix[] => [
  replace(file, { start: at, end: at }, text, title),
];

/** What a table does with a value that is not listed, below its rows and laid out as they are. */
export function otherwiseRow(file: SourceFile, { span, closed }: Table, word: string): readonly Fix[] {
  if (!closed) return [];
  if (file.notation === 'yaml') {
    const pair = `otherwise: ${word}`;
    return [{ title: `add \`${pair}\``, edits: [withEntry(file, span, pair)] }];
  }
  const row = `otherwise ${word}`;
  const { text } = file;
  const brace = span.end - 1;
  const before = /[ \t]*$/.exec(text.slice(Math.max(span.start, lineStart(file, brace)), brace))![0];
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
