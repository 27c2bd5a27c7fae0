/** The page of a code for a terminal. */

import { wrap } from '../render/prose.ts';
import type { TerminalOptions } from '../render/terminal.ts';
import type { Page } from './page.ts';

export function pageText({ code, severity, summary, example, said, fixes }: Page, { colour }: TerminalOptions): string {
  const paint = (style: string, text: string) => (colour ? `\u001b[${style}m${text}\u001b[0m` : text);
  const block = (text: string) => text.split('\n').map(line => `    ${line}`);
  const lines = [
    `${paint(severity === 'error' ? '31' : severity === 'warning' ? '33' : '36', `${severity}[${code}]`)} ${paint('1', summary)}`,
  ];
  if (example !== undefined) {
    lines.push('', paint('1', 'wrong'), ...block(example.wrong));
    if (said !== undefined) {
      lines.push('', ...wrapped('bridge check says: ', said.message));
      if (said.reason) lines.push(...wrapped('why: ', said.reason));
      if (said.help) lines.push(...wrapped('help: ', said.help));
    }
    for (const { title, unasked } of fixes)
      lines.push(...wrapped('fix: ', `${title}${unasked ? ' (bridge check --fix does it)' : ''}`));
    lines.push('', paint('1', 'right'), ...block(example.right));
  }
  return `${lines.join('\n')}\n`;
}

const wrapped = (head: string, text: string): readonly string[] =>
  wrap(text, 96 - head.length).map((line, index) => `  ${index === 0 ? head : ' '.repeat(head.length)}${line}`);
