import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readStrictly } from './grammar/index.ts';
import { lex } from './lexer.ts';
import { anyProgram } from './printer/arbitrary.ts';
import { print } from './printer/index.ts';
import { complaint, slipsOf, underIn, yamlMovesOf, yamlSlipsOf } from './slips.ts';
import { bridge, EVERYTHING, EVERYTHING_YAML, entriesOf, errors, yaml } from './testing.ts';

const folder = new URL('../examples/', import.meta.url);
const examples = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(path => /\.bridge(\.yaml)?$/.test(path))
  .map(path => [path, readFileSync(new URL(path, folder), 'utf8')] as const);
const ofNotation = (end: string) => examples.filter(([path]) => path.endsWith(end));

/** Of all slips of a text so many, by the dice; `npm run fuzz:slips` tries each. */
const some = <T>(all: readonly T[], tried: number): readonly T[] => fc.sample(fc.constantFrom(...all), tried);

/** Lists and conditions as `fmt` breaks them into lines. */
const LONG = `item a "A" {
  salesforce Case
  where      Origin is not "Web"
             and Account.Type is one of
               "Direct",
               "Channel"
             and (Type is "x"
                  or Reason is not empty)
  jira       SUP / "Incident"
  sync       custom

  new issue {
    labels = ["one",
              "two",
              "three"]
    flagged = empty
  }

  when Rating is "Hot"
       or Rating is "Warm"
       move to "Done"
  otherwise leave

  show CaseNumber,
       Status,
       Account.Name
}
`;

describe('one token deleted, inserted or replaced', () => {
  test.each([['every construct', EVERYTHING] as const, ['long lists', LONG] as const, ...ofNotation('.bridge')])(
    'L-1 in %s costs at most two messages, one of them where it is, and no entry of another line',
    (_, sound) => {
      const whole = bridge(sound);
      expect(errors(whole)).toEqual([]);
      const entries = entriesOf(whole);
      const slips = some([...slipsOf(whole.program.file)], 300);
      const complaints = slips.map(slip => complaint(entries, bridge(slip.text), slip));
      expect(complaints.filter(said => said !== undefined)).toEqual([]);
    },
    120_000,
  );

  test.each(ofNotation('.bridge').filter(([path]) => /field-service|bugs-from-cases/.test(path)))(
    'L-1 in %s each quote that nobody closes, also at the head of a test, and each brace before a table of one line',
    (_, sound) => {
      const whole = bridge(sound);
      const entries = entriesOf(whole);
      const slips = [...slipsOf(whole.program.file, ['"open', '}'])];
      const complaints = slips.map(slip => complaint(entries, bridge(slip.text), slip));
      expect(complaints.filter(said => said !== undefined)).toEqual([]);
    },
    120_000,
  );

  test.each([['every construct', EVERYTHING_YAML] as const, ...ofNotation('.bridge.yaml')])(
    'L-1 in the YAML of %s costs the same, and no entry that is not under its key',
    (_, sound) => {
      const whole = yaml(sound);
      expect(errors(whole)).toEqual([]);
      const entries = entriesOf(whole);
      const under = underIn(sound);
      const slips = some([...yamlSlipsOf(whole.program.file)], 75);
      const complaints = slips.map(slip => complaint(entries, yaml(slip.text), slip, under(slip.line)));
      expect(complaints.filter(said => said !== undefined)).toEqual([]);
    },
    120_000,
  );
});

describe('a line that was moved', () => {
  test.each([['every construct', EVERYTHING_YAML] as const, ...ofNotation('.bridge.yaml')])(
    'L-1 in the YAML of %s costs at most two messages, one of them where it is, and no entry that is not under its key',
    (_, sound) => {
      const whole = yaml(sound);
      const entries = entriesOf(whole);
      const under = underIn(sound);
      const slips = some([...yamlMovesOf(whole.program.file)], 60);
      const complaints = slips.map(slip => complaint(entries, yaml(slip.text), slip, under(slip.line)));
      expect(complaints.filter(said => said !== undefined)).toEqual([]);
    },
    120_000,
  );
});

describe('YAML with a head that is none any more', () => {
  const slip = (from: string, to: string, problem: string, fix: string) => [from, to, problem, fix] as const;
  test.each([
    slip(
      '  support-cases:',
      '  # support-cases:',
      '`#` makes a comment of the key that the lines below stand under',
      'take it away',
    ),
    slip('  support-cases:', '  # :', '`#` makes a comment of the key that the lines below stand under', ''),
    slip('    fields:', '    # :', '`#` makes a comment of the key that the lines below stand under', ''),
    slip('values:', '# :', '`#` makes a comment of the key that the lines below stand under', ''),
    slip('values:', '# values:', '`#` makes a comment of the key that the lines below stand under', 'take it away'),
    slip('items:', '%items:', '`%` does not belong here', 'take it away'),
    slip('    show: [Name]', '      show: [Name]', 'the line is not indented as its neighbours are', 'indent it by 4'),
    slip('- { at: 0m', '? { at: 0m', '`-` is due instead of `?`', 'write `-`'),
    slip('- { at: 0m', '? - { at: 0m', '`?` does not belong here', 'take it away'),
    slip('- expect: { created: true', '?  expect: { created: true', '`-` is due instead of `?`', 'write `-`'),
    slip('  support-cases:', '  - support-cases:', '`-` does not belong here', 'take it away'),
    slip('  - name: a hot', '  " name: a "hot', '`-` is due instead of `"`', 'write `-`'),
    slip(
      '      - when:\n          all:\n            - { field: Name',
      '      # - when:\n          all:\n            - { field: Name',
      '`#` makes a comment of the key that the lines below stand under',
      'take it away',
    ),
    slip(
      '  - name: a hot',
      '  # - name: a hot',
      '`#` makes a comment of the key that the lines below stand under',
      'take it away',
    ),
    slip(
      '      - when:\n          all:\n            - { field: Name',
      '      - # when:\n          all:\n            - { field: Name',
      '`#` makes a comment of the key that the lines below stand under',
      'take it away',
    ),
    slip(
      '      - when:\n          all:\n            - { field: Name',
      '      # when:\n          all:\n            - { field: Name',
      '`-` is due instead of `#`',
      'write `-`',
    ),
    slip(
      '    fields:',
      '    # fields: # by owner',
      '`#` makes a comment of the key that the lines below stand under',
      'take it away',
    ),
  ])('L-1 `%s` written as `%s` loses nothing that stands under it', (sound, broken, problem, fix) => {
    expect(EVERYTHING_YAML.split(sound)).toHaveLength(2);
    const { line } = yaml(EVERYTHING_YAML).program.file.position(EVERYTHING_YAML.indexOf(sound));
    const read = yaml(EVERYTHING_YAML.replace(sound, broken));
    const [first, ...more] = errors(read);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ code: 'yaml-slip', message: problem });
    expect(first!.fixes.map(({ title }) => title)).toEqual(fix === '' ? [] : [fix]);
    const entries = entriesOf(yaml(EVERYTHING_YAML)).filter(entry => entry.line !== line);
    expect(entriesOf(read).filter(entry => entry.line !== line)).toEqual(entries);
  });
});

describe('a valid text', () => {
  const isSentence = (text: string) => readStrictly(lex(text).tokens) !== undefined;
  test('L-1 is read by the grammar and by no allowance', () => {
    for (const [path, text] of ofNotation('.bridge')) expect(isSentence(text), path).toBe(true);
    fc.assert(
      fc.property(anyProgram, program => {
        expect(isSentence(print(program, 'bridge'))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
