/** What would be written and what would not, record by record, each with its reason. */
import Lozenge from '@atlaskit/lozenge';
import type { PreviewEntry } from '../../bridge/contract.ts';
import { Marked } from '../../parts/marked.tsx';
import { Change, whereText } from '../history/change.tsx';
import { looks } from '../history/journal.tsx';

interface PreviewEntriesProps {
  readonly entries: readonly PreviewEntry[];
  /** What people call the records, by id. */
  readonly labels?: Readonly<Record<string, string>>;
  /** All of them are of one record, which is named above. */
  readonly one?: true;
}

export function PreviewEntries({ entries, labels = {}, one }: PreviewEntriesProps) {
  if (one === true) return <Entries entries={entries} />;
  const groups = [...Map.groupBy(entries, ({ record, issueKey }) => issueKey ?? record)];
  return groups.map(([of, own]) => {
    const { issueKey, record } = own[0]!;
    const called = labels[record] ?? record;
    return (
      <section key={of} className="preview-of" aria-label={issueKey ?? called}>
        <p>
          {issueKey !== undefined && <strong className="code">{issueKey} </strong>}
          {issueKey === undefined ? <strong>{called}</strong> : <span>{called}</span>}
          {called !== record && <span className="subtle code small"> {record}</span>}
        </p>
        <Entries entries={own} />
      </section>
    );
  });
}

const Entries = ({ entries }: { readonly entries: readonly PreviewEntry[] }) => (
  <ul className="journal">
    {entries.map((entry, index) => (
      <li key={`${entry.what} ${index}`}>
        <div className="journal-head">
          <Lozenge appearance={looks[entry.outcome]}>{entry.outcome}</Lozenge>
          <strong>{entry.what}</strong>
          <span>{whereText(entry)}</span>
          <Change {...entry} />
        </div>
        <p className="subtle small">
          <Marked text={entry.reason} />
        </p>
      </li>
    ))}
  </ul>
);
