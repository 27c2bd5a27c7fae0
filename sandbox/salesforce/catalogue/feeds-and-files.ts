/** Chatter posts and comments, files and their links, old-style attachments, e-mails. */
const feedParents =
  'Account, Asset, Campaign, Case, Contact, ContentDocument, Contract, Event, Group, Lead, Opportunity, Order, OrderItem, Product2, Quote, Site_Visit__c, Task, User';
const fileParents = `${feedParents}, CaseComment, EmailMessage, FeedComment, FeedItem, Organization, Solution`;
const feedTypes =
  'TrackedChange=Tracked Change; UserStatus=User Status; TextPost=Text Post; AdvancedTextPost=Advanced Text Post; LinkPost=Link Post; ContentPost=Content Post; PollPost=Poll; RypplePost=WDC Thanks; ProfileSkillPost=Profile Skill Post; DashboardComponentSnapshot=Dashboard Component Snapshot; ApprovalPost=Approval Post; CaseCommentPost=Case Comment Post; ReplyPost=Reply Post; EmailMessageEvent; CallLogPost; ChangeStatusPost; AttachArticleEvent; MilestoneEvent; ActivityEvent; ChatTranscriptPost; CollaborationGroupCreated; CollaborationGroupUnarchived; SocialPost; QuestionPost; FacebookPost; BasicTemplateFeedItem; CreateRecordEvent; CanvasPost; AnnouncementPost';

