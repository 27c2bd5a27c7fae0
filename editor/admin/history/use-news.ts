/** Another run, in the page: counted, for whoever reads anew what it did. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLive } from '../../parts/live.ts';
import { call } from '../call.ts';
import { createNews } from './news.ts';

/** More than end between two turns. */
const runsAsked = 10;

interface Watched {
  /** Nothing is asked for where nobody shows it. */
  readonly shown: boolean;
  /** Epoch ms, of the program that is active. */
  readonly savedAt: number | undefined;
  look(): Promise<unknown>;
}

export interface SeenRuns {
  readonly ran: number;
  /** Something was changed by hand. */
  changed(): void;
}

export function useNews(given: Watched): SeenRuns {
  const [ran, setRan] = useState(0);
  const latest = useRef(given);
  latest.current = given;
  const changedAt = useRef(0);
  const news = useMemo(
    () =>
      createNews({
        runs: () => call('runs.list', { limit: runsAsked }),
        async look(another) {
          if (another) setRan(count => count + 1);
          await latest.current.look();
        },
        now: () => Date.now(),
        elapsed: () => performance.now(),
      }),
    [],
  );
  // What is known as the page is read.
  useEffect(() => void news.turn(), [news]);
  useLive(
    async () => {
      if (latest.current.shown) await news.turn();
    },
    () => news.pauseMs(Math.max(changedAt.current, latest.current.savedAt ?? 0)),
  );
  const changed = useCallback(() => {
    changedAt.current = Date.now();
  }, []);
  return { ran, changed };
}
