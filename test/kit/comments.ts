/** What scenarios about comments look at: what stands on either side, and how it is edited there. */
import { paragraphs, type Scenario } from './scenario.ts';

export interface CaseComment {
  readonly Id: string;
  readonly CommentBody: string;
  readonly IsPublished: boolean;
}

/** Of a comment in a service project that customers do not see. */
export const internal = { properties: [{ key: 'sd.public.comment', value: { internal: true } }] };

/** Takes the scenario when it is needed, since tests open it first. */
export function commentsIn(scenario: () => Scenario) {
  /** Without the note about the link. */
  const caseComments = async (record: string) =>
    (
      await scenario().rows<CaseComment>(
        `SELECT Id, CommentBody, IsPublished FROM CaseComment WHERE ParentId = '${record}' ORDER BY CreatedDate, Id`,
      )
    ).filter(({ CommentBody }) => !CommentBody.startsWith('[Salesforce Bridge for Jira] Jira link note'));
  return {
    caseComments,
    texts: async (issue: string) => (await scenario().comments(issue)).map(({ text }) => text),
    bodies: async (record: string) =>
      (await caseComments(record)).map(({ CommentBody }) => CommentBody.replaceAll('\r\n', '\n')),
    edit: (issue: string, id: string, text: string, role = 'agent', more = {}) =>
      scenario().outside.jira(role, 'PUT', `/rest/api/3/issue/${issue}/comment/${id}`, {
        body: paragraphs(text),
        ...more,
      }),
  };
}
