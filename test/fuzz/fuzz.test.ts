import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { readSnapshot } from '../../compiler/metadata/snapshot.ts';
import { holdsFor } from './properties.ts';
import { anyText } from './texts.ts';

const metadata = readSnapshot(readFileSync(new URL('../../examples/metadata.lock.json', import.meta.url), 'utf8'));

describe('any text, in either notation', () => {
  it('L-1 L-2 is read, checked, compiled, formatted and converted without a throw, and says what is wrong with it', () => {
    fc.assert(
      fc.property(anyText, ({ text, notation }) => holdsFor(text, notation, metadata)),
      { numRuns: 100, seed: 20261126 },
    );
  });
});
