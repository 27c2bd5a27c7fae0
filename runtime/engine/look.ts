/**
 * Whether a changed record needs its issue to be read: not when all that the item relates still has the
 * values of the last agreement. It saves the calls that our own writes' echoes would cost; edits in Jira
 * are marked by their own events.
 */
import { sameValue } from '../../compiler/conversion/index.ts';
import type { JiraIssue, Link, SalesforceRecord } from '../ports.ts';
import type { Item } from './reconcile.ts';
import { issueStatus, sameStatus } from './status.ts';
import { valueAt } from './values.ts';

export function needsIssue(item: Item, link: Link, record: SalesforceRecord): boolean {
  const { plan } = item;
  if (plan.mode === 'display-only') return false;
  if (isUnsettled(link)) return true;
  for (const { mapping, converter } of item.mappings) {
    const base = link.bases[mapping.id];
    const value = converter.salesforceNormal(record.fields);
    if (base === undefined) {
      if (mapping.owner !== 'jira' && value !== null) return true;
    } else if (base.sending !== undefined || base.seen !== undefined || !sameValue(value, base.salesforce)) return true;
  }
  if (item.rule !== undefined) {
    const target = item.rule(record.fields).moveTo;
    return target !== undefined && !sameStatus(target.name, link.status?.jira);
  }
  if (plan.status === undefined) return false;
  const status = valueAt(record.fields, plan.status.field.path);
  return (
    link.status === undefined ||
    link.status.owed === true ||
    !sameStatus(link.status.salesforce, typeof status === 'string' ? status : null)
  );
}

/**
 * Whether an issue that changed may have changed in what the item relates. Comments and files do not show in
 * fields, so an item that syncs them cannot tell.
 */
export function showsChange(item: Item, link: Link, issue: JiraIssue): boolean {
  const { plan } = item;
  if (plan.mode === 'display-only') return false;
  if (plan.comments.on || plan.attachments || link.state.kind !== 'active') return true;
  if (isUnsettled(link)) return true;
  for (const { mapping, converter } of item.mappings) {
    const base = link.bases[mapping.id];
    if (base?.sending !== undefined || base?.seen !== undefined) return true;
    if (!sameValue(converter.jiraNormal(issue.fields), base?.jira ?? null)) return true;
  }
  const watched = plan.status !== undefined || item.rule !== undefined;
  return watched && !sameStatus(link.status?.jira, issueStatus(issue).name);
}

/** Something did not come to its end, such as a move by a run that died: what stands there now tells nothing by itself. */
const isUnsettled = ({ lastOutcome, moving, status }: Link): boolean =>
  (lastOutcome !== undefined && lastOutcome.kind !== 'ok') || moving !== undefined || status?.seen !== undefined;
