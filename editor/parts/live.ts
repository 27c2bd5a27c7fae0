/** Looks again every few seconds, while somebody looks at the page. */
import { useEffect, useRef } from 'react';

export function useLive(look: () => Promise<unknown>, everyMs: number): void {
  const latest = useRef(look);
  latest.current = look;
  useEffect(() => {
    let busy = false;
    const turn = async () => {
      if (busy || document.hidden) return;
      busy = true;
      try {
        await latest.current();
      } finally {
        busy = false;
      }
    };
    const timer = setInterval(() => void turn(), everyMs);
    const seen = () => void turn();
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [everyMs]);
}
