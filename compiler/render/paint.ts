/** Colour, only where it is asked for: without it not one escape character is written. */
import type { Severity } from '../../dsl/diagnostic.ts';
import type { Change } from '../plan/diff.ts';

export interface TerminalOptions {
  readonly colour: boolean;
}

type Style = 'bold' | 'dim' | Severity | Change['effect'];
const codes: Readonly<Record<Style, string>> = {
  bold: '1',
  dim: '2',
  error: '31',
  warning: '33',
  hint: '36',
  more: '32',
  less: '31',
  other: '33',
};

export type Paint = (style: Style, text: string) => string;

export const painter =
  ({ colour }: TerminalOptions): Paint =>
  (style, text) =>
    colour && text !== '' ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;
