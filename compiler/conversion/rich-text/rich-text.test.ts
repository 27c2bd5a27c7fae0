import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adfToText, textToAdf } from './adf-text.ts';
import { adfToHtml } from './adf-to-html.ts';
import { htmlToAdf } from './html-to-adf.ts';

const { $schema: _draft, ...schema } = createRequire(import.meta.url)(
  '@atlaskit/adf-schema/dist/json-schema/v1/full.json',
) as Record<string, unknown>;
const valid = new Ajv({ strict: false, logger: false }).compile(schema);

const tags = 'p b i u s code a ul ol li h1 h4 h6 blockquote pre div span table tr td br hr'.split(' ');
const soup = fc
  .array(
    fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom('&nbsp;', '&lt;', ' ', '\r\n', '<img alt="cat">'),
      fc
        .constantFrom(...tags)
        .chain(tag => fc.constantFrom(`<${tag}>`, `</${tag}>`, `<${tag} href="https://example.com/?a&amp;b">`)),
    ),
    { maxLength: 16 },
  )
  .map(parts => parts.join(''));

describe('rich text of Salesforce in Jira', () => {
  it("S-11 whatever HTML comes in, the document is one that Atlassian's own schema takes", () => {
    fc.assert(
      fc.property(soup, html => {
        const document = htmlToAdf(html);
        if (document !== null) expect(valid(document), JSON.stringify(valid.errors?.[0])).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('S-11 so is the document of any plain text, and it reads as that text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '-', '*', '<', '😀'), maxLength: 40 }), text => {
        const document = textToAdf(text);
        expect(valid(document), JSON.stringify(valid.errors?.[0])).toBe(true);
        expect(adfToText(document)).toBe(text.trimEnd());
      }),
    );
  });

  it('keeps headings, lists in lists, quotes, code, rules, links and marks', () => {
    const html =
      '<h2>Steps</h2><ol><li>Open <b>the</b> <b><i>lid</i></b><ul><li>gently</li></ul></li><li>Call <a href="mailto:a@b.c" target="_blank">us</a></li></ol><blockquote><p>as said</p></blockquote><pre>x &lt; 1\n  y</pre><hr><p>Done<br>and <code>dusted</code></p>';
    expect(adfToHtml(htmlToAdf(html))).toBe(html);
    expect(adfToText(htmlToAdf(html))).toBe(
      'Steps\n\n1. Open the lid\n   - gently\n2. Call us (mailto:a@b.c)\n\n> as said\n\nx < 1\n  y\n\n---\n\nDone\nand dusted',
    );
  });

  it('drops scripts, styles and links that run code, and keeps the words', () => {
    const html =
      '<style>p{}</style><p onclick="x()">a<script>alert(1)</script> <a href="javascript:alert(1)">b</a></p>';
    expect(adfToHtml(htmlToAdf(html))).toBe('<p>a b</p>');
  });

  it('shows what a table says', () => {
    expect(
      adfToText(htmlToAdf('<table><tr><th>Part</th><th>Price</th></tr><tr><td>Lid</td><td>3</td></tr></table>')),
    ).toBe('Part | Price\n\nLid | 3');
  });

  it.each([
    ['opening tags', '<div><b>'.repeat(16_000)],
    ['open quotes', '<a "'.repeat(32_000)],
    ['open quotes and one end', `${'<a "\''.repeat(26_000)}>`],
    ['tags that never end', '<b'.repeat(60_000)],
    ['signs', '<'.repeat(131_000)],
    ['broken entities', '&#'.repeat(60_000)],
    ['lists in lists', '<ul><li>'.repeat(16_000)],
    ['blanks', `<p>${' '.repeat(131_000)}`],
  ])(
    'reads the longest text that Salesforce keeps in moderate time, also one made of %s',
    (_, html) => {
      // Of this process alone: others may be at work beside it.
      const started = process.cpuUsage();
      expect(adfToText(htmlToAdf(`${html}x`))).toMatch(/x/);
      expect(process.cpuUsage(started).user / 1000).toBeLessThan(8_000);
    },
    30_000,
  );
});

describe('documents of Jira as text', () => {
  it('spells mentions, dates, statuses, cards, tasks and unknown nodes by what they show', () => {
    const paragraph = (...content: readonly unknown[]) => ({ type: 'paragraph', content });
    const document = {
      type: 'doc',
      version: 1,
      content: [
        paragraph(
          { type: 'mention', attrs: { id: 'x', text: '@Ann' } },
          { type: 'text', text: ' by ' },
          { type: 'date', attrs: { timestamp: '1767571200000' } },
          { type: 'text', text: ': ' },
          { type: 'status', attrs: { text: 'URGENT', color: 'red' } },
        ),
        {
          type: 'taskList',
          attrs: { localId: 'a' },
          content: [
            { type: 'taskItem', attrs: { localId: 'b', state: 'DONE' }, content: [{ type: 'text', text: 'call' }] },
          ],
        },
        { type: 'novelty', content: [paragraph({ type: 'inlineCard', attrs: { url: 'https://example.com' } })] },
      ],
    };
    expect(adfToText(document)).toBe('@Ann by 2026-01-05: URGENT\n\n[x] call\n\nhttps://example.com');
  });
});
