/** S-10: among the comments of a look, which are whose copies, which were edited there, and which are nobody's. */
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { adfToText, textToAdf } from '../../compiler/conversion/rich-text/adf-text.ts';
import { supportCases } from '../../test/kit/plan.ts';
import type { CommentPair, Copy, JiraComment, SalesforceComment, SentWords } from '../conversation.ts';
import type { Link } from '../ports.ts';
import { quarantineMs } from './claim.ts';
import type { CommentInput } from './comment-input.ts';
import { copyDigest, jiraDigest, type Matched, matchComments, salesforceDigest } from './comment-match.ts';
import { type MarkKind, markerLine, sealedMarker } from './marker-text.ts';

const sign = (text: string) => createHmac('sha256', 'key').update(text).digest('hex');
const org = '00D000000000001AAA';
const record = '500000000000001AAA';
const elsewhere = '500000000000002AAA';

const onCase = (id: string, body: string, more: Partial<SalesforceComment> = {}): SalesforceComment => ({
  id,
  kind: 'case-comment',
  record,
  body,
  rich: false,
  author: 'Ann',
  open: true,
  createdAt: 1,
  stamp: 10,
  deleted: false,
  ...more,
});
const onIssue = (id: string, words: string, more: Partial<JiraComment> = {}): JiraComment => ({
  id,
  body: textToAdf(words),
  author: 'Bob',
  internal: false,
  createdAt: 1,
  updatedAt: 20,
  ...more,
});
const digestOf = (words: string) => copyDigest(words, sign);
const pair = (from: 'salesforce' | 'jira', source: string, ...copies: readonly Copy[]): CommentPair => ({
  from,
  source,
  digest: 'as it was',
  open: false,
  copies,
});
/** A Salesforce comment that the bridge made of a comment of Jira. */
const marked = (words: string, source: string, part = 1, parts = 1, kind: MarkKind = 'comment', on = record): string =>
  `${words}\n\n${markerLine({ kind, issueKey: 'SUP-1', id: source, part, parts }, { org, record: on }, sign)}`;

function look(found: Partial<CommentInput>): Matched {
  return matchComments({
    plan: supportCases(),
    link: { item: 'support-cases', record, issueId: '1', issueKey: 'SUP-1' } as Link,
    org,
    pairs: [],
    complete: true,
    salesforce: [],
    whole: true,
    jira: [],
    posts: new Map(),
    sign,
    now: 100,
    ...found,
  });
}
const originalsIn = ({ originals }: Matched) => originals.map(({ side, id }) => `${side} ${id}`);

