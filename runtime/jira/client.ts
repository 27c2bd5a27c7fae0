/**
 * Jira's REST API as the engine needs it, through whatever `requestJira` it is given: bulk reads a
 * hundred at a time, creation with its marker in the same call, edits, moves and change logs.
 */
import { route } from '@forge/api';
import { type JiraFieldChange, type JiraIssue, type JiraPort, PortError } from '../ports.ts';
import { meter } from './allowance.ts';
import { listOf, timeOf, unexpected } from './answers.ts';
import { createAttachments } from './attachments.ts';
import { createComments } from './comments.ts';
import { markerKey, markerQuery, readMarker } from './marker.ts';
import { createMetadata } from './metadata.ts';
import { type Pace, paced } from './pace.ts';
import { permissionsIn } from './permissions.ts';
import { ask, failure, type JiraCall, type RequestJira } from './request.ts';

const issuesPerFetch = 100;
/** Jira's limits of one bulk change-log request. */
const issuesPerChangelog = 1000;
const fieldsPerChangelog = 10;
const issuesPerSearchPage = 100;
/** Texts of up to 100 characters each, in a query of a few thousand. */
const claimsPerSearch = 50;
/** Clones carry their original's marker along. */
const mostWithMarker = 1_000;

export interface JiraClient extends JiraPort {
  /** With keys, screens and statuses of these projects only; every project is named. */
  metadata(projectKeys?: readonly string[]): ReturnType<JiraPort['metadata']>;
}

export function createJira(given: RequestJira, pace?: Pace): JiraClient {
  const metered = meter(pace === undefined ? given : paced(given, pace));
  const { request } = metered;
  const call = (what: JiraCall) => ask(request, what);

  const issuesBy = async (
    idsOrKeys: readonly string[],
    fields: readonly string[],
    properties: readonly string[] = [],
  ): Promise<readonly RawIssue[]> => {
    const found: RawIssue[] = [];
    const wanted = [...new Set(idsOrKeys)];
    for (let from = 0; from < wanted.length; from += issuesPerFetch) {
      const body = {
        issueIdsOrKeys: wanted.slice(from, from + issuesPerFetch),
        fields: withUpdated(fields),
        ...(properties.length === 0 ? {} : { properties }),
      };
      const answer = await call({ method: 'POST', path: route`/rest/api/3/issue/bulkfetch`, body, reads: true });
      found.push(...listOf<RawIssue>(answer, 'issues'));
    }
    return found;
  };

  const searchFirst = async (jql: string, fields: readonly string[], most: number): Promise<readonly RawIssue[]> => {
    const found: RawIssue[] = [];
    let nextPageToken: unknown;
    do {
      const body = {
        jql,
        fields: withUpdated(fields),
        maxResults: Math.min(issuesPerSearchPage, most - found.length),
        ...(typeof nextPageToken === 'string' ? { nextPageToken } : {}),
      };
      const answer = await call({ method: 'POST', path: route`/rest/api/3/search/jql`, body, reads: true });
      found.push(...listOf<RawIssue>(answer, 'issues'));
      nextPageToken = (answer as { nextPageToken?: unknown }).nextPageToken;
    } while (typeof nextPageToken === 'string' && found.length < most);
    return found;
  };

  return {
    get allowance() {
      return metered.allowance;
    },
    async issues(idsOrKeys, fields) {
      return (await issuesBy(idsOrKeys, fields)).map(issueOf);
    },

    async create({ projectId, issueTypeId, fields, marker }) {
      const body = {
        fields: { ...fields, project: { id: projectId }, issuetype: { id: issueTypeId } },
        properties: [{ key: markerKey, value: marker }],
      };
      const answer = await call({ method: 'POST', path: route`/rest/api/3/issue`, body });
      const { id, key } = (answer ?? {}) as RawIssue;
      if (typeof id !== 'string' || typeof key !== 'string')
        throw failure('unknown', 'UNEXPECTED_ANSWER', 'Jira created an issue but did not say which.');
      return { id, key };
    },

    async update(issueId, fields) {
      await call({ method: 'PUT', path: route`/rest/api/3/issue/${issueId}`, body: { fields } });
    },

    async transitions(issueId) {
      const answer = await call({ path: route`/rest/api/3/issue/${issueId}/transitions?expand=transitions.fields` });
      return listOf<RawTransition>(answer, 'transitions')
        .filter(({ isAvailable }) => isAvailable !== false)
        .map(({ id, name, to, fields }) => ({
          id: String(id),
          name: String(name),
          to: { id: String(to?.id), name: String(to?.name) },
          requiredFields: Object.entries(fields ?? {})
            .filter(([, field]) => field.required === true && field.hasDefaultValue !== true)
            .map(([field]) => field),
        }));
    },

    async transition(issueId, transitionId) {
      const body = { transition: { id: transitionId } };
      await call({ method: 'POST', path: route`/rest/api/3/issue/${issueId}/transitions`, body });
    },

    async changes(issueIds, fields) {
      const found = new Map<string, JiraFieldChange[]>();
      for (const ids of chunks([...new Set(issueIds)], issuesPerChangelog))
        for (const some of chunks([...new Set(fields)], fieldsPerChangelog)) {
          let nextPageToken: unknown;
          do {
            const body = {
              issueIdsOrKeys: ids,
              fieldIds: some,
              maxResults: 1000,
              ...(typeof nextPageToken === 'string' ? { nextPageToken } : {}),
            };
            const answer = await call({
              method: 'POST',
              path: route`/rest/api/3/changelog/bulkfetch`,
              body,
              reads: true,
            });
            for (const { issueId, changeHistories } of listOf<RawChangeLog>(answer, 'issueChangeLogs')) {
              const list = found.get(String(issueId)) ?? [];
              list.push(...(changeHistories ?? []).flatMap(changesOf));
              found.set(String(issueId), list);
            }
            nextPageToken = (answer as { nextPageToken?: unknown }).nextPageToken;
          } while (typeof nextPageToken === 'string');
        }
      for (const list of found.values()) list.sort((a, b) => a.at - b.at);
      return found;
    },

    /** The search only suggests; the property is then read from the issue itself. */
    async findByMarkers(claims) {
      const suggested: RawIssue[] = [];
      for (let at = 0; at < claims.length; at += claimsPerSearch) {
        const jql = markerQuery(claims.slice(at, at + claimsPerSearch));
        suggested.push(...(await searchFirst(jql, ['id'], mostWithMarker)));
      }
      if (suggested.length === 0) return [];
      const wanted = new Set(claims);
      const issues = await issuesBy(
        suggested.map(({ id }) => String(id)),
        ['id'],
        [markerKey],
      );
      return issues.flatMap(({ id, key, properties }) => {
        const marker = readMarker(properties?.[markerKey]);
        return marker === undefined || !wanted.has(marker.claim) ? [] : [{ id: String(id), key: String(key), marker }];
      });
    },

    async marker(issueId) {
      const answer = await call({ path: markerOf(issueId) }).catch(nothingIfGone);
      return readMarker((answer as { value?: unknown } | undefined)?.value);
    },

    async unmark(issueId) {
      await call({ method: 'DELETE', path: markerOf(issueId) }).catch(nothingIfGone);
    },

    mayBrowse: async projectKey => (await permissionsIn(request, projectKey, ['BROWSE_PROJECTS'])).size > 0,

    async search(jql, fields, most) {
      return (await searchFirst(jql, fields, most)).map(issueOf);
    },

    /** Exactly one account whose profile shows this address; a search by text also finds look-alikes. */
    async userByEmail(email, projectKey) {
      const path = route`/rest/api/3/user/assignable/search?project=${projectKey}&query=${email}&maxResults=50`;
      const answer = await call({ path });
      const matches = (Array.isArray(answer) ? (answer as RawUser[]) : []).filter(
        user => user.emailAddress?.toLowerCase() === email.toLowerCase() && user.active !== false,
      );
      return matches.length === 1 ? matches[0]?.accountId : undefined;
    },

    async self() {
      const { accountId } = ((await call({ path: route`/rest/api/3/myself` })) ?? {}) as RawUser;
      if (typeof accountId !== 'string') throw unexpected();
      return accountId;
    },

    async siteUrl() {
      const { baseUrl } = ((await call({ path: route`/rest/api/3/serverInfo` })) ?? {}) as { baseUrl?: unknown };
      if (typeof baseUrl !== 'string') throw unexpected();
      return baseUrl.replace(/\/+$/, '');
    },

    ...createComments(call),
    ...createAttachments(request),
    metadata: createMetadata(call),
  };
}

