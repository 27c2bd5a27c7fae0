/** The issues of the local Jira, newest first. */
import type { IssueRow } from '../api/jira.ts';
import { useFlash } from '../parts/use-flash.ts';
import type { SideProps } from '../side.ts';

export const tones = { new: 'new', indeterminate: 'going', done: 'done' } as const;

export function IssueList({ world, focus, onFocus, place, go }: SideProps) {
  const linkOf = new Map(world.state.links.map(link => [link.issueKey, link]));
  const caseNumber = new Map(world.cases.map(row => [row.Id, row.CaseNumber]));
  return (
    <ul className="cards">
      {world.issues.map(issue => {
        const record = linkOf.get(issue.key)?.record;
        return (
          <li
            key={issue.id}
            className={focus.issueKey === issue.key ? 'card lit' : 'card'}
            onPointerEnter={() => onFocus({ issueKey: issue.key, ...(record === undefined ? {} : { record }) })}
            onPointerLeave={() => onFocus({})}
          >
            <button
              type="button"
              className="card-head"
              onClick={() =>
                go({
                  ...place,
                  issue: issue.key,
                  ...(record === undefined ? {} : { record }),
                })
              }
            >
              <IssueLine issue={issue} peer={record === undefined ? undefined : (caseNumber.get(record) ?? record)} />
            </button>
          </li>
        );
      })}
      {world.issues.length === 0 && <li className="empty">No issue yet. Run a cycle, and the bridge makes them.</li>}
    </ul>
  );
}

function IssueLine({ issue, peer }: { readonly issue: IssueRow; readonly peer: string | undefined }) {
  const changed = useFlash(`${issue.summary} ${issue.status.name} ${issue.priority} ${peer}`);
  return (
    <>
      <span className="key">{issue.key}</span>
      <span className="name" dir="auto">
        {issue.summary}
      </span>
      <span className={changed ? 'facts flash' : 'facts'}>
        <span className={`lozenge ${tones[issue.status.category]}`}>{issue.status.name}</span>
        {issue.priority && <span>{issue.priority}</span>}
        <span>{issue.type}</span>
        {peer && <span className="peer">⇄ {peer}</span>}
      </span>
    </>
  );
}
