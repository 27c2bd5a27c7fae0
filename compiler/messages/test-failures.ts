/**
 * What a test that fails says: findings like any other, so that every format of reports can carry them and `bridge
 * explain` can tell of them. `bridge test` makes them, and no check.
 */
import { defineDiagnostics } from '../../dsl/diagnostic.ts';

interface Told {
  /** What was written and why, or why nothing was. */
  readonly told: string | undefined;
  readonly hint?: string | undefined;
}
const why = ({ told }: Told): string | undefined => told;
const help = ({ hint }: Told): string | undefined => hint;

export const sideNames = { salesforce: 'Salesforce', jira: 'Jira' } as const;

export const testDiagnostics = defineDiagnostics({
  'expected-value': {
    severity: 'error',
    summary:
      'A field has another value than the test expects. Under it stands what the bridge wrote last and why, or why it wrote nothing.',
    message: ({ field, actual, expected }: Told & { field: string; actual: string; expected: string }) =>
      `\`${field}\` is ${actual}, and the test expects ${expected}`,
    reason: why,
    help,
  },
  'expected-creation': {
    severity: 'error',
    summary:
      'The test expects an issue to be created and none was, or the other way round: `create`, `where` and the rule decide it.',
    message: ({ issue }: Told & { issue: string | undefined }) =>
      issue === undefined ? 'no issue was created' : `${issue} was created, and the test expects none`,
    reason: why,
    help,
  },
  'expected-writes': {
    severity: 'error',
    summary:
      'More or fewer fields were written to a side than the test expects. A status counts as one; notes, markers, comments and files do not.',
    message: ({ side, count, expected }: Told & { side: string; count: number; expected: number }) =>
      `${count === 1 ? '1 write' : `${count} writes`} to ${side}, and the test expects ${expected}`,
    reason: why,
    help,
  },
  'expected-issue': {
    severity: 'error',
    summary: 'The test looks at a field of the issue, and there is no issue at that time.',
    message: ({ field }: Told & { field: string }) => `there is no issue that \`${field}\` could be looked up on`,
    reason: why,
    help,
  },
  'impossible-step': {
    severity: 'error',
    summary:
      'A step of a test cannot be carried out: one of the systems refuses it as it would refuse a person, or there is nothing to edit yet.',
    message: ({ what }: Told & { what: string }) => `this step could not be carried out: ${what}`,
    reason: why,
    help,
  },
});