describe('comments without a pair or a marker', () => {
  it('are nobody’s copies, the oldest first, with their times and what they say', () => {
    const { originals, drafts, edits, found } = look({
      salesforce: [onCase('s3', 'c', { createdAt: 2 }), onCase('s2', 'b'), onCase('s1', 'a', { stamp: 11 })],
      jira: [onIssue('j2', 'later', { createdAt: 3 }), onIssue('j1', 'first', { updatedAt: 21 })],
    });
    expect(originals.map(({ side, id, at, digest }) => [side, id, at, digest])).toEqual([
      ['salesforce', 's1', 11, salesforceDigest('a', false, sign)],
      ['salesforce', 's2', 10, salesforceDigest('b', false, sign)],
      ['salesforce', 's3', 10, salesforceDigest('c', false, sign)],
      ['jira', 'j1', 21, jiraDigest(textToAdf('first'), sign)],
      ['jira', 'j2', 20, jiraDigest(textToAdf('later'), sign)],
    ]);
    expect([drafts, [...edits], [...found]]).toEqual([[], [], []]);
  });

  it.each<[string, Partial<CommentInput>]>([
    ['a deleted one', { salesforce: [onCase('s1', 'a', { deleted: true })] }],
    ['one of another record', { salesforce: [onCase('s1', 'a', { record: elsewhere })] }],
    ['those of an issue that was not read', { jira: undefined as never }],
  ])('do not count: %s', (_, found) => {
    expect(originalsIn(look(found))).toEqual([]);
  });

  it.each<[string, string, string, boolean]>([
    ['line ends', 'a\r\nb\rc', 'a\nb\nc', true],
    ['what comes after the last word', 'a \n', 'a', true],
    ['a word', 'a b', 'a c', false],
    ['blanks within', 'a  b', 'a b', false],
  ])('are told apart by what they say, in Salesforce: %s', (_, one, two, same) => {
    expect(salesforceDigest(one, false, sign) === salesforceDigest(two, false, sign)).toBe(same);
  });

  it('are told apart by what they say, as HTML by what it shows', () => {
    const digest = (html: string) => salesforceDigest(html, true, sign);
    expect(digest('<p>a</p>')).toBe(digest('<p class="x">a</p>'));
    expect(digest('<p>a</p>')).not.toBe(digest('<p><b>a</b></p>'));
    expect(digest('<p>a</p>')).not.toBe(salesforceDigest('<p>a</p>', false, sign));
  });

  it('keep of a copy the words only, in short', () => {
    expect(digestOf(' a\u00a0\n b ')).toBe(digestOf('a b'));
    expect(digestOf('ab')).not.toBe(digestOf('a b'));
    expect(digestOf('a')).toMatch(/^[0-9a-f]{12}$/);
    expect(digestOf('a')).not.toBe(salesforceDigest('a', false, sign));
  });
});

describe('a comment with a pair', () => {
  const framed = 'Bob wrote in Jira (SUP-1):\n\nhello';
  const inJira = 'Ann wrote in Salesforce:\nhello';

  it.each<[string, CommentPair, Partial<CommentInput>]>([
    [
      'in Salesforce',
      pair('jira', 'j1', { id: 's1', digest: digestOf(framed) }),
      { salesforce: [onCase('s1', framed)] },
    ],
    ['in Jira', pair('salesforce', 's1', { id: 'j1', digest: digestOf(inJira) }), { jira: [onIssue('j1', inJira)] }],
  ])('is its copy, and as it was made: %s', (_, known, found) => {
    const matched = look({ ...found, pairs: [known] });
    expect(originalsIn(matched)).toEqual([]);
    expect(matched.edits.size).toBe(0);
    expect(matched.drafts).toEqual([known]);
    expect(matched.known.get(`${known.from} ${known.source}`)).toBe(matched.drafts[0]);
  });

  it.each<[string, CommentPair, Partial<CommentInput>, object, string]>([
    [
      'in Salesforce',
      pair('jira', 'j1', { id: 's0', digest: 'x' }, { id: 's1', digest: digestOf(framed) }),
      { salesforce: [onCase('s1', framed.replace('hello', 'good bye'), { stamp: 33 })] },
      { part: 1, at: 33, digest: digestOf(framed.replace('hello', 'good bye')) },
      'good bye',
    ],
    [
      'as HTML',
      pair('jira', 'j1', { id: 's1', digest: 'x' }),
      { salesforce: [onCase('s1', '<p>Bob wrote in Jira (SUP-1):</p><p>good bye</p>', { rich: true })] },
      { part: 0, at: 10 },
      'good bye',
    ],
    [
      'in Jira',
      pair('salesforce', 's1', { id: 'j1', digest: digestOf(inJira) }),
      { jira: [onIssue('j1', 'Ann wrote in Salesforce:\n\ngood bye', { updatedAt: 44 })] },
      { part: 0, at: 44 },
      'good bye',
    ],
  ])('was edited there when it has other words: %s', (_, known, found, edit, words) => {
    const { edits, drafts, originals } = look({ ...found, pairs: [known] });
    expect(originals).toEqual([]);
    const made = edits.get(drafts[0]!)!;
    expect(made).toMatchObject(edit);
    expect(adfToText(made.bare())).toBe(words);
  });

  it('is taken as it is when nobody knows what it said', () => {
    const { edits, drafts } = look({
      pairs: [pair('jira', 'j1', { id: 's0' }, { id: 's1' })],
      salesforce: [onCase('s1', 'whatever')],
    });
    expect(edits.size).toBe(0);
    expect(drafts[0]!.copies).toEqual([{ id: 's0' }, { id: 's1', digest: digestOf('whatever') }]);
  });

  it('is not mixed up with one of the other side that has its id', () => {
    const matched = look({ pairs: [pair('jira', 'j1', { id: '7', digest: 'x' })], jira: [onIssue('7', 'mine')] });
    expect(originalsIn(matched)).toEqual(['jira 7']);
  });
});

