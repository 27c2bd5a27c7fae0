/**
 * The language: text in, tree out, in both notations. `parse` never throws and always returns a
 * whole tree; what was wrong with the text stands in the diagnostics. The way back, from a tree to its
 * text, is `printer/`, which only those load who write.
 */
export * from './ast.ts';
export * from './diagnostic.ts';
export { parse } from './parse.ts';
export type { Parsed } from './parsed.ts';
export * from './source.ts';
