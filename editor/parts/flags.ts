/** Jira's own flags: a word at the edge of the window that something was done. */
import { showFlag } from '@forge/bridge';

let count = 0;
export function tell(title: string, description?: string, type: 'success' | 'info' | 'warning' | 'error' = 'success') {
  count += 1;
  showFlag({ id: `bridge-${count}`, title, type, isAutoDismiss: true, ...(description ? { description } : {}) });
}
