/** The issue panel: a card for each item that applies to the issue, with what agents may do about it. */
import { useState } from 'react';
import type { Card, PanelContract } from '../bridge/contract.ts';
import { type AppError, invoker } from '../bridge/invoke.ts';
import { useCall } from '../bridge/use-call.ts';

const call = invoker<PanelContract>();

export function Panel() {
  const cards = useCall(() => call('cards', {}));
  if (cards.value === undefined)
    return (
      <p className={cards.error ? 'error' : 'subtle'}>{cards.error?.message ?? 'Reading the Salesforce records…'}</p>
    );
  if (cards.value.length === 0) return <p className="subtle">No Smart Connected Item applies to this issue.</p>;
  return (
    <main className="panel">
      {cards.value.map(card => (
        <RecordCard key={card.itemId} card={card} onChange={cards.again} />
      ))}
    </main>
  );
}

function RecordCard({ card, onChange }: { readonly card: Card; readonly onChange: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const act = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
      await onChange();
    } catch (error) {
      setFailure((error as AppError).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <article className="card">
      <h2>
        {card.name} <span>{card.object}</span>
      </h2>
      {card.attention && <p className="error">{card.attention}</p>}
      {failure && <p className="error">{failure}</p>}
      {card.linked ? (
        <>
          <p className="label">{card.label ?? card.recordId}</p>
          <dl>
            {card.preview.map(({ field, label, value }) => (
              <div key={field}>
                <dt>{label}</dt>
                <dd>{value === '' ? '–' : value}</dd>
              </div>
            ))}
          </dl>
          <p className="subtle">
            {card.managed === 'auto' ? 'Linked by the bridge' : 'Linked by hand'} · {card.recordId}
          </p>
          <div className="actions">
            {card.recordUrl && (
              <a href={card.recordUrl} target="_blank" rel="noreferrer">
                Open in Salesforce
              </a>
            )}
            <button
              type="button"
              disabled={busy}
              onClick={() => void act(() => call('refresh', { itemId: card.itemId }))}
            >
              {busy ? 'Working…' : 'Refresh'}
            </button>
            {card.canUnlink && (
              <button
                type="button"
                disabled={busy}
                onClick={() => void act(() => call('unlink', { itemId: card.itemId }))}
              >
                Unlink
              </button>
            )}
          </div>
        </>
      ) : (
        <LinkForm
          busy={busy}
          onLink={recordId => act(() => call('link', { itemId: card.itemId, recordId }))}
          card={card}
        />
      )}
    </article>
  );
}

interface LinkFormProps {
  readonly card: Card;
  readonly busy: boolean;
  readonly onLink: (recordId: string) => Promise<void>;
}

function LinkForm({ card, busy, onLink }: LinkFormProps) {
  const [found, setFound] = useState<PanelContract['search']['result']>();
  const [failure, setFailure] = useState<string>();
  const search = async (query: string) => {
    setFailure(undefined);
    setFound(undefined);
    try {
      setFound(await call('search', { itemId: card.itemId, query }));
    } catch (error) {
      setFailure((error as AppError).message);
    }
  };
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        void search(String(new FormData(event.currentTarget).get('query')).trim());
      }}
    >
      <label htmlFor={`query-${card.itemId}`}>Link a Salesforce record</label>
      <div className="actions">
        <input
          id={`query-${card.itemId}`}
          name="query"
          minLength={2}
          required
          placeholder="Search, or paste a record id"
        />
        <button type="submit" disabled={busy}>
          Search
        </button>
      </div>
      {failure && <p className="error">{failure}</p>}
      {found?.length === 0 && <p className="subtle">No matching records found.</p>}
      <ul>
        {found?.map(({ recordId, label }) => (
          <li key={recordId}>
            <button type="button" disabled={busy} onClick={() => void onLink(recordId)}>
              Link {label}
            </button>
          </li>
        ))}
      </ul>
    </form>
  );
}
