/** Every call that the app made to the outside, newest first: what it costs to keep both sides aligned. */
import { useEffect, useState } from 'react';
import { type Call, control } from '../api/control.ts';

const systems: Readonly<Record<Call['system'], string>> = {
  salesforce: 'Salesforce',
  jira: 'Jira',
  kvs: 'Storage',
  queue: 'Queue',
};

export function Ledger({ look }: { readonly look: number }) {
  const [calls, setCalls] = useState<readonly Call[]>([]);
  const [only, setOnly] = useState<Call['system']>();
  useEffect(() => {
    let current = true;
    control.calls().then(
      found => current && setCalls(found),
      () => {},
    );
    return () => {
      current = false;
    };
  }, [look]);
  // Storage is asked so often that nobody would see the rest.
  const shown = calls.filter(({ system }) => (only === undefined ? system !== 'kvs' : system === only)).slice(-200);
  return (
    <>
      <div className="filter">
        {(Object.keys(systems) as Call['system'][]).map(system => (
          <button
            key={system}
            type="button"
            className="chip"
            aria-pressed={only === system}
            onClick={() => setOnly(only === system ? undefined : system)}
          >
            {systems[system]} <b>{calls.filter(one => one.system === system).length}</b>
          </button>
        ))}
        <button
          type="button"
          className="button small quiet"
          disabled={calls.length === 0}
          onClick={() => void control.clearCalls().then(() => setCalls([]))}
        >
          Empty the list
        </button>
      </div>
      {shown.length === 0 ? (
        <p className="empty">No call yet. Run a cycle, or edit a linked issue.</p>
      ) : (
        <div className="scroll">
          <table className="ledger">
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">To</th>
                <th scope="col">Call</th>
                <th scope="col">Answer</th>
                <th scope="col">During</th>
              </tr>
            </thead>
            <tbody>
              {shown.toReversed().map((one, at) => (
                <tr key={`${calls.length - at}`}>
                  <td className="when">{new Date(one.at).toISOString().slice(11, 23)}</td>
                  <td>{systems[one.system]}</td>
                  <td className="asked">
                    <b>{one.method}</b> {readable(one.path)}
                    {one.parts !== undefined && (
                      <ul>
                        {one.parts.map((part, index) => (
                          <li key={index} className={isWrong({ ...one, ...part }) ? 'wrong' : undefined}>
                            {part.method} {readable(part.path)} <i>{part.status === 0 ? 'no answer' : part.status}</i>
                          </li>
                        ))}
                      </ul>
                    )}
                  </td>
                  <td className={isWrong(one) ? 'wrong' : undefined}>{one.status === 0 ? 'no answer' : one.status}</td>
                  <td className="during">{one.why}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

/** That storage has no such value is an answer like any other. */
const isWrong = ({ system, status }: Call): boolean =>
  status === 0 || (status >= 400 && !(system === 'kvs' && status === 404));

/** A query as it was written. */
function readable(path: string): string {
  try {
    return decodeURIComponent(path.replaceAll('+', ' '));
  } catch {
    return path;
  }
}
