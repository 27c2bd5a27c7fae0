/**
 * Typed access to YAML nodes: maps with the keys that may stand in them, lists, texts, words. Each
 * complaint is made here, once, with a place in the file; the reader above it only says what is due
 * where. A `place` is how a sentence names the spot: "a mapping", "`moveTo`".
 */
import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, type Scalar } from 'yaml';
import type { Fix } from '../diagnostic.ts';
import { MAX_TEXT } from '../limits.ts';
import type { Findings } from '../messages/index.ts';
import { nearest } from '../nearest.ts';
import type { SourceFile, Span } from '../source.ts';
import type { YamlDocument } from './document.ts';
import { alone, type Form, formOf, forms, type Kind, keyed, kindOf } from './forms.ts';
import { meantBy } from './meant.ts';
import { yamlText } from './scalars.ts';

export type YamlNode = ParsedNode | null | undefined;

export interface Entry {
  readonly key: string;
  readonly keyNode: Scalar.Parsed;
  readonly keySpan: Span;
  readonly value: YamlNode;
  /** From the key to the end of its value. */
  readonly span: Span;
}

/** A map whose keys are known: the entries that may stand there, in the order of the text. */
export interface Shape<Key extends string = string> {
  readonly span: Span;
  readonly entries: readonly (Entry & { readonly key: Key })[];
  get(key: Key): Entry | undefined;
}

export interface YamlText {
  readonly value: string;
  readonly span: Span;
  readonly quoted: boolean;
  /** Where in the file the character at an index of the value stands. */
  at(index: number): number;
}

const NULL = /^(?:~|null|Null|NULL)?$/;
const CORE_TAGS = /^(?:!|tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq))$/;

export type Access = ReturnType<typeof createAccess>;

