/** Moves an issue in one step, or says why Jira does not let it. */
import { chooseTransition, type Move } from '../engine/index.ts';
import type { Failure, JiraIssue } from '../ports.ts';
import { failureOf, type Run } from './run.ts';

export type Moved =
  | { readonly kind: 'moved' }
  | { readonly kind: 'blocked'; readonly reason: string }
  | { readonly kind: 'failed'; readonly failure: Failure };

export async function moveIssue(run: Run, issue: JiraIssue, move: Move): Promise<Moved> {
  const { jira } = run.deps;
  try {
    const choice = chooseTransition(move, await jira.transitions(issue.id));
    if (!choice.ok) return { kind: 'blocked', reason: choice.reason };
    await jira.transition(issue.id, choice.transition.id);
    return { kind: 'moved' };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === 'refused') return { kind: 'blocked', reason: `Jira refused the move: ${failure.message}` };
    return { kind: 'failed', failure };
  }
}
