/** What the mode of an item forbids. */
import type { Definition } from '../../dsl/diagnostic.ts';
import { family } from '../../dsl/diagnostic.ts';

const inDisplayOnly = (clause: string, why: string, wrong: string, jira = 'jira SUP'): Definition<object> => ({
  severity: 'error',
  summary: `A display-only item has no ${clause}.`,
  message: () => `a display-only item cannot have ${article(clause)}`,
  reason: () => why,
  help: () => 'remove it, or choose another `sync` mode',
  example: { wrong: displayOnly(jira, wrong), right: displayOnly('jira SUP', '') },
});
const displayOnly = (jira: string, clause: string): string =>
  `${jira}\nsync display-only\nshow CaseNumber\n${clause}`.trimEnd();
const article = (clause: string) =>
  clause.endsWith('s') ? clause : `${/^`?[aeiou]/.test(clause) ? 'an' : 'a'} ${clause}`;
const neverWritten = 'it is linked by hand, shows the record, and writes nothing on either side';

export const modes = family({
  'wrong-arrow': {
    severity: 'error',
    summary: '`one-way` takes only `->` and `two-way` only `<->`.',
    message: ({ arrow, mode, right }: { arrow: string; mode: string; right: string }) =>
      `\`sync ${mode}\` takes only \`${right}\`, not \`${arrow}\``,
    help: ({ right }) => `write \`${right}\`, or make the item \`custom\`, where each mapping has an owner of its own`,
    example: {
      wrong: 'sync one-way\nfields { Subject <-> "Customer" }',
      right: 'sync one-way\nfields { Subject -> "Customer" }',
    },
  },
  'where-in-display-only': inDisplayOnly('`where` clause', neverWritten, 'where Origin is "Web"'),
  'create-in-display-only': inDisplayOnly('`create` clause', 'it is linked by hand only', 'create all'),
  'fields-in-display-only': inDisplayOnly(
    '`fields` block',
    'it writes nothing on either side; `show` names what it shows',
    'fields { Subject -> summary }',
  ),
  'new-issue-in-display-only': inDisplayOnly(
    '`new issue` block',
    'it never creates an issue',
    'new issue { labels = "vip" }',
  ),
  'status-in-display-only': inDisplayOnly('`status` clause', neverWritten, 'status Status'),
  'rule-in-display-only': inDisplayOnly(
    '`when` rule',
    'it never moves an issue',
    'when Origin is "Web" move to "Done"',
  ),
  'otherwise-in-display-only': inDisplayOnly('`otherwise` clause', 'it never moves an issue', 'otherwise leave'),
  'comments-in-display-only': inDisplayOnly('`comments` clause', neverWritten, 'comments on'),
  'attachments-in-display-only': inDisplayOnly('`attachments` clause', neverWritten, 'attachments on'),
  'issue-type-in-display-only': inDisplayOnly(
    'issue type',
    'its cards show on every issue of its projects',
    '',
    'jira SUP / "Incident"',
  ),
});
