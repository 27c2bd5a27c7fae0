/** What Monaco asks of a text that somebody looks at or types in. */
export { completeBridge } from '../../language/complete/bridge.ts';
export { quickFixes } from '../../language/findings.ts';
export { hover } from '../../language/hover.ts';
export { hints, lenses } from '../../language/notes.ts';
export { fold, outline } from '../../language/outline.ts';
export { define, references, rename, renameable } from '../../language/refer.ts';
