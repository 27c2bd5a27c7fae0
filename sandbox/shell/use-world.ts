/**
 * Both sides and what happened between them, read again every two seconds while the page is visible
 * and right after each action. A read that fails leaves the last world standing and says why.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { type ControlState, control } from './api/control.ts';
import { type IssueRow, jira } from './api/jira.ts';
import { type CaseRow, salesforce } from './api/salesforce.ts';

export interface World {
  readonly state: ControlState;
  readonly cases: readonly CaseRow[];
  readonly issues: readonly IssueRow[];
  /** Counts the looks: who shows more of one side looks again when it changes. */
  readonly look: number;
}

const everyMs = 2000;

export function useWorld() {
  const [world, setWorld] = useState<World>();
  const [problem, setProblem] = useState<string>();
  const reading = useRef<Promise<void>>(undefined);

  /** With `afresh`, a look that is on its way is not enough: it may have begun before what just happened. */
  const read = useCallback(async (afresh = false) => {
    if (afresh) await reading.current;
    reading.current ??= Promise.all([control.state(), salesforce.cases(), jira.issues()])
      .then(([state, cases, issues]) => {
        setWorld(before => ({ state, cases, issues, look: (before?.look ?? 0) + 1 }));
        setProblem(undefined);
      })
      .catch((error: Error) => setProblem(error.message))
      .finally(() => {
        reading.current = undefined;
      });
    await reading.current;
  }, []);

  useEffect(() => {
    void read();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void read();
    }, everyMs);
    return () => clearInterval(timer);
  }, [read]);

  return { world, problem, read };
}
