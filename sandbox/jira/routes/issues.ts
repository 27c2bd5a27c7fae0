/** Issues: create, read, edit, delete, in bulk and one by one; their changelog and what may be edited. */
import { callerOf, count, pageOf, type RouteSet } from '../app.ts';
import { addComment } from '../commenting.ts';
import { asText, bodyOf, findIssue, isRecord, type Jira, lookUp, saveIssue } from '../context.ts';
import { fieldRefusal, JiraError, refusal, texts } from '../errors.ts';
import { issueDeleted } from '../events.ts';
import {
  editFields,
  editScreen,
  historyShape,
  issueRef,
  issueShape,
  listParameter,
  readSelection,
} from '../issue-shape.ts';
import type { Issue, User } from '../model.ts';
import { readProperties } from '../properties.ts';
import { applyValues, type Created, createIssue, readChanges } from '../writing.ts';

export const issueRoutes: RouteSet = (routes, jira) => {
  routes.post('/rest/api/3/issue', async call => {
    const created = createIssue(jira, callerOf(call), await bodyOf(call.req.raw));
    return call.json(createdShape(jira, created), 201);
  });

  routes.post('/rest/api/3/issue/bulk', async call => {
    const { issueUpdates } = await bodyOf(call.req.raw);
    if (!Array.isArray(issueUpdates) || issueUpdates.length === 0) throw refusal(400, texts.badPayload);
    if (issueUpdates.length > 50) throw refusal(400, 'The maximum number of issues that can be created in bulk is 50.');
    const issues: unknown[] = [];
    const errors: unknown[] = [];
    issueUpdates.forEach((update, failedElementNumber) => {
      try {
        if (!isRecord(update)) throw fieldRefusal({ project: 'Specify a valid project ID or key' });
        issues.push(createdShape(jira, createIssue(jira, callerOf(call), update)));
      } catch (error) {
        if (!(error instanceof JiraError)) throw error;
        errors.push({ status: error.status, elementErrors: error.collection, failedElementNumber });
      }
    });
    return call.json({ issues, errors }, issues.length > 0 ? 201 : 400);
  });

  routes.post('/rest/api/3/issue/bulkfetch', async call => {
    const body = await bodyOf(call.req.raw, ['issueIdsOrKeys', 'fields', 'expand', 'properties', 'fieldsByKeys']);
    const wanted = idsOrKeys(body.issueIdsOrKeys);
    if (wanted.length === 0) throw refusal(400, 'The issueIdsOrKeys parameter must not be empty.');
    if (wanted.length > 100) throw refusal(400, 'The maximum number of issues that can be fetched is 100.');
    const selection = readSelection(body, listParameter(Array.isArray(body.expand) ? body.expand.map(asText) : []));
    if (selection.properties.length > 5) throw refusal(400, 'A maximum of 5 issue property keys can be specified.');
    const issues = visibleIssues(jira, callerOf(call), wanted);
    count(call, 'objects', issues.length);
    return call.json({
      issues: issues.map(issue => issueShape(jira, issue, callerOf(call), selection, '*navigable')),
      issueErrors: [],
    });
  });

  routes.post('/rest/api/3/changelog/bulkfetch', async call => {
    const body = await bodyOf(call.req.raw, ['issueIdsOrKeys', 'fieldIds', 'maxResults', 'nextPageToken']);
    const wanted = idsOrKeys(body.issueIdsOrKeys);
    if (wanted.length === 0 || wanted.length > 1000)
      throw refusal(400, 'issueIdsOrKeys must have between 1 and 1000 entries.');
    const fieldIds = Array.isArray(body.fieldIds) ? body.fieldIds.map(asText) : [];
    if (fieldIds.length > 10) throw refusal(400, 'fieldIds must have at most 10 entries.');
    const most = typeof body.maxResults === 'number' ? body.maxResults : 1000;
    if (!Number.isInteger(most) || most < 1 || most > 10_000)
      throw refusal(400, 'maxResults must be between 1 and 10000.');
    const from = readOffset(body.nextPageToken);
    const all = visibleIssues(jira, callerOf(call), wanted).flatMap(issue =>
      jira.state.histories(issue.id).flatMap(history => {
        const items =
          fieldIds.length === 0 ? history.items : history.items.filter(item => fieldIds.includes(item.fieldId));
        return items.length === 0 ? [] : [{ issueId: issue.id, history: { ...history, items } }];
      }),
    );
    const page = all.slice(from, from + most);
    const byIssue = Map.groupBy(page, entry => entry.issueId);
    return call.json({
      issueChangeLogs: [...byIssue].map(([issueId, entries]) => ({
        issueId,
        changeHistories: entries.map(entry => historyShape(jira, entry.history, callerOf(call))),
      })),
      ...(from + page.length < all.length ? { nextPageToken: offsetToken(from + page.length) } : {}),
    });
  });

  routes.get('/rest/api/3/issue/:issue/changelog', call => {
    const issue = findIssue(jira, callerOf(call), call.req.param('issue'));
    return call.json(
      pageOf(call, jira.state.histories(issue.id), history => historyShape(jira, history, callerOf(call)), 100),
    );
  });

  routes.post('/rest/api/3/issue/:issue/changelog/list', async call => {
    const issue = findIssue(jira, callerOf(call), call.req.param('issue'));
    const { changelogIds } = await bodyOf(call.req.raw);
    if (!Array.isArray(changelogIds)) throw refusal(400, texts.badPayload);
    const wanted = new Set(changelogIds.map(asText));
    const histories = jira.state.histories(issue.id).filter(history => wanted.has(history.id));
    return call.json({
      startAt: 0,
      maxResults: histories.length,
      total: histories.length,
      histories: histories.map(history => historyShape(jira, history, callerOf(call))),
    });
  });

  routes.get('/rest/api/3/issue/:issue/editmeta', call => {
    const issue = findIssue(jira, callerOf(call), call.req.param('issue'));
    return call.json({ fields: editFields(jira, callerOf(call), issue) });
  });

  routes.put('/rest/api/3/issue/:issue/assignee', async call => {
    const caller = callerOf(call);
    const issue = findIssue(jira, caller, call.req.param('issue'));
    jira.access.require(
      caller,
      'ASSIGN_ISSUES',
      jira.world.projectOf(issue),
      'You do not have permission to assign issues in this project.',
    );
    const { accountId } = await bodyOf(call.req.raw);
    const fields = { assignee: accountId === null ? null : { accountId } };
    const screen = [{ field: 'assignee', required: false }];
    const { values } = readChanges(jira, caller, jira.world.projectOf(issue), screen, issue.values, { fields }, false);
    applyValues(jira, caller, issue, values);
    return call.body(null, 204);
  });

  routes.get('/rest/api/3/issue/:issue', call => {
    const issue = findIssue(jira, callerOf(call), call.req.param('issue'));
    count(call, 'objects', 1);
    const selection = {
      fields: listParameter(call.req.queries('fields')),
      expand: listParameter(call.req.queries('expand')),
      properties: listParameter(call.req.queries('properties')),
    };
    return call.json(issueShape(jira, issue, callerOf(call), selection, '*all'));
  });

  routes.put('/rest/api/3/issue/:issue', async call => {
    const caller = callerOf(call);
    const issue = findIssue(jira, caller, call.req.param('issue'));
    const changed = editIssue(jira, caller, issue, await bodyOf(call.req.raw));
    if (call.req.query('returnIssue') !== 'true') return call.body(null, 204);
    const expand = listParameter(call.req.queries('expand'));
    return call.json(issueShape(jira, changed, caller, { fields: [], expand, properties: [] }, '*all'));
  });

  routes.delete('/rest/api/3/issue/:issue', call => {
    const caller = callerOf(call);
    const issue = findIssue(jira, caller, call.req.param('issue'));
    const project = jira.world.projectOf(issue);
    jira.access.require(
      caller,
      'DELETE_ISSUES',
      project,
      'You do not have permission to delete issues in this project.',
    );
    jira.index.note(issue.id, issue, jira.now());
    jira.state.removeIssue(issue.id);
    jira.emit(issueDeleted(jira, caller, issue));
    return call.body(null, 204);
  });
};

