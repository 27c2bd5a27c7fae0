/** One item on the issue: the linked record with what agents may do about it, or the way to link one. */
import { router } from '@forge/bridge';
import { useId, useRef, useState } from 'react';
import type { Card, JournalSummary, RunCounts, RunSummary } from '../bridge/contract.ts';
import type { AppError } from '../bridge/invoke.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Marked } from '../parts/marked.tsx';
import { Associations } from './associations.tsx';
import { call } from './call.ts';
import { Change, Reason, sides } from './change.tsx';
import { FileProgress } from './file-progress.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { Preview } from './preview.tsx';

const modes: Readonly<Record<Card['mode'], string>> = {
  'display-only': 'Display only',
  'one-way': 'One-way sync',
  'two-way': 'Two-way sync',
  custom: 'Custom sync per mapping',
};
const statuses = { rule: 'status by rule', field: 'status in sync' } as const;

interface RecordCardProps {
  readonly card: Card;
  /** Few are waiting to be linked: the button may stand out. */
  readonly prominent: boolean;
  again(): Promise<void>;
}

export function RecordCard({ card, prominent, again }: RecordCardProps) {
  const [busy, setBusy] = useState<'refresh' | 'unlink'>();
  const [failure, setFailure] = useState<AppError>();
  const [told, setTold] = useState<string | RunSummary>();
  const [changes, setChanges] = useState<readonly JournalSummary[]>([]);
  const [files, setFiles] = useState<{ readonly job: string; readonly since: number }>();
  const [asking, setAsking] = useState<'link' | 'unlink'>();
  const place = useRef<HTMLElement>(null);
  const heading = useId();
  const { itemId } = card;
  // What stands on the card says what was left.
  const said =
    told === undefined ? undefined : typeof told === 'object' ? refreshed(told, card) : { text: told, isWell: true };
  /** There is nothing to say but that a record may be linked: a row is enough. */
  const offers = !card.linked && card.canLink && !card.paused && card.attention === null;

  const act = async (what: 'refresh' | 'unlink', work: () => Promise<string | RunSummary>) => {
    setBusy(what);
    setFailure(undefined);
    setTold(undefined);
    setChanges([]);
    setFiles(undefined);
    try {
      setTold(await work());
      await again();
    } catch (error) {
      setFailure(error as AppError);
    }
    setBusy(undefined);
  };
  const refresh = () =>
    act('refresh', async () => {
      const run = await call('refresh', { itemId });
      // What it did is done, also where it cannot be told.
      const entries = await call('explain', { itemId }).catch(() => []);
      setChanges(entries.filter(entry => entry.run === run.id).reverse());
      if (run.files !== undefined) setFiles({ job: run.files, since: run.startedAt });
      return run;
    });
  /** Jira makes the panel's frame as high as its content: a dialog in its middle may be out of sight. */
  const ask = (what: 'link' | 'unlink') => {
    document.documentElement.style.setProperty('--dialog-top', `${place.current?.offsetTop ?? 0}px`);
    setAsking(what);
  };
  const unlink = () =>
    act('unlink', async () => {
      setAsking(undefined);
      await call('unlink', { itemId });
      return 'Unlinked. Nothing was deleted on either side.';
    });

  return (
    <article ref={place} className={offers ? 'card offer' : 'card'} aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{card.name}</h2>
        <p className="subtle small">
          {card.module} · {card.object} · {modes[card.mode]}
          {card.statusSync !== null && `, ${statuses[card.statusSync]}`}
        </p>
      </header>
      {card.attention !== null && (
        <div className={card.linked ? 'note warn' : 'note'}>
          <p>
            <Marked text={card.attention} />
          </p>
          {card.remedy !== null && (
            <p className="subtle">
              <Marked text={card.remedy} />
            </p>
          )}
        </div>
      )}
      {card.paused && (
        <div className="note">
          <p>
            Paused by a Jira admin. What changes meanwhile is remembered and made up for; ask an admin to resume it.
          </p>
        </div>
      )}
      {card.linked ? (
        <>
          <p className="label">
            <strong dir="auto">{card.label ?? card.recordId}</strong>
            <span className="lozenge">{card.managed === 'auto' ? 'Auto-managed' : 'Linked by hand'}</span>
          </p>
          {(card.label !== card.recordId || card.statusSync === 'field') && (
            <p className="subtle small">
              Record ID <code>{card.recordId}</code>
              {card.status !== null && card.statusSync === 'field' && ` · Status: ${card.status}`}
            </p>
          )}
          <Preview card={card} />
          <div className="actions">
            {card.recordUrl !== null && (
              <a
                className="button"
                href={card.recordUrl}
                target="_blank"
                rel="noreferrer"
                onClick={event => {
                  event.preventDefault();
                  void router.open(card.recordUrl!);
                }}
              >
                Open in Salesforce
              </a>
            )}
            {card.canEdit && !card.paused && (
              <button type="button" disabled={busy !== undefined} onClick={() => void refresh()}>
                {busy === 'refresh' ? 'Refreshing…' : 'Refresh'}
              </button>
            )}
            {card.canUnlink && (
              <button
                type="button"
                className="subtle-button"
                disabled={busy !== undefined}
                onClick={() => ask('unlink')}
              >
                {busy === 'unlink' ? 'Unlinking…' : 'Unlink'}
              </button>
            )}
          </div>
          {busy === 'refresh' && <progress aria-label="Refreshing" />}
        </>
      ) : (
        card.canLink &&
        !card.paused && (
          <div className="actions">
            <button
              type="button"
              className={prominent ? 'primary' : ''}
              aria-describedby={heading}
              onClick={() => ask('link')}
            >
              Link a Salesforce record
            </button>
          </div>
        )
      )}
      {!card.linked && !card.canLink && card.attention === null && (
        <p className="subtle">
          No record is linked. {card.canEdit ? '' : 'People who may edit this issue can link one.'}
        </p>
      )}
      <div role="status" className={said && (said.isWell ? 'note good' : 'note warn')}>
        {said !== undefined && <p>{said.text}</p>}
        {said !== undefined && changes.length > 0 && (
          <ul className="small">
            {changes.map(change => (
              <li key={change.id}>
                {change.what} in {sides[change.side]}: <Change entry={change} />
                <Reason entry={change} />
              </li>
            ))}
          </ul>
        )}
        {said !== undefined && files !== undefined && <FileProgress key={files.job} itemId={itemId} {...files} />}
      </div>
      {failure !== undefined && (
        <p className="note bad" role="alert">
          {failure.message}
        </p>
      )}
      {card.linked && card.associations && card.recordUrl !== null && <Associations itemId={itemId} />}
      {asking === 'link' && (
        <LinkDialog
          card={card}
          onClose={() => setAsking(undefined)}
          again={again}
          onLinked={async linked => {
            setAsking(undefined);
            setTold(linked.later ? 'Linked. Both sides are aligned by the next cycle, in a few minutes.' : 'Linked.');
            setChanges([]);
            setFiles(linked.files === undefined ? undefined : { job: linked.files, since: linked.startedAt });
            await again();
          }}
        />
      )}
      {asking === 'unlink' && (
        <Dialog
          title="Unlink this record?"
          onClose={() => setAsking(undefined)}
          footer={
            <>
              <button type="button" onClick={() => setAsking(undefined)}>
                Cancel
              </button>
              <button type="button" className="primary" onClick={() => void unlink()}>
                Unlink
              </button>
            </>
          }
        >
          <p>
            <strong dir="auto">{card.label}</strong> and this issue are no longer kept aligned. Nothing is deleted on
            either side, and you can link it again.
          </p>
        </Dialog>
      )}
    </article>
  );
}

