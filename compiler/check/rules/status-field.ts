import { fieldOf } from '../../bind/bound.ts';
import { statusField as statusLike } from '../../catalogue/index.ts';
import { statusMatches } from '../../plan/lower-status.ts';
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
        const holes = { field: field.metadata.name, object: object.name, suggestion: name };
        report(file, span, 'not-the-status-field', holes, { fixes: nameInstead(file, span, name) });
        return;
      }
    }
    if (clauses.rule.length > 0) {
      report(file, headOf(file, status.node.span), 'status-off-by-rule', {});
      return;
    }
    const matches = statusMatches(item, status, lookup);
    if (matches === undefined) return;
    const pairs = [
      ...matches.toJira.map(({ from, to }) => `\`${from}\` -> \`${to}\``),
      ...matches.toSalesforce.map(({ from, to }) => `\`${to}\` <- \`${from}\``),
    ];
    const at = headOf(file, status.node.span);
    if (pairs.length > 0) report(file, at, 'status-matches', { pairs });
    const { unmatchedValues: values, unmatchedStatuses: statuses } = matches;
    if (values.length + statuses.length > 0) report(file, at, 'status-not-covered', { values, statuses });
  },
};
