/**
 * Jira cannot refuse a write that is based on an older look. Its change log shows afterwards what such a write
 * went over: a person's edit, made after the look, directly before the app's own change.
 */
import type { Instant, JiraFieldChange } from '../ports.ts';

/** Whether the last change is a person's, and came after that. */
export function editedSince(changes: readonly JiraFieldChange[], self: string, then: Instant): boolean {
  const last = changes.at(-1);
  return last !== undefined && last.author !== self && last.at > then;
}

/** The edit that went under, if one did; `over` is when the issue had last been changed as the app saw it. */
export function coveredEdit(
  changes: readonly JiraFieldChange[],
  self: string,
  over: Instant,
): JiraFieldChange | undefined {
  const own = changes.at(-1);
  const before = changes.at(-2);
  return own?.author === self && before !== undefined && before.author !== self && before.at > over
    ? before
    : undefined;
}
