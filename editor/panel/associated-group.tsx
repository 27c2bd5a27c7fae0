/** Records at the other end of one relationship; what was not looked at yet is read when it is opened. */
import { router } from '@forge/bridge';
import type { AssociatedGroup as Group } from '../bridge/contract.ts';
import { valueText } from './value-text.ts';

interface Props {
  readonly group: Group;
  /** It is being read. */
  readonly busy?: boolean;
  onOpen?(): void;
}

export function AssociatedGroup({ group, busy = false, onOpen }: Props) {
  const { label, records, leftOut = false, more = false } = group;
  return (
    <details
      className="group"
      onToggle={event => {
        if (event.currentTarget.open && leftOut) onOpen?.();
      }}
    >
      <summary>
        {label}{' '}
        {!leftOut && (
          <span className="lozenge">
            {records.length}
            {more && '+'}
          </span>
        )}
      </summary>
      {busy && (
        <p className="subtle small group-note" role="status">
          Looking…
        </p>
      )}
      {!leftOut && records.length === 0 && (
        <p className="subtle small group-note">There are none, as far as the Run As user may see.</p>
      )}
      <ul>
        {records.map(record => (
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
                .map(({ label: name, type, value }) => `${name}: ${valueText(type, value)}`)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
      {more && (
        <p className="subtle small group-note">These changed last. The others are on the record in Salesforce.</p>
      )}
    </details>
  );
}
