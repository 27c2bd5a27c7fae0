/** What the handlers call: each function is one run over the ports it is handed. */

export { betweenCycles, runCycle, runRecord } from './cycle.ts';
export type { Deps, Limits } from './deps.ts';
export { runFiles } from './files.ts';
export { createdUnasked, issuesToCreate } from './flood.ts';
export { runCreated, runDeleted, runIssue } from './issue.ts';
export { type Linking, leftOut, linkRecord, outOfScope, type Refusal, refreshLink, unlinkRecord } from './link.ts';
export { withNamesBack } from './names-back.ts';
export { outsideWhere } from './pause.ts';
export { type ItemPreview, type Preview, previewPlan } from './preview.ts';
export type { PreviewEntry } from './preview-entry.ts';
export { previewRecord } from './preview-record.ts';
export { remedyFor } from './remedy.ts';
export { dismissTrouble, resolveHeld } from './resolve.ts';
