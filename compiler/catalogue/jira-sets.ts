/** Fields that Jira sets itself, whatever their type says. */
const own: ReadonlySet<string> = new Set([
  'created',
  'updated',
  'creator',
  'project',
  'issuetype',
  'resolutiondate',
  'statuscategorychangedate',
  'lastViewed',
  'votes',
  'watches',
  'workratio',
]);

export const jiraSets = (fieldId: string): boolean => own.has(fieldId);
