/** The Smart Connected Items with every column of the guide (I-6), and what each row can do. */
import Button from '@atlaskit/button';
import DynamicTable from '@atlaskit/dynamic-table';
import Heading from '@atlaskit/heading';
import Lozenge from '@atlaskit/lozenge';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { ItemSummary, RunCounts } from '../bridge/contract.ts';
import type { AppError } from '../bridge/invoke.ts';
import type { Call } from '../bridge/use-call.ts';
import { call } from './call.ts';

interface ItemsTableProps {
  readonly items: Call<readonly ItemSummary[]>;
  readonly connected: boolean;
  readonly onRefresh: () => Promise<void>;
}

const modes: Readonly<Record<ItemSummary['mode'], string>> = {
  'display-only': 'Display only',
  'one-way': 'One-way',
  'two-way': 'Two-way',
  custom: 'Custom per mapping',
};
const arrows = { salesforce: '→', jira: '←', both: '↔' } as const;

const head = {
  cells: [
    ['name', 'Name'],
    ['mode', 'Sync mode'],
    ['scope', 'Jira scope'],
    ['type', 'Issue type'],
    ['source', 'Salesforce source'],
    ['fields', 'Fields'],
    ['features', 'Features'],
    ['latest', 'Latest sync'],
    ['actions', ''],
  ].map(([key, content]) => ({ key: key!, content, isSortable: ['name', 'mode', 'scope', 'source'].includes(key!) })),
};

export function ItemsTable({ items, connected, onRefresh }: ItemsTableProps) {
  const [failure, setFailure] = useState<string>();
  const toggle = async (item: ItemSummary) => {
    setFailure(undefined);
    try {
      await call(item.paused ? 'items.resume' : 'items.pause', { itemId: item.id });
    } catch (error) {
      setFailure((error as AppError).message);
    }
    await onRefresh();
  };

  return (
    <section className="admin-card" aria-label="Smart Connected Items">
      <div className="admin-card-head">
        <Heading size="medium" as="h2">
          Smart Connected Items
        </Heading>
        <Button onClick={() => void onRefresh()} isDisabled={items.running}>
          Refresh
        </Button>
      </div>
      {(failure ?? items.error?.message) && (
        <SectionMessage appearance="error">
          <p>{failure ?? items.error?.message}</p>
        </SectionMessage>
      )}
      <div className="admin-scroll">
        <DynamicTable
          label="Smart Connected Items"
          head={head}
          isLoading={items.value === undefined && items.running}
          defaultSortKey="name"
          defaultSortOrder="ASC"
          emptyView={
            <p className="admin-subtle">
              {connected
                ? 'No item yet. An item says which Salesforce records become which Jira issues.'
                : 'Connect Salesforce first; then items can be checked against your org.'}
            </p>
          }
          rows={(items.value ?? []).map(item => ({
            key: item.id,
            cells: [
              { key: item.name, content: item.name },
              { key: item.mode, content: modes[item.mode] },
              { key: item.projects.join(), content: item.projects.join(', ') },
              { key: item.issueType ?? '', content: item.issueType ?? '–' },
              { key: item.objectLabel, content: item.objectLabel },
              { key: 'fields', content: <Mappings item={item} /> },
              { key: 'features', content: <Features item={item} /> },
              { key: 'latest', content: <Latest item={item} /> },
              {
                key: 'actions',
                content: (
                  <Button spacing="compact" onClick={() => void toggle(item)}>
                    {item.paused ? 'Resume' : 'Pause'}
                  </Button>
                ),
              },
            ],
          }))}
        />
      </div>
    </section>
  );
}

function Mappings({ item }: { readonly item: ItemSummary }) {
  return (
    <>
      {item.mappings.map(({ from, to, owner }) => (
        <div key={to}>
          {from} {arrows[owner]} {to}
        </div>
      ))}
      {item.conditionalStatus && <div className="admin-subtle">Status by rule</div>}
      {item.mappings.length === 0 && !item.conditionalStatus && '–'}
    </>
  );
}

function Features({ item }: { readonly item: ItemSummary }) {
  const on = [
    item.create === 'off' ? undefined : `Auto-create (${item.create})`,
    item.comments ? 'Comments' : undefined,
    item.attachments ? 'Attachments' : undefined,
    item.status ? 'Status' : undefined,
    item.associations ? 'Associations' : undefined,
  ].filter(name => name !== undefined);
  return on.length === 0 ? '–' : on.map(name => <div key={name}>{name}</div>);
}

function Latest({ item }: { readonly item: ItemSummary }) {
  if (item.paused) return <Lozenge appearance="default">Paused</Lozenge>;
  if (item.attention > 0)
    return (
      <>
        <Lozenge appearance="removed">Attention required</Lozenge>
        <div className="admin-subtle">{item.attentionReason}</div>
      </>
    );
  if (item.mode === 'display-only') return <Lozenge>Display only</Lozenge>;
  if (item.latest === null) return <Lozenge>Waiting</Lozenge>;
  return (
    <>
      <div>{countsText(item.latest.counts)}</div>
      <div className="admin-subtle">{new Date(item.latest.at).toLocaleString()}</div>
    </>
  );
}

function countsText(counts: RunCounts): string {
  const parts = (['created', 'updated', 'moved', 'pushed', 'blocked', 'failed'] as const)
    .filter(key => counts[key] > 0)
    .map(key => `${counts[key]} ${key}`);
  return parts.length === 0 ? 'Nothing had changed' : parts.join(', ');
}
