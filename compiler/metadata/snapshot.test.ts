import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metadata } from '../../test/kit/metadata.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';

const shuffled = <T>(values: readonly T[]) => fc.shuffledSubarray([...values], { minLength: values.length });

describe('the snapshot file', () => {
  it('L-2 reads back what was written', () => {
    const { version, ...read } = readSnapshot(writeSnapshot(metadata));
    expect(version).toBe(1);
    expect(writeSnapshot(read)).toBe(writeSnapshot(metadata));
  });
  it('is the same bytes in whatever order things were read', () => {
    const { salesforce, jira } = metadata;
    fc.assert(
      fc.property(
        shuffled(salesforce.objects),
        shuffled(jira.fields),
        shuffled(jira.projects),
        shuffled(jira.statuses),
        (objects, fields, projects, statuses) => {
          const other = { salesforce: { ...salesforce, objects }, jira: { ...jira, fields, projects, statuses } };
          expect(writeSnapshot(other)).toBe(writeSnapshot(metadata));
        },
      ),
      { numRuns: 20 },
    );
  });
  it.each([
    ['{', /not JSON/],
    ['[]', /the whole should be an object/],
    ['{"version":1}', /`salesforce` is missing/],
    ['{"version":99}', /of version 99, and this program reads up to 1/],
    [
      writeSnapshot(metadata).replace('"nillable": true', '"nillable": "yes"'),
      /`salesforce.objects\[\d+\].fields\[\d+\].nillable` should be true or false/,
    ],
    [writeSnapshot(metadata).replace('"nillable": true', '"nullable": true'), /is (missing|not known)/],
  ])('that is damaged is refused by place: %#', (text, problem) => {
    expect(() => readSnapshot(text)).toThrow(problem);
  });
});
