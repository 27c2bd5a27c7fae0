/** What every change of an issue leaves behind, whoever made it and however: the issue, its history, the events. */
import { type Jira, saveIssue } from './context.ts';
import { issueUpdated } from './events.ts';
import type { ChangeItem, History, Issue, User } from './model.ts';

/** Saves an issue that was changed just now, as its `updated` says, with what changed and who changed it. */
export function saveChange(jira: Jira, who: User, changed: Issue, items: readonly ChangeItem[]): void {
  const history: History = {
    id: String(jira.state.next('history', 10_101)),
    author: who.accountId,
    created: changed.updated,
    items,
  };
  saveIssue(jira, changed);
  jira.state.addHistory(changed.id, history);
  for (const event of issueUpdated(jira, who, changed, history)) jira.emit(event);
}