function editIssue(jira: Jira, caller: User, issue: Issue, body: Record<string, unknown>): Issue {
  const project = jira.world.projectOf(issue);
  const onlyComments = isRecord(body.update) && Object.keys(body.update).every(id => id === 'comment') && !body.fields;
  if (!onlyComments) {
    jira.access.require(caller, 'EDIT_ISSUES', project, 'You do not have permission to edit issues in this project.');
  }
  const input = { fields: body.fields, update: body.update };
  const { values, comments } = readChanges(jira, caller, project, editScreen(jira, issue), issue.values, input, false);
  const properties = readProperties(body.properties);
  for (const comment of comments) addComment(jira, caller, issue, comment);
  const current = jira.state.issue(issue.id)!;
  if (Object.keys(properties).length > 0) {
    saveIssue(jira, { ...current, properties: { ...current.properties, ...properties } });
  }
  return applyValues(jira, caller, jira.state.issue(issue.id)!, values);
}

function createdShape(jira: Jira, { issue, transition }: Created): Record<string, unknown> {
  return {
    ...issueRef(jira, issue),
    ...(transition ? { transition: { status: transition.status, errorCollection: transition.errors } } : {}),
  };
}

const idsOrKeys = (value: unknown): readonly string[] => {
  if (!Array.isArray(value) || value.some(item => typeof item !== 'string')) throw refusal(400, texts.badPayload);
  return value;
};

/** In the order of their ids; what is not there or hidden is left out without a word. */
function visibleIssues(jira: Jira, caller: User, wanted: readonly string[]): readonly Issue[] {
  const found = new Map<string, Issue>();
  for (const idOrKey of wanted) {
    const issue = lookUp(jira, idOrKey);
    if (issue && jira.access.sees(caller, jira.world.projectOf(issue))) found.set(issue.id, issue);
  }
  return [...found.values()].sort((a, b) => Number(a.id) - Number(b.id));
}

const offsetToken = (offset: number): string => Buffer.from(JSON.stringify({ offset })).toString('base64url');

function readOffset(token: unknown): number {
  if (token === undefined || token === null) return 0;
  try {
    const { offset } = JSON.parse(Buffer.from(asText(token), 'base64url').toString()) as { offset: unknown };
    if (typeof offset === 'number') return offset;
  } catch {
    // Not one of ours: refused below.
  }
  throw refusal(400, 'The nextPageToken is invalid.');
}
