/** Two lists side by side: what begins and ends alike stays, what is between is changed in order, the rest comes or goes. */
export type Step =
  | { readonly kind: 'same' | 'change'; readonly old: number; readonly next: number }
  | { readonly kind: 'delete'; readonly old: number }
  /** `after` is the old entry that it comes behind; -1 for the beginning. */
  | { readonly kind: 'insert'; readonly next: number; readonly after: number };

export function align<T, U>(
  old: readonly T[],
  next: readonly U[],
  same: (a: T, b: U) => boolean,
  /** Whether one can be made into the other; else it goes and the other comes. */
  alike: (a: T, b: U) => boolean = () => true,
): readonly Step[] {
  let start = 0;
  while (start < old.length && start < next.length && same(old[start]!, next[start]!)) start++;
  let end = 0;
  while (
    end < old.length - start &&
    end < next.length - start &&
    same(old[old.length - 1 - end]!, next[next.length - 1 - end]!)
  )
    end++;
  const steps: Step[] = [];
  for (let i = 0; i < start; i++) steps.push({ kind: 'same', old: i, next: i });
  const [oldEnd, nextEnd] = [old.length - end, next.length - end];
  let [o, n] = [start, start];
  while (o < oldEnd && n < nextEnd) {
    if (alike(old[o]!, next[n]!)) steps.push({ kind: 'change', old: o, next: n });
    else steps.push({ kind: 'delete', old: o }, { kind: 'insert', next: n, after: o });
    o++;
    n++;
  }
  for (; o < oldEnd; o++) steps.push({ kind: 'delete', old: o });
  for (; n < nextEnd; n++) steps.push({ kind: 'insert', next: n, after: oldEnd - 1 });
  for (let i = 0; i < end; i++) steps.push({ kind: 'same', old: oldEnd + i, next: nextEnd + i });
  return steps;
}
