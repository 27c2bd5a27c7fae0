/** The compiler's front: files and metadata in, findings and a plan out. */
export { type Analysis, analyse } from './analysis.ts';
export { type CompilerCode, compilerDiagnostics } from './messages/index.ts';
export { type JiraMetadataAnswers, jiraMetadata } from './metadata/jira.ts';
export { createLookup, type MetadataLookup } from './metadata/lookup.ts';
export * from './metadata/model.ts';
export { objectFromDescribe, objectFromGlobal } from './metadata/salesforce.ts';
export { readSnapshot, writeSnapshot } from './metadata/snapshot.ts';
export { decodePlan, encodePlan } from './plan/encode.ts';
export * from './plan/ir.ts';
export { nearest } from './suggest.ts';
