import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adfToText, textToAdf } from '../../compiler/conversion/rich-text/adf-text.ts';
import {
  authorInCopy,
  bareJiraCopy,
  bareSalesforceCopy,
  bareText,
  caseCommentRoom,
  feedHtml,
  feedRoom,
  jiraDocument,
  salesforceTexts,
  salesforceWords,
} from './comment-text.ts';
import { isGenuine, type MarkKind, markerLine, readMarkerLine, sealedMarker } from './marker-text.ts';

const signWith = (key: string) => (text: string) => createHmac('sha256', key).update(text).digest('hex');
const sign = signWith('key');
const place = { org: '00D000000000001AAA', record: '500000000000001AAA' };

const kinds: readonly MarkKind[] = ['comment', 'attachment', 'link', 'attachment-note'];
const marker = fc.record({
  kind: fc.constantFrom(...kinds),
  issueKey: fc.constantFrom('SUP-1', 'A_B2-12345'),
  id: fc.stringMatching(/^\d{1,12}(:[a-z][a-z-]{0,8})?$/),
  part: fc.constantFrom(1, 2, 3),
  parts: fc.constantFrom(3, 4),
});
/** Words in any script, with blanks, line ends and what markers are made of. */
const words = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(' ', '\n', '\n\n', 'é', '漢字', '😀', '[Salesforce Bridge for Jira]', 'wrote in Jira (A-1):'),
    ),
    { maxLength: 30 },
  )
  .map(parts => parts.join(''));

