/**
 * The program that joins both sides, editable. Saving compiles it as the app does: what does not
 * compile is not activated, and each finding stands under the text with its line.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import { control, type DiagnosticJson, type ProgramFiles } from '../api/control.ts';
import { Tabs } from '../parts/tabs.tsx';
import type { Act, Focus } from '../side.ts';
import { extras, hasExtra, withExtra } from './extras.ts';
import { highlight } from './highlight.ts';

interface ProgramViewProps {
  readonly focus: Focus;
  readonly act: Act;
}

export function ProgramView({ focus, act }: ProgramViewProps) {
  const [saved, setSaved] = useState<ProgramFiles>();
  const [files, setFiles] = useState<ProgramFiles>({});
  const [path, setPath] = useState<string>();
  const [found, setFound] = useState<readonly DiagnosticJson[]>();

  const load = async () => {
    const program = await control.program();
    setSaved(program.files);
    setFiles(program.files);
    setPath(current => (current !== undefined && current in program.files ? current : Object.keys(program.files)[0]));
  };
  useEffect(() => void load().catch(() => setSaved({})), []);

  const save = (wanted: ProgramFiles) =>
    act('save', async () => {
      const answer = await control.saveProgram(wanted);
      setFound(answer.diagnostics);
      if (answer.ok) setSaved(wanted);
    });
  const text = path === undefined ? '' : (files[path] ?? '');
  // What is pointed at may stand in another file.
  const pointed = Object.keys(files).find(name => lineIn(focus.source, name) !== undefined);
  useEffect(() => {
    if (pointed !== undefined) setPath(pointed);
  }, [pointed]);

  const changed = saved !== undefined && JSON.stringify(saved) !== JSON.stringify(files);
  const paths = Object.keys(files);
  return (
    <section className="program" aria-labelledby="program-title">
      <div className="side-head">
        <h2 id="program-title">
          Program <span>{changed ? 'changed, not yet active' : 'active'}</span>
        </h2>
        <button type="button" className="button small" disabled={!changed} onClick={() => setFiles(saved ?? {})}>
          Undo
        </button>
        <button type="button" className="button primary small" disabled={!changed} onClick={() => void save(files)}>
          Activate
        </button>
      </div>
      {paths.length > 1 && (
        <Tabs
          label="Files of the program"
          className="tabs"
          tabs={paths.map(name => [name, name])}
          chosen={path}
          onChoose={setPath}
        />
      )}
      {path !== undefined && (
        <Code
          text={text}
          path={path}
          line={lineIn(focus.source, path)}
          onChange={text => setFiles({ ...files, [path]: text })}
        />
      )}
      {path !== undefined && (
        <div className="extras">
          <span>Try</span>
          {extras.map(([extra, words]) => {
            const on = hasExtra(path, text, extra);
            return (
              on !== undefined && (
                <button
                  key={extra}
                  type="button"
                  className="chip"
                  aria-pressed={on}
                  title={`${on ? 'Takes' : 'Writes'} \`${extra} on\` ${on ? 'out of' : 'into'} the item and activates`}
                  onClick={() => {
                    const next = { ...files, [path]: withExtra(text, extra, !on) };
                    setFiles(next);
                    void save(next);
                  }}
                >
                  {words}
                </button>
              )
            );
          })}
        </div>
      )}
      {saved !== undefined && path === undefined && (
        <p className="empty">
          No program is active. Write one on the admin page, or start the sandbox with a file of yours.
        </p>
      )}
      {found !== undefined && found.length > 0 && <Findings found={found} />}
    </section>
  );
}

/** Errors are why nothing was activated; the rest waits until somebody asks for it. */
function Findings({ found }: { readonly found: readonly DiagnosticJson[] }) {
  const list = (some: readonly DiagnosticJson[]) => (
    <ul className="findings" aria-label="Findings">
      {some.map(finding => (
        <li
          key={`${finding.file}:${finding.range.start.line}:${finding.range.start.column}:${finding.code}`}
          className={finding.severity}
        >
          <b>
            {finding.file}:{finding.range.start.line}
          </b>{' '}
          {finding.message}
          {finding.help && <i>{finding.help}</i>}
        </li>
      ))}
    </ul>
  );
  const errors = found.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return list(errors);
  return (
    <details className="notes">
      <summary>
        Active, with {found.length} {found.length === 1 ? 'note' : 'notes'}
      </summary>
      {list(found)}
    </details>
  );
}

/** `support-cases.bridge:11` names a line of the file of that name. */
function lineIn(source: string | undefined, path: string): number | undefined {
  const match = /^(.*?):(\d+)(?::\d+)?$/.exec(source ?? '');
  return match && (path === match[1] || path.endsWith(`/${match[1]}`)) ? Number(match[2]) : undefined;
}

interface CodeProps {
  readonly text: string;
  readonly path: string;
  readonly line: number | undefined;
  readonly onChange: (text: string) => void;
}

/** A text area over its own coloured copy, so that both always show the same letters in the same places. */
function Code({ text, path, line, onChange }: CodeProps) {
  const lines = useMemo(() => highlight(path, text), [path, text]);
  const lit = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Newer browsers answer a promise, which is no way to clean up.
    void lit.current?.scrollIntoView({ block: 'nearest' });
  }, [line]);
  return (
    <div className="code">
      <div className="code-lines">
        {/* The copy is for the eye only: a screen reader reads the text area. */}
        <pre aria-hidden="true">
          {lines.map((pieces, index) => (
            <div
              key={index}
              ref={line === index + 1 ? lit : undefined}
              className={line === index + 1 ? 'line lit' : 'line'}
            >
              {pieces.map(piece => (
                <span key={piece.start} className={piece.kind}>
                  {piece.text}
                </span>
              ))}
              {'\n'}
            </div>
          ))}
        </pre>
        <textarea
          aria-label={`Text of ${path}`}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          wrap="off"
          value={text}
          onChange={event => onChange(event.target.value)}
        />
      </div>
    </div>
  );
}
