/** Search by JQL, page by page with tokens; what was removed long ago says so. */
import { type Call, callerOf, count, type RouteSet } from '../app.ts';
import { asText, bodyOf, isRecord, type Jira } from '../context.ts';
import { JiraError, refusal, texts } from '../errors.ts';
import {
  chooseFields,
  issueRef,
  issueShape,
  listParameter,
  namesOf,
  readSelection,
  type Selection,
  schemasOf,
} from '../issue-shape.ts';
import { compileJql, jqlParser, type SortKey } from '../jql/query.ts';
import type { Issue, User } from '../model.ts';

interface SearchAsk {
  readonly jql: string;
  readonly selection: Selection;
  readonly maxResults: number;
  readonly token: string | undefined;
  readonly reconcile: readonly string[];
}

const searchKeys = [
  'jql',
  'nextPageToken',
  'maxResults',
  'fields',
  'expand',
  'properties',
  'fieldsByKeys',
  'failFast',
  'reconcileIssues',
];

const tokenLife = 7 * 24 * 3600 * 1000;

export const searchRoutes: RouteSet = (routes, jira) => {
  const parse = jqlParser();

  routes.get('/rest/api/3/search/jql', call =>
    answer(call, {
      jql: call.req.query('jql') ?? '',
      selection: {
        fields: listParameter(call.req.queries('fields')),
        expand: listParameter(call.req.queries('expand')),
        properties: listParameter(call.req.queries('properties')),
      },
      maxResults: Number(call.req.query('maxResults') ?? 50),
      token: call.req.query('nextPageToken'),
      reconcile: listParameter(call.req.queries('reconcileIssues')),
    }),
  );

  routes.post('/rest/api/3/search/jql', async call => {
    const body = await bodyOf(call.req.raw, searchKeys);
    if (typeof body.jql !== 'string' && body.jql !== undefined) throw refusal(400, texts.badPayload);
    return answer(call, {
      jql: body.jql ?? '',
      selection: readSelection(body, listParameter(typeof body.expand === 'string' ? [body.expand] : [])),
      maxResults: typeof body.maxResults === 'number' ? body.maxResults : 50,
      token: typeof body.nextPageToken === 'string' ? body.nextPageToken : undefined,
      reconcile: Array.isArray(body.reconcileIssues) ? body.reconcileIssues.map(asText) : [],
    });
  });

  function answer(call: Call, ask: SearchAsk): Response {
    const caller = callerOf(call);
    if (ask.reconcile.length > 50) throw refusal(400, 'The maximum number of issues to reconcile is 50.');
    if (!Number.isInteger(ask.maxResults) || ask.maxResults < 0) throw refusal(400, texts.badPayload);
    const query = compileJql(jira, caller, parse, ask.jql);
    const asked = ask.selection.fields.length === 0 ? ['id'] : ask.selection.fields;
    const onlyIds = asked.every(name => name === 'id' || name === 'key');
    const size = Math.min(ask.maxResults, onlyIds ? 5000 : 100);
    const after = ask.token === undefined ? undefined : readToken(jira, ask.token, ask.jql);
    const { page, total } = firstOf(
      matching(jira, caller, query, new Set(ask.reconcile)),
      size,
      issue => ({ issue, key: query.sortKey(issue) }),
      row => after === undefined || query.compare(row.key, after) > 0,
      (a, b) => query.compare(a.key, b.key),
    );
    count(call, 'objects', page.length);
    const isLast = page.length === total || size === 0;
    const fields = chooseFields(jira, asked, '*navigable');
    return call.json({
      issues: page.map(({ issue }) => {
        if (!onlyIds)
          return issueShape(
            jira,
            issue,
            caller,
            { ...ask.selection, fields: asked, expand: issueExpand(ask) },
            '*navigable',
          );
        const { id, ...rest } = issueRef(jira, issue);
        return asked.includes('key') ? { id, ...rest } : { id };
      }),
      isLast,
      ...(isLast ? {} : { nextPageToken: writeToken(jira, page.at(-1)!.key, ask.jql) }),
      ...(ask.selection.expand.includes('names') ? { names: namesOf(fields) } : {}),
      ...(ask.selection.expand.includes('schema') ? { schema: schemasOf(fields) } : {}),
    });
  }

  routes.post('/rest/api/3/search/approximate-count', async call => {
    const { jql } = await bodyOf(call.req.raw);
    const query = compileJql(jira, callerOf(call), parse, typeof jql === 'string' ? jql : '');
    return call.json({
      count: Iterator.from(matching(jira, callerOf(call), query, new Set())).reduce(sum => sum + 1, 0),
    });
  });

  routes.post('/rest/api/3/jql/match', async call => {
    const { issueIds, jqls } = await bodyOf(call.req.raw);
    if (!Array.isArray(issueIds) || !Array.isArray(jqls)) throw refusal(400, texts.badPayload);
    const caller = callerOf(call);
    const matches = jqls.map(jql => {
      try {
        const query = compileJql(jira, caller, parse, asText(jql));
        const matchedIssues = issueIds.filter(id => {
          const issue = jira.state.issue(asText(id));
          return issue !== undefined && jira.access.sees(caller, jira.world.projectOf(issue)) && query.matches(issue);
        });
        return { matchedIssues, errors: [] };
      } catch (error) {
        if (error instanceof JiraError && error.status === 400)
          return { matchedIssues: [], errors: error.collection.errorMessages };
        throw error;
      }
    });
    return call.json({ matches });
  });

  for (const method of ['GET', 'POST'] as const) {
    routes.on(method, '/rest/api/3/search', () => {
      throw refusal(410, texts.searchRemoved);
    });
  }
};

