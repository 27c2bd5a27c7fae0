/**
 * Salesforce ids: 15 characters whose case matters, or 18 that end in a checksum of that case. The long
 * form is the normal one. Source: the checksum rule was tried on captured ids.
 */
import type { Step } from './conversion.ts';
import { done, failed, quoted, spelled } from './conversion.ts';

const short = /^[A-Za-z0-9]{15}$/;
const long = /^[A-Za-z0-9]{15}[A-Za-z0-5]{3}$/;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The 18-character form, or nothing when the text is no id (also when its checksum is wrong). */
export function recordId(text: string): string | undefined {
  const body = text.slice(0, 15);
  if (!short.test(body)) return undefined;
  const id = body + checksum(body);
  if (text.length === 15) return id;
  return long.test(text) && text.slice(15).toUpperCase() === id.slice(15) ? id : undefined;
}

function checksum(body: string): string {
  let suffix = '';
  for (let group = 0; group < 15; group += 5) {
    let bits = 0;
    for (let i = 0; i < 5; i++) if (/[A-Z]/.test(body[group + i]!)) bits |= 1 << i;
    suffix += alphabet[bits];
  }
  return suffix;
}

export const normalId = (raw: unknown): unknown =>
  typeof raw === 'string' ? (recordId(raw.trim()) ?? (raw.trim() || null)) : raw;

export const writeId: Step = value => {
  const id = recordId(spelled(value).trim());
  return id === undefined ? failed(`${quoted(value)} is not a Salesforce record id`) : done(id);
};
