/**
 * Ties the worker's answers to Monaco, a few lines a service. One registration serves every editor of the page:
 * the worker behind it is whichever one the open page uses.
 */
import { filterOf } from '../language/filter.ts';
import type { CompletionKind } from '../language/index.ts';
import type { LanguageClient } from './client.ts';
import {
  completionKinds,
  hoverOf,
  locationsOf,
  markerOf,
  modelOf,
  pathOf,
  rangeOf,
  symbolOf,
  workspaceEdit,
} from './convert.ts';
import type { Answer, Arguments, Problem, Question } from './protocol.ts';
import { languageIds, monaco } from './setup.ts';

type Model = monaco.editor.ITextModel;

let client: LanguageClient | undefined;
let runs: ReadonlyMap<string, string> = new Map();
const lensesChanged = new monaco.Emitter<monaco.languages.CodeLensProvider>();
const hintsChanged = new monaco.Emitter<void>();

export const serveWith = (given: LanguageClient | undefined): void => {
  client = given;
};

/** What a lens says of an item's last run, by its id. */
export const showRuns = (given: ReadonlyMap<string, string>): void => {
  runs = given;
  lensesChanged.fire(lensProvider);
};

/** A list of suggestions without the names that were still to be read, and the text and place that it was for. */
let unfinished: { readonly model: Model; readonly version: number; readonly offset: number } | undefined;

/** What stands beside the text, and what can be written there, depends on what is known of the org and the site. */
export const lookAgain = (editor: monaco.editor.ICodeEditor | undefined): void => {
  lensesChanged.fire(lensProvider);
  hintsChanged.fire();
  const model = editor?.getModel();
  const position = editor?.getPosition();
  if (unfinished === undefined || !model || !position || !editor!.hasTextFocus()) return;
  const { version, offset } = unfinished;
  if (model !== unfinished.model || model.getVersionId() !== version || model.getOffsetAt(position) !== offset) return;
  unfinished = undefined;
  // An open list is not asked for again.
  editor!.trigger('bridge', 'hideSuggestWidget', null);
  editor!.trigger('bridge', 'editor.action.triggerSuggest', { auto: true });
};

export function showProblems(problems: readonly Problem[]): void {
  for (const model of monaco.editor.getModels()) {
    if (model.uri.scheme !== 'bridge') continue;
    const path = pathOf(model.uri);
    const own = problems.filter(problem => problem.path === path);
    monaco.editor.setModelMarkers(
      model,
      'bridge',
      own.map(problem => markerOf(model, problem)),
    );
  }
}

const at = (model: Model, position: monaco.Position) => [pathOf(model.uri), model.getOffsetAt(position)] as const;

/** Nothing where nobody answers, or where the text is closed by then; the page itself says that a part did not load. */
async function ask<Q extends Question>(
  model: Model,
  question: Q,
  ...given: Arguments<Q>
): Promise<Answer<Q> | undefined> {
  try {
    const answer = await client?.ask(question, ...given);
    return model.isDisposed() ? undefined : answer;
  } catch {
    return undefined;
  }
}

/** The same for edits, which are for the very text that was asked about. */
async function askEdits<Q extends Question>(model: Model, question: Q, ...given: Arguments<Q>) {
  const version = model.getVersionId();
  const answer = await ask(model, question, ...given);
  return answer === undefined || model.getVersionId() !== version ? undefined : answer;
}

const lensProvider: monaco.languages.CodeLensProvider = {
  onDidChange: lensesChanged.event,
  async provideCodeLenses(model) {
    const found = (await ask(model, 'lenses', pathOf(model.uri))) ?? [];
    const lenses = found.flatMap(({ item, span, cost, partial }) => {
      const range = rangeOf(model, { start: span.start, end: span.start });
      const said = [
        cost === undefined
          ? partial === true
            ? 'not checked yet: what it names is still to be read'
            : 'not checked: it has errors'
          : `${cost.callsPerCycle} Salesforce ${cost.callsPerCycle === 1 ? 'call' : 'calls'} a cycle for the whole program, ${cost.callsPerDay} a day`,
        runs.get(item),
      ].filter(text => text !== undefined);
      return [{ range, id: item, command: { id: '', title: said.join(' · ') } }];
    });
    return { lenses, dispose: () => {} };
  },
};

/** Of these there is nothing to be read. */
const words: ReadonlySet<CompletionKind> = new Set(['clause', 'keyword', 'snippet', 'table', 'item']);

/** Stands in the list until there is something; whoever takes it changes nothing. */
function stillReading(model: Model, { lineNumber, column }: monaco.Position): monaco.languages.CompletionItem {
  const { word, startColumn } = model.getWordUntilPosition({ lineNumber, column });
  return {
    label: 'reading fields…',
    // Those of texts are hidden.
    kind: monaco.languages.CompletionItemKind.Event,
    range: new monaco.Range(lineNumber, startColumn, lineNumber, column),
    insertText: word,
    filterText: word,
  };
}

