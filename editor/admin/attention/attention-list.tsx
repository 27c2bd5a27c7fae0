/** What waits for a person: each with its cause, its remedy, and a way to try again, to choose, or to let go. */
import Button from '@atlaskit/button/new';
import Lozenge from '@atlaskit/lozenge';
import { useState } from 'react';
import type { AttentionSummary, ItemSummary } from '../../bridge/contract.ts';
import type { AppError } from '../../bridge/invoke.ts';
import type { Call } from '../../bridge/use-call.ts';
import { Failure, NotRead } from '../../parts/failure.tsx';
import { tell } from '../../parts/flags.ts';
import { WarningIcon } from '../../parts/icons.ts';
import { IssueLink, RecordLink } from '../../parts/links.tsx';
import { Time } from '../../parts/time.tsx';
import { call } from '../call.ts';
import './attention.css';

const shownAtFirst = 3;

interface AttentionListProps {
  readonly attention: Call<readonly AttentionSummary[]>;
  readonly items: readonly ItemSummary[];
  onChange(): Promise<void>;
}

export function AttentionList({ attention, items, onChange }: AttentionListProps) {
  const [all, setAll] = useState(false);
  const open = attention.value ?? [];
  if (attention.error !== undefined) return <NotRead call={attention} title="What needs attention could not be read" />;
  if (open.length === 0) return null;
  const shown = all ? open : open.slice(0, shownAtFirst);
  const nameOf = (id: string) => items.find(item => item.id === id)?.name ?? id;
  return (
    <section className="card attention" aria-labelledby="attention">
      <div className="card-head">
        <span className="attention-icon">
          <WarningIcon label="" />
        </span>
        <h2 id="attention">Attention required</h2>
        <Lozenge appearance="removed">{String(open.length)}</Lozenge>
      </div>
      <ul className="rows">
        {shown.map(one => (
          <AttentionRow key={one.id} one={one} item={nameOf(one.item)} again={onChange} />
        ))}
      </ul>
      {open.length > shownAtFirst && (
        <div className="actions">
          <Button appearance="subtle" spacing="compact" onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show all ${open.length}`}
          </Button>
        </div>
      )}
    </section>
  );
}

interface AttentionRowProps {
  readonly one: AttentionSummary;
  readonly item: string;
  again(): Promise<void>;
}

function AttentionRow({ one, item, again }: AttentionRowProps) {
  const [failure, setFailure] = useState<AppError>();
  const [busy, setBusy] = useState<string>();
  const act = async (name: string, work: () => Promise<unknown>, done: string) => {
    setFailure(undefined);
    setBusy(name);
    try {
      await work();
      tell(done);
    } catch (error) {
      setFailure(error as AppError);
    }
    setBusy(undefined);
    await again();
  };
  const { id, held } = one;
  const label = (what: string) => `${what}: ${item}${one.issueKey === undefined ? '' : ` ${one.issueKey}`}`;
  return (
    <li className="attention-row">
      <div className="grow">
        <p>
          <strong>{item}</strong>
          {one.issueKey !== undefined && (
            <>
              {' · '}
              <IssueLink issueKey={one.issueKey} />
            </>
          )}
          {one.record !== undefined && (
            <>
              {' · '}
              <RecordLink id={one.record} />
            </>
          )}
          <span className="subtle">
            {' · '}
            <Time at={one.since} />
            {one.retry !== undefined && (
              <>
                {`, tried ${one.retry.tries} ${one.retry.tries === 1 ? 'time' : 'times'}; next try `}
                <Time at={one.retry.dueAt} />
              </>
            )}
          </span>
        </p>
        <p>{one.cause}</p>
        <p className="subtle">{one.remedy}</p>
        <Failure error={failure} />
      </div>
      <div className="actions">
        {held !== undefined && held.length > 0 ? (
          (['salesforce', 'jira'] as const).map(keep => (
            <Button
              key={keep}
              spacing="compact"
              isLoading={busy === keep}
              onClick={() =>
                void act(keep, () => call('attention.resolve', { id, keep }), 'The choice is being written')
              }
            >
              {keep === 'salesforce' ? 'Keep Salesforce’s' : 'Keep Jira’s'}
            </Button>
          ))
        ) : (
          <Button
            spacing="compact"
            isLoading={busy === 'retry'}
            aria-label={label('Try again')}
            onClick={() => void act('retry', () => call('attention.retry', { id }), 'It is tried again now')}
          >
            Try again
          </Button>
        )}
        <Button
          spacing="compact"
          appearance="subtle"
          isLoading={busy === 'dismiss'}
          aria-label={label('Dismiss')}
          onClick={() => void act('dismiss', () => call('attention.dismiss', { id }), 'Dismissed')}
        >
          Dismiss
        </Button>
      </div>
    </li>
  );
}
