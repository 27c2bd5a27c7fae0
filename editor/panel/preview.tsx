/** The record's fields; behind each, on demand, who wrote it last, when, why, and which line of which item asked for it. */
import { useEffect, useState } from 'react';
import type { Card, JournalSummary, PreviewRow } from '../bridge/contract.ts';
import type { AppError } from '../bridge/invoke.ts';
import { Folded } from '../parts/folded.tsx';
import { Time } from '../parts/time.tsx';
import { call } from './call.ts';
import { Change, sides } from './change.tsx';
import { valueText } from './value-text.ts';

export function Preview({ card }: { readonly card: Card }) {
  const [open, setOpen] = useState<string>();
  const [writes, setWrites] = useState<readonly JournalSummary[]>();
  const [failure, setFailure] = useState<AppError>();
  // Asked again when the card was read anew: an answer beside a newer value would be a false one.
  useEffect(() => {
    if (open === undefined) return;
    let current = true;
    setFailure(undefined);
    call('explain', { itemId: card.itemId }).then(
      found => current && setWrites(found),
      (error: unknown) => current && setFailure(error as AppError),
    );
    return () => {
      current = false;
    };
  }, [open, card]);
  return (
    <dl className="preview">
      {card.preview.map(row => (
        <div key={row.field}>
          <dt>{row.label}</dt>
          <dd>
            <div className="value-row">
              <Value text={valueText(row.type, row.value)} />
              {(row.jiraFields ?? []).length > 0 && (
                <button
                  type="button"
                  className="why"
                  aria-expanded={open === row.field}
                  aria-label={`Why is ${row.label} so?`}
                  onClick={() => setOpen(open === row.field ? undefined : row.field)}
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
                  <Because card={card} row={row} writes={writes} />
                )}
              </div>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const Value = ({ text }: { readonly text: string }) =>
  text === '' ? (
    <span className="subtle">–</span>
  ) : (
    <span className="value" dir="auto">
      <Folded text={text} className="why" />
    </span>
  );

function Because({ card, row, writes }: BecauseProps) {
  const [last] = writes.filter(({ side, what }) =>
    side === 'jira' ? (row.jiraFields ?? []).includes(what) : what === (row.name ?? row.label),
  );
  const others = [...new Set(row.jiraFields)].join(', ');
  if (last === undefined)
    return (
      <p>
        Kept aligned with {others} in Jira. The bridge had nothing to write in the last 30 days: both sides had the same
        value. <Line sources={row.lines ?? []} item={card.name} />
      </p>
    );
  return (
    <>
      <p>
        {lead[last.outcome] ?? 'The bridge wrote it'} in {sides[last.side]} <Time at={last.at} />
        {last.outcome === 'written' && (
          <>
            : {last.what} <Change entry={last} />
          </>
        )}
        .
      </p>
      <p>
        Why: {last.reason}. <Line sources={[last.source]} item={card.name} />
      </p>
    </>
  );
}

/** What did not happen is told as such. */
const lead: Readonly<Partial<Record<JournalSummary['outcome'], string>>> = {
  held: 'The bridge held it back',
  failed: 'The bridge could not write it',
  skipped: 'The bridge left it as it was',
};

interface BecauseProps {
  readonly card: Card;
  readonly row: PreviewRow;
  readonly writes: readonly JournalSummary[];
}

function Line({ sources, item }: { readonly sources: readonly string[]; readonly item: string }) {
  return (
    <span className="subtle">
      By{' '}
      {sources.map((source, at) => (
        <span key={source}>
          {at > 0 && ', '}
          <code>{source}</code>
        </span>
      ))}{' '}
      of “{item}”.
    </span>
  );
}
