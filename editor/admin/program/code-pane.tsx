/** The code beside the form, a tab a file. Monaco comes when the first of it is shown. */
import { type KeyboardEvent, lazy, memo, Suspense, useId } from 'react';
import type { Files } from '../../bridge/contract.ts';
import type { CodeEditorProps } from '../../monaco/code-editor.tsx';

const CodeEditor = lazy(() => import('../../monaco/code-editor.tsx'));

interface CodePaneProps extends CodeEditorProps {
  /** As it was; what differs is marked. */
  readonly before: Files;
  onPath(path: string): void;
}

export function CodePane({ before, onPath, ...editor }: CodePaneProps) {
  const { files, path } = editor;
  const id = useId();
  const names = Object.keys(files).sort();
  const turn = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    const next = names.at((names.indexOf(path) + by) % names.length)!;
    onPath(next);
    event.currentTarget.querySelectorAll('button')[names.indexOf(next)]?.focus();
  };
  return (
    <div className="program-code">
      <div className="files" role="tablist" aria-label="Files" onKeyDown={turn}>
        {names.map(each => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={each === path}
            aria-controls={id}
            tabIndex={each === path ? 0 : -1}
            onClick={() => onPath(each)}
          >
            {each}
            {files[each] !== before[each] && <span title="changed"> •</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={id} aria-label={path} className="code-pane">
        <Suspense fallback={<div className="skeleton code-editor" />}>
          <Code {...editor} />
        </Suspense>
      </div>
    </div>
  );
}

const Code = memo(CodeEditor);
