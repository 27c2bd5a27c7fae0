/** What a run wrote and what it deliberately did not, with the reason and the line that asked for it. */
import Lozenge from '@atlaskit/lozenge';
import type { JournalSummary } from '../../bridge/contract.ts';
import { IssueLink, RecordLink } from '../../parts/links.tsx';
import { Marked } from '../../parts/marked.tsx';
import type { Router } from '../../parts/router.ts';
import { Time } from '../../parts/time.tsx';
import { Change, whereText } from './change.tsx';
import './history.css';

export const looks: Readonly<
  Record<JournalSummary['outcome'], 'success' | 'inprogress' | 'default' | 'removed' | 'moved'>
> = {
  created: 'success',
  written: 'success',
  moved: 'inprogress',
  blocked: 'removed',
  failed: 'removed',
  held: 'moved',
  skipped: 'default',
};

interface JournalProps {
  readonly entries: readonly JournalSummary[];
  readonly router: Router;
}

export function Journal({ entries, router }: JournalProps) {
  if (entries.length === 0) return <p className="nothing subtle">This run wrote nothing and had nothing to tell.</p>;
  return (
    <ul className="journal">
      {entries.map(entry => (
        <li key={entry.id}>
          <div className="journal-head">
            <Lozenge appearance={looks[entry.outcome]}>{entry.outcome}</Lozenge>
            <strong>{entry.what}</strong>
            <span>{whereText(entry)}</span>
            {entry.issueKey !== undefined && <IssueLink issueKey={entry.issueKey} />}
            <RecordLink id={entry.record} />
            <span className="grow" />
            <span className="subtle small">
              <Time at={entry.at} />
            </span>
          </div>
          <Change {...entry} />
          <p className="subtle">
            <Marked text={entry.reason} />{' '}
            <button
              type="button"
              className="plain-link code small"
              onClick={() => router.go('edit', { at: entry.source })}
            >
              {entry.source}
            </button>
          </p>
        </li>
      ))}
    </ul>
  );
}
