/** The small pieces of a YAML program: names, texts, paths, literals, switches. Each says what is wrong with it, and is whole. */
import { isScalar, isSeq, type ParsedNode, type Scalar } from 'yaml';
import type * as ast from '../ast.ts';
import * as leaf from '../leaves.ts';
import type { Span } from '../source.ts';
import type { Access, Entry, YamlNode, YamlText } from './access.ts';

export type YamlLeaves = ReturnType<typeof createLeaves>;

export const gone = (at: Span): ast.Missing => leaf.missing(at.start);
export const nameOf = (text: YamlText): ast.Name => ({ kind: 'name', span: text.span, text: text.value });
export const textNode = (text: YamlText): ast.Text => ({ kind: 'text', span: text.span, value: text.value });

export function createLeaves(yaml: Access) {
  const { report } = yaml;

  function name(entry: Entry | undefined, place: string, at: Span): ast.Name | ast.Missing {
    if (entry === undefined) return gone(at);
    const text = yaml.text(entry.value, place, entry.keySpan);
    return text === undefined ? gone(entry.keySpan) : nameOf(text);
  }
  function text(node: YamlNode, place: string, at: Span): ast.Text | ast.Missing {
    const found = yaml.text(node, place, at);
    return found === undefined ? gone(at) : textNode(found);
  }
  function pathOf(written: YamlText): ast.Path {
    const path = leaf.pathLeaf(written.value, written.at);
    if (path !== undefined) return path;
    report(written.span, 'yaml-not-a-path', { written: written.value });
    return { kind: 'path', span: written.span, segments: [nameOf(written)] };
  }
  function path(node: YamlNode, place: string, at: Span): ast.Path | ast.Missing {
    const written = yaml.text(node, place, at);
    return written === undefined ? gone(at) : pathOf(written);
  }
  function jiraField(node: YamlNode, place: string, at: Span): ast.JiraField | ast.Missing {
    const written = yaml.text(node, place, at);
    return written === undefined ? gone(at) : { kind: 'jira-field', span: written.span, name: written.value };
  }
  const keyText = (entry: Entry): YamlText => yaml.textOf(entry.keyNode);
  const template = (written: YamlText): ast.Template =>
    leaf.templateLeaf(written.value, written.span, written.at, problem => {
      const { code, span, ...holes } = problem;
      if (code !== 'unclosed-text') report(span, code, holes as never);
    });

  function literalOf(scalar: Scalar): ast.Literal {
    const written = yaml.textOf(scalar as ParsedNode & Scalar);
    if (!written.quoted) {
      if (/^(?:true|false)$/i.test(written.value)) {
        return { kind: 'boolean', span: written.span, value: /^true$/i.test(written.value), raw: written.value };
      }
      if (/^-?\d/.test(written.value)) {
        const digits = leaf.digitsLeaf(written.value, written.span.start);
        if (digits !== undefined) return { ...digits, span: written.span };
      }
    }
    return textNode(written);
  }
  function literal(node: YamlNode, place: string, at: Span, hint?: string): ast.Literal | ast.Missing {
    const scalar = yaml.resolve(node);
    if (isScalar(scalar) && !yaml.isNull(scalar)) {
      yaml.text(scalar, place, at, hint);
      return literalOf(scalar);
    }
    const written = yaml.text(node, place, at, hint);
    return written === undefined ? gone(at) : textNode(written);
  }
  function value(node: YamlNode, place: string, at: Span): ast.Value | ast.Missing {
    const found = yaml.resolve(node);
    if (found !== undefined && yaml.isNull(found) && !yaml.isBlank(found)) {
      return { kind: 'empty', span: yaml.spanOf(found) };
    }
    if (!isSeq(found)) return literal(node, place, at, 'write `null` if it is to be empty');
    const span = yaml.spanOf(found);
    const values = (found.items as ParsedNode[]).map(item => literal(item, place, span));
    if (values.length > 0) return { kind: 'list', span, values };
    report(span, 'yaml-no-text', { place, hint: 'write `null` if it is to be empty' });
    return gone(span);
  }

  /** `on off yes no true false`, in any capitals, as `on` or `off`; another word is for the checks. */
  function switchOf(entry: Entry, place: string): ast.Name | ast.Missing {
    const written = yaml.text(entry.value, place, entry.keySpan);
    if (written === undefined) return gone(entry.keySpan);
    const lower = written.value.toLowerCase();
    const state = ['on', 'yes', 'true'].includes(lower) ? 'on' : ['off', 'no', 'false'].includes(lower) ? 'off' : lower;
    return { kind: 'name', span: written.span, text: state };
  }
  /** Only `true` and `false` in any capitals. */
  function flag(entry: Entry, place: string): boolean {
    const written = yaml.text(entry.value, place, entry.keySpan);
    const lower = written?.value.toLowerCase();
    if (written !== undefined && lower !== 'true' && lower !== 'false') {
      report(written.span, 'yaml-unknown-word', { word: written.value, place, known: '`true` or `false`' });
    }
    return lower === 'true';
  }
  /** A key that has nothing but `true` to say. */
  function mustBeTrue(entry: Entry, place: string): void {
    const written = yaml.text(entry.value, place, entry.keySpan);
    if (written !== undefined && written.value.toLowerCase() !== 'true') {
      report(written.span, 'yaml-unknown-word', { word: written.value, place, known: '`true`' });
    }
  }
  function number(entry: Entry, place: string): ast.NumberLiteral | ast.Missing {
    const written = yaml.text(entry.value, place, entry.keySpan);
    if (written === undefined) return gone(entry.keySpan);
    if (!written.quoted && leaf.classifyDigits(written.value) === 'number') {
      return { ...leaf.numberLeaf(written.value, written.span.start), span: written.span };
    }
    report(written.span, 'yaml-wrong-kind', {
      place,
      expected: 'a number',
      found: `\`${written.value}\``,
      help: 'write it in digits alone, without quotes',
    });
    return gone(written.span);
  }

  return {
    name,
    text,
    pathOf,
    path,
    jiraField,
    keyText,
    template,
    literalOf,
    literal,
    value,
    switchOf,
    flag,
    mustBeTrue,
    number,
  };
}
