import { describe, expect, it } from 'vitest';
import type { Claim, IssueMarker } from '../ports.ts';
import {
  afterEmptyLook,
  betweenLooksMs,
  claimed,
  claimKey,
  claimStep,
  isProvenAbsent,
  markerFor,
  markerMatches,
  quarantineMs,
} from './claim.ts';

const org = '00D000000000001AAA';
const record = { id: '500000000000001AAA', object: 'Case' };

describe('I1 a claim', () => {
  it('has one key for one effect, which tells what it is about', () => {
    const key = claimKey(org, 'support-cases', record.id);
    expect(key).toBe('issue:00D000000000001AAA:support-cases:500000000000001AAA');
    expect(claimed(key)).toEqual({ org, item: 'support-cases', record: record.id });
  });
  it.each(['', 'comment:o:i:r', 'issue', 'issue:o', 'issue:o:i', 'issue::i:r', 'issue:o::r', 'issue:o:i:'])(
    'I24 is about nothing when its key is %j',
    key => {
      expect(claimed(key)).toBeUndefined();
    },
  );

  it('S-10 is met by a marker that says the same in all that it says, and by no other', () => {
    const marker = markerFor(org, 'support-cases', record);
    expect(marker).toEqual({
      v: 1,
      org,
      object: 'Case',
      record: record.id,
      item: 'support-cases',
      claim: claimKey(org, 'support-cases', record.id),
    });
    expect(markerMatches({ ...marker }, marker)).toBe(true);
    for (const name of Object.keys(marker) as (keyof IssueMarker)[]) {
      expect(markerMatches({ ...marker, [name]: 'another' } as IssueMarker, marker), name).toBe(false);
    }
  });
});

describe('I1 I10 a claim that somebody left behind', () => {
  const left: Claim = { key: claimKey(org, 'support-cases', record.id), at: 1000, run: 'dead', looks: 0 };

  it('is looked for when its request can no longer land, and ten minutes later once more; then nothing is there', () => {
    const first = left.at + quarantineMs;
    expect(claimStep(left, first - 1)).toEqual({ kind: 'wait', until: first });
    expect(claimStep(left, first)).toEqual({ kind: 'look' });
    expect(isProvenAbsent(left)).toBe(false);
    const once = afterEmptyLook(left, first + 5);
    expect(once).toEqual({ ...left, looks: 1, lastLookAt: first + 5 });
    expect(isProvenAbsent(once)).toBe(false);
    const second = first + 5 + betweenLooksMs;
    expect(claimStep(once, second - 1)).toEqual({ kind: 'wait', until: second });
    expect(claimStep(once, second)).toEqual({ kind: 'look' });
    const twice = afterEmptyLook(once, second);
    expect(twice).toEqual({ ...left, looks: 2, lastLookAt: second });
    expect(isProvenAbsent(twice)).toBe(true);
    // From now on nothing is waited for but a reason to try again.
    expect(claimStep(twice, second)).toEqual({ kind: 'look' });
  });

  it('waits two minutes and ten, as long as requests may land and search may lag', () => {
    expect([quarantineMs, betweenLooksMs]).toEqual([120_000, 600_000]);
    // Of an older version that did not keep when it looked.
    expect(claimStep({ ...left, looks: 1 }, 1000)).toEqual({ kind: 'wait', until: 601_000 });
  });
});
