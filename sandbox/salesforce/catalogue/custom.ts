/** One rich custom object of the demo world: an engineer's visit at a customer's site, with every custom field type. */
export const customObjects = `
Site_Visit__c | a00 | Site Visit | Site Visits | business feed search
  +id
  OwnerId | Owner ID | reference(Group, User) | rw * d
  +deleted
  Name | Visit Number | string(80) | * d auto name id -g
  +created +modified +stamp
  LastActivityDate | Last Activity Date | date |
  +viewed
  Account__c | Account | reference(Account) | rw kids:Site_Visits__r
  Case__c | Case | reference(Case) | rw kids:Site_Visits__r
  Engineer__c | Engineer | reference(User) | rw kids:Site_Visits__r
  Stage__c | Stage | picklist | rw rp | Planned*; On Site; Done; Cancelled
  Region__c | Region | picklist | rw rp | Americas; EMEA; APAC
  Depot__c | Depot | picklist | rw rp by:Region__c | Denver [0]; Toronto [0]; Bristol [1]; Hamburg [1]; Osaka [2]; Perth [2]
  Skills__c | Skills | multipicklist(4099) | rw rp | Electrical; Hydraulics; Networking; Welding; ~Telex
  External_Key__c | External Key | string(40) | rw ext uniq id
  Serial__c | Serial | string(64) | rw uniq cs
  Purpose__c | Purpose | string(255) | rw *
  Notes__c | Notes | textarea(255) | rw
  Findings__c | Findings | textarea(32768) | rw
  Report__c | Report | textarea(32768) | rw rich
  Visit_Date__c | Visit Date | date | rw
  Arrival__c | Arrival | datetime | rw
  Slot__c | Slot | time | rw
  Hours__c | Hours | double(5,2) | rw
  Headcount__c | Headcount | double(3,0) | rw =1
  Cost__c | Cost | currency(16,2) | rw
  Discount__c | Discount | percent(5,2) | rw
  Safety_Checked__c | Safety Checked | boolean | rw
  Site_Email__c | Site Email | email | rw
  Site_Phone__c | Site Phone | phone | rw
  Site_Web__c | Site Web | url | rw
  Access_Code__c | Access Code | encryptedstring(20) | rw encrypted
  Position__Latitude__s | Position (Latitude) | double(9,6) | rw in:Position__c
  Position__Longitude__s | Position (Longitude) | double(9,6) | rw in:Position__c
  Position__c | Position | location |
  Cost_Per_Hour__c | Cost per Hour | currency(18,2) | formula{Cost__c / Hours__c}
  Summary__c | Summary | string(1300) | formula{Name & ': ' & Purpose__c}
  Overrun__c | Overrun | boolean | formula{Hours__c > 8}

Site_Visit_Part__c | a01 | Site Visit Part | Site Visit Parts | child search
  +id +deleted
  Name | Part | string(80) | rw d name id
  +created +modified +stamp
  Site_Visit__c | Site Visit | reference(Site_Visit__c) | c * kids:Parts__r master
  Product__c | Product | reference(Product2) | rw kids:Site_Visit_Parts__r
  Quantity__c | Quantity | double(6,0) | rw
`;
