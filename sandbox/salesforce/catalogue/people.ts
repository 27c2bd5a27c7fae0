/** Users, groups and the org itself: what the other objects point to. Reading is what clients do with them. */
const zones =
  'Pacific/Auckland; Australia/Sydney; Asia/Tokyo; Asia/Kolkata; Europe/Berlin; Europe/London; GMT=(GMT+00:00) Greenwich Mean Time (GMT); America/New_York; America/Chicago; America/Los_Angeles';
const locales = 'de_DE; en_GB; en_US; fr_FR; ja_JP';
const languages = 'en_US=English; de=German; es=Spanish; fr=French; ja=Japanese';
const emailEncodings = 'UTF-8=Unicode (UTF-8); ISO-8859-1=General US & Western Europe (ISO-8859-1, ISO-LATIN-1)';

export const peopleObjects = `
User | 005 | User | Users | setup feed search person
  +id
  Username | Username | string(80) | rw * id uniq
  LastName | Last Name | string(80) | rw * in:Name info:personname
  FirstName | First Name | string(40) | rw -p in:Name info:personname
  MiddleName | Middle Name | string(40) | rw -p in:Name info:personname
  Suffix | Suffix | string(40) | rw -p in:Name info:personname
  Name | Full Name | string(121) | * name info:personname
  CompanyName | Company Name | string(80) | rw
  Division | Division | string(80) | rw
  Department | Department | string(80) | rw
  Title | Title | string(80) | rw
  +address | |
  Email | Email | email(128) | rw * id
  SenderEmail | Email Sender Address | email | rw -p
  SenderName | Email Sender Name | string(80) | rw -p
  Signature | Email Signature | textarea(1333) | rw -p
  StayInTouchSubject | Stay-in-Touch Email Subject | string(80) | rw -p
  StayInTouchSignature | Stay-in-Touch Email Signature | textarea(512) | rw -p
  StayInTouchNote | Stay-in-Touch Email Note | string(512) | rw -p
  Phone | Phone | phone | rw
  Fax | Fax | phone | rw
  MobilePhone | Mobile | phone | rw
  Alias | Alias | string(8) | rw *
  CommunityNickname | Nickname | string(40) | rw * d uniq
  BadgeText | User Photo badge text overlay | string(80) |
  IsActive | Active | boolean | rw
  TimeZoneSidKey | Time Zone | picklist(40) | rw * rp | ${zones}
  UserRoleId | Role ID | reference(UserRole) | rw -p -pre kids:Users
  LocaleSidKey | Locale | picklist(40) | rw * rp | ${locales}
  ReceivesInfoEmails | Info Emails | boolean | rw
  ReceivesAdminInfoEmails | Admin Info Emails | boolean | rw
  EmailEncodingKey | Email Encoding | picklist(40) | rw * rp | ${emailEncodings}
  ProfileId | Profile ID | reference(Profile) | rw * kids:Users
  UserType | User Type | picklist(40) | rp | Standard; PowerPartner=Partner; PowerCustomerSuccess=Customer Portal Manager; CustomerSuccess=Customer Portal User; Guest; CspLitePortal=High Volume Portal; CsnOnly=CSN Only; SelfService=Self Service
  StartDay | Start of Day | picklist(40) | rw -p rp -f -s -g -a | 8=8:00 AM; 9=9:00 AM
  EndDay | End of Day | picklist(40) | rw -p rp -f -s -g -a | 17=5:00 PM; 18=6:00 PM
  LanguageLocaleKey | Language | picklist(40) | rw * rp | ${languages}
  EmployeeNumber | Employee Number | string(20) | rw
  DelegatedApproverId | Delegated Approver ID | reference(Group, User) | rw -pre -p rel:
  ManagerId | Manager ID | reference(User) | rw kids:ManagedUsers
  LastLoginDate | Last Login | datetime |
  LastPasswordChangeDate | Last Password Change or Reset | datetime |
  +created +modified +stamp
  NumberOfFailedLogins | Failed Login Attempts | int |
  OfflineTrialExpirationDate | Offline Edition Trial Expiration Date | datetime |
  OfflinePdaTrialExpirationDate | Sales Anywhere Trial Expiration Date | datetime |
  ForecastEnabled | Allow Forecasting | boolean | rw
  ContactId | Contact ID | reference(Contact) | c pre kids:Users
  AccountId | Account ID | reference(Account) | pre kids:Users
  CallCenterId | Call Center ID | reference(CallCenter) | rw -p rel:
  Extension | Extension | phone | rw
  FederationIdentifier | SAML Federation ID | string(512) | rw uniq cs
  AboutMe | About Me | textarea(1000) | rw
  FullPhotoUrl | Url for full-sized Photo | url(1024) |
  SmallPhotoUrl | Photo | url(1024) | info:imageurl
  IsExtIndicatorVisible | Show external indicator | boolean |
  MediumPhotoUrl | Url for medium profile photo | url(1024) | info:imageurl
  DigestFrequency | Chatter Email Highlights Frequency | picklist(40) | rw * rp | D=Daily; W=Weekly; N=Never*
  DefaultGroupNotificationFrequency | Default Notification Frequency when Joining Groups | picklist(40) | rw * rp | P=Email on Each Post; D=Daily Digests; W=Weekly Digests; N=Never*
  LastViewedDate | Last Viewed Date | datetime |
  LastReferencedDate | Last Referenced Date | datetime |
  BannerPhotoUrl | Url for banner photo | url(1024) |
  SmallBannerPhotoUrl | Url for IOS banner photo | url(1024) |
  MediumBannerPhotoUrl | Url for Android banner photo | url(1024) |
  IsProfilePhotoActive | Has Profile Photo | boolean |
  IndividualId | Individual ID | reference(Individual) | rw -p -pre

Group | 00G | Group | Group | setup search
  +id
  Name | Name | string(40) | rw * name
  DeveloperName | Developer Name | string(80) | rw
  RelatedId | Related ID | reference(User, UserRole) |
  Type | Type | picklist(40) | c rp * | Regular; Role; RoleAndSubordinates=Role and Subordinates; Organization; Queue; PRMOrganization=All Partner Users; Manager=Users in Manager Hierarchy
  Email | Email | email | rw
  OwnerId | Owner ID | reference(Organization, User) | *
  DoesSendEmailToMembers | Send Email to Members | boolean | rw
  DoesIncludeBosses | Include Bosses | boolean | rw
  +created +modified +stamp

GroupMember | 011 | Group Member | Group Member | setup
  +id
  GroupId | Group ID | reference(Group) | c * kids:GroupMembers cascade
  UserOrGroupId | User/Group ID | reference(Group, User) | c *
  +stamp

Organization | 00D | Organization | Organizations | org
  +id
  Name | Name | string(80) | u * name
  Division | Division | string(80) | u
  +address | |
  Phone | Phone | phone | u
  Fax | Fax | phone | u
  PrimaryContact | Primary Contact | string(80) | u
  DefaultLocaleSidKey | Locale | picklist(40) | u * rp | ${locales}
  TimeZoneSidKey | Time Zone | picklist(40) | u * rp | ${zones}
  LanguageLocaleKey | Language | picklist(40) | u * rp | ${languages}
  ReceivesInfoEmails | Info Emails | boolean | u
  ReceivesAdminInfoEmails | Info Emails Admin | boolean | u
  FiscalYearStartMonth | Fiscal Year Starts In | int | u
  UsesStartDateAsFiscalYearName | Fiscal Year Name by Start | boolean | u
  DefaultAccountAccess | Default Account Access | picklist(40) | rp | None=Private; Read=Read Only; Edit=Read/Write; ControlledByLeadOrContact; ControlledByCampaign
  DefaultContactAccess | Default Contact Access | picklist(40) | rp | None=Private; Read=Read Only; Edit=Read/Write; ControlledByParent=Controlled By Parent
  DefaultOpportunityAccess | Default Opportunity Access | picklist(40) | rp | None=Private; Read=Read Only; Edit=Read/Write; ControlledByLeadOrContact; ControlledByCampaign
  DefaultLeadAccess | Default Lead Access | picklist(40) | rp | None=Private; Read=Read Only; Edit=Read/Write; ReadEditTransfer=Read/Write/Transfer
  DefaultCaseAccess | Default Case Access | picklist(40) | rp | None=Private; Read=Read Only; Edit=Read/Write; ReadEditTransfer=Read/Write/Transfer
  +stamp
  UiSkin | UI Skin | picklist(40) | u rp | Theme1=salesforce.com Classic; Theme2=Salesforce; PortalDefault=Portal Default; Webstore; Theme3=Aloha*
  TrialExpirationDate | Trial Expiration Date | datetime |
  OrganizationType | Edition | picklist(40) | rp | Team Edition; Professional Edition; Enterprise Edition; Developer Edition; Personal Edition; Unlimited Edition; Contact Manager Edition; Base Edition
  NamespacePrefix | Namespace Prefix | string(15) |
  InstanceName | Instance Name | string(5) |
  IsSandbox | Is Sandbox | boolean |
  WebToCaseDefaultOrigin | Web to Cases Default Origin | string(40) | u
  MonthlyPageViewsUsed | Monthly Page Views Used | int |
  MonthlyPageViewsEntitlement | Monthly Page Views Allowed | int |
  IsReadOnly | Is Read Only | boolean |
  +created +modified

Profile | 00e | Profile | Profile | setup
  +id
  Name | Name | string(255) | * name
  UserType | User Type | picklist(40) | rp | Standard; Guest; CloudIntegrationUser=Cloud Integration User
  Description | Description | string(255) |
  +created +modified +stamp

UserRole | 00E | Role | Role | setup search bin
  +id
  Name | Name | string(80) | rw * name
  ParentRoleId | Parent Role ID | string(18) | rw
  RollupDescription | Description | string(80) | rw
  DeveloperName | Developer Name | string(80) | rw
  LastModifiedDate | Last Modified Date | datetime | * d
  LastModifiedById | Last Modified By ID | reference(User) | * d rel:LastModifiedBy
  +stamp

RecordType | 012 | Record Type | Record Types | setup
  +id
  Name | Name | string(80) | * name
  DeveloperName | Record Type Name | string(80) | *
  NamespacePrefix | Namespace Prefix | string(15) |
  Description | Description | string(255) |
  BusinessProcessId | Business Process ID | reference(BusinessProcess) |
  SobjectType | SObject Type Name | picklist(40) | * rp | Account; Campaign; Case; Contact; Contract; Event; Lead; Opportunity; Order; Quote; Site_Visit__c; Solution; Task
  IsActive | Active | boolean |
  +created +modified +stamp
`;
