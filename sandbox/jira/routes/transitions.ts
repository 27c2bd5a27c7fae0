/** Moves: which are offered to this caller now, and taking one. */
import { callerOf, type RouteSet, withoutParameters } from '../app.ts';
import { addComment } from '../commenting.ts';
import { bodyOf, findIssue } from '../context.ts';
import { listParameter, transitionShape } from '../issue-shape.ts';
import { offeredTransitions, transitionIssue } from '../writing.ts';

export const transitionRoutes: RouteSet = (routes, jira) => {
  routes.get('/rest/api/3/issue/:issue/transitions', call => {
    withoutParameters(call, 'includeUnavailableTransitions');
    const caller = callerOf(call);
    const issue = findIssue(jira, caller, call.req.param('issue'));
    const withFields = listParameter(call.req.queries('expand')).includes('transitions.fields');
    const only = call.req.query('transitionId');
    const offered = offeredTransitions(jira, caller, issue).filter(item => only === undefined || item.id === only);
    return call.json({
      expand: 'transitions',
      transitions: offered.map(item => transitionShape(jira, issue, item, withFields)),
    });
  });

  routes.post('/rest/api/3/issue/:issue/transitions', async call => {
    const caller = callerOf(call);
    const issue = findIssue(jira, caller, call.req.param('issue'));
    const { comments } = transitionIssue(jira, caller, issue, await bodyOf(call.req.raw));
    for (const comment of comments) addComment(jira, caller, jira.state.issue(issue.id)!, comment);
    return call.body(null, 204);
  });
};
