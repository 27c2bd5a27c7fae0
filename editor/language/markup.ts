/** A hover as Markdown, for whoever shows it: only backticks mean something; what an org's labels hold is shown, not read as markup. */
import type { Hover } from './types.ts';

const plain = (text: string): string => text.replace(/[\\*_{}[\]<>()#+!|~-]/g, '\\$&');

const marked = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map(part => (part.startsWith('`') ? part : plain(part)))
    .join('');

/** The title, then each sentence: paragraphs. */
export const hoverMarkdown = ({ title, lines }: Hover): readonly string[] => [
  `**${plain(title).replaceAll('`', '\\`')}**`,
  ...lines.map(marked),
];
