/**
 * The admin page's frame: what belongs to all of it (connection, items, what waits for a person) is read once
 * here and looked at again while somebody watches; each place below the headline shows a part of it.
 */
import Button from '@atlaskit/button/new';

import Lozenge from '@atlaskit/lozenge';
import SectionMessage from '@atlaskit/section-message';
import Spinner from '@atlaskit/spinner';
import { lazy, Suspense } from 'react';
import { useCall } from '../bridge/use-call.ts';
import { NotRead } from '../parts/failure.tsx';
import { AddIcon } from '../parts/icons.ts';
import { OrgAddress } from '../parts/links.tsx';
import { useLive } from '../parts/live.ts';
import { Marked } from '../parts/marked.tsx';
import { type Router, useRouter } from '../parts/router.ts';
import { AttentionList } from './attention/attention-list.tsx';
import { call } from './call.ts';
import { ConnectionCard } from './connection/connection-card.tsx';
import { Activity } from './history/activity.tsx';
import { Runs } from './history/runs.tsx';
import { ItemsTable } from './items/items-table.tsx';

// The editor, and Monaco within it, come when an editor opens.
const ProgramPage = lazy(() => import('./program/program-page.tsx'));
const Data = lazy(() => import('./data/data.tsx'));
const Versions = lazy(() => import('./history/versions.tsx'));

/** As quick as a person notices, and far below what the platform counts. */
const lookAgainMs = 10_000;

const places = [
  ['items', 'Items'],
  ['runs', 'Run history'],
  ['versions', 'Versions'],
  ['activity', 'Activity'],
  ['data', 'Data and privacy'],
] as const;

export function AdminPage() {
  const router = useRouter();
  const connection = useCall(() => call('connection.get', {}));
  const table = useCall(() => call('items.list', {}));
  const attention = useCall(() => call('attention.list', {}));
  const readAgain = async () => {
    await Promise.all([connection.again(), table.again(), attention.again()]);
  };
  const atHome = places.some(([page]) => page === router.page);
  useLive(async () => {
    if (atHome) await Promise.all([table.again(), attention.again()]);
  }, lookAgainMs);

  const connected = connection.value?.connected === true;
  if (router.page === 'edit' || router.page === 'new')
    return (
      <OrgAddress value={connection.value?.instanceUrl ?? undefined}>
        <Suspense fallback={<Waiting label="Opening the editor" />}>
          <ProgramPage
            key={`${router.page} ${router.query.item ?? ''} ${router.query.version ?? ''}`}
            router={router}
            table={table}
            connected={connected}
            onSaved={readAgain}
          />
        </Suspense>
      </OrgAddress>
    );

  return (
    <OrgAddress value={connection.value?.instanceUrl ?? undefined}>
      <div className="page">
        <header className="page-head">
          <div>
            <h1>Salesforce Bridge for Jira</h1>
            <p className="subtle">
              Keeps Salesforce records and Jira issues aligned, out of items that are checked before they run.
            </p>
          </div>
          {connected && (
            <Button appearance="primary" iconBefore={AddIcon} onClick={() => router.go('new')}>
              New item
            </Button>
          )}
        </header>
        <ConnectionCard connection={connection} onChange={readAgain} />
        <AttentionList attention={attention} items={table.value?.items ?? []} />
        <Places router={router} waiting={attention.value?.length ?? 0} />
        <main className="place">
          <Suspense fallback={<Waiting label="Reading" />}>
            {router.page === 'runs' && <Runs router={router} items={table.value?.items ?? []} />}
            {router.page === 'versions' && <Versions router={router} table={table} onRestored={readAgain} />}
            {router.page === 'activity' && <Activity items={table.value?.items ?? []} />}
            {router.page === 'data' && <Data items={table.value?.items ?? []} />}
            {!['runs', 'versions', 'activity', 'data'].includes(router.page) && (
              <>
                <NotRead call={table} title="The items could not be read" />
                {table.value?.unreadable === undefined ? (
                  <ItemsTable router={router} table={table} connected={connected} onChange={readAgain} />
                ) : (
                  <Outdated why={table.value.unreadable} onOpen={() => router.go('edit')} />
                )}
              </>
            )}
          </Suspense>
        </main>
      </div>
    </OrgAddress>
  );
}

/** After an upgrade, or a way back from one. */
function Outdated({ why, onOpen }: { readonly why: string; readonly onOpen: () => void }) {
  return (
    <div role="alert">
      <SectionMessage appearance="error" title="Nothing is synced">
        <p>
          <Marked text={why} />
        </p>
        <Button onClick={onOpen}>Open the program</Button>
      </SectionMessage>
    </div>
  );
}

function Places({ router, waiting }: { readonly router: Router; readonly waiting: number }) {
  const here = places.some(([page]) => page === router.page) ? router.page : 'items';
  return (
    <nav className="places" aria-label="Parts of this page">
      {places.map(([page, name]) => (
        <button
          key={page}
          type="button"
          aria-current={page === here ? 'page' : undefined}
          onClick={() => router.go(page)}
        >
          {name}
          {page === 'items' && waiting > 0 && <Lozenge appearance="removed">{String(waiting)}</Lozenge>}
        </button>
      ))}
    </nav>
  );
}

export const Waiting = ({ label }: { readonly label: string }) => (
  <div className="waiting">
    <Spinner label={label} /> <span className="subtle">{label}…</span>
  </div>
);
