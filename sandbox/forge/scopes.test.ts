/** The table of scopes against Atlassian's own document, operation by operation. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scopeOf } from './scopes.ts';

const file = join(process.env.BRIDGE_REFERENCE ?? '', 'jira-openapi', 'swagger-v3.json');
const present = process.env.BRIDGE_REFERENCE !== undefined && existsSync(file);
if (!present) console.error('scopes are not compared: BRIDGE_REFERENCE names no folder with Jira’s OpenAPI document');

interface Operation {
  readonly 'x-atlassian-oauth2-scopes'?: readonly { readonly state: string; readonly scopes: readonly string[] }[];
}

/** What the product and the stand-in know of; the document's other 500 operations are nobody's business here. */
const known =
  /^\/rest\/api\/3\/(serverInfo|permissions(\/check|\/project)?|statuses|statuses\/search|workflows|myself|user(\/bulk|\/search|\/assignable\/search)?|attachment\/(meta|content\/\{id\}|\{id\})|comment\/list|comment\/\{commentId\}\/properties(\/\{propertyKey\})?|field|field\/search|changelog\/bulkfetch|issue|issue\/bulk|issue\/bulkfetch|issue\/createmeta\/.*|issue\/\{issueIdOrKey\}(\/(assignee|attachments|changelog|changelog\/list|comment|comment\/\{id\}|editmeta|properties|properties\/\{propertyKey\}|remotelink|remotelink\/\{linkId\}|transitions))?|issuetype|issuetype\/\{id\}|jql\/match|jql\/parse|mypermissions|priority|project\/search|project\/\{projectIdOrKey\}|project\/\{projectIdOrKey\}\/statuses|resolution|search\/jql|search\/approximate-count|status|status\/\{idOrName\}|statuscategory)$/;

describe.skipIf(!present)('the scope that Atlassian documents (BRIDGE_REFERENCE)', () => {
  const { paths } = (present ? JSON.parse(readFileSync(file, 'utf8')) : { paths: {} }) as {
    paths: Record<string, Record<string, Operation>>;
  };
  const operations = Object.entries(paths)
    .filter(([path]) => known.test(path))
    .flatMap(([path, item]) => Object.keys(item).map(method => [method.toUpperCase(), path] as const))
    .filter(([method]) => /^(GET|POST|PUT|DELETE)$/.test(method));

  it('is asked for each operation that the stand-in has', () => {
    const wrong = operations.flatMap(([method, path]) => {
      const documented = paths[path]?.[method.toLowerCase()]?.['x-atlassian-oauth2-scopes'] ?? [];
      // Administration has scopes that the app has no use for; that they are not its own is what matters.
      const wanted = documented.find(({ state }) => state === 'Current')?.scopes[0]?.replace(/^manage:.*/, 'manage');
      const ours = scopeOf(method, path.replace(/\{\w+\}/g, 'x'))?.replace(/^manage:.*/, 'manage');
      return documented.length === 0 || wanted === ours ? [] : [`${method} ${path}: ${ours}, documented ${wanted}`];
    });
    expect(wrong).toEqual([]);
    expect(operations.length).toBeGreaterThan(60);
  });
});
