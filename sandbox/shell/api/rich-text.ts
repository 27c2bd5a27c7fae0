/** Rich text of Jira, as far as this page shows and writes it. */

/** Its words, a line per block. */
export function plainText(node: unknown): string {
  if (typeof node !== 'object' || node === null) return '';
  const { type, text, content } = node as { type?: string; text?: string; content?: unknown[] };
  if (type === 'text') return text ?? '';
  if (type === 'hardBreak') return '\n';
  const inner = (content ?? []).map(plainText);
  return inner.join(type === 'doc' || type === 'bulletList' || type === 'blockquote' ? '\n' : '');
}

/** Plain paragraphs, as Jira's REST API takes them. */
export const richText = (text: string): unknown => ({
  type: 'doc',
  version: 1,
  content: text
    .split('\n')
    .map(line => ({ type: 'paragraph', content: line === '' ? [] : [{ type: 'text', text: line }] })),
});
