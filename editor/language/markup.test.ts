import { describe, expect, it } from 'vitest';
import { hoverMarkdown } from './markup.ts';

describe('a hover as Markdown', () => {
  it.each([
    ['**bold** and _so_', '\\*\\*bold\\*\\* and \\_so\\_'],
    ['[a](https://example.com)', '\\[a\\]\\(https://example.com\\)'],
    ['![x](y) # <img src=x>', '\\!\\[x\\]\\(y\\) \\# \\<img src=x\\>'],
    ['the field `My_Field__c` of *Case*', 'the field `My_Field__c` of \\*Case\\*'],
  ])('L-4 shows `%s` as it is written, in a line and in the title', (text, shown) => {
    const [title, line] = hoverMarkdown({ span: { start: 0, end: 1 }, title: text, lines: [text] });
    expect(line).toBe(shown);
    expect(title!.replace(/^\*\*|\*\*$/g, '').replaceAll(/\\(.)/g, '$1')).toBe(text);
  });
});
