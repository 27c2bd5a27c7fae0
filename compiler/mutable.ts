/** For a node while it is made: setting what is there is a good deal cheaper than spreading it. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
