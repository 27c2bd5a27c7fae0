/** A value that gave way to another one; or, of a conflict that is held, both values, of which neither gives way. */
import type { JournalSummary } from '../../bridge/contract.ts';
import { Folded } from '../../parts/folded.tsx';

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

const Value = ({ text }: { readonly text: string }) => (
  <dd dir="auto">
    {text === '' ? <span className="subtle">empty</span> : <Folded text={text} className="plain-link small" />}
  </dd>
);
