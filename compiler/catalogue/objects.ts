/**
 * The curated standard objects, by module, with all that the product knows of each beyond the describe:
 * the status-like field, the fields that a search looks in, how a record is called. One row an object;
 * adding a row adds the object everywhere. Custom objects have no row and live by `byDescribe`.
 */
export interface CuratedObject {
  readonly name: string;
  readonly module: Module;
  /** The field that status sync pairs with Jira's status; some objects have none. */
  readonly status?: string;
  /** What free text is looked for in, most useful first. */
  readonly search: readonly string[];
  readonly label: RecordLabel;
  /** Columns of a compact preview, for associated records. */
  readonly preview: readonly string[];
}

export type Module = 'Service Cloud' | 'CRM' | 'Activities' | 'Revenue';

/** `00001026 [Printer on fire]`: the title, and the detail in brackets where it has a value. */
export interface RecordLabel {
  readonly title: string;
  readonly detail?: string;
}

/** In the order in which pickers show them. */
export const modules: readonly Module[] = ['Service Cloud', 'CRM', 'Activities', 'Revenue'];

export const curatedObjects: readonly CuratedObject[] = [
  {
    name: 'Case',
    module: 'Service Cloud',
    status: 'Status',
    search: ['CaseNumber', 'Subject', 'SuppliedName', 'SuppliedCompany', 'SuppliedEmail'],
    label: { title: 'CaseNumber', detail: 'Subject' },
    preview: ['Subject', 'Status', 'Priority'],
  },
  {
    name: 'Account',
    module: 'CRM',
    search: ['Name', 'Phone', 'Website', 'AccountNumber'],
    label: { title: 'Name', detail: 'Phone' },
    preview: ['Type', 'Rating', 'Phone'],
  },
  {
    name: 'Contact',
    module: 'CRM',
    search: ['Name', 'Email', 'Phone'],
    label: { title: 'Name', detail: 'Email' },
    preview: ['Title', 'Email', 'Phone'],
  },
  {
    name: 'Lead',
    module: 'CRM',
    status: 'Status',
    search: ['Name', 'Company', 'Email', 'Phone'],
    label: { title: 'Name', detail: 'Email' },
    preview: ['Company', 'Status', 'Email'],
  },
  {
    name: 'Opportunity',
    module: 'CRM',
    status: 'StageName',
    search: ['Name'],
    label: { title: 'Name', detail: 'StageName' },
    preview: ['StageName', 'Amount', 'CloseDate'],
  },
  {
    name: 'Task',
    module: 'Activities',
    status: 'Status',
    search: ['Subject'],
    label: { title: 'Subject', detail: 'Status' },
    preview: ['Status', 'Priority', 'ActivityDate'],
  },
  {
    name: 'Event',
    module: 'Activities',
    status: 'ShowAs',
    search: ['Subject', 'Location'],
    label: { title: 'Subject', detail: 'Location' },
    preview: ['StartDateTime', 'EndDateTime', 'Location'],
  },
  {
    name: 'Quote',
    module: 'Revenue',
    status: 'Status',
    search: ['Name', 'QuoteNumber'],
    label: { title: 'QuoteNumber', detail: 'Name' },
    preview: ['Name', 'Status', 'ExpirationDate'],
  },
  {
    name: 'Order',
    module: 'Revenue',
    status: 'Status',
    search: ['OrderNumber', 'Name'],
    label: { title: 'OrderNumber', detail: 'Status' },
    preview: ['Status', 'EffectiveDate', 'TotalAmount'],
  },
  {
    name: 'Contract',
    module: 'Revenue',
    status: 'Status',
    search: ['ContractNumber', 'Name'],
    label: { title: 'ContractNumber', detail: 'Status' },
    preview: ['Status', 'StartDate', 'EndDate'],
  },
];

/** Names that a custom object's field may have to count as its status, best first. */
export const statusLikeNames: readonly string[] = [
  'Status__c',
  'Stage__c',
  'State__c',
  'Status',
  'StageName',
  'ShowAs',
];

/** Fields by which people know a record of an object without a row, best first after its name field. */
export const detailNames: readonly string[] = ['Email', 'Subject', 'Status', 'Status__c', 'StageName', 'Phone'];

/** Related objects in the order in which the panel shows them; others follow by label. */
export const associationOrder: readonly string[] = [
  'Account',
  'Contact',
  'Case',
  'Opportunity',
  'Lead',
  'Task',
  'Event',
  'Quote',
  'Order',
  'Contract',
  'Asset',
  'WorkOrder',
];

/** Labels that say nothing without the object's name: `Name` reads as `Account Name`. */
export const genericLabels: readonly string[] = [
  'Name',
  'Full Name',
  'Status',
  'Type',
  'Description',
  'Subject',
  'Phone',
  'Email',
  'Fax',
  'Title',
  'Number',
  'Currency',
];

/** Lookups to several objects: SOQL reads them as the object `Name`, which has no stamp. */
export const ofSeveralObjects: ReadonlySet<string> = new Set(['Owner', 'Who', 'What']);
