/** What ends a test early: a step that cannot be done, or that one of the systems refuses. */
export class Impossible extends Error {}

/** What Jira said to a step of a test. */
export class JiraRefusal extends Error {}
