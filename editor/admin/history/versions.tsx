/** Saved versions: who and when; any can be compared with the active one, opened in the editor, or restored. */
import Button from '@atlaskit/button/new';
import Lozenge from '@atlaskit/lozenge';
import { lazy, Suspense, useState } from 'react';
import type { Files, ItemSummary, ItemsTable, VersionSummary } from '../../bridge/contract.ts';
import type { AppError } from '../../bridge/invoke.ts';
import { type Call, useCall } from '../../bridge/use-call.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { NotRead } from '../../parts/failure.tsx';
import { tell } from '../../parts/flags.ts';
import { useNames } from '../../parts/people.ts';
import type { Router } from '../../parts/router.ts';
import { Time } from '../../parts/time.tsx';
import { call } from '../call.ts';
import { unlessChanged } from '../items/meanwhile.ts';

const DiffView = lazy(() => import('../../monaco/diff-view.tsx'));

interface VersionsProps {
  readonly router: Router;
  readonly table: Call<ItemsTable>;
  readonly onRestored: () => Promise<void>;
}

export default function Versions({ router, table, onRestored }: VersionsProps) {
  const item = router.query.item;
  const versions = useCall(() => call('program.versions', {}));
  const [compared, setCompared] = useState<VersionSummary>();
  const [flood, setFlood] = useState(false);
  const [restoring, setRestoring] = useState<{ readonly to: VersionSummary; readonly from: number }>();
  const all = versions.value ?? [];
  const nameOf = useNames(all.map(({ savedBy }) => savedBy));
  const chosen = table.value?.items.find(({ id }) => id === item);
  const now = table.value?.files ?? {};
  const file = chosen && fileOf(chosen);
  const beside = (table.value?.items ?? []).filter(one => one.id !== chosen?.id && fileOf(one) === file);
  return (
    <section aria-label="Versions">
      <div className="toolbar">
        <label className="inline-field">
          Item{' '}
          <select
            value={item ?? ''}
            onChange={event => router.go('versions', { item: event.target.value || undefined })}
          >
            <option value="">The whole program</option>
            {(table.value?.items ?? []).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {chosen !== undefined && (
          <span className="subtle">Restoring puts the text of {file} back; everything else stays.</span>
        )}
      </div>
      <NotRead call={versions} title="The versions could not be read" />
      {versions.value === undefined && versions.error === undefined && (
        <div className="skeleton" style={{ blockSize: 160 }} />
      )}
      {versions.value !== undefined && all.length === 0 && (
        <div className="empty">
          <h2>No version yet</h2>
          <p className="subtle">
            Each activation is kept here with who and when. Any version can be compared and restored.
          </p>
        </div>
      )}
      {all.length > 1 && chosen === undefined && (
        <p className="subtle">
          To go back, open a version in the editor: you see what it would do before you activate it. One item alone is
          restored here, once it is chosen above.
        </p>
      )}
      <ul className="rows card">
        {all.map((each, index) => (
          <li key={each.version} className="activity">
            <strong>Version {each.version}</strong>
            {index === 0 && <Lozenge appearance="success">Active</Lozenge>}
            <span>{nameOf(each.savedBy)}</span>
            <span className="subtle">
              <Time at={each.savedAt} />
            </span>
            <span className="grow" />
            {index > 0 && (
              <span className="actions">
                <Button
                  spacing="compact"
                  aria-label={`Compare version ${each.version} with the active one`}
                  onClick={() => setCompared(each)}
                >
                  Compare
                </Button>
                {chosen === undefined ? (
                  <Button
                    spacing="compact"
                    appearance="subtle"
                    aria-label={`Open version ${each.version} in the editor`}
                    onClick={() => router.go('edit', { version: String(each.version) })}
                  >
                    Open in the editor
                  </Button>
                ) : (
                  <Button
                    spacing="compact"
                    aria-label={`Restore version ${each.version}`}
                    onClick={() => setRestoring({ to: each, from: all[0]!.version })}
                  >
                    Restore
                  </Button>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
      {compared !== undefined && (
        <Compare version={compared} now={now} only={file} onClose={() => setCompared(undefined)} />
      )}
      {restoring !== undefined && chosen !== undefined && (
        <Confirm
          title={`Restore ${chosen.name} from version ${restoring.to.version}?`}
          action={flood ? 'Restore, and create the issues' : 'Restore'}
          onClose={() => {
            setRestoring(undefined);
            setFlood(false);
          }}
          onConfirm={async () => {
            const { to, from } = restoring;
            const wanted = {
              itemId: chosen.id,
              version: to.version,
              baseVersion: from,
              ...(flood ? { confirm: true } : {}),
            };
            const readAgain = () => Promise.all([versions.again(), onRestored()]);
            const restored = unlessChanged(call('items.restore', wanted), readAgain);
            const { version } = await restored.catch((error: AppError) => {
              // It says how many issues would be made; the next click means it.
              setFlood(error.code === 'confirm-required');
              throw error;
            });
            tell(`Version ${version} is active`, `${chosen.name} is as it was in version ${to.version}.`);
            await readAgain();
          }}
        >
          <p>
            The text of {file} goes back to what it was, is checked against the org and the site as they are today, and
            becomes a new version. Nothing is lost: the present text stays among the versions.
          </p>
          {beside.length > 0 && (
            <p>
              The same file says what {new Intl.ListFormat('en').format(beside.map(({ name }) => name))}{' '}
              {beside.length === 1 ? 'does; it goes' : 'do; they go'} back with it.
            </p>
          )}
        </Confirm>
      )}
    </section>
  );
}

const fileOf = ({ source }: ItemSummary): string => source.replace(/:\d+$/, '');

interface CompareProps {
  readonly version: VersionSummary;
  readonly now: Files;
  readonly only: string | undefined;
  onClose(): void;
}

function Compare({ version, now, only, onClose }: CompareProps) {
  const old = useCall(() => call('program.version', { version: version.version }));
  const before = old.value?.files;
  const paths =
    before === undefined
      ? []
      : [...new Set([...Object.keys(before), ...Object.keys(now)])]
          .filter(path => before[path] !== now[path] && (only === undefined || path === only))
          .sort();
  return (
    <Dialog
      title={`Version ${version.version} beside the active one`}
      wide
      onClose={onClose}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <NotRead call={old} title="The version could not be read" />
      {before !== undefined && paths.length === 0 && <p>Both read the same.</p>}
      {before !== undefined &&
        paths.map(path => (
          <div key={path}>
            <p className="code small">
              {path}: − as version {version.version} has it, + as the active one has it
            </p>
            <Suspense fallback={<div className="skeleton diff-view" />}>
              <DiffView path={path} before={before[path] ?? ''} after={now[path] ?? ''} />
            </Suspense>
          </div>
        ))}
    </Dialog>
  );
}
