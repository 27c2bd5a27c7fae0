/** The compiler's front: files and metadata in, findings and a plan out. */
export { type Analysis, analyse } from './analysis.ts';
export * from './metadata/model.ts';
export * from './plan/ir.ts';
