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
import { NotRead, ToldAbove } from '../parts/failure.tsx';
import { AddIcon } from '../parts/icons.ts';
import { OrgAddress } from '../parts/links.tsx';
import { Marked } from '../parts/marked.tsx';
import { type Router, useRouter } from '../parts/router.ts';
import { AttentionList } from './attention/attention-list.tsx';
import { call } from './call.ts';
import { ConnectionCard } from './connection/connection-card.tsx';
import { Ended, endOf } from './ended.tsx';
import { Activity } from './history/activity.tsx';
import { Runs } from './history/runs.tsx';
import { useNews } from './history/use-news.ts';
import { ItemsTable } from './items/items-table.tsx';

// The editor, and Monaco within it, come when an editor opens.
const ProgramPage = lazy(() => import('./program/program-page.tsx'));
const Data = lazy(() => import('./data/data.tsx'));
const Versions = lazy(() => import('./history/versions.tsx'));

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
  const { ran, changed } = useNews({
    shown: places.some(([page]) => page === router.page),
    savedAt: table.value?.savedAt,
    // Of the connection there is news only where it could not be read.
    look: () =>
      Promise.all(
        [table, attention, ...(connection.error === undefined ? [] : [connection])].map(each => each.again()),
      ),
  });
  const readAgain = async () => {
    await Promise.all([connection.again(), table.again(), attention.again()]);
  };
  /** After a change by hand. */
  const onChange = () => {
    changed();
    return readAgain();
  };

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
            onSaved={onChange}
          />
        </Suspense>
      </OrgAddress>
    );

  const end = endOf(connection, table, attention);
  const items = table.value?.items ?? [];
  // Who may not be here any more has no use for what was read before.
  const isShown = end === undefined || (end.code !== 'forbidden' && table.value !== undefined);
  return (
    <OrgAddress value={connection.value?.instanceUrl ?? undefined}>
      <ToldAbove value={end?.code}>
        <div className="page">
          <header className="page-head">
            <div>
              <h1>Salesforce Bridge for Jira</h1>
              <p className="subtle">
                Keeps Salesforce records and Jira issues aligned, out of items that are checked before they run.
              </p>
            </div>
            {connected && isShown && (
              <Button appearance="primary" iconBefore={AddIcon} onClick={() => router.go('new')}>
                New item
              </Button>
            )}
          </header>
          {end !== undefined && <Ended error={end} again={readAgain} />}
          {isShown && (
            <>
              <Places router={router} waiting={attention.value?.length ?? 0} />
              <main className="place">
                <Suspense fallback={<Waiting label="Reading" />}>
                  {router.page === 'runs' && <Runs router={router} items={items} ran={ran} />}
                  {router.page === 'versions' && <Versions router={router} table={table} onRestored={onChange} />}
                  {router.page === 'activity' && <Activity items={items} />}
                  {router.page === 'data' && <Data items={items} />}
                  {!['runs', 'versions', 'activity', 'data'].includes(router.page) && (
                    <>
                      <ConnectionCard connection={connection} onChange={onChange} />
                      <AttentionList
                        attention={attention}
                        items={items}
                        files={table.value?.files ?? {}}
                        onChange={onChange}
                      />
                      <NotRead call={table} title="The items could not be read" />
                      {table.value?.unreadable === undefined ? (
                        <ItemsTable router={router} table={table} connected={connected} onChange={onChange} />
                      ) : (
                        <Outdated why={table.value.unreadable} onOpen={() => router.go('edit')} />
                      )}
                    </>
                  )}
                </Suspense>
              </main>
            </>
          )}
        </div>
      </ToldAbove>
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
