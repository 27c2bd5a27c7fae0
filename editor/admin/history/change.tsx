/** A value that gave way to another one; or, of a conflict that is held, both values, of which neither gives way. */
import { useState } from 'react';
import type { JournalSummary } from '../../bridge/contract.ts';

type Told = Pick<JournalSummary, 'outcome' | 'side' | 'from' | 'to'>;

/** Where it happened, or would. */
export const whereText = ({ outcome, side }: Told): string =>
  outcome === 'held' ? 'in both' : side === 'jira' ? 'in Jira' : 'in Salesforce';

export function Change({ outcome, from, to }: Told) {
  if (from === undefined && to === undefined) return null;
  if (outcome === 'held') return <Sides jira={from ?? ''} salesforce={to ?? ''} />;
  return (
    <p className="change" dir="auto">
      {from !== undefined && <del>{from}</del>} {to !== undefined && <ins>{to}</ins>}
    </p>
  );
}

/** What each side has. */
export const Sides = ({ jira, salesforce }: { readonly jira: string; readonly salesforce: string }) => (
  <dl className="sides">
    <div>
      <dt>Jira:</dt>
      <Value text={jira} />
    </div>
    <div>
      <dt>Salesforce:</dt>
      <Value text={salesforce} />
    </div>
  </dl>
);

/** More of a value is shown when somebody asks for it. */
const shownAtFirst = 240;

function Value({ text }: { readonly text: string }) {
  const [all, setAll] = useState(false);
  // A few letters more are no reason to hide them.
  const isLong = text.length > shownAtFirst + 40;
  return (
    <dd dir="auto">
      {text === '' ? <span className="subtle">empty</span> : all || !isLong ? text : `${text.slice(0, shownAtFirst)}… `}
      {isLong && (
        <button type="button" className="plain-link small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show less' : `Show all ${text.length} letters`}
        </button>
      )}
    </dd>
  );
}
