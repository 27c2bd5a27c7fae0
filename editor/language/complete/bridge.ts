/**
 * Completion in a Bridge text. What may stand at a place is not written down a second time: a name, a text and each
 * phrase are tried there, and what reads, as the thing that it is meant to be, is offered. The tree that came of the
 * trial says what kind of name is due.
 */
import type { Analysis } from '../../../compiler/analysis.ts';
import type { BoundItem } from '../../../compiler/bind/bound.ts';
import type { Node, Program } from '../../../dsl/ast.ts';
import { parseBridge } from '../../../dsl/bridge.ts';
import type { Diagnostic } from '../../../dsl/diagnostic.ts';
import { jiraField as jiraFieldText, quoted } from '../../../dsl/printer/phrases.ts';
import { createSourceFile, type SourceFile, type Span } from '../../../dsl/source.ts';
import { holds, nodesAt } from '../tree.ts';
import type { Completion } from '../types.ts';
import { itemAt } from './around.ts';
import { bridgeSlot } from './bridge-slot.ts';
import { type Candidate, candidatesFor } from './candidates.ts';
import { completion } from './completion.ts';
import { type Filled, fillerFor } from './fill.ts';
import { isCalled, jiraFieldsFor, namesOf } from './jira-fields-for.ts';
import { type Phrase, phrases } from './phrases.ts';
import { type Window, windowAt } from './window.ts';

export function completeBridge(analysis: Analysis, file: SourceFile, offset: number): readonly Completion[] {
  const window = windowAt(file.text, offset);
  if (window === undefined) return [];
  const item = itemAt(analysis, file, offset);
  const hole = window.inText ? holeAt(file.text, window.replaced, offset) : undefined;
  if (hole !== undefined) return holeCompletions(analysis, item, file, window, hole);
  const trial = trialIn(file.text, window);
  const found = [
    ...forms.flatMap(form => slotCompletions(analysis, item, window, trial, file.text, form)),
    ...(window.inText ? [] : phraseCompletions(analysis, item, file, offset, window, trial)),
  ];
  return onePerInsert(found);
}

/** The same text is offered once, by the shortest label; of one name with and without what follows, the whole. */
function onePerInsert(found: readonly Completion[]): readonly Completion[] {
  const wholes = new Set(found.filter(({ label, insert }) => insert.length > label.length + 2).map(keyOf));
  const byInsert = new Map<string, Completion>();
  for (const one of found) {
    if (one.kind !== 'keyword' && wholes.has(keyOf(one)) && one.insert.length <= one.label.length + 2) continue;
    const before = byInsert.get(one.insert);
    if (before === undefined || one.label.length < before.label.length) byInsert.set(one.insert, one);
  }
  return [...byInsert.values()];
}
const keyOf = ({ label, kind }: Completion): string => `${kind} ${label}`;

// ── trying ──────────────────────────────────────────────────────────────────────────────────────

interface Tried {
  readonly program: Program;
  /** Where what was put in begins and ends, in the program that was tried. */
  readonly span: Span;
}
/**
 * Puts a text in place of what is being written; nothing where it reads worse than before. `loosely`: what was wrong
 * may be wrong still; else nothing may be wrong with the text or with its line.
 */
type Trial = (put: string, loosely?: boolean) => Tried | undefined;

function trialIn(text: string, { head, tail, span, replaced }: Window): Trial {
  const before = head + text.slice(span.start, replaced.start);
  const after = text.slice(replaced.end, Math.max(span.end, replaced.end)) + tail;
  const read = (put: string) => {
    const { program, diagnostics } = parseBridge(createSourceFile('trial.bridge', before + put + after, 'bridge'));
    const at = { start: before.length, end: before.length + put.length };
    return { program, span: at, errors: diagnostics.filter(({ severity }) => severity === 'error') };
  };
  // As it is, and without what is being written.
  const known = [text.slice(replaced.start, replaced.end), ''].map(put => read(put).errors);
  const least = Math.min(...known.map(({ length }) => length));
  return (put, loosely = false) => {
    const tried = read(put);
    if (tried.errors.length > least) return undefined;
    if (loosely) return known.some(errors => isWithin(codesOf(tried.errors), codesOf(errors))) ? tried : undefined;
    const { start } = tried.span;
    const line = after.search(/[\r\n]/);
    const end = tried.span.end + (line < 0 ? after.length : line);
    return tried.errors.some(({ span: at }) => at.start <= end && at.end >= start - 1) ? undefined : tried;
  };
}

const codesOf = (errors: readonly Diagnostic[]): readonly string[] => errors.map(({ code }) => code);

