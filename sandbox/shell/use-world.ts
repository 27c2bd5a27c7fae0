/**
 * Both sides and what happened between them, read again every two seconds while the page is visible
 * and right after each action. A read that fails leaves the last world standing and says why.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { type CaseRow, type ControlState, control, type IssueRow, jira, salesforce } from './api.ts';

export interface World {
  readonly state: ControlState;
  readonly cases: readonly CaseRow[];
  readonly issues: readonly IssueRow[];
}

const everyMs = 2000;

export function useWorld() {
  const [world, setWorld] = useState<World>();
  const [problem, setProblem] = useState<string>();
  const reading = useRef<Promise<void>>(undefined);

  const read = useCallback(async () => {
    reading.current ??= readWorld()
      .then(next => {
        setWorld(next);
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

async function readWorld(): Promise<World> {
  const [state, cases, issues] = await Promise.all([control.state(), salesforce.cases(), jira.issues()]);
  return { state, cases, issues };
}
