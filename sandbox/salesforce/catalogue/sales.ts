/** Accounts, contacts, leads, opportunities and campaigns, as a new org has them. */
const industries =
  'Agriculture; Apparel; Banking; Biotechnology; Chemicals; Communications; Construction; Consulting; Education; Electronics; Energy; Engineering; Entertainment; Environmental; Finance; Food & Beverage; Government; Healthcare; Hospitality; Insurance; Machinery; Manufacturing; Media; Not For Profit; Recreation; Retail; Shipping; Technology; Telecommunications; Transportation; Utilities; Other';
const sources = 'Web; Phone Inquiry; Partner Referral; Purchased List; Other';
const cleanStatuses =
  'Matched=In Sync; Different; Acknowledged=Reviewed; NotFound=Not Found; Inactive; Pending=Not Compared; SelectMatch=Select Match; Skipped';
const salutations = 'Mr.; Ms.; Mrs.; Dr.; Prof.; Mx.';

export const salesObjects = `
Account | 001 | Account | Accounts | business feed search merge
  +id +deleted
  MasterRecordId | Master Record ID | reference(Account) |
  Name | Account Name | string(255) | rw * name info:switchablepersonname
  Type | Account Type | picklist(40) | rw | Prospect; Customer - Direct; Customer - Channel; Channel Partner / Reseller; Installation Partner; Technology Partner; Other
  ParentId | Parent Account ID | reference(Account) | rw kids:ChildAccounts
  +address | Billing | Billing
  +address | Shipping | Shipping
  Phone | Account Phone | phone | rw
  Fax | Account Fax | phone | rw
  AccountNumber | Account Number | string(40) | rw
  Website | Website | url | rw
  PhotoUrl | Photo URL | url | info:imageurl
  Sic | SIC Code | string(20) | rw
  Industry | Industry | picklist(40) | rw | ${industries}
  AnnualRevenue | Annual Revenue | currency(18,0) | rw
  NumberOfEmployees | Employees | int | rw
  Ownership | Ownership | picklist(40) | rw | Public; Private; Subsidiary; Other
  TickerSymbol | Ticker Symbol | string(20) | rw
  Description | Account Description | textarea(32000) | rw
  Rating | Account Rating | picklist(40) | rw | Hot; Warm; Cold
  Site | Account Site | string(80) | rw
  OwnerId | Owner ID | reference(User) | rw * d
  +created +modified +stamp
  LastActivityDate | Last Activity | date |
  +viewed
  Jigsaw | Data.com Key | string(20) | rw
  JigsawCompanyId | Jigsaw Company ID | string(20) | rel:JigsawCompany
  CleanStatus | Clean Status | picklist(40) | rw rp | ${cleanStatuses}
  AccountSource | Account Source | picklist(40) | rw | ${sources}
  DunsNumber | D-U-N-S Number | string(9) | rw
  Tradestyle | Tradestyle | string(255) | rw
  NaicsCode | NAICS Code | string(8) | rw
  NaicsDesc | NAICS Description | string(120) | rw
  YearStarted | Year Started | string(4) | rw
  SicDesc | SIC Description | string(80) | rw
  OperatingHoursId | Operating Hour ID | reference(OperatingHours) | rw
  DandbCompanyId | D&B Company ID | reference(DandBCompany) | rw

Contact | 003 | Contact | Contacts | business feed search merge
  +id +deleted
  MasterRecordId | Master Record ID | reference(Contact) |
  AccountId | Account ID | reference(Account) | rw kids:Contacts cascade
  LastName | Last Name | string(80) | rw * in:Name info:personname
  FirstName | First Name | string(40) | rw -p in:Name info:personname
  Salutation | Salutation | picklist(40) | rw -p in:Name info:personname | ${salutations}
  Name | Full Name | string(121) | * name info:personname
  +address | Other | Other
  +address | Mailing | Mailing
  Phone | Business Phone | phone | rw
  Fax | Business Fax | phone | rw
  MobilePhone | Mobile Phone | phone | rw
  HomePhone | Home Phone | phone | rw
  OtherPhone | Other Phone | phone | rw
  AssistantPhone | Asst. Phone | phone | rw
  ReportsToId | Reports To ID | reference(Contact) | rw
  Email | Email | email | rw id
  Title | Title | string(128) | rw
  Department | Department | string(80) | rw
  AssistantName | Assistant's Name | string(40) | rw
  LeadSource | Lead Source | picklist(255) | rw | ${sources}
  Birthdate | Birthdate | date | rw
  Description | Contact Description | textarea(32000) | rw
  OwnerId | Owner ID | reference(User) | rw * d
  +created +modified +stamp
  LastActivityDate | Last Activity | date |
  LastCURequestDate | Last Stay-in-Touch Request Date | datetime |
  LastCUUpdateDate | Last Stay-in-Touch Save Date | datetime |
  +viewed
  EmailBouncedReason | Email Bounced Reason | string(255) | rw -p
  EmailBouncedDate | Email Bounced Date | datetime | rw -p
  IsEmailBounced | Is Email Bounced | boolean |
  PhotoUrl | Photo URL | url | info:imageurl
  Jigsaw | Data.com Key | string(20) | rw
  JigsawContactId | Jigsaw Contact ID | string(20) | rel:JigsawContact
  CleanStatus | Clean Status | picklist(40) | rw rp | ${cleanStatuses}
  IndividualId | Individual ID | reference(Individual) | rw -p pre
  IsPriorityRecord | Important | boolean | rw -f -s
  ContactSource | Creation Source | picklist(40) | rw rp | Auto Create

Lead | 00Q | Lead | Leads | business feed search merge
  +id +deleted
  MasterRecordId | Master Record ID | reference(Lead) |
  LastName | Last Name | string(80) | rw * in:Name info:personname
  FirstName | First Name | string(40) | rw -p in:Name info:personname
  Salutation | Salutation | picklist(40) | rw -p in:Name info:personname | ${salutations}
  Name | Full Name | string(121) | * name info:personname
  Title | Title | string(128) | rw
  Company | Company | string(255) | rw *
  +address | |
  Phone | Phone | phone | rw
  MobilePhone | Mobile Phone | phone | rw
  Fax | Fax | phone | rw
  Email | Email | email | rw id
  Website | Website | url | rw
  PhotoUrl | Photo URL | url | info:imageurl
  Description | Description | textarea(32000) | rw
  LeadSource | Lead Source | picklist(255) | rw | ${sources}
  Status | Status | picklist(255) | rw * | Open - Not Contacted*; Working - Contacted; Closed - Converted; Closed - Not Converted
  Industry | Industry | picklist | rw | ${industries}
  Rating | Rating | picklist | rw | Hot; Warm; Cold
  AnnualRevenue | Annual Revenue | currency(18,0) | rw
  NumberOfEmployees | Employees | int | rw
  OwnerId | Owner ID | reference(Group, User) | rw * d
  IsConverted | Converted | boolean | c
  ConvertedDate | Converted Date | date |
  ConvertedAccountId | Converted Account ID | reference(Account) | pre
  ConvertedContactId | Converted Contact ID | reference(Contact) | pre
  ConvertedOpportunityId | Converted Opportunity ID | reference(Opportunity) | pre
  IsUnreadByOwner | Unread By Owner | boolean | rw =false
  +created +modified +stamp
  LastActivityDate | Last Activity | date |
  +viewed
  Jigsaw | Data.com Key | string(20) | rw
  JigsawContactId | Jigsaw Contact ID | string(20) | rel:JigsawContact
  CleanStatus | Clean Status | picklist(40) | rw rp | ${cleanStatuses}
  DandbCompanyId | D&B Company ID | reference(DandBCompany) | rw
  CompanyDunsNumber | Company D-U-N-S Number | string(9) | rw
  EmailBouncedReason | Email Bounced Reason | string(255) | u
  EmailBouncedDate | Email Bounced Date | datetime | u
  IndividualId | Individual ID | reference(Individual) | rw -p pre
  IsPriorityRecord | Important | boolean | rw -f -s

LeadStatus |  | Lead Status Value | Lead Status Value | status
  +id
  MasterLabel | Master Label | string(255) | name id
  ApiName | Api Name | string(255) | * id
  SortOrder | Sort Order | int |
  IsDefault | Is Default | boolean |
  IsConverted | Is Converted | boolean |
  +created +modified +stamp

Opportunity | 006 | Opportunity | Opportunities | business feed search clone
  +id +deleted
  AccountId | Account ID | reference(Account) | rw kids:Opportunities cascade
  IsPrivate | Private | boolean | rw p
  Name | Name | string(120) | rw * name id
  Description | Description | textarea(32000) | rw
  StageName | Stage | picklist(255) | rw * | Prospecting; Qualification; Needs Analysis; Value Proposition; Id. Decision Makers; Perception Analysis; Proposal/Price Quote; Negotiation/Review; Closed Won; Closed Lost
  Amount | Amount | currency(18,2) | rw
  Probability | Probability (%) | percent(3,0) | rw d
  ExpectedRevenue | Expected Amount | currency(18,2) | p
  TotalOpportunityQuantity | Quantity | double(18,2) | rw
  CloseDate | Close Date | date | rw *
  Type | Opportunity Type | picklist(255) | rw | Existing Customer - Upgrade; Existing Customer - Replacement; Existing Customer - Downgrade; New Customer
  NextStep | Next Step | string(255) | rw
  LeadSource | Lead Source | picklist(255) | rw | ${sources}
  IsClosed | Closed | boolean |
  IsWon | Won | boolean |
  ForecastCategory | Forecast Category | picklist(40) | * rp | Omitted; Pipeline; BestCase=Best Case; MostLikely=Most Likely; Forecast=Commit; Closed
  ForecastCategoryName | Forecast Category | picklist(255) | rw d rp -p | Omitted; Pipeline; Best Case; Commit; Closed
  CampaignId | Campaign ID | reference(Campaign) | rw kids:Opportunities
  HasOpportunityLineItem | Has Line Item | boolean |
  Pricebook2Id | Price Book ID | reference(Pricebook2) | rw d -p pre kids:Opportunities
  OwnerId | Owner ID | reference(User) | rw * d
  +created +modified +stamp
  LastActivityDate | Last Activity | date |
  PushCount | Push Count | int |
  LastStageChangeDate | Last Stage Change Date | datetime |
  FiscalQuarter | Fiscal Quarter | int | in:Fiscal
  FiscalYear | Fiscal Year | int | in:Fiscal
  Fiscal | Fiscal Period | string(6) |
  ContactId | Contact ID | reference(Contact) | c rel: kids:Opportunities
  +viewed
  HasOpenActivity | Has Open Activity | boolean | -f -s
  HasOverdueTask | Has Overdue Task | boolean | -f -s
  LastAmountChangedHistoryId | Opportunity History ID | reference(OpportunityHistory) | pre
  LastCloseDateChangedHistoryId | Opportunity History ID | reference(OpportunityHistory) | pre

OpportunityStage |  | Opportunity Stage | Opportunity Stage | status
  +id
  MasterLabel | Master Label | string(255) | name id
  ApiName | Api Name | string(255) | * id
  IsActive | Is Active | boolean |
  SortOrder | Sort Order | int |
  IsClosed | Closed | boolean |
  IsWon | Won | boolean |
  ForecastCategory | Forecast Category | picklist(40) | rp * | Omitted; Pipeline; BestCase=Best Case; MostLikely=Most Likely; Forecast=Commit; Closed
  ForecastCategoryName | Forecast Category Name | picklist(40) | * rp | Omitted; Pipeline; Best Case; Commit; Closed
  DefaultProbability | Probability (%) | percent(3,0) |
  Description | Description | string(255) |
  +created +modified +stamp

OpportunityContactRole | 00K | Opportunity Contact Role | Opportunity Contact Role | child page
  Id | Contact Role ID | id | * d
  OpportunityId | Opportunity ID | reference(Opportunity) | c * kids:OpportunityContactRoles cascade
  ContactId | Contact ID | reference(Contact) | rw * kids:OpportunityContactRoles cascade
  Role | Role | picklist(40) | rw -p | Business User; Decision Maker; Economic Buyer; Economic Decision Maker; Evaluator; Executive Sponsor; Influencer; Technical Buyer; Other
  IsPrimary | Primary | boolean | rw
  +created +modified +stamp +deleted

Campaign | 701 | Campaign | Campaigns | business search clone
  +id +deleted
  Name | Name | string(80) | rw * name
  ParentId | Parent Campaign ID | reference(Campaign) | rw kids:ChildCampaigns
  Type | Type | picklist(40) | rw | Conference*; Webinar; Trade Show; Public Relations; Partners; Referral Program; Advertisement; Banner Ads; Direct Mail; Email; Telemarketing; Other
  Status | Status | picklist(40) | rw | Planned*; In Progress; Completed; Aborted
  StartDate | Start Date | date | rw
  EndDate | End Date | date | rw
  ExpectedRevenue | Expected Revenue in Campaign | currency(18,0) | rw
  BudgetedCost | Budgeted Cost in Campaign | currency(18,0) | rw
  ActualCost | Actual Cost in Campaign | currency(18,0) | rw
  ExpectedResponse | Expected Response (%) | percent(10,2) | rw
  NumberSent | Num Sent in Campaign | double(18,0) | rw
  IsActive | Active | boolean | rw p
  Description | Description | textarea(32000) | rw
  OwnerId | Owner ID | reference(User) | rw * d
  +created +modified +stamp
  LastActivityDate | Last Activity | date |
  +viewed
`;
