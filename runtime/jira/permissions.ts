/**
 * What the user behind a request may do, asked of Jira as that user on every call (P-7, P-9).
 */
import { route } from '@forge/api';
import { PortError } from '../ports.ts';
import { ask, type RequestJira } from './request.ts';

export type Permission = 'ADMINISTER' | 'BROWSE_PROJECTS' | 'EDIT_ISSUES';

/** The permissions of these that the user has, globally or on the issue; an invisible issue grants none. */
export async function permissionsOf(
  asUser: RequestJira,
  wanted: readonly Permission[],
  issueId?: string,
): Promise<ReadonlySet<Permission>> {
  const permissions = wanted.join(',');
  try {
    const answer = await ask(asUser, {
      path:
        issueId === undefined
          ? route`/rest/api/3/mypermissions?permissions=${permissions}`
          : route`/rest/api/3/mypermissions?permissions=${permissions}&issueId=${issueId}`,
    });
    const held = ((answer ?? {}) as { permissions?: Readonly<Record<string, { havePermission?: unknown }>> })
      .permissions;
    return new Set(wanted.filter(name => held?.[name]?.havePermission === true));
  } catch (problem) {
    const kind = problem instanceof PortError ? problem.failure.kind : undefined;
    if (kind === 'gone' || kind === 'forbidden' || kind === 'unauthorized' || kind === 'refused') return new Set();
    throw problem;
  }
}
