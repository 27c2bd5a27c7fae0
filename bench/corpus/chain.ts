/**
 * Items whose fields hand a value on: `F0 -> J0`, `J0 -> F1`, `F1 -> J1`, … Whoever follows who writes what walks
 * the whole length, and must not need the stack for it. The references can be one chain or several shorter ones.
 */
import type { Metadata } from '../../compiler/metadata/model.ts';
import { issueType, jiraField, object, salesforceField } from './world.ts';

export function chain(links: number, items = 1): { readonly text: string; readonly metadata: Metadata } {
  const half = Array.from({ length: Math.ceil(links / items / 2) }, (_, n) => n);
  const idOf = (item: number, n: number) => `customfield_${20_000 + item * half.length + n}`;
  const chains = Array.from({ length: items }, (_, item) => ({
    object: `Chain_${item}__c`,
    type: `Task ${item}`,
    ids: half.map(n => idOf(item, n)),
  }));
  const blocks = chains.map(({ object: name, type, ids }, item) => {
    const lines = ids.map((id, n) => `    F${n}__c -> ${id}\n    F${n + 1}__c <- ${id}`);
    return `item chain-${item} "Chain ${item}" {\n  salesforce ${name}\n  jira CHN / "${type}"\n  sync custom\n\n  fields {\n    Subject__c -> summary\n${lines.join('\n')}\n  }\n}\n`;
  });
  return {
    text: blocks.join('\n'),
    metadata: {
      salesforce: {
        apiVersion: '67.0',
        objects: chains.map(({ object: name }) =>
          object(name, name, [
            salesforceField('Subject__c', 'string'),
            ...[...half, half.length].map(n => salesforceField(`F${n}__c`, 'string')),
          ]),
        ),
      },
      jira: {
        projects: [
          {
            id: '1',
            key: 'CHN',
            name: 'Chain',
            type: 'software',
            issueTypes: chains.map(({ type, ids }, item) => issueType(`${item + 1}`, type, ['summary', ...ids])),
          },
        ],
        fields: [
          jiraField('summary', 'Summary', 'text'),
          ...chains.flatMap(({ ids }) => ids.map(id => jiraField(id, id, 'text'))),
        ],
        statuses: [{ id: '1', name: 'To Do', category: 'new' }],
      },
    },
  };
}
