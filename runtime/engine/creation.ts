/**
 * Whether a record that is not linked becomes an issue, and with which fields. An issue that could not be
 * created whole is not created at all; the reason goes to a person.
 */

import { jiraText, salesforceText } from '../../compiler/conversion/index.ts';
import type { ItemPlan, SettingPlan } from '../../compiler/plan/ir.ts';
import type { Activation, FieldBase, Instant, SalesforceRecord } from '../ports.ts';
import type { People } from './convert.ts';
import type { Decision } from './decision.ts';
import type { Item } from './reconcile.ts';
import { sourceName, sourceType, sourceValue } from './values.ts';

export type Creation =
  /** Not this item's business. */
  | { readonly kind: 'none'; readonly reason: string }
  | { readonly kind: 'problem'; readonly decisions: readonly Decision[] }
  | {
      readonly kind: 'create';
      readonly projectId: string;
      readonly issueTypeId: string;
      readonly fields: Readonly<Record<string, unknown>>;
      readonly bases: Readonly<Record<string, FieldBase>>;
      readonly decisions: readonly Decision[];
    };

/** A constant of the program, as it is told. */
export const given = ({ target, value, origin }: SettingPlan) => ({
  what: target.name,
  to: jiraText(target.type, value),
  reason: 'the program gives it to new issues',
  origin,
});

/** Since when an item creates: the day that the program names, or the moment it was first switched on. */
export function createSince({ create: { since: day } }: ItemPlan, switchedOn: Instant): Instant {
  const since = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(since) ? switchedOn : since;
}

export function decideCreation(
  item: Item,
  record: SalesforceRecord,
  activation: Activation | undefined,
  people: People,
): Creation {
  const { plan } = item;
  const none = (reason: string): Creation => ({ kind: 'none', reason });
  const [project] = plan.jira.projects;
  const type = plan.jira.issueType;
  if (plan.create.records === 'off' || plan.mode === 'display-only') return none('the item does not create issues');
  if (project === undefined || type === undefined) return none('the item names no project or issue type');
  if (record.deleted) return none('the record is deleted');
  if (activation?.createSince === undefined) return none('creation is not switched on yet');
  if (record.createdAt < Math.floor(activation.createSince / 1000) * 1000) {
    return none('the record is older than the moment from which the item creates issues');
  }
  if (!item.where(record.fields)) return none('the record does not meet the `where`');
  if (plan.create.records === 'matching' && !item.rule?.(record.fields).met) {
    return none('the record does not meet the rule');
  }

  const fields: Record<string, unknown> = {};
  const bases: Record<string, FieldBase> = {};
  const decisions: Decision[] = [];
  const problems: Decision[] = [];
  for (const setting of plan.newIssue) {
    fields[setting.target.id] = setting.value;
    decisions.push({ ...given(setting), side: 'jira', outcome: 'write' });
  }
  for (const { mapping, converter } of item.mappings) {
    if (mapping.owner === 'jira') continue;
    const salesforce = converter.salesforceNormal(record.fields);
    const target = converter.toJira(record.fields, people);
    const described = {
      side: 'jira',
      what: mapping.target.name,
      origin: mapping.origin,
      from: salesforceText(sourceType(mapping.source), sourceValue(mapping.source, record.fields)),
    } as const;
    if (target.kind === 'problem') problems.push({ ...described, outcome: 'problem', reason: target.reason });
    else if (target.kind === 'none') {
      if (target.recorded) decisions.push({ ...described, outcome: 'skip', reason: target.reason });
    } else if (target.normal !== null) {
      fields[mapping.target.id] = target.value;
      bases[mapping.id] = { salesforce, jira: target.normal };
      const { from: _, ...rest } = described;
      decisions.push({
        ...rest,
        outcome: 'write',
        to: jiraText(mapping.target.type, target.value),
        reason: target.instead ?? `a new issue takes ${sourceName(mapping.source)} from Salesforce`,
      });
    } else if (mapping.owner === 'both') bases[mapping.id] = { salesforce, jira: null };
  }
  if (problems.length > 0) return { kind: 'problem', decisions: problems };
  return { kind: 'create', projectId: project.id, issueTypeId: type.id, fields, bases, decisions };
}