export function createAccess(file: SourceFile, document: YamlDocument, findings: Findings) {
  const { report } = findings;
  /** Where something of the wrong kind stands: it is not said to lack keys as well. */
  const refused = new Set<number>();
  /** Keys that misspelt ones were meant to be, by their map and where it is told of: they are not missing as well. */
  const misspelt = new Map<string, Set<string>>();

  const spanOf = (node: ParsedNode): Span => ({ start: node.range[0], end: Math.max(node.range[0], node.range[1]) });
  /** The package has a key of no letters where the entry before it ends; it is where its `:` is. */
  const keySpanOf = (node: ParsedNode): Span => {
    const { start, end } = spanOf(node);
    if (end > start) return { start, end };
    const idle = /(?:\s|#.*)*/y;
    idle.lastIndex = start;
    idle.test(file.text);
    return { start: idle.lastIndex, end: idle.lastIndex };
  };

  /** What an alias stands for, and a tag checked. A refused alias is `undefined`, a blank is not. */
  function resolve(node: YamlNode): ParsedNode | undefined {
    const found = isAlias(node) ? document.target(node) : (node ?? undefined);
    const tag = (found as { tag?: string } | undefined)?.tag;
    if (found !== undefined && tag !== undefined && !CORE_TAGS.test(tag)) {
      report(spanOf(found), 'yaml-tag', { tag });
    }
    return found;
  }

  /** Nothing is written there (as in `fields:` alone). */
  const isBlank = (node: YamlNode): boolean =>
    node === null || node === undefined || (isScalar(node) && node.type === 'PLAIN' && node.value === '');
  const isQuoted = (node: Scalar): boolean => node.type !== 'PLAIN' || node.tag === 'tag:yaml.org,2002:str';
  const isNull = (node: YamlNode): boolean => isScalar(node) && !isQuoted(node) && NULL.test(String(node.value));

  /** What stands there is of another kind than is due: told with what is, or how that is written. */
  function wrongKind(node: ParsedNode, place: string, expected: Kind, form?: Form, known?: readonly string[]): void {
    refused.add(node.range[0]);
    const whole = spanOf(node);
    const span = { start: whole.start, end: whole.start + file.text.slice(whole.start, whole.end).trimEnd().length };
    const only = expected === 'text' ? alone(node) : undefined;
    const meant = only === undefined ? form?.meant?.(node) : file.text.slice(only.range[0], only.range[1]);
    const heads = form === forms.items || form === forms.values ? keyed(file, node) : undefined;
    const fixes =
      heads === undefined
        ? writeInstead(span, meant)
        : [{ title: 'write each under its id', edits: heads.map(({ text, ...span }) => ({ file, span, text })) }];
    const help = helpFor(expected, meant, form, known);
    report(
      span,
      'yaml-wrong-kind',
      { place, expected: inWords[expected], found: inWords[kindOf(node)], help },
      { fixes },
    );
  }

  function entries(node: YamlNode, place: string, form?: Form, known?: readonly string[]): readonly Entry[] {
    if (isBlank(node)) return [];
    const map = resolve(node);
    if (map === undefined) return [];
    if (!isMap(map)) {
      wrongKind(map, place, 'map', form, known);
      return [];
    }
    const seen = new Set<string>();
    const found: Entry[] = [];
    for (const { key: written, value } of map.items as Pair<ParsedNode, ParsedNode | null>[]) {
      const keyNode = isAlias(written) ? document.target(written) : written;
      if (!isScalar(keyNode)) {
        const at = written?.range;
        report({ start: at?.[0] ?? map.range[0], end: at?.[1] ?? map.range[0] }, 'yaml-key', {});
        continue;
      }
      const key = String(keyNode.value);
      const keySpan = keySpanOf(written);
      if (key === '<<' && !isQuoted(keyNode)) {
        report(keySpan, 'yaml-merge-key', {});
        continue;
      }
      if (seen.has(key)) {
        report(keySpan, 'yaml-duplicate-key', { key });
        continue;
      }
      seen.add(key);
      lostTail(keyNode as Scalar.Parsed);
      const end = value?.range?.[1] ?? keySpan.end;
      const span = { start: keySpan.start, end: Math.max(keySpan.end, end) };
      found.push({ key, keyNode: keyNode as Scalar.Parsed, keySpan, value, span });
    }
    return found;
  }

  function shape<Key extends string>(node: YamlNode, place: string, keys: readonly Key[], at: Span): Shape<Key> {
    const known: (Entry & { readonly key: Key })[] = [];
    const meant = new Set<string>();
    for (const entry of entries(node, place, formOf(keys), keys)) {
      if ((keys as readonly string[]).includes(entry.key)) known.push(entry as Entry & { readonly key: Key });
      else {
        const near = meantBy(entry.key, keys) ?? nearest(entry.key, keys);
        if (near !== undefined) meant.add(near);
        report(
          entry.keySpan,
          'yaml-unknown-key',
          { key: entry.key, place, nearest: near, known: list(keys, 'and') },
          { fixes: writeInstead(entry.keySpan, near) },
        );
      }
    }
    const resolved = resolve(node);
    const span = resolved === undefined || isBlank(resolved) ? at : spanOf(node!);
    if (meant.size > 0) for (const { start } of [at, span]) misspelt.set(`${start} ${place}`, meant);
    return {
      span,
      entries: known,
      get: key => known.find(entry => entry.key === key),
    };
  }

  function items(node: YamlNode, place: string, form?: Form): readonly ParsedNode[] {
    if (isBlank(node)) return [];
    const seq = resolve(node);
    if (seq === undefined) return [];
    if (!isSeq(seq)) {
      wrongKind(seq, place, 'list', form);
      return [];
    }
    return seq.items as ParsedNode[];
  }

  /** A text is what is written, quoted or not. */
  function text(node: YamlNode, place: string, at: Span, hint?: string): YamlText | undefined {
    if (isAlias(node) && document.target(node) === undefined) return undefined;
    const scalar = resolve(node);
    if (scalar === undefined || isNull(scalar)) {
      report(scalar === undefined || isBlank(scalar) ? at : spanOf(scalar), 'yaml-no-text', { place, hint });
      return undefined;
    }
    const span = spanOf(scalar);
    if (!isScalar(scalar)) {
      if (isMap(scalar) && file.text[span.start] === '{') {
        const value = file.text.slice(span.start, span.end);
        const fix = { title: 'put it in quotes', edits: [{ file, span, text: JSON.stringify(value) }] };
        report(span, 'yaml-unquoted-braces', {}, { fixes: [fix] });
        return { value, span, quoted: true, at: index => span.start + index };
      }
      wrongKind(scalar, place, 'text');
      return undefined;
    }
    lostTail(scalar);
    return textOf(scalar);
  }

  function textOf(scalar: Scalar.Parsed | (ParsedNode & Scalar)): YamlText {
    const span = spanOf(scalar as ParsedNode);
    const value = String(scalar.value);
    if (value.length > MAX_TEXT) report(span, 'text-too-long', {});
    const quoted = isQuoted(scalar);
    return { value, span, quoted, at: offsets(value, span) };
  }

  function offsets(value: string, span: Span): (index: number) => number {
    const first = file.text.startsWith(value, span.start)
      ? span.start
      : file.text.startsWith(value, span.start + 1)
        ? span.start + 1
        : undefined;
    if (first !== undefined) return index => first + index;
    return index => (index <= 0 ? span.start : index >= value.length - 1 ? span.end - 1 : span.start);
  }

  /** `Case #1` without quotes loses its tail. */
  function lostTail(scalar: Scalar): void {
    if (scalar.type !== 'PLAIN') return;
    const [start, end] = scalar.range!;
    if (start === end || (file.text[end] !== ' ' && file.text[end] !== '\t')) return;
    const blanks = /^[ \t]+(?=#[\p{L}\p{N}])/u.exec(file.text.slice(end, end + 200));
    if (blanks === null) return;
    const hash = end + blanks[0].length;
    const tail = file.text.slice(hash, file.line(file.position(hash).line).end).trimEnd();
    const span = { start: hash, end: hash + tail.length };
    const quoted = JSON.stringify(file.text.slice(start, span.end));
    const behind = { start: hash + 1, end: hash + 1 };
    const fixes = [
      { title: 'put it in quotes', edits: [{ file, span: { start, end: span.end }, text: quoted }] },
      { title: 'make it a comment', edits: [{ file, span: behind, text: ' ' }] },
    ];
    report(span, 'yaml-lost-tail', { tail }, { fixes });
  }

  /** The map that says of a plain text what it is, where the words that may stand beside it are plain. */
  function mapOf(key: string, { value, span, quoted }: YamlText): string {
    return `{ ${key}: ${quoted ? file.text.slice(span.start, span.end) : yamlText(value)} }`;
  }

  /** Each as a fix of its own. */
  const writeInstead = (span: Span, ...texts: readonly (string | undefined)[]): readonly Fix[] =>
    texts
      .filter(text => text !== undefined)
      .map(text => ({ title: `write \`${text}\``, edits: [{ file, span, text }] }));

  /** One of a few words. Case is free only where the words are switches. */
  function word<Word extends string>(
    node: YamlNode,
    place: string,
    words: readonly Word[],
    at: Span,
  ): { readonly word: Word; readonly span: Span } | undefined {
    const written = text(node, place, at);
    if (written === undefined) return undefined;
    const found = words.find(candidate => candidate === written.value);
    if (found !== undefined) return { word: found, span: written.span };
    const near = nearest(written.value, words);
    report(
      written.span,
      'yaml-unknown-word',
      { word: written.value, place, known: list(words), nearest: near },
      { fixes: writeInstead(written.span, near) },
    );
    return undefined;
  }

  const isMisspelt = ({ start }: Span, place: string, isDue: (key: string) => boolean): boolean =>
    [...(misspelt.get(`${start} ${place}`) ?? [])].some(isDue);

  function missingKey(span: Span, place: string, key: string): void {
    if (refused.has(span.start) || isMisspelt(span, place, meant => meant === key)) return;
    report(span, 'yaml-missing-key', { key, place });
  }

  /** Of several keys exactly one is due, and `found` are there. */
  function oneOf(span: Span, place: string, keys: string, found: number): void {
    if (refused.has(span.start)) return;
    if (found === 0 && isMisspelt(span, place, key => keys.includes(`\`${key}\``))) return;
    report(span, 'yaml-one-of-keys', { place, keys, found });
  }

  return {
    file,
    report,
    spanOf,
    resolve,
    isBlank,
    isNull,
    isQuoted,
    entries,
    shape,
    items,
    text,
    textOf,
    word,
    mapOf,
    writeInstead,
    wrongKind,
    missingKey,
    oneOf,
  };
}

const inWords: Readonly<Record<Kind, string>> = {
  map: 'a map of keys and values',
  list: 'a list',
  text: 'a text',
  alias: 'an alias',
};

function helpFor(
  expected: Kind,
  meant: string | undefined,
  form: Form | undefined,
  known: readonly string[] | undefined,
): string {
  if (meant !== undefined) return `write \`${meant}\``;
  if (form !== undefined) return `write it as in \`${form.example}\``;
  if (known !== undefined) return `its keys are ${list(known, 'and')}`;
  if (expected === 'map') return 'write each key with its value: `key: value`';
  if (expected === 'list') return 'write each entry on a line of its own, behind a `-`';
  return 'write one text behind the `:`';
}

export function list(words: readonly string[], joiner = 'or'): string {
  const quoted = words.map(word => `\`${word}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${joiner} ${quoted.at(-1)}`;
}
