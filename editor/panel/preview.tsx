/** The record's fields; behind each, on demand, who wrote it last, when, why, and which line of which item asked for it. */
import { useState } from 'react';
import type { Card, JournalSummary, PreviewRow } from '../bridge/contract.ts';
import type { AppError } from '../bridge/invoke.ts';
import { Time } from '../parts/time.tsx';
import { call } from './call.ts';

/** What is longer is folded. */
const long = 280;

export function Preview({ card }: { readonly card: Card }) {
  const [open, setOpen] = useState<string>();
  const [writes, setWrites] = useState<readonly JournalSummary[]>();
  const [failure, setFailure] = useState<AppError>();
  const ask = async (field: string) => {
    if (open === field) return setOpen(undefined);
    setOpen(field);
    setFailure(undefined);
    try {
      setWrites(await call('explain', { itemId: card.itemId }));
    } catch (error) {
      setFailure(error as AppError);
    }
  };
  const synced = card.mode !== 'display-only';
  return (
    <dl className="preview">
      {card.preview.map(row => (
        <div key={row.field}>
          <dt>{row.label}</dt>
          <dd>
            <div className="value-row">
              <Value text={row.value} />
              {synced && (
                <button
                  type="button"
                  className="why"
                  aria-expanded={open === row.field}
                  aria-label={`Why is ${row.label} so?`}
                  onClick={() => void ask(row.field)}
                >
                  Why?
                </button>
              )}
            </div>
            {open === row.field && (
              <div className="because" role="status">
                {failure !== undefined ? (
                  <p className="bad">{failure.message}</p>
                ) : writes === undefined ? (
                  <p className="subtle">Looking…</p>
                ) : (
                  <Because row={row} writes={writes} />
                )}
              </div>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ text }: { readonly text: string }) {
  const [all, setAll] = useState(false);
  if (text === '') return <span className="subtle">–</span>;
  const shown = all || text.length <= long ? text : `${text.slice(0, long)}…`;
  return (
    <span className="value" dir="auto">
      {shown}
      {text.length > long && (
        <button type="button" className="why" onClick={() => setAll(!all)}>
          {all ? 'Show less' : 'Show all'}
        </button>
      )}
    </span>
  );
}

function Because({ row, writes }: { readonly row: PreviewRow; readonly writes: readonly JournalSummary[] }) {
  const own = writes.filter(({ side, what }) =>
    side === 'jira' ? (row.jiraFields ?? []).includes(what) : what === row.label,
  );
  const [last] = own;
  if (last === undefined)
    return (
      <p className="subtle">
        {row.jiraFields === undefined || row.jiraFields.length === 0
          ? 'It is only shown here, as Salesforce has it.'
          : 'The bridge wrote nothing here in the last 30 days: both sides have had the same value.'}
      </p>
    );
  return (
    <p>
      {last.side === 'jira' ? `${last.what} in Jira` : `${last.what} in Salesforce`}: {last.reason}{' '}
      <span className="subtle">
        <Time at={last.at} />, by <code>{last.source}</code>
      </span>
    </p>
  );
}
