/** Cases and what hangs on them, as a new org has them, plus `Resolution_Notes__c` of the demo world. */
export const serviceObjects = `
Case | 500 | Case | Cases | business feed search
  +id +deleted
  MasterRecordId | Master Record ID | reference(Case) |
  CaseNumber | Case Number | string(30) | * d auto name id -g
  ContactId | Contact ID | reference(Contact) | rw kids:Cases
  AccountId | Account ID | reference(Account) | rw kids:Cases
  AssetId | Asset ID | reference(Asset) | rw kids:Cases
  SourceId | Case Source ID | reference(EmailMessage) | c
  ParentId | Parent Case ID | reference(Case) | rw kids:Cases
  SuppliedName | Name | string(80) | rw
  SuppliedEmail | Email Address | email | rw
  SuppliedPhone | Phone | string(40) | rw
  SuppliedCompany | Company | string(80) | rw
  Type | Case Type | picklist(40) | rw | Mechanical; Electrical; Electronic; Structural; Other
  Status | Status | picklist(40) | rw -p | New*; Working; Escalated; Closed
  Reason | Case Reason | picklist(40) | rw | Installation; Equipment Complexity; Performance; Breakdown; Equipment Design; Feedback; Other
  Origin | Case Origin | picklist(40) | rw | Phone; Email; Web
  Subject | Subject | string(255) | rw
  Priority | Priority | picklist(40) | rw | High; Medium*; Low
  Description | Description | textarea(32000) | rw
  IsClosed | Closed | boolean |
  ClosedDate | Closed Date | datetime | p
  IsEscalated | Escalated | boolean | rw p
  OwnerId | Owner ID | reference(Group, User) | rw * d
  +created +modified +stamp
  ContactPhone | Contact Phone | phone |
  ContactMobile | Contact Mobile | phone |
  ContactEmail | Contact Email | email |
  ContactFax | Contact Fax | phone |
  Comments | Internal Comments | textarea(4000) | rw -p -f
  +viewed
  Resolution_Notes__c | Resolution Notes | textarea(32768) | rw

CaseComment | 00a | Case Comment | Case Comments | child
  +id
  ParentId | Parent ID | reference(Case) | c * kids:CaseComments cascade
  IsPublished | Published | boolean | rw p
  CommentBody | Body | textarea(4000) | rw +f +s +a
  +created +stamp +modified +deleted

CaseStatus |  | Case Status Value | Case Status Value | status
  +id
  MasterLabel | Master Label | string(255) | name id
  ApiName | Api Name | string(255) | * id
  SortOrder | Sort Order | int |
  IsDefault | Is Default | boolean |
  IsClosed | Is Closed | boolean |
  +created +modified +stamp

Solution | 501 | Solution | Solutions | business search
  +id +deleted
  SolutionNumber | Solution Number | string(30) | * d auto -g
  SolutionName | Title | string(255) | rw * name
  IsPublished | Public | boolean | rw p
  IsPublishedInPublicKb | Visible in Public Knowledge Base | boolean | rw p
  Status | Status | picklist(40) | rw * | Draft*; Reviewed; Duplicate
  IsReviewed | Reviewed | boolean |
  SolutionNote | Description | textarea(32000) | rw info:richtextarea
  OwnerId | Owner ID | reference(User) | rw * d
  +created +modified +stamp
  TimesUsed | Num Related Cases | int | *
  +viewed
  IsHtml | Is Html | boolean |

Asset | 02i | Asset | Assets | business feed search
  +id
  ContactId | Contact ID | reference(Contact) | rw kids:Assets
  AccountId | Account ID | reference(Account) | rw kids:Assets
  ParentId | Parent Asset ID | reference(Asset) | rw kids:ChildAssets
  RootAssetId | Root Asset ID | reference(Asset) |
  Product2Id | Product ID | reference(Product2) | rw kids:Assets
  IsCompetitorProduct | Competitor Asset | boolean | rw p
  +created +modified +stamp +deleted
  Name | Asset Name | string(255) | rw * name
  SerialNumber | Serial Number | string(80) | rw
  InstallDate | Install Date | date | rw
  PurchaseDate | Purchase Date | date | rw
  UsageEndDate | Usage End Date | date | rw
  Status | Status | picklist(40) | rw | Shipped; Installed; Registered; Obsolete; Purchased
  Price | Price | currency(18,2) | rw
  Quantity | Quantity | double(18,2) | rw
  Description | Description | textarea(32000) | rw
  OwnerId | Owner ID | reference(User) | rw * d
  IsInternal | Internal Asset | boolean | rw p
  +viewed
`;
