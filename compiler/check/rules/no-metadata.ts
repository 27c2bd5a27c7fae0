import type { Rule } from '../rule.ts';

/** Said once, at the start of the first file, and only where there is something to check. */
export const noMetadata: Rule = {
  name: 'no-metadata',
  program({ lookup, items, files }, report) {
    const [file] = files;
    if (lookup === undefined && items.length > 0 && file) report(file, { start: 0, end: 0 }, 'no-metadata', {});
  },
};
