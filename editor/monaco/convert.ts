/** The services' plain values as Monaco's: offsets become positions, kinds become its own. No deciding happens here. */
import type { Severity, Span } from '../../dsl/index.ts';
import type { CompletionKind, Hover, OutlineSymbol, TextEdit } from '../language/index.ts';
import { hoverMarkdown } from '../language/markup.ts';
import type { Problem } from './protocol.ts';
import { monaco } from './setup.ts';

type Model = monaco.editor.ITextModel;

export const uriOf = (path: string): monaco.Uri => monaco.Uri.from({ scheme: 'bridge', path: `/${path}` });
export const pathOf = (uri: monaco.Uri): string => uri.path.slice(1);
export const modelOf = (path: string): Model | null => monaco.editor.getModel(uriOf(path));

export const rangeOf = (model: Model, { start, end }: Span): monaco.Range =>
  monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));

const severities: Readonly<Record<Severity, monaco.MarkerSeverity>> = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  hint: monaco.MarkerSeverity.Info,
};

export function markerOf(model: Model, problem: Problem): monaco.editor.IMarkerData {
  const { startLineNumber, startColumn, endLineNumber, endColumn } = rangeOf(model, problem.span);
  const sentence = (text: string | undefined) => (text === undefined ? '' : `\n${text}`);
  return {
    severity: severities[problem.severity],
    code: problem.code,
    // Monaco shows this as plain text.
    message: (problem.message + sentence(problem.reason) + sentence(problem.help)).replace(/`([^`]*)`/g, '“$1”'),
    startLineNumber,
    startColumn,
    endLineNumber,
    // An empty place is shown as one character.
    endColumn: startLineNumber === endLineNumber && startColumn === endColumn ? endColumn + 1 : endColumn,
    relatedInformation: problem.related.flatMap(({ path, span, message }) => {
      const other = modelOf(path);
      return other === null ? [] : [{ resource: other.uri, message, ...plainRange(rangeOf(other, span)) }];
    }),
  };
}

const plainRange = ({ startLineNumber, startColumn, endLineNumber, endColumn }: monaco.Range) => ({
  startLineNumber,
  startColumn,
  endLineNumber,
  endColumn,
});

export function locationsOf(
  found: readonly { readonly path: string; readonly span: Span }[],
): monaco.languages.Location[] {
  return found.flatMap(({ path, span }) => {
    const model = modelOf(path);
    return model === null ? [] : [{ uri: model.uri, range: rangeOf(model, span) }];
  });
}

export const workspaceEdit = (edits: readonly TextEdit[]): monaco.languages.WorkspaceEdit => ({
  edits: edits.flatMap(({ path, span, text }) => {
    const model = modelOf(path);
    return model === null
      ? []
      : [{ resource: model.uri, versionId: undefined, textEdit: { range: rangeOf(model, span), text } }];
  }),
});

export const hoverOf = (model: Model, hover: Hover): monaco.languages.Hover => ({
  range: rangeOf(model, hover.span),
  contents: hoverMarkdown(hover).map(value => ({ value })),
});

const { CompletionItemKind, SymbolKind } = monaco.languages;
export const completionKinds: Readonly<Record<CompletionKind, monaco.languages.CompletionItemKind>> = {
  clause: CompletionItemKind.Keyword,
  keyword: CompletionItemKind.Keyword,
  object: CompletionItemKind.Class,
  field: CompletionItemKind.Field,
  relationship: CompletionItemKind.Reference,
  'jira-field': CompletionItemKind.Property,
  project: CompletionItemKind.Module,
  'issue-type': CompletionItemKind.Struct,
  status: CompletionItemKind.Event,
  value: CompletionItemKind.Value,
  table: CompletionItemKind.Enum,
  item: CompletionItemKind.Class,
  snippet: CompletionItemKind.Snippet,
};

const symbolKinds: Readonly<Record<OutlineSymbol['kind'], monaco.languages.SymbolKind>> = {
  item: SymbolKind.Class,
  values: SymbolKind.Enum,
  test: SymbolKind.Method,
  clause: SymbolKind.Property,
  mapping: SymbolKind.Field,
  row: SymbolKind.EnumMember,
  rule: SymbolKind.Event,
  step: SymbolKind.Event,
};

export const symbolOf = (model: Model, symbol: OutlineSymbol): monaco.languages.DocumentSymbol => ({
  name: symbol.name || symbol.kind,
  detail: symbol.detail,
  kind: symbolKinds[symbol.kind],
  tags: [],
  range: rangeOf(model, symbol.span),
  selectionRange: rangeOf(model, symbol.selection),
  children: symbol.children.map(child => symbolOf(model, child)),
});
