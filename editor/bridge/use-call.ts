/** State of one call to the app: what it last answered, whether it runs, and what went wrong. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppError } from './invoke.ts';

export interface Call<T> {
  readonly value: T | undefined;
  readonly error: AppError | undefined;
  readonly running: boolean;
  again(): Promise<void>;
}

/** Calls at once and on `again`; an older answer never replaces a newer one. */
export function useCall<T>(call: () => Promise<T>): Call<T> {
  const [state, setState] = useState<Omit<Call<T>, 'again'>>({ value: undefined, error: undefined, running: true });
  const latest = useRef(0);
  const fixed = useRef(call);
  fixed.current = call;

  const again = useCallback(async () => {
    latest.current += 1;
    const mine = latest.current;
    setState(before => ({ ...before, running: true }));
    try {
      const value = await fixed.current();
      if (mine === latest.current) setState({ value, error: undefined, running: false });
    } catch (error) {
      if (mine === latest.current) setState(before => ({ ...before, error: error as AppError, running: false }));
    }
  }, []);

  useEffect(() => {
    void again();
  }, [again]);
  return { ...state, again };
}
