/** What is open stands in the address, so that back, reload and a link work: `#record=500…&issue=SUP-1`. */
import { useCallback, useEffect, useState } from 'react';
import type { Place } from './side.ts';

export function usePlace(): readonly [Place, (place: Place) => void] {
  const [place, setPlace] = useState<Place>(() => read());
  useEffect(() => {
    const changed = () => setPlace(read());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  const go = useCallback((next: Place) => {
    const said = new URLSearchParams(Object.entries(next).filter(([, value]) => value !== undefined)).toString();
    if (said === location.hash.slice(1)) return;
    location.hash = said;
  }, []);
  useEffect(() => {
    // A page of the app, in its frame, asks for a record or an issue: it is shown beside what is open.
    const asked = ({ origin, data }: MessageEvent<{ show?: unknown } | null>) => {
      if (origin !== location.origin || typeof data?.show !== 'string') return;
      const { page: _, ...sides } = read(location.hash.slice(1));
      go({ ...sides, ...read(data.show) });
    };
    addEventListener('message', asked);
    return () => removeEventListener('message', asked);
  }, [go]);
  return [place, go];
}

function read(hash = location.hash.slice(1)): Place {
  const said = new URLSearchParams(hash);
  const record = said.get('record');
  const issue = said.get('issue');
  return {
    ...(record !== null && /^[a-zA-Z0-9]{15,18}$/.test(record) ? { record } : {}),
    ...(issue !== null && /^[A-Z][A-Z0-9]*-\d+$/.test(issue) ? { issue } : {}),
    ...(said.get('page') === 'admin' ? { page: 'admin' as const } : {}),
  };
}
