/** What is wrong inside a text, in both notations. */
import { family } from '../diagnostic.ts';

export const leaves = family({
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
