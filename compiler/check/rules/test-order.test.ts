import { describe, it } from 'vitest';
import { expectFindings, itemWith } from '../../../test/kit/check.ts';

describe('steps of a test', () => {
  it('never go back in time', () => {
    const test = 'test "t" for support { at 1h salesforce Subject = "x" at ~~5m~~ cycle at 61m cycle at ~~1h~~ cycle }';
    expectFindings(itemWith('', test), ['time-goes-back', 'time-goes-back']);
  });
});
