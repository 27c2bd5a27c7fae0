/**
 * What a conversion is: one cell of the table of Salesforce type, Jira type and direction. It takes a
 * value as REST gives it, or its normal form, and gives the value as the other system's REST takes it.
 */
import type { JiraType, SalesforceType } from '../plan/ir.ts';

export type Direction = 'to-jira' | 'to-salesforce';

/**
 * `exact`: every value of the type arrives whole; only a length limit can refuse it.
 * `fallible`: some values have no counterpart (an option that is not there, a text that is no number).
 * `lossy`: it always works, but something of the value is left behind (formatting, the time of day).
 */
export type Safety = 'exact' | 'fallible' | 'lossy';

export type Converted =
  | { readonly ok: true; readonly value: unknown }
  /** A clause for people: `the text is 300 characters long, and the field takes at most 255`. */
  | { readonly ok: false; readonly reason: string };

export interface ConversionContext {
  accountIdOf(email: string): string | undefined;
  emailOf(accountId: string): string | undefined;
  /** Of the target, in characters. Without it Jira's own limits hold: 255 for a text, 32,767 for a rich text. */
  readonly maxLength?: number;
  /** The program's `cut at`: texts are cut to it before the limit is looked at. */
  readonly cutAt?: number;
}

export interface Conversion {
  /** `textarea -> rich-text` or `textarea <- rich-text`: Salesforce is on the left, as in the language. */
  readonly name: string;
  readonly direction: Direction;
  readonly from: SalesforceType | JiraType;
  readonly to: SalesforceType | JiraType;
  readonly safety: Safety;
  convert(value: unknown, context: ConversionContext): Converted;
  /** The same for a value that is in normal form already. */
  convertNormal(normal: unknown, context: ConversionContext): Converted;
}

/** How a cell of the table works: the value is in its source's normal form and not null. */
export type Step = (value: unknown, context: ConversionContext, types: CellTypes) => Converted;
export interface CellTypes {
  readonly direction: Direction;
  readonly salesforce: SalesforceType;
  readonly jira: JiraType;
}

export const done = (value: unknown): Converted => ({ ok: true, value });
export const failed = (reason: string): Converted => ({ ok: false, reason });

/** A value as one text; what is neither text nor number nor truth value is spelled as JSON. */
export const spelled = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);

/** A value inside a reason: short, on one line, in quotes. */
export function quoted(value: unknown): string {
  const text = spelled(value).replace(/\s+/g, ' ');
  return `“${text.length > 60 ? `${text.slice(0, 57)}…` : text}”`;
}
