/**
 * How Jira says no. Everything that refuses throws a `JiraError`; the app turns it into Jira's
 * `ErrorCollection`. A `FieldProblem` is one field's complaint, collected with those of the others.
 */

export interface ErrorCollection {
  readonly errorMessages: readonly string[];
  readonly errors: Readonly<Record<string, string>>;
}

export class JiraError extends Error {
  readonly status: number;
  readonly collection: ErrorCollection;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, collection: ErrorCollection, headers: Readonly<Record<string, string>> = {}) {
    super([...collection.errorMessages, ...Object.values(collection.errors)].join(' '));
    this.name = 'JiraError';
    this.status = status;
    this.collection = collection;
    this.headers = headers;
  }
}

export const refusal = (status: number, ...errorMessages: readonly string[]): JiraError =>
  new JiraError(status, { errorMessages, errors: {} });

export const fieldRefusal = (errors: Readonly<Record<string, string>>): JiraError =>
  new JiraError(400, { errorMessages: [], errors });

export class FieldProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FieldProblem';
  }
}

/** The texts that several routes share, as a live site words them. */
export const texts = {
  unauthenticated: 'Client must be authenticated to access this resource.',
  noIssue: 'Issue does not exist or you do not have permission to see it.',
  badJson: 'There was an error parsing JSON. Check that your request body is valid.',
  badPayload: 'Invalid request payload. Refer to the REST API documentation and try again.',
  notSettable: (id: string) => `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`,
  notAdf: 'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
  notString: 'Operation value must be a string',
  notNumber: 'Operation value must be a number',
  notArray: 'data was not an array',
  tooLong: 'The entered text is too long. It exceeds the allowed limit of 32,767 characters.',
  searchRemoved:
    'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046',
} as const;
