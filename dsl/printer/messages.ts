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
    example: { wrong: 'item a "A" {\n  sync custom\n  sync custom\n}', right: 'item a "A" {\n  sync custom\n}' },
  },
  'has-aliases': {
    severity: 'warning',
    summary: 'A file with anchors and aliases is not formatted.',
    message: () => 'a value that stands here is written elsewhere, and formatting would repeat it here',
    help: () => 'write the value out if the file is to be formatted',
  },
  'not-proven': {
    severity: 'error',
    summary: 'What was written does not read as what it was written from.',
    message: () => 'writing this anew would change it, so it is left as it is',
    help: () => 'this is a defect of bridge: please report it with the text',
  },
});
