/**
 * The front page: Salesforce on the left, Jira on the right, the program that joins them in between, and below what the
 * bridge did and why. Pointing at a record, an issue or a write lights up the others that belong to it.
 */
import { useRef, useState } from 'react';
import { control } from './api/control.ts';
import type { Role } from './api/jira.ts';
import { Dock, type DockTab } from './dock/dock.tsx';
import { Guide } from './guide/guide.tsx';
import { type Action, made } from './guide/steps.ts';
import { useGuide } from './guide/use-guide.ts';
import { Header } from './header.tsx';
import { JiraSide } from './jira/jira-side.tsx';
import { AppFrame } from './parts/app-frame.tsx';
import { ProgramView } from './program/program-view.tsx';
import { SalesforceSide } from './salesforce/salesforce-side.tsx';
import type { Act, Focus } from './side.ts';
import { applyTheme, nextTheme, storedTheme, type Theme } from './theme.ts';
import { usePlace } from './use-place.ts';
import { useWorld } from './use-world.ts';

export function App() {
  const { world, problem, read } = useWorld();
  const [place, go] = usePlace();
  const [focus, setFocus] = useState<Focus>({});
  const [busy, setBusy] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const [adding, setAdding] = useState(false);
  const [role, setRole] = useState<Role>('agent');
  const [tab, setTab] = useState<DockTab>('journal');
  const [theme, setTheme] = useState<Theme>(storedTheme);
  const [worlds, setWorlds] = useState(0);
  const dock = useRef<HTMLDivElement>(null);
  const guide = useGuide(world);

  const act: Act = async (name, work) => {
    setBusy(name);
    setFailure(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      setFailure((error as Error).message);
      return false;
    } finally {
      await read(true);
      setBusy(undefined);
    }
  };
  const run = async () => {
    const { skipped } = await control.cycle();
    if (skipped !== undefined)
      throw new Error(`No cycle ran: ${skipped}. Once that is over, the next one does all that is due.`);
  };
  const cycle = () => act('cycle', run);
  const pass = (by: string) =>
    act('time', async () => {
      await control.advance(by);
      // A real clock fires the schedule by itself.
      if (world?.state.clock === 'manual') await run();
    });
  const reset = () =>
    act('reset', async () => {
      await control.reset();
      go({});
      setWorlds(count => count + 1);
    });
  const point = (next: Focus) => {
    setFocus(next);
    if (next.source !== undefined) guide.set({ why: true });
  };
  const show = (name: DockTab) => {
    setTab(name);
    dock.current?.scrollIntoView({ behavior: 'smooth', block: 'nearest' });
  };
  const help = (action: Action) => {
    if (action === 'cycle') return void cycle();
    if (action === 'journal' || action === 'trouble') return show(action);
    if (world === undefined || guide.kept === undefined) return;
    if (action === 'new-case') {
      go({});
      return setAdding(true);
    }
    const records = new Set(made(world, guide.kept).map(({ Id }) => Id));
    const link = world.state.links.find(one => records.has(one.record));
    if (link !== undefined) go({ record: link.record, issue: link.issueKey });
  };

  const side = { world: world!, focus, onFocus: setFocus, place, go, act, busy: busy !== undefined, role };
  const told = failure ?? problem;
  return (
    <>
      <Header
        state={world?.state}
        busy={busy}
        place={place}
        go={go}
        theme={theme}
        onTheme={() => {
          const next = nextTheme(theme);
          applyTheme(next);
          setTheme(next);
        }}
        onGuide={guide.kept?.hidden === true ? () => guide.set({ hidden: false }) : undefined}
        onCycle={() => void cycle()}
        onPass={by => void pass(by)}
        onReset={() => void reset()}
      />
      <main className={place.page === 'admin' ? 'whole' : undefined}>
        <div className="notice-place" role="alert">
          {told !== undefined && (
            <p className="notice bad">
              {told}
              {failure !== undefined && (
                <button type="button" className="button small quiet" onClick={() => setFailure(undefined)}>
                  Close
                </button>
              )}
            </p>
          )}
        </div>
        {world === undefined ? (
          <p className="waiting">{problem === undefined ? 'Opening both sides…' : ''}</p>
        ) : place.page === 'admin' ? (
          <AppFrame title="The app’s admin page" src="/app/admin/" />
        ) : (
          <>
            {guide.kept !== undefined && !guide.kept.hidden && (
              <Guide
                world={world}
                seen={guide.kept}
                ticked={guide.kept.ticked}
                busy={busy !== undefined}
                onTick={ticked => guide.set({ ticked })}
                onAction={help}
                onHide={() => guide.set({ hidden: true })}
              />
            )}
            <div
              className={place.record !== undefined && place.issue !== undefined ? 'sides paired' : 'sides'}
              data-at-work={busy === 'cycle' || busy === 'time' ? '' : undefined}
            >
              <SalesforceSide {...side} adding={adding} onAdding={setAdding} />
              <ProgramView key={worlds} focus={focus} act={act} />
              <JiraSide {...side} onRole={setRole} />
            </div>
            <div ref={dock}>
              <Dock world={world} place={place} go={go} act={act} tab={tab} onTab={setTab} onPoint={point} />
            </div>
          </>
        )}
      </main>
    </>
  );
}
