/**
 * Normal forms: one spelling for each value of a type, so that two readings compare equal exactly when a
 * person would call them the same. Null stands for empty. A value that does not fit its type stays as it is.
 */
import type { JiraType, SalesforceType } from '../plan/ir.ts';
import { normalBoolean } from './boolean.ts';
import { normalDay, normalMoment, normalTime } from './date-time.ts';
import { normalId } from './identifier.ts';
import { normalNumber } from './number.ts';
import { cascadeOf, choiceOf, choicesOf, partsOf } from './option.ts';
import { canonicalDocument, canonicalJson, isRecord } from './rich-text/adf.ts';
import { textToAdf } from './rich-text/adf-text.ts';
import { adfToHtml } from './rich-text/adf-to-html.ts';
import { htmlToAdf } from './rich-text/html-to-adf.ts';
import { normalLine, normalLines, trimmed } from './text.ts';

type Normal = (raw: unknown) => unknown;

const ofText =
  (normal: (text: string) => string): Normal =>
  raw =>
    typeof raw === 'string' ? normal(raw) : typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : raw;
const line = ofText(normalLine);
const lines = ofText(normalLines);
const html = ofText(text => adfToHtml(htmlToAdf(text)));

const salesforce: Readonly<Record<SalesforceType, Normal>> = {
  id: normalId,
  reference: normalId,
  // A text field holds one line; a template, which is a text too, may hold several.
  string: ofText(text => trimmed(normalLines(text))),
  textarea: lines,
  'rich-textarea': html,
  picklist: line,
  multipicklist: partsOf,
  combobox: line,
  boolean: normalBoolean,
  int: normalNumber,
  double: normalNumber,
  currency: normalNumber,
  percent: normalNumber,
  date: normalDay,
  datetime: normalMoment,
  time: normalTime,
  phone: line,
  email: line,
  url: line,
  encryptedstring: line,
  address: raw => raw,
  location: raw => raw,
  base64: raw => raw,
  anytype: raw => raw,
};

const jira: Readonly<Record<JiraType, Normal>> = {
  text: line,
  'rich-text': raw => canonicalDocument(typeof raw === 'string' ? textToAdf(normalLines(raw)) : raw),
  number: normalNumber,
  date: normalDay,
  datetime: normalMoment,
  option: raw => choiceOf(raw, 'value', 'name', 'id'),
  options: raw => choicesOf(raw, 'value', 'name', 'id'),
  'cascading-option': cascadeOf,
  priority: raw => choiceOf(raw, 'name', 'value', 'id'),
  user: raw => choiceOf(raw, 'accountId', 'id'),
  users: raw => choicesOf(raw, 'accountId', 'id'),
  group: raw => choiceOf(raw, 'name', 'groupId'),
  groups: raw => choicesOf(raw, 'name', 'groupId'),
  labels: raw => choicesOf(raw),
  components: raw => choicesOf(raw, 'name', 'id'),
  versions: raw => choicesOf(raw, 'name', 'id'),
  version: raw => choiceOf(raw, 'name', 'id'),
  url: line,
  project: raw => choiceOf(raw, 'key', 'id'),
  parent: raw => choiceOf(raw, 'key', 'id'),
  named: raw => choiceOf(raw, 'name', 'id'),
  other: raw => raw,
};

export const normalSalesforce = (type: SalesforceType, raw: unknown): unknown => finish(salesforce[type](raw));
export const normalJira = (type: JiraType, raw: unknown): unknown => finish(jira[type](raw));

/** Keys in order; a blank text, an empty list and an object without a value are all empty. */
function finish(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string') return trimmed(value) === '' ? null : value;
  if (Array.isArray(value) && value.length === 0) return null;
  if (isRecord(value) && Object.values(value).every(part => part === null || part === undefined)) return null;
  return canonicalJson(value);
}

/** Of two values in normal form. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [canonicalJson(a), canonicalJson(b)];
  return JSON.stringify(left) === JSON.stringify(right);
}
