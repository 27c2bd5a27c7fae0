/**
 * Monaco with what an editor of programs needs and no more: its core, the features that are named here, both
 * notations coloured by the language's own lexer, and the site's colours. Loaded when an editor opens.
 */
import * as monaco from 'monaco-editor/editor/editor.api';
import 'monaco-editor/features/codeEditor/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codeAction/register';
import 'monaco-editor/features/codelens/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/diffEditor/register';
import 'monaco-editor/features/documentSymbols/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/format/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/gotoSymbol/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/inlayHints/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/quickOutline/register';
import 'monaco-editor/features/referenceSearch/register';
import 'monaco-editor/features/rename/register';
import 'monaco-editor/features/snippet/register';
import 'monaco-editor/features/suggest/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
// What the features above leave out: the list of suggestions itself, and the commands that go to a place.
import 'monaco-editor/editor/contrib/gotoSymbol/browser/goToCommands';
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import type { Notation } from '../../dsl/source.ts';
import { marks } from '../language/marks.ts';

export { monaco };

/** Monaco's ids of the two notations. */
export const languageIds = { bridge: 'bridge', yaml: 'bridge-yaml' } as const satisfies Record<Notation, string>;

// A file of its own, as the page's policy asks; it compares texts.
globalThis.MonacoEnvironment = { getWorker: () => new EditorWorker() };

class LineState implements monaco.languages.IState {
  clone() {
    return this;
  }
  equals() {
    return true;
  }
}

for (const [notation, id] of Object.entries(languageIds) as readonly [Notation, string][]) {
  monaco.languages.register({ id });
  // No token of either notation that is coloured runs over a line's end.
  monaco.languages.setTokensProvider(id, {
    getInitialState: () => new LineState(),
    tokenize(line, endState) {
      const tokens: monaco.languages.IToken[] = [];
      let at = 0;
      for (const { start, end, kind } of marks(notation, line)) {
        if (start > at) tokens.push({ startIndex: at, scopes: '' });
        // Monaco looks for no brackets in what is called a string.
        tokens.push({ startIndex: start, scopes: kind === 'text' ? 'string' : kind });
        at = end;
      }
      if (at < line.length || line === '') tokens.push({ startIndex: at, scopes: '' });
      return { tokens, endState };
    },
  });
  monaco.languages.setLanguageConfiguration(id, {
    comments: { lineComment: '#' },
    brackets: [
      ['{', '}'],
      ['[', ']'],
      ['(', ')'],
    ],
    autoClosingPairs: [
      { open: '{', close: '}' },
      { open: '[', close: ']' },
      { open: '(', close: ')' },
      { open: '"', close: '"', notIn: ['comment', 'string'] },
    ],
    wordPattern: /[A-Za-z_][\w-]*/,
    indentationRules:
      notation === 'bridge'
        ? { increaseIndentPattern: /^[^#"]*\{\s*(?:#.*)?$/, decreaseIndentPattern: /^\s*\}/ }
        : { increaseIndentPattern: /^\s*[^#]*:\s*(?:#.*)?$/, decreaseIndentPattern: /^\b$/ },
  });
}

const colours = {
  light: {
    text: { keyword: '803fa5', string: '4c6b1f', arrow: '1868db', comment: '6b6e76', number: 'a23f00' },
    aside: '#505258',
    surface: '#ffffff',
    raised: '#ffffff',
    ink: '#292a2e',
    chosen: '#e9f2fe',
    removed: ['#ffeceb', '#ffd5d2'],
    added: ['#efffd6', '#d3f1a7'],
  },
  dark: {
    text: { keyword: 'd8a0f7', string: 'b3df72', arrow: '8fb8f6', comment: '96999e', number: 'fbc828' },
    aside: '#a9abaf',
    surface: '#1f1f21',
    raised: '#2b2c2f',
    ink: '#cecfd2',
    chosen: '#1c2b42',
    removed: ['#42221f', '#5d1f1a'],
    added: ['#28311b', '#37471f'],
  },
} as const;
const themeOf = (mode: keyof typeof colours) => `bridge-${mode}`;
for (const [mode, { text, aside, surface, raised, ink, chosen, removed, added }] of Object.entries(colours))
  monaco.editor.defineTheme(themeOf(mode as keyof typeof colours), {
    base: mode === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: Object.entries(text).map(([token, foreground]) => ({ token, foreground })),
    // Monaco's own are too pale to read.
    colors: {
      'editor.background': surface,
      'editorLineNumber.foreground': aside,
      'editorLineNumber.dimmedForeground': aside,
      'editorCodeLens.foreground': aside,
      'editorInlayHint.foreground': aside,
      'menu.background': raised,
      'menu.foreground': ink,
      'menu.selectionBackground': chosen,
      'menu.selectionForeground': ink,
      'editorWidget.background': raised,
      'quickInput.background': raised,
      'diffEditor.removedLineBackground': removed[0],
      'diffEditor.removedTextBackground': removed[1],
      'diffEditor.insertedLineBackground': added[0],
      'diffEditor.insertedTextBackground': added[1],
    },
  });

/** The site's colours, also when it changes them while the page is open. */
const follow = () =>
  monaco.editor.setTheme(themeOf(document.documentElement.dataset.colorMode === 'dark' ? 'dark' : 'light'));
new MutationObserver(follow).observe(document.documentElement, { attributeFilter: ['data-color-mode'] });
follow();
