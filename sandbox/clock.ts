/** Time as the stand-ins see it: passed in, so that a test or a manual clock moves it. Epoch milliseconds. */
export interface Clock {
  now(): number;
}
