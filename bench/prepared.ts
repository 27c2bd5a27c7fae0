/** An operation that is ready to be timed: its input is made, its outcome was checked once. */
export interface Prepared {
  readonly lines: number;
  readonly bytes: number;
  run(): unknown;
}
