/** Values as people read them: in the journal, in previews, in templates. Empty ones read as nothing. */
import type { JiraType, SalesforceType } from '../plan/ir.ts';
import { normalJira, normalSalesforce } from './normal.ts';
import { listed } from './option.ts';
import { isRecord } from './rich-text/adf.ts';
import { adfToText } from './rich-text/adf-text.ts';
import { htmlToAdf } from './rich-text/html-to-adf.ts';

export function salesforceText(type: SalesforceType, raw: unknown): string {
  const value = normalSalesforce(type, raw);
  if (value === null) return '';
  if (type === 'rich-textarea' && typeof value === 'string') return adfToText(htmlToAdf(value));
  if (type === 'address' && isRecord(value)) return addressText(value);
  if (type === 'location' && isRecord(value)) return numbersText(value, 'latitude', 'longitude');
  return plain(value);
}

export function jiraText(type: JiraType, raw: unknown): string {
  if (type === 'user') return userText(raw);
  if (type === 'users' && Array.isArray(raw)) return listed(raw.map(userText).filter(name => name !== ''));
  return normalText(type, normalJira(type, raw));
}

/** The same of a value in its normal form. */
export function normalText(type: JiraType, normal: unknown): string {
  if (type === 'rich-text') return adfToText(normal);
  return normal === null ? '' : plain(normal);
}

/** A user's name where the answer has one, else the account id. */
function userText(raw: unknown): string {
  const name = isRecord(raw) ? raw.displayName : undefined;
  return typeof name === 'string' && name !== '' ? name : plain(normalJira('user', raw) ?? '');
}

function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every(one => typeof one === 'string')) return listed(value);
  return JSON.stringify(value) ?? '';
}

function addressText(value: Readonly<Record<string, unknown>>): string {
  const part = (name: string) => (typeof value[name] === 'string' ? value[name].trim() : '');
  const town = [part('postalCode'), part('city')].filter(Boolean).join(' ');
  return [part('street').replace(/\s*[\r\n]+\s*/g, ', '), town, part('state'), part('country')]
    .filter(Boolean)
    .join(', ');
}

const numbersText = (value: Readonly<Record<string, unknown>>, ...names: readonly string[]): string =>
  names
    .map(name => value[name])
    .filter(one => typeof one === 'number')
    .join(', ');
