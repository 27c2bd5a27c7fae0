import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

const besides = ['empty-into-required', 'too-long-for-target', 'fallible-conversion-needs-or-else', 'lossy-conversion'];
const fields = (mappings: string) => itemWith(`  fields {\n${mappings}\n  }`);

describe('a value that goes there and back', () => {
  it.each([
    ['~~Score__c <-> Customer~~ or else skip', '`007` becomes `7` there, and after an edit it comes back as `7`'],
    ['~~Subject <-> Score~~ or else skip', '`007` becomes `7` there, and after an edit it comes back as `7`'],
    ['~~Vip__c <-> Customer~~ or else skip', '`yes` becomes `true` there, and after an edit it comes back as `true`'],
    [
      '~~Subject <-> Customer~~ cut at 10',
      '`a long text` becomes `a long tex` there, and after an edit it comes back as `a long tex`',
    ],
  ])('is shown where `%s` changes it', (mapping, reason) => {
    const [found] = expectFindings(fields(mapping), ['comes-back-changed'], { besides });
    expect(found?.severity).toBe('warning');
    expect(found?.reason).toBe(reason);
  });
  it('is a hint where a row of one direction is what changes it', () => {
    const table = '{ "High" <-> "High" "Medium" -> "High" "Low" <-> "Low" otherwise keep }';
    const [found] = expectFindings(fields(`~~Priority <-> priority~~ ${table}`), ['comes-back-as-other-row'], {
      besides,
    });
    expect(found?.severity).toBe('hint');
    expect(found?.message).toBe('`Medium` of `Priority` comes back as `High`');
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

describe('a circle of mappings', () => {
  it('that changes its value is an error, with what it does to one', () => {
    const [found] = expectFindings(
      fields('"{Subject} (Case)" -> summary\n~~Subject <- summary~~'),
      ['circle-changes-value'],
      {
        besides,
      },
    );
    expect(found?.severity).toBe('error');
    expect(found?.reason).toBe('`a text` becomes `a text (Case)`, then `a text (Case)`, and so on with every round');
    expect(found?.related).toHaveLength(1);
  });
  it.each([
    ['Subject -> summary\n~~Subject <- summary~~', '`Subject` and `Summary` own each other in a circle'],
    [
      'Subject -> Score or else skip\nNotes__c <- Score\nNotes__c -> Customer\n~~Subject <- Customer~~',
      '`Notes__c`, `Customer`, `Subject` and `Score` own each other in a circle',
    ],
  ])('that does not is one all the same, since nobody owns the value: `%s`', (mappings, message) => {
    const [found] = expectFindings(fields(mappings), ['circle-of-owners'], { besides });
    expect(found?.severity).toBe('error');
    expect(found?.message).toBe(message);
  });
  it('of two mappings is one mapping that both sides own', () => {
    const [fixed] = expectFixesToHelp(fields('Subject -> Customer\nSubject <- Customer'), 'circle-of-owners');
    expect(fixed).toMatch(/fields \{\nSubject <-> Customer\n {2}\}/);
  });
  it.each([
    'Subject -> summary\nNotes__c <- summary',
    'Subject -> summary\nSubject <- Customer',
    'Subject -> summary\nRich__c <- summary\nRich__c -> Customer',
    'Subject <-> summary\nRich__c <- summary',
  ])('that is none is fine: `%s`', mappings => {
    expectFindings(fields(mappings), [], { besides });
  });
});