export const feedAndFileObjects = `
FeedItem | 0D5 | Feed Item | Feed Items | child search
  +id
  ParentId | Parent ID | reference(${feedParents}) | c * kids:Feeds cascade
  Type | Feed Item Type | picklist(40) | c rp | ${feedTypes}
  +created +deleted
  LastModifiedDate | Last Modified Date | datetime | * d
  +stamp
  Revision | Revision | int | c
  LastEditById | Last Edit By ID | reference(User) | c rel:
  LastEditDate | Last Edit Date | datetime | c
  CommentCount | Comment Count | int | *
  LikeCount | Like Count | int | *
  Title | Title | string(255) | rw -p
  Body | Body | textarea(10000) | rw -p +s
  LinkUrl | Link Url | url(1000) | c -f -a
  IsRichText | Is Rich Text | boolean | rw
  RelatedRecordId | Related Record ID | reference(ContentVersion) | c rel: -f
  InsertedById | InsertedBy ID | reference(User) | * d
  BestCommentId | Best Comment ID | reference(FeedComment) | rel:BestComment
  HasContent | Has Content | boolean |
  HasLink | Has Link | boolean |
  HasFeedEntity | Has Feed Entity Attachment | boolean |
  HasVerifiedComment | Has Verified Comment | boolean |
  IsClosed | Is Closed | boolean |
  Status | Status | picklist(40) | rw rp -p -f | Published; PendingReview; Draft; Isolated

FeedComment | 0D7 | Feed Comment | Feed Comments | child search
  +id
  FeedItemId | Feed Item ID | reference(FeedItem) | c * rel: kids:FeedComments cascade
  ParentId | Parent ID | reference(${feedParents}) | rel:
  +created +stamp
  Revision | Revision | int | c
  LastEditById | Last Edit By ID | reference(User) | c rel:
  LastEditDate | Last Edit Date | datetime | c
  CommentBody | Comment Body | textarea(10000) | rw * +f +s
  +deleted
  InsertedById | InsertedBy ID | reference(User) | * d
  CommentType | Comment Type | picklist(40) | c rp | TextComment; ContentComment
  RelatedRecordId | Related Record ID | reference(ContentVersion) | c rel: -f
  IsRichText | Is Rich Text | boolean | rw
  IsVerified | Is a Verified Comment | boolean |
  HasEntityLinks | Has entity links | boolean |
  Status | Status | picklist(40) | rw rp -p -f | Published; PendingReview; Draft; Isolated
  ThreadParentId | Feed Comment ID | reference(FeedComment) | c kids:ThreadParent
  ThreadLevel | Thread Level | int |
  ThreadChildrenCount | Thread Children Count | int |
  ThreadLastUpdatedDate | Thread Last Updated Date | datetime |

ContentVersion | 068 | Content Version | Content Versions | file search
  Id | ContentVersion ID | id | * d
  ContentDocumentId | ContentDocument ID | reference(ContentDocument) | c * d kids:ContentVersions cascade
  IsLatest | Is Latest | boolean |
  ContentUrl | Content URL | url(1300) | rw -p
  ContentBodyId | Content Body ID | reference(ContentBody) |
  VersionNumber | Version Number | string(20) |
  Title | Title | string(255) | rw * name
  Description | Description | textarea(1000) | rw
  ReasonForChange | Reason For Change | string(1000) | rw
  SharingOption | Prevent others from sharing and unsharing | picklist(40) | rw * rp | A=Freeze Sharing Off*; R=Freeze Sharing On
  SharingPrivacy | File Privacy on Records | picklist(40) | rw * rp | N=Visible to Anyone With Record Access*; P=Private on Records
  PathOnClient | Path On Client | string(500) | c
  RatingCount | Rating Count | int |
  IsDeleted | Is Deleted | boolean |
  ContentModifiedDate | Content Modified Date | datetime | c
  ContentModifiedById | User ID | reference(User) | rel:ContentModifiedBy
  PositiveRatingCount | Positive Rating Count | int |
  NegativeRatingCount | Negative Rating Count | int |
  FeaturedContentBoost | Featured Content Boost | int |
  FeaturedContentDate | Featured Content Date | date |
  OwnerId | Owner ID | reference(User) | rw * d
  CreatedById | Created By ID | reference(User) | * d rel:CreatedBy
  CreatedDate | Created Date | datetime | * d
  LastModifiedById | Last Modified By ID | reference(User) | * d rel:LastModifiedBy
  LastModifiedDate | Last Modified Date | datetime | * d
  +stamp
  TagCsv | Tags | textarea(2000) | rw -f -a
  FileType | File Type | string(20) | *
  PublishStatus | Publish Status | picklist(40) | * rp | U=Upload Interrupted*; P=Public; R=Private Library
  VersionData | Version Data | base64 | rw
  ContentSize | Size | int |
  FileExtension | File Extension | string(40) |
  FirstPublishLocationId | First Publish Location ID | reference(${fileParents}) | c
  Origin | Content Origin | picklist(40) | c * rp | C=Content*; H=Chatter
  ContentLocation | Content Location | picklist(40) | c * rp | S=Salesforce*; E=External; L=Social Customer Service
  TextPreview | Text Preview | string(255) |
  ExternalDocumentInfo1 | External Document Info1 | string(1000) | rw
  ExternalDocumentInfo2 | External Document Info2 | string(1000) | rw
  ExternalDataSourceId | External Data Source ID | reference(ExternalDataSource) | rw
  Checksum | Checksum | string(50) |
  IsMajorVersion | Major Version | boolean | c
  IsAssetEnabled | Asset File Enabled | boolean | rw -f -s
  VersionDataUrl | Version Data URL | string(255) |

ContentDocument | 069 | Content Document | Content Documents | document search
  Id | ContentDocument ID | id | * d
  CreatedById | Created By ID | reference(User) | * d rel:CreatedBy
  CreatedDate | Created | datetime | * d
  LastModifiedById | Last Modified By ID | reference(User) | * d rel:LastModifiedBy
  LastModifiedDate | Last Modified Date | datetime | * d
  IsArchived | Is Archived | boolean | u
  ArchivedById | User ID | reference(User) | rel:
  ArchivedDate | Archived Date | date |
  IsDeleted | Is Deleted | boolean |
  OwnerId | Owner ID | reference(User) | u * d
  +stamp
  Title | Title | string(255) | u * name
  PublishStatus | Publish Status | picklist(40) | * rp | U=Upload Interrupted*; P=Public; R=Private Library
  LatestPublishedVersionId | Latest Published Version ID | reference(ContentVersion) |
  ParentId | Parent ID | reference(ContentFolder) | u
  +viewed
  Description | Description | textarea(1000) | u
  ContentSize | Size | int |
  FileType | File Type | string(20) |
  FileExtension | File Extension | string(40) |
  SharingOption | Prevent others from sharing and unsharing | picklist(40) | u rp | A=Freeze Sharing Off*; R=Freeze Sharing On
  SharingPrivacy | File Privacy on Records | picklist(40) | u rp | N=Visible to Anyone With Record Access*; P=Private on Records
  ContentModifiedDate | Content Modified Date | datetime |

ContentDocumentLink | 06A | Content Document Link | Content Document Link | link
  Id | ContentDocumentLink ID | id | * d
  LinkedEntityId | Linked Entity ID | reference(${fileParents}) | c * kids:ContentDocumentLinks cascade
  ContentDocumentId | ContentDocument ID | reference(ContentDocument) | c * kids:ContentDocumentLinks cascade
  IsDeleted | Is Deleted | boolean |
  SystemModstamp | Last Modified Date | datetime | * d
  ShareType | Share Type | picklist(40) | rw rp -p | V=Viewer; C=Collaborator; I=Inferred
  Visibility | Visibility | picklist(40) | rw rp -p | AllUsers=All Users; InternalUsers=Standard Users; SharedUsers=Shared Users

Attachment | 00P | Attachment | Attachments | child
  +id +deleted
  ParentId | Parent ID | reference(Account, Asset, Campaign, Case, Contact, Contract, EmailMessage, Event, Lead, Opportunity, Order, Product2, Quote, Site_Visit__c, Solution, Task) | c * kids:Attachments cascade
  Name | File Name | string(255) | rw * name
  IsPrivate | Private | boolean | rw
  ContentType | Content Type | string(120) | rw -p
  BodyLength | Body Length | int |
  Body | Body | base64 | rw *
  OwnerId | Owner ID | reference(User) | rw * d
  +created +modified +stamp
  Description | Description | textarea(500) | rw -p

EmailMessage | 02s | Email Message | Email Messages | business search
  +id
  ParentId | Case ID | reference(Case) | c kids:EmailMessages cascade
  ActivityId | Activity ID | reference(Task) | c rel:
  +created +modified +stamp
  TextBody | Text Body | textarea(131072) | rw
  HtmlBody | HTML Body | textarea(131072) | rw
  Headers | Headers | textarea(32000) | rw
  Subject | Subject | string(3000) | rw name
  FromName | From Name | string(1000) | rw
  FromAddress | From Address | email(1000) | rw
  ToAddress | To Address | string(4000) | rw
  CcAddress | CC Address | string(4000) | rw
  BccAddress | BCC Address | string(4000) | rw
  Incoming | Is Incoming | boolean | rw
  HasAttachment | Has Attachment | boolean |
  Status | Status | picklist(40) | rw * d rp | 0=New; 1=Read; 2=Replied; 3=Sent; 4=Forwarded; 5=Draft
  MessageDate | Message Date | datetime | rw
  +deleted
  MessageIdentifier | Message ID | string(765) | rw
  ThreadIdentifier | Thread ID | string(765) | rw
  RelatedToId | Related To ID | reference(Account, Asset, Campaign, Case, Contract, Opportunity, Order, Product2, Quote, Site_Visit__c, Solution) | c kids:Emails
`;
