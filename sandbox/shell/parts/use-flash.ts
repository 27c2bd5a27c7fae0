/** Lights a value up for a moment when it changes while somebody looks: so the bridge's writes are seen. */
import { useEffect, useRef, useState } from 'react';

const forMs = 2500;

export function useFlash(value: unknown): boolean {
  const [lit, setLit] = useState(false);
  const before = useRef(value);
  useEffect(() => {
    if (Object.is(before.current, value)) return;
    before.current = value;
    setLit(true);
    const timer = setTimeout(() => setLit(false), forMs);
    return () => clearTimeout(timer);
  }, [value]);
  return lit;
}
