/**
 * What a good programmer would write for this one item and no other: the same conversions, limits and comparisons,
 * and the same answer about what to write, what to remember and where to move, but no sentences about it. It is held to
 * the engine's answers before anything is timed.
 */
import type { Pair } from './corpus.ts';

export interface ByHand {
  readonly toJira: Record<string, unknown>;
  readonly toSalesforce: Record<string, unknown>;
  /** What both sides hold once the writes are answered, by mapping. */
  readonly bases: Record<string, { readonly salesforce: unknown; readonly jira: unknown }>;
  readonly moveTo: string | undefined;
}

type Base = { readonly salesforce: unknown; readonly jira: unknown } | undefined;

const line = (raw: unknown): string | null => {
  if (raw === null || raw === undefined) return null;
  const text = String(raw)
    .replace(/[\r\n]+/g, ' ')
    .trim();
  return text === '' ? null : text;
};
const text = (raw: unknown): string | null => {
  if (raw === null || raw === undefined) return null;
  const plain = String(raw).replace(/\r\n?/g, '\n').trim();
  return plain === '' ? null : plain;
};
const number = (raw: unknown): number | null => (typeof raw === 'number' ? raw : null);
const day = (raw: unknown): string | null => (typeof raw === 'string' && raw !== '' ? raw.trim() : null);
const moment = (raw: unknown): string | null => {
  if (typeof raw !== 'string' || raw === '') return null;
  const parsed = Date.parse(raw.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(parsed) ? raw : new Date(Math.floor(parsed / 1000) * 1000).toISOString();
};
const option = (raw: unknown): string | null => line((raw as { readonly value?: unknown } | null)?.value ?? null);

const levels: Readonly<Record<string, string>> = { high: 'Urgent', medium: 'Soon', low: 'Later' };
const backwards: Readonly<Record<string, string>> = { urgent: 'High', soon: 'Medium', later: 'Low' };

const limited = (value: string | null): string | null => {
  if (value !== null && value.length > 255) throw new Error('too long');
  return value;
};
const asIs = <T>(value: T): T => value;
const asOption = (value: string | null) => (value === null ? null : { value });
const asMoment = (value: string | null) => (value === null ? null : value.replace('Z', '+0000'));

export function decideByHand({ record, issue, link }: Pair): ByHand {
  const { fields } = record;
  const there = issue.fields;
  const remembered = link.bases as Readonly<Record<string, Base>>;
  const account = fields.Account__r as { readonly Name?: unknown; readonly Rating__c?: unknown } | null;
  const toJira: Record<string, unknown> = {};
  const toSalesforce: Record<string, unknown> = {};
  const bases: ByHand['bases'] = {};

  const forJira = <T>(id: string, salesforce: T, jira: T, write: (value: T) => unknown): void => {
    if (salesforce !== jira) toJira[id] = write(salesforce);
    bases[id] = { salesforce, jira: salesforce };
  };
  const forBoth = <T>(
    id: string,
    name: string,
    salesforce: T,
    jira: T,
    there: (value: T) => T,
    back: (value: T) => T,
    write: (value: T) => unknown,
  ): void => {
    const base = remembered[id]!;
    const moved = salesforce !== base.salesforce;
    const edited = jira !== base.jira;
    if ((moved || edited) && there(salesforce) !== jira) {
      if (moved) {
        toJira[id] = write(there(salesforce));
        bases[id] = { salesforce, jira: there(salesforce) };
        return;
      }
      toSalesforce[name] = back(jira);
      bases[id] = { salesforce: back(jira), jira };
      return;
    }
    bases[id] = { salesforce, jira };
  };

  forJira('summary', limited(text(fields.Subject__c)), line(there.summary), asIs);
  const [reference, itsReference] = [limited(text(fields.Reference__c)), line(there.customfield_1)];
  forBoth('customfield_1', 'Reference__c', reference, itsReference, asIs, asIs, asIs);
  forJira('customfield_2', limited(text(fields.Contact__c)), line(there.customfield_2), asIs);
  forJira('customfield_3', limited(line(fields.Email__c)), line(there.customfield_3), asIs);
  const [amount, itsAmount] = [number(fields.Amount__c), number(there.customfield_4)];
  forBoth('customfield_4', 'Amount__c', amount, itsAmount, asIs, asIs, asIs);
  const [hours, itsHours] = [number(fields.Hours__c), number(there.customfield_5)];
  if (hours !== itsHours) toSalesforce.Hours__c = itsHours;
  bases.customfield_5 = { salesforce: itsHours, jira: itsHours };
  forJira('customfield_6', number(fields.Quantity__c), number(there.customfield_6), asIs);
  forBoth('duedate', 'Due__c', day(fields.Due__c), day(there.duedate), asIs, asIs, asIs);
  const [reported, itsReport] = [moment(fields.Reported__c), moment(there.customfield_7)];
  forJira('customfield_7', reported, itsReport, asMoment);
  const level = line(fields.Level__c);
  const urgency = option(there.customfield_8);
  forBoth(
    'customfield_8',
    'Level__c',
    level,
    urgency,
    value => (value === null ? null : levels[value.toLowerCase()]!),
    value => (value === null ? null : backwards[value.toLowerCase()]!),
    asOption,
  );
  forJira('customfield_9', line(fields.Region__c), option(there.customfield_9), asOption);
  forJira('customfield_10', limited(text(account?.Name)), line(there.customfield_10), asIs);

  const target = ruleByHand(fields);
  const status = there.status as { readonly id: string };
  return { toJira, toSalesforce, bases, moveTo: target.id === status.id ? undefined : target.name };
}

const escalated = { id: '3', name: 'Escalated' };
const inProgress = { id: '2', name: 'In Progress' };
const toDo = { id: '1', name: 'To Do' };

export function ruleByHand(fields: Pair['record']['fields']): { readonly id: string; readonly name: string } {
  const { Level__c: level, Amount__c: amount, Region__c: region, Subject__c: subject } = fields;
  if (typeof level === 'string' && level.toLowerCase() === 'high' && typeof amount === 'number' && amount >= 50_000) {
    const folded = typeof region === 'string' ? region.toLowerCase() : '';
    if (folded === 'emea' || folded === 'apac') return escalated;
  }
  const rating = (fields.Account__r as { readonly Rating__c?: unknown } | null)?.Rating__c;
  if (typeof rating === 'string' && rating.toLowerCase() === 'hot') {
    if (!(typeof subject === 'string' && subject.toLowerCase().includes('test'))) return inProgress;
  }
  return toDo;
}
