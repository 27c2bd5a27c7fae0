import { fieldOf, jiraFieldOf, writesJira, writesSalesforce } from '../../bind/bound.ts';
import type { FieldMetadata } from '../../metadata/model.ts';
import { turnArrow } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** Jira sets these itself, whatever their type says. */
const jiraSets: ReadonlySet<string> = new Set([
  'created',
  'updated',
  'creator',
  'project',
  'issuetype',
  'resolutiondate',
  'statuscategorychangedate',
  'lastViewed',
  'votes',
  'watches',
  'workratio',
]);

export const readOnlyTarget: Rule = {
  name: 'read-only-target',
  item({ file, mappings, settings }, report) {
    for (const { source, arrow, target, node } of mappings) {
      const jira = jiraFieldOf(target);
      if (jira?.field.id === 'status') {
        report(file, target!.node.span, 'status-in-fields', {});
        continue;
      }
      if (jira && writesJira(arrow) && jiraSets.has(jira.field.id)) {
        const holes = { field: jira.field.name, side: 'Jira', why: 'Jira sets it itself', toJira: true };
        report(file, target!.node.span, 'read-only-target', holes);
      }
      const salesforce = source.kind === 'path' ? fieldOf(source.path) : undefined;
      if (salesforce?.hops === 0 && writesSalesforce(arrow) && !salesforce.metadata.updateable) {
        const { metadata } = salesforce;
        const holes = { field: metadata.name, side: 'Salesforce', why: reasonOf(metadata), toJira: false };
        const fixes = node.arrow.kind === 'arrow' ? [turnArrow(file, node.arrow.span, '->')] : [];
        report(file, node.source.span, 'read-only-target', holes, { fixes });
      }
    }
    for (const { target } of settings) {
      const jira = jiraFieldOf(target);
      if (jira?.field.id === 'status') report(file, target!.node.span, 'status-in-fields', {});
      else if (jira && jiraSets.has(jira.field.id)) {
        const holes = { field: jira.field.name, side: 'Jira', why: 'Jira sets it itself', toJira: true };
        report(file, target!.node.span, 'read-only-target', holes);
      }
    }
  },
};

const reasonOf = ({ calculated, createable }: FieldMetadata): string =>
  calculated
    ? 'it is calculated'
    : createable
      ? 'it is set once, when the record is created'
      : 'the org does not let the integration user write it, or Salesforce sets it itself';
