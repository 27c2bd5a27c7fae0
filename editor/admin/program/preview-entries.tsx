/** What would be written and what would not, record by record, each with its reason. */
import Lozenge from '@atlaskit/lozenge';
import type { PreviewEntry } from '../../bridge/contract.ts';
import { Marked } from '../../parts/marked.tsx';
import { looks } from '../history/journal.tsx';

interface PreviewEntriesProps {
  readonly entries: readonly PreviewEntry[];
  /** All of them are of one record, which is named above. */
  readonly one?: true;
}

export function PreviewEntries({ entries, one }: PreviewEntriesProps) {
  if (one === true) return <Entries entries={entries} />;
  const groups = [...Map.groupBy(entries, ({ record, issueKey }) => issueKey ?? record)];
  return groups.map(([of, own]) => (
    <section key={of} className="preview-of" aria-label={of}>
      <p>
        <strong className="code">{of}</strong>
        {own[0]!.issueKey !== undefined && <span className="subtle code small"> {own[0]!.record}</span>}
      </p>
      <Entries entries={own} />
    </section>
  ));
}

const Entries = ({ entries }: { readonly entries: readonly PreviewEntry[] }) => (
  <ul className="journal">
    {entries.map((entry, index) => (
      <li key={`${entry.what} ${index}`}>
        <div className="journal-head">
          <Lozenge appearance={looks[entry.outcome]}>{entry.outcome}</Lozenge>
          <strong>{entry.what}</strong>
          <span>{entry.side === 'jira' ? 'in Jira' : 'in Salesforce'}</span>
          {(entry.from !== undefined || entry.to !== undefined) && (
            <span className="change" dir="auto">
              {entry.from !== undefined && <del>{entry.from}</del>} {entry.to !== undefined && <ins>{entry.to}</ins>}
            </span>
          )}
        </div>
        <p className="subtle small">
          <Marked text={entry.reason} />
        </p>
      </li>
    ))}
  </ul>
);
