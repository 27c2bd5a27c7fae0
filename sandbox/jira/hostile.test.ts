import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contractOfThisFile } from './test-kit.ts';

const makeJira = contractOfThisFile('answers');

/** JSON that keeps close to what the routes look for, so that it gets far before it is wrong. */
const words = fc.constantFrom(
  'fields',
  'update',
  'properties',
  'transition',
  'project',
  'issuetype',
  'summary',
  'description',
  'labels',
  'priority',
  'assignee',
  'comment',
  'add',
  'set',
  'remove',
  'id',
  'key',
  'name',
  'value',
  'child',
  'accountId',
  'body',
  'type',
  'content',
  'customfield_10045',
  'customfield_10046',
  'customfield_10049',
  'customfield_10051',
  'jql',
  'issueIdsOrKeys',
  'ids',
  'visibility',
  'parentId',
  'object',
  'url',
  'title',
  'globalId',
  'issueUpdates',
  'globalPermissions',
  'projectPermissions',
  'permissions',
  'projects',
  'issues',
  'workflowNames',
  'workflowIds',
  'projectAndIssueTypes',
  'projectId',
  'issueTypeId',
  '__proto__',
  'constructor',
  'toString',
);
const hostile = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, true, 0, -1, 1.5, '', 'SUP', 'Incident', '41', 'doc', '10101', '\u0000', 'x'.repeat(40_000)),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('value'), { maxLength: 3 }),
  object: fc.dictionary(words, tie('value'), { maxKeys: 6 }),
})).value;

const routes = [
  ['POST', '/issue'],
  ['POST', '/issue/bulk'],
  ['POST', '/issue/bulkfetch'],
  ['POST', '/changelog/bulkfetch'],
  ['PUT', '/issue/SUP-1'],
  ['PUT', '/issue/SUP-1/assignee'],
  ['POST', '/issue/SUP-1/transitions'],
  ['POST', '/issue/SUP-1/comment'],
  ['POST', '/comment/list'],
  ['PUT', '/issue/SUP-1/properties/k'],
  ['POST', '/issue/SUP-1/remotelink'],
  ['POST', '/search/jql'],
  ['POST', '/jql/match'],
  ['POST', '/permissions/check'],
  ['POST', '/workflows'],
] as const;

describe('whatever is sent', () => {
  it.each(routes)('%s %s answers it without failing itself', async (method, path) => {
    const jira = makeJira({ empty: false });
    await fc.assert(
      fc.asyncProperty(hostile, async body => {
        const { status, body: answer } = await jira.call('admin', method, path, body);
        expect({ status, answer }).not.toMatchObject({ status: 500 });
      }),
      { numRuns: 100 },
    );
  });

  it('JQL of any text is answered or refused, never failed', async () => {
    const jira = makeJira({ empty: false });
    const piece = fc.constantFrom(
      'project',
      'key',
      'status',
      '=',
      '!=',
      'in',
      '(',
      ')',
      '"',
      "'",
      '~',
      'AND',
      'OR',
      'NOT',
      'is',
      'EMPTY',
      'order by',
      ',',
      '-5m',
      'SUP',
      'issue.property[',
      '].a',
      'cf[10040]',
      'now()',
      '\\',
      '%',
      '>',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 8 }), async pieces => {
        const { status, body } = await jira.call('admin', 'POST', '/search/jql', { jql: pieces.join(' ') });
        expect([200, 400, 501], JSON.stringify(body)).toContain(status);
      }),
      { numRuns: 150 },
    );
  });
});
