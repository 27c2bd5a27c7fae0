/**
 * Completion in YAML. A marker is put at the place, once as a key and once as a value; where the document takes it,
 * its path from the top says what is due there.
 */
import { isMap, isScalar, isSeq, type Pair, parseDocument, type Node as YamlNode } from 'yaml';
import type { Analysis } from '../../../compiler/analysis.ts';
import { type BoundItem, jiraFieldOf } from '../../../compiler/bind/bound.ts';
import type { Path } from '../../../dsl/ast.ts';
import type { SourceFile, Span } from '../../../dsl/index.ts';
import { yamlText } from '../../../dsl/yaml/scalars.ts';
import type { Completion } from '../types.ts';
import { itemAt } from './around.ts';
import { type Candidate, candidatesFor } from './candidates.ts';
import { completion } from './completion.ts';
import { fillerFor } from './fill.ts';
import type { Slot } from './slot.ts';
import { type Names, program, type Shape } from './yaml-shape.ts';

const marker = 'zzqx';

export function completeYaml(analysis: Analysis, file: SourceFile, offset: number): readonly Completion[] {
  const replaced = wordAt(file.text, offset);
  if (replaced === undefined) return [];
  const { before, after } = around(file.text, replaced);
  const isKey = /^\s*:(?:\s|$)/.test(after);
  const place = (put: string): Place | undefined => placeOf(before + put + after);
  const errors = errorsIn(before + file.text.slice(replaced.start, replaced.end) + after);
  const sound = (put: string) => errorsIn(before + put + after) <= errors;

  const context: Context = { analysis, file, replaced, item: itemAt(analysis, file, offset) };
  if (isKey) return place(marker) === undefined ? [] : keysAt(context, place(marker)!, true);
  const found: Completion[] = [];
  if (!/\S/.test(lineBefore(before)) || !/[^\s-]/.test(lineBefore(before)) || /[{,]\s*$/.test(before)) {
    const asKey = `${marker}: `;
    const at = sound(asKey) ? place(asKey) : undefined;
    if (at?.kind === 'key' && at.isFree) found.push(...keysAt(context, at, false));
  }
  const at = sound(marker) ? place(marker) : undefined;
  if (at?.kind === 'value') found.push(...valuesAt(context, at));
  return found;
}

/** The declaration around a place, under its section's key, so that the others need not be read again and again. */
function around(text: string, { start, end }: Span): { readonly before: string; readonly after: string } {
  const whole = { before: text.slice(0, start), after: text.slice(end) };
  const lines = text.slice(0, start).split('\n');
  const section = lines.findLastIndex(line => /^[A-Za-z]+:\s*(?:#.*)?$/.test(line));
  if (section < 0) return whole;
  const indentOf = (line: string) => /^[ ]*/.exec(line)![0].length;
  const entries = lines.slice(section + 1);
  const first = entries.find(line => /^\s+[^\s#]|^-/.test(line));
  if (first === undefined) return whole;
  const indent = indentOf(first);
  const begins = (line: string) => indentOf(line) <= indent && /[^\s#]/.test(line[indentOf(line)] ?? '');
  const entry = entries.findLastIndex((line, index) => begins(line) && index < entries.length);
  if (entry < 0 || indentOf(entries[entry]!) < indent) return whole;
  const rest = text.slice(end).split('\n');
  const next = rest.findIndex((line, index) => index > 0 && begins(line));
  return {
    before: [lines[section], ...entries.slice(entry)].join('\n'),
    after: (next < 0 ? rest : rest.slice(0, next)).join('\n'),
  };
}

const lineBefore = (before: string): string => before.slice(before.lastIndexOf('\n') + 1);

interface Context {
  readonly analysis: Analysis;
  readonly file: SourceFile;
  readonly replaced: Span;
  readonly item: BoundItem | undefined;
}

/** The scalar that is being written, quotes included; nothing inside a comment. */
function wordAt(text: string, offset: number): Span | undefined {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset) < 0 ? text.length : text.indexOf('\n', offset);
  let quote: { readonly sign: string; readonly start: number } | undefined;
  for (let at = line; at < offset; at++) {
    const sign = text[at]!;
    if (quote !== undefined) {
      if (sign === '\\' && quote.sign === '"') at++;
      else if (sign === quote.sign) quote = undefined;
    } else if (sign === '"' || sign === "'") {
      if (/(?:^|[\s[{,:])$/.test(text.slice(line, at))) quote = { sign, start: at };
    } else if (sign === '#' && (at === line || /\s/.test(text[at - 1]!))) return undefined;
  }
  if (quote !== undefined) {
    const end = text.indexOf(quote.sign, offset);
    return { start: quote.start, end: end < 0 || end >= lineEnd ? lineEnd : end + 1 };
  }
  const left = /[^\s,[\]{}:#"'](?:[^,[\]{}:#"'\n]*[^\s,[\]{}:#"'])?$|$/.exec(text.slice(line, offset))!;
  const blank = /\s$/.test(text.slice(line, offset));
  const start = blank ? offset : line + left.index;
  const written = text.slice(start, offset).replace(/^-\s+/, '');
  const right = /^(?!-\s)[^\s,[\]{}:#"'\n](?:[^,[\]{}:#\n]*[^\s,[\]{}:#\n])?/.exec(text.slice(offset, lineEnd));
  const end = offset + (right?.[0].length ?? 0);
  // Directly before another value, or a comment, nothing new has room.
  if (written === '' && end === offset && /^[^\s,\]}]/.test(text.slice(offset))) return undefined;
  return { start: offset - written.length, end };
}

// ── the place in the document ───────────────────────────────────────────────────────────────────

type Step = string | number;
interface Place {
  readonly kind: 'key' | 'value';
  /** From the top; of a key, to the map that it stands in. */
  readonly path: readonly Step[];
  /** Other keys of that map. */
  readonly siblings: readonly string[];
  /** Nothing stands behind it yet. */
  readonly isFree: boolean;
}

const load = (text: string) => parseDocument(text, { schema: 'failsafe', uniqueKeys: false, prettyErrors: false });
const errorsIn = (text: string): number => load(text).errors.length;

function placeOf(text: string): Place | undefined {
  const walk = (node: YamlNode | null | undefined, path: readonly Step[]): Place | undefined => {
    if (isMap(node)) {
      const pairs = node.items as Pair<YamlNode, YamlNode | null>[];
      const names = pairs.map(({ key }) => (isScalar(key) ? String(key.value) : ''));
      for (const [index, { value }] of pairs.entries()) {
        const name = names[index]!;
        if (name === marker) {
          // What follows would become its value.
          const isFree = value === null || (isScalar(value) && value.value === '');
          return { kind: 'key', path, siblings: names.filter(other => other !== marker), isFree };
        }
        const found = walk(value, [...path, name]);
        if (found !== undefined) return found;
      }
      return undefined;
    }
    if (isSeq(node)) {
      for (const [index, inner] of node.items.entries()) {
        const found = walk(inner as YamlNode, [...path, index]);
        if (found !== undefined) return found;
      }
      return undefined;
    }
    return isScalar(node) && node.value === marker ? { kind: 'value', path, siblings: [], isFree: true } : undefined;
  };
  return walk(load(text).contents, []);
}

function shapeAt(path: readonly Step[]): Shape | undefined {
  let shape: Shape | undefined = program;
  for (const step of path) {
    if (shape?.kind === 'value') shape = shape.or;
    if (shape?.kind === 'map' && typeof step === 'string')
      shape = Object.hasOwn(shape.keys, step) ? shape.keys[step]!.shape : undefined;
    else if (shape?.kind === 'entries' && typeof step === 'string') shape = shape.of;
    else if (shape?.kind === 'list' && typeof step === 'number') shape = shape.of;
    else return undefined;
  }
  return shape;
}

// ── keys ────────────────────────────────────────────────────────────────────────────────────────

/** `only`: the key has its value already. */
function keysAt(context: Context, { path, siblings: near }: Place, only: boolean): readonly Completion[] {
  // Of the sections only one was looked at.
  const siblings = path.length > 0 ? near : [...context.file.text.matchAll(/^([A-Za-z]+):/gm)].map(([, name]) => name!);
  const found = shapeAt(path);
  const shape = found?.kind === 'value' ? found.or : found;
  const { analysis, file, item, replaced } = context;
  const fill = fillerFor(analysis, item, yamlText);
  const write = (name: string, start: string) => (only ? name : `${name}: ${start}`);
  if (shape?.kind === 'entries') {
    const slot = shape.names && slotOf(context, shape.names, path);
    if (slot === undefined) return [];
    return candidatesFor(analysis, item, slot)
      .filter(({ value }) => !siblings.includes(value))
      .map(candidate => {
        const name = yamlText(
          candidate.through === undefined ? candidate.value : `${candidate.value}.${candidate.through}`,
        );
        return completion(candidate, replaced, write(name, shape.start));
      });
  }
  if (shape?.kind !== 'map') return [];
  const { apart } = shape;
  const groupOf = (name: string) => apart.find(group => group.includes(name));
  const taken = siblings.map(groupOf).find(group => group !== undefined);
  // A key that has its value already gives way to one with the same kind of value, and only where none is due.
  const present = only ? shape.keys[file.text.slice(replaced.start, replaced.end)] : undefined;
  const isFixed = present !== undefined && shape.keys.is === undefined && shape.keys.pairs === undefined;
  if (isFixed) return [];
  const hasOperator = siblings.some(name => /^(?:is|contains|startsWith)/.test(name));
  return Object.entries(shape.keys).flatMap(([name, { start, about, holds }]) => {
    const group = groupOf(name);
    if (present !== undefined && holds !== present.holds) return [];
    if (siblings.includes(name) || (taken !== undefined && group !== undefined && group !== taken)) return [];
    if (hasOperator && /^(?:is|contains|startsWith)/.test(name)) return [];
    if (start.includes('<Table>') && analysis.bound.tablesById.size === 0) return [];
    const [filled] = fill(start);
    return [
      {
        label: name,
        kind: 'clause' as const,
        insert: write(name, filled!.plain),
        span: replaced,
        ...(only || filled!.snippet === filled!.plain ? {} : { snippet: write(name, filled!.snippet) }),
        about,
      },
    ];
  });
}

// ── values ──────────────────────────────────────────────────────────────────────────────────────

function valuesAt(context: Context, { path }: Place): readonly Completion[] {
  const { analysis, item, replaced } = context;
  const shape = shapeAt(path);
  if (shape === undefined) return [];
  if (shape.kind === 'value') {
    const slot = shape.slot && slotOf(context, shape.slot, path);
    return slot === undefined
      ? []
      : candidatesFor(analysis, item, slot).map(candidate => completion(candidate, replaced, written(candidate, slot)));
  }
  // An entry of a list, whole.
  const list = shapeAt(path.slice(0, -1));
  if (list?.kind !== 'list' || list.start === undefined) return [];
  const [filled] = fillerFor(analysis, item, yamlText)(list.start);
  const { plain, snippet } = filled!;
  return [{ label: plain, kind: 'snippet', insert: plain, span: replaced, ...(snippet === plain ? {} : { snippet }) }];
}

function written({ as, value }: Candidate, { kind }: Slot): string {
  // A value that looks like a number or a truth value is a text only in quotes; a checkbox takes the bare word.
  return as === 'word' || (as === 'name' && kind !== 'path') ? value : yamlText(value);
}

/** What depends on what stands around is read off the bound program. */
function slotOf({ analysis, item, replaced }: Context, names: Names, path: readonly Step[]): Slot | undefined {
  const within = (span: Span) => span.start <= replaced.start && replaced.end <= span.end;
  switch (names.kind) {
    case 'left':
    case 'right': {
      const table = path[0] === 'values' ? analysis.bound.tablesById.get(String(path[1])) : undefined;
      const status =
        table === undefined
          ? path[2] === 'status'
            ? item?.status
            : undefined
          : analysis.bound.items.find(one => one.status?.table === table)?.status;
      if (status !== undefined)
        return names.kind === 'left' ? { kind: 'salesforce-value', field: status.field } : { kind: 'status' };
      const mapping = analysis.bound.items
        .flatMap(({ mappings }) => mappings)
        .find(one => (table === undefined ? within(one.node.span) : one.table === table));
      if (mapping === undefined) return undefined;
      if (names.kind === 'right') return { kind: 'jira-value', field: jiraFieldOf(mapping.target)?.field };
      return { kind: 'salesforce-value', field: mapping.source.kind === 'path' ? mapping.source.path : undefined };
    }
    case 'mapping-target': {
      const mapping = item?.mappings.find(({ node }) => within(node.span));
      const found = mapping?.source;
      const source = found?.kind === 'path' ? found.path : found?.kind === 'template' ? 'text' : undefined;
      return { kind: 'jira-field', of: { source, arrow: mapping?.arrow, at: replaced.start } };
    }
    case 'condition-value': {
      const condition = item?.conditions.findLast(({ node }) => within(node.span));
      return condition === undefined ? undefined : { kind: 'salesforce-value', field: condition.path };
    }
    case 'assigned-value': {
      const name = String(path.at(-1)).toLowerCase();
      const isIt = ({ segments }: Path) =>
        segments
          .map(({ text }) => text)
          .join('.')
          .toLowerCase() === name;
      const field = [...(item?.paths ?? []), ...analysis.bound.tests.flatMap(({ paths }) => paths)].find(({ node }) =>
        isIt(node),
      );
      return { kind: 'salesforce-value', field };
    }
    case 'setting-value': {
      const name = String(path.at(-1));
      if (name.toLowerCase() === 'status') return { kind: 'status' };
      const [field] = analysis.bound.lookup?.jiraFields(name) ?? [];
      return { kind: 'jira-value', field };
    }
    default:
      return names;
  }
}
