/**
 * The leaves that both notations share: what a spelling of a text, number, date or duration means,
 * and how a template falls into its parts. Pure; a slip is handed to `report` and the leaf is still
 * made, so that the tree stays whole.
 */
import type {
  BooleanLiteral,
  DateLiteral,
  DateTimeLiteral,
  Duration,
  JiraField,
  Literal,
  Missing,
  Name,
  NumberLiteral,
  Path,
  Template,
  TemplatePart,
  Text,
} from './ast.ts';
import type { Span } from './source.ts';

/** A slip inside a leaf. */
export type LeafProblem =
  | { readonly code: 'bad-escape'; readonly span: Span; readonly written: string }
  | { readonly code: 'unclosed-text'; readonly span: Span }
  | { readonly code: 'lone-brace'; readonly span: Span; readonly brace: '{' | '}' }
  | { readonly code: 'bad-hole'; readonly span: Span; readonly written: string };
export type ReportLeaf = (problem: LeafProblem) => void;

export const missing = (at: number): Missing => ({ kind: 'missing', span: { start: at, end: at } });
export const nameLeaf = (text: string, start: number): Name => ({
  kind: 'name',
  span: { start, end: start + text.length },
  text,
});

// ── numbers, dates, durations ───────────────────────────────────────────────────────────────────

export type DigitsKind = 'number' | 'date' | 'datetime' | 'duration' | 'wrong';

const NUMBER = /^-?\d+(?:\.\d+)?$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const DATETIME = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|[+-](\d\d):(\d\d))$/;
const DURATION = /^(\d+)([smhd])$/;

const UNIT = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Says what a token that begins with a digit (or with `-` and a digit) is. */
export function classifyDigits(raw: string): DigitsKind {
  if (NUMBER.test(raw)) return 'number';
  const last = raw.charCodeAt(raw.length - 1);
  if (last > 57 && DURATION.test(raw)) return 'duration';
  if (DATE.test(raw)) return isDay(raw) ? 'date' : 'wrong';
  return isDateTime(raw) ? 'datetime' : 'wrong';
}

export function isDay(raw: string): boolean {
  if (!DATE.test(raw)) return false;
  const [year, month, day] = [Number(raw.slice(0, 4)), Number(raw.slice(5, 7)), Number(raw.slice(8, 10))];
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days;
}

export function isDateTime(raw: string): boolean {
  const parts = DATETIME.exec(raw);
  if (parts === null || !isDay(parts[1]!)) return false;
  const [, , hour, minute, second = '0', zoneHour = '0', zoneMinute = '0'] = parts;
  return (
    Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60 && Number(zoneHour) < 15 && Number(zoneMinute) < 60
  );
}

export const numberLeaf = (raw: string, start: number): NumberLiteral => ({
  kind: 'number',
  span: { start, end: start + raw.length },
  value: Number(raw),
  raw,
});
export const dateLeaf = (raw: string, start: number): DateLiteral => ({
  kind: 'date',
  span: { start, end: start + raw.length },
  value: raw,
});
export const dateTimeLeaf = (raw: string, start: number): DateTimeLiteral => ({
  kind: 'datetime',
  span: { start, end: start + raw.length },
  value: raw,
});
export const booleanLeaf = (raw: string, start: number): BooleanLiteral => ({
  kind: 'boolean',
  span: { start, end: start + raw.length },
  value: raw.toLowerCase() === 'true',
  raw,
});
export const durationLeaf = (raw: string, start: number): Duration => ({
  kind: 'duration',
  span: { start, end: start + raw.length },
  milliseconds: durationOf(raw) ?? 0,
  raw,
});
export function durationOf(raw: string): number | undefined {
  const parts = DURATION.exec(raw);
  return parts === null ? undefined : Number(parts[1]) * UNIT[parts[2] as keyof typeof UNIT];
}

/** A literal from its spelling; `undefined` where the digits make none. */
export function digitsLeaf(raw: string, start: number): Exclude<Literal, Text | BooleanLiteral> | undefined {
  const kind = classifyDigits(raw);
  if (kind === 'number') return numberLeaf(raw, start);
  if (kind === 'date') return dateLeaf(raw, start);
  if (kind === 'datetime') return dateTimeLeaf(raw, start);
  return undefined;
}

// ── texts ───────────────────────────────────────────────────────────────────────────────────────

/** A text with the way back: where in the file the character of the value at an index stands. */
export interface ReadText {
  readonly value: string;
  readonly closed: boolean;
  readonly at: (index: number) => number;
}

/** `raw` begins with its quote. */
export function readText(raw: string, start: number, report: ReportLeaf): ReadText {
  if (!raw.includes('\\')) {
    const closed = raw.length > 1 && raw.endsWith('"');
    if (!closed) report({ code: 'unclosed-text', span: { start, end: start + raw.length } });
    return { value: raw.slice(1, closed ? -1 : undefined), closed, at: index => start + 1 + index };
  }
  let value = '';
  const offsets: number[] = [];
  const push = (piece: string, at: number) => {
    for (let i = 0; i < piece.length; i++) offsets.push(at);
    value += piece;
  };
  let i = 1;
  let closed = false;
  while (i < raw.length) {
    const char = raw[i]!;
    if (char === '"') {
      closed = true;
      break;
    }
    if (char !== '\\') {
      push(char, start + i);
      i++;
      continue;
    }
    const [piece, length] = readEscape(raw, i);
    if (piece === undefined) {
      const written = raw.slice(i, i + length);
      report({ code: 'bad-escape', span: { start: start + i, end: start + i + length }, written });
    }
    push(piece ?? raw.slice(i, i + length), start + i);
    i += length;
  }
  if (!closed) report({ code: 'unclosed-text', span: { start, end: start + raw.length } });
  return { value, closed, at: index => offsets[index] ?? start + i };
}