describe('a comment in Salesforce with a marker', () => {
  const copy = (source = 'j1', part = 1, parts = 1) => onCase('s1', marked('words', source, part, parts));
  const digest = digestOf(copy().body);

  it.each<[string, SalesforceComment]>([
    ['a comment’s', copy()],
    ['a link’s note', onCase('s1', marked('words', '1:support-cases', 1, 1, 'link'))],
    ['a file’s', onCase('s1', marked('words', '9', 1, 1, 'attachment'))],
  ])('is the bridge’s own, though nobody knows of what: %s', (_, comment) => {
    const matched = look({ salesforce: [comment], pairs: [pair('jira', '9', {})] });
    expect(originalsIn(matched)).toEqual([]);
    expect(matched.drafts).toEqual([pair('jira', '9', {})]);
  });

  it('is nobody’s copy when its marker is of another record, or typed', () => {
    const quoted = onCase('s1', marked('words', 'j1', 1, 1, 'comment', elsewhere));
    expect(originalsIn(look({ salesforce: [quoted] }))).toEqual(['salesforce s1']);
    const typed = onCase('s1', copy().body.replace(/.{4}$/, '0000'));
    expect(originalsIn(look({ salesforce: [typed] }))).toEqual(['salesforce s1']);
  });

  it.each<[string, readonly Copy[], number, readonly Copy[], boolean]>([
    ['asked for, is found', [{ at: 5 }], 1, [{ id: 's1', digest }], true],
    ['of which the words are known, keeps them', [{ at: 5, digest: 'x' }], 1, [{ id: 's1', digest: 'x' }], true],
    ['never asked for by anybody who is known, is taken without a word', [{ at: 0 }], 1, [{ id: 's1', digest }], false],
    [
      'one part of two, is that one',
      [{ at: 5 }, { at: 6 }],
      2,
      [{ at: 5 }, { id: 's1', digest: digestOf(copy('j1', 2, 2).body) }],
      true,
    ],
    [
      'of more parts than there are now, is nothing',
      [{ id: 's0', digest: 'x' }],
      2,
      [{ id: 's0', digest: 'x' }],
      false,
    ],
  ])('%s', (_, copies, part, after, isFound) => {
    const matched = look({ pairs: [pair('jira', 'j1', ...copies)], salesforce: [copy('j1', part, part)] });
    expect(originalsIn(matched)).toEqual([]);
    expect(matched.drafts[0]!.copies).toEqual(after);
    expect([...matched.found.keys()]).toEqual(isFound ? [matched.drafts[0]] : []);
  });

  it.each([
    ['was edited', 'x'],
    ['was not', undefined],
  ])('that was asked for and is found %s where its words are known to be others', (_, was) => {
    const asked = pair('jira', 'j1', { at: 5, ...(was === undefined ? {} : { digest: was }) });
    const { edits } = look({ pairs: [asked], salesforce: [copy()] });
    expect([...edits.values()]).toMatchObject(was === undefined ? [] : [{ part: 0, at: 10, digest }]);
  });

  it.each<[string, Copy, boolean]>([
    ['as it is', { id: 's0', digest }, false],
    ['when nobody knows what it said', { id: 's0' }, false],
    ['with words of their own', { id: 's0', digest: 'x' }, true],
  ])('that somebody passed on is theirs with other words only: %s', (_, slot, isTheirs) => {
    const matched = look({ pairs: [pair('jira', 'j1', slot)], salesforce: [copy()] });
    expect(originalsIn(matched)).toEqual(isTheirs ? ['salesforce s1'] : []);
    expect(matched.drafts[0]!.copies).toEqual([slot]);
  });

  it('that is adopted is known to those that come after it', () => {
    const passedOn = onCase('s2', copy().body, { createdAt: 2 });
    const matched = look({ pairs: [pair('jira', 'j1', { at: 5 })], salesforce: [passedOn, copy()] });
    expect(originalsIn(matched)).toEqual([]);
    expect(matched.drafts[0]!.copies).toEqual([{ id: 's1', digest }]);
  });

  it('makes a pair again where pairs were forgotten, of all its parts', () => {
    const two = onCase('s2', marked('more', 'j1', 2, 2), { createdAt: 2 });
    const source = onIssue('j1', 'words more');
    const matched = look({ complete: false, salesforce: [copy('j1', 1, 2), two], jira: [onIssue('j0', 'x'), source] });
    const copies = [copy('j1', 1, 2), two].map(({ id, body }) => ({ id, digest: digestOf(body) }));
    expect(matched.drafts).toEqual([
      { from: 'jira', source: 'j1', digest: jiraDigest(source.body, sign), open: true, copies },
    ]);
    // Told when it was made, as far as anybody knows.
    expect([...matched.found.keys()]).toEqual([]);
    expect(originalsIn(matched)).toEqual(['jira j0', 'jira j1']);
  });

  it.each<[string, Partial<CommentInput>]>([
    ['whose original is gone', { complete: false, jira: [onIssue('j0', 'x')] }],
    ['of which nothing was forgotten', { complete: true, jira: [onIssue('j1', 'x')] }],
  ])('makes no pair of one %s', (_, found) => {
    expect(look({ ...found, salesforce: [copy()] }).drafts).toEqual([]);
  });
});

