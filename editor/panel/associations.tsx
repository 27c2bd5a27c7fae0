/**
 * P-6: what surrounds the record, read when it is asked for. What there was no time for is named below and read when
 * somebody opens it, or all of it on demand.
 */
import { useState } from 'react';
import type { AssociatedGroup as Group } from '../bridge/contract.ts';
import type { AppError } from '../bridge/invoke.ts';
import { AssociatedGroup } from './associated-group.tsx';
import { call } from './call.ts';
import { LeftOut } from './left-out.tsx';

/** One object may be at the other end of several relationships. */
const keyOf = ({ object, label }: Group): string => `${object} ${label}`;

interface Known {
  /** In the order of the answer. */
  readonly groups: readonly Group[];
  /** Keys of those that stand under *not looked at*; one that was opened there stays there. */
  readonly below: ReadonlySet<string>;
}

const left = (groups: readonly Group[]) => groups.filter(({ leftOut }) => leftOut === true);

export function Associations({ itemId }: { readonly itemId: string }) {
  const [known, setKnown] = useState<Known>();
  const [failure, setFailure] = useState<AppError>();
  const [busy, setBusy] = useState<string>();

  /** All; or those of one object, in their place; or what is left, of which what is found moves up. */
  const read = async (which: 'all' | 'rest' | { readonly object: string }) => {
    setBusy(typeof which === 'string' ? which : which.object);
    setFailure(undefined);
    try {
      const groups = known?.groups ?? [];
      const objects =
        which === 'rest' ? left(groups).map(({ object }) => object) : which === 'all' ? [] : [which.object];
      const found = await call('associations', { itemId, ...(which !== 'all' && { objects: [...new Set(objects)] }) });
      const read = new Map(found.filter(({ leftOut }) => leftOut !== true).map(group => [keyOf(group), group]));
      setKnown(before => {
        if (before === undefined || which === 'all') return { groups: found, below: new Set(left(found).map(keyOf)) };
        const groups = before.groups.map(group => read.get(keyOf(group)) ?? group);
        if (which !== 'rest') return { groups, below: before.below };
        const none = groups.filter(({ records }) => records.length === 0).map(keyOf);
        return { groups, below: new Set(none.filter(key => before.below.has(key))) };
      });
    } catch (error) {
      setFailure(error as AppError);
    }
    setBusy(undefined);
  };

  const above = known?.groups.filter(group => !known.below.has(keyOf(group))) ?? [];
  const below = known?.groups.filter(group => known.below.has(keyOf(group))) ?? [];
  return (
    <details
      className="associations"
      onToggle={event => {
        if (
          event.target === event.currentTarget &&
          event.currentTarget.open &&
          known === undefined &&
          busy === undefined
        )
          void read('all');
      }}
    >
      <summary>Associated Salesforce Records</summary>
      {busy === 'all' && (
        <p className="subtle" role="status">
          Looking around the record…
        </p>
      )}
      {failure !== undefined && (
        <div className="note bad" role="alert">
          <p>{failure.message}</p>
          <button type="button" onClick={() => void read(known === undefined ? 'all' : 'rest')}>
            Try again
          </button>
        </div>
      )}
      {known !== undefined && above.length === 0 && below.length === 0 && (
        <p className="subtle">Nothing is associated with this record, as far as the Run As user may see.</p>
      )}
      {above.map(group => (
        <AssociatedGroup key={keyOf(group)} group={group} />
      ))}
      {below.length > 0 && (
        <LeftOut
          groups={below}
          keyOf={keyOf}
          busy={busy}
          onOpen={object => void read({ object })}
          onRest={() => void read('rest')}
        />
      )}
    </details>
  );
}
