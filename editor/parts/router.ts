/**
 * Where on the page one is, kept by Jira's own history: back and forward work, and an address can be sent to
 * a colleague. Who has unsaved work is asked before the page moves on.
 */
import { view } from '@forge/bridge';
import { useCallback, useEffect, useRef, useState } from 'react';

export interface Place {
  /** `items`, `runs`, `edit`, … */
  readonly page: string;
  readonly query: Readonly<Record<string, string>>;
}

export interface Router extends Place {
  go(page: string, query?: Readonly<Record<string, string | undefined>>): void;
}

interface Location {
  readonly pathname: string;
  readonly search: string;
}
interface PageHistory {
  readonly location: Location;
  push(to: string): void;
  listen(heard: (location: Location) => void): () => void;
}

const placeOf = ({ pathname, search }: Location): Place => ({
  page: pathname.split('/').find(part => part !== '') ?? 'items',
  query: Object.fromEntries(new URLSearchParams(search)),
});

const addressOf = (page: string, query: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const search = new URLSearchParams(given).toString();
  return `/${page}${search === '' ? '' : `?${search}`}`;
};

let guard: (() => boolean) | undefined;
/** Asked before the page moves on; answers whether it may. */
export const guardLeaving = (ask: (() => boolean) | undefined): void => {
  guard = ask;
};

export function useRouter(): Router {
  const [place, setPlace] = useState<Place>({ page: 'items', query: {} });
  const history = useRef<PageHistory>(undefined);

  useEffect(() => {
    let gone = false;
    let stop: (() => void) | undefined;
    void (async () => {
      try {
        const made = (await view.createHistory()) as unknown as PageHistory;
        if (gone) return;
        history.current = made;
        setPlace(placeOf(made.location));
        stop = made.listen(location => setPlace(placeOf(location)));
      } catch {
        // A host without a history: the page still moves, only its address does not.
      }
    })();
    return () => {
      gone = true;
      stop?.();
    };
  }, []);

  const go = useCallback((page: string, query: Readonly<Record<string, string | undefined>> = {}) => {
    if (guard !== undefined && !guard()) return;
    guard = undefined;
    const address = addressOf(page, query);
    if (history.current === undefined) setPlace(placeOf(new URL(address, location.origin)));
    else history.current.push(address);
    scrollTo(0, 0);
  }, []);
  return { ...place, go };
}
