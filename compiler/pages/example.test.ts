import { describe, expect, it } from 'vitest';
import { createSourceFile, parse } from '../../dsl/index.ts';
import { syntax } from '../../dsl/messages/index.ts';
import { applyFix } from '../../test/kit/check.ts';
import { definitions, tables } from '../codes.ts';
import { isConfigFile } from '../config/config.ts';
import { testDiagnostics } from '../messages/test-failures.ts';
import { findingOf, findingsOf, programOf, saidOf, wholeExample } from './example.ts';
import { codes } from './page.ts';

/** What cannot be shown in a few lines, or not on a page at all, and what only a run of a test can say. */
const withoutExample = new Set([
  ...Object.keys(testDiagnostics.table),
  'control-character',
  'file-too-large',
  'more-findings',
  'nested-too-deep',
  'no-metadata',
  'not-proven',
  'text-too-long',
  'too-many-findings',
  'too-large-written',
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

  const fixes = codes().flatMap(code => {
    const { example } = definitions.get(code)!;
    const found = example && findingOf(code, example);
    return (found?.fixes ?? []).map(fix => [code, fix.title, fix, found!.file] as const);
  });
  it.each(fixes)(
    'L-2 `%s`: the fix “%s” does away with it, and leaves a text that can be read',
    (code, _, fix, file) => {
      const before = programOf(definitions.get(code)!.example!, 'wrong');
      const after = before.map(one =>
        one.path === file.path ? createSourceFile(file.path, applyFix(file.text, fix), file.notation) : one,
      );
      const count = (files: typeof before) => [...saidOf(files)].filter(found => found.code === code).length;
      const text = after.map(one => one.text).join('\n');
      expect(count(after), text).toBeLessThan(count(before));
      const broken = after.flatMap(one => (isConfigFile(one) ? [] : parse(one).diagnostics));
      if (!Object.hasOwn(syntax.table, code))
        expect(
          broken.map(({ message }) => message),
          text,
        ).toEqual([]);
    },
  );
});
