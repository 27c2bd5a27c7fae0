/**
 * One pass of the `yaml` package over a text: its nodes with their offsets, every comment with its
 * place, and what each alias stands for. Scalars are left as they are written (the failsafe schema);
 * what a spelling means depends on where it stands, which only the reader knows. Never throws.
 */
import { type Alias, Composer, isAlias, isCollection, isPair, Lexer, type ParsedNode, Parser } from 'yaml';
import type { Comment } from '../ast.ts';
import type { Findings } from '../messages/index.ts';
import type { SourceFile } from '../source.ts';

export interface YamlDocument {
  readonly contents: ParsedNode | null;
  readonly comments: readonly Comment[];
  /** What an alias stands for; nothing if it was refused. */
  target(alias: Alias): ParsedNode | undefined;
}

export const emptyDocument: YamlDocument = { contents: null, comments: [], target: () => undefined };

/** An alias may not make the document larger than this many times what is written. */
const MAX_GROWTH = 10;

type Documents = ReturnType<Composer['end']> extends Generator<infer D> ? D[] : never;

export function loadDocument(file: SourceFile, findings: Findings): YamlDocument {
  const comments: Comment[] = [];
  const documents: Documents = [];
  try {
    compose(file.text, comments, documents);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    findings.report({ start: 0, end: 0 }, 'nested-too-deep', {});
    return { contents: null, comments, target: () => undefined };
  }
  const [document, second] = documents;
  if (document === undefined) return { contents: null, comments, target: () => undefined };
  for (const { code, pos, message } of document.errors) {
    const span = { start: pos[0], end: Math.max(pos[0], Math.min(pos[1], file.text.length)) };
    if (code === 'RESOURCE_EXHAUSTION') findings.report(span, 'nested-too-deep', {});
    else findings.report(span, 'yaml-syntax', { problem: inOurVoice(message) });
    break;
  }
  if (second !== undefined) {
    const start = second.contents?.range[0] ?? second.range[0];
    findings.report({ start, end: start }, 'yaml-several-documents', {});
  }
  const targets = file.text.includes('*') ? aliasTargets(document.contents, findings) : new Map<Alias, ParsedNode>();
  return { contents: document.contents, comments, target: alias => targets.get(alias) };
}

const SCALAR_MARK = '\x1f';
/** Is it one document of YAML, whatever it says? */
export function isYaml(text: string): boolean {
  const documents: Documents = [];
  try {
    compose(text, [], documents);
  } catch {
    return false;
  }
  return documents.length < 2 && documents.every(({ errors }) => errors.length === 0);
}

/** Marks that the package's lexer puts between the pieces of the text; they have no width. */
export const MARKS: ReadonlySet<string> = new Set(['\x02', '\x18', SCALAR_MARK]);

function compose(text: string, comments: Comment[], documents: Documents): void {
  const parser = new Parser();
  const composer = new Composer({
    schema: 'failsafe',
    resolveKnownTags: false,
    version: '1.2',
    uniqueKeys: false,
    prettyErrors: false,
  });
  let offset = 0;
  let scalar = false;
  let lineStart = true;
  for (const piece of new Lexer().lex(text)) {
    const mark = MARKS.has(piece);
    if (!scalar && !mark) {
      if (piece[0] === '#') {
        const span = { start: offset, end: offset + piece.length };
        comments.push({ span, text: piece.slice(1).trimEnd(), ownLine: lineStart });
      }
      if (piece[0] === '\n' || piece[0] === '\r') lineStart = true;
      else if (piece.trim() !== '') lineStart = false;
    } else if (!mark) lineStart = piece.endsWith('\n');
    scalar = piece === SCALAR_MARK;
    if (!mark) offset += piece.length;
    for (const token of parser.next(piece)) documents.push(...composer.next(token));
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end());
}

const inOurVoice = (message: string): string => {
  const line = message.split('\n')[0]!.replace(/\.$/, '');
  return line.slice(0, 1).toLowerCase() + line.slice(1);
};

/**
 * An alias means the nearest anchor of its name above it. Sizes are counted with aliases filled in,
 * so a bomb is refused before anybody reads through it.
 */
function aliasTargets(contents: ParsedNode | null, findings: Findings): Map<Alias, ParsedNode> {
  const targets = new Map<Alias, ParsedNode>();
  if (contents === null) return targets;
  const anchors = new Map<string, ParsedNode>();
  const open = new Set<unknown>();
  const sizes = new Map<unknown, number>();
  let written = 0;
  let total = 0;
  const refuse = (alias: Alias, problem: string) => {
    const [start, end] = alias.range!;
    findings.report({ start, end }, 'yaml-alias', { name: alias.source, problem });
  };
  const size = (node: unknown): number => {
    written++;
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target === undefined) {
        refuse(node, 'refers to nothing above it');
        return 1;
      }
      if (open.has(target)) {
        refuse(node, 'refers to itself');
        return 1;
      }
      const grown = sizes.get(target)!;
      if (total + grown > MAX_GROWTH * Math.max(written, 100)) {
        refuse(node, `makes the document more than ${MAX_GROWTH} times as large as it is written`);
        return 1;
      }
      targets.set(node, target);
      total += grown;
      return grown;
    }
    const anchor = (node as ParsedNode | null)?.anchor;
    if (anchor !== undefined) anchors.set(anchor, node as ParsedNode);
    if (!isCollection(node)) {
      if (anchor !== undefined) sizes.set(node, 1);
      total++;
      return 1;
    }
    open.add(node);
    let sum = 1;
    total++;
    for (const child of node.items) sum += isPair(child) ? size(child.key) + size(child.value) : size(child);
    open.delete(node);
    sizes.set(node, sum);
    return sum;
  };
  size(contents);
  return targets;
}
