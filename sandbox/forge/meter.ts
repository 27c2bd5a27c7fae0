/** How much was spent within a sliding window of time, for limits per second or per minute. */

export interface Meter {
  /** Whether nothing more may be spent now. */
  full(now: number): boolean;
  spend(now: number, amount: number): void;
  clear(): void;
}

export function createMeter(limit: number, windowMs: number): Meter {
  let spent: { readonly at: number; readonly amount: number }[] = [];
  let sum = 0;
  const roll = (now: number): void => {
    let gone = 0;
    while (gone < spent.length && spent[gone]!.at <= now - windowMs) sum -= spent[gone++]!.amount;
    if (gone > 0) spent = spent.slice(gone);
  };
  return {
    full(now) {
      roll(now);
      return sum >= limit;
    },
    spend(now, amount) {
      roll(now);
      spent.push({ at: now, amount });
      sum += amount;
    },
    clear() {
      spent = [];
      sum = 0;
    },
  };
}