const words: readonly (readonly [keyof RunCounts, string])[] = [
  ['updated', 'updated in Jira'],
  ['pushed', 'written to Salesforce'],
  ['moved', 'status moved'],
];

/** All is well only where nothing was left: what was, stands above. */
function refreshed(
  { items, failure }: RunSummary,
  { itemId, mode, attention, resting }: Card,
): { readonly text: string; readonly isWell: boolean } {
  if (failure !== undefined) return { text: failure, isWell: false };
  const counts = items[itemId];
  const did = counts === undefined ? [] : words.filter(([key]) => counts[key] > 0).map(([, word]) => word);
  const isWell = attention === null && (counts?.failed ?? 0) === 0 && (counts?.blocked ?? 0) === 0;
  if (mode === 'display-only')
    return { text: isWell ? 'Read again from Salesforce.' : 'Tried again; not all could be read.', isWell };
  if (isWell)
    return { text: did.length === 0 ? 'Refreshed: both sides were aligned.' : `Refreshed: ${did.join(', ')}.`, isWell };
  const left = resting
    ? 'the link rests, for the reason above.'
    : attention === null
      ? 'not everything could be done. A Jira admin finds why under attention.'
      : 'not everything could be done, for the reason above.';
  return { text: did.length === 0 ? `Looked again: ${left}` : `Refreshed: ${did.join(', ')}; ${left}`, isWell };
}
