/** The Smart Connected Items (I-6): filter, sort, and a row for each; on a narrow page each row is a card. */
import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { useDeferredValue, useState } from 'react';
import type { ItemSummary, ItemsTable as Table } from '../../bridge/contract.ts';
import type { Call } from '../../bridge/use-call.ts';
import { Failure, useDoing } from '../../parts/failure.tsx';
import { tell } from '../../parts/flags.ts';
import { RefreshIcon } from '../../parts/icons.ts';
import type { Router } from '../../parts/router.ts';
import { call } from '../call.ts';
import { DeleteItem } from './delete-item.tsx';
import { ItemRow } from './item-row.tsx';
import { NoItems } from './no-items.tsx';
import { modeNames, searchText, type Trouble, troubleOf } from './words.ts';
import './items.css';

interface ItemsTableProps {
  readonly router: Router;
  readonly table: Call<Table>;
  readonly connected: boolean;
  readonly onChange: () => Promise<void>;
}

interface Column {
  readonly key: string;
  readonly title: string;
  readonly sort?: (item: ItemSummary) => string | number;
  /** A narrow one of the five indicators. */
  readonly indicator?: true;
}

const urgency: Readonly<Record<Trouble, number>> = { attention: 0, well: 1, paused: 2 };

export const columns: readonly Column[] = [
  { key: 'name', title: 'Name', sort: item => item.name.toLowerCase() },
  { key: 'mode', title: 'Sync mode', sort: item => modeNames[item.mode] },
  { key: 'scope', title: 'Jira scope', sort: item => item.projects.join() },
  { key: 'type', title: 'Issue type', sort: item => item.issueType ?? '' },
  { key: 'source', title: 'Salesforce source', sort: item => `${item.module} ${item.objectLabel}` },
  { key: 'fields', title: 'Fields / mappings' },
  { key: 'create', title: 'Auto-create', indicator: true },
  { key: 'comments', title: 'Comments', indicator: true },
  { key: 'attachments', title: 'Attachments', indicator: true },
  { key: 'status', title: 'Status', indicator: true },
  { key: 'associations', title: 'Associations', indicator: true },
  {
    key: 'latest',
    title: 'Latest sync',
    sort: item => `${urgency[troubleOf(item)]} ${String(1e14 - (item.latest?.at ?? 0)).padStart(16, '0')}`,
  },
];

const filters: readonly (readonly [Trouble | 'all', string])[] = [
  ['all', 'All'],
  ['attention', 'Attention required'],
  ['paused', 'Paused'],
];

