/**
 * Typed access to YAML nodes: maps with the keys that may stand in them, lists, texts, words. Each
 * complaint is made here, once, with a place in the file; the reader above it only says what is due
 * where. A `place` is how a sentence names the spot: "a mapping", "`moveTo`".
 */
import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, type Scalar } from 'yaml';
import { MAX_TEXT } from '../limits.ts';
import type { Findings } from '../messages/index.ts';
import { nearest } from '../nearest.ts';
import type { SourceFile, Span } from '../source.ts';
import type { YamlDocument } from './document.ts';

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

  const kindOf = (node: ParsedNode): string =>
    isMap(node) ? 'a map' : isSeq(node) ? 'a list' : isScalar(node) ? 'a text' : 'an alias';

  function wrongKind(node: ParsedNode, place: string, expected: string): void {
    refused.add(node.range[0]);
    report(spanOf(node), 'yaml-wrong-kind', { place, expected, found: kindOf(node) });
  }

  function entries(node: YamlNode, place: string): readonly Entry[] {
    if (isBlank(node)) return [];
    const map = resolve(node);
    if (map === undefined) return [];
    if (!isMap(map)) {
      wrongKind(map, place, 'a map');
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
    for (const entry of entries(node, place)) {
      if ((keys as readonly string[]).includes(entry.key)) known.push(entry as Entry & { readonly key: Key });
      else {
        const near = nearest(entry.key, keys);
        const fixes =
          near === undefined
            ? []
            : [{ title: `write \`${near}\``, edits: [{ file, span: entry.keySpan, text: near }] }];
        report(
          entry.keySpan,
          'yaml-unknown-key',
          { key: entry.key, place, nearest: near, known: list(keys, 'and') },
          { fixes },
        );
      }
    }
    const resolved = resolve(node);
    return {
      span: resolved === undefined || isBlank(resolved) ? at : spanOf(node!),
      entries: known,
      get: key => known.find(entry => entry.key === key),
    };
  }

  function items(node: YamlNode, place: string): readonly ParsedNode[] {
    if (isBlank(node)) return [];
    const seq = resolve(node);
    if (seq === undefined) return [];
    if (!isSeq(seq)) {
      wrongKind(seq, place, 'a list');
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
      wrongKind(scalar, place, 'a text');
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
    const fixes =
      near === undefined ? [] : [{ title: `write \`${near}\``, edits: [{ file, span: written.span, text: near }] }];
    report(
      written.span,
      'yaml-unknown-word',
      { word: written.value, place, known: list(words), nearest: near },
      { fixes },
    );
    return undefined;
  }

  function missingKey(span: Span, place: string, key: string): void {
    if (!refused.has(span.start)) report(span, 'yaml-missing-key', { key, place });
  }

  /** Of several keys exactly one is due, and `found` are there. */
  function oneOf(span: Span, place: string, keys: string, found: number): void {
    if (!refused.has(span.start)) report(span, 'yaml-one-of-keys', { place, keys, found });
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
    wrongKind,
    missingKey,
    oneOf,
  };
}

export function list(words: readonly string[], joiner = 'or'): string {
  const quoted = words.map(word => `\`${word}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${joiner} ${quoted.at(-1)}`;
}
