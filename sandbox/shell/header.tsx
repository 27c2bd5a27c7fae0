/** The top of the page: where one is, what time it is here, and the ways to let time pass. */
import { useEffect, useRef, useState } from 'react';
import type { ControlState } from './api/control.ts';
import type { Place } from './side.ts';
import type { Theme } from './theme.ts';

interface HeaderProps {
  readonly state: ControlState | undefined;
  readonly busy: string | undefined;
  readonly place: Place;
  readonly go: (place: Place) => void;
  readonly theme: Theme;
  onTheme(): void;
  /** Nothing while the guide is seen. */
  readonly onGuide: (() => void) | undefined;
  onCycle(): void;
  onPass(by: string): void;
  onReset(): void;
}

const leaps = [
  ['5m', '5 min'],
  ['1h', '1 hour'],
  ['1d', '1 day'],
] as const;
const themes: Readonly<Record<Theme, string>> = { system: 'Auto', light: 'Light', dark: 'Dark' };

export function Header({ state, busy, place, go, theme, onTheme, onGuide, onCycle, onPass, onReset }: HeaderProps) {
  const { page: _, ...sides } = place;
  const still = busy !== undefined;
  return (
    <header className="top">
      <img src="./bridge.svg" alt="" width="36" height="36" />
      <div className="title">
        <h1>Salesforce Bridge for Jira</h1>
        <p>A sandbox: a local Salesforce, a local Jira, and the app between them</p>
      </div>
      <nav aria-label="Pages">
        <button type="button" aria-current={place.page === undefined ? 'page' : undefined} onClick={() => go(sides)}>
          Both sides
        </button>
        <button
          type="button"
          aria-current={place.page === 'admin' ? 'page' : undefined}
          onClick={() => go({ ...place, page: 'admin' })}
        >
          Admin page
        </button>
      </nav>
      <div className="tools">
        {onGuide !== undefined && (
          <button type="button" className="button quiet" onClick={onGuide}>
            Guide
          </button>
        )}
        <button type="button" className="button quiet" onClick={onTheme} title="Change the colours">
          {themes[theme]}
        </button>
        <StartOver still={still} onReset={onReset} />
      </div>
      <div className="time">
        {state !== undefined && <Clock state={state} />}
        <fieldset>
          <legend>Let time pass</legend>
          {leaps.map(([by, words]) => (
            <button
              key={by}
              type="button"
              disabled={still}
              onClick={() => onPass(by)}
              title="And run what comes due in it"
            >
              {words}
            </button>
          ))}
        </fieldset>
        <button type="button" className="button primary" onClick={onCycle} disabled={still}>
          {busy === 'cycle' ? 'Running…' : busy === 'time' ? 'Time passes…' : 'Run a cycle'}
        </button>
      </div>
    </header>
  );
}

/** It cannot be taken back, so one click too many is not enough. */
function StartOver({ still, onReset }: { readonly still: boolean; onReset(): void }) {
  const [asked, setAsked] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asked) keep.current?.focus();
  }, [asked]);
  if (!asked)
    return (
      <button type="button" className="button quiet" onClick={() => setAsked(true)} disabled={still}>
        Start over
      </button>
    );
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={still}
        onClick={() => {
          setAsked(false);
          onReset();
        }}
      >
        Delete all records, issues and the program
      </button>
      <button type="button" className="button quiet" ref={keep} onClick={() => setAsked(false)}>
        Keep them
      </button>
    </>
  );
}

/** The sandbox's clock, and how long it is until the bridge runs by itself. */
function Clock({ state: { now, clock, nextCycleAt } }: { readonly state: ControlState }) {
  const [read, setRead] = useState({ now, at: Date.now() });
  const [, tick] = useState(0);
  useEffect(() => setRead({ now, at: Date.now() }), [now]);
  useEffect(() => {
    const timer = setInterval(() => tick(count => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  const time = clock === 'real' ? read.now + (Date.now() - read.at) : now;
  const left = nextCycleAt === undefined ? undefined : Math.max(0, Math.round((nextCycleAt - time) / 1000));
  return (
    <p className="clock">
      <time title="The sandbox’s clock (UTC)">{new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC</time>
      <span title={left === undefined ? 'Until you let it pass' : undefined}>
        {left === undefined
          ? 'time stands still'
          : `next cycle in ${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`}
      </span>
    </p>
  );
}