describe('a comment in Jira with a marker', () => {
  const marker = (source = 's1', kind: 'comment' | 'attachment' = 'comment', on = record, of = org) =>
    sealedMarker(kind, source, { org: of, record: on }, sign);
  const copy = (by = marker(), more: Partial<JiraComment> = {}) => onIssue('j1', 'words', { marker: by, ...more });
  const digest = digestOf('words');

  it.each<[string, JiraComment, boolean]>([
    ['a comment’s', copy(), false],
    ['a file’s', copy(marker('s1', 'attachment')), false],
    ['one of another record’s comment', copy(marker('s1', 'comment', elsewhere)), false],
    ['one of another org', copy(marker('s1', 'comment', record, '00D000000000002AAA')), true],
    ['one that somebody wrote', copy({ ...marker(), seal: 'f00' }), true],
    ['none', onIssue('j1', 'words'), true],
  ])('is the bridge’s own only by its seal, and in this org: %s', (_, comment, isOriginal) => {
    const known = pair('salesforce', 's1', { id: 'j0' });
    const matched = look({ pairs: [known], jira: [comment] });
    expect(originalsIn(matched)).toEqual(isOriginal ? ['jira j1'] : []);
    expect(matched.drafts).toEqual([known]);
  });

  it.each<[string, readonly Copy[], readonly Copy[], boolean]>([
    ['asked for, is found', [{ at: 5 }], [{ id: 'j1', digest }], true],
    ['known by another id, is nothing', [{ id: 'j0' }], [{ id: 'j0' }], false],
    ['of a comment that has no copy by the program’s will, is nothing', [], [], false],
  ])('%s', (_, copies, after, isFound) => {
    const matched = look({ pairs: [pair('salesforce', 's1', ...copies)], jira: [copy()] });
    expect(matched.drafts[0]!.copies).toEqual(after);
    expect([...matched.found.keys()]).toEqual(isFound ? [matched.drafts[0]] : []);
    expect(originalsIn(matched)).toEqual([]);
  });

  it('was edited where it is found with other words than were sent', () => {
    const { edits } = look({ pairs: [pair('salesforce', 's1', { at: 5, digest: 'x' })], jira: [copy()] });
    expect([...edits.values()]).toMatchObject([{ part: 0, at: 20, digest }]);
    const same = look({ pairs: [pair('salesforce', 's1', { at: 5, digest })], jira: [copy()] });
    expect(same.edits.size).toBe(0);
  });

  it('of a file or of another record adopts nothing', () => {
    const asked = pair('salesforce', 's1', { at: 5 });
    for (const by of [marker('s1', 'attachment'), marker('s1', 'comment', elsewhere)])
      expect(look({ pairs: [asked], jira: [copy(by)] }).drafts).toEqual([asked]);
  });

  it.each<[string, Partial<CommentInput>, readonly object[]]>([
    ['of what nobody forgot', { complete: true }, []],
    [
      'with what the original says',
      { complete: false, salesforce: [onCase('s0', 'x'), onCase('s1', 'said')] },
      [{ digest: salesforceDigest('said', false, sign), open: true }],
    ],
    [
      'with what the original says in HTML',
      { complete: false, salesforce: [onCase('s1', '<p>said</p>', { rich: true })] },
      [{ digest: salesforceDigest('<p>said</p>', true, sign), open: true }],
    ],
    ['though the original was not read', { complete: false }, [{ digest: '', open: true }]],
    [
      'for the team only',
      { complete: false, jira: [copy(marker(), { internal: true })] },
      [{ digest: '', open: false }],
    ],
  ])('makes a pair again where pairs were forgotten: %s', (_, found, expected) => {
    const { drafts } = look({ jira: [copy()], ...found });
    const made = { from: 'salesforce', source: 's1', copies: [{ id: 'j1', digest }] };
    expect(drafts).toEqual(expected.map(one => ({ ...made, ...one })));
  });
});

