/** What several items do to one record or issue, and the steps of tests. */
import { family } from '../../dsl/diagnostic.ts';

const twoItems = (first: string, second: string): string =>
  [
    `item incidents "Incidents" {\n  salesforce Case\n  jira SUP / "Incident"\n  sync custom\n  ${first}\n}`,
    `item tasks "Tasks" {\n  salesforce Case\n  jira SUP / "Task"\n  sync custom\n  ${second}\n}`,
  ].join('\n');

export const items = family({
  overlap: {
    severity: 'warning',
    summary: 'Two items create an issue for the same record.',
    message: ({ item }: { item: string; record: string }) => `a record can get two issues: \`${item}\` creates one too`,
    reason: ({ record }) => `${record} meets the conditions of both`,
    help: () => 'let the conditions exclude each other, or let only one of the two create',
    example: {
      within: 'file',
      wrong: twoItems('where Origin is not "Web"\n  create all', 'where Origin is not "Phone"\n  create all'),
      right: twoItems('where Origin is not "Web"\n  create all', 'where Origin is "Web"\n  create all'),
    },
  },
  'shared-salesforce-field': {
    severity: 'warning',
    summary: 'Two items write the same Salesforce field of one record.',
    message: ({ field, item }: { field: string; item: string; record: string }) =>
      `\`${field}\` is also written by the item \`${item}\``,
    reason: ({ record }) => `${record} is seen by both; linked by both, it gets the value of the issue that ran last`,
    help: () => 'let the `where` of the two exclude each other, or let Salesforce own the field in one of them',
    example: {
      within: 'file',
      wrong: twoItems('fields { Due__c <- duedate }', 'fields { Due__c <- duedate }'),
      right: twoItems('fields { Due__c <- duedate }', 'fields { Due__c -> duedate }'),
    },
  },
  'opposite-owners': {
    severity: 'warning',
    summary: 'Two items of one issue type own the same two fields in opposite directions.',
    message: ({ field, other, item }: { field: string; other: string; item: string; record: string }) =>
      `the item \`${item}\` owns \`${field}\` and \`${other}\` the other way round`,
    reason: ({ record }) =>
      `${record} is seen by both; linked by both with one issue, what somebody edits in Salesforce is put back on both sides`,
    help: () => 'let the same side own it in both, or let the `where` of the two exclude each other',
    example: {
      within: 'file',
      wrong: [
        'item reports "Reports" {\n  salesforce Case  jira SUP / "Incident"  sync custom\n  fields { Origin -> "Channel" }\n}',
        'item answers "Answers" {\n  salesforce Case  jira SUP / "Incident"  sync custom\n  fields { Origin <- "Channel" or else skip }\n}',
      ].join('\n'),
      right: [
        'item reports "Reports" {\n  salesforce Case  jira SUP / "Incident"  sync custom\n  fields { Origin -> "Channel" }\n}',
        'item answers "Answers" {\n  salesforce Case  jira SUP / "Task"  sync custom\n  fields { Origin <- "Channel" or else skip }\n}',
      ].join('\n'),
    },
  },
  'shared-jira-field': {
    severity: 'hint',
    summary: 'Items of one issue type write the same Jira field.',
    message: ({ field, item }: { field: string; item: string }) =>
      `\`${field}\` is also written by the item \`${item}\``,
    reason: () => 'an issue that is linked by both gets the value of the one that ran last',
    help: () => 'let only one of them write it, where an issue can be linked by both',
    example: {
      within: 'file',
      wrong:
        'item cases "Cases" {\n  salesforce Case  jira SUP / "Incident"  sync custom\n  fields { Origin -> "Channel" }\n}\nitem accounts "Accounts" {\n  salesforce Account  jira SUP / "Incident"  sync custom\n  fields { Type -> "Channel" }\n}',
      right:
        'item cases "Cases" {\n  salesforce Case  jira SUP / "Incident"  sync custom\n  fields { Origin -> "Channel" }\n}\nitem accounts "Accounts" {\n  salesforce Account  jira SUP / "Task"  sync custom\n  fields { Type -> "Channel" }\n}',
    },
  },
  'time-goes-back': {
    severity: 'error',
    summary: 'The steps of a test stand in the order of time.',
    message: ({ at, before }: { at: string; before: string }) =>
      `\`${at}\` lies before \`${before}\` of an earlier step`,
    help: () => 'times count from the start of the test and never go back',
    example: {
      within: 'test',
      wrong: 'at 10m salesforce Subject = "Old"\nat 5m  cycle',
      right: 'at 5m  salesforce Subject = "Old"\nat 10m cycle',
    },
  },
});