describe('the marker line', () => {
  it('S-10 is read back from the end of any text, whatever blanks an editor made of its own', () => {
    fc.assert(
      fc.property(marker, words, fc.constantFrom(' ', '\u00a0', ' \u00a0', '\t '), (given, before, blank) => {
        const line = markerLine(given, place, sign).replaceAll(' ', blank);
        const text = blank === ' ' ? `${before}\n\n${line}` : `${before}\n\n${blank}${line}${blank}\r\n`;
        expect(readMarkerLine(text, place, sign)).toEqual(given);
      }),
    );
  });

  it('S-10 counts only here, only whole, and only with the installation’s own key', () => {
    fc.assert(
      fc.property(marker, fc.nat(), fc.constantFrom(...'0123456789abcdefA#- '), (given, where, letter) => {
        const line = markerLine(given, place, sign);
        expect(readMarkerLine(line, place, signWith('another key'))).toBeUndefined();
        // A merge hands notes on to another record; a copy of a comment or file stands on its own only.
        const note = given.kind === 'link' || given.kind === 'attachment-note';
        const elsewhere = readMarkerLine(line, { ...place, record: '500000000000002AAA' }, sign);
        expect(elsewhere).toEqual(note ? given : undefined);
        expect(readMarkerLine(line, { ...place, org: '00D000000000002AAA' }, sign)).toBeUndefined();
        expect(readMarkerLine(`${line}\nand a word of mine`, place, sign)).toBeUndefined();
        const at = where % line.length;
        const forged = line.slice(0, at) + letter + line.slice(at + 1);
        const read = readMarkerLine(forged, place, sign);
        // The issue's key and the number of parts are for people; what a copy is of is sealed.
        if (read !== undefined) expect([read.kind, read.id, read.part]).toEqual([given.kind, given.id, given.part]);
      }),
    );
  });

  it('S-10 reads as a person would write it', () => {
    const line = (part: number, parts: number) =>
      markerLine({ kind: 'comment', issueKey: 'SUP-1', id: '10001', part, parts }, place, sign);
    expect(line(1, 1)).toMatch(/^\[Salesforce Bridge for Jira\] SUP-1 comment #10001 [0-9a-f]{12}$/);
    expect(line(2, 3)).toMatch(/^\[Salesforce Bridge for Jira\] SUP-1 comment #10001 \(2\/3\) [0-9a-f]{12}$/);
  });

  it('S-10 has a twin for comments in Jira, which is as hard to forge', () => {
    const genuine = sealedMarker('comment', '00a000000000001AAA', place, sign);
    expect(isGenuine(genuine, sign)).toBe(true);
    expect(genuine.seal).toMatch(/^[0-9a-f]{32}$/);
    for (const forged of [
      { ...genuine, source: '00a000000000002AAA' },
      { ...genuine, kind: 'attachment' as const },
      { ...genuine, record: '500000000000002AAA' },
      { ...genuine, seal: '' },
    ])
      expect(isGenuine(forged, sign)).toBe(false);
  });
});

describe('a comment on the other side', () => {
  const attribution = fc.record({ author: words }).chain(({ author }) =>
    fc.oneof(
      fc.constant({ author }),
      words.map(start => ({ author, parent: { author: 'Bea', start } })),
    ),
  );
  const line = (part: number, parts: number) =>
    markerLine({ kind: 'comment', issueKey: 'SUP-1', id: '10001', part, parts }, place, sign);

  it('S-8 loses no letter in Salesforce however long it is, and no part is too long', () => {
    const long = fc.tuple(words, fc.constantFrom('x', 'word ', 'line\n', '漢', '😀'), fc.nat(9_000));
    for (const room of [caseCommentRoom, feedRoom]) {
      fc.assert(
        fc.property(attribution, long, (who, [start, filler, times]) => {
          const text = (start + filler.repeat(times)).replace(/\r\n?/g, '\n');
          const parts = salesforceTexts(who, 'SUP-1', text, room, line);
          for (const [at, part] of parts.entries()) {
            expect(room.measure(part)).toBeLessThanOrEqual(room.limit);
            expect(readMarkerLine(part, place, sign)).toMatchObject({ part: at + 1, parts: parts.length });
          }
          expect(parts.map(bareText).join('')).toBe(text.trim() === '' ? '(no text)' : text);
        }),
        { numRuns: 60 },
      );
    }
  });

  it('S-8 is measured in bytes for case comments, with two for each line end', () => {
    expect(caseCommentRoom.measure('aé漢😀\n')).toBe(Buffer.byteLength('aé漢😀\r\n'));
  });

  it('S-8 comes back bare from what the bridge put around it', () => {
    fc.assert(
      fc.property(attribution, words, (who, text) => {
        const document = textToAdf(text.replace(/\r\n?/g, '\n'));
        const plain = adfToText(document);
        if (plain.trim() === '') return;
        expect(adfToText(bareJiraCopy(jiraDocument(who, document)))).toBe(plain);
        const html = feedHtml(who, 'SUP-1', document, line(1, 1))!;
        expect(readMarkerLine(salesforceWords(html, true), place, sign)).toMatchObject({ id: '10001' });
        const bare = adfToText(bareSalesforceCopy(html, true));
        const tight = (words: string) => words.replace(/[\s\u00a0]+/g, ' ').trim();
        expect(tight(bare)).toBe(tight(plain));
      }),
    );
  });

  it('S-8 names its author, also to whoever quotes it', () => {
    const [copy] = salesforceTexts({ author: 'Ada Agent' }, 'SUP-1', 'Hello', caseCommentRoom, line);
    expect(copy).toMatch(
      /^Ada Agent wrote in Jira \(SUP-1\):\n\nHello\n\n\[Salesforce Bridge for Jira\] SUP-1 comment #10001 /,
    );
    expect(authorInCopy(copy!)).toBe('Ada Agent');
    const reply = jiraDocument({ author: 'Bo', parent: { author: 'Ada', start: 'How '.repeat(50) } }, textToAdf('So.'));
    expect(adfToText(reply)).toMatch(/^Bo replied in Salesforce to Ada:\n\n> How How .{60,72}…\n\nSo\.$/);
    expect(authorInCopy(adfToText(reply))).toBe('Bo');
  });
});
