/** Every rule, one file each, by what it is about. The order has no meaning: findings are sorted by place. */
import type { Rule } from '../rule.ts';
import { circles } from './circles.ts';
import { comments } from './comments.ts';
import { comparisonFits } from './comparison-fits.ts';
import { conversion } from './conversion.ts';
import { cost } from './cost.ts';
import { create } from './create.ts';
import { displayOnly } from './display-only.ts';
import { duplicateClause } from './duplicate-clause.ts';
import { fallbackTexts } from './fallback-texts.ts';
import { fieldOnScreen } from './field-on-screen.ts';
import { ids } from './ids.ts';
import { jiraScope } from './jira-scope.ts';
import { literalTypes } from './literal-types.ts';
import { missingClause } from './missing-clause.ts';
import { mixedAndOr } from './mixed-and-or.ts';
import { modifiers } from './modifiers.ts';
import { noMetadata } from './no-metadata.ts';
import { oppositeOwners } from './opposite-owners.ts';
import { overlap } from './overlap.ts';
import { pingPong } from './ping-pong.ts';
import { readOnlyTarget } from './read-only-target.ts';
import { requiredJiraField } from './required-jira-field.ts';
import { ruleBranches } from './rule-branches.ts';
import { ruleConditions } from './rule-conditions.ts';
import { secondWriter } from './second-writer.ts';
import { settings } from './settings.ts';
import { sharedJiraField } from './shared-jira-field.ts';
import { sharedSalesforceField } from './shared-salesforce-field.ts';
import { sourceNeedsArrowToJira } from './source-needs-arrow-to-jira.ts';
import { statusField } from './status-field.ts';
import { tableCovers } from './table-covers.ts';
import { tableRows } from './table-rows.ts';
import { testOrder } from './test-order.ts';
import { textSlips } from './text-slips.ts';
import { unknownField } from './unknown-field.ts';
import { unknownIssueType } from './unknown-issue-type.ts';
import { unknownItem } from './unknown-item.ts';
import { unknownJiraField } from './unknown-jira-field.ts';
import { unknownObject } from './unknown-object.ts';
import { unknownProject } from './unknown-project.ts';
import { unknownStatus } from './unknown-status.ts';
import { unknownTable } from './unknown-table.ts';
import { unknownWord } from './unknown-word.ts';
import { unreachableStatus } from './unreachable-status.ts';
import { valueLimits } from './value-limits.ts';
import { valuesListed } from './values-listed.ts';
import { writtenValues } from './written-values.ts';
import { wrongArrow } from './wrong-arrow.ts';

export const rules: readonly Rule[] = [
  // names and ids
  noMetadata,
  unknownObject,
  unknownField,
  unknownProject,
  unknownIssueType,
  unknownJiraField,
  unknownStatus,
  unknownTable,
  unknownItem,
  valuesListed,
  ids,
  // clauses, words and literals
  missingClause,
  duplicateClause,
  unknownWord,
  jiraScope,
  literalTypes,
  textSlips,
  modifiers,
  testOrder,
  // modes
  displayOnly,
  wrongArrow,
  sourceNeedsArrowToJira,
  // types and targets
  conversion,
  readOnlyTarget,
  fieldOnScreen,
  valueLimits,
  writtenValues,
  fallbackTexts,
  settings,
  comments,
  // required fields
  requiredJiraField,
  // ownership
  secondWriter,
  sharedSalesforceField,
  sharedJiraField,
  // ping-pong
  pingPong,
  circles,
  oppositeOwners,
  // creating
  create,
  overlap,
  // conditions and rules
  comparisonFits,
  mixedAndOr,
  ruleBranches,
  ruleConditions,
  unreachableStatus,
  // tables and status
  tableRows,
  tableCovers,
  statusField,
  // cost
  cost,
];
