/**
 * Which classic scope an operation of Jira's REST API asks of an app. A request without it never reaches Jira: the
 * platform refuses it, whoever it is sent as. The first row that fits decides.
 */

type Scope = 'read:jira-work' | 'write:jira-work' | 'read:jira-user' | 'manage:jira-configuration';

interface Row {
  readonly method: RegExp;
  readonly path: RegExp;
  /** Nothing: any app may ask. */
  readonly scope: Scope | undefined;
}

const row = (method: RegExp, path: RegExp, scope: Scope | undefined): Row => ({ method, path, scope });
const any = /./;
const get = /^GET$/;
const post = /^POST$/;

const table: readonly Row[] = [
  row(any, /^\/rest\/forge\/1\/app\/properties\b/, undefined),
  row(get, /^\/rest\/api\/3\/serverInfo$/, undefined),
  row(post, /^\/rest\/api\/3\/permissions\/check$/, undefined),
  row(get, /^\/rest\/api\/3\/(permissions|statuses(\/search)?|priority\/search)$/, 'manage:jira-configuration'),
  row(get, /^\/rest\/api\/3\/field\/[^/]+\/context\b/, 'manage:jira-configuration'),
  row(any, /^\/rest\/api\/3\/workflows(\/search)?$/, 'manage:jira-configuration'),
  row(get, /^\/rest\/api\/3\/(myself|users?(\/[^/]+)*|configuration|groups?(\/[^/]+)*)$/, 'read:jira-user'),
  row(get, any, 'read:jira-work'),
  // These only read; what they ask for is longer than an address.
  row(post, /^\/rest\/api\/3\/(issue|changelog)\/bulkfetch$/, 'read:jira-work'),
  row(post, /^\/rest\/api\/3\/issue\/[^/]+\/changelog\/list$/, 'read:jira-work'),
  row(
    post,
    /^\/rest\/api\/3\/(search\/(jql|approximate-count)|jql\/\w+|comment\/list|permissions\/project|expression\/\w+)$/,
    'read:jira-work',
  ),
  row(
    any,
    /^\/rest\/api\/3\/(field|issuetype|priority|project|resolution|status|statuses|user|workflow)\b/,
    'manage:jira-configuration',
  ),
  row(any, any, 'write:jira-work'),
];

/** `path` without its query. */
export function scopeOf(method: string, path: string): Scope | undefined {
  return table.find(one => one.method.test(method) && one.path.test(path))?.scope;
}
