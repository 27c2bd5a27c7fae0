import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

const besides = ['too-long-for-target', 'empty-into-required'];
describe('what a conversion can lose or refuse', () => {
  it.each([
    ['Owner.Email -> ~~assignee~~', 'fallible-conversion-needs-or-else'],
    ['Subject -> ~~Score~~', 'fallible-conversion-needs-or-else'],
    ['Priority -> ~~priority~~', 'fallible-conversion-needs-or-else'],
    ['~~Score__c~~ <- Severity', 'fallible-conversion-needs-or-else'],
    ['Description -> ~~Score~~', 'impossible-conversion'],
    ['Vip__c -> ~~assignee~~', 'impossible-conversion'],
    ['~~Vip__c~~ <- assignee', 'impossible-conversion'],
    ['Called__c -> ~~duedate~~', 'lossy-conversion'],
    ['~~Description~~ <- description', 'lossy-conversion'],
    ['~~Description~~ <-> description', 'lossy-conversion'],
  ])('L-2 is said of `%s`', (mapping, code) => {
    expectFindings(itemWith(`  fields { ${mapping} }`), [code], { besides });
  });
  it.each([
    'Subject -> summary or else skip',
    'Score__c <-> Score',
    'Due__c -> duedate',
    'Called__c <-> Called',
    'Owner.Email -> assignee or else skip',
  ])('is not said of `%s`', mapping => {
    expectFindings(itemWith(`  fields { ${mapping} }`), []);
  });
  it('shows a value that would fail, and offers what to add', () => {
    const source = itemWith('  fields { Origin -> ~~Severity~~ }');
    const [found] = expectFindings(source, ['fallible-conversion-needs-or-else']);
    expect(found?.reason).toBe('`Phone` is no value that the other side lists');
    expect(expectFixesToHelp(source, 'fallible-conversion-needs-or-else')).toHaveLength(3);
  });
  it('is answered by a table that covers what can occur', () => {
    expectFindings(
      itemWith('  fields { Priority -> priority { "High" -> "High" "Medium" -> "Low" "Low" -> "Low" } }'),
      [],
    );
    expectFindings(itemWith('  fields { Subject -> ~~priority~~ { "High" -> "High" } }'), [
      'fallible-conversion-needs-or-else',
    ]);
  });
  it('L-2 is asked of each direction: labels may hold what the table has no row for, when the picklist cannot', () => {
    const table = '{ "High" <-> "high" "Medium" <-> "medium" "Low" <-> "low" }';
    const source = itemWith(`  fields { ~~Priority~~ <-> labels ${table} }`);
    expectFindings(source, ['fallible-conversion-needs-or-else']);
    expect(expectFixesToHelp(source, 'fallible-conversion-needs-or-else')).toHaveLength(3);
    expectFindings(itemWith(`  fields { Priority -> labels ${table} }`), []);
  });
  it('offers the direction that works', () => {
    const source = itemWith('  fields { ~~AccountId~~ <-> "Resolution notes" }');
    expectFindings(source, ['impossible-conversion']);
    expect(expectFixesToHelp(source, 'impossible-conversion')[0]).toMatch('AccountId -> "Resolution notes"');
  });
});
