/** What the language services give, as the protocol wants it: lines and characters from 0, addresses of files, kinds by number. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeLens,
  type CompletionItem,
  CompletionItemKind,
  type Diagnostic,
  DiagnosticSeverity,
  type DocumentSymbol,
  type FoldingRange,
  type Hover,
  type InlayHint,
  InsertTextFormat,
  type Location,
  type Position,
  type Range,
  SymbolKind,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import type { SourceFile, Span } from '../../../dsl/index.ts';
import { filterOf } from '../../../editor/language/filter.ts';
import type * as language from '../../../editor/language/index.ts';
import { hoverMarkdown } from '../../../editor/language/markup.ts';

export function positionOf(file: SourceFile, offset: number): Position {
  const { line, column } = file.position(Math.min(offset, file.text.length));
  return { line: line - 1, character: column - 1 };
}
/** A place behind the end of its line counts as the end. */
export function offsetOf(file: SourceFile, { line, character }: Position): number {
  if (line >= file.lineCount) return file.text.length;
  const { start, end } = file.line(line + 1);
  return Math.min(start + character, end);
}
export const rangeOf = (file: SourceFile, { start, end }: Span): Range => ({
  start: positionOf(file, start),
  end: positionOf(file, end),
});

/** From a path of the folder to the address that the editor knows it by, and its text. */
export interface Files {
  uri(path: string): string;
  file(path: string): SourceFile | undefined;
}

const edit = (file: SourceFile, { span, text }: { readonly span: Span; readonly text: string }): TextEdit => ({
  range: rangeOf(file, span),
  newText: text,
});
export function workspaceEdit(files: Files, edits: readonly language.TextEdit[]): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const one of edits) {
    const file = files.file(one.path);
    if (file === undefined) continue;
    const uri = files.uri(one.path);
    changes[uri] = [...(changes[uri] ?? []), edit(file, one)];
  }
  return { changes };
}
export const textEdits = (file: SourceFile, edits: readonly language.TextEdit[]): TextEdit[] =>
  edits.map(one => edit(file, one));

export function locations(files: Files, found: readonly language.Location[]): Location[] {
  return found.flatMap(({ path, span }) => {
    const file = files.file(path);
    return file === undefined ? [] : [{ uri: files.uri(path), range: rangeOf(file, span) }];
  });
}

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Information,
} as const;
export function diagnostic(files: Files, file: SourceFile, found: language.Finding): Diagnostic {
  const { code, severity, span, message, reason, help, related } = found;
  return {
    range: rangeOf(file, span),
    severity: severities[severity],
    code,
    source: 'bridge',
    message: [message, reason, help && `help: ${help}`].filter(Boolean).join('\n'),
    relatedInformation: related.flatMap(one =>
      locations(files, [one]).map(location => ({ location, message: one.message })),
    ),
  };
}

export const codeAction = (files: Files, fix: language.QuickFix): CodeAction => ({
  title: fix.title,
  kind: CodeActionKind.QuickFix,
  isPreferred: fix.preferred,
  edit: workspaceEdit(files, fix.edits),
});

const kinds: Readonly<Record<language.CompletionKind, CompletionItemKind>> = {
  clause: CompletionItemKind.Keyword,
  keyword: CompletionItemKind.Keyword,
  object: CompletionItemKind.Class,
  field: CompletionItemKind.Field,
  relationship: CompletionItemKind.Reference,
  'jira-field': CompletionItemKind.Property,
  project: CompletionItemKind.Module,
  'issue-type': CompletionItemKind.Struct,
  status: CompletionItemKind.EnumMember,
  value: CompletionItemKind.Value,
  table: CompletionItemKind.Variable,
  item: CompletionItemKind.Variable,
  snippet: CompletionItemKind.Snippet,
};
export function completionItem(file: SourceFile, one: language.Completion, snippets: boolean): CompletionItem {
  const { label, kind, insert, snippet, span, detail, about, preferred } = one;
  const asSnippet = snippets && snippet !== undefined;
  return {
    label,
    kind: kinds[kind],
    textEdit: { range: rangeOf(file, span), newText: asSnippet ? snippet : insert },
    insertTextFormat: asSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    filterText: filterOf(one, file.text),
    ...(detail === undefined ? {} : { detail }),
    ...(about === undefined || about === '' ? {} : { documentation: about }),
    ...(preferred ? { sortText: ` ${label}` } : {}),
  };
}

export const hoverOf = (file: SourceFile, hover: language.Hover): Hover => ({
  range: rangeOf(file, hover.span),
  contents: { kind: 'markdown', value: hoverMarkdown(hover).join('\n\n') },
});

const symbols: Readonly<Record<language.OutlineSymbol['kind'], SymbolKind>> = {
  item: SymbolKind.Class,
  values: SymbolKind.Enum,
  test: SymbolKind.Method,
  clause: SymbolKind.Property,
  mapping: SymbolKind.Field,
  row: SymbolKind.EnumMember,
  rule: SymbolKind.Event,
  step: SymbolKind.Constant,
};
export const documentSymbol = (file: SourceFile, symbol: language.OutlineSymbol): DocumentSymbol => ({
  name: symbol.name,
  detail: symbol.detail,
  kind: symbols[symbol.kind],
  range: rangeOf(file, symbol.span),
  selectionRange: rangeOf(file, symbol.selection),
  children: symbol.children.map(child => documentSymbol(file, child)),
});

export function foldingRange(file: SourceFile, { span, kind }: language.Fold): FoldingRange {
  const startLine = positionOf(file, span.start).line;
  return { startLine, endLine: positionOf(file, span.end).line, ...(kind === 'comment' ? { kind } : {}) };
}

export const inlayHint = (file: SourceFile, { offset, text }: language.Hint): InlayHint => ({
  position: positionOf(file, offset),
  label: text,
  paddingLeft: true,
});

/** Text alone: there is nothing to run. */
export function codeLens(file: SourceFile, { span, cost }: language.Lens): CodeLens[] {
  if (cost === undefined) return [];
  const { queries, perChange } = cost;
  const title =
    queries.length === 0
      ? 'nothing on the schedule'
      : `asks for ${queries.join(', ')} in a cycle; a changed record: at most ${perChange.record.calls} calls and ${perChange.record.points} points`;
  return [{ range: rangeOf(file, span), command: { title, command: '' } }];
}
