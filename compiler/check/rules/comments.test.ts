import { describe, expect, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';
import { metadata as org } from '../../../test/kit/metadata.ts';

const withoutFeeds = {
  ...org,
  salesforce: {
    ...org.salesforce,
    objects: org.salesforce.objects.map(object => ({ ...object, feedEnabled: false })),
  },
};

describe('comments', () => {
  it('S-8 need a feed to travel to', () => {
    const source = itemWith('  salesforce Account\n  ~~comments~~ on');
    const [found] = expectFindings(source, ['object-without-feed'], { metadata: withoutFeeds });
    expect(found?.message).toBe('`Account` has no feed, so no comment can travel');
    expectFixesToHelp(source, 'object-without-feed', withoutFeeds);
    // The org may get its feed.
    expect(found?.fixes[0]?.asks).toBe(true);
  });
  it.each(['salesforce Case\n  comments on', 'salesforce Account\n  comments off'])(
    'S-8 are fine with `%s`',
    clauses => {
      expectFindings(itemWith(`  ${clauses}`), [], { metadata: withoutFeeds });
    },
  );
  it('S-8 are fine where the object has a feed', () => {
    expectFindings(itemWith('  salesforce Account\n  comments on, published'), []);
  });
});
