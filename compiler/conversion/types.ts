/** Every type of both sides, once: what a table has to account for. The compiler refuses a type that is missing here. */
import type { JiraType, SalesforceType } from '../plan/ir.ts';

const salesforce: Readonly<Record<SalesforceType, true>> = {
  id: true,
  reference: true,
  string: true,
  textarea: true,
  'rich-textarea': true,
  picklist: true,
  multipicklist: true,
  combobox: true,
  boolean: true,
  int: true,
  double: true,
  currency: true,
  percent: true,
  date: true,
  datetime: true,
  time: true,
  phone: true,
  email: true,
  url: true,
  encryptedstring: true,
  address: true,
  location: true,
  base64: true,
  anytype: true,
};
const jira: Readonly<Record<JiraType, true>> = {
  text: true,
  'rich-text': true,
  number: true,
  date: true,
  datetime: true,
  option: true,
  options: true,
  'cascading-option': true,
  priority: true,
  user: true,
  users: true,
  group: true,
  labels: true,
  components: true,
  versions: true,
  version: true,
  url: true,
  project: true,
  parent: true,
  other: true,
};

export const salesforceTypes = Object.keys(salesforce) as readonly SalesforceType[];
export const jiraTypes = Object.keys(jira) as readonly JiraType[];
