/** Two texts side by side, or one above the other where there is no room. */
import { useEffect, useRef } from 'react';
import { notationOf } from '../../dsl/source.ts';
import { languageIds, monaco } from './setup.ts';
import './diff-view.css';

export interface DiffViewProps {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export default function DiffView({ path, before, after }: DiffViewProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const language = languageIds[notationOf(path)];
    const [original, modified] = [before, after].map(text => monaco.editor.createModel(text, language));
    const editor = monaco.editor.createDiffEditor(host.current!, {
      readOnly: true,
      originalEditable: false,
      automaticLayout: true,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      fontSize: 13,
      lineHeight: 20,
      guides: { indentation: false },
      renderSideBySide: true,
      useInlineViewWhenSpaceIsLimited: true,
      // Its menu outlives the editor it belongs to, and there is nothing to revert here.
      renderGutterMenu: false,
      hideUnchangedRegions: { enabled: true },
    });
    const show = () => editor.setModel({ original: original!, modified: modified! });
    show();
    // Lines that are gone are drawn once, in the colours of that moment.
    const coloured = new MutationObserver(show);
    coloured.observe(document.documentElement, { attributeFilter: ['data-color-mode'] });
    named(editor.getOriginalEditor(), 'Before');
    named(editor.getModifiedEditor(), 'After');
    return () => {
      coloured.disconnect();
      editor.dispose();
      // A comparison that still runs wants its texts to the end, and complains where they are gone.
      setTimeout(() => {
        original!.dispose();
        modified!.dispose();
      }, 5000);
    };
  }, [path, before, after]);
  return <div ref={host} className="diff-view" />;
}

/** For screen readers: Monaco's own options for it do not reach the fields, and each new arrangement takes the name away. */
function named(side: monaco.editor.ICodeEditor, name: string): void {
  const call = () => {
    if (side.getOption(monaco.editor.EditorOption.ariaLabel) !== name) side.updateOptions({ ariaLabel: name });
  };
  call();
  side.onDidChangeConfiguration(call);
}
