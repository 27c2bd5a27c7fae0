import { describe, it } from 'vitest';
import { expectFindings, itemWith } from '../../../test/kit/check.ts';

describe('a field that is not on the create screen', () => {
  it('is warned of where it is written', () => {
    expectFindings(itemWith('  fields { Subject -> ~~Elsewhere~~ }'), ['field-not-on-screen']);
    expectFindings(itemWith('  new issue { ~~Elsewhere~~ = "x" }'), ['field-not-on-screen']);
  });
  it('may be read', () => expectFindings(itemWith('  fields { Subject <- Elsewhere }'), []));
});
