/** What the two readers say: one row a code, with its sentence, its way out and an example. */
import { defineDiagnostics } from './diagnostic.ts';

export const syntax = defineDiagnostics({
  'unexpected-text': {
    severity: 'error',
    summary: 'The text is not a sentence of the language.',
    message: (_: object) => 'this is not Bridge',
  },
});
