/** Rows of a clause: each is changed or taken away in its place, and a new one lives here until both of its sides are there. */
import { useState } from 'react';

/** With the row there replaced; nothing takes it away. */
export const replaced = <Row>(rows: readonly Row[], index: number, next: Row | undefined): readonly Row[] =>
  rows.flatMap((each, at) => (at === index ? (next === undefined ? [] : [next]) : [each]));

export interface Half<Row> {
  readonly row: Row | undefined;
  begin(row: Row): void;
  drop(): void;
  /** Written once it is whole. */
  fill(row: Row): void;
}

export function useHalf<Row>(isWhole: (row: Row) => boolean, write: (row: Row) => void): Half<Row> {
  const [row, setRow] = useState<Row>();
  return {
    row,
    begin: setRow as (row: Row) => void,
    drop: () => setRow(undefined),
    fill(next) {
      const whole = isWhole(next);
      setRow(whole ? undefined : (next as Row));
      if (whole) write(next);
    },
  };
}
