/**
 * What the user behind a request may do, asked of Jira as that user on every call (P-7, P-9).
 */
import { route } from '@forge/api';
import { PortError } from '../ports.ts';
import { ask, type RequestJira } from './request.ts';

export type Permission = 'ADMINISTER' | 'BROWSE_PROJECTS' | 'EDIT_ISSUES';

/** Which of these project permissions whoever asks has in a project; an invisible project grants none. */
export async function permissionsIn(
  request: RequestJira,
  projectKey: string,
  wanted: readonly string[],
): Promise<ReadonlySet<string>> {
  const permissions = wanted.join(',');
  const path = route`/rest/api/3/mypermissions?permissions=${permissions}&projectKey=${projectKey}`;
  return heldOf(request, wanted, path);
}

/** The permissions of these that the user has, globally or on the issue; an invisible issue grants none. */
export async function permissionsOf(
  asUser: RequestJira,
  wanted: readonly Permission[],
  issueId?: string,
): Promise<ReadonlySet<Permission>> {
  const permissions = wanted.join(',');
  return heldOf(
    asUser,
    wanted,
    issueId === undefined
      ? route`/rest/api/3/mypermissions?permissions=${permissions}`
      : route`/rest/api/3/mypermissions?permissions=${permissions}&issueId=${issueId}`,
  );
}

async function heldOf<P extends string>(
  request: RequestJira,
  wanted: readonly P[],
  path: ReturnType<typeof route>,
): Promise<ReadonlySet<P>> {
  try {
    const answer = await ask(request, { path });
    const held = ((answer ?? {}) as { permissions?: Readonly<Record<string, { havePermission?: unknown }>> })
      .permissions;
    return new Set(wanted.filter(name => held?.[name]?.havePermission === true));
  } catch (problem) {
    const kind = problem instanceof PortError ? problem.failure.kind : undefined;
    if (kind === 'gone' || kind === 'forbidden' || kind === 'unauthorized' || kind === 'refused') return new Set();
    throw problem;
  }
}
