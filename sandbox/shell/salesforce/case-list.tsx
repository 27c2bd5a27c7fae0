/** The cases of the local Salesforce, newest first. */

import type { CaseRow } from '../api/salesforce.ts';
import { useFlash } from '../parts/use-flash.ts';
import type { SideProps } from '../side.ts';

export const statusTone = (status: string): 'done' | 'new' | 'going' =>
  status === 'Closed' ? 'done' : status === 'New' ? 'new' : 'going';

export function CaseList({ world, focus, onFocus, place, go }: SideProps) {
  const issueOf = new Map(world.state.links.map(link => [link.record, link.issueKey]));
  return (
    <ul className="cards">
      {world.cases.map(row => {
        const issue = issueOf.get(row.Id);
        return (
          <li
            key={row.Id}
            className={focus.record === row.Id ? 'card lit' : 'card'}
            onPointerEnter={() => onFocus({ record: row.Id, ...(issue === undefined ? {} : { issueKey: issue }) })}
            onPointerLeave={() => onFocus({})}
          >
            <button
              type="button"
              className="card-head"
              onClick={() => go({ ...place, record: row.Id, ...(issue === undefined ? {} : { issue }) })}
            >
              <CaseLine row={row} issue={issue} />
            </button>
          </li>
        );
      })}
      {world.cases.length === 0 && <li className="empty">No case yet. Make one, then run a cycle.</li>}
    </ul>
  );
}

function CaseLine({ row, issue }: { readonly row: CaseRow; readonly issue: string | undefined }) {
  const changed = useFlash(`${row.Subject} ${row.Status} ${row.Priority} ${issue}`);
  return (
    <>
      <span className="key">{row.CaseNumber}</span>
      <span className="name" dir="auto">
        {row.Subject ?? '(no subject)'}
      </span>
      <span className={changed ? 'facts flash' : 'facts'}>
        {row.Status !== null && <span className={`lozenge ${statusTone(row.Status)}`}>{row.Status}</span>}
        <span>{row.Priority}</span>
        {row.Account && <span>{row.Account.Name}</span>}
        {row.Account?.Rating && (
          <span className={`rating ${row.Account.Rating.toLowerCase()}`}>{row.Account.Rating}</span>
        )}
        {issue && <span className="peer">⇄ {issue}</span>}
      </span>
    </>
  );
}
