/**
 * The mappings that a simulated program can have, and what each promises about the two values, said once more
 * and without the engine: how people write a value on either side, how it is read there, and what it becomes
 * on the other side.
 */
import { linesOf, paragraphs } from '../kit/scenario.ts';

export type Owner = 'salesforce' | 'jira' | 'both';
export const arrows: Readonly<Record<Owner, string>> = { salesforce: '->', jira: '<-', both: '<->' };

/** The other side keeps what it has. */
export const keep = Symbol('keep');
export type Value = string | number | null;

export interface RecordFacts {
  readonly CaseNumber: string;
  /** ISO time. */
  readonly CreatedDate: string;
  readonly Account: { readonly Name: string; readonly Rating: string | null; readonly Type: string | null } | null;
  readonly [field: string]: unknown;
}

export interface Relation {
  readonly name: string;
  readonly owners: readonly Owner[];
  /** A line of `fields`. */
  line(arrow: string): string;
  /** The record's own field; missing where Salesforce's side is a template or a parent's. */
  readonly field?: string;
  /** As the journal names that. */
  readonly fieldLabel?: string;
  readonly salesforceValues: readonly Value[];
  readonly target: string;
  /** As the journal names it. */
  readonly label: string;
  readonly jiraValues: readonly Value[];
  /** A value in the form in which Jira takes it, and back. */
  toRaw(value: Value): unknown;
  fromRaw(raw: unknown): Value;
  /** What Jira has to show for a record. */
  inJira(record: RecordFacts): Value | typeof keep;
  /** What the record has to hold for a value of Jira. */
  inSalesforce?(value: Value): Value | typeof keep;
}

/** Paragraphs are lines apart in plain text: how far apart says nothing. */
export const plain = (value: unknown): Value => {
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value.replace(/(\r\n?|\n)+/g, '\n').trim() : '';
  return text === '' ? null : text;
};
const named = (raw: unknown): Value => plain((raw as { name?: unknown } | null)?.name);
const byName = (value: Value): unknown => (value === null ? null : { name: value });
const rich = (value: Value): unknown => (value === null ? null : paragraphs(String(value)));
const words: readonly Value[] = ['alpha', 'beta', 'gamma', ' delta ', 'Grüße\nzweite Zeile', null];
const names: readonly Value[] = ['alpha', 'beta', 'gamma', 'o’Hara & <Söhne>'];
const severity: readonly (readonly [string, string])[] = [
  ['High', 'Highest'],
  ['Medium', 'Medium'],
  ['Low', 'Low'],
];

export const subject: Relation = {
  name: 'subject',
  owners: ['salesforce'],
  line: arrow => `Subject ${arrow} summary or else "Case {CaseNumber}"`,
  field: 'Subject',
  fieldLabel: 'Case Subject',
  salesforceValues: [...names, null],
  target: 'summary',
  label: 'Summary',
  jiraValues: names,
  toRaw: value => value,
  fromRaw: plain,
  inJira: record => plain(record.Subject) ?? `Case ${record.CaseNumber}`,
};

/** Both sides may name the case; it has a name from the start and is never left without one. */
export const sharedSubject: Relation = {
  ...subject,
  owners: ['both'],
  line: arrow => `Subject ${arrow} summary or else skip`,
  salesforceValues: names,
  inJira: record => plain(record.Subject) ?? keep,
  inSalesforce: value => value ?? keep,
};

export const template: Relation = {
  name: 'template',
  owners: ['salesforce'],
  line: arrow => `"{CaseNumber}: {Subject}" ${arrow} summary cut at 30`,
  salesforceValues: [],
  target: 'summary',
  label: 'Summary',
  jiraValues: names,
  toRaw: value => value,
  fromRaw: plain,
  inJira: record => plain(`${record.CaseNumber}: ${record.Subject ?? ''}`.slice(0, 30)),
};

export const optional: readonly Relation[] = [
  {
    name: 'description',
    owners: ['salesforce', 'jira', 'both'],
    line: arrow => `Description ${arrow} description or else skip`,
    field: 'Description',
    fieldLabel: 'Case Description',
    salesforceValues: words,
    target: 'description',
    label: 'Description',
    jiraValues: words,
    toRaw: rich,
    fromRaw: raw => plain(linesOf(raw)),
    inJira: record => plain(record.Description),
    inSalesforce: value => value,
  },
  {
    name: 'priority',
    owners: ['salesforce', 'jira', 'both'],
    line: arrow => `Priority ${arrow} priority by severity`,
    field: 'Priority',
    fieldLabel: 'Case Priority',
    salesforceValues: ['High', 'Medium', 'Low'],
    target: 'priority',
    label: 'Priority',
    jiraValues: ['Highest', 'High', 'Medium', 'Low', 'Lowest'],
    toRaw: byName,
    fromRaw: named,
    inJira: record => severity.find(([from]) => from === record.Priority)?.[1] ?? keep,
    inSalesforce: value => severity.find(([, to]) => to === value)?.[0] ?? keep,
  },
  {
    name: 'supplied name',
    owners: ['salesforce', 'jira', 'both'],
    line: arrow => `SuppliedName ${arrow} "Customer" or else skip`,
    field: 'SuppliedName',
    fieldLabel: 'Case Name',
    salesforceValues: [...names, null],
    target: 'customfield_10040',
    label: 'Customer',
    jiraValues: [...names, null],
    toRaw: value => value,
    fromRaw: plain,
    inJira: record => plain(record.SuppliedName),
    inSalesforce: value => value,
  },
  {
    name: 'notes',
    owners: ['jira', 'both'],
    line: arrow => `Resolution_Notes__c ${arrow} "Resolution notes" or else skip`,
    field: 'Resolution_Notes__c',
    fieldLabel: 'Resolution Notes',
    salesforceValues: words,
    target: 'customfield_10041',
    label: 'Resolution notes',
    jiraValues: words,
    toRaw: rich,
    fromRaw: raw => plain(linesOf(raw)),
    inJira: record => plain(record.Resolution_Notes__c),
    inSalesforce: value => value,
  },
  {
    name: 'customer',
    owners: ['salesforce'],
    line: arrow => `"{Account.Name} ({Account.Rating})" ${arrow} "Customer" or else skip`,
    salesforceValues: [],
    target: 'customfield_10040',
    label: 'Customer',
    jiraValues: [...names, null],
    toRaw: value => value,
    fromRaw: plain,
    inJira: ({ Account }) => plain(`${Account?.Name ?? ''} (${Account?.Rating ?? ''})`),
  },
];
