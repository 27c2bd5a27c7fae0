/** One look of the status decision, written down in a line: a case on hot, an issue, what is known, who moved it. */

import type { Cause, StatusInput } from '../../runtime/engine/status.ts';
import type { JiraFieldChange, Link } from '../../runtime/ports.ts';
import { changeOf } from './changes.ts';
import { statuses } from './plan.ts';

export const start = Date.UTC(2026, 0, 5);

export const moved = (to: string, at: number, author = 'ann'): JiraFieldChange => changeOf('status', author, at, to);
const idOf = (name: string) => Object.values(statuses).find(one => one.name === name)?.id ?? '9';

export interface Now {
  readonly salesforce: string | null;
  readonly jira: string;
  readonly known?: Link['status'];
  readonly moving?: Link['moving'];
  readonly changes?: readonly JiraFieldChange[] | undefined;
  readonly stamp?: number;
  readonly updated?: number;
  readonly cause?: Cause;
  readonly offered?: ReadonlySet<string>;
}

export const input = (now: Now): StatusInput => ({
  record: {
    id: '500000000000001AAA',
    object: 'Case',
    fields: { Status: now.salesforce, Account: { Rating: 'Hot' } },
    stamp: now.stamp ?? start,
    createdAt: start,
    deleted: false,
  },
  issue: {
    id: '1',
    key: 'SUP-1',
    fields: { status: { id: idOf(now.jira), name: now.jira } },
    updated: now.updated ?? start,
  },
  known: now.known,
  moving: now.moving,
  changes: 'changes' in now ? now.changes : [],
  self: 'app',
  offered: now.offered,
  cause: now.cause ?? 'record',
});
