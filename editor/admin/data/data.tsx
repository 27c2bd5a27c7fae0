/** what is kept and for how long; what of it concerns one issue or one person; records that are left alone. */
import type { ItemSummary } from '../../bridge/contract.ts';
import { useCall } from '../../bridge/use-call.ts';
import { call } from '../call.ts';
import { Kept } from './kept.tsx';
import { LeftAloneList } from './left-alone.tsx';
import './data.css';

export default function Data({ items }: { readonly items: readonly ItemSummary[] }) {
  const records = useCall(() => call('tombstones.list', {}));
  return (
    <section className="data" aria-label="Data and privacy">
      <div className="card data-card">
        <h2>What the bridge keeps</h2>
        <p>
          Everything stays in Jira’s own cloud, in the storage that Atlassian gives this app. Of people it keeps account
          IDs only, and reports them to Atlassian every week; those of closed accounts are erased.
        </p>
        <dl className="facts">
          <div>
            <dt>Runs and what they wrote</dt>
            <dd>30 days</dd>
          </div>
          <div>
            <dt>Values that lost a conflict</dt>
            <dd>90 days</dd>
          </div>
          <div>
            <dt>Links of issues and records</dt>
            <dd>As long as the issue is linked</dd>
          </div>
          <div>
            <dt>Client secret</dt>
            <dd>Until the connection is revoked; never shown or exported</dd>
          </div>
        </dl>
      </div>
      <Kept onErased={records.again} />
      <LeftAloneList items={items} records={records} />
    </section>
  );
}
