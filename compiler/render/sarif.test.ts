/** What every finding there is becomes as SARIF, against the schema that OASIS published. */
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { definitions } from '../codes.ts';
import { programOf, saidOf } from '../pages/example.ts';
import { codes } from '../pages/page.ts';
import { formats } from './index.ts';

const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
// Of an older draft, which names itself in another way.
const isSarif = ajv.compile(
  Object.fromEntries(Object.entries(schema).filter(([key]) => !['id', '$schema'].includes(key))),
);
const problemsOf = (report: Parameters<(typeof formats)[string]>[0]) => {
  isSarif(JSON.parse(formats.sarif!(report, { colour: false })));
  return isSarif.errors ?? [];
};

describe('SARIF 2.1.0', () => {
  it.each(codes().filter(code => definitions.get(code)!.example))('L-3 is what `%s` is written as', code => {
    const files = programOf(definitions.get(code)!.example!, 'wrong');
    const diagnostics = [...saidOf(files)];
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(problemsOf({ files, items: 1, diagnostics })).toEqual([]);
  });

  it('L-3 is what a report without findings is', () => {
    expect(problemsOf({ files: [], items: 0, diagnostics: [] })).toEqual([]);
  });

  it('is told from what only looks like it', () => {
    isSarif({ version: '2.1.0', runs: [{ results: [] }] });
    expect(isSarif.errors?.map(({ message }) => message)).toContain("must have required property 'tool'");
  });
});
