/** What would be written and what would not, each with its reason. */
import Lozenge from '@atlaskit/lozenge';
import type { PreviewEntry } from '../../bridge/contract.ts';
import { Marked } from '../../parts/marked.tsx';
import { looks } from '../history/journal.tsx';

export const PreviewEntries = ({ entries }: { readonly entries: readonly PreviewEntry[] }) => (
  <ul className="journal">
    {entries.map((entry, index) => (
      <li key={`${entry.record} ${entry.what} ${index}`}>
        <div className="journal-head">
          <Lozenge appearance={looks[entry.outcome]}>{entry.outcome}</Lozenge>
          <strong>{entry.what}</strong>
          <span>{entry.side === 'jira' ? 'in Jira' : 'in Salesforce'}</span>
          <span className="code small">{entry.issueKey ?? entry.record}</span>
        </div>
        {(entry.from !== undefined || entry.to !== undefined) && (
          <p className="change" dir="auto">
            {entry.from !== undefined && <del>{entry.from}</del>} {entry.to !== undefined && <ins>{entry.to}</ins>}
          </p>
        )}
        <p className="subtle">
          <Marked text={entry.reason} />
        </p>
      </li>
    ))}
  </ul>
);
