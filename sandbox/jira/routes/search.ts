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
    const rows = matching(jira, caller, query, new Set(ask.reconcile))
      .map(issue => ({ issue, key: query.sortKey(issue) }))
      .filter(row => after === undefined || query.compare(row.key, after) > 0);
    const page = firstOf(rows, size, (a, b) => query.compare(a.key, b.key));
    count(call, 'objects', page.length);
    const isLast = page.length === rows.length || size === 0;
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
    return call.json({ count: matching(jira, callerOf(call), query, new Set()).length });
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

/** The first `most` in order; a short page out of many rows is found without putting them all in order. */
function firstOf<T>(rows: readonly T[], most: number, compare: (a: T, b: T) => number): readonly T[] {
  if (most > 100 || rows.length <= most * 4) return rows.toSorted(compare).slice(0, most);
  const first: T[] = [];
  for (const row of rows) {
    if (first.length === most && compare(row, first[most - 1]!) >= 0) continue;
    let place = first.length;
    while (place > 0 && compare(row, first[place - 1]!) < 0) place--;
    first.splice(place, 0, row);
    if (first.length > most) first.pop();
  }
  return first;
}

/** `names` and `schema` stand once beside the issues, not in each. */
const issueExpand = (ask: SearchAsk): string[] =>
  ask.selection.expand.filter(item => item !== 'names' && item !== 'schema');

function matching(jira: Jira, caller: User, query: ReturnType<typeof compileJql>, fresh: ReadonlySet<string>): Issue[] {
  const outdated = jira.index.outdated(jira.now());
  const found = new Map<string, Issue>();
  const consider = (issue: Issue): void => {
    if (jira.access.sees(caller, jira.world.projectOf(issue)) && query.matches(issue)) found.set(issue.id, issue);
  };
  for (const issue of query.candidates() ?? jira.state.issues()) {
    if (!outdated.has(issue.id) || fresh.has(issue.id)) consider(issue);
  }
  for (const [id, before] of outdated) if (before && !fresh.has(id)) consider(before);
  return [...found.values()];
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