for (const id of Object.values(languageIds)) {
  const { languages } = monaco;
  languages.registerCompletionItemProvider(id, {
    triggerCharacters: ['.', '"', '>', '<', ',', ':', ' '],
    async provideCompletionItems(model, position) {
      const [path, offset] = at(model, position);
      const version = model.getVersionId();
      const found = (await ask(model, 'complete', path, offset)) ?? [];
      const isNamed = found.some(({ kind }) => !words.has(kind));
      const reading = !isNamed && (await ask(model, 'isReading', path, offset)) === true;
      unfinished = reading ? { model, version, offset } : undefined;
      if (reading && found.length === 0) return { suggestions: [stillReading(model, position)], incomplete: true };
      const text = model.getValue();
      const suggestions = found.map(
        (one, order): monaco.languages.CompletionItem => ({
          label: one.detail === undefined ? one.label : { label: one.label, description: one.detail },
          kind: completionKinds[one.kind],
          range: rangeOf(model, one.span),
          insertText: one.snippet ?? one.insert,
          sortText: String(order).padStart(5, '0'),
          ...(one.snippet === undefined
            ? {}
            : { insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet }),
          ...(one.about === undefined ? {} : { documentation: one.about }),
          filterText: filterOf(one, text),
          ...(one.preferred === true ? { preselect: true } : {}),
        }),
      );
      return { suggestions };
    },
  });
  languages.registerHoverProvider(id, {
    async provideHover(model, position) {
      const found = await ask(model, 'hover', ...at(model, position));
      return found === undefined ? null : hoverOf(model, found);
    },
  });
  languages.registerDefinitionProvider(id, {
    provideDefinition: async (model, position) =>
      locationsOf((await ask(model, 'define', ...at(model, position))) ?? []),
  });
  languages.registerReferenceProvider(id, {
    provideReferences: async (model, position) =>
      locationsOf((await ask(model, 'references', ...at(model, position))) ?? []),
  });
  languages.registerRenameProvider(id, {
    async resolveRenameLocation(model, position) {
      const found = await ask(model, 'renameable', ...at(model, position));
      const none = { range: new monaco.Range(1, 1, 1, 1), text: '' };
      if (found === undefined)
        return { ...none, rejectReason: 'only an item’s or a value table’s id can be renamed here' };
      return { range: rangeOf(model, found.span), text: found.id };
    },
    async provideRenameEdits(model, position, name) {
      const answer = await askEdits(model, 'rename', ...at(model, position), name);
      if (answer === undefined) return { edits: [] };
      return 'refused' in answer ? { edits: [], rejectReason: answer.refused } : workspaceEdit(answer.edits);
    },
  });
  languages.registerDocumentFormattingEditProvider(id, {
    async provideDocumentFormattingEdits(model) {
      const answer = await askEdits(model, 'format', pathOf(model.uri));
      if (answer === undefined || 'refused' in answer) return [];
      return answer.edits.map(({ span, text }) => ({ range: rangeOf(model, span), text }));
    },
  });
  languages.registerCodeActionProvider(id, {
    async provideCodeActions(model, range) {
      const start = model.getOffsetAt(range.getStartPosition());
      const end = model.getOffsetAt(range.getEndPosition());
      const found = (await askEdits(model, 'quickFixes', pathOf(model.uri), start, end)) ?? [];
      const markers = monaco.editor.getModelMarkers({ resource: model.uri, owner: 'bridge' });
      const actions = found.map(fix => {
        const { startLineNumber, startColumn } = rangeOf(model, fix.span);
        const answers = markers.filter(
          marker =>
            marker.code === fix.code &&
            marker.startLineNumber === startLineNumber &&
            marker.startColumn === startColumn,
        );
        return {
          title: fix.title,
          kind: 'quickfix',
          diagnostics: answers,
          isPreferred: fix.preferred,
          edit: workspaceEdit(fix.edits),
        };
      });
      return { actions, dispose: () => {} };
    },
  });
  languages.registerDocumentSymbolProvider(id, {
    displayName: 'Salesforce Bridge',
    provideDocumentSymbols: async model =>
      ((await ask(model, 'outline', pathOf(model.uri))) ?? []).map(symbol => symbolOf(model, symbol)),
  });
  languages.registerFoldingRangeProvider(id, {
    provideFoldingRanges: async model =>
      ((await ask(model, 'fold', pathOf(model.uri))) ?? []).map(({ span, kind }) => {
        const { startLineNumber, endLineNumber } = rangeOf(model, span);
        return {
          start: startLineNumber,
          end: endLineNumber,
          ...(kind === 'comment' ? { kind: languages.FoldingRangeKind.Comment } : {}),
        };
      }),
  });
  languages.registerInlayHintsProvider(id, {
    onDidChangeInlayHints: hintsChanged.event,
    async provideInlayHints(model, range) {
      const [start, end] = [range.getStartPosition(), range.getEndPosition()].map(each => model.getOffsetAt(each));
      const found = (await ask(model, 'hints', pathOf(model.uri), start!, end!)) ?? [];
      const hints = found.map(({ offset, text }) => ({
        label: text,
        position: model.getPositionAt(offset),
        paddingLeft: true,
      }));
      return { hints, dispose: () => {} };
    },
  });
  languages.registerCodeLensProvider(id, lensProvider);
}

/** Opens what another file defines; the page decides how. */
export function whenOpened(open: (path: string, line: number, column: number) => void): monaco.IDisposable {
  return monaco.editor.registerEditorOpener({
    openCodeEditor(source, resource, place) {
      // Within one file Monaco goes there itself.
      if (source.getModel()?.uri.toString() === resource.toString()) return false;
      if (resource.scheme !== 'bridge' || modelOf(pathOf(resource)) === null) return false;
      const [line, column] =
        place === undefined
          ? [1, 1]
          : 'lineNumber' in place
            ? [place.lineNumber, place.column]
            : [place.startLineNumber, place.startColumn];
      open(pathOf(resource), line, column);
      return true;
    },
  });
}
