/**
 * Before it runs: what would be created, moved, written and skipped, and why; then one button. Somebody
 * else's save meanwhile is shown beside one's own, never written over.
 */
import Button from '@atlaskit/button/new';
import SectionMessage from '@atlaskit/section-message';
import { lazy, Suspense, useState } from 'react';
import type { Files, ItemPreview, ItemSummary } from '../../bridge/contract.ts';
import type { AppError } from '../../bridge/invoke.ts';
import { useCall } from '../../bridge/use-call.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Failure, NotRead } from '../../parts/failure.tsx';
import { tell } from '../../parts/flags.ts';
import { Marked } from '../../parts/marked.tsx';
import { useNames } from '../../parts/people.ts';
import { call } from '../call.ts';
import type { Draft } from './draft.ts';
import { mergeFiles } from './merge.ts';
import { PreviewEntries } from './preview-entries.tsx';

const DiffView = lazy(() => import('../../monaco/diff-view.tsx'));

interface ActivateProps {
  readonly draft: Draft;
  /** As they are called in the active program. */
  readonly items: readonly ItemSummary[];
  onClose(): void;
  onDone(): Promise<void>;
}

export function Activate({ draft, items, onClose, onDone }: ActivateProps) {
  const { files, base } = draft;
  const preview = useCall(() => call('items.preview', { files }));
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState(false);
  const [failure, setFailure] = useState<AppError>();
  const save = async (confirm: boolean) => {
    setBusy(true);
    setFailure(undefined);
    try {
      const { version } = await call('items.save', {
        files,
        baseVersion: base.version,
        ...(confirm ? { confirm } : {}),
      });
      draft.copy.setBase({ version, files });
      tell(`Version ${version} is active`, 'The next cycle works by it.');
      await onDone();
    } catch (error) {
      setFailure(error as AppError);
    }
    setBusy(false);
  };
  if (failure?.code === 'conflict') return <Conflict draft={draft} onClose={onClose} />;
  const asks = failure?.code === 'confirm-required';
  const changed = pathsOf(files, base.files);
  return (
    <Dialog
      title="Activate these changes?"
      wide
      onClose={onClose}
      footer={
        <>
          <Button appearance="subtle" onClick={onClose}>
            Back to editing
          </Button>
          <Button
            appearance={asks ? 'warning' : 'primary'}
            isLoading={busy}
            isDisabled={preview.value?.ok === false || (preview.running && !busy)}
            onClick={() => void save(asks)}
          >
            {asks
              ? `Activate and create up to ${String(failure.more.issues ?? 'many')} issues`
              : preview.value === undefined && preview.error !== undefined
                ? 'Activate without having looked'
                : 'Activate'}
          </Button>
        </>
      }
    >
      {asks ? (
        <SectionMessage appearance="warning" title="This reaches back">
          <p>
            <Marked text={failure.message} />
          </p>
        </SectionMessage>
      ) : (
        <Failure error={failure} title="Nothing was saved" />
      )}
      {preview.running && <p className="subtle">Looking at both sides, without writing anything…</p>}
      <NotRead call={preview} title="What would happen could not be looked at" />
      {preview.value?.missing.map(({ itemId, cause, remedy }) => (
        <SectionMessage key={`${itemId} ${cause}`} appearance="warning" title={cause}>
          <p>{remedy} It can be activated all the same; what needs this waits under attention.</p>
        </SectionMessage>
      ))}
      {preview.value !== undefined && (
        <PreviewList
          items={preview.value.items}
          removed={preview.value.removed.map(each => ({
            ...each,
            name: items.find(({ id }) => id === each.itemId)?.name ?? each.itemId,
          }))}
        />
      )}
      <details className="changed-text" onToggle={event => setOpen(event.currentTarget.open)}>
        <summary>Changed text: {changed.length === 1 ? changed[0] : `${changed.length} files`}</summary>
        {open &&
          changed.map(path => (
            <div key={path}>
              {changed.length > 1 && <p className="code small">{path}</p>}
              <Suspense fallback={<div className="skeleton diff-view" />}>
                <DiffView path={path} before={base.files[path] ?? ''} after={files[path] ?? ''} />
              </Suspense>
            </div>
          ))}
      </details>
    </Dialog>
  );
}

const pathsOf = (a: Files, b: Files): readonly string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(path => a[path] !== b[path]).sort();

interface PreviewListProps {
  readonly items: readonly ItemPreview[];
  readonly removed: readonly { readonly itemId: string; readonly name: string; readonly links: number }[];
}