/** What was wrong before may be wrong still, as often and not otherwise. */
function isWithin(some: readonly string[], all: readonly string[]): boolean {
  const left = [...all];
  return some.every(code => {
    const at = left.indexOf(code);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

// ── names and values ────────────────────────────────────────────────────────────────────────────

/** What is tried in place of a name or a value, and what has to follow one that begins an entry. */
interface Form {
  readonly put: string;
  readonly blocks?: readonly Window['block'][];
  /** After the candidate, in an entry that begins with it. */
  /** What was wrong may be wrong still. */
  readonly loosely?: true;
  readonly rest?: (analysis: Analysis, item: BoundItem | undefined, candidate: Candidate) => string;
}
const forms: readonly Form[] = [
  { put: 'zzqx', loosely: true },
  { put: '"zzqx"' },
  { put: 'zzqx is empty', blocks: ['item'], rest: () => '' },
  {
    put: 'zzqx -> zzqx',
    blocks: ['fields'],
    rest: (analysis, item, candidate) => ` -> ${targetFor(analysis, item, candidate)}`,
  },
  { put: 'zzqx = "z"', blocks: ['new-issue', 'test'], rest: () => ' = "value"' },
  { put: '"zzqx" <-> "z"', blocks: ['table', 'status-table'], rest: () => ' <-> "value"' },
];

function slotCompletions(
  analysis: Analysis,
  item: BoundItem | undefined,
  window: Window,
  trial: Trial,
  source: string,
  { put, blocks, loosely, rest }: Form,
): readonly Completion[] {
  if (window.inText && put !== '"zzqx"') return [];
  if (blocks !== undefined && !blocks.includes(window.block)) return [];
  const tried = trial(put, loosely);
  if (tried === undefined) return [];
  const nodes = nodesAt(tried.program, tried.span.start + 1);
  const slot = bridgeSlot(analysis, item, window, nodes);
  if (slot === undefined) return [];
  return candidatesFor(analysis, item, slot).map(candidate => {
    const text = written(candidate);
    if (rest === undefined) return completion(candidate, window.replaced, apart(source, window.replaced, text, ''));
    const after = rest(analysis, item, candidate);
    const whole = candidate.through === undefined ? text : `${text}.${candidate.through}`;
    return completion(candidate, window.replaced, apart(source, window.replaced, whole + after, ''));
  });
}

/** The Jira field that is called as the Salesforce field is, else the one that every issue has. */
function targetFor({ bound }: Analysis, item: BoundItem | undefined, { value, detail }: Candidate): string {
  const names = namesOf({ name: value, label: detail?.split(' · ')[0] ?? '' });
  const found = item?.issueType && jiraFieldsFor(bound, item, 'setting').find(field => isCalled(field, names));
  return found === undefined
    ? 'summary'
    : jiraFieldText({ kind: 'jira-field', span: nowhere, name: found.custom ? found.name : found.id });
}

const nowhere: Span = { start: 0, end: 0 };
function written({ as, value }: Candidate): string {
  if (as === 'text') return quoted(value);
  return as === 'jira-field' ? jiraFieldText({ kind: 'jira-field', span: nowhere, name: value }) : value;
}

// ── holes of templates ──────────────────────────────────────────────────────────────────────────

interface Hole {
  /** The segment at the place. */
  readonly span: Span;
  readonly before: readonly string[];
}

function holeAt(text: string, within: Span, offset: number): Hole | undefined {
  const written = /(?<!\{)(?:\{\{)*\{([A-Za-z0-9_.]*)$/.exec(text.slice(within.start, offset));
  if (written === null) return undefined;
  const segments = written[1]!.split('.');
  const rest = /^[A-Za-z0-9_]*/.exec(text.slice(offset))![0];
  return {
    span: { start: offset - segments.at(-1)!.length, end: offset + rest.length },
    before: segments.slice(0, -1),
  };
}

function holeCompletions(
  analysis: Analysis,
  item: BoundItem | undefined,
  file: SourceFile,
  window: Window,
  { span, before }: Hole,
): readonly Completion[] {
  const trial = trialIn(file.text, window);
  const { start, end } = window.replaced;
  const text = file.text.slice(start, span.start) + 'zzqx' + file.text.slice(span.end, end);
  const closes = file.text.slice(span.end, end).includes('}') ? '' : '}';
  const tried = trial(closes === '' ? text : `${file.text.slice(start, span.start)}zzqx}"`, true);
  const isTemplate =
    tried !== undefined && nodesAt(tried.program, tried.span.start + 1).some(({ kind }) => kind === 'template');
  if (!isTemplate) return [];
  return candidatesFor(analysis, item, { kind: 'path', before }).map(candidate =>
    completion(candidate, span, candidate.kind === 'relationship' ? candidate.value : candidate.value + closes),
  );
}

// ── phrases ─────────────────────────────────────────────────────────────────────────────────────

function phraseCompletions(
  analysis: Analysis,
  item: BoundItem | undefined,
  file: SourceFile,
  offset: number,
  window: Window,
  trial: Trial,
): readonly Completion[] {
  const typed = file.text.slice(window.replaced.start, offset).toLowerCase();
  const fill = fillerFor(analysis, item, text => text.replace(/["\\]/g, '\\$&'));
  return phrases[window.block].flatMap(phrase => {
    // A line begins with an entry, unless what goes on with the one above was begun already.
    if (window.startsLine && typed === '' && goesOn(phrase, window)) return [];
    if (/^<?-/.test(phrase.words) && modifierWords.has(window.before.at(-1)?.image ?? '')) return [];
    return fill(phrase.words).flatMap(
      filled => offered(phrase, filled, file.text, window, trial, item, typed.slice(0, 1)) ?? [],
    );
  });
}

/** After the first word of a modifier no arrow is due, though the word could be a field's name. */
const modifierWords: ReadonlySet<string> = new Set(['by', 'or', 'else', 'cut', 'at', 'on', 'conflict']);

const goesOn = ({ kind, words }: Phrase, { block }: Window): boolean =>
  /^[,=<-]/.test(words) || (kind === 'keyword' && (block === 'item' || block === 'fields'));

/** Another clause of its kind than the one that is being written. */
const hasClause = ({ node }: BoundItem, kind: string, start: number): boolean =>
  node.clauses.some(
    clause =>
      (clause.kind === kind || (clause.kind === 'switch' && clause.feature === kind)) && clause.span.start !== start,
  );

function offered(
  phrase: Phrase,
  filled: Filled,
  text: string,
  window: Window,
  trial: Trial,
  item: BoundItem | undefined,
  typed: string,
): Completion | undefined {
  const words = filled.plain.split(/\s+/);
  const { before, replaced } = window;
  const begins = phrase.kind === 'clause' || phrase.kind === 'snippet';
  // As many of its words as stand there already, the most first.
  for (let known = Math.min(words.length - 1, before.length); known >= 0; known--) {
    const spoken = before.slice(before.length - known);
    if (!spoken.every(({ image }, index) => image === words[index])) continue;
    if (known === 0 && begins && !window.startsLine && !window.onOneLine) continue;
    if (known === 0 && phrase.after !== undefined && !phrase.after.test(before.at(-1)?.image ?? '')) continue;
    if (!words[known]!.toLowerCase().startsWith(typed)) continue;
    if (known > 0 && phrase.kind === 'snippet') continue;
    const start = spoken[0]?.start ?? replaced.start;
    if (phrase.once !== undefined && item !== undefined && hasClause(item, phrase.once, start)) continue;
    const rest = known === 0 ? filled.plain : dropWords(filled.plain, known);
    const space = known === 0 || !/\S$/.test(text.slice(0, replaced.start)) ? '' : ' ';
    const put = apart(text, replaced, rest, space);
    const tried = trial(put);
    if (tried === undefined) continue;
    const from = tried.span.start + (put.length - put.trimStart().length) - Math.max(replaced.start - start, 0);
    if (!becomes(phrase, tried, from)) continue;
    const snippet = known === 0 ? filled.snippet : dropWords(filled.snippet, known);
    return {
      label: labelOf(filled.plain),
      kind: phrase.kind,
      insert: put,
      span: replaced,
      ...(snippet === rest ? {} : { snippet: put.replace(rest, () => snippet) }),
      ...(phrase.about === undefined ? {} : { about: phrase.about }),
    };
  }
  return undefined;
}

const dropWords = (text: string, count: number): string => text.replace(new RegExp(`^(?:\\S+\\s+){${count}}`), '');
const labelOf = (phrase: string): string =>
  phrase
    .replace(/\s*\{[\s\S]*\}$/, ' { … }')
    .replace(/\s+/g, ' ')
    .trim();

/** A blank where two words would become one. */
function apart(text: string, { start, end }: Span, put: string, space: string): string {
  const joins = (a: string, b: string) => /[\p{L}\p{N}_"-]$/u.test(a) && /^[\p{L}\p{N}_"{<-]/u.test(b);
  const left = space !== '' || joins(text.slice(0, start), put) ? ' ' : '';
  return left + put + (joins(put, text.slice(end)) ? ' ' : '');
}

/** It reads as what it is meant to be, and not as a name that happens to be spelled so. */
function becomes({ node: kind, inside }: Phrase, { program, span }: Tried, start: number): boolean {
  const nodes = nodesAt(program, start + (inside ? 0 : 1));
  if (!inside) return nodes.some(node => node.kind === kind && node.span.start === start);
  const isName = nodes.some(node => names.has(node.kind) && node.span.start === start && node.span.end > start);
  return !isName && reaching(program, kind, start, span.end);
}
const names: ReadonlySet<string> = new Set(['name', 'path', 'jira-field']);

function reaching(program: Program, kind: Node['kind'], start: number, end: number): boolean {
  const inner = nodesAt(program, Math.max(start, end - 1));
  const outer = nodesAt(program, start);
  return [...inner, ...outer].some(node => node.kind === kind && holds(node.span, start) && holds(node.span, end));
}
