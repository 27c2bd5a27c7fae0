/** What is wrong with a text, or inside one, in both notations. */
import { family } from '../diagnostic.ts';
import { notationNames } from '../other-notation.ts';
import type { Notation } from '../source.ts';

export const leaves = family({
  'other-notation': {
    severity: 'error',
    summary: 'A text in the other notation than the name of its file says.',
    message: ({ is }: { is: Notation; path: string | undefined }) =>
      `this is ${notationNames[is]}, and the name of the file says ${notationNames[is === 'yaml' ? 'bridge' : 'yaml']}`,
    help: ({ is, path }) =>
      path === undefined
        ? `the name of a file with ${notationNames[is]} ends in \`${is === 'yaml' ? '.bridge.yaml' : '.bridge'}\``
        : `call the file \`${path}\``,
    example: {
      within: 'file',
      wrong: 'values:\n  severity: { pairs: { High: Highest } }',
      right: 'values severity {\n  "High" <-> "Highest"\n}',
    },
  },
  'bad-escape': {
    severity: 'error',
    summary: 'After a backslash only a few characters can stand.',
    message: ({ written }: { written: string }) => `\`${written}\` stands for nothing`,
    help: () => 'a backslash itself is written `\\\\`; there are `\\"`, `\\n`, `\\t` and `\\u{…}`',
    example: { wrong: 'jira SUP / "Inci\\dent"', right: 'jira SUP / "Incident"' },
  },
  'unclosed-text': {
    severity: 'error',
    summary: 'A text ends on its own line, with a quote.',
    message: () => 'the closing quote is missing',
    help: () => 'add it where the text ends; the rest of the line was not looked at',
    example: { wrong: 'jira SUP / "Incident', right: 'jira SUP / "Incident"' },
  },
  'lone-brace': {
    severity: 'error',
    summary: 'A single brace in a template begins or ends a field.',
    message: ({ brace }: { brace: string }) =>
      brace === '{' ? '`{` begins a field that does not end' : '`}` ends a field that did not begin',
    help: ({ brace }: { brace: string }) => `a brace that is meant is written twice: \`${brace}${brace}\``,
    example: {
      within: 'fields',
      wrong: '"Case {CaseNumber" -> "Customer"',
      right: '"Case {CaseNumber}" -> "Customer"',
    },
  },
  'bad-hole': {
    severity: 'error',
    summary: 'Between the braces of a template stands a field.',
    message: ({ written }: { written: string }) =>
      written.trim() === '' ? 'the braces are empty' : `\`${written}\` is not a field's API name or path`,
    help: () => 'write a field between the braces, or double them if they are meant: `{{…}}`',
    example: { within: 'fields', wrong: '"Case {}" -> "Customer"', right: '"Case {CaseNumber}" -> "Customer"' },
  },
});
