/** Runs, newest first, each with its counts; opened, the writes of it with their reasons and lines. */
import Button from '@atlaskit/button/new';
import Lozenge from '@atlaskit/lozenge';
import { useEffect, useMemo, useState } from 'react';
import type { ItemSummary, JournalSummary, RunCounts, RunSummary } from '../../bridge/contract.ts';
import { useCall } from '../../bridge/use-call.ts';
import { NotRead } from '../../parts/failure.tsx';
import type { Router } from '../../parts/router.ts';
import { durationText, Time } from '../../parts/time.tsx';
import { call } from '../call.ts';
import { countsText } from '../items/words.ts';
import { Journal } from './journal.tsx';

const causes: Readonly<Record<RunSummary['cause'], string>> = {
  schedule: 'Every five minutes',
  event: 'A change in Jira',
  refresh: 'Refresh on an issue',
  retry: 'Another try',
};

const page = 25;

interface RunsProps {
  readonly router: Router;
  readonly items: readonly ItemSummary[];
  /** Another number where there is another run. */
  readonly ran: number;
}

export function Runs({ router, items, ran }: RunsProps) {
  const item = router.query.item;
  const given = item === undefined ? {} : { itemId: item };
  const runs = useCall(() => call('runs.list', given));
  const journal = useCall(() => call('journal.list', given));
  const [open, setOpen] = useState<string>();
  const [most, setMost] = useState(page);
  const [quiet, setQuiet] = useState(false);
  useEffect(() => {
    if (ran > 0) void Promise.all([runs.again(), journal.again()]);
  }, [ran, runs.again, journal.again]);
  const byRun = useMemo(() => Map.groupBy(journal.value ?? [], entry => entry.run), [journal.value]);

  const all = runs.value ?? [];
  const told = quiet ? all : all.filter(run => run.failure !== undefined || changed(run) || byRun.has(run.id));
  return (
    <section aria-label="Run history">
      <div className="toolbar">
        <label className="inline-field">
          Item{' '}
          <select value={item ?? ''} onChange={event => router.go('runs', { item: event.target.value || undefined })}>
            <option value="">All items</option>
            {items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="inline-field">
          <input type="checkbox" checked={quiet} onChange={event => setQuiet(event.target.checked)} /> Also runs in
          which nothing had changed
        </label>
      </div>
      <NotRead call={runs.error === undefined ? journal : runs} title="The history could not be read" />
      {runs.value === undefined && runs.error === undefined && <div className="skeleton" style={{ blockSize: 160 }} />}
      {runs.value !== undefined && told.length === 0 && (
        <div className="empty">
          <h2>{all.length === 0 ? 'No run yet' : 'Nothing had changed'}</h2>
          <p className="subtle">
            {all.length === 0
              ? 'The bridge looks at Salesforce every five minutes, and at an issue as soon as it changes. Each run stands here for 30 days, with every write and its reason.'
              : 'Every run that is still remembered found both sides aligned.'}
          </p>
        </div>
      )}
      <ul className="rows card">
        {told.slice(0, most).map(run => (
          <Run
            key={run.id}
            run={run}
            items={items}
            entries={byRun.get(run.id) ?? []}
            open={open === run.id}
            onToggle={() => setOpen(open === run.id ? undefined : run.id)}
            router={router}
          />
        ))}
      </ul>
      {told.length > most && (
        <div className="actions">
          <Button appearance="subtle" onClick={() => setMost(most + page)}>
            Show more
          </Button>
        </div>
      )}
    </section>
  );
}

const changes = ({ created, updated, moved, pushed, blocked, failed }: RunCounts): boolean =>
  created + updated + moved + pushed + blocked + failed > 0;
const changed = ({ items }: RunSummary): boolean => Object.values(items).some(changes);

/** Of a run that counted nothing, but has something to tell. */
function notedText(entries: readonly JournalSummary[]): string {
  const outcomes = Map.groupBy(entries, ({ outcome }) => outcome);
  return [...outcomes].map(([outcome, { length }]) => `${length} ${outcome}`).join(', ') || 'Nothing had changed';
}

interface RunProps {
  readonly run: RunSummary;
  readonly items: readonly ItemSummary[];
  readonly entries: readonly JournalSummary[];
  readonly open: boolean;
  readonly router: Router;
  onToggle(): void;
}

function Run({ run, items, entries, open, router, onToggle }: RunProps) {
  const counts = Object.entries(run.items).filter(([, one]) => one.seen > 0 || one.failed > 0);
  const bad = run.failure !== undefined || counts.some(([, one]) => one.failed > 0);
  return (
    <li className="run">
      <button type="button" className="run-head" aria-expanded={open} onClick={onToggle}>
        <span className="run-when">
          <Time at={run.startedAt} />
        </span>
        <span className="subtle">{causes[run.cause]}</span>
        <span className="grow run-counts">
          {run.failure ??
            (counts.length === 0
              ? notedText(entries)
              : counts
                  .map(([id, one]) => {
                    const own = entries.filter(({ item }) => item === id);
                    const name = items.find(item => item.id === id)?.name ?? id;
                    return `${name}: ${changes(one) ? countsText(one) : notedText(own)}`;
                  })
                  .join(' · '))}
        </span>
        {bad && <Lozenge appearance="removed">Failed</Lozenge>}
        <span className="subtle small">
          {run.endedAt === undefined ? 'running' : durationText(run.endedAt - run.startedAt)}
        </span>
      </button>
      {open && <Journal entries={entries} router={router} />}
    </li>
  );
}
