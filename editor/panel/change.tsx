/** One entry of the journal, as a person reads what became of a value. */
import type { JournalSummary } from '../bridge/contract.ts';
import { Marked } from '../parts/marked.tsx';

export const sides: Readonly<Record<JournalSummary['side'], string>> = { jira: 'Jira', salesforce: 'Salesforce' };

/** Longer values are texts: that they changed is enough. */
const short = 80;
/** Of one that gave way: the journal in the admin page has all of it. */
const shown = 280;

const isLong = ({ from, to }: JournalSummary): boolean => (from ?? '').length > short || (to ?? '').length > short;

/** Why it was written, and what an edit that gave way had said, where the change does not show it. */
export function Reason({ entry }: { readonly entry: JournalSummary }) {
  const { outcome, reason, lost, from = '' } = entry;
  if (outcome !== 'written' && outcome !== 'moved') return null;
  return (
    <span className="subtle">
      {' ('}
      <Marked text={reason} />
      {lost !== undefined && isLong(entry) && (
        <>
          ; gave way: <bdi>{from.length > shown ? `${from.slice(0, shown)}…` : from}</bdi>
        </>
      )}
      )
    </span>
  );
}

export function Change({ entry }: { readonly entry: JournalSummary }) {
  const { outcome, from, to, reason } = entry;
  if (outcome !== 'written' && outcome !== 'moved') return <>{reason}</>;
  if (isLong(entry)) return <>a new text</>;
  return (
    <>
      {from !== undefined && (
        <>
          <bdi>{from === '' ? 'empty' : from}</bdi> →{' '}
        </>
      )}
      <bdi>{to === undefined || to === '' ? 'empty' : to}</bdi>
    </>
  );
}
