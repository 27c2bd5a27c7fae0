/** Items in an admin's words. */
import type { ItemSummary, Mode, RunCounts } from '../../bridge/contract.ts';

export const modeNames: Readonly<Record<Mode, string>> = {
  'display-only': 'Display only',
  'one-way': 'One-way',
  'two-way': 'Two-way',
  custom: 'Custom per mapping',
};

export const arrows = { salesforce: '→', jira: '←', both: '↔' } as const;
export const ownerNames = { salesforce: 'Salesforce owns', jira: 'JSM owns', both: 'Both own' } as const;

export const createNames = { off: 'Off', matching: 'Records that match the rule', all: 'All new records' } as const;

/** `2 created, 5 updated`; what did not work comes first. */
export function countsText(counts: RunCounts): string {
  const order = ['failed', 'blocked', 'created', 'updated', 'moved', 'pushed', 'skipped'] as const;
  const parts = order.filter(key => counts[key] > 0).map(key => `${counts[key]} ${key}`);
  return parts.length === 0 ? 'Nothing had changed' : parts.join(', ');
}

export type Trouble = 'attention' | 'paused' | 'well';
export const troubleOf = ({ attention, paused }: ItemSummary): Trouble =>
  attention > 0 ? 'attention' : paused ? 'paused' : 'well';

/** What a filter looks through. */
export const searchText = (item: ItemSummary): string =>
  [
    item.id,
    item.name,
    modeNames[item.mode],
    ...item.projects,
    item.issueType ?? '',
    item.object,
    item.objectLabel,
    item.module,
    ...item.mappings.flatMap(({ from, to }) => [from, to]),
    ...item.shows,
  ]
    .join('\n')
    .toLowerCase();
