/** The issue panel: a card for each item that applies to the issue, read in one call and again when the issue changes. */
import { events } from '@forge/bridge';
import { useEffect, useState } from 'react';
import type { Card } from '../bridge/contract.ts';
import { useCall } from '../bridge/use-call.ts';
import { useLive } from '../parts/live.ts';
import { call } from './call.ts';
import { RecordCard } from './record-card.tsx';

const lookAgainMs = 60_000;
const settleMs = 300;
const lateMs = 3000;

/** What is linked comes first, what cannot be linked last; otherwise by name, as people count. */
const rank = ({ linked, canLink }: Card): number => (linked ? 0 : canLink ? 1 : 2);
const byUse = (a: Card, b: Card): number =>
  rank(a) - rank(b) || a.name.localeCompare(b.name, undefined, { numeric: true });

export function Panel() {
  const cards = useCall(() => call('cards', {}));
  const { again } = cards;
  const [late, setLate] = useState(false);
  useLive(again, () => lookAgainMs);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), lateMs);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    // What changes the issue may have been the bridge itself: its cards are read anew, once for all that it wrote.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const heard = events.on('JIRA_ISSUE_CHANGED', () => {
      clearTimeout(timer);
      timer = setTimeout(() => void again(), settleMs);
    });
    return () => {
      clearTimeout(timer);
      heard.then(subscription => subscription.unsubscribe()).catch(() => {});
    };
  }, [again]);

  if (cards.value === undefined && cards.error === undefined)
    return (
      <div className="panel" role="status" aria-label="Reading the Salesforce records">
        {late && <p className="subtle">Salesforce takes longer than usual; the cards come as soon as it answers.</p>}
        <div className="skeleton" />
        <div className="skeleton" />
      </div>
    );
  if (cards.value === undefined)
    return (
      <div className="panel">
        <div className="note bad" role="alert">
          <p>{cards.error?.message}</p>
          {cards.error?.code !== 'forbidden' && (
            <button type="button" onClick={() => void again()}>
              Try again
            </button>
          )}
        </div>
      </div>
    );
  if (cards.value.length === 0)
    return (
      <p className="note">
        No Smart Connected Item applies to this project. A Jira admin sets them up in the app’s settings.
      </p>
    );
  const waiting = cards.value.filter(({ canLink }) => canLink).length;
  return (
    <main className="panel">
      {cards.error !== undefined && (
        <p className="note bad" role="alert">
          {cards.error.message} What is shown may be older.
        </p>
      )}
      {[...cards.value].sort(byUse).map(card => (
        <RecordCard key={card.itemId} card={card} prominent={waiting < 4} again={again} />
      ))}
    </main>
  );
}
