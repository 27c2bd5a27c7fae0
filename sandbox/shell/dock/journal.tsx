/** What the last runs wrote, newest first, each write with its reason and the line that asked for it. */
import { useState } from 'react';
import type { JournalSummary } from '../../../editor/bridge/contract.ts';
import type { ControlState } from '../api/control.ts';
import type { CaseRow } from '../api/salesforce.ts';
import type { Focus, Place } from '../side.ts';

interface JournalProps {
  readonly state: ControlState;
  readonly cases: readonly CaseRow[];
  readonly place: Place;
  readonly go: (place: Place) => void;
  readonly onPoint: (focus: Focus) => void;
}

const outcomes: Readonly<Record<JournalSummary['outcome'], string>> = {
  created: 'Created',
  written: 'Written',
  moved: 'Moved',
  blocked: 'Blocked',
  skipped: 'Left alone',
  failed: 'Failed',
  held: 'Held back',
};

export function Journal({ state, cases, place, go, onPoint }: JournalProps) {
  const [onlyOpen, setOnlyOpen] = useState(true);
  const number = new Map(cases.map(row => [row.Id, row.CaseNumber]));
  const isOpen = place.record !== undefined || place.issue !== undefined;
  const entries = state.journal.filter(
    entry => !isOpen || !onlyOpen || entry.record === place.record || entry.issueKey === place.issue,
  );
  const focusOf = (entry: JournalSummary): Focus => ({
    record: entry.record,
    source: entry.source,
    ...(entry.issueKey === undefined ? {} : { issueKey: entry.issueKey }),
  });
  return (
    <>
      {state.attention.map(attention => (
        <p className="notice warn" key={attention.id}>
          <b>A person is needed.</b> {attention.cause} {attention.remedy}{' '}
          <button type="button" className="link" onClick={() => go({ ...place, page: 'admin' })}>
            Open the admin page
          </button>
        </p>
      ))}
      {isOpen && (
        <p className="filter">
          <label>
            <input type="checkbox" checked={onlyOpen} onChange={event => setOnlyOpen(event.target.checked)} /> Only of
            what is open above
          </label>
        </p>
      )}
      {entries.length === 0 ? (
        <p className="empty">{nothingToShow(state)}</p>
      ) : (
        <div className="scroll">
          <table className="journal">
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Between</th>
                <th scope="col">What</th>
                <th scope="col">Why</th>
                <th scope="col">By line</th>
              </tr>
            </thead>
            <tbody>
              {entries.slice(0, 200).map(entry => (
                <tr key={entry.id} onPointerEnter={() => onPoint(focusOf(entry))} onPointerLeave={() => onPoint({})}>
                  <td className="when">{new Date(entry.at).toISOString().slice(11, 19)}</td>
                  <td className="between">
                    <button
                      type="button"
                      className="link"
                      onClick={() =>
                        go({
                          record: entry.record,
                          ...(entry.issueKey !== undefined && { issue: entry.issueKey }),
                        })
                      }
                    >
                      {number.get(entry.record) ?? entry.record} ⇄ {entry.issueKey ?? '–'}
                    </button>
                  </td>
                  <td className="what">
                    <span className={`outcome ${entry.outcome}`}>
                      {outcomes[entry.outcome]} in {entry.side === 'jira' ? 'Jira' : 'Salesforce'}
                    </span>{' '}
                    <b>{entry.what}</b>
                    {entry.to !== undefined && (
                      <span className="change" dir="auto">
                        {entry.from !== undefined && entry.from !== '' && <del>{short(entry.from)}</del>}
                        <ins>{entry.to === '' ? 'empty' : short(entry.to)}</ins>
                      </span>
                    )}
                  </td>
                  <td className="why">{entry.reason}</td>
                  <td className="source">
                    <button
                      type="button"
                      aria-label={`Show ${entry.source} in the program`}
                      onFocus={() => onPoint(focusOf(entry))}
                      onBlur={() => onPoint({})}
                    >
                      {entry.source}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

const short = (text: string) => (text.length > 120 ? `${text.slice(0, 119)}…` : text);

function nothingToShow({ runs, journal }: ControlState): string {
  if (runs.length === 0) return 'Run a cycle: every write will stand here with its reason and its line of the program.';
  if (journal.length > 0) return 'The bridge wrote nothing to what is open above.';
  if (runs[0]?.failure !== undefined)
    return 'Nothing was written: the last cycle ended early. What waits is tried again by itself, in a minute or by the next cycle.';
  return 'Nothing to write. Records that were there before the program was activated, and those outside of its `where`, get no issue: make a new case.';
}
