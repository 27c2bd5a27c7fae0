/**
 * The language services: plain functions over the compiler's analysis, for both notations. Analysis in, plain values
 * out; no editor, no page. The page, its worker and the tests use the same ones.
 */
export { createAnalyser } from './analyser.ts';
export type { Analyser } from './analyser-of.ts';
export { complete } from './complete/index.ts';
export { findings, quickFixes } from './findings.ts';
export { format } from './format.ts';
export { hover } from './hover.ts';
export { hints, type ItemCost, type Lens, lenses } from './notes.ts';
export { fold, outline } from './outline.ts';
export { define, references, rename, renameable } from './refer.ts';
export type * from './types.ts';
