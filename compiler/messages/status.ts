/** Status sync, and the workflow that it moves issues along. */
import { family } from '../../dsl/diagnostic.ts';
import { listed, meant, type Suggested } from './phrases.ts';

export const status = family({
  'no-status-field': {
    severity: 'error',
    summary: 'The object has no field that status sync could work on.',
    message: ({ object }: { object: string }) =>
      `\`${object}\` has no status-like field, so its status cannot be synchronized`,
    help: () => 'remove the `status` clause; a rule can still move the issue: `when … move to …`',
    example: { wrong: 'salesforce Account\nstatus Rating', right: 'salesforce Case\nstatus Status' },
  },
  'not-the-status-field': {
    severity: 'error',
    summary: "Status sync works on the object's status-like field.",
    message: ({ field, object }: { field: string; object: string } & Suggested) =>
      `\`${field}\` is not the field that holds the status of a \`${object}\``,
    help: meant,
    example: { wrong: 'status Priority', right: 'status Status' },
  },
  'status-matches': {
    severity: 'hint',
    summary: 'Statuses that are paired by closest safe match.',
    message: ({ pairs }: { pairs: readonly string[] }) => `paired by closest match: ${pairs.join(', ')}`,
    help: () => 'a row in the table decides otherwise; `otherwise keep` switches matching off',
    example: { wrong: 'status Status', right: 'status Status { "New" <-> "To Do" otherwise keep }' },
  },
  'status-not-covered': {
    severity: 'warning',
    summary: 'A status that can occur has no row and no safe match.',
    message: ({ values, statuses }: { values: readonly string[]; statuses: readonly string[] }) =>
      `${[
        ...(values.length === 0 ? [] : [`${listed(values)} of Salesforce`]),
        ...(statuses.length === 0 ? [] : [`${listed(statuses)} of Jira`]),
      ].join(' and ')} ${values.length + statuses.length === 1 ? 'is' : 'are'} paired with nothing`,
    reason: () => 'such a status does not reach the other side, and is recorded',
    help: () => 'add a row, or say that the others stay as they are: `otherwise keep`',
    example: {
      wrong: 'status Status',
      right: 'status Status { "Escalated" -> "In Progress" }',
    },
  },
  'status-off-by-rule': {
    severity: 'hint',
    summary: 'A rule switches status sync off for its item.',
    message: (_: object) => 'the rule of this item decides the status, so status sync is off, in both directions',
    help: () => 'leave the `status` clause out, or the rule',
    example: {
      wrong: 'status Status\nwhen Account.Rating is "Hot" move to "Done"\notherwise leave',
      right: 'when Account.Rating is "Hot" move to "Done"\notherwise leave',
    },
  },
  'unreachable-status': {
    severity: 'warning',
    summary: 'One transition does not reach the status from everywhere.',
    message: ({ name, from, any }: { name: string; from: readonly string[]; any: boolean; issueType: string }) =>
      any
        ? `no transition leads from ${listed(from, 'or')} to \`${name}\``
        : `no transition leads to \`${name}\`, from any status`,
    reason: ({ any, issueType }) =>
      any
        ? `a move takes one transition of the workflow of \`${issueType}\`; an issue that stands there stays, and is shown as blocked`
        : `a move takes one transition of the workflow of \`${issueType}\`, and an issue that should go there stays where it is`,
    help: () => 'add a transition to the workflow, or move to a status that it leads to',
    example: {
      wrong: 'when Vip__c is true move to "Done"\notherwise move to "In Progress"',
      right: 'when Vip__c is true move to "Done"\notherwise move to "To Do"',
    },
  },
  'transitions-not-known': {
    severity: 'hint',
    summary: 'The metadata does not say which statuses lead to which.',
    message: ({ name, issueType }: { name: string; issueType: string }) =>
      `\`${name}\` exists in the workflow of \`${issueType}\`; whether one transition reaches it was not checked`,
    reason: () => 'the metadata was read without the right to see the transitions of workflows',
    help: () => 'run `bridge pull` as a Jira administrator to have them checked',
  },
});
