/** P-4: files that a link or a refresh left to the queue, counted while they move; at the end, what became of each. */
import { useEffect, useState } from 'react';
import type { JournalSummary, FileProgress as Progress } from '../bridge/contract.ts';
import { call } from './call.ts';
import { sides } from './change.tsx';

const everyMs = 1_500;
/** Then the queue goes on unwatched. */
const mostMs = 10 * 60_000;

interface Props {
  readonly itemId: string;
  /** The queue's job. */
  readonly job: string;
  /** When the refresh began: what is older in the journal is not its work. */
  readonly since: number;
}

interface State {
  readonly now?: Progress;
  /** Most that were on their way at once. */
  readonly of: number;
  readonly ended?: 'done' | 'unwatched';
  readonly files: readonly JournalSummary[];
}

export function FileProgress({ itemId, job, since }: Props) {
  const [{ now, of, ended, files }, setState] = useState<State>({ of: 0, files: [] });
  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const began = Date.now();
    const look = async () => {
      try {
        const next = await call('files', { itemId, job });
        const moved = next.working
          ? []
          : (await call('explain', { itemId })).filter(({ what, at }) => what === 'File' && at >= since);
        if (!current) return;
        const over = Date.now() - began > mostMs;
        setState(before => ({
          now: next,
          of: Math.max(before.of, next.left.length),
          ...(next.working ? over && { ended: 'unwatched' } : { ended: 'done' }),
          files: moved,
        }));
        if (!next.working || over) return;
      } catch {
        // One look that fails says nothing about the files.
        if (!current) return;
        if (Date.now() - began > mostMs) return setState(before => ({ ...before, ended: 'unwatched' }));
      }
      timer = setTimeout(() => void look(), everyMs);
    };
    void look();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [itemId, job, since]);

  if (ended === 'done') return <Ended left={now?.left.length ?? 0} files={files} />;
  if (ended === 'unwatched') return <p className="small">The files go on in the background; look again later.</p>;
  const moving = now?.left ?? [];
  const [first] = moving;
  return (
    <div className="small">
      <p>
        {first === undefined
          ? 'Files wait for their turn in the queue…'
          : `Copying file ${of - moving.length + 1} of ${of} to ${sides[first.to]}: ${first.name} (${sizeText(first.bytes)})`}
      </p>
      <progress aria-label="Copying files" {...(first !== undefined && { value: of - moving.length, max: of })} />
    </div>
  );
}

function Ended({ left, files }: { readonly left: number; readonly files: readonly JournalSummary[] }) {
  if (files.length === 0 && left === 0) return <p className="small">Files: none was copied.</p>;
  return (
    <ul className="small">
      {files.toReversed().map(({ id, to, side, outcome, reason }) => (
        <li key={id}>
          <bdi>{to}</bdi>{' '}
          {outcome === 'created' ? `copied to ${sides[side]}` : `not copied to ${sides[side]}: ${reason}`}
        </li>
      ))}
      {left > 0 && (
        <li>
          {left === 1 ? '1 file is' : `${left} files are`} tried again by the next cycles; a Jira admin sees why under
          attention.
        </li>
      )}
    </ul>
  );
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
