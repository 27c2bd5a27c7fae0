import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('an unknown object', () => {
  it('is reported alone: nothing inside it is', () => {
    const source = itemWith('salesforce ~~Csae~~\n  fields { Nothing -> summary }\n  show Nowhere.Name');
    const [found] = expectFindings(source, ['unknown-object']);
    expect(found?.help).toBe('did you mean `Case`?');
    expectFixesToHelp(source, 'unknown-object');
  });
  it('is found by another capital', () => expectFindings(itemWith('salesforce CASE'), []));
  it('is told from one that was never described', () => {
    expectFindings(itemWith('salesforce ~~Contact~~\n  show LastName'), ['object-not-described']);
  });
});
