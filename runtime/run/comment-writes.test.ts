/** What is remembered of words that were sent, by what became of them. */
import { describe, expect, it } from 'vitest';
import type { CommentPair, SentWords } from '../conversation.ts';
import type { CommentWrite } from '../engine/index.ts';
import type { Failure } from '../ports.ts';
import { pairsAfter, pairsBefore } from './comment-writes.ts';

const before: CommentPair = {
  from: 'jira',
  source: '1',
  digest: 'old',
  open: false,
  copies: [{ id: 'a', digest: 'old words' }],
};
const decided: CommentPair = { ...before, digest: 'new', copies: [{ id: 'a', digest: 'new words' }] };
const failed = (kind: Failure['kind']): Failure => ({ system: 'jira', kind, code: 'X', message: 'no', fields: [] });

describe('P2 new words of a comment', () => {
  it.each<[string, 'copy' | 'original', Failure | undefined, 'new' | 'old', boolean]>([
    ['are agreed on once they arrived', 'copy', undefined, 'new', false],
    ['are agreed on once they arrived where they were said', 'original', undefined, 'new', false],
    ['are not on their way where they were turned away', 'copy', failed('busy'), 'old', false],
    ['are not on their way where they were turned away at first', 'original', failed('busy'), 'old', false],
    ['may still arrive without an answer', 'copy', failed('unknown'), 'old', true],
    ['may still arrive without an answer where they were said', 'original', failed('unknown'), 'old', true],
  ])('%s', (_, to, failure, words, isOnItsWay) => {
    const write = { act: 'update', side: to === 'copy' ? 'salesforce' : 'jira', pair: decided } as CommentWrite;
    const sent = { write: to === 'copy' ? { ...write, part: 0 } : write, ...(failure ? { failure } : { id: 'a' }) };
    const ahead = pairsBefore([decided], [before], [sent.write], 100);
    const { digest, open, copies } = decided;
    const sending: SentWords = { to, at: 100, digest, open, copies };
    expect(ahead).toEqual([{ ...before, sending }]);
    expect(pairsAfter([decided], ahead, [sent], () => '')).toEqual([
      words === 'new' ? decided : isOnItsWay ? { ...before, sending } : before,
    ]);
  });
});