describe('P10 new words of a comment that were sent without an answer', () => {
  const [old, fresh] = [digestOf('old'), digestOf('fresh')];
  const copyOf = (words: string) => onIssue('j1', words);
  /** A pair whose copy in Jira was to be changed at that time. */
  const changing = (at = 100, more: Partial<SentWords> = {}): CommentPair => ({
    ...pair('salesforce', 's1', { id: 'j1', digest: old, at: 7 }),
    sending: { to: 'copy', at, digest: 'as it is', open: true, copies: [{ digest: fresh }], ...more },
  });

  it('are agreed on where they stand, and nobody’s edit', () => {
    const matched = look({ pairs: [changing()], jira: [copyOf('fresh')] });
    const [draft] = matched.drafts;
    expect(draft).toEqual({
      ...pair('salesforce', 's1', { id: 'j1', at: 7, digest: fresh }),
      digest: 'as it is',
      open: true,
    });
    expect([...matched.arrived]).toEqual([[draft, changing().sending]]);
    expect(matched.edits.size).toBe(0);
  });

  it.each<[string, CommentPair, readonly JiraComment[], boolean]>([
    ['as long as they may still land', changing(), [copyOf('old')], true],
    ['until nothing can land any more', changing(100 - quarantineMs + 1), [copyOf('old')], true],
    ['no longer, once nothing can land', changing(100 - quarantineMs), [copyOf('old')], false],
    ['whatever the time, where the copy was not looked at', changing(100 - quarantineMs), [], true],
    ['where they are the ones of before', changing(100, { copies: [{ digest: old }] }), [copyOf('old')], true],
  ])('are waited for %s', (_, known, jira, isWaiting) => {
    const { drafts, arrived } = look({ pairs: [known], jira });
    expect(arrived.size).toBe(0);
    expect(drafts[0]!.sending).toEqual(isWaiting ? known.sending : undefined);
    expect(drafts[0]).toMatchObject({ digest: 'as it was', open: false, copies: known.copies });
  });

  it.each<[string, CommentPair, readonly JiraComment[], boolean]>([
    ['other words stand there', changing(100 - quarantineMs), [copyOf('mine')], true],
    ['the words of before do', changing(100 - quarantineMs), [copyOf('old')], true],
    ['they do', changing(100 - quarantineMs), [copyOf('fresh')], false],
    ['they may still land', changing(100 - quarantineMs + 1), [copyOf('mine')], false],
    ['the copy was not looked at', changing(100 - quarantineMs), [], false],
  ])('are gone, or not: %s', (_, known, jira, isGone) => {
    const { gone, drafts } = look({ pairs: [known], jira });
    expect([...gone]).toEqual(isGone ? [[drafts[0], known.sending]] : []);
  });

  it('leave an edit with other words an edit', () => {
    const { edits, drafts, arrived } = look({ pairs: [changing()], jira: [copyOf('mine')] });
    expect(edits.get(drafts[0]!)).toMatchObject({ part: 0, digest: digestOf('mine') });
    expect(arrived.size).toBe(0);
  });

  it.each<[string, readonly string[], readonly Copy[], boolean]>([
    ['all of them', ['one', 'two'], [{ digest: digestOf('one') }, { digest: digestOf('two') }], true],
    ['one only', ['one', 'second'], [{ digest: digestOf('one') }, { digest: digestOf('two') }], false],
    ['all that are left', ['one'], [{ digest: digestOf('one') }, { digest: digestOf('two'), gone: true }], true],
    ['one of two that should be there', ['one'], [{ digest: digestOf('one') }, { digest: digestOf('two') }], false],
  ])('of several parts are there when %s are', (_, words, copies, isThere) => {
    const parts = ['first', 'second'].map((was, at) => ({ id: `s${at}`, digest: digestOf(was) }));
    const sending: SentWords = { to: 'copy', at: 100, digest: 'x', open: true, copies };
    const matched = look({
      pairs: [{ ...pair('jira', 'j1', ...parts), sending }],
      salesforce: words.map((body, at) => onCase(`s${at}`, body)),
    });
    expect(matched.arrived.size).toBe(isThere ? 1 : 0);
  });

  it('are there though one of several parts says what it said before', () => {
    const parts = [
      { id: 's0', digest: digestOf('same') },
      { id: 's1', digest: digestOf('second') },
    ];
    const copies = [{ digest: digestOf('same') }, { digest: digestOf('other') }];
    const sending: SentWords = { to: 'copy', at: 100, digest: 'x', open: true, copies };
    const salesforce = [onCase('s0', 'same'), onCase('s1', 'other')];
    expect(look({ pairs: [{ ...pair('jira', 'j1', ...parts), sending }], salesforce }).arrived.size).toBe(1);
  });

  it.each<[string, readonly SalesforceComment[], boolean]>([
    ['stand there', [onCase('s1', 'fresh')], true],
    ['do not', [onCase('s1', 'old')], false],
    ['stand in another comment', [onCase('s2', 'fresh'), onCase('s1', 'old')], false],
    ['were not looked at', [], false],
  ])('to an original are agreed on when they %s', (_, salesforce, isThere) => {
    const [digest, was] = ['fresh', 'old'].map(words => salesforceDigest(words, false, sign));
    const copies = [{ id: 'j1', digest: fresh }];
    const sending: SentWords = { to: 'original', at: 100, digest: digest!, open: true, copies, lost: 'old' };
    const known: CommentPair = { ...pair('salesforce', 's1', { id: 'j1', digest: fresh }), digest: was!, sending };
    // A comment of Jira with the original's id is another one.
    const matched = look({ pairs: [known], salesforce, jira: [onIssue('s1', 'fresh')] });
    expect(matched.arrived.size).toBe(isThere ? 1 : 0);
    const after = { ...pair('salesforce', 's1', { id: 'j1', digest: fresh }), digest, open: true };
    expect(matched.drafts[0]).toEqual(isThere ? after : known);
  });
});
