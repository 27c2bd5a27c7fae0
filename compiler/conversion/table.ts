/**
 * The conversion table: which Salesforce type meets which Jira type, in which direction, how safely, and by
 * which step. A pair that stands in no row is impossible. Adding a row adds the conversion: the compiler's
 * checks, the engine and the documentation all read this table.
 */
import type { JiraType, SalesforceType } from '../plan/ir.ts';
import { writeBoolean } from './boolean.ts';
import type { Direction, Safety, Step } from './conversion.ts';
import { writeDay, writeMomentToJira, writeMomentToSalesforce, writeTime } from './date-time.ts';
import { writeId } from './identifier.ts';
import { writeInteger, writeNumber } from './number.ts';
import {
  writeCascade,
  writeKeyed,
  writeLabels,
  writeMultiPicklist,
  writeNamed,
  writeNamedList,
  writeOption,
  writeOptions,
  writePicklist,
} from './option.ts';
import { writeEmails, writeUser, writeUsers } from './user.ts';
import {
  writeJiraDocument,
  writeJiraLine,
  writeJiraUrl,
  writeSalesforceEmail,
  writeSalesforceHtml,
  writeSalesforceLine,
  writeSalesforceLines,
} from './write-text.ts';

export interface Row {
  readonly direction: Direction;
  readonly salesforce: readonly SalesforceType[];
  readonly jira: readonly JiraType[];
  readonly safety: Safety;
  readonly step: Step;
}

type S = readonly SalesforceType[];
type J = readonly JiraType[];

const line: S = ['string', 'combobox', 'phone', 'email', 'url', 'encryptedstring'];
const word: S = ['string', 'combobox', 'picklist'];
const numbers: S = ['int', 'double', 'currency', 'percent'];
const ids: S = ['id', 'reference'];
const single: J = ['option', 'priority', 'version', 'group', 'cascading-option', 'named'];
const several: J = ['options', 'labels', 'components', 'versions', 'groups'];
const keyed: J = ['project', 'parent'];
/** A URL field of Salesforce holds any text. */
const salesforceLines: S = ['string', 'combobox', 'phone', 'url'];

const toJira = (safety: Safety, salesforce: S, jira: J, step: Step): Row => ({
  direction: 'to-jira',
  salesforce,
  jira,
  safety,
  step,
});
const toSalesforce = (safety: Safety, salesforce: S, jira: J, step: Step): Row => ({
  direction: 'to-salesforce',
  salesforce,
  jira,
  safety,
  step,
});

export const rows: readonly Row[] = [
  // ── Salesforce to Jira ──
  toJira('exact', [...line, ...ids, ...numbers], ['text'], writeJiraLine),
  toJira('exact', ['picklist', 'boolean', 'date', 'datetime', 'time', 'multipicklist'], ['text'], writeJiraLine),
  toJira('lossy', ['textarea', 'rich-textarea', 'address', 'location', 'anytype'], ['text'], writeJiraLine),

  toJira('exact', [...line, ...ids, ...numbers, 'textarea'], ['rich-text'], writeJiraDocument),
  toJira(
    'exact',
    ['picklist', 'boolean', 'date', 'datetime', 'time', 'multipicklist'],
    ['rich-text'],
    writeJiraDocument,
  ),
  toJira('lossy', ['rich-textarea', 'address', 'location', 'anytype'], ['rich-text'], writeJiraDocument),

  toJira('exact', numbers, ['number'], writeNumber),
  toJira('fallible', [...word, 'anytype'], ['number'], writeNumber),

  toJira('exact', ['date'], ['date'], writeDay),
  toJira('lossy', ['datetime'], ['date'], writeDay),
  toJira('fallible', [...word, 'anytype'], ['date'], writeDay),
  toJira('exact', ['datetime', 'date'], ['datetime'], writeMomentToJira),
  toJira('fallible', [...word, 'anytype'], ['datetime'], writeMomentToJira),

  toJira('fallible', [...line, ...numbers, 'picklist', 'boolean'], ['option'], writeOption),
  toJira('fallible', word, ['cascading-option'], writeCascade),
  toJira('fallible', [...word, ...numbers, 'boolean'], ['priority'], writeNamed),
  toJira('fallible', word, ['version', 'group'], writeNamed),
  toJira('fallible', ['multipicklist', ...word], ['options'], writeOptions),
  toJira('fallible', ['multipicklist', ...word], ['components', 'versions', 'groups'], writeNamedList),
  toJira('fallible', ['multipicklist', ...word], ['labels'], writeLabels),

  toJira('fallible', ['email', 'string', 'combobox', 'picklist'], ['user'], writeUser),
  toJira('fallible', ['email', 'string', 'combobox', 'picklist', 'multipicklist'], ['users'], writeUsers),
  toJira('fallible', ['url', 'string', 'combobox'], ['url'], writeJiraUrl),
  toJira('fallible', word, keyed, writeKeyed),

  // ── Jira to Salesforce ──
  toSalesforce(
    'exact',
    salesforceLines,
    ['text', 'url', 'number', 'date', 'datetime', ...single, ...keyed],
    writeSalesforceLine,
  ),
  toSalesforce(
    'exact',
    ['textarea'],
    ['text', 'url', 'number', 'date', 'datetime', ...single, ...keyed],
    writeSalesforceLines,
  ),
  toSalesforce(
    'exact',
    ['rich-textarea'],
    ['text', 'url', 'number', 'date', 'datetime', ...single, ...keyed],
    writeSalesforceHtml,
  ),
  // A list in a text cannot be told from a text with a semicolon.
  toSalesforce('lossy', ['string', 'combobox'], several, writeSalesforceLine),
  toSalesforce('lossy', ['textarea'], several, writeSalesforceLines),
  toSalesforce('lossy', ['rich-textarea'], several, writeSalesforceHtml),

  toSalesforce('lossy', ['string', 'combobox'], ['rich-text'], writeSalesforceLine),
  toSalesforce('lossy', ['textarea'], ['rich-text'], writeSalesforceLines),
  toSalesforce('lossy', ['rich-textarea'], ['rich-text'], writeSalesforceHtml),

  toSalesforce('exact', ['double', 'currency', 'percent'], ['number'], writeNumber),
  toSalesforce('fallible', ['int'], ['number'], writeInteger),
  toSalesforce('fallible', ['double', 'currency', 'percent'], ['text', 'option', 'priority'], writeNumber),
  toSalesforce('fallible', ['int'], ['text', 'option', 'priority'], writeInteger),

  toSalesforce('exact', ['date'], ['date'], writeDay),
  toSalesforce('lossy', ['date'], ['datetime'], writeDay),
  toSalesforce('fallible', ['date'], ['text'], writeDay),
  toSalesforce('exact', ['datetime'], ['datetime', 'date'], writeMomentToSalesforce),
  toSalesforce('fallible', ['datetime'], ['text'], writeMomentToSalesforce),
  toSalesforce('fallible', ['time'], ['text'], writeTime),

  toSalesforce('fallible', ['boolean'], ['text', 'option', 'priority'], writeBoolean),
  toSalesforce('fallible', ['picklist'], ['text', 'number', ...single, ...several, ...keyed], writePicklist),
  toSalesforce('fallible', ['multipicklist'], ['text', ...single, ...several], writeMultiPicklist),

  toSalesforce('fallible', ['email'], ['text'], writeSalesforceEmail),
  toSalesforce('fallible', ['email', 'string', 'combobox', 'textarea'], ['user'], writeEmails),
  toSalesforce('fallible', ['string', 'combobox', 'textarea'], ['users'], writeEmails),
  toSalesforce('fallible', ['reference'], ['text'], writeId),
];
