import { describe, expect, it } from 'vitest';
import { expectFindings, itemWith } from '../../../test/kit/check.ts';

const besides = ['empty-into-required', 'table-value-not-covered', 'comes-back-as-other-row'];
const fields = (mapping: string) => itemWith(`  fields { ${mapping} }`);
const long = 'x'.repeat(300);

describe('what a table or an `or else` writes', () => {
  it.each([
    ['Priority -> labels { "High" -> ~~"very high"~~ otherwise keep }', /label/],
    [`Priority -> Customer { "High" -> ~~"${long}"~~ otherwise keep }`, /300 characters/],
    ['Subject -> Score or else ~~"about ten"~~', /“about ten” is not a number/],
    ['Subject -> Score { "a" -> 1 otherwise ~~"none"~~ } or else skip', /is not a number/],
    ['Due__c -> duedate or else ~~"tomorrow"~~', /is not a date/],
    ['~~"maybe"~~ <- x', /neither/],
  ])('has to be a value that the target takes: `%s`', (mapping, why) => {
    const source = mapping.startsWith('~~')
      ? fields('Vip__c <- Customer { true <- "yes" otherwise ~~"maybe"~~ } or else keep')
      : fields(mapping);
    const [found] = expectFindings(source, ['value-does-not-fit'], { besides });
    expect(found?.severity).toBe('error');
    expect(found?.reason).toMatch(why);
  });
  it.each([
    'Owner.Email -> assignee or else "5b10ac8d82e05b22cc7d4ef5"',
    'Subject -> Score or else "10"',
    'Subject -> Score or else "{Score__c}"',
    'Subject -> summary or else "Case {CaseNumber}"',
    'Priority -> labels { "High" -> "very-high" otherwise keep }',
    'Vip__c <-> Customer { true <-> "yes" false <-> "no" otherwise keep }',
    `Subject -> Customer cut at 20 or else "${long}"`,
  ])('is fine with `%s`', mapping => {
    expectFindings(fields(mapping), [], { besides });
  });
  it('is one of the values that are listed, where there is a list', () => {
    expectFindings(fields('Subject -> Severity or else ~~"Huge"~~'), ['unknown-option'], { besides });
    expectFindings(fields('Priority <- Customer or else ~~"Huge"~~'), ['unknown-picklist-value'], { besides });
    expectFindings(fields('Priority -> Severity { "High" -> "Major" otherwise ~~"Huge"~~ }'), ['unknown-option'], {
      besides,
    });
    expectFindings(fields('Subject -> Severity or else "Minor"'), [], { besides });
  });
  it('cannot be nothing where something is required', () => {
    const [found] = expectFindings(fields('Subject -> summary or else ~~clear~~'), ['clear-of-required'], { besides });
    expect(found?.severity).toBe('warning');
    expectFindings(fields('Subject -> Score or else clear'), []);
  });
});
