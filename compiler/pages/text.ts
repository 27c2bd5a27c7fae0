/** The page of a code for a terminal. */

import { painter, type TerminalOptions } from '../render/paint.ts';
import { wrap } from '../render/prose.ts';
import type { Page } from './page.ts';

export function pageText({ code, severity, summary, example, said, fixes }: Page, options: TerminalOptions): string {
  const paint = painter(options);
  const block = (text: string) => text.split('\n').map(line => `    ${line}`);
  const lines = [`${paint(severity, `${severity}[${code}]`)} ${paint('bold', summary)}`];
  if (example !== undefined) {
    lines.push('', paint('bold', 'wrong'), ...block(example.wrong));
    if (said !== undefined) {
      lines.push('', ...wrapped('bridge check says: ', said.message));
      if (said.reason) lines.push(...wrapped('why: ', said.reason));
      if (said.help) lines.push(...wrapped('help: ', said.help));
    }
    for (const { title, unasked } of fixes)
      lines.push(...wrapped('fix: ', `${title}${unasked ? ' (bridge check --fix does it)' : ''}`));
    lines.push('', paint('bold', 'right'), ...block(example.right));
  }
  return `${lines.join('\n')}\n`;
}

const wrapped = (head: string, text: string): readonly string[] =>
  wrap(text, 96 - head.length).map((line, index) => `  ${index === 0 ? head : ' '.repeat(head.length)}${line}`);
