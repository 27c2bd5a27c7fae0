/**
 * How a text stands in YAML: plain where no reader of YAML, of whatever version, could take it for
 * anything else, else in double quotes.
 */
const PLAIN = /^[\p{L}_](?:[\p{L}\p{M}\p{N}_ \-./()&+@$%'!?;<>=|^*~]*[\p{L}\p{M}\p{N}_\-./()&+@$%'!?;<>=|^*~])?$/u;
/** What YAML 1.1 or 1.2 reads as a truth value, nothing, or no number. */
const TAKEN = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
/** What JSON leaves as it is and YAML does not print. */
const INVISIBLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

export const isPlain = (text: string): boolean => PLAIN.test(text) && !TAKEN.test(text);

export function yamlText(text: string): string {
  if (isPlain(text)) return text;
  return JSON.stringify(text).replace(INVISIBLE, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
