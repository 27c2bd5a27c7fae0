/**
 * One item whose fields hand a value on: `F0 -> J0`, `J0 -> F1`, `F1 -> J1`, … Whoever follows who writes
 * what walks the whole length, and must not need the stack for it.
 */
import type { Metadata } from '../../compiler/metadata/model.ts';
import { issueType, jiraField, object, salesforceField } from './world.ts';

export function chain(links: number): { readonly text: string; readonly metadata: Metadata } {
  const half = Array.from({ length: Math.ceil(links / 2) }, (_, n) => n);
  const names = half.map(n => `customfield_${20_000 + n}`);
  const lines = half.map(
    n => `    F${n}__c -> customfield_${20_000 + n}\n    F${n + 1}__c <- customfield_${20_000 + n}`,
  );
  return {
    text: `item chain "Chain" {\n  salesforce Chain__c\n  jira CHN / "Task"\n  sync custom\n\n  fields {\n    Subject__c -> summary\n${lines.join('\n')}\n  }\n}\n`,
    metadata: {
      salesforce: {
        apiVersion: '67.0',
        objects: [
          object('Chain__c', 'Chain', [
            salesforceField('Subject__c', 'string'),
            ...[...half, half.length].map(n => salesforceField(`F${n}__c`, 'string')),
          ]),
        ],
      },
      jira: {
        projects: [
          {
            id: '1',
            key: 'CHN',
            name: 'Chain',
            type: 'software',
            issueTypes: [issueType('1', 'Task', ['summary', ...names])],
          },
        ],
        fields: [jiraField('summary', 'Summary', 'text'), ...names.map(id => jiraField(id, id, 'text'))],
        statuses: [{ id: '1', name: 'To Do', category: 'new' }],
      },
    },
  };
}
