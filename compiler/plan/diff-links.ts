/** What becomes of the links that an item has when its program changes, in sentences. */
import type { Change } from './diff-change.ts';
import type { ItemPlan } from './ir.ts';
import { jiraScopeText } from './words.ts';

export function linkSentences(
  before: ItemPlan | undefined,
  after: ItemPlan | undefined,
  changes: readonly Change[] = [],
): readonly string[] {
  if (before === undefined) return ['It starts without links; an id that had some before gets them back.'];
  if (after === undefined) return ['Its links stay, inactive: nothing travels over them. The same id revives them.'];
  const said: string[] = [];
  if (before.id !== after.id) said.push(`The links of ${before.id} are its own from now on.`);
  else if (before.was !== after.was) {
    said.push(
      after.was === undefined
        ? `Links that ${before.was} has yet stay with that id, inactive.`
        : `The links of ${after.was} become its own.`,
    );
  }
  if (before.salesforce.object !== after.salesforce.object)
    said.push(
      `Links to records of ${before.salesforce.object} are paused: the item looks at ${after.salesforce.object} only.`,
    );
  if (before.mode !== after.mode && (before.mode === 'display-only' || after.mode === 'display-only')) {
    said.push(
      after.mode === 'display-only'
        ? 'Nothing is written over its links any more; they only show their record.'
        : 'Links that only showed their record are kept aligned with it from now on.',
    );
  }
  if (scopeOf(before) !== scopeOf(after))
    said.push(`Links to issues outside of ${jiraScopeText(after.jira)} are paused.`);
  const where = changes.find(({ part }) => part === 'where');
  if (where !== undefined && where.effect !== 'more')
    said.push('Links of records that it does not see any more stay, and nothing travels over them.');
  if (after.mode !== 'display-only' && changes.some(({ group, part }) => touching.has(group) || part === 'where'))
    said.push(
      'All its links are looked at again in the first cycle, and what differs is written; if that would move or blank too much, the item pauses and asks.',
    );
  return said.length > 0 ? said : ['No link is touched.'];
}

const scopeOf = ({ jira }: ItemPlan): string =>
  [...jira.projects.map(({ id }) => id), jira.issueType?.id ?? ''].sort().join();
const touching: ReadonlySet<string> = new Set(['jira', 'salesforce', 'system']);
