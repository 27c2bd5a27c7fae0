/** Which of the transitions that Jira offers now leads to a status in one step; never a chain. */
import type { JiraTransition } from '../ports.ts';
import type { Move } from './decision.ts';
import { sameStatus } from './status.ts';

export type TransitionChoice =
  | { readonly ok: true; readonly transition: JiraTransition }
  | { readonly ok: false; readonly reason: string };

export function chooseTransition(
  move: Pick<Move, 'to' | 'from'>,
  offered: readonly JiraTransition[],
): TransitionChoice {
  const fitting = offered.filter(({ to }) =>
    move.to.id === undefined ? sameStatus(to.name, move.to.name) : to.id === move.to.id,
  );
  const free = fitting.find(({ requiredFields }) => requiredFields.length === 0);
  if (free !== undefined) return { ok: true, transition: free };
  const [demanding] = fitting;
  if (demanding !== undefined) {
    const fields = demanding.requiredFields.join(', ');
    return {
      ok: false,
      reason: `the transition “${demanding.name}” to “${move.to.name}” asks for ${fields}, which the bridge cannot fill in`,
    };
  }
  const names = [...new Set(offered.map(({ to }) => `“${to.name}”`))].join(', ');
  return {
    ok: false,
    reason:
      offered.length === 0
        ? `Jira offers no transition at all from “${move.from}”`
        : `Jira offers no transition from “${move.from}” to “${move.to.name}”, only to ${names}`,
  };
}
