/** Groups that there was no time for: each is read when it is opened, or all of them together. */
import { useId, useState } from 'react';
import type { AssociatedGroup as Group } from '../bridge/contract.ts';
import { AssociatedGroup } from './associated-group.tsx';
import '../parts/search-input.css';

/** As many are found by eye. */
const few = 8;

interface Props {
  readonly groups: readonly Group[];
  readonly busy: string | undefined;
  keyOf(group: Group): string;
  onOpen(object: string): void;
  onRest(): void;
}

export function LeftOut({ groups, busy, keyOf, onOpen, onRest }: Props) {
  const [typed, setTyped] = useState('');
  const id = useId();
  const waiting = groups.filter(({ leftOut }) => leftOut === true).length;
  const wanted = typed.trim().toLocaleLowerCase();
  const shown = groups.filter(({ label }) => label.toLocaleLowerCase().includes(wanted));
  if (groups.every(({ leftOut, records }) => leftOut !== true && records.length === 0))
    return (
      <p className="subtle small left-out" role="status">
        Of {groups.length} more {groups.length === 1 ? 'kind' : 'kinds'} of records there are none, as far as the Run As
        user may see.
      </p>
    );
  return (
    <section className="left-out" aria-labelledby={id}>
      <div className="left-out-head">
        <p id={id}>
          {waiting} more {waiting === 1 ? 'kind of record was' : 'kinds of records were'} left out, to keep you from
          waiting
        </p>
        {waiting > 1 && (
          <button type="button" disabled={busy !== undefined} onClick={onRest}>
            {busy === 'rest' ? 'Looking…' : 'Look at them now'}
          </button>
        )}
      </div>
      {groups.length > few && (
        <input
          type="search"
          className="search-input"
          aria-label="Find among what was left out"
          placeholder="Find among them"
          value={typed}
          onChange={event => setTyped(event.target.value)}
        />
      )}
      <div className={groups.length > few ? 'left-out-list many' : 'left-out-list'}>
        {shown.map(group => (
          <AssociatedGroup
            key={keyOf(group)}
            group={group}
            busy={busy === group.object}
            onOpen={() => busy === undefined && onOpen(group.object)}
          />
        ))}
      </div>
      {shown.length === 0 && (
        <p className="subtle small" role="status">
          None of them has “{typed.trim()}” in its name.
        </p>
      )}
    </section>
  );
}