/** What an escape stands for (nothing if it is none) and how long its spelling is. */
function readEscape(raw: string, at: number): readonly [string | undefined, number] {
  const next = raw[at + 1];
  if (next === '"' || next === '\\') return [next, 2];
  if (next === 'n') return ['\n', 2];
  if (next === 't') return ['\t', 2];
  if (next === 'u') {
    const close = raw[at + 2] === '{' ? raw.indexOf('}', at) : -1;
    const hex = close < 0 ? '' : raw.slice(at + 3, close);
    const code = /^[0-9A-Fa-f]+$/.test(hex) ? Number.parseInt(hex, 16) : -1;
    const scalar = code >= 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    if (scalar) return [String.fromCodePoint(code), close + 1 - at];
    return [undefined, /^[0-9A-Fa-f]+$/.test(hex) ? close + 1 - at : 2];
  }
  const wide = next !== undefined && next >= '\ud800' && next <= '\udbff';
  return [undefined, next === undefined ? 1 : wide ? 3 : 2];
}

/** The value of a text that is closed and has no escapes, as nearly all are. */
export const plainText = (raw: string): string | undefined =>
  raw.length > 1 && raw.endsWith('"') && !raw.includes('\\') ? raw.slice(1, -1) : undefined;

export function textLeaf(raw: string, start: number, report: ReportLeaf): Text {
  const plain = plainText(raw);
  if (plain !== undefined) return { kind: 'text', span: { start, end: start + raw.length }, value: plain };
  const { value, closed } = readText(raw, start, report);
  const span = { start, end: start + raw.length };
  return closed ? { kind: 'text', span, value } : { kind: 'text', span, value, unclosed: true };
}

// ── templates ───────────────────────────────────────────────────────────────────────────────────

const PATH = /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*$/;

/** A path out of its spelling, blanks around it allowed; `undefined` where it is none. */
export function pathLeaf(written: string, at: (index: number) => number): Path | undefined {
  const text = written.trim();
  if (!PATH.test(text)) return undefined;
  let index = written.length - written.trimStart().length;
  const segments = text.split('.').map((segment): Name => {
    const start = at(index);
    const end = at(index + segment.length - 1) + 1;
    index += segment.length + 1;
    return { kind: 'name', span: { start, end }, text: segment };
  });
  return { kind: 'path', span: { start: segments[0]!.span.start, end: segments.at(-1)!.span.end }, segments };
}

/** Splits a text at its holes; doubled braces become single ones. Spans lie inside `span`. */
export function templateLeaf(value: string, span: Span, at: (index: number) => number, report: ReportLeaf): Template {
  if (!value.includes('{') && !value.includes('}')) {
    return { kind: 'template', span, value, parts: value === '' ? [] : [{ kind: 'literal', span, value }] };
  }
  const parts: TemplatePart[] = [];
  let literal = '';
  let literalStart = 0;
  const flush = (end: number) => {
    if (literal === '') return;
    parts.push({ kind: 'literal', span: { start: at(literalStart), end: at(end - 1) + 1 }, value: literal });
    literal = '';
  };
  let i = 0;
  while (i < value.length) {
    const char = value[i]!;
    if (literal === '') literalStart = i;
    if (char !== '{' && char !== '}') {
      literal += char;
      i++;
      continue;
    }
    if (value[i + 1] === char) {
      literal += char;
      i += 2;
      continue;
    }
    const close = char === '{' ? value.indexOf('}', i) : -1;
    const written = close < 0 ? '' : value.slice(i + 1, close);
    if (close < 0 || written.includes('{')) {
      report({ code: 'lone-brace', span: { start: at(i), end: at(i) + 1 }, brace: char });
      literal += char;
      i++;
      continue;
    }
    flush(i);
    const hole = { start: at(i), end: at(close) + 1 };
    const first = i + 1;
    const path = pathLeaf(written, index => at(first + index));
    if (path === undefined) report({ code: 'bad-hole', span: hole, written });
    parts.push({ kind: 'hole', span: hole, path: path ?? missing(hole.start + 1) });
    i = close + 1;
  }
  flush(value.length);
  return { kind: 'template', span, value, parts };
}

export function templateFromText(raw: string, start: number, report: ReportLeaf): Template {
  const { value, at } = readText(raw, start, report);
  return templateLeaf(value, { start, end: start + raw.length }, at, report);
}

// ── fields in tests ─────────────────────────────────────────────────────────────────────────────

/** `.` has no meaning on the Jira side: what is written with one is a name that the checks will not find. */
export const jiraFieldOfPath = (path: Path): JiraField => ({
  kind: 'jira-field',
  span: path.span,
  name: path.segments.map(segment => segment.text).join('.'),
});

/** A quoted field on the Salesforce side: the path that it spells, or one segment that no object has. */
export function pathOfText(text: Text): Path {
  const inner = { start: text.span.start, end: text.span.end };
  const whole: Path = { kind: 'path', span: inner, segments: [{ kind: 'name', span: inner, text: text.value }] };
  if (!PATH.test(text.value)) return whole;
  return {
    kind: 'path',
    span: inner,
    segments: text.value.split('.').map(name => ({ kind: 'name', span: inner, text: name })),
  };
}
