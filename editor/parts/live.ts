/** Looks again and again, while somebody looks at the page. */
import { useEffect, useRef } from 'react';

/** `pauseMs` is asked before each pause. */
export function useLive(look: () => Promise<unknown>, pauseMs: () => number): void {
  const latest = useRef({ look, pauseMs });
  latest.current = { look, pauseMs };
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let busy = false;
    let gone = false;
    const wait = () => {
      clearTimeout(timer);
      if (!gone) timer = setTimeout(turn, latest.current.pauseMs());
    };
    // Where nobody looks it rests until somebody does.
    const turn = async () => {
      if (busy || document.hidden) return;
      busy = true;
      try {
        await latest.current.look();
      } finally {
        busy = false;
        wait();
      }
    };
    wait();
    const seen = () => void turn();
    document.addEventListener('visibilitychange', seen);
    return () => {
      gone = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, []);
}