interface RawIssue {
  readonly id?: unknown;
  readonly key?: unknown;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly properties?: Readonly<Record<string, unknown>>;
}
interface RawTransition {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly to?: { readonly id?: unknown; readonly name?: unknown };
  readonly isAvailable?: unknown;
  readonly fields?: Readonly<Record<string, { readonly required?: unknown; readonly hasDefaultValue?: unknown }>>;
}
interface RawChangeLog {
  readonly issueId?: unknown;
  readonly changeHistories?: readonly RawHistory[];
}
interface RawHistory {
  readonly created?: unknown;
  readonly author?: RawUser;
  readonly items?: readonly Readonly<Record<string, unknown>>[];
}
interface RawUser {
  readonly accountId?: string;
  readonly emailAddress?: string;
  readonly active?: boolean;
}

function issueOf({ id, key, fields = {} }: RawIssue): JiraIssue {
  if (typeof id !== 'string' || typeof key !== 'string') throw unexpected();
  return { id, key, fields, updated: timeOf(fields.updated) };
}

/** `toString` is also a method of every object, so only own properties count. */
const changesOf = ({ created, author, items = [] }: RawHistory): readonly JiraFieldChange[] =>
  items.map(item => {
    const own = (name: string) =>
      Object.hasOwn(item, name) && typeof item[name] === 'string' ? (item[name] as string) : null;
    return {
      at: timeOf(created),
      author: author?.accountId ?? '',
      field: own('fieldId') ?? own('field') ?? '',
      from: own('from'),
      to: own('to'),
      fromString: own('fromString'),
      toString: own('toString'),
    };
  });

const withUpdated = (fields: readonly string[]) => [...new Set([...fields, 'updated'])];

const chunks = <T>(list: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));

const markerOf = (issueId: string) => route`/rest/api/3/issue/${issueId}/properties/${markerKey}`;

function nothingIfGone(problem: unknown): undefined {
  if (!(problem instanceof PortError) || problem.failure.kind !== 'gone') throw problem;
}
