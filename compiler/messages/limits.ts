/** Where there is more than anybody would read, or than can be compared. */
import { family } from '../../dsl/diagnostic.ts';

const number = (count: number): string => count.toLocaleString('en');

export const limits = family({
  'more-findings': {
    severity: 'hint',
    summary: 'More findings about one file than anybody would read.',
    message: ({ more }: { more: number; most: number }) =>
      more === 1
        ? 'one more finding about this file is not listed'
        : `${number(more)} more findings about this file are not listed`,
    help: ({ most }) => `the first ${number(most)} of each kind are; check again once they are mended`,
  },
  'too-many-to-compare': {
    severity: 'hint',
    summary: 'So many items share an object that not all pairs were compared.',
    message: ({ object, items }: { object: string; items: number }) =>
      `${items} items work on \`${object}\`: not every pair was compared for records that both take`,
    reason: () => 'no picklist that all of them ask about tells them apart',
    help: () => 'compare one picklist field with another value in the `where` of each',
  },
});
