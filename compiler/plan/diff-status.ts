/** Status sync and the rules of two items compared. */
import { type Change, type ChangeGroup, change, meaning, other, was } from './diff-change.ts';
import type { ItemPlan, JiraStatus, RuleBranch, StatusPlan, StatusRow } from './ir.ts';
import { conditionText, pathText, quoted } from './words.ts';

export function statusChanges({ status: before }: ItemPlan, { status: after }: ItemPlan): readonly Change[] {
  if (before === undefined || after === undefined) {
    const plan = (after ?? before)!;
    const effect = after === undefined ? 'less' : 'more';
    const line = (group: ChangeGroup, rows: readonly StatusRow[]) =>
      change(effect, group, 'status', `status, by ${pathText(plan.field)}: ${pairsText(rows)}`, plan.origin);
    return [line('jira', plan.toJira), line('salesforce', plan.toSalesforce)];
  }
  const changes: Change[] = [];
  if (pathText(before.field) !== pathText(after.field)) {
    const said = was(`status: it follows ${pathText(after.field)}`, pathText(before.field));
    changes.push(other('salesforce', 'status.field', said, after.origin));
  }
  changes.push(
    ...rowChanges('jira', before.toJira, after.toJira),
    ...rowChanges('salesforce', before.toSalesforce, after.toSalesforce),
  );
  if (before.otherwise !== after.otherwise) {
    const said = was(`status: one that is not listed is ${unlisted(after)}`, unlisted(before));
    changes.push(other('jira', 'status.otherwise', said, after.origin));
  }
  return changes;
}

const unlisted = ({ otherwise }: StatusPlan): string =>
  otherwise === 'keep'
    ? 'left as it is'
    : otherwise === 'skip'
      ? 'left as it is and recorded'
      : 'left as it is and recorded, where nothing is close';
const pairsText = (rows: readonly StatusRow[]): string =>
  rows.length === 0 ? 'no pair' : rows.map(({ from, to }) => `${quoted(from)} becomes ${quoted(to)}`).join(', ');

function rowChanges(
  group: 'jira' | 'salesforce',
  before: readonly StatusRow[],
  after: readonly StatusRow[],
): readonly Change[] {
  const old = new Set(before.map(each => meaning(each)));
  const now = new Set(after.map(each => meaning(each)));
  const line = (effect: Change['effect'], { from, to, by, origin }: StatusRow) => {
    const found = by === 'match' ? ', found as the closest match' : '';
    return change(effect, group, `status.${from}`, `status: ${quoted(from)} becomes ${quoted(to)}${found}`, origin);
  };
  return [
    ...after.filter(row => !old.has(meaning(row))).map(row => line('more', row)),
    ...before.filter(row => !now.has(meaning(row))).map(row => line('less', row)),
  ];
}

export function rulesChanges({ rules: before }: ItemPlan, { rules: after }: ItemPlan): readonly Change[] {
  const old = before?.branches ?? [];
  const now = after?.branches ?? [];
  const known = new Set(old.map(each => meaning(each)));
  const kept = new Set(now.map(each => meaning(each)));
  const line = (effect: Change['effect'], branch: RuleBranch) =>
    change(effect, 'jira', 'rules', branchText(branch), branch.origin);
  const changes = [
    ...now.filter(branch => !known.has(meaning(branch))).map(branch => line('more', branch)),
    ...old.filter(branch => !kept.has(meaning(branch))).map(branch => line('less', branch)),
  ];
  if (changes.length === 0 && meaning(old) !== meaning(now))
    changes.push(
      other(
        'jira',
        'rules',
        `the rule is asked in another order: ${now.map(branchText).join(', then ')}`,
        now[0]?.origin,
      ),
    );
  const origin = (after ?? before)?.otherwise.origin;
  if (meaning(before?.otherwise) !== meaning(after?.otherwise)) {
    const said = was(`status: otherwise ${moveText(after?.otherwise)}`, moveText(before?.otherwise));
    changes.push(other('jira', 'rules.otherwise', said, origin));
  }
  return changes;
}

const statusText = ({ name }: JiraStatus): string => quoted(name);
const branchText = ({ when, moveTo }: RuleBranch): string =>
  `status: when ${conditionText(when)} move to ${statusText(moveTo)}`;
const moveText = (otherwise: { readonly moveTo?: JiraStatus } | undefined): string =>
  otherwise === undefined
    ? 'no rule'
    : otherwise.moveTo === undefined
      ? 'leave'
      : `move to ${statusText(otherwise.moveTo)}`;
