/**
 * The code beside the form: a view of the page's files that tells every keystroke and takes every change from
 * outside as a small edit, so that the cursor and the undo history stay.
 */
import { useEffect, useRef } from 'react';
import { notationOf } from '../../dsl/source.ts';
import type { LanguageClient } from './client.ts';
import { modelOf, uriOf } from './convert.ts';
import type { Files, Problem } from './protocol.ts';
import { lookAgain, serveWith, showProblems, showRuns, whenOpened } from './providers.ts';
import { languageIds, monaco } from './setup.ts';

export interface Place {
  readonly path: string;
  readonly line: number;
  /** The line's first letter unless said. */
  readonly column?: number;
}

export interface CodeEditorProps {
  readonly client: LanguageClient;
  /** As the page draws them. */
  readonly files: Files;
  /** As they are now, what was typed a moment ago among them. */
  texts(): Files;
  readonly path: string;
  readonly problems: readonly Problem[];
  /** Another number where what the code is checked against changed: beside the text stands what comes of it. */
  readonly known: number;
  /** What is said above an item of its last run. */
  readonly runs: ReadonlyMap<string, string>;
  /** A place to show; a new object each time. */
  readonly reveal: Place | undefined;
  onChange(path: string, text: string): void;
  onOpen(path: string, line: number, column: number): void;
  /** The cursor stands here now. */
  onMove(path: string, offset: number): void;
}

export default function CodeEditor(props: CodeEditorProps) {
  const { client, files, texts, path, problems, known, runs, reveal } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor>(undefined);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    serveWith(client);
    const made = monaco.editor.create(host.current!, {
      model: null,
      automaticLayout: true,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      fontSize: 13,
      lineHeight: 20,
      tabSize: 2,
      insertSpaces: true,
      padding: { top: 8, bottom: 8 },
      fixedOverflowWidgets: true,
      // Monaco's colours do not reach a menu that stands in a shadow of its own.
      useShadowDOM: false,
      quickSuggestions: { other: true, strings: true, comments: false },
      wordBasedSuggestions: 'off',
      suggest: { showWords: false, showStatusBar: true },
      renderLineHighlight: 'line',
      // Conditions are aligned under the first one: guides for each two columns would be drawn through that.
      guides: { indentation: false, bracketPairs: 'active' },
      lineNumbersMinChars: 3,
      folding: true,
      'semanticHighlighting.enabled': false,
      ariaLabel: 'Code of the program. Control M lets Tab leave it.',
    });
    editor.current = made;
    const moved = made.onDidChangeCursorPosition(({ position }) => {
      const model = made.getModel();
      if (model !== null) latest.current.onMove(model.uri.path.slice(1), model.getOffsetAt(position));
    });
    const opened = whenOpened((to, line, column) => latest.current.onOpen(to, line, column));
    return () => {
      moved.dispose();
      opened.dispose();
      made.dispose();
      for (const model of monaco.editor.getModels()) if (model.uri.scheme === 'bridge') model.dispose();
      serveWith(undefined);
    };
  }, [client]);

  // Before what is drawn, so that no question of Monaco's meets an older text.
  // The page draws again when a text was changed from outside.
  useEffect(() => {
    const all = texts();
    for (const model of monaco.editor.getModels())
      if (model.uri.scheme === 'bridge' && all[model.uri.path.slice(1)] === undefined) model.dispose();
    for (const [name, text] of Object.entries(all)) {
      const model = modelOf(name);
      if (model !== null) adopt(model, text);
      else {
        const made = monaco.editor.createModel(text, languageIds[notationOf(name)], uriOf(name));
        made.onDidChangeContent(() => {
          const value = made.getValue();
          // What came from outside is there already.
          if (value !== latest.current.texts()[name]) latest.current.onChange(name, value);
        });
      }
    }
    const model = modelOf(path);
    if (model !== null && editor.current?.getModel() !== model) editor.current?.setModel(model);
  }, [files, texts, path]);

  useEffect(() => showProblems(problems), [problems]);
  useEffect(() => showRuns(runs), [runs]);
  useEffect(() => lookAgain(editor.current), [known]);
  useEffect(() => {
    if (reveal === undefined || editor.current === undefined) return;
    const model = modelOf(reveal.path);
    if (model === null) return;
    if (editor.current.getModel() !== model) editor.current.setModel(model);
    editor.current.revealLineInCenter(reveal.line);
    editor.current.setPosition({
      lineNumber: reveal.line,
      column: reveal.column ?? (model.getLineFirstNonWhitespaceColumn(reveal.line) || 1),
    });
    editor.current.focus();
  }, [reveal]);

  return <div ref={host} className="code-editor" />;
}

/** Only what lies between the common beginning and the common end is replaced. */
function adopt(model: monaco.editor.ITextModel, text: string): void {
  const old = model.getValue();
  if (old === text) return;
  let start = 0;
  while (start < old.length && start < text.length && old[start] === text[start]) start++;
  let end = 0;
  while (
    end < old.length - start &&
    end < text.length - start &&
    old[old.length - 1 - end] === text[text.length - 1 - end]
  )
    end++;
  const range = monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(old.length - end));
  model.pushEditOperations([], [{ range, text: text.slice(start, text.length - end) }], () => null);
}