function PreviewList({ items, removed }: PreviewListProps) {
  const touched = items.filter(item => !item.unchanged);
  if (touched.length === 0 && removed.length === 0)
    return <p className="subtle">No item means anything else than before: nothing would be written.</p>;
  return (
    <ul className="rows card preview">
      {removed.map(({ itemId, name, links }) => (
        <li key={itemId}>
          <strong>{name}</strong> goes.{' '}
          <span className="subtle">
            {links === 0
              ? 'It has no links.'
              : `Its ${links} ${links === 1 ? 'link rests' : 'links rest'} until it is back.`}
          </span>
        </li>
      ))}
      {touched.map(item => (
        <li key={item.itemId}>
          <p>
            <strong>{item.name}</strong>{' '}
            <span className="subtle">
              {[
                item.was === undefined ? undefined : `takes the place of ${item.was}`,
                item.creates > 0
                  ? `creates up to ${item.creates} ${item.creates === 1 ? 'issue' : 'issues'}`
                  : 'creates no issue now',
                item.links === 0 ? 'has no links yet' : `has ${item.links} ${item.links === 1 ? 'link' : 'links'}`,
                item.looked < item.links ? `${item.looked} of them were looked at` : undefined,
              ]
                .filter(part => part !== undefined)
                .join(', ')}
              {'.'}
            </span>
          </p>
          {item.creates === 0 && item.links === 0 && (
            <p className="subtle">
              Where auto-create is on, records that are new from now on become issues; otherwise people link them on the
              issue.
            </p>
          )}
          {item.entries.length > 0 ? (
            <PreviewEntries entries={item.entries} labels={item.labels} />
          ) : (
            item.looked > 0 && (
              <p className="subtle">Nothing is written or moved now: both sides are as it wants them.</p>
            )
          )}
        </li>
      ))}
    </ul>
  );
}

/** Both admins' work is kept: what touches different places comes together, the rest is chosen by a person. */
function Conflict({ draft, onClose }: { readonly draft: Draft; onClose(): void }) {
  const theirs = useCall(async () => {
    const [newest] = await call('program.versions', {});
    return call('program.version', { version: newest?.version ?? 0 });
  });
  const nameOf = useNames(theirs.value === undefined ? [] : [theirs.value.savedBy]);
  const value = theirs.value;
  const merged = value === undefined ? undefined : mergeFiles(draft.base.files, draft.files, value.files);
  const take = (files: Files) => {
    if (value === undefined) return;
    draft.copy.setFiles(files);
    draft.copy.setBase({ version: value.version, files: value.files });
    onClose();
  };
  return (
    <Dialog
      title="Somebody else saved meanwhile"
      wide
      onClose={onClose}
      footer={
        value === undefined || merged === undefined ? undefined : (
          <>
            <Button appearance="subtle" onClick={onClose}>
              Decide later
            </Button>
            <Button onClick={() => take(value.files)}>Take theirs, drop mine</Button>
            {merged.apart.length > 0 && (
              <>
                <Button onClick={() => take(merged.theirs)}>Both, theirs in the same lines</Button>
                <Button onClick={() => take(merged.mine)}>Both, mine in the same lines</Button>
              </>
            )}
            {merged.apart.length === 0 && (
              <Button appearance="primary" onClick={() => take(merged.mine)}>
                Bring both together
              </Button>
            )}
          </>
        )
      }
    >
      <NotRead call={theirs} title="Their version could not be read" />
      {value !== undefined && merged !== undefined && (
        <>
          <p>
            <strong>{nameOf(value.savedBy)}</strong> activated version {value.version} while you were editing version{' '}
            {draft.base.version}. Nothing of yours is lost, and nothing of theirs is written over.{' '}
            {merged.apart.length === 0
              ? 'You changed different places, so both can be brought together; you activate the result afterwards.'
              : `Both of you changed the same lines of ${merged.apart.join(', ')}: choose whose stand there; everything else of both is kept. You activate the result afterwards.`}
          </p>
          {pathsOf(draft.files, value.files).map(path => (
            <div key={path}>
              <p className="code small">{path}: − as theirs has it, + as yours has it</p>
              <Suspense fallback={<div className="skeleton diff-view" />}>
                <DiffView path={path} before={value.files[path] ?? ''} after={draft.files[path] ?? ''} />
              </Suspense>
            </div>
          ))}
        </>
      )}
    </Dialog>
  );
}
