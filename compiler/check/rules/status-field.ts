import { fieldOf } from '../../bind/bound.ts';
import { statusField as statusLike } from '../../catalogue/index.ts';
import { foldText } from '../../conversion/index.ts';
import type { PicklistValue } from '../../metadata/model.ts';
import type { StatusPlan, StatusRow } from '../../plan/ir.ts';
import { lowerStatus, statusMatches } from '../../plan/lower-status.ts';
import { headOf, nameInstead, removal } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** Status sync works on the object's status-like field; what is paired without a row is shown. */
export const statusField: Rule = {
  name: 'status-field',
  item(item, report, { lookup }) {
    const { file, object, status, clauses, mode } = item;
    if (status === undefined || mode === 'display-only') return;
    if (object !== undefined) {
      const name = statusLike(object);
      const field = fieldOf(status.field);
      if (name === undefined) {
        const fixes = removal(file, status.node.span, 'remove the status clause');
        report(file, headOf(file, status.node.span), 'no-status-field', { object: object.name }, { fixes });
        return;
      }
      if (field !== undefined && field.metadata.name !== name) {
        const { span } = status.node.field;
        const holes = { field: field.metadata.name, object: object.name, near: [name] };
        report(file, span, 'not-the-status-field', holes, { fixes: nameInstead(file, span, name) });
        return;
      }
    }
    if (clauses.rule.length > 0) {
      report(file, headOf(file, status.node.span), 'status-off-by-rule', {});
      return;
    }
    const at = headOf(file, status.node.span);
    const changed =
      lookup && changedBy(lowerStatus(item, status, lookup), fieldOf(status.field)?.metadata.values ?? []);
    if (changed !== undefined) report(file, at, 'comes-back-as-other-row', changed);
    const matches = statusMatches(item, status, lookup);
    if (matches === undefined) return;
    const pairs = [
      ...matches.toJira.map(({ from, to }) => `\`${from}\` -> \`${to}\``),
      ...matches.toSalesforce.map(({ from, to }) => `\`${to}\` <- \`${from}\``),
    ];
    if (pairs.length > 0) report(file, at, 'status-matches', { pairs });
    const { unmatchedValues: values, unmatchedStatuses: statuses } = matches;
    if (values.length + statuses.length > 0) report(file, at, 'status-not-covered', { values, statuses });
  },
};

/** The first status that the way back makes another one of; nothing while a value is none that the field lists. */
function changedBy(plan: StatusPlan | undefined, listed: readonly PicklistValue[]) {
  const known = new Set(listed.map(({ value }) => foldText(value)));
  if (plan === undefined || !plan.toJira.every(({ from }) => known.has(foldText(from)))) return undefined;
  const field = plan.field.path.join('.');
  const tell = (there: 'Jira' | 'Salesforce', forth: readonly StatusRow[], back: readonly StatusRow[]) => {
    for (const { from, to } of forth) {
      const last = back.find(row => foldText(row.from) === foldText(to))?.to;
      if (last === undefined || foldText(last) === foldText(from)) continue;
      const [of, other] = there === 'Jira' ? [field, there] : ['Jira', field];
      return { field: of, other, there, first: from, across: to, last };
    }
    return undefined;
  };
  return tell('Jira', plan.toJira, plan.toSalesforce) ?? tell('Salesforce', plan.toSalesforce, plan.toJira);
}
