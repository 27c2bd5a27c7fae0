import { describe, expect, it } from 'vitest';
import { createSourceFile, type Diagnostic, parse, type SourceFile } from '../../dsl/index.ts';
import { convert } from '../../dsl/printer/index.ts';
import { applyFix } from '../../test/kit/check.ts';
import { definitions } from '../codes.ts';
import { configName, isConfigFile } from '../config/config.ts';
import { findingOf, programOf, saidOf } from './example.ts';
import { codes } from './page.ts';

/** The example of a code as YAML; nothing where YAML cannot say what is wrong with it. */
function inYaml(code: string): readonly SourceFile[] | undefined {
  const { example } = definitions.get(code)!;
  if (example === undefined || example.within === 'config') return undefined;
  const files = programOf(example, 'wrong');
  const written = files.map(file => {
    if (file.path === configName || file.notation === 'yaml') return file;
    const { text } = convert(file, 'yaml');
    return text === undefined ? undefined : createSourceFile('example.bridge.yaml', text, 'yaml');
  });
  return written.some(file => file === undefined) ? undefined : (written as readonly SourceFile[]);
}

const found = (files: readonly SourceFile[], code: string): readonly Diagnostic[] =>
  [...saidOf(files)].filter(finding => finding.code === code);

describe('the fixes of each code in YAML', () => {
  const both = codes().flatMap(code => {
    const { example } = definitions.get(code)!;
    const finding = example && findingOf(code, example);
    const files = inYaml(code);
    const there = files && found(files, code)[0];
    return finding === undefined || files === undefined || there === undefined
      ? []
      : [[code, finding, there, files] as const];
  });

  it.each(both)('L-2 `%s` offers as many as in Bridge', (_, finding, there) => {
    expect(there.fixes.length, there.file.text).toBe(finding.fixes.length);
  });

  const fixes = both.flatMap(([code, , there, files]) =>
    there.fixes.map(fix => [code, fix.title, fix, files] as const),
  );
  it.each(fixes)('L-2 `%s`: “%s” does away with it, and leaves YAML that reads', (code, _, fix, files) => {
    const after = files.map(file => {
      const edits = fix.edits.filter(edit => edit.file.path === file.path);
      return createSourceFile(file.path, applyFix(file.text, { ...fix, edits }), file.notation);
    });
    const text = after.map(file => file.text).join('\n');
    expect(found(after, code).length, text).toBeLessThan(found(files, code).length);
    const broken = after.flatMap(file => (isConfigFile(file) ? [] : parse(file).diagnostics));
    expect(
      broken.map(({ message }) => message),
      text,
    ).toEqual([]);
  });
});