/** The first `most` in order, and how many there are; a short page out of many rows is found without sorting them all. */
function firstOf<T, R>(
  items: Iterable<T>,
  most: number,
  row: (item: T) => R,
  counts: (row: R) => boolean,
  compare: (a: R, b: R) => number,
): { readonly page: readonly R[]; readonly total: number } {
  const first: R[] = [];
  let total = 0;
  // Sorted each time that it has grown to twice the page, so that each row costs little.
  const limit = Math.max(2 * most, 100);
  let last: R | undefined;
  for (const item of items) {
    const next = row(item);
    if (!counts(next)) continue;
    total++;
    if (last !== undefined && compare(next, last) >= 0) continue;
    first.push(next);
    if (first.length < limit) continue;
    first.sort(compare).splice(most);
    last = first[most - 1];
  }
  return { page: first.sort(compare).slice(0, most), total };
}

/** `names` and `schema` stand once beside the issues, not in each. */
const issueExpand = (ask: SearchAsk): string[] =>
  ask.selection.expand.filter(item => item !== 'names' && item !== 'schema');

function* matching(
  jira: Jira,
  caller: User,
  query: ReturnType<typeof compileJql>,
  fresh: ReadonlySet<string>,
): Iterable<Issue> {
  const outdated = jira.index.outdated(jira.now());
  const visible = new Set(
    jira.world.site.projects.filter(project => jira.access.sees(caller, project)).map(project => project.id),
  );
  const fits = (issue: Issue): boolean => visible.has(issue.projectId) && query.matches(issue);
  const candidates = query.candidates();
  // An index may name an issue twice, a scan does not.
  const found = new Set<string>();
  for (const issue of candidates ?? jira.state.issues()) {
    if (outdated.size > 0 && outdated.has(issue.id) && !fresh.has(issue.id)) continue;
    if (candidates) {
      if (found.has(issue.id)) continue;
      found.add(issue.id);
    }
    if (fits(issue)) yield issue;
  }
  for (const [id, before] of outdated) if (before && !fresh.has(id) && fits(before)) yield before;
}

// ── page tokens ─────────────────────────────────────────────────────────────────────────────────

function writeToken(jira: Jira, after: SortKey, jql: string): string {
  return Buffer.from(JSON.stringify({ after, jql, at: jira.now() })).toString('base64url');
}

function readToken(jira: Jira, token: string, jql: string): SortKey {
  try {
    const read: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (isRecord(read) && Array.isArray(read.after) && read.jql === jql && jira.now() - Number(read.at) < tokenLife) {
      return read.after;
    }
  } catch {
    // Not one of ours: refused below.
  }
  throw refusal(400, 'The provided next page token is invalid or expired.');
}
