/** One entry of the journal, as a person reads what became of a value. */
import type { JournalSummary } from '../bridge/contract.ts';

export const sides: Readonly<Record<JournalSummary['side'], string>> = { jira: 'Jira', salesforce: 'Salesforce' };

/** Longer values are texts: that they changed is enough. */
const short = 80;

export function Change({ entry }: { readonly entry: JournalSummary }) {
  const { outcome, from, to, reason } = entry;
  if (outcome !== 'written' && outcome !== 'moved') return <>{reason}</>;
  if ((from ?? '').length > short || (to ?? '').length > short) return <>a new text</>;
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
