/** What waits for a person: each with its cause, its remedy, and a way to try again, to choose, or to let go. */
import Button from '@atlaskit/button/new';
import Lozenge from '@atlaskit/lozenge';
import { useEffect, useState } from 'react';
import type { AttentionSummary, Files, ItemSummary } from '../../bridge/contract.ts';
import type { AppError } from '../../bridge/invoke.ts';
import { type Call, useCall } from '../../bridge/use-call.ts';
import { Failure, NotRead } from '../../parts/failure.tsx';
import { tell } from '../../parts/flags.ts';
import { WarningIcon } from '../../parts/icons.ts';
import { IssueLink, RecordLink } from '../../parts/links.tsx';
import { Time } from '../../parts/time.tsx';
import { call } from '../call.ts';
import { Sides } from '../history/change.tsx';
import '../history/history.css';
import { type HeldValues, heldBy, heldNow, isAsShown } from './held.ts';
import './attention.css';

const shownAtFirst = 3;

interface AttentionListProps {
  readonly attention: Call<readonly AttentionSummary[]>;
  readonly items: readonly ItemSummary[];
  /** The active program. */
  readonly files: Files;
  onChange(): Promise<void>;
}

export function AttentionList({ attention, items, files, onChange }: AttentionListProps) {
  const [all, setAll] = useState(false);
  const open = attention.value ?? [];
  const valuesOf = useHeld(attention.value);
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
          <AttentionRow
            key={one.id}
            one={one}
            item={nameOf(one.item)}
            files={files}
            known={valuesOf(one)}
            again={onChange}
          />
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

/** What the last look told of conflicts that are held; asked for only where there are any. */
function useHeld(open: readonly AttentionSummary[] = none): (one: AttentionSummary) => HeldValues | undefined {
  const items = [...new Set(open.filter(isHeld).map(({ item }) => item))];
  const journal = useCall(async () =>
    items.length === 0 ? [] : call('journal.list', items.length === 1 ? { itemId: items[0]! } : {}),
  );
  const { again, value = [] } = journal;
  useEffect(() => {
    if (open.some(isHeld)) void again();
  }, [open, again]);
  return one => heldBy(one, value);
}
const none: readonly AttentionSummary[] = [];
const isHeld = ({ held }: AttentionSummary): boolean => held !== undefined && held.length > 0;

interface AttentionRowProps {
  readonly one: AttentionSummary;
  readonly item: string;
  readonly files: Files;
  /** Of a conflict that is held: the values, as of the last look. */
  readonly known: HeldValues | undefined;
  again(): Promise<void>;
}

function AttentionRow({ one, item, files, known, again }: AttentionRowProps) {
  const [failure, setFailure] = useState<AppError>();
  const [busy, setBusy] = useState<string>();
  const [now, setNow] = useState<HeldValues>();
  const act = async (name: string, work: () => Promise<unknown>, done: string, about?: string) => {
    setFailure(undefined);
    setBusy(name);
    try {
      await work();
      tell(done, about);
    } catch (error) {
      setFailure(error as AppError);
    }
    setBusy(undefined);
    await again();
  };
  const { id } = one;
  const held = isHeld(one);
  const shown = now ?? known;
  const choose = async (keep: 'salesforce' | 'jira') => {
    setBusy(keep);
    const found = await heldNow(one, async () => {
      const { item: itemId, record: recordId = '' } = one;
      return (await call('items.try', { files, itemId, recordId })).entries;
    });
    if (found !== undefined && !isAsShown(found, shown)) {
      setBusy(undefined);
      setNow(found);
      return;
    }
    await act(keep, () => call('attention.resolve', { id, keep }), 'The choice is being written');
  };
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
        {held && shown !== undefined && <Held {...shown} />}
        <Failure error={failure} />
      </div>
      <div className="actions">
        {held ? (
          (['salesforce', 'jira'] as const).map(keep => (
            <Button key={keep} spacing="compact" isLoading={busy === keep} onClick={() => void choose(keep)}>
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
          {...(held ? { title: staysApart } : {})}
          onClick={() =>
            void act(
              'dismiss',
              () => call('attention.dismiss', { id }),
              'Dismissed',
              held ? `${staysApart}.` : undefined,
            )
          }
        >
          Dismiss
        </Button>
      </div>
    </li>
  );
}

const staysApart = 'Both values stay as they are until one of them is edited';

/** Of each field that waits for a choice what both sides have, and of when that is. */
const Held = ({ values, at }: HeldValues) => (
  <div className="held-values">
    {values.map(({ what, ...sides }) => (
      <section key={what} aria-label={what}>
        <strong>{what}</strong>
        <Sides {...sides} />
      </section>
    ))}
    {at === undefined ? (
      <p role="alert">A value has changed since the last look. These are the values of now: choose once more.</p>
    ) : (
      <p className="subtle small">
        As the bridge found them <Time at={at} />. When you choose, both sides are looked at again.
      </p>
    )}
  </div>
);
