/** What the printers say when they leave a text as it is. */
import { defineDiagnostics } from '../diagnostic.ts';
import type { Notation } from '../source.ts';

export const notationName: Readonly<Record<Notation, string>> = { bridge: 'Bridge', yaml: 'YAML' };

export const printing = defineDiagnostics({
  'not-in-notation': {
    severity: 'error',
    summary: 'One notation can say what the other cannot.',
    message: ({ notation, problem }: { notation: Notation; problem: string }) =>
      `this cannot be written in ${notationName[notation]}: ${problem}`,
    help: () => 'mend it first, or leave the file in the notation that it is in',
    example: { wrong: 'sync custom\nsync custom', right: 'sync custom' },
  },
  'has-aliases': {
    severity: 'warning',
    summary: 'A file with anchors and aliases is not formatted.',
    message: () => 'a value that stands here is written elsewhere, and formatting would repeat it here',
    help: () => 'write the value out if the file is to be formatted',
    example: {
      within: 'file',
      notation: 'yaml',
      wrong: 'values:\n  severity: &same { pairs: { High: Highest } }\n  urgency: *same',
      right: 'values:\n  severity: { pairs: { High: Highest } }\n  urgency: { pairs: { High: Highest } }',
    },
  },
  'not-formatted': {
    severity: 'error',
    summary: 'The file is not laid out as `bridge fmt` does it.',
    message: ({ onlyLineEnds }: { onlyLineEnds: boolean }) =>
      onlyLineEnds
        ? 'the lines of this file do not end as `bridge fmt` writes them'
        : 'from this line on the file is not laid out as `bridge fmt` does it',
    help: () => 'run `bridge fmt`, which changes the layout and nothing else',
    example: {
      within: 'file',
      wrong: 'values severity {\n"High"<->"Highest"\n}',
      right: 'values severity {\n  "High" <-> "Highest"\n}',
    },
  },
  'too-large-written': {
    severity: 'error',
    summary: 'A file holds at most 10 MB, and would hold more once it is written anew.',
    message: ({ notation, megabytes }: { notation: Notation; megabytes: string }) =>
      `laid out in ${notationName[notation]}, this file would have ${megabytes} MB, and 10 MB is the most`,
    help: () => 'split it first: a program is all the files of a folder',
  },
  'not-proven': {
    severity: 'error',
    summary: 'What was written does not read as what it was written from.',
    message: () => 'writing this anew would change it, so it is left as it is',
    help: () => 'this is a defect of bridge: please report it with the text',
  },
});
