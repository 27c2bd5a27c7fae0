/**
 * Record ids: 15 case-sensitive characters, or 18 with a checksum over their capitals. The stand-in stores and answers
 * 18, and reads both, as Salesforce does.
 */
const checksumLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The three letters after 15: bit k of each is set where character k of five is a capital. */
export function checksum(id15: string): string {
  let suffix = '';
  for (let chunk = 0; chunk < 15; chunk += 5) {
    let bits = 0;
    for (let at = 0; at < 5; at++) {
      const letter = id15.charCodeAt(chunk + at);
      if (letter >= 65 && letter <= 90) bits |= 1 << at;
    }
    suffix += checksumLetters[bits];
  }
  return suffix;
}

/** 18 characters, or nothing where the text is no id: wrong length, letters or checksum. */
export function canonicalId(text: unknown): string | undefined {
  if (typeof text !== 'string' || !/^[a-zA-Z0-9]+$/.test(text)) return undefined;
  if (text.length === 15) return text + checksum(text);
  if (text.length !== 18) return undefined;
  const base = text.slice(0, 15);
  return checksum(base) === text.slice(15).toUpperCase() ? base + checksum(base) : undefined;
}

/** The `count`th id of a prefix. Ids of one prefix sort by text as they were made. */
export function makeId(prefix: string, count: number): string {
  let rest = '';
  for (let value = count; value > 0; value = Math.floor(value / 62)) rest = digits[value % 62] + rest;
  const id15 = `${prefix}gL${rest.padStart(10, '0')}`;
  return id15 + checksum(id15);
}
