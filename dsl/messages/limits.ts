/** What is too large, in both notations. */
import { family } from '../diagnostic.ts';

export const limits = family({
  'file-too-large': {
    severity: 'error',
    summary: 'A file holds at most 10 MB.',
    message: ({ megabytes }: { megabytes: string }) => `this file has ${megabytes} MB, and 10 MB is the most`,
    help: () => 'split it: a program is all the files of a folder',
  },
  'too-many-findings': {
    severity: 'error',
    summary: 'More findings about one text than anybody would read.',
    message: ({ count }: { most: number; count: number }) =>
      `${count} things are wrong with this text, and what is from here on is not listed`,
    help: ({ most }: { most: number; count: number }) => `the first ${most} are; is it the right file?`,
  },
  'text-too-long': {
    severity: 'error',
    summary: 'A text holds at most 64 KB.',
    message: () => 'this text is longer than 64 KB',
  },
  'nested-too-deep': {
    severity: 'error',
    summary: 'Brackets and `not` are nested at most 50 deep.',
    message: () => 'brackets are nested more than 50 deep here',
    help: () => 'a condition this deep can be said more simply, with `is one of` for instance',
  },
});
