/** Products, quotes, orders and contracts. */
const contractCodes =
  'Draft; InApproval=In Approval Process; Activated; Terminated; Expired; Rejected; Negotiating; AwaitingSignature=Awaiting Signature; SignatureDeclined=Signature Declined; Signed; Cancelled=Canceled; Expired2=Contract Expired; Terminated2=Contract Terminated';
const billing = (name: string, label: string): string => `  +address | ${name} | ${label}`;

export const revenueObjects = `
Contract | 800 | Contract | Contracts | business feed search
  +id
  AccountId | Account ID | reference(Account) | rw * kids:Contracts restrict
  Pricebook2Id | Price Book ID | reference(Pricebook2) | rw kids:Contracts
  OwnerExpirationNotice | Owner Expiration Notice | picklist(40) | rw rp | 15=15 Days; 30=30 Days; 45=45 Days; 60=60 Days; 90=90 Days; 120=120 Days
  StartDate | Contract Start Date | date | rw
  EndDate | Contract End Date | date | p
${billing('Billing', 'Billing')}
  ContractTerm | Contract Term | int | rw
  OwnerId | Owner ID | reference(User) | rw * d
  Status | Status | picklist(40) | rw * d | In Approval Process; Activated; Draft
  CompanySignedId | Company Signed By ID | reference(User) | rw kids:ContractsSigned
  CompanySignedDate | Company Signed Date | date | rw
  CustomerSignedId | Customer Signed By ID | reference(Contact) | rw kids:ContractsSigned
  CustomerSignedTitle | Customer Signed Title | string(40) | rw
  CustomerSignedDate | Customer Signed Date | date | rw
  SpecialTerms | Special Terms | textarea(4000) | rw
  ActivatedById | Activated By ID | reference(User) | u
  ActivatedDate | Activated Date | datetime | u
  StatusCode | Status Category | picklist(40) | * rp | ${contractCodes}
  Description | Description | textarea(32000) | rw
  +deleted
  ContractNumber | Contract Number | string(30) | * d auto name id -g
  LastApprovedDate | Last Approved Date | datetime |
  +created +modified +stamp
  LastActivityDate | Last Activity | date |
  +viewed

ContractStatus |  | Contract Status Value | Contract Status Value | status
  +id
  MasterLabel | Master Label | string(255) | name id
  ApiName | Api Name | string(255) | * id
  SortOrder | Sort Order | int |
  IsDefault | Is Default | boolean |
  StatusCode | Status Code | picklist(40) | rp | ${contractCodes}
  +created +modified +stamp

Order | 801 | Order | Orders | business feed search
  +id
  OwnerId | Owner ID | reference(Group, User) | rw * d
  ContractId | Contract ID | reference(Contract) | rw kids:Orders
  AccountId | Account ID | reference(Account) | rw kids:Orders
  Pricebook2Id | Price Book ID | reference(Pricebook2) | rw kids:Orders
  OriginalOrderId | Order ID | reference(Order) | rw kids:Orders
  OpportunityId | Opportunity ID | reference(Opportunity) | rw kids:Orders
  QuoteId | Quote ID | reference(Quote) | rw kids:Orders
  EffectiveDate | Order Start Date | date | rw *
  EndDate | Order End Date | date | rw
  IsReductionOrder | Reduction Order | boolean | rw
  Status | Status | picklist(40) | rw * d | Draft; Activated
  Description | Description | textarea(32000) | rw
  CustomerAuthorizedById | Customer Authorized By ID | reference(Contact) | rw kids:CustomerAuthorizedByOrders
  CustomerAuthorizedDate | Customer Authorized Date | date | rw
  CompanyAuthorizedById | Company Authorized By ID | reference(User) | rw
  CompanyAuthorizedDate | Company Authorized Date | date | rw
  Type | Order Type | picklist(40) | rw |
${billing('Billing', 'Billing')}
${billing('Shipping', 'Shipping')}
  Name | Order Name | string(80) | rw
  PoDate | PO Date | date | rw
  PoNumber | PO Number | string(80) | rw
  OrderReferenceNumber | Order Reference Number | string(80) | rw
  BillToContactId | Bill To Contact ID | reference(Contact) | rw kids:BillToContactOrders
  ShipToContactId | Ship To Contact ID | reference(Contact) | rw kids:ShipToContactOrders
  ActivatedDate | Activated Date | datetime | u
  ActivatedById | Activated By ID | reference(User) | u
  StatusCode | Status Category | picklist(40) | u * rp | Draft; Activated; Canceled=Cancelled; Expired
  OrderNumber | Order Number | string(30) | * d auto name id -g
  TotalAmount | Order Amount | currency(18,2) | *
  +created +modified +deleted +stamp +viewed

OrderStatus |  | Order Status Value | Order Status Value | status
  +id
  MasterLabel | Master Label | string(255) | name id
  ApiName | Api Name | string(255) | * id
  SortOrder | Sort Order | int |
  IsDefault | Is Default | boolean |
  StatusCode | Status Code | picklist(40) | rp | Draft; Activated; Canceled=Cancelled; Expired
  +created +modified +stamp

OrderItem | 802 | Order Product | Order Products | child feed
  +id
  Product2Id | Product ID | reference(Product2) | c kids:OrderItems restrict
  +deleted
  OrderId | Order ID | reference(Order) | c * kids:OrderItems cascade
  PricebookEntryId | Price Book Entry ID | reference(PricebookEntry) | c * kids:OrderItems restrict
  OriginalOrderItemId | Original Order Item ID | reference(OrderItem) | rw kids:ChildOrderItems
  AvailableQuantity | Available Quantity | double(18,2) |
  Quantity | Quantity | double(18,2) | rw *
  UnitPrice | Unit Price | currency(18,2) | rw
  ListPrice | List Price | currency(18,2) |
  TotalPrice | Total Price | currency(18,2) |
  ServiceDate | Start Date | date | rw
  EndDate | End Date | date | rw
  Description | Line Description | string(255) | rw
  +created +modified +stamp
  OrderItemNumber | Order Product Number | string(30) | * d auto name id -g

Quote | 0Q0 | Quote | Quotes | business feed search
  +id
  OwnerId | Owner ID | reference(Group, User) | rw * d
  +deleted
  Name | Quote Name | string(255) | rw * name
  +created +modified +stamp +viewed
  OpportunityId | Opportunity ID | reference(Opportunity) | c * kids:Quotes cascade
  Pricebook2Id | Price Book ID | reference(Pricebook2) | c kids:Quotes
  ContactId | Contact ID | reference(Contact) | rw kids:Quotes
  QuoteNumber | Quote Number | string(30) | * d auto -g
  IsSyncing | Syncing | boolean |
  ShippingHandling | Shipping and Handling | currency(18,2) | rw
  Tax | Tax | currency(18,2) | rw
  Status | Status | picklist(40) | rw | Draft*; Needs Review; In Review; Approved; Rejected; Presented; Accepted; Denied
  ExpirationDate | Expiration Date | date | rw
  Description | Description | textarea(32000) | rw
  Subtotal | Subtotal | currency(16,2) | p
  TotalPrice | Total Price | currency(16,2) | p
  LineItemCount | Line Item Count | int |
${billing('Billing', 'Bill To')}
${billing('Shipping', 'Ship To')}
  BillingName | Bill To Name | string(255) | rw
  ShippingName | Ship To Name | string(255) | rw
  Email | Email | email | rw
  Phone | Phone | phone | rw
  Fax | Fax | phone | rw
  ContractId | Contract ID | reference(Contract) | rw kids:Quotes
  AccountId | Account ID | reference(Account) | pre kids:Quotes
  Discount | Discount | percent(3,2) | p
  GrandTotal | Grand Total | currency(16,2) | p
  CanCreateQuoteLineItems | Can Create Quote Line Items | boolean |

Product2 | 01t | Product | Products | business feed search
  +id
  Name | Product Name | string(255) | rw * name
  ProductCode | Product Code | string(255) | rw
  Description | Product Description | textarea(4000) | rw
  IsActive | Active | boolean | rw p
  +created +modified +stamp
  Family | Product Family | picklist | rw | None
  ExternalDataSourceId | External Data Source ID | reference(ExternalDataSource) |
  ExternalId | External ID | string(255) | rw
  DisplayUrl | Display URL | url(1000) | rw
  QuantityUnitOfMeasure | Quantity Unit Of Measure | picklist | rw | Each
  +deleted
  IsArchived | Archived | boolean |
  +viewed
  StockKeepingUnit | Product SKU | string(180) | rw

Pricebook2 | 01s | Price Book | Price Books | business search
  +id +deleted
  Name | Price Book Name | string(255) | rw * name
  +created +modified +stamp +viewed
  IsActive | Active | boolean | rw p
  IsArchived | Archived | boolean |
  Description | Description | string(255) | rw
  IsStandard | Is Standard Price Book | boolean |

PricebookEntry | 01u | Price Book Entry | Price Book Entries | child search
  +id
  Name | Product Name | string(255) | name
  Pricebook2Id | Price Book ID | reference(Pricebook2) | c * kids:PricebookEntries cascade
  Product2Id | Product ID | reference(Product2) | c * kids:PricebookEntries cascade
  UnitPrice | List Price | currency(18,2) | rw *
  IsActive | Active | boolean | rw p
  UseStandardPrice | Use Standard Price | boolean | rw p
  +created +modified +stamp
  ProductCode | Product Code | string(255) |
  +deleted
  IsArchived | Archived | boolean |
`;
