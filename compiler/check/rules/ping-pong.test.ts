import { describe, expect, it } from 'vitest';
import { expectFindings, itemWith } from '../../../test/kit/check.ts';
import { metadata } from '../../../test/kit/metadata.ts';
import type { Metadata } from '../../metadata/model.ts';

const besides = ['empty-into-required', 'too-long-for-target', 'fallible-conversion-needs-or-else', 'lossy-conversion'];
const fields = (mappings: string) => itemWith(`  fields {\n${mappings}\n  }`);

/** As of an org that says of no text how long it may become. */
const unmeasured = JSON.parse(JSON.stringify(metadata), (key, value) =>
  key === 'length' ? undefined : value,
) as Metadata;

describe('a value that goes there and back', () => {
  it.each([
    [
      '~~Score__c <-> Customer~~ or else skip',
      '`007` becomes `7` in Salesforce, and after an edit there it comes back as `7`',
    ],
    ['~~Subject <-> Score~~ or else skip', '`007` becomes `7` in Jira, and after an edit there it comes back as `7`'],
    [
      '~~Vip__c <-> Customer~~ or else skip',
      '`yes` becomes `true` in Salesforce, and after an edit there it comes back as `true`',
    ],
    [
      '~~Subject <-> Customer~~ cut at 10',
      '`a long text` becomes `a long tex` in Jira, and after an edit there it comes back as `a long tex`',
    ],
  ])('is shown where `%s` changes it', (mapping, reason) => {
    const [found] = expectFindings(fields(mapping), ['comes-back-changed'], { besides });
    expect(found?.severity).toBe('warning');
    expect(found?.reason).toBe(reason);
  });
  it.each([
    [200, ['comes-back-changed']],
    [131_072, []],
    [Number.MAX_SAFE_INTEGER, []],
  ])('is shown where a text of unknown length is cut at %d, if a text can be that long', (length, codes) => {
    const source = fields(`~~Subject <-> Customer~~ cut at ${length} or else skip`);
    expectFindings(source, codes, { besides, metadata: unmeasured });
  });
  it('is a hint where a row of one direction is what changes it', () => {
    const table = '{ "High" <-> "High" "Medium" -> "High" "Low" <-> "Low" otherwise keep }';
    const [found] = expectFindings(fields(`~~Priority <-> priority~~ ${table}`), ['comes-back-as-other-row'], {
      besides,
    });
    expect(found?.severity).toBe('hint');
    expect(found?.message).toBe('`Medium` of `Priority` can come back as `High`');
  });
  it('is not told of a table that nobody can read backwards', () => {
    const table = '{ "High" <-> "High" ~~"Low" <-> "High"~~ otherwise keep }';
    expectFindings(fields(`Priority <-> priority ${table}`), ['two-way-table-not-reversible'], { besides });
  });
  it.each([
    'Subject <-> summary',
    'Score__c <-> Score',
    'Due__c <-> duedate',
    'Called__c <-> Called',
    'Priority <-> priority or else skip',
    'Subject -> Customer cut at 10',
    'Subject <-> Customer cut at 255',
    'Priority <-> priority { "High" <-> "Highest" "Medium" <-> "High" "Low" <-> "Low" otherwise keep }',
  ])('is the same after `%s`', mapping => {
    expectFindings(fields(mapping), [], { besides });
  });
});
