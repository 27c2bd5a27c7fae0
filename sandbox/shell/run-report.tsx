/** What the last runs saw and wrote, newest first, each write with its reason and the line that asked for it. */
import type { CaseRow, ControlRun, ControlState, JournalEntry, RunCounts } from './api.ts';

interface RunReportProps {
  readonly state: ControlState;
  readonly cases: readonly CaseRow[];
  readonly onPoint: (entry: JournalEntry | undefined) => void;
}

export function RunReport({ state, cases, onPoint }: RunReportProps) {
  const last = state.runs[0];
  const number = new Map(cases.map(row => [row.Id, row.CaseNumber]));
  return (
    <section className="report" aria-labelledby="report-title">
      <div className="side-head">
        <h2 id="report-title">
          What the bridge did <span>{last === undefined ? 'nothing yet' : runSentence(last)}</span>
        </h2>
      </div>
      {state.attention.map(attention => (
        <p className="notice" key={attention.id}>
          <b>Attention:</b> {attention.cause} {attention.remedy}
        </p>
      ))}
      {state.journal.length === 0 ? (
        <p className="empty">
          {last === undefined
            ? 'Run a cycle: every write will stand here with its reason and its line of the program.'
            : 'Nothing to write. Records that were there before the program was activated, and those outside of `where`, get no issue.'}
        </p>
      ) : (
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Record</th>
                <th scope="col">Issue</th>
                <th scope="col">Outcome</th>
                <th scope="col">What</th>
                <th scope="col">Why</th>
                <th scope="col">Line</th>
              </tr>
            </thead>
            <tbody>
              {state.journal.slice(0, 200).map(entry => (
                <tr key={entry.id} onPointerEnter={() => onPoint(entry)} onPointerLeave={() => onPoint(undefined)}>
                  <td className="when">{new Date(entry.at).toISOString().slice(11, 19)}</td>
                  <td className="key">{number.get(entry.record) ?? entry.record}</td>
                  <td className="key">{entry.issueKey ?? '–'}</td>
                  <td>
                    <span className={`outcome ${entry.outcome}`}>
                      {entry.outcome} {entry.side === 'jira' ? 'in Jira' : 'in Salesforce'}
                    </span>
                  </td>
                  <td className="what">
                    <b>{entry.what}</b>
                    {entry.to !== undefined && (
                      <span className="change">
                        {entry.from !== undefined && <del>{short(entry.from)}</del>}
                        <ins>{short(entry.to)}</ins>
                      </span>
                    )}
                  </td>
                  <td className="why">{entry.reason}</td>
                  <td className="source">
                    <button type="button" onFocus={() => onPoint(entry)} onBlur={() => onPoint(undefined)}>
                      {entry.source}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const words: readonly (readonly [keyof RunCounts, string])[] = [
  ['seen', 'seen'],
  ['created', 'created'],
  ['updated', 'updated in Jira'],
  ['pushed', 'sent to Salesforce'],
  ['moved', 'moved'],
  ['blocked', 'blocked'],
  ['skipped', 'skipped'],
  ['failed', 'failed'],
];

/** `last cycle: 3 seen, 3 created, 1 moved`. */
function runSentence(run: ControlRun): string {
  if (run.failure !== undefined) return `last run failed: ${run.failure}`;
  const total = (key: keyof RunCounts) => Object.values(run.items).reduce((sum, counts) => sum + (counts[key] ?? 0), 0);
  const counts = words.map(([key, word]) => [total(key), word] as const).filter(([count]) => count > 0);
  const what = run.cause === 'schedule' ? 'last cycle' : `last run (${run.cause})`;
  return `${what}: ${counts.length === 0 ? 'nothing had changed' : counts.map(([count, word]) => `${count} ${word}`).join(', ')}`;
}

const short = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