export function ItemsTable({ router, table, connected, onChange }: ItemsTableProps) {
  const [typed, setTyped] = useState('');
  const [only, setOnly] = useState<Trouble | 'all'>('all');
  const [sorting, setSorting] = useState({ key: 'name', down: false });
  const [deleting, setDeleting] = useState<{ readonly item: ItemSummary; readonly version: number }>();
  const doing = useDoing();
  const wanted = useDeferredValue(typed).trim().toLowerCase();

  if (table.value === undefined)
    return table.error === undefined ? <div className="skeleton" style={{ blockSize: 220 }} /> : null;
  const { items, allPaused, version } = table.value;
  if (items.length === 0) return <NoItems connected={connected} onChoose={kind => router.go('new', { kind })} />;

  const shown = items
    .filter(item => (only === 'all' || troubleOf(item) === only) && searchText(item).includes(wanted))
    .sort(order(sorting.key, sorting.down));

  const pause = (item: ItemSummary | undefined, rest: boolean) =>
    doing.run(async () => {
      await call(rest ? 'items.pause' : 'items.resume', item === undefined ? {} : { itemId: item.id });
      const what = item === undefined ? 'All items' : item.name;
      if (rest) tell(`${what} paused`, 'Changes are remembered, and made up for when you resume.', 'info');
      else tell(`${what} resumed`, 'What changed meanwhile is looked at now.');
      await onChange();
    });

  return (
    <section className="items" aria-label="Smart Connected Items">
      <div className="toolbar">
        <div className="filter">
          <Textfield
            isCompact
            aria-label="Filter items"
            placeholder="Filter by name, project, object or field"
            value={typed}
            onChange={event => setTyped(event.currentTarget.value)}
          />
        </div>
        <fieldset className="segments">
          <legend className="hidden">Show</legend>
          {filters.map(([key, name]) => {
            const count = key === 'all' ? items.length : items.filter(item => troubleOf(item) === key).length;
            return (
              <button key={key} type="button" aria-pressed={only === key} onClick={() => setOnly(key)}>
                {name} <span className="subtle">{count}</span>
              </button>
            );
          })}
        </fieldset>
        <label className="inline-field sort-pick">
          Sort by{' '}
          <select value={sorting.key} onChange={event => setSorting({ key: event.target.value, down: false })}>
            {columns.map(
              ({ key, title, sort }) =>
                sort && (
                  <option key={key} value={key}>
                    {title}
                  </option>
                ),
            )}
          </select>
        </label>
        <span className="grow" />
        <Button spacing="compact" appearance="subtle" onClick={() => router.go('edit')}>
          Edit as code
        </Button>
        <Button spacing="compact" isLoading={doing.busy} onClick={() => void pause(undefined, !allPaused)}>
          {allPaused ? 'Resume all' : 'Pause all'}
        </Button>
        <button
          type="button"
          className="icon-button"
          aria-label="Refresh the list"
          aria-busy={table.running}
          onClick={() => void onChange()}
        >
          <RefreshIcon label="" />
        </button>
      </div>
      <Failure error={doing.failure} />
      <table className="items-table">
        <caption className="hidden">Smart Connected Items</caption>
        <thead>
          <tr>
            {columns.map(column => (
              <Head
                key={column.key}
                column={column}
                sorting={sorting}
                onSort={() => setSorting({ key: column.key, down: sorting.key === column.key && !sorting.down })}
              />
            ))}
            <th scope="col">
              <span className="hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(item => (
            <ItemRow
              key={item.id}
              item={item}
              allPaused={allPaused}
              onEdit={() => router.go('edit', { item: item.id })}
              onPause={rest => void pause(item, rest)}
              onHistory={() => router.go('runs', { item: item.id })}
              onVersions={() => router.go('versions', { item: item.id })}
              onDelete={() => setDeleting({ item, version })}
            />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && (
        <p className="nothing subtle">
          No item matches.{' '}
          <button
            type="button"
            className="plain-link"
            onClick={() => {
              setTyped('');
              setOnly('all');
            }}
          >
            Show all {items.length}
          </button>
        </p>
      )}
      {deleting && (
        <DeleteItem
          item={deleting.item}
          version={deleting.version}
          onClose={() => setDeleting(undefined)}
          onDeleted={onChange}
        />
      )}
    </section>
  );
}

interface HeadProps {
  readonly column: Column;
  readonly sorting: { readonly key: string; readonly down: boolean };
  onSort(): void;
}

function Head({ column, sorting, onSort }: HeadProps) {
  const here = sorting.key === column.key;
  const className = column.indicator ? 'indicator' : undefined;
  if (column.sort === undefined)
    return (
      <th scope="col" className={className}>
        {column.title}
      </th>
    );
  return (
    <th scope="col" className={className} aria-sort={here ? (sorting.down ? 'descending' : 'ascending') : 'none'}>
      <button type="button" onClick={onSort}>
        {column.title}
        <span aria-hidden className="sort-mark">
          {here ? (sorting.down ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  );
}

function order(key: string, down: boolean): (a: ItemSummary, b: ItemSummary) => number {
  const value = columns.find(column => column.key === key)?.sort ?? (item => item.name.toLowerCase());
  return (a, b) => {
    const [left, right] = [value(a), value(b)];
    const way = left < right ? -1 : left > right ? 1 : a.id < b.id ? -1 : 1;
    return down ? -way : way;
  };
}
