import { describe, it } from 'vitest';
import { expectFindings, expectFixesToHelp, itemWith } from '../../../test/kit/check.ts';

describe('a clause', () => {
  it('stands at most once, whatever it is', () => {
    const source = itemWith(
      '  comments on\n  show Subject\n  ~~comments~~ off\n  attachments on\n  ~~attachments~~ on',
    );
    expectFindings(source, ['duplicate-clause', 'duplicate-clause']);
    expectFixesToHelp(source, 'duplicate-clause');
  });
  it('`when` may repeat', () => {
    expectFindings(
      itemWith('  when Subject is "a" move to "Done"\n  when Subject is "b" move to "Done"\n  otherwise leave'),
      [],
    );
  });
});
