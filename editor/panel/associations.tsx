/** P-6: what surrounds the record, read when it is asked for; groups fold, and one that was left out can be fetched. */
import { router } from '@forge/bridge';
import { useState } from 'react';
import type { AssociatedGroup } from '../bridge/contract.ts';
import type { AppError } from '../bridge/invoke.ts';
import { call } from './call.ts';

export function Associations({ itemId }: { readonly itemId: string }) {
  const [groups, setGroups] = useState<readonly AssociatedGroup[]>();
  const [failure, setFailure] = useState<AppError>();
  const [busy, setBusy] = useState<string>();
  const read = async (object?: string) => {
    setBusy(object ?? 'all');
    setFailure(undefined);
    try {
      const found = await call('associations', { itemId, ...(object === undefined ? {} : { object }) });
      setGroups(now =>
        object === undefined || now === undefined
          ? found
          : now.flatMap(group => (group.object === object ? found : [group])),
      );
    } catch (error) {
      setFailure(error as AppError);
    }
    setBusy(undefined);
  };
  const looked = groups?.filter(group => group.leftOut !== true) ?? [];
  const left = groups?.filter(group => group.leftOut === true) ?? [];
  return (
    <details
      className="associations"
      onToggle={event => {
        if (
          event.currentTarget.open &&
          groups === undefined &&
          busy === undefined &&
          event.target === event.currentTarget
        )
          void read();
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
          <button type="button" onClick={() => void read()}>
            Try again
          </button>
        </div>
      )}
      {groups !== undefined && looked.length === 0 && left.length === 0 && (
        <p className="subtle">Nothing is associated with this record, as far as the Run As user may see.</p>
      )}
      {looked.map(group => (
        <details key={`${group.object} ${group.label}`} className="group">
          <summary>
            {group.label} <span className="lozenge">{group.records.length}</span>
          </summary>
          <ul>
            {group.records.map(record => (
              <li key={record.recordId}>
                <p>
                  <strong dir="auto">{record.label}</strong>{' '}
                  <a
                    href={record.url}
                    target="_blank"
                    rel="noreferrer"
                    aria-label={`Open ${record.label} in Salesforce`}
                    onClick={event => {
                      event.preventDefault();
                      void router.open(record.url);
                    }}
                  >
                    Open
                  </a>
                </p>
                <p className="subtle small" dir="auto">
                  {record.preview
                    .filter(({ value }) => value !== '')
                    .map(({ label, value }) => `${label}: ${value}`)
                    .join(' · ')}
                </p>
              </li>
            ))}
          </ul>
        </details>
      ))}
      {left.length > 0 && (
        <div className="left-out">
          <p className="subtle small">There was no time to look at these; each can be fetched:</p>
          <div className="actions">
            {left.map(group => (
              <button
                key={`${group.object} ${group.label}`}
                type="button"
                disabled={busy !== undefined}
                onClick={() => void read(group.object)}
              >
                {busy === group.object ? 'Looking…' : group.label}
              </button>
            ))}
          </div>
        </div>
      )}
    </details>
  );
}
