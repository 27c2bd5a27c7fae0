/**
 * The front page: Salesforce on the left, Jira on the right, the program that joins them in between,
 * and below what the last runs wrote and why. Pointing at a record, an issue or a write lights up the
 * others that belong to it.
 */
import { useState } from 'react';
import { control, type JournalEntry } from './api.ts';
import { JiraSide } from './jira-side.tsx';
import { ProgramView } from './program-view.tsx';
import { RunReport } from './run-report.tsx';
import { SalesforceSide } from './salesforce-side.tsx';
import type { Focus } from './side.ts';
import { applyTheme, nextTheme, storedTheme, type Theme } from './theme.ts';
import { useWorld } from './use-world.ts';

export function App() {
  const { world, problem, read } = useWorld();
  const [focus, setFocus] = useState<Focus>({});
  const [busy, setBusy] = useState<string>();
  const [failure, setFailure] = useState<string>();

  const act = async (name: string, work: () => Promise<unknown>) => {
    setBusy(name);
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      setFailure((error as Error).message);
    } finally {
      await read();
      setBusy(undefined);
    }
  };

  const pointAtEntry = (entry: JournalEntry | undefined) =>
    setFocus(
      entry === undefined
        ? {}
        : {
            record: entry.record,
            source: entry.source,
            ...(entry.issueKey === undefined ? {} : { issueKey: entry.issueKey }),
          },
    );

  return (
    <>
      <Header
        busy={busy}
        now={world?.state.now}
        onCycle={() => act('cycle', control.cycle)}
        onReset={() => act('reset', control.reset)}
      />
      <main>
        <div className="notice-place" role="status" aria-live="polite">
          {(failure ?? problem) && <p className="notice">{failure ?? problem}</p>}
        </div>
        {world === undefined ? (
          <p className="waiting">{problem === undefined ? 'Opening both sides…' : ''}</p>
        ) : (
          <>
            <div className="sides">
              <SalesforceSide world={world} focus={focus} onFocus={setFocus} act={act} busy={busy !== undefined} />
              <ProgramView focus={focus} act={act} />
              <JiraSide world={world} focus={focus} onFocus={setFocus} act={act} busy={busy !== undefined} />
            </div>
            <RunReport state={world.state} cases={world.cases} onPoint={pointAtEntry} />
          </>
        )}
      </main>
    </>
  );
}

interface HeaderProps {
  readonly busy: string | undefined;
  readonly now: number | undefined;
  readonly onCycle: () => void;
  readonly onReset: () => void;
}

function Header({ busy, now, onCycle, onReset }: HeaderProps) {
  const [theme, setTheme] = useState<Theme>(storedTheme);
  const changeTheme = () => {
    const next = nextTheme(theme);
    applyTheme(next);
    setTheme(next);
  };
  return (
    <header className="top">
      <img src="./bridge.svg" alt="" width="36" height="36" />
      <div className="title">
        <h1>Salesforce Bridge for Jira</h1>
        <p>A sandbox: a local Salesforce, a local Jira, and the app between them</p>
      </div>
      <div className="tools">
        {now !== undefined && <time title="The sandbox's clock (UTC)">{clockText(now)}</time>}
        <a className="button quiet" href="/app/admin">
          Admin page
        </a>
        <button type="button" className="button quiet" onClick={changeTheme} title="Change the colours">
          {theme === 'system' ? 'Auto' : theme === 'light' ? 'Light' : 'Dark'}
        </button>
        <button type="button" className="button quiet" onClick={onReset} disabled={busy !== undefined}>
          Start over
        </button>
        <button type="button" className="button primary" onClick={onCycle} disabled={busy !== undefined}>
          {busy === 'cycle' ? 'Running…' : 'Run a cycle'}
        </button>
      </div>
    </header>
  );
}

const clockText = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
