import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('paths', () => {
  it.each([
    ['a misspelt field', '~~Subjekt~~', 'unknown-field', 'did you mean `Subject`?'],
    ['a label', '~~Resolution_Notes~~', 'unknown-field', 'did you mean `Notes__c`?'],
    ['a field of a parent', 'Account.~~Ratingg~~', 'unknown-field', 'did you mean `Rating`?'],
    ['a relationship alone', '~~Account~~', 'unknown-field', 'did you mean `Account.Name`?'],
    ['the id field instead of the relationship', '~~AccountId~~.Name', 'not-a-relationship', 'did you mean `Account`?'],
    ['a field that is no relationship', '~~Subject~~.Name', 'not-a-relationship', undefined],
  ])('L-2 reports %s', (_, path, code, help) => {
    const source = itemWith(`  show ${path}`);
    const [found] = expectFindings(source, [code]);
    expect(found?.help).toBe(help);
    if (help !== undefined) expectFixesToHelp(source, code);
  });
  it('are found by any capitals, over several parents, and through owners of several kinds', () => {
    expectFindings(itemWith('  show subject, account.owner.email, Owner.Email, Owner.Name'), []);
  });
  it('stop where the metadata stops', () => {
    expectFindings(itemWith('  show ~~Contact~~.Name'), ['object-not-described']);
  });
  it('go over five relationships at most', () => {
    expectFindings(itemWith('  show ~~A.B.C.D.E.F.Name~~'), ['path-too-deep']);
  });
  it('are checked in tests too', () => {
    expectFindings(itemWith('', 'test "t" for support { salesforce ~~Subjekt~~ = "x" }'), ['unknown-field']);
  });
});
