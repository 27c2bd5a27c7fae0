import { describe, expect, it } from 'vitest';
import { definitions, tables } from '../codes.ts';
import { findingOf, findingsOf, wholeExample } from './example.ts';
import { codes } from './page.ts';

/** What cannot be shown in a few lines, or not on a page at all. */
const withoutExample = new Set([
  'control-character',
  'file-too-large',
  'nested-too-deep',
  'no-metadata',
  'not-proven',
  'text-too-long',
  'too-many-to-compare',
  'transitions-not-known',
]);

describe('the example of each code', () => {
  it('is there, and no code stands in two tables', () => {
    expect(codes().filter(code => !definitions.get(code)!.example && !withoutExample.has(code))).toEqual([]);
    expect(tables.flatMap(Object.keys).toSorted()).toEqual(codes());
  });

  it.each(codes().filter(code => definitions.get(code)!.example))(
    'L-2 `%s`: the wrong text earns it, the right one earns no error and not it',
    code => {
      const example = definitions.get(code)!.example!;
      const { severity } = definitions.get(code)!;
      expect(findingOf(code, example)?.severity, wholeExample(example, 'wrong').text).toBe(severity);
      const right = findingsOf(example, 'right').filter(found => found.severity === 'error' || found.code === code);
      expect(
        right.map(found => found.message),
        wholeExample(example, 'right').text,
      ).toEqual([]);
    },
  );
});
