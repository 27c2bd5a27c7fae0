/** Planted bugs of what is told, and to whom: the journal, the log and the panel. */
import { type Bug, bug } from './bug.ts';

export const told: readonly Bug[] = [
  bug(
    'what is erased is looked for in the list of links only',
    'A-5',
    'handlers/admin/data.ts',
    'const [issue] = await jira.issues([issueKey], []);',
    'const [issue] = [] as { readonly id: string }[]; void jira;',
    'an issue that was linked a moment ago is erased with its link',
  ),
  bug(
    'the journal is forgotten',
    'P10',
    'run/run.ts',
    'told.length === 0 ? before',
    'told.length >= 0 ? before',
    'an edit in Jira of what Salesforce owns is put back',
  ),
  bug(
    'a write has no line',
    'P10',
    'run/run.ts',
    'at: deps.clock.now(),\n        source:',
    "at: deps.clock.now(),\n        source: '' &&",
    'an edit in Jira of what Salesforce owns is put back',
  ),
  bug(
    'the token is logged',
    'P8',
    'handlers/deps.ts',
    'const http: Fetch = (url, init) => fetch(url, init);',
    'const http: Fetch = (url, init) => { console.error(JSON.stringify(init?.headers ?? {})); return fetch(url, init); };',
    'an edit in Jira of what Salesforce owns is put back',
  ),
  bug(
    'the panel asks nobody for the right to see',
    'P9',
    'handlers/panel.ts',
    'if (!needed.every(permission => held.has(permission)))',
    'if (needed.length === 0)',
    'who may not see an issue is not shown its record',
  ),
  bug(
    'all accounts surround a record',
    'P9',
    'handlers/panel/associations.ts',
    'label: labelOf(field), where: `Id = ',
    'label: labelOf(field), where: `Id > ',
    'around a record its own account is shown, to who may see the issue',
  ),
];
