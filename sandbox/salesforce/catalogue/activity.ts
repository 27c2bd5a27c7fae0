/** Tasks and events. Who and what they are about are polymorphic references. */
const what = 'Account, Asset, Campaign, Case, Contract, Opportunity, Order, Product2, Quote, Site_Visit__c, Solution';
const recurrenceTypes =
  'RecursDaily=Recurs Daily; RecursEveryWeekday=Recurs Every Weekday; RecursMonthly=Recurs Monthly; RecursMonthlyNth=Recurs Monthly Nth; RecursWeekly=Recurs Weekly; RecursYearly=Recurs Yearly; RecursYearlyNth=Recurs Yearly Nth';
const recurrence = `
  RecurrenceInterval | Recurrence Interval | int | rw -p
  RecurrenceDayOfWeekMask | Recurrence Day of Week Mask | int | rw -p
  RecurrenceDayOfMonth | Recurrence Day of Month | int | rw -p
  RecurrenceInstance | Recurrence Instance | picklist(40) | rw rp -p | First=1st; Second=2nd; Third=3rd; Fourth=4th; Last=last
  RecurrenceMonthOfYear | Recurrence Month of Year | picklist(40) | rw rp -p | January; February; March; April; May; June; July; August; September; October; November; December`;

export const activityObjects = `
Task | 00T | Task | Tasks | business feed search
  Id | Activity ID | id | * d
  WhoId | Name ID | reference(Contact, Lead) | rw kids:Tasks cascade
  WhatId | Related To ID | reference(${what}) | rw kids:Tasks cascade
  Subject | Subject | combobox(255) | rw name | Call; Email; Send Letter; Send Quote; Other
  ActivityDate | Due Date Only | date | rw -p -a
  Status | Status | picklist(40) | rw * | Not Started*; In Progress; Completed; Waiting on someone else; Deferred
  Priority | Priority | picklist(40) | rw * | High; Normal*; Low
  IsHighPriority | High Priority | boolean |
  OwnerId | Assigned To ID | reference(Group, User) | rw * d
  Description | Description | textarea(32000) | rw
  +deleted
  AccountId | Account ID | reference(Account) | pre
  IsClosed | Closed | boolean |
  +created +modified +stamp
  IsArchived | Archived | boolean |
  CallDurationInSeconds | Call Duration | int | rw
  CallType | Call Type | picklist(40) | rw rp | Internal; Inbound; Outbound
  CallDisposition | Call Result | string(255) | rw
  CallObject | Call Object Identifier | string(255) | rw
  ReminderDateTime | Reminder Date/Time | datetime | rw -p
  IsReminderSet | Reminder Set | boolean | rw
  RecurrenceActivityId | Recurrence Activity ID | reference(Task) | rel: kids:RecurringTasks
  IsRecurrence | Create Recurring Series of Tasks | boolean | c
  RecurrenceStartDateOnly | Recurrence Start | date | rw -p
  RecurrenceEndDateOnly | Recurrence End | date | rw -p
  RecurrenceTimeZoneSidKey | Recurrence Time Zone | picklist(40) | rw rp -p | America/Los_Angeles; America/New_York; Europe/London; Europe/Berlin; GMT
  RecurrenceType | Recurrence Type | picklist(40) | rw rp -p | ${recurrenceTypes}${recurrence}
  RecurrenceRegeneratedType | Repeat This Task | picklist(40) | rw rp -p | RecurrenceRegenerateAfterDueDate=After due date; RecurrenceRegenerateAfterToday=After date completed; RecurrenceRegenerated=(Task Closed)
  TaskSubtype | Task Subtype | picklist(40) | c rp | Task; Email; ListEmail=List Email; Cadence; Call; LinkedIn
  CompletedDateTime | Completed Date/Time | datetime |

TaskStatus |  | Task Status Value | Task Status Value | status
  +id
  MasterLabel | Master Label | string(255) | name id
  ApiName | Api Name | string(255) | * id
  SortOrder | Sort Order | int |
  IsDefault | Is Default | boolean |
  IsClosed | Is Closed | boolean |
  +created +modified +stamp

Event | 00U | Event | Events | business search
  Id | Activity ID | id | * d
  WhoId | Name ID | reference(Contact, Lead) | rw kids:Events cascade
  WhatId | Related To ID | reference(${what}) | rw kids:Events cascade
  Subject | Subject | combobox(255) | rw -p name | Call; Email; Meeting; Send Letter/Quote; Other
  Location | Location | string(255) | rw
  IsAllDayEvent | All-Day Event | boolean | rw p
  ActivityDateTime | Due Date Time | datetime | rw -p
  ActivityDate | Due Date Only | date | rw -p -a
  DurationInMinutes | Duration | int | rw -p
  StartDateTime | Start Date Time | datetime | rw -p
  EndDateTime | End Date Time | datetime | rw -p
  EndDate | End Date | date |
  Description | Description | textarea(32000) | rw
  AccountId | Account ID | reference(Account) | pre
  OwnerId | Assigned To ID | reference(Calendar, User) | rw * d
  IsPrivate | Private | boolean | rw
  ShowAs | Show Time As | picklist(40) | rw rp -p | Busy*; OutOfOffice=Out of Office; Free
  +deleted
  IsChild | Is Child | boolean |
  IsGroupEvent | Is Group Event | boolean |
  GroupEventType | Group Event Type | picklist(40) | rp | 0=Non-group Event*; 1=Group Event; 2=Proposed Event; 3=IsRecurrence2 Series Pattern
  +created +modified +stamp
  IsArchived | Archived | boolean |
  RecurrenceActivityId | Recurrence Activity ID | reference(Event) | rel: kids:RecurringEvents
  IsRecurrence | Create Recurring Series of Events | boolean | c
  RecurrenceStartDateTime | Recurrence Start | datetime | rw -p
  RecurrenceEndDateOnly | Recurrence End | date | rw -p
  RecurrenceTimeZoneSidKey | Recurrence Time Zone | picklist(40) | rw rp -p | America/Los_Angeles; America/New_York; Europe/London; Europe/Berlin; GMT
  RecurrenceType | Recurrence Type | picklist(40) | rw rp -p | ${recurrenceTypes}${recurrence}
  ReminderDateTime | Reminder Date/Time | datetime | rw -p
  IsReminderSet | Reminder Set | boolean | rw
  EventSubtype | Event Subtype | picklist(40) | c rp | Event
  IsRecurrence2Exclusion | Historical Event, Not Following Recurrence | boolean |
  Recurrence2PatternText | Recurrence Pattern | textarea(512) | c -p -f -s -a
  Recurrence2PatternVersion | Pattern Version | picklist(40) | rp | 1=RFC 5545 v4 RRULE; 2=RFC 5545 v4_2 RRULE
  IsRecurrence2 | Repeat | boolean |
  IsRecurrence2Exception | Is Exception | boolean |
  Recurrence2PatternStartDate | Recurrence Pattern Start Date | datetime |
  Recurrence2PatternTimeZone | Recurrence Pattern Time Zone Reference | string(255) |
`;
