/** who did what, newest first. */
import type { AuditSummary, ItemSummary } from '../../bridge/contract.ts';
import { useCall } from '../../bridge/use-call.ts';
import { NotRead } from '../../parts/failure.tsx';
import { useNames } from '../../parts/people.ts';
import { Time } from '../../parts/time.tsx';
import { call } from '../call.ts';
import './history.css';

/** `{item}` and the like are filled in from what is kept of it. */
const sentences: Readonly<Record<string, string>> = {
  'connection.save': 'connected to {loginUrl}',
  'connection.revoke': 'revoked the connection',
  'items.save': 'activated {version}{files}',
  'items.restore': 'restored {item} from version {version}',
  'items.delete': 'deleted {item}',
  'items.pause': 'paused {item}',
  'items.resume': 'resumed {item}',
  'connection.startOver': 'ended the links to another org, to start over with the connected one',
  'data.erase': 'erased what was kept of {of}',
  'tombstones.lift': 'let {item} make an issue for {record} again',
  'attention.retry': 'tried again what needed attention in {id}',
  'attention.dismiss': 'dismissed what needed attention in {id}',
  'attention.resolve': 'kept {keep} values where both sides of {id} had changed',
  link: 'linked {record} to {issueKey} ({item})',
  unlink: 'unlinked {record} from {issueKey} ({item})',
};

/** What earlier entries did not keep. */
const unsaid: Readonly<Record<string, string>> = { version: 'a new version' };
const sides: Readonly<Record<string, string>> = { salesforce: 'Salesforce’s', jira: 'Jira’s' };

/** What needs attention is called by its item first. */
function nameOfItem(items: readonly ItemSummary[], attention: string): string {
  const [own] = items.filter(({ id }) => attention.startsWith(id)).sort((a, b) => b.id.length - a.id.length);
  return own?.name ?? attention.replace(/[#:].*$/, '');
}

export function Activity({ items }: { readonly items: readonly ItemSummary[] }) {
  const audit = useCall(() => call('audit.list', {}));
  const entries = audit.value ?? [];
  const nameOf = useNames(entries.map(({ by }) => by));
  const said = ({ what, about }: AuditSummary) =>
    (sentences[what] ?? what).replace(/\{(\w+)\}/g, (_, key: string) => {
      const value = about[key] ?? unsaid[key] ?? '';
      if (key === 'version' && what === 'items.save' && value !== unsaid.version) return `version ${value}`;
      // Those that changed. Earlier entries have all that there were.
      if (key === 'files') return value === '' ? '' : ` of ${value}`;
      if (key === 'keep') return sides[value] ?? value;
      if (key === 'id') return nameOfItem(items, value);
      if (key === 'item') return value === 'all' ? 'all items' : (items.find(({ id }) => id === value)?.name ?? value);
      return value;
    });
  return (
    <section aria-label="Activity">
      <NotRead call={audit} title="The activity could not be read" />
      {audit.value === undefined && audit.error === undefined && (
        <div className="skeleton" style={{ blockSize: 160 }} />
      )}
      {audit.value !== undefined && entries.length === 0 && (
        <div className="empty">
          <h2>Nobody did anything yet</h2>
          <p className="subtle">
            Every save, restore, pause, retry, link and change of the connection is kept here with who and when.
          </p>
        </div>
      )}
      <ul className="rows card">
        {entries.map(entry => (
          <li key={entry.id} className="activity">
            <span>
              <strong>{nameOf(entry.by)}</strong> {said(entry)}
            </span>
            <span className="grow" />
            <span className="subtle">
              <Time at={entry.at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
